//! What customers owe, looked at from above.

mod aging;
mod allowance;
mod desk;
mod desk_rows;
mod measures;
mod owner;
mod reasons;

pub use aging::AgingPage;
pub use allowance::AllowancePage;
pub use desk::DeskPage;
pub use measures::MeasuresPage;
pub use owner::OwnerPage;

pub(in crate::pages) use desk::back_to_desk;

use super::frame::Place;
use crate::words::{accounts, collect, receivables as w};
use domain::money::Money;
use domain::person::Permission;
use leptos::prelude::*;

/// Where the area begins for whoever sees the books.
pub(in crate::pages) const OVERVIEW: &str = "/receivables";
/// Where it begins for whoever works with overdue accounts and does not.
pub(in crate::pages) const DESK: &str = "/receivables/desk";

pub(in crate::pages) const FINANCE_CHARGES: &str = "/finance-charges";

const WAYS: [(&str, &str, Permission); 6] = [
    (OVERVIEW, w::OVERVIEW, Permission::ViewLedger),
    (DESK, collect::TITLE, Permission::Collect),
    ("/receivables/aging", w::AGING, Permission::ViewLedger),
    ("/receivables/measures", w::MEASURES, Permission::ViewLedger),
    ("/receivables/allowance", w::ALLOWANCE, Permission::ViewLedger),
    (FINANCE_CHARGES, accounts::FINANCE, Permission::WriteOff),
];

/// The pages somebody may open.
fn ways(permissions: &[Permission]) -> Vec<(&'static str, &'static str)> {
    let open = WAYS.into_iter().filter(|(_, _, needed)| permissions.contains(needed));
    open.map(|(href, label, _)| (href, label)).collect()
}

/// The ways to look, as links: which one it is stands in the address. Where there is but one, there is nothing to choose.
#[component]
pub(in crate::pages) fn Ways(current: &'static str) -> impl IntoView {
    let place = use_context::<Signal<Place>>();
    let open = move || place.map(|place| place.with(|place| ways(&place.permissions))).unwrap_or_default();
    let links = move || {
        let open = open();
        (open.len() > 1).then(|| {
            view! {
                <nav class="tabs no-print" aria-label=w::TITLE>
                    {open.into_iter().map(|(href, label)| view! {
                        <a class="tab" href=href aria-current=(href == current).then_some("page")>{label}</a>
                    }).collect_view()}
                </nav>
            }
        })
    };
    view! { {links} }
}

/// A share in whole percent, half up.
fn percent(part: Money, whole: Money) -> i64 {
    part.share(100, whole.minor().max(1)).map_or(0, Money::minor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::person::Role;

    #[test]
    fn each_role_sees_the_ways_it_may_go() {
        let open = |role: Role| {
            let may: Vec<_> = Permission::ALL.iter().copied().filter(|one| role.may(*one)).collect();
            ways(&may).into_iter().map(|(href, _)| href).collect::<Vec<_>>()
        };
        assert_eq!(open(Role::Owner).len(), WAYS.len());
        assert!(!open(Role::Manager).contains(&FINANCE_CHARGES));
        assert_eq!(open(Role::Associate), [DESK]);
        assert!(open(Role::BenchJeweler).is_empty());
    }
}
