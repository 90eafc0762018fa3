//! The list of sales, and one sale with the journal behind it.

use super::frame::{Problem, Staff};
use super::journal::EntryCard;
use super::paging::{Paging, address, offset};
use super::sending::Sending;
use super::when;
use crate::api::sale::{entries_of_event, list_sales, load_sale, void_sale};
use crate::error::AppError;
use crate::ui::{
    Amount, AmountSize, Badge, Button, ButtonKind, Card, Dialog, EmptyState, Field, FindField, IconName,
    Page, Skeleton, Table, Tone,
};
use crate::words::{common, sales as w};
use domain::ids::SaleId;
use domain::ledger::Entry;
use domain::sale::{SaleDetail, SaleFilter, SaleStatus, SaleSummary, VoidSale};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

#[component]
pub fn SalesPage() -> impl IntoView {
    view! { <Title text=w::TITLE/> <Staff current="/sales"><SalesList/></Staff> }
}

#[component]
fn SalesList() -> impl IntoView {
    let query = use_query_map();
    let filter = Memo::new(move |_| {
        let query = query.read();
        SaleFilter {
            number: query.get("q").unwrap_or_default(),
            offset: offset(&query),
            limit: crate::api::PAGE,
            ..SaleFilter::default()
        }
    });
    let page = Resource::new(move || filter.get(), list_sales);
    let typed = RwSignal::new(filter.get_untracked().number);
    view! {
        <Page title=w::TITLE>
            <div class="list-tools"><FindField label=w::FIND value=typed action="/sales"/></div>
            <Suspense fallback=|| view! { <Skeleton count=8/> }>
                {move || Suspend::new(async move {
                    match page.await {
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok(page) if page.sales.is_empty() => view! {
                            <EmptyState icon=IconName::Receipt title=w::EMPTY text=w::EMPTY_TEXT/>
                        }.into_any(),
                        Ok(page) => { let shown = page.sales.len() as u64; view! {
                            <Table label=w::TITLE>
                                <thead><tr>
                                    <th>{w::NUMBER}</th><th>{w::DATE}</th><th>{w::CUSTOMER}</th><th>{w::SOLD_BY}</th>
                                    <th>{w::STATUS}</th><th class="amount">{w::TOTAL}</th>
                                </tr></thead>
                                <tbody>{page.sales.iter().map(row).collect_view()}</tbody>
                                <tfoot><tr>
                                    <td></td><td></td><td></td><td></td><td></td>
                                    <td data-label=w::TOTAL class="amount"><Amount value=page.total/></td>
                                </tr></tfoot>
                            </Table>
                            <Paging offset=filter.get_untracked().offset shown all=page.count label=w::TITLE
                                address=move |from| address("/sales", &[("q", &filter.get_untracked().number), ("from", &from.to_string())])/>
                        }.into_any() },
                    }
                })}
            </Suspense>
        </Page>
    }
}

fn status_badge(status: SaleStatus) -> impl IntoView {
    match status {
        SaleStatus::Completed => view! { <Badge tone=Tone::Paid icon=IconName::Check label=w::COMPLETED/> },
        SaleStatus::Voided => view! { <Badge tone=Tone::Overdue icon=IconName::Close label=w::VOIDED/> },
    }
}

fn row(sale: &SaleSummary) -> impl IntoView + use<> {
    view! {
        <tr class="row-opens">
            <td class="cell-main"><a class="code" href=format!("/sales/{}", sale.id)>{sale.number.clone()}</a></td>
            <td data-label=w::DATE>{when::day(sale.business_date)} " " {when::time(sale.completed_at)}</td>
            <td data-label=w::CUSTOMER>{sale.customer_name.clone()}</td>
            <td data-label=w::SOLD_BY>{sale.cashier_name.clone()}</td>
            <td data-label=w::STATUS>{status_badge(sale.status)}</td>
            <td data-label=w::TOTAL class="amount"><Amount value=sale.total/></td>
        </tr>
    }
}

#[component]
pub fn SalePage() -> impl IntoView {
    view! { <Title text=w::TITLE/> <Staff current="/sales"><OneSale/></Staff> }
}

#[component]
fn OneSale() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").and_then(|id| id.parse::<SaleId>().ok()));
    let sale = Resource::new(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => with_entries(load_sale(id).await?).await,
                None => Err(AppError::new(crate::error::ErrorKind::NotFound, common::PAGE_UNKNOWN)),
            }
        },
    );
    view! {
        <Suspense fallback=|| view! { <Skeleton count=6/> }>
            {move || Suspend::new(async move {
                match sale.await {
                    Err(error) => view! { <div class="page"><Problem error/></div> }.into_any(),
                    Ok((detail, entries)) => view! { <Detail detail entries on_change=move || sale.refetch()/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

/// The sale with the entries of its event and of its void. Whoever may not see the ledger sees it without.
async fn with_entries(sale: SaleDetail) -> Result<(SaleDetail, Vec<Entry>), AppError> {
    let mut entries = entries_of_event(sale.event).await.unwrap_or_default();
    if let Some(void) = &sale.void {
        entries.extend(entries_of_event(void.event).await.unwrap_or_default());
    }
    Ok((sale, entries))
}

#[component]
fn Detail(
    detail: SaleDetail,
    entries: Vec<Entry>,
    on_change: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let facts = detail.facts.clone();
    let voiding = RwSignal::new(false);
    let may_void = detail.void.is_none() && detail.session_open;
    let status = if detail.void.is_some() { SaleStatus::Voided } else { SaleStatus::Completed };
    let names = detail.names.clone();
    let sold_by = move |line: &domain::sale::SaleLineFacts| {
        let name = |share: &domain::sale::SellerShare| {
            format!("{} {}", names.get(&share.person_id).cloned().unwrap_or_default(), share.weight)
        };
        line.sellers.iter().map(name).collect::<Vec<_>>().join(", ")
    };
    view! {
        <Page
            title=detail.number.clone()
            lead=format!("{} · {} · {}", when::day(detail.business_date), when::time(detail.completed_at), detail.cashier_name)
            back=("/sales".to_owned(), w::TITLE.to_owned())
            actions=move || view! {
                {may_void.then(|| view! {
                    <Button label=w::VOID kind=ButtonKind::Danger icon=IconName::Back on:click=move |_| voiding.set(true)/>
                })}
            }
        >
            <Card>
                <div class="row row-spread"><Amount value=facts.total size=AmountSize::Huge/>{status_badge(status)}</div>
                {detail.void.map(|void| view! { <p class="soft">{w::VOIDED} ": " {void.reason}</p> })}
                {detail.customer_name.map(|name| view! { <p class="soft">{w::CUSTOMER} ": " {name}</p> })}
            </Card>
            <Card title=w::PIECES flush=true>
                <Table label=w::PIECES>
                    <thead><tr>
                        <th>{w::PIECES}</th><th>{w::SOLD_BY}</th><th class="amount">{w::DISCOUNT}</th><th class="amount">{w::TOTAL}</th>
                    </tr></thead>
                    <tbody>
                        {facts.lines.iter().map(|line| {
                            let off = line.net.minus(line.price).unwrap_or_default();
                            view! {
                                <tr>
                                    <td class="cell-main">{line.description.clone()}<span class="cell-sub code">{line.tag.clone()}</span></td>
                                    <td data-label=w::SOLD_BY>{sold_by(line)}</td>
                                    <td data-label=w::DISCOUNT class="amount"><Amount value=off/></td>
                                    <td data-label=w::TOTAL class="amount"><Amount value=line.net/></td>
                                </tr>
                            }
                        }).collect_view()}
                    </tbody>
                </Table>
            </Card>
            <Card title=w::PAYMENTS>
                <dl class="facts">
                    {facts.tenders.iter().map(|tender| view! {
                        <div class="fact">
                            <dt>{tender.kind.label.clone()} " " {tender.reference.clone()}</dt>
                            <dd><Amount value=tender.amount/></dd>
                        </div>
                    }).collect_view()}
                    <div class="fact"><dt>{w::CHANGE}</dt><dd><Amount value=facts.change/></dd></div>
                </dl>
            </Card>
            {entries.into_iter().map(|entry| view! { <EntryCard entry/> }).collect_view()}
        </Page>
        <VoidDialog open=voiding store=facts.store_id sale=facts.id on_done=on_change/>
    }
}

#[component]
fn VoidDialog(
    open: RwSignal<bool>,
    store: domain::ids::StoreId,
    sale: SaleId,
    on_done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let reason = RwSignal::new(String::new());
    let voiding = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let cmd = VoidSale {
            command_id: voiding.id(),
            store_id: store,
            sale_id: sale,
            reason: reason.get_untracked(),
            approvals: Vec::new(),
        };
        voiding.send(void_sale(cmd), move |()| {
            open.set(false);
            on_done();
        });
    };
    view! {
        <Dialog id="void" title=w::VOID open>
            <form class="stack" novalidate=true on:submit=send>
                <p class="soft">{w::VOID_TEXT}</p>
                <Field name="reason" label=common::REASON value=reason error=voiding.message() required=true/>
                <Button label=w::VOID kind=ButtonKind::Danger submit=true wide=true pending=voiding.pending/>
            </form>
        </Dialog>
    }
}
