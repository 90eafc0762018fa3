//! The company and its stores.

use super::{EditForm, SettingsFrame};
use crate::api::settings::{SettingsPage, load_settings};
use crate::pages::frame::Problem;
use crate::pages::sending::Sending;
use crate::ui::{Badge, Card, Choice, Field, IconName, LinkButton, SelectField, Skeleton, Table, Tone};
use crate::words::settings as w;
use domain::person::Permission;
use domain::settings::SettingsEdit;
use leptos::prelude::*;

#[component]
pub fn CompanyPage() -> impl IntoView {
    let page = Resource::new(|| (), |()| load_settings());
    view! {
        <SettingsFrame current="/settings">
            <Suspense fallback=|| view! { <Skeleton count=6/> }>
                {move || Suspend::new(async move {
                    match page.await {
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok(page) => view! { <Company page/> }.into_any(),
                    }
                })}
            </Suspense>
        </SettingsFrame>
    }
}

#[component]
fn Company(page: SettingsPage) -> impl IntoView {
    let may = page.may(Permission::EditOrganization);
    let version = page.config.version;
    let name = RwSignal::new(page.config.organization.name.clone());
    let fiscal_year = RwSignal::new(page.config.organization.fiscal_year.to_string());
    let months = (1..).zip(w::MONTHS).map(|(number, name): (u32, _)| Choice::new(number.to_string(), name));
    let months = months.collect::<Vec<_>>();
    let saving = Sending::new();
    let edit = move || SettingsEdit::Organization {
        name: name.get_untracked(),
        fiscal_year: Some(fiscal_year.get_untracked()),
    };
    let stores = page
        .config
        .stores
        .iter()
        .map(|store| {
            let tills = store.tills.iter().filter(|till| till.active).count();
            let place = [store.store.city.clone(), store.store.state.clone()].join(" ");
            view! {
                <tr class="row-opens">
                    <td class="cell-main"><a href=format!("/settings/stores/{}", store.store.id)>{store.store.name.clone()}</a></td>
                    <td data-label=w::STORE_CODE class="code">{store.store.code.clone()}</td>
                    <td data-label=w::PLACE>{place}</td>
                    <td data-label=w::TILLS><Badge tone=Tone::Neutral label=w::tills(tills)/></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Card title=w::STORES flush=true>
            <Table label=w::STORES>
                <thead><tr><th>{w::STORE}</th><th>{w::STORE_CODE}</th><th>{w::PLACE}</th><th>{w::TILLS}</th></tr></thead>
                <tbody>{stores}</tbody>
            </Table>
        </Card>
        {may.then(|| view! {
            <div class="row"><LinkButton href="/settings/stores/new" label=w::ADD_STORE icon=IconName::Plus/></div>
            <EditForm sending=saving version edit>
                <fieldset class="form-group">
                    <legend>{w::COMPANY}</legend>
                    <Field name="organization" label=w::COMPANY_NAME value=name error=saving.wrong("organization")/>
                    <SelectField name="fiscal_year" label=w::FISCAL_YEAR value=fiscal_year choices=months error=saving.wrong("fiscal_year")/>
                </fieldset>
            </EditForm>
        })}
    }
}
