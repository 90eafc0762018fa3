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
