//! The list of styles.

use crate::api::style::list_styles;
use crate::pages::frame::{May, Problem, Staff};
use crate::pages::paging::{Paging, address, offset};
use crate::ui::{
    ButtonKind, DrawingSize, EmptyState, FindField, IconName, LinkButton, Page, Picture, Skeleton, Table,
};
use crate::words::{inventory, styles as w};
use domain::item::PieceDetails;
use domain::person::Permission;
use domain::style::{StyleLine, StylePage};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn StylesPage() -> impl IntoView {
    view! { <Title text=w::TITLE/> <Staff current="/inventory"><List/></Staff> }
}

#[component]
fn List() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        (query.get("q").unwrap_or_default(), offset(&query))
    });
    let page = Resource::new(move || asked.get(), |(typed, offset)| list_styles(typed, offset));
    let typed = RwSignal::new(asked.get_untracked().0);
    view! {
        <Page title=w::TITLE back=("/inventory".to_owned(), inventory::TITLE.to_owned()) actions=|| view! {
            <May permission=Permission::EditItems>
                <LinkButton href="/inventory/styles/new" label=w::ADD kind=ButtonKind::Primary icon=IconName::Plus/>
            </May>
        }>
            <div class="list-tools"><FindField label=w::FIND value=typed action="/inventory/styles"/></div>
            <Suspense fallback=|| view! { <Skeleton count=6/> }>
                {move || Suspend::new(async move {
                    match page.await {
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok(page) if page.styles.is_empty() => view! {
                            <EmptyState icon=IconName::Inventory title=w::EMPTY text=w::EMPTY_TEXT/>
                        }.into_any(),
                        Ok(page) => rows(page, asked.get_untracked()).into_any(),
                    }
                })}
            </Suspense>
        </Page>
    }
}

fn rows(page: StylePage, (typed, from): (String, u64)) -> impl IntoView {
    let shown = page.styles.len() as u64;
    view! {
        <Table label=w::TITLE>
            <thead><tr>
                <th class="cell-drawing"><span class="unseen">{inventory::PICTURE}</span></th>
                <th>{w::STYLE}</th><th>{w::KIND}</th><th class="amount">{w::VARIATIONS}</th>
                <th class="amount">{w::STOCK}</th><th class="amount">{w::PRICE}</th>
            </tr></thead>
            <tbody>{page.styles.into_iter().map(row).collect_view()}</tbody>
        </Table>
        <Paging offset=from shown all=page.count more=false label=w::TITLE address=move |from| {
            let from = if from == 0 { String::new() } else { from.to_string() };
            address("/inventory/styles", &[("q", &typed), ("from", &from)])
        }/>
    }
}

fn row(line: StyleLine) -> impl IntoView {
    let details = PieceDetails { kind: line.kind, ..PieceDetails::default() };
    let prices = line.prices.map(|(low, high)| w::prices(&low.to_string(), &high.to_string()));
    view! {
        <tr class="row-opens">
            <td class="cell-drawing"><Picture photo=line.photo details size=DrawingSize::Row decorative=true/></td>
            <td class="cell-main">
                <a href=format!("/inventory/styles/{}", line.id)>{line.name}</a><span class="cell-sub code">{line.number}</span>
            </td>
            <td data-label=w::KIND>{line.kind.label()}</td>
            <td data-label=w::VARIATIONS class="amount">{line.variations}</td>
            <td data-label=w::STOCK class="amount">{line.in_case}</td>
            <td data-label=w::PRICE class="amount">{prices}</td>
        </tr>
    }
}
