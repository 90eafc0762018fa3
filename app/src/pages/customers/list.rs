//! The list of customers, narrowed by what stands in the address.

use crate::api::customer::load_customers;
use crate::pages::frame::{May, Problem, Staff};
use crate::pages::paging::{Paging, address, offset};
use crate::ui::{
    Badge, Button, ButtonKind, CheckField, Choice, EmptyState, Field, IconName, LinkButton, Page,
    SelectField, Skeleton, Table, Tone,
};
use crate::words::{common, customers as w};
use domain::customer::{CustomerFilter, CustomerPage};
use domain::person::Permission;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn CustomersPage() -> impl IntoView {
    view! { <Title text=w::TITLE/> <Staff current="/customers"><Book/></Staff> }
}

#[component]
fn Book() -> impl IntoView {
    let query = use_query_map();
    let filter = Memo::new(move |_| {
        let query = query.read();
        CustomerFilter {
            words: query.get("q").unwrap_or_default(),
            tag: query.get("tag").filter(|tag| !tag.is_empty()),
            vip: query.get("vip").is_some_and(|vip| vip == "true"),
            offset: offset(&query),
            limit: crate::api::PAGE,
        }
    });
    let page = Resource::new(move || filter.get(), load_customers);
    view! {
        <Page title=w::TITLE actions=|| view! {
            <May permission=Permission::MergeCustomers>
                <LinkButton href="/customers/duplicates" label=w::DUPLICATES/>
            </May>
            <May permission=Permission::EditCustomers>
                <LinkButton href="/customers/new" label=w::ADD kind=ButtonKind::Primary icon=IconName::Plus/>
            </May>
        }>
            <Suspense fallback=|| view! { <Skeleton count=8/> }>
                {move || Suspend::new(async move {
                    match page.await {
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok((page, tags)) => {
                            let filter = filter.get_untracked();
                            view! { <Filters filter=filter.clone() tags/> {rows(page, filter)} }.into_any()
                        }
                    }
                })}
            </Suspense>
        </Page>
    }
}

#[component]
fn Filters(filter: CustomerFilter, tags: Vec<String>) -> impl IntoView {
    let words = RwSignal::new(filter.words);
    let tag = RwSignal::new(filter.tag.unwrap_or_default());
    let vip = RwSignal::new(filter.vip);
    let choices = tags.into_iter().map(|tag| Choice::new(tag.clone(), tag)).collect();
    view! {
        <form class="list-filters" method="get" action="/customers" role="search" aria-label=w::TITLE>
            <Field name="q" label=w::WORDS placeholder=w::FIND value=words/>
            <SelectField name="tag" label=w::TAG value=tag choices none=w::ANY_TAG/>
            <CheckField name="vip" label=w::ONLY_VIP value=vip/>
            <div class="row"><Button label=common::SHOW submit=true/></div>
        </form>
    }
}

fn rows(page: CustomerPage, filter: CustomerFilter) -> impl IntoView {
    if page.customers.is_empty() {
        return view! { <EmptyState icon=IconName::Customers title=w::EMPTY text=w::EMPTY_TEXT/> }.into_any();
    }
    let (shown, offset) = (page.customers.len() as u64, filter.offset);
    let here = move |from: u64| {
        let vip = if filter.vip { "true" } else { "" };
        let tag = filter.tag.as_deref().unwrap_or_default();
        address(
            "/customers",
            &[("q", &filter.words), ("tag", tag), ("vip", vip), ("from", &from.to_string())],
        )
    };
    view! {
        <Table label=w::TITLE>
            <thead><tr><th>{w::NAME}</th><th>{w::NUMBER}</th><th>{w::PHONE}</th><th>{w::EMAIL}</th><th>{w::CITY}</th></tr></thead>
            <tbody>
                {page.customers.into_iter().map(|customer| view! {
                    <tr class="row-opens">
                        <td class="cell-main">
                            <a href=format!("/customers/{}", customer.id)>{customer.card.display_name()}</a>
                            {customer.card.vip.then(|| view! { " " <Vip/> })}
                        </td>
                        <td data-label=w::NUMBER class="code">{customer.number}</td>
                        <td data-label=w::PHONE>{customer.card.phone}</td>
                        <td data-label=w::EMAIL>{customer.card.email}</td>
                        <td data-label=w::CITY>{customer.card.city}</td>
                    </tr>
                }).collect_view()}
            </tbody>
        </Table>
        <Paging offset shown all=page.count label=w::TITLE address=here/>
    }
    .into_any()
}

/// That somebody is to be treated with care.
#[component]
pub fn Vip() -> impl IntoView {
    view! { <Badge tone=Tone::Held icon=IconName::User label=w::VIP/> }
}
