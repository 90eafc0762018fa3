//! Where something stands, in a color and in words.

use super::icon::{Icon, IconName};
use domain::item::ItemStatus;
use leptos::prelude::*;

/// What a color says. It never says it alone: a word or an icon stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    #[default]
    Neutral,
    Due,
    Overdue,
    Held,
    Paid,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Neutral => "badge",
            Self::Due => "badge badge-due",
            Self::Overdue => "badge badge-overdue",
            Self::Held => "badge badge-held",
            Self::Paid => "badge badge-paid",
        }
    }
}

/// A short word about the state of something. For a piece, use [`StatusBadge`].
#[component]
pub fn Badge(
    #[prop(optional)] tone: Tone,
    #[prop(optional, into)] icon: Option<IconName>,
    #[prop(into)] label: TextProp,
) -> impl IntoView {
    view! {
        <span class=tone.class()>
            {icon.map(|name| view! { <Icon name/> })}
            {move || label.get()}
        </span>
    }
}

/// The color and icon of each status of a piece.
#[must_use]
pub const fn status_look(status: ItemStatus) -> (Tone, IconName) {
    use ItemStatus as S;
    match status {
        S::InStock => (Tone::Paid, IconName::Check),
        S::New => (Tone::Neutral, IconName::Plus),
        S::OnOrder => (Tone::Neutral, IconName::Download),
        S::InTransit => (Tone::Neutral, IconName::Forward),
        S::Reserved | S::OfflineLease | S::Layaway | S::SpecialOrder => (Tone::Held, IconName::Lock),
        S::MemoOut | S::AtVendor => (Tone::Due, IconName::Out),
        S::AtBench => (Tone::Due, IconName::Bench),
        S::Quarantine => (Tone::Due, IconName::Warning),
        S::OnPoliceHold | S::Missing => (Tone::Overdue, IconName::Warning),
        S::Sold => (Tone::Neutral, IconName::Receipt),
        S::ReturnedToVendor => (Tone::Neutral, IconName::Back),
        S::Scrapped | S::Assembled => (Tone::Neutral, IconName::Close),
    }
}

/// Where a piece stands: color, icon and word.
#[component]
pub fn StatusBadge(#[prop(into)] status: Signal<ItemStatus>) -> impl IntoView {
    move || {
        let status = status.get();
        let (tone, icon) = status_look(status);
        view! { <Badge tone icon label=status.label()/> }
    }
}
