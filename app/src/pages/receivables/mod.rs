//! What customers owe, looked at from above.

mod aging;
mod allowance;
mod measures;
mod owner;

pub use aging::AgingPage;
pub use allowance::AllowancePage;
pub use measures::MeasuresPage;
pub use owner::OwnerPage;

use crate::words::receivables as w;
use domain::money::Money;
use leptos::prelude::*;

/// The ways to look, as links: which one it is stands in the address.
#[component]
fn Ways(current: &'static str) -> impl IntoView {
    let ways = [
        ("/receivables", w::OVERVIEW),
        ("/receivables/aging", w::AGING),
        ("/receivables/measures", w::MEASURES),
        ("/receivables/allowance", w::ALLOWANCE),
    ];
    view! {
        <nav class="tabs no-print" aria-label=w::TITLE>
            {ways.map(|(href, label)| view! {
                <a class="tab" href=href aria-current=(href == current).then_some("page")>{label}</a>
            }).collect_view()}
        </nav>
    }
}

/// A share in whole percent, half up.
fn percent(part: Money, whole: Money) -> i64 {
    part.share(100, whole.minor().max(1)).map_or(0, Money::minor)
}
