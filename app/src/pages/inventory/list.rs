//! The list of pieces, with filters in the address.

use crate::api::item::list_items;
use crate::pages::frame::{May, Problem, Staff};
use crate::pages::paging::{Paging, address, offset};
use crate::ui::{
    Amount, ButtonKind, DrawingSize, EmptyState, FindField, IconName, LinkButton, Page, Picture, Skeleton,
    StatusBadge, Table,
};
use crate::words::inventory as w;
use domain::item::{ItemFilter, ItemKind, ItemPage, ItemStatus, ShownItem, describe};
use domain::person::Permission;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_location, use_query_map};
use leptos_router::params::ParamsMap;

/// The statuses a list is narrowed to most often.
const STATUSES: [ItemStatus; 3] = [ItemStatus::InStock, ItemStatus::Quarantine, ItemStatus::Sold];

#[component]
pub fn InventoryPage() -> impl IntoView {
    view! { <Title text=w::TITLE/> <Staff current="/inventory"><Case/></Staff> }
}

#[component]
fn Case() -> impl IntoView {
    let query = use_query_map();
    let filter = Memo::new(move |_| filter_in(&query.read()));
    // Pages about the same list take its address along.
    let search = use_location().search;
    let asked = Memo::new(move |_| {
        let search = search.get();
        if search.is_empty() { search } else { format!("?{}", search.trim_start_matches('?')) }
    });
    let page = Resource::new(move || filter.get(), list_items);
    let typed = RwSignal::new(filter.get_untracked().words);
    view! {
        <Page title=w::TITLE actions=|| view! {
            <LinkButton href="/inventory/styles" label=w::STYLES/>
            <May permission=Permission::ImportItems><LinkButton href="/inventory/import" label=w::IMPORT/></May>
            <May permission=Permission::EditItems>
                <LinkButton href="/inventory/new" label=w::ADD kind=ButtonKind::Primary icon=IconName::Plus/>
            </May>
        }>
            <div class="list-tools">
                <FindField label=w::FIND value=typed action="/inventory"/>
                {move || filters(&filter.get())}
                <div class="filters">
                    <a class="chip" href=move || format!("/inventory/tags{}", asked.get())>{w::PRINT_TAGS}</a>
                    <May permission=Permission::EditItems>
                        <a class="chip" href=move || format!("/inventory/bulk{}", asked.get())>{w::CHANGE_MANY}</a>
                    </May>
                </div>
            </div>
            <Suspense fallback=|| view! { <Skeleton count=8/> }>
                {move || Suspend::new(async move {
                    match page.await {
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok(page) if page.items.is_empty() => view! {
                            <EmptyState icon=IconName::Inventory title=w::EMPTY text=w::EMPTY_TEXT/>
                        }.into_any(),
                        Ok(page) => rows(page, filter.get_untracked()).into_any(),
                    }
                })}
            </Suspense>
        </Page>
    }
}

/// Which pieces the address asks for.
pub(super) fn filter_in(query: &ParamsMap) -> ItemFilter {
    ItemFilter {
        words: query.get("q").unwrap_or_default(),
        kind: query.get("kind").and_then(|kind| kind.parse().ok()),
        status: query.get("status").and_then(|status| status.parse().ok()),
        variation: query.get("variation").and_then(|id| id.parse().ok()),
        vendor: query.get("vendor").and_then(|id| id.parse().ok()),
        receipt: query.get("receipt").and_then(|id| id.parse().ok()),
        offset: offset(query),
        ..ItemFilter::default()
    }
}

/// The variation, the vendor and the delivery that a list is of, for addresses.
pub(super) fn of_what(filter: &ItemFilter) -> [String; 3] {
    [
        filter.variation.map(|id| id.to_string()).unwrap_or_default(),
        filter.vendor.map(|id| id.to_string()).unwrap_or_default(),
        filter.receipt.map(|id| id.to_string()).unwrap_or_default(),
    ]
}

/// The address of the list narrowed like this.
fn narrowed(filter: &ItemFilter, kind: Option<ItemKind>, status: Option<ItemStatus>, from: u64) -> String {
    let from = if from == 0 { String::new() } else { from.to_string() };
    let [variation, vendor, receipt] = of_what(filter);
    address(
        "/inventory",
        &[
            ("q", &filter.words),
            ("variation", &variation),
            ("vendor", &vendor),
            ("receipt", &receipt),
            ("kind", kind.map_or("", ItemKind::code)),
            ("status", status.map_or("", ItemStatus::code)),
            ("from", &from),
        ],
    )
}

fn filters(filter: &ItemFilter) -> impl IntoView + use<> {
    let chip = |label: &'static str, href: String, current: bool| {
        view! { <a class="chip" href=href aria-current=current.then_some("true")>{label}</a> }
    };
    let by_status = std::iter::once(None)
        .chain(STATUSES.into_iter().map(Some))
        .map(|status| {
            chip(
                status.map_or(w::ALL, ItemStatus::label),
                narrowed(filter, filter.kind, status, 0),
                filter.status == status,
            )
        })
        .collect_view();
    let by_kind = std::iter::once(None)
        .chain(ItemKind::ALL.iter().copied().map(Some))
        .map(|kind| {
            chip(
                kind.map_or(w::ALL, ItemKind::label),
                narrowed(filter, kind, filter.status, 0),
                filter.kind == kind,
            )
        })
        .collect_view();
    view! {
        <div class="filters" role="group" aria-label=w::STATUSES>{by_status}</div>
        <div class="filters" role="group" aria-label=w::KINDS>{by_kind}</div>
    }
}

fn rows(page: ItemPage, filter: ItemFilter) -> impl IntoView {
    let shown = page.items.len() as u64;
    let costs = page.items.iter().any(|item| item.cost.is_some());
    let (prices, cost_sum) = page.totals.map_or((None, None), |totals| (Some(totals.price), totals.cost));
    view! {
        <Table label=w::TITLE>
            <thead><tr>
                <th class="cell-drawing"><span class="unseen">{w::PICTURE}</span></th>
                <th>{w::PIECE}</th><th>{w::WHERE}</th><th>{w::STATUS}</th>
                {costs.then(|| view! { <th class="amount">{w::COST}</th> })}
                <th class="amount">{w::PRICE}</th>
            </tr></thead>
            <tbody>{page.items.into_iter().map(|item| row(item, costs)).collect_view()}</tbody>
            {prices.map(|prices| view! {
                <tfoot><tr>
                    <td></td><td></td><td></td><td></td>
                    {costs.then(|| view! { <td data-label=w::COST class="amount">{cost_sum.map(|cost| view! { <Amount value=cost/> })}</td> })}
                    <td data-label=w::PRICE class="amount"><Amount value=prices/></td>
                </tr></tfoot>
            })}
        </Table>
        <Paging offset=filter.offset shown all=page.count more=page.more label=w::TITLE
            address=move |from| narrowed(&filter, filter.kind, filter.status, from)/>
    }
}

fn row(item: ShownItem, costs: bool) -> impl IntoView {
    let name = describe(&item.details);
    view! {
        <tr class="row-opens">
            <td class="cell-drawing"><Picture photo=item.photo.clone() details=item.details.clone() size=DrawingSize::Row decorative=true/></td>
            <td class="cell-main"><a href=format!("/inventory/{}", item.id)>{name}</a><span class="cell-sub code">{item.tag}</span></td>
            <td data-label=w::WHERE>{item.details.location}</td>
            <td data-label=w::STATUS>
                {match item.lot {
                    Some(lot) => lot.on_hand.show(lot.unit).into_any(),
                    None => view! { <StatusBadge status=item.status/> }.into_any(),
                }}
            </td>
            {costs.then(|| view! { <td data-label=w::COST class="amount">{item.cost.map(|cost| view! { <Amount value=cost/> })}</td> })}
            <td data-label=w::PRICE class="amount">
                <Amount value=item.price/> " " {item.lot.map(|lot| view! { <span class="cell-sub">{lot.unit.each()}</span> })}
            </td>
        </tr>
    }
}
