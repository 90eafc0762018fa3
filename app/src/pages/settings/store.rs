//! One store: its place, its tills, the words on its receipts, its limits.

use super::credit_form::CreditForm;
use super::store_forms::{LimitsForm, ReceiptForm, StoreForm};
use super::tills::Tills;
use crate::api::settings::{SettingsPage, load_settings};
use crate::error::{AppError, ErrorKind};
use crate::pages::frame::{Problem, Staff};
use crate::ui::{Page, Skeleton};
use crate::words::{common, nav, settings as w};
use domain::ids::StoreId;
use domain::person::Permission;
use domain::settings::TypedStore;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

#[component]
pub fn EditStorePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").and_then(|id| id.parse::<StoreId>().ok()));
    let page = Resource::new(move || id.get(), |_| load_settings());
    view! {
        <Title text=w::STORE/>
        <Staff current="/settings">
            <Suspense fallback=|| view! { <Skeleton count=8/> }>
                {move || Suspend::new(async move {
                    match page.await {
                        Err(error) => view! { <div class="page"><Problem error/></div> }.into_any(),
                        Ok(page) => view! { <OneStore page id=id.get_untracked()/> }.into_any(),
                    }
                })}
            </Suspense>
        </Staff>
    }
}

#[component]
fn OneStore(page: SettingsPage, id: Option<StoreId>) -> impl IntoView {
    let Some(store) = id.and_then(|id| page.config.find_store(id).cloned()) else {
        let error = AppError::new(ErrorKind::NotFound, common::PAGE_UNKNOWN);
        return view! { <div class="page"><Problem error/></div> }.into_any();
    };
    let version = page.config.version;
    let limits = page.may(Permission::EditOrganization);
    let store_id = store.store.id;
    view! {
        <Page title=store.store.name.clone() lead=store.store.code.clone() back=("/settings".to_owned(), nav::SETTINGS.to_owned())>
            <Tills store=store_id tills=store.tills paired=page.paired version/>
            <StoreForm store_id=Some(store_id) typed=TypedStore::from(&store.store) version/>
            <ReceiptForm store_id policy=store.policy.clone() version/>
            {limits.then(|| view! {
                <LimitsForm store_id policy=store.policy.clone() version/>
                <CreditForm store_id policy=store.policy version/>
            })}
        </Page>
    }
    .into_any()
}

#[component]
pub fn NewStorePage() -> impl IntoView {
    let page = Resource::new(|| (), |()| load_settings());
    view! {
        <Title text=w::ADD_STORE/>
        <Staff current="/settings">
            <Page title=w::ADD_STORE lead=w::ADD_STORE_LEAD back=("/settings".to_owned(), nav::SETTINGS.to_owned())>
                <Suspense fallback=|| view! { <Skeleton count=8/> }>
                    {move || Suspend::new(async move {
                        match page.await {
                            Err(error) => view! { <Problem error/> }.into_any(),
                            Ok(page) => {
                                let zone = page.config.stores.first().map(|store| store.store.time_zone.clone());
                                let typed = TypedStore { time_zone: zone.unwrap_or_default(), ..TypedStore::default() };
                                view! { <StoreForm store_id=None typed version=page.config.version/> }.into_any()
                            }
                        }
                    })}
                </Suspense>
            </Page>
        </Staff>
    }
}
