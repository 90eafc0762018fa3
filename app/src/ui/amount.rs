//! Money as it stands on a screen.

use domain::money::Money;
use leptos::prelude::*;

/// How large an amount is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AmountSize {
    #[default]
    Normal,
    /// A total.
    Large,
    /// The one figure of the screen: left to pay, change due.
    Huge,
}

/// An amount of money: tabular, at the end of its line, cents always shown, a true minus sign. Use it
/// for every figure that is money, in tables, tickets and headings alike.
#[component]
pub fn Amount(#[prop(into)] value: Signal<Money>, #[prop(optional)] size: AmountSize) -> impl IntoView {
    let size_class = match size {
        AmountSize::Normal => "amount",
        AmountSize::Large => "amount amount-xl",
        AmountSize::Huge => "amount amount-xxl",
    };
    view! {
        <span class=size_class>{move || value.get().to_string()}</span>
    }
}
