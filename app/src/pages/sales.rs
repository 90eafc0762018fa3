//! The list of sales, and one sale with the journal behind it.

use super::approval::ApprovalFields;
use super::frame::{Problem, Staff};
use super::journal::EntryCard;
use super::paging::{Paging, address, offset};
use super::receipt::PrintedReceipt;
use super::sending::Sending;
use super::when;
use crate::api::register::approve;
use crate::api::sale::{entries_of_event, list_sales, load_sale, void_sale};
use crate::error::AppError;
use crate::ui::{
    Amount, AmountSize, Badge, Button, ButtonKind, Card, Dialog, EmptyState, Field, FindField, IconName,
    Notice, NoticeKind, Page, Skeleton, Table, Tone,
};
use crate::words::{common, sales as w};
use domain::approval::{ApprovalKind, AskApproval};
use domain::ids::{ApprovalId, PersonId, SaleId, StoreId};
use domain::ledger::Entry;
use domain::sale::{
    SaleFilter, SaleLineFacts, SaleSheet, SaleStatus, SaleSummary, SaleVoid, SellerShare, VoidBy, VoidSale,
    void_subject,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use std::collections::BTreeMap;

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
                    Ok((sheet, entries)) => view! { <Detail sheet entries on_change=move || sale.refetch()/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

/// The sale with the entries of its event and of its void. Whoever may not see the ledger sees it without.
async fn with_entries(sheet: SaleSheet) -> Result<(SaleSheet, Vec<Entry>), AppError> {
    let mut entries = entries_of_event(sheet.sale.event).await.unwrap_or_default();
    if let Some(void) = &sheet.sale.void {
        entries.extend(entries_of_event(void.event).await.unwrap_or_default());
    }
    Ok((sheet, entries))
}

#[component]
fn Detail(
    sheet: SaleSheet,
    entries: Vec<Entry>,
    on_change: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let (detail, void_by) = (sheet.sale.clone(), sheet.void_by.clone());
    let facts = detail.facts.clone();
    let voiding = RwSignal::new(false);
    let may_void = void_by != VoidBy::Nobody;
    let status = if detail.void.is_some() { SaleStatus::Voided } else { SaleStatus::Completed };
    let names = detail.names.clone();
    let sold_by = move |line: &SaleLineFacts| shares(line, &names);
    let note = |label: &'static str, text: Option<String>| {
        text.map(|text| view! { <p class="soft">{label} ": " {text}</p> })
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
                {detail.void.as_ref().map(|void| view! { <p class="soft">{w::VOIDED} ": " {void.reason.clone()}</p> <p class="soft">{voided_by(void)}</p> })}
                {detail.customer_name.clone().map(|name| match facts.customer_id {
                    Some(id) => view! { <p class="soft">{w::CUSTOMER} ": " <a href=format!("/customers/{id}")>{name}</a></p> }.into_any(),
                    None => view! { <p class="soft">{w::CUSTOMER} ": " {name}</p> }.into_any(),
                })}
                {note(w::NO_TAX, facts.exemption.as_ref().map(ToString::to_string))}
                {note(w::DISCOUNT_APPROVED, detail.approved_by.clone())}
                {detail.taken_off.clone().map(|text| view! { <p class="soft">{text}</p> })}
            </Card>
            <Card title=w::PIECES flush=true>
                <Table label=w::PIECES>
                    <thead><tr>
                        <th>{w::PIECES}</th><th>{w::SOLD_BY}</th><th class="amount">{w::DISCOUNT}</th><th class="amount">{w::TOTAL}</th>
                    </tr></thead>
                    <tbody>
                        {facts.lines.iter().map(|line| {
                            let off = line.net.minus(line.price).unwrap_or_default();
                            let reason = line.discount.as_ref().or(facts.ticket_discount.as_ref()).map(|discount| discount.reason.clone());
                            view! {
                                <tr>
                                    <td class="cell-main">
                                        <a href=format!("/inventory/{}", line.item_id)>{line.description.clone()}</a>
                                        <span class="cell-sub code">{line.tag.clone()}</span>
                                    </td>
                                    <td data-label=w::SOLD_BY class="cell-text">{sold_by(line)}</td>
                                    <td data-label=w::DISCOUNT class="amount">
                                        <Amount value=off/> {reason.filter(|_| !off.is_zero()).map(|reason| view! { <span class="cell-sub">{reason}</span> })}
                                    </td>
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
            <Card title=crate::words::register::RECEIPT><PrintedReceipt sheet/></Card>
        </Page>
        {may_void.then(|| view! { <VoidDialog open=voiding store=facts.store_id sale=facts.id void_by on_done=on_change/> })}
    }
}

/// Who sold a line; the shares only where there are several.
fn shares(line: &SaleLineFacts, names: &BTreeMap<PersonId, String>) -> String {
    let name = |share: &SellerShare| names.get(&share.person_id).cloned().unwrap_or_default();
    match line.sellers.as_slice() {
        [one] => name(one),
        several => several
            .iter()
            .map(|share| format!("{} {}", name(share), share.weight))
            .collect::<Vec<_>>()
            .join(", "),
    }
}

fn voided_by(void: &SaleVoid) -> String {
    let by = w::voided_by(&void.by, &format!("{}, {}", when::day(void.at.date_naive()), when::time(void.at)));
    match &void.approved_by {
        Some(approver) => format!("{by}, {}", w::approved_by(approver)),
        None => by,
    }
}

/// Why, and where the role lacks the right, who answers for it.
#[component]
fn VoidDialog(
    open: RwSignal<bool>,
    store: StoreId,
    sale: SaleId,
    void_by: VoidBy,
    on_done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let (reason, manager, pin) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (voiding, asking) = (Sending::new(), Sending::new());
    let reason_error = RwSignal::new(None::<String>);
    let approvers = match void_by {
        VoidBy::WithApproval(approvers) => Some(approvers),
        VoidBy::Oneself | VoidBy::Nobody => None,
    };
    let void_it = move |approvals: Vec<ApprovalId>| {
        let cmd = VoidSale {
            command_id: voiding.id(),
            store_id: store,
            sale_id: sale,
            reason: reason.get_untracked(),
            approvals,
        };
        voiding.send(void_sale(cmd), move |()| {
            open.set(false);
            on_done();
        });
    };
    let needs_approval = approvers.is_some();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let why = domain::text::required_line(&reason.get_untracked());
        reason_error.set(why.as_ref().err().map(ToString::to_string));
        let Ok(why) = why else { return };
        if !needs_approval {
            void_it(Vec::new());
            return;
        }
        let Ok(manager) = manager.get_untracked().parse() else { return };
        let ask = AskApproval {
            command_id: asking.id(),
            store_id: store,
            kind: ApprovalKind::VoidSale,
            subject: void_subject(sale),
            manager,
            reason: why,
        };
        let typed = pin.get_untracked();
        pin.set(String::new());
        asking.send(approve(ask, typed), move |approval| void_it(vec![approval]));
    };
    let refused = Signal::derive(move || voiding.error.get().map(|error| error.message));
    view! {
        <Dialog id="void" title=w::VOID open>
            <form class="stack" novalidate=true on:submit=send>
                <p class="soft">{w::VOID_TEXT}</p>
                {move || refused.get().map(|refused| view! { <Notice kind=NoticeKind::Error>{refused}</Notice> })}
                <Field name="reason" label=common::REASON value=reason error=reason_error required=true/>
                {approvers.map(|approvers| view! {
                    <p>{w::VOID_APPROVAL}</p>
                    <ApprovalFields approvers manager pin error=asking.message()/>
                })}
                <Button label=w::VOID kind=ButtonKind::Danger submit=true wide=true
                    pending=Signal::derive(move || voiding.pending.get() || asking.pending.get())/>
            </form>
        </Dialog>
    }
}
