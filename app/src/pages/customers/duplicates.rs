//! Cards that may be one customer.

use crate::api::customer::{list_duplicates, settle_duplicate};
use crate::client::reload;
use crate::pages::frame::{Problem, Staff};
use crate::pages::paging::{Paging, address, offset};
use crate::pages::sending::Sending;
use crate::pages::settings::Refused;
use crate::ui::{Button, EmptyState, IconName, LinkButton, Page, Skeleton, Table};
use crate::words::customers as w;
use domain::customer::{Duplicate, DuplicatePage, NamedCustomer, SettleDuplicate};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn DuplicatesPage() -> impl IntoView {
    view! { <Title text=w::DUPLICATES/> <Staff current="/customers"><Pairs/></Staff> }
}

#[component]
fn Pairs() -> impl IntoView {
    let query = use_query_map();
    let from = Memo::new(move |_| offset(&query.read()));
    let page = Resource::new(move || from.get(), list_duplicates);
    view! {
        <Page title=w::DUPLICATES lead=w::DUPLICATES_LEAD back=("/customers".to_owned(), w::TITLE.to_owned())>
            <Suspense fallback=|| view! { <Skeleton count=8/> }>
                {move || Suspend::new(async move {
                    match page.await {
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok(page) => view! { <Listed page from=from.get_untracked()/> }.into_any(),
                    }
                })}
            </Suspense>
        </Page>
    }
}

#[component]
fn Listed(page: DuplicatePage, from: u64) -> impl IntoView {
    if page.duplicates.is_empty() {
        return view! { <EmptyState icon=IconName::Check title=w::NO_DUPLICATES text=w::NO_DUPLICATES_TEXT/> }
            .into_any();
    }
    let shown = page.duplicates.len() as u64;
    view! {
        <Table label=w::DUPLICATES>
            <thead><tr><th>{w::ONE}</th><th>{w::OTHER}</th><th>{w::WHY}</th><th><span class="unseen">{w::COMPARE}</span></th></tr></thead>
            <tbody>{page.duplicates.into_iter().map(|pair| view! { <Pair pair/> }).collect_view()}</tbody>
        </Table>
        <Paging offset=from shown all=page.count label=w::DUPLICATES
            address=|from| address("/customers/duplicates", &[("from", &from.to_string())])/>
    }
    .into_any()
}

fn named(card: &NamedCustomer) -> impl IntoView + use<> {
    let (href, name, number) = (format!("/customers/{}", card.id), card.name.clone(), card.number.clone());
    view! { <a href=href>{name}</a> " " <span class="code soft small">{number}</span> }
}

#[component]
fn Pair(pair: Duplicate) -> impl IntoView {
    let Duplicate { one, other, why } = pair;
    let sending = Sending::new();
    let (one_id, other_id) = (one.id, other.id);
    let settle = move |_| {
        let cmd = SettleDuplicate { command_id: sending.id(), one_id, other_id };
        sending.send(settle_duplicate(cmd), |()| reload());
    };
    let compare = format!("/customers/{one_id}/merge/{other_id}");
    view! {
        <tr>
            <td class="cell-main">{named(&one)} <Refused sending/></td>
            <td data-label=w::OTHER class="cell-text">{named(&other)}</td>
            <td data-label=w::WHY>{why.label()}</td>
            <td class="cell-actions">
                <LinkButton href=compare label=w::compare(&one.number, &other.number)/>
                <Button label=w::two_people(&one.number, &other.number) icon=IconName::Close icon_only=true pending=sending.pending on:click=settle/>
            </td>
        </tr>
    }
}
