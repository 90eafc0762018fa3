//! One jurisdiction: its rates from today on, and the stores it taxes.

use super::EditForm;
use crate::api::settings::{SettingsPage, load_settings};
use crate::error::{AppError, ErrorKind};
use crate::pages::frame::{Problem, Staff};
use crate::pages::sending::Sending;
use crate::pages::typed::Typed;
use crate::pages::when;
use crate::ui::{Button, CheckField, Field, IconName, Page, Skeleton};
use crate::words::{common, settings as w};
use chrono::NaiveDate;
use domain::ids::{JurisdictionId, StoreId};
use domain::settings::{SettingsEdit, TypedJurisdiction, TypedRate};
use domain::tax::{DatedRate, Jurisdiction};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

#[component]
pub fn NewTaxPage() -> impl IntoView {
    view! { <TaxPage title=w::ADD_TAX/> }
}

#[component]
pub fn EditTaxPage() -> impl IntoView {
    view! { <TaxPage title=w::EDIT_TAX/> }
}

#[component]
fn TaxPage(title: &'static str) -> impl IntoView {
    let params = use_params_map();
    let asked = Memo::new(move |_| params.read().get("id"));
    let page = Resource::new(move || asked.get(), |_| load_settings());
    view! {
        <Title text=title/>
        <Staff current="/settings">
            <Page title=title back=("/settings/taxes".to_owned(), w::TAXES.to_owned())>
                <Suspense fallback=|| view! { <Skeleton count=6/> }>
                    {move || Suspend::new(async move {
                        match page.await {
                            Err(error) => view! { <Problem error/> }.into_any(),
                            Ok(page) => form(page, asked.get_untracked()).into_any(),
                        }
                    })}
                </Suspense>
            </Page>
        </Staff>
    }
}

fn form(page: SettingsPage, asked: Option<String>) -> AnyView {
    let id = asked.as_ref().and_then(|id| id.parse::<JurisdictionId>().ok());
    let existing = page.config.jurisdictions.iter().find(|j| Some(j.id) == id).cloned();
    if asked.is_some() && existing.is_none() {
        return view! { <Problem error=AppError::new(ErrorKind::NotFound, common::PAGE_UNKNOWN)/> }
            .into_any();
    }
    let stores = page.config.stores.iter().map(|store| {
        let taxed = id.is_none_or(|id| store.jurisdictions.contains(&id));
        (store.store.id, store.store.name.clone(), taxed)
    });
    view! { <TaxForm existing stores=stores.collect() today=page.today version=page.config.version/> }
        .into_any()
}

#[component]
fn TaxForm(
    existing: Option<Jurisdiction>,
    stores: Vec<(StoreId, String, bool)>,
    today: NaiveDate,
    version: i64,
) -> impl IntoView {
    let id = existing.as_ref().map(|j| j.id);
    let name = RwSignal::new(existing.as_ref().map(|j| j.name.clone()).unwrap_or_default());
    let (begun, coming): (Vec<DatedRate>, Vec<DatedRate>) =
        existing.into_iter().flat_map(|j| j.rates).partition(|rate| rate.valid_from < today);
    let mut rows: Vec<Typed<TypedRate>> =
        coming.iter().map(|rate| Typed::of(&TypedRate::from(rate))).collect();
    if id.is_none() {
        rows.push(Typed::of(&TypedRate::default()));
    }
    let rows = RwSignal::new(rows);
    let ticks: Vec<(StoreId, String, RwSignal<bool>)> =
        stores.into_iter().map(|(id, name, taxed)| (id, name, RwSignal::new(taxed))).collect();
    let ticked = StoredValue::new(ticks.iter().map(|(id, _, on)| (*id, *on)).collect::<Vec<_>>());
    let saving = Sending::new();
    let edit = move || {
        let stores = ticked.with_value(|stores| {
            stores.iter().filter(|(_, on)| on.get_untracked()).map(|(id, _)| *id).collect()
        });
        let rates = rows.with_untracked(|rows| rows.iter().map(|row| row.read()).collect());
        SettingsEdit::Tax {
            jurisdiction_id: id,
            typed: TypedJurisdiction { name: name.get_untracked(), rates, stores },
        }
    };
    view! {
        <EditForm sending=saving version edit then=Some("/settings/taxes")>
            <fieldset class="form-group">
                <legend>{w::JURISDICTION}</legend>
                <Field name="name" label=w::TAX_NAME value=name error=saving.wrong("name")/>
                {ticks.into_iter().map(|(id, name, on)| view! { <CheckField name="stores" id=format!("store-{id}") label=name value=on/> }).collect_view()}
            </fieldset>
            <fieldset class="form-group">
                <legend>{w::RATES}</legend>
                {(!begun.is_empty()).then(|| view! { <p class="soft">{w::BEGUN_STAY}</p> })}
                <ul class="plain">
                    {begun.iter().map(|rate| view! {
                        <li>{w::from(&when::day(rate.valid_from))} " " {rate.rate.to_string()} " "
                            {rate.cap_per_item.map(|cap| w::up_to(&cap.to_string()))}</li>
                    }).collect_view()}
                </ul>
                {move || rows.get().into_iter().enumerate().map(|(at, row)| rate_row(at, row, saving)).collect_view()}
                <Button label=w::ADD_RATE icon=IconName::Plus on:click=move |_| {
                    rows.update(|rows| rows.push(Typed::of(&TypedRate::default())));
                }/>
            </fieldset>
        </EditForm>
    }
}

fn rate_row(at: usize, row: Typed<TypedRate>, saving: Sending) -> impl IntoView {
    let name = |part: &str| format!("rates.{at}.{part}");
    view! {
        <div class="form-row">
            <Field name=name("valid_from") label=w::FROM kind="date" value=row.text("valid_from") error=saving.wrong(name("valid_from"))/>
            <Field name=name("percent") label=w::PERCENT value=row.text("percent") error=saving.wrong(name("percent")) amount=true/>
            <Field name=name("cap") label=w::CAP value=row.text("cap") error=saving.wrong(name("cap")) amount=true optional=true/>
        </div>
    }
}
