//! Who taxes which store, now and from when on.

use super::SettingsFrame;
use crate::api::settings::{SettingsPage, load_settings};
use crate::pages::frame::Problem;
use crate::pages::when;
use crate::ui::{ButtonKind, Card, EmptyState, IconName, LinkButton, Skeleton, Table};
use crate::words::settings as w;
use domain::person::Permission;
use leptos::prelude::*;

#[component]
pub fn TaxesPage() -> impl IntoView {
    let page = Resource::new(|| (), |()| load_settings());
    view! {
        <SettingsFrame current="/settings/taxes">
            <Suspense fallback=|| view! { <Skeleton count=6/> }>
                {move || Suspend::new(async move {
                    match page.await {
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok(page) => view! { <Taxes page/> }.into_any(),
                    }
                })}
            </Suspense>
        </SettingsFrame>
    }
}

#[component]
fn Taxes(page: SettingsPage) -> impl IntoView {
    let may = page.may(Permission::EditOrganization);
    let config = page.config;
    let rows = config
        .jurisdictions
        .iter()
        .map(|jurisdiction| {
            let stores = config.stores.iter().filter(|store| store.jurisdictions.contains(&jurisdiction.id));
            let stores = stores.map(|store| store.store.code.clone()).collect::<Vec<_>>().join(", ");
            let rates = jurisdiction.rates.iter().map(|rate| {
                let cap = rate.cap_per_item.map(|cap| w::up_to(&cap.to_string())).unwrap_or_default();
                view! { <span class="cell-sub">{w::from(&when::day(rate.valid_from))} " " {rate.rate.to_string()} " " {cap}</span> }
            }).collect_view();
            let name = jurisdiction.name.clone();
            let name = if may {
                view! { <a href=format!("/settings/taxes/{}", jurisdiction.id)>{name}</a> }.into_any()
            } else {
                name.into_any()
            };
            view! {
                <tr class="row-opens">
                    <td class="cell-main">{name}</td>
                    <td data-label=w::RATES>{rates}</td>
                    <td data-label=w::STORES class="code">{stores}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        {may.then(|| view! { <div class="row"><LinkButton href="/settings/taxes/new" label=w::ADD_TAX kind=ButtonKind::Primary icon=IconName::Plus/></div> })}
        {if config.jurisdictions.is_empty() {
            view! { <EmptyState icon=IconName::Percent title=w::NO_TAXES text=w::NO_TAXES_TEXT/> }.into_any()
        } else {
            view! {
                <Card flush=true>
                    <Table label=w::TAXES>
                        <thead><tr><th>{w::JURISDICTION}</th><th>{w::RATES}</th><th>{w::STORES}</th></tr></thead>
                        <tbody>{rows}</tbody>
                    </Table>
                </Card>
            }.into_any()
        }}
    }
}
