//! The list of sales, and one sale with the journal behind it.

use super::accounts::{CheckFor, ReturnCheckForm};
use super::approval::ApprovalFields;
use super::asking::{AskElsewhere, Asking};
use super::frame::{May, Problem, Staff};
use super::journal::EntryCard;
use super::paging::{Paging, address, offset};
use super::receipt::PrintedReceipt;
use super::secret::{SecretBadge, SecretForm};
use super::sending::Sending;
use super::when;
use crate::api::ledger::load_event;
use crate::api::register::approve;
use crate::api::sale::{filter_in, load_sale, load_sales, void_sale};
use crate::error::{AppError, ErrorKind};
use crate::ui::{
    Amount, AmountSize, Badge, Button, ButtonKind, Card, Choice, Dialog, EmptyState, Field, FigureCard,
    FileButton, IconName, LinkButton, Notice, NoticeKind, Page, SelectField, Skeleton, Table, Tone,
};
use crate::words::{accounts, approvals, common, ledger, returns, sales as w};
use chrono::NaiveDate;
use domain::approval::{About, ApprovalKind, AskApproval};
use domain::ids::{ApprovalId, PersonId, SaleId, StoreId};
use domain::ledger::EventView;
use domain::person::Permission;
use domain::sale::{
    ReturnedFacts, SaleChoices, SaleFilter, SaleLineFacts, SalePage, SaleSheet, SaleStatus, SaleSummary,
    SaleVoid, SellerShare, TenderNature, VoidBy, VoidSale, void_subject,
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
        SaleFilter { offset: offset(&query), limit: crate::api::PAGE, ..filter_in(|name| query.get(name)) }
    });
    let page = Resource::new(move || filter.get(), load_sales);
    view! {
        <Page title=w::TITLE>
            <Suspense fallback=|| view! { <Skeleton count=8/> }>
                {move || Suspend::new(async move {
                    match page.await {
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok((page, choices)) => {
                            let filter = filter.get_untracked();
                            view! {
                                <Filters filter=filter.clone() choices/>
                                {listed(page, &filter)}
                            }.into_any()
                        }
                    }
                })}
            </Suspense>
        </Page>
    }
}

/// The address of the list, or of the file, narrowed like this.
fn narrowed(path: &str, filter: &SaleFilter, from: u64) -> String {
    let text = |date: Option<NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
    let from = if from == 0 { String::new() } else { from.to_string() };
    address(
        path,
        &[
            ("q", &filter.words),
            ("since", &text(filter.from)),
            ("to", &text(filter.to)),
            ("seller", &filter.seller.map(|id| id.to_string()).unwrap_or_default()),
            ("tender", filter.tender.as_deref().unwrap_or_default()),
            ("status", filter.status.map_or("", SaleStatus::code)),
            ("from", &from),
        ],
    )
}

/// Words, days, who, how it was paid, and whether it stands; all of it in the address.
#[component]
fn Filters(filter: SaleFilter, choices: SaleChoices) -> impl IntoView {
    let text = |date: Option<NaiveDate>| RwSignal::new(date.map(|date| date.to_string()).unwrap_or_default());
    let (since, to) = (text(filter.from), text(filter.to));
    let words = RwSignal::new(filter.words.clone());
    let seller = RwSignal::new(filter.seller.map(|id| id.to_string()).unwrap_or_default());
    let tender = RwSignal::new(filter.tender.clone().unwrap_or_default());
    let status = RwSignal::new(filter.status.map(|status| status.code().to_owned()).unwrap_or_default());
    let people: Vec<Choice> =
        choices.people.into_iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect();
    let tenders: Vec<Choice> =
        choices.tenders.into_iter().map(|(code, label)| Choice::new(code, label)).collect();
    let statuses: Vec<Choice> =
        SaleStatus::ALL.iter().map(|status| Choice::new(status.code(), status.label())).collect();
    view! {
        <form class="list-filters" method="get" action="/sales" role="search" aria-label=w::TITLE>
            <Field name="q" label=w::WORDS placeholder=w::FIND value=words/>
            <Field name="since" label=ledger::SINCE kind="date" value=since/>
            <Field name="to" label=ledger::TO kind="date" value=to/>
            <SelectField name="seller" label=w::SOLD_BY value=seller choices=people none=w::ANYBODY/>
            <SelectField name="tender" label=w::PAID_WITH value=tender choices=tenders none=w::ANYTHING/>
            <SelectField name="status" label=w::STATUS value=status choices=statuses none=w::ALL/>
            <div class="row">
                <Button label=ledger::SHOW kind=ButtonKind::Primary submit=true/>
                <FileButton href=narrowed("/sales/export.csv", &filter, 0) label=w::DOWNLOAD/>
            </div>
        </form>
    }
}

fn listed(page: SalePage, filter: &SaleFilter) -> impl IntoView + use<> {
    if page.sales.is_empty() {
        return view! { <EmptyState icon=IconName::Receipt title=w::EMPTY text=w::EMPTY_TEXT/> }.into_any();
    }
    let shown = page.sales.len() as u64;
    let (totals, filter) = (page.totals, filter.clone());
    let about_somebody = !filter.words.trim().is_empty();
    view! {
        <div class="figures">
            <FigureCard name=w::SALES_COUNT value=page.count.to_string()/>
            <FigureCard name=w::NET value=totals.net.to_string()/>
            <FigureCard name=w::TAX value=totals.tax.to_string()/>
            {(!totals.returned.is_zero()).then(|| view! { <FigureCard name=returns::RETURNED_WITH_TAX value=totals.returned.to_string()/> })}
            <FigureCard name=w::TOTAL value=totals.total.to_string() note=if about_somebody { w::STANDING_TOLD } else { w::STANDING }/>
        </div>
        <Table label=w::TITLE>
            <thead><tr>
                <th>{w::NUMBER}</th><th>{w::DATE}</th><th>{w::CUSTOMER}</th><th>{w::SOLD_BY}</th>
                <th>{w::STATUS}</th><th class="amount">{w::TOTAL}</th>
            </tr></thead>
            <tbody>{page.sales.iter().map(row).collect_view()}</tbody>
        </Table>
        <Paging offset=filter.offset shown all=page.count label=w::TITLE
            address=move |from| narrowed("/sales", &filter, from)/>
    }
    .into_any()
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
            // Whoever reads over a shoulder learns nothing of a secret.
            <td data-label=w::CUSTOMER class="cell-text">{sale.customer_name.clone().filter(|_| sale.secret_until.is_none())}</td>
            <td data-label=w::SOLD_BY>{sale.cashier_name.clone()}</td>
            <td data-label=w::STATUS>{status_badge(sale.status)} {sale.secret_until.map(|until| view! { <SecretBadge until/> })}</td>
            <td data-label=w::TOTAL class="amount">{sale.secret_until.is_none().then(|| view! { <Amount value=sale.total/> })}</td>
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
                None => Err(AppError::new(ErrorKind::NotFound, common::PAGE_UNKNOWN)),
            }
        },
    );
    view! {
        <Suspense fallback=|| view! { <Skeleton count=6/> }>
            {move || Suspend::new(async move {
                match sale.await {
                    Err(error) => view! { <div class="page"><Problem error/></div> }.into_any(),
                    Ok((sheet, events)) => view! { <Detail sheet events on_change=move || sale.refetch()/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

/// The sale with the entries of its event and of its void. Whoever may not see the ledger sees it without.
async fn with_entries(sheet: SaleSheet) -> Result<(SaleSheet, Vec<EventView>), AppError> {
    let void = sheet.sale.void.as_ref().map(|void| void.event);
    let mut events = Vec::new();
    for event in std::iter::once(sheet.sale.event).chain(void) {
        match load_event(event).await {
            Ok(event) => events.push(event),
            Err(error) if error.kind == ErrorKind::Forbidden => break,
            Err(error) => return Err(error),
        }
    }
    Ok((sheet, events))
}

#[component]
fn Detail(
    sheet: SaleSheet,
    events: Vec<EventView>,
    on_change: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let (detail, void_by) = (sheet.sale.clone(), sheet.void_by.clone());
    let facts = detail.facts.clone();
    let voiding = RwSignal::new(false);
    let may_void = void_by != VoidBy::Nobody;
    let status = if detail.void.is_some() { SaleStatus::Voided } else { SaleStatus::Completed };
    let names = detail.names.clone();
    let number = detail.number.clone();
    let (usual_fee, paid_in) = (sheet.check_fee, &facts.tenders);
    let has_check = detail.void.is_none()
        && detail.check_returned.is_none()
        && paid_in
            .iter()
            .any(|tender| tender.kind.nature == TenderNature::Check && tender.amount.is_positive());
    let may_return = detail.void.is_none() && facts.lines.iter().any(|line| detail.may_come_back(line));
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
                {may_return.then(|| view! { <LinkButton href=address("/register", &[("return", &number)]) label=returns::RETURN/> })}
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
                {(facts.customer_id.is_some() && status == SaleStatus::Completed).then(|| view! {
                    <May permission=Permission::Sell><SecretForm sale=facts.id until=detail.secret_until/></May>
                })}
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
                                        {line.portion.map(|portion| view! { <span class="cell-sub">{portion.to_string()}</span> })}
                                        {detail.came_back.get(&line.id).map(|(sale, number)| view! {
                                            <span class="cell-sub">{returns::CAME_BACK_ON} " " <a href=format!("/sales/{sale}")>{number.clone()}</a></span>
                                        })}
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
            {(!facts.returned.is_empty()).then(|| view! { <Returned back=facts.returned.clone()/> })}
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
            {detail.check_returned.map(|event| view! {
                <p><Badge tone=Tone::Overdue icon=IconName::Warning label=accounts::CAME_BACK/> " " <a href=format!("/ledger/event/{event}")>{w::WHAT_WAS_POSTED}</a></p>
            })}
            {has_check.then(|| view! {
                <May permission=Permission::AdjustReceivables>
                    <Card title=accounts::RETURN_CHECK>
                        <ReturnCheckForm check=CheckFor::Receipt(facts.id) store_id=facts.store_id usual_fee done=Callback::new(move |()| on_change())/>
                    </Card>
                </May>
            })}
            {events.into_iter().map(posted).collect_view()}
            <Card title=crate::words::register::RECEIPT><PrintedReceipt sheet/></Card>
        </Page>
        {may_void.then(|| view! { <VoidDialog open=voiding store=facts.store_id sale=facts.id void_by on_done=on_change/> })}
    }
}

/// What came back on this receipt.
#[component]
fn Returned(back: Vec<ReturnedFacts>) -> impl IntoView {
    let rows = back
        .into_iter()
        .map(|line| {
            let worth = line.net.plus(line.tax_total).and_then(|paid| paid.minus(line.fee)).unwrap_or_default();
            view! {
                <tr>
                    <td class="cell-main">
                        <a href=format!("/inventory/{}", line.item_id)>{line.description}</a>
                        <span class="cell-sub"><span class="code">{line.tag}</span> " · " {line.condition.label()}</span>
                    </td>
                    <td data-label=returns::FROM class="code">{line.number}</td>
                    <td data-label=returns::FEE class="amount"><Amount value=line.fee/></td>
                    <td data-label=w::TOTAL class="amount"><Amount value=worth/></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Card title=returns::RETURNED flush=true>
            <Table label=returns::RETURNED>
                <thead><tr><th>{w::PIECES}</th><th>{returns::FROM}</th><th class="amount">{returns::FEE}</th><th class="amount">{w::TOTAL}</th></tr></thead>
                <tbody>{rows}</tbody>
            </Table>
        </Card>
    }
}

/// What an event of the sale posted, with the way to it.
fn posted(event: EventView) -> impl IntoView {
    let accounts = event.accounts;
    event
        .entries
        .into_iter()
        .map(|entry| view! { <EntryCard entry accounts=accounts.clone()/> })
        .collect_view()
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
    let elsewhere = Asking::new();
    let why = move || {
        let why = domain::text::required_line(&reason.get_untracked());
        reason_error.set(why.as_ref().err().map(ToString::to_string));
        why.ok()
    };
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(why) = why() else { return };
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
        asking.send(approve(ask, typed), move |approval| {
            elsewhere.take_back();
            void_it(vec![approval]);
        });
    };
    let refused = Signal::derive(move || voiding.error.get().map(|error| error.message));
    view! {
        <Dialog id="void" title=w::VOID open on_close=Callback::new(move |()| elsewhere.take_back())>
            <form class="stack" novalidate=true on:submit=send>
                <p class="soft">{w::VOID_TEXT}</p>
                {move || refused.get().map(|refused| view! { <Notice kind=NoticeKind::Error>{refused}</Notice> })}
                <Field name="reason" label=common::REASON value=reason error=reason_error required=true/>
                {approvers.map(|approvers| view! {
                    <p>{w::VOID_APPROVAL}</p>
                    <AskElsewhere asking=elsewhere question=move |()| why().map(|why| (store, About::VoidSale { sale_id: sale }, why))
                        on_given=Callback::new(move |approval| void_it(vec![approval]))/>
                    <p class="soft small">{approvals::OR_HERE}</p>
                    <ApprovalFields approvers manager pin error=asking.message()/>
                })}
                <Button label=w::VOID kind=ButtonKind::Danger submit=true wide=true
                    pending=Signal::derive(move || voiding.pending.get() || asking.pending.get())/>
            </form>
        </Dialog>
    }
}
