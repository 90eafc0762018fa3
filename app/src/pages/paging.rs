//! Turning the pages of a list; where one is stands in the address.

use crate::api::PAGE;
use crate::ui::{IconName, LinkButton};
use crate::words::common as w;
use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

/// Where in a list the address says we are.
#[must_use]
pub fn offset(query: &ParamsMap) -> u64 {
    query.get("from").and_then(|from| from.parse().ok()).unwrap_or(0)
}

/// A date in the address, if it is one.
#[must_use]
pub fn date_in(text: Option<String>) -> Option<NaiveDate> {
    text.and_then(|text| text.parse().ok())
}

/// Links to the page before and the page after. `address` makes the address of a page from its offset.
#[component]
pub fn Paging(
    offset: u64,
    shown: u64,
    all: u64,
    /// There are more than were counted.
    #[prop(optional)]
    more: bool,
    #[prop(into)] label: String,
    address: impl Fn(u64) -> String,
) -> impl IntoView {
    let last = offset + shown;
    let previous = (offset > 0).then(|| address(offset.saturating_sub(PAGE)));
    let next = (last < all).then(|| address(last));
    view! {
        <nav class="paging" aria-label=label>
            <span>{if more { w::range_of_more(offset + 1, last, all) } else { w::range(offset + 1, last, all) }}</span>
            <div class="row">
                {previous.map(|href| view! { <LinkButton href label=w::PREVIOUS icon=IconName::Back/> })}
                {next.map(|href| view! { <LinkButton href label=w::NEXT icon=IconName::Forward/> })}
            </div>
        </nav>
    }
}

/// An address with its query, without the parts that are empty.
#[must_use]
pub fn address(path: &str, parts: &[(&str, &str)]) -> String {
    let query: Vec<String> = parts
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", leptos_router::location::Url::escape(value)))
        .collect();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}
