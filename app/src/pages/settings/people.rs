//! The people who work here.

use super::SettingsFrame;
use crate::api::settings::{PeoplePage as Page, load_people};
use crate::pages::frame::Problem;
use crate::ui::{Badge, ButtonKind, Card, IconName, LinkButton, Skeleton, Table, Tone};
use crate::words::settings as w;
use leptos::prelude::*;

#[component]
pub fn PeoplePage() -> impl IntoView {
    let page = Resource::new(|| (), |()| load_people());
    view! {
        <SettingsFrame current="/settings/people">
            <div class="row"><LinkButton href="/settings/people/new" label=w::ADD_PERSON kind=ButtonKind::Primary icon=IconName::Plus/></div>
            <Suspense fallback=|| view! { <Skeleton count=6/> }>
                {move || Suspend::new(async move {
                    match page.await {
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok(page) => view! { <People page/> }.into_any(),
                    }
                })}
            </Suspense>
        </SettingsFrame>
    }
}

#[component]
fn People(page: Page) -> impl IntoView {
    let stores = page.stores;
    let rows = page
        .people
        .into_iter()
        .map(|person| {
            let roles = person
                .roles
                .iter()
                .filter_map(|(id, role)| {
                    let store = stores.iter().find(|(store, _)| store == id)?;
                    Some(view! { <span class="cell-sub">{role.label()} ", " {store.1.clone()}</span> })
                })
                .collect_view();
            view! {
                <tr class="row-opens">
                    <td class="cell-main"><a href=format!("/settings/people/{}", person.id)>{person.name}</a></td>
                    <td data-label=w::LOGIN class="code">{person.login}</td>
                    <td data-label=w::ROLES>{roles}</td>
                    <td data-label=w::STATE>
                        {(!person.active).then(|| view! { <Badge tone=Tone::Neutral icon=IconName::Close label=w::LEFT/> })}
                        {(!person.has_pin).then(|| view! { <Badge tone=Tone::Due icon=IconName::Warning label=w::NO_PIN/> })}
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Card flush=true>
            <Table label=w::PEOPLE>
                <thead><tr><th>{w::NAME}</th><th>{w::LOGIN}</th><th>{w::ROLES}</th><th>{w::STATE}</th></tr></thead>
                <tbody>{rows}</tbody>
            </Table>
        </Card>
    }
}
