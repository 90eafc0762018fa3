//! The account of one customer: how they stand, what is open, and everything that moved it.

use super::collect_dialog::{CollectDialog, Work};
use super::collecting::{CollectingCard, concerns};
use super::{Area, lateness};
use crate::api::PAGE;
use crate::api::account::load_account;
use crate::api::receivable_collect::load_collection;
use crate::error::{AppError, ErrorKind};
use crate::live::renew_on;
use crate::pages::frame::{May, Problem};
use crate::pages::loading::id_in_address;
use crate::pages::paging::{self, Paging, address};
use crate::pages::receivables::back_to_desk;
use crate::pages::when;
use crate::ui::{
    Amount, Badge, ButtonKind, Card, EmptyState, FigureCard, IconName, LinkButton, Notice, NoticeKind, Page,
    Skeleton, Table, Tone,
};
use crate::words::{accounts as w, collect, common, customers};
use chrono::NaiveDate;
use domain::ids::CustomerId;
use domain::live::NewsKind;
use domain::person::Permission;
use domain::receivable::collect::CollectionSheet;
use domain::receivable::{
    AccountAsked, AccountSheet, AccountState, AgingSums, Bucket, CreditLine, InvoiceLineItem, Movement,
    MovementKind,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

#[component]
pub fn AccountPage() -> impl IntoView {
    view! { <Area title=w::ACCOUNT><One/></Area> }
}

#[component]
fn One() -> impl IntoView {
    let id = id_in_address::<CustomerId>();
    let query = use_query_map();
    let offset = Memo::new(move |_| paging::offset(&query.read()));
    let back = Memo::new(move |_| back_to_desk(query.read().get("back")));
    let found = Resource::new(
        move || (id.get(), offset.get()),
        |(id, offset)| async move {
            let gone = || AppError::new(ErrorKind::NotFound, common::PAGE_UNKNOWN);
            let customer = id.ok_or_else(gone)?;
            let sheet = load_account(AccountAsked { customer, offset, limit: PAGE }).await?;
            Ok::<_, AppError>((sheet, load_collection(customer).await?))
        },
    );
    renew_on(&[NewsKind::Receivables], move || found.refetch());
    let work = Work::new();
    view! {
        <Transition fallback=|| view! { <Skeleton count=6/> }>
            {move || Suspend::new(async move {
                match found.await {
                    Err(error) => view! { <div class="page"><Problem error/></div> }.into_any(),
                    Ok((sheet, collection)) => {
                        let (offset, back) = (offset.get_untracked(), back.get_untracked());
                        view! { <Sheet sheet collection work offset back/> }.into_any()
                    }
                }
            })}
        </Transition>
        <May permission=Permission::Collect>
            <CollectDialog work again=Callback::new(move |()| found.refetch())/>
        </May>
    }
}

#[component]
fn Sheet(
    sheet: AccountSheet,
    collection: CollectionSheet,
    work: Work,
    offset: u64,
    /// The desk, for whoever came from there.
    back: Option<String>,
) -> impl IntoView {
    let AccountSheet {
        customer,
        standing,
        warnings,
        aging,
        invoices,
        credits,
        movements,
        movement_count,
        today,
        ..
    } = sheet;
    let id = customer.id;
    let at = move |what: &str| format!("/customers/{id}/{what}");
    let has_account = standing.account.is_some();
    let balance = standing.balance().unwrap_or_default();
    let terms = standing.account.as_ref().map(|account| {
        let limit = account.limit.map(|limit| format!(" · {} {limit}", w::LIMIT)).unwrap_or_default();
        format!("{} · {}{limit}", account.state, account.terms)
    });
    let on_hold = standing.account.as_ref().is_some_and(|account| account.state != AccountState::Open);
    let (base, shown) = (at("account"), movements.len() as u64);
    let from_desk = back.clone().unwrap_or_default();
    let back = match back {
        Some(desk) => (desk, collect::TITLE.to_owned()),
        None => (format!("/customers/{id}"), customers::TITLE.to_owned()),
    };
    let collection = StoredValue::new(collection);
    view! {
        <Page
            title=customer.name.clone()
            lead=terms.unwrap_or_else(|| w::NO_ACCOUNT.to_owned())
            back
            actions=move || view! {
                <May permission=Permission::GrantCredit>
                    <LinkButton href=at("account/edit") label=if has_account { w::CHANGE_ACCOUNT } else { w::OPEN_ACCOUNT } icon=IconName::Edit/>
                </May>
                <LinkButton href=at("statement") label=w::STATEMENT icon=IconName::Print/>
                <May permission=Permission::AdjustReceivables><LinkButton href=at("credit-memo") label=w::CREDIT_MEMO/></May>
                {has_account.then(|| view! {
                    <May permission=Permission::IssueInvoice><LinkButton href=at("invoice") label=w::NEW_INVOICE/></May>
                })}
                <May permission=Permission::TakePayment><LinkButton href=at("pay") label=w::PAY kind=ButtonKind::Primary icon=IconName::Cash/></May>
            }
        >
            {(!has_account && balance.is_zero()).then(|| view! { <Notice kind=NoticeKind::Info title=w::NO_ACCOUNT>{w::NO_ACCOUNT_TEXT}</Notice> })}
            {(!warnings.is_empty() || on_hold).then(|| view! {
                <div class="row" role="status">
                    {warnings.into_iter().map(|warning| view! { <Badge tone=Tone::Overdue icon=IconName::Warning label=warning.to_string()/> }).collect_view()}
                </div>
            })}
            <div class="figures">
                <FigureCard name=w::BALANCE value=balance.to_string()/>
                <FigureCard name=w::OVERDUE value=standing.overdue.to_string()/>
                {standing.unapplied.is_positive().then(|| view! { <FigureCard name=w::UNAPPLIED value=standing.unapplied.to_string()/> })}
            </div>
            {collection.with_value(concerns).then(|| view! {
                <May permission=Permission::Collect><CollectingCard sheet=collection.get_value() work/></May>
            })}
            {standing.owed.is_positive().then(|| view! { <Card flush=true><Aging aging/></Card> })}
            {(!invoices.is_empty()).then(|| view! { <Card title=w::OPEN_INVOICES flush=true><Invoices invoices today/></Card> })}
            {(!credits.is_empty()).then(|| view! { <Card title=w::CREDITS flush=true><Credits credits/></Card> })}
            <Card title=w::RUNNING flush={movement_count > 0}>
                {if movement_count == 0 {
                    view! { <EmptyState icon=IconName::Ledger title=w::NOTHING_OWED text=w::NOTHING_YET/> }.into_any()
                } else {
                    view! {
                        <Movements movements/>
                        <Paging offset shown all=movement_count label=w::RUNNING
                            address=move |from| address(&base, &[("from", &from.to_string()), ("back", &from_desk)])/>
                    }.into_any()
                }}
            </Card>
        </Page>
    }
}

/// What is owed by age; credits beside it.
#[component]
pub(super) fn Aging(aging: AgingSums) -> impl IntoView {
    let columns: Vec<(String, _)> =
        Bucket::ALL.iter().map(|bucket| (bucket.label().to_owned(), aging.bucket(*bucket))).collect();
    let unapplied = aging.unapplied.negated().unwrap_or_default();
    view! {
        <Table label=w::OWED>
            <thead><tr>
                {columns.iter().map(|(name, _)| view! { <th class="amount">{name.clone()}</th> }).collect_view()}
                <th class="amount head-wraps">{w::UNAPPLIED}</th>
            </tr></thead>
            <tbody><tr>
                {columns.into_iter().map(|(name, amount)| view! { <td class="amount" data-label=name><Amount value=amount/></td> }).collect_view()}
                <td class="amount" data-label=w::UNAPPLIED><Amount value=unapplied/></td>
            </tr></tbody>
        </Table>
    }
}

#[component]
fn Invoices(invoices: Vec<InvoiceLineItem>, today: NaiveDate) -> impl IntoView {
    let row = move |invoice: InvoiceLineItem| {
        let overdue = invoice.overdue;
        view! {
            <tr class="row-opens">
                <td class="cell-main">
                    <a class="code" href=format!("/invoices/{}", invoice.id)>{invoice.number}</a>
                    <span class="cell-sub">{invoice.kind.label()} " · " {when::day(invoice.invoiced_on)}</span>
                </td>
                <td data-label=w::DUE class="cell-text">
                    <div class="row stack-tight">
                        {when::day(invoice.due_on)} {overdue.is_positive().then(|| lateness(overdue, invoice.due_on, today))}
                        {invoice.disputed.then(|| view! { <Badge tone=Tone::Held icon=IconName::Info label=w::DISPUTED/> })}
                    </div>
                </td>
                <td data-label=w::AMOUNT class="amount"><Amount value=invoice.amount/></td>
                <td data-label=w::OPEN class="amount"><Amount value=invoice.open/></td>
            </tr>
        }
    };
    view! {
        <Table label=w::OPEN_INVOICES>
            <thead><tr><th>{w::INVOICE}</th><th>{w::DUE}</th><th class="amount">{w::AMOUNT}</th><th class="amount">{w::OPEN}</th></tr></thead>
            <tbody>{invoices.into_iter().map(row).collect_view()}</tbody>
        </Table>
    }
}

#[component]
fn Credits(credits: Vec<CreditLine>) -> impl IntoView {
    let row = |credit: CreditLine| {
        view! {
            <tr class="row-opens">
                <td class="cell-main">
                    <a class="code" href=format!("/credits/{}", credit.id)>{credit.number}</a>
                    <span class="cell-sub">{credit.kind.label()}</span>
                </td>
                <td data-label=w::DATE>{when::day(credit.received_on)}</td>
                <td data-label=w::AMOUNT class="amount"><Amount value=credit.amount/></td>
                <td data-label=w::LEFT class="amount"><Amount value=credit.left/></td>
            </tr>
        }
    };
    view! {
        <Table label=w::CREDITS>
            <thead><tr><th>{w::CREDIT}</th><th>{w::DATE}</th><th class="amount">{w::AMOUNT}</th><th class="amount">{w::LEFT}</th></tr></thead>
            <tbody>{credits.into_iter().map(row).collect_view()}</tbody>
        </Table>
    }
}

/// The running account, newest first; each line opens the paper behind it.
#[component]
fn Movements(movements: Vec<Movement>) -> impl IntoView {
    let row = |movement: Movement| {
        let href = match movement.kind {
            MovementKind::Invoice => format!("/invoices/{}", movement.document),
            MovementKind::Credit | MovementKind::Out => format!("/credits/{}", movement.document),
        };
        let dated = movement.dated.map(|day| format!(" · {}", w::dated(&when::day(day))));
        view! {
            <tr class="row-opens">
                <td class="cell-main">
                    <a href=href>{movement.label}</a>
                    <span class="cell-sub"><span class="code">{movement.number}</span> {dated}</span>
                </td>
                <td data-label=w::DATE>{when::day(movement.day)}</td>
                <td data-label=w::AMOUNT class="amount"><Amount value=movement.amount/></td>
                <td data-label=w::BALANCE class="amount"><Amount value=movement.balance/></td>
            </tr>
        }
    };
    view! {
        <Table label=w::RUNNING>
            <thead><tr><th>{w::WHAT}</th><th>{w::DATE}</th><th class="amount">{w::AMOUNT}</th><th class="amount">{w::BALANCE}</th></tr></thead>
            <tbody>{movements.into_iter().map(row).collect_view()}</tbody>
        </Table>
    }
}
