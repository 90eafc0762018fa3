//! The list of vendors with what each of them is owed.

use super::{Area, shown};
use crate::api::vendor::list_vendors;
use crate::pages::frame::May;
use crate::pages::paging::{Paging, address, offset};
use crate::ui::{
    Amount, Badge, ButtonKind, EmptyState, FigureCard, FindField, IconName, LinkButton, Page, Table, Tone,
};
use crate::words::vendors as w;
use domain::person::Permission;
use domain::vendor::{VendorFilter, VendorLine, VendorPage};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

#[component]
pub fn VendorsPage() -> impl IntoView {
    view! { <Area title=w::TITLE><List/></Area> }
}

#[component]
fn List() -> impl IntoView {
    let query = use_query_map();
    let filter = Memo::new(move |_| {
        let query = query.read();
        VendorFilter {
            words: query.get("q").unwrap_or_default(),
            retired: query.get("retired").is_some(),
            offset: offset(&query),
            ..VendorFilter::default()
        }
    });
    let page = Resource::new(move || filter.get(), list_vendors);
    let typed = RwSignal::new(filter.get_untracked().words);
    let with_retired = move || filter.with(|filter| filter.retired);
    let toggle = move || if with_retired() { "/vendors" } else { "/vendors?retired=yes" };
    view! {
        <Page title=w::TITLE actions=|| view! {
            <LinkButton href="/vendors/owed" label=w::WHAT_IS_OWED/>
            <LinkButton href="/vendors/orders" label=w::ORDERS/>
            <May permission=Permission::Purchase>
                <LinkButton href="/vendors/new" label=w::ADD kind=ButtonKind::Primary icon=IconName::Plus/>
            </May>
        }>
            <div class="list-tools">
                <FindField label=w::FIND value=typed action="/vendors"/>
                <div class="filters">
                    <a class="chip" href=toggle aria-current=move || with_retired().then_some("true")>{w::WITH_RETIRED}</a>
                </div>
            </div>
            {shown(page, move |page| rows(page, &filter.get_untracked()).into_any())}
        </Page>
    }
}

fn rows(page: VendorPage, filter: &VendorFilter) -> AnyView {
    if page.vendors.is_empty() {
        return view! { <EmptyState icon=IconName::User title=w::EMPTY text=w::EMPTY_TEXT/> }.into_any();
    }
    let shown = page.vendors.len() as u64;
    let (words, retired, from) = (filter.words.clone(), filter.retired, filter.offset);
    view! {
        <div class="figures"><FigureCard name=w::OWED_TO_ALL value=page.owed.to_string() href="/vendors/owed"/></div>
        <Table label=w::TITLE>
            <thead><tr><th>{w::VENDOR}</th><th>{w::PHONE}</th><th class="amount">{w::OWED}</th></tr></thead>
            <tbody>{page.vendors.into_iter().map(row).collect_view()}</tbody>
        </Table>
        <Paging offset=from shown all=page.count more=false label=w::TITLE address=move |from| {
            let from = if from == 0 { String::new() } else { from.to_string() };
            address("/vendors", &[("q", &words), ("retired", if retired { "yes" } else { "" }), ("from", &from)])
        }/>
    }
    .into_any()
}

fn row(line: VendorLine) -> impl IntoView {
    view! {
        <tr class="row-opens">
            <td class="cell-main">
                <a href=format!("/vendors/{}", line.id)>{line.name}</a><span class="cell-sub code">{line.code}</span>
                {(!line.active).then(|| view! { <Badge tone=Tone::Neutral icon=IconName::Close label=w::RETIRED/> })}
            </td>
            <td data-label=w::PHONE>{line.phone}</td>
            <td data-label=w::OWED class="amount"><Amount value=line.owed/></td>
        </tr>
    }
}
