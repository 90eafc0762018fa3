//! Taking a payment on account: at an open till in any way, in the office in any but cash.

use super::Area;
use super::applying::{ApplyFields, Applying};
use crate::api::account::{account_payment_choices, load_credit, take_payment};
use crate::client::print_page;
use crate::pages::frame::Problem;
use crate::pages::loading::{id_in_address, known, shown};
use crate::pages::sending::Sending;
use crate::pages::settings::Refused;
use crate::ui::{
    Button, ButtonKind, Card, Choice, Field, IconName, LinkButton, Notice, NoticeKind, Page, SelectField,
    Skeleton,
};
use crate::words::{accounts as w, common, register};
use domain::ids::{CustomerCreditId, CustomerId, InvoiceId};
use domain::money::Money;
use domain::receivable::{AccountDone, AccountPaymentChoices, TakePayment};
use domain::sale::{Tender, TenderKind, TenderNature};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

#[component]
pub fn PayAccountPage() -> impl IntoView {
    view! { <Area title=w::TAKE_PAYMENT><Pay/></Area> }
}

#[component]
fn Pay() -> impl IntoView {
    let id = id_in_address::<CustomerId>();
    let found = Resource::new(move || id.get(), |id| known(id, account_payment_choices));
    shown(found, |choices: AccountPaymentChoices| {
        let id = choices.customer.id;
        let back = (format!("/customers/{id}/account"), choices.customer.name.clone());
        let balance = choices.standing.balance().unwrap_or_default();
        let done = RwSignal::new(None::<AccountDone>);
        view! {
            <Page title=w::TAKE_PAYMENT lead=w::balance(balance, None) back>
                {move || match done.get() {
                    Some(done) => view! { <Done done customer=id/> }.into_any(),
                    None => view! { <Form choices=choices.clone() done/> }.into_any(),
                }}
            </Page>
        }
        .into_any()
    })
}

#[component]
fn Form(choices: AccountPaymentChoices, done: RwSignal<Option<AccountDone>>) -> impl IntoView {
    let AccountPaymentChoices {
        customer, store_id, session_id, standing, invoices, tender_kinds, today, ..
    } = choices;
    let customer_id = customer.id;
    // Whoever comes from an invoice pays that one.
    let named = use_query_map().with_untracked(|query| query.get("invoice")?.parse::<InvoiceId>().ok());
    let asked_for = named.and_then(|id| invoices.iter().find(|invoice| invoice.id == id));
    let asked_for = asked_for.map_or(standing.owed, |invoice| invoice.open);
    let amount = RwSignal::new(if asked_for.is_positive() { asked_for.to_string() } else { String::new() });
    let nothing_owed = !standing.owed.is_positive();
    let first = tender_kinds.first().map(|kind| kind.code.clone()).unwrap_or_default();
    let (kind, reference) = (RwSignal::new(first), RwSignal::new(String::new()));
    let (handed_over, received_on) = (RwSignal::new(String::new()), RwSignal::new(today.to_string()));
    let note = RwSignal::new(String::new());
    let ways: Vec<Choice> =
        tender_kinds.iter().map(|kind| Choice::new(kind.code.clone(), kind.label.clone())).collect();
    let kinds = StoredValue::new(tender_kinds);
    let is_cash = move || kind.with(|code| nature(kinds, code) == Some(TenderNature::Currency));
    let applying = Applying::over(invoices, named);
    let there = Signal::derive(move || amount.with(|typed| Money::parse(typed)).unwrap_or_default());
    let sending = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let cash = untrack(is_cash);
        let typed = amount.get_untracked();
        // What does not read as an amount is told at its field by the server.
        let paid = Money::parse(&typed).unwrap_or_default();
        let given = handed_over.with_untracked(|typed| Money::parse(typed)).unwrap_or(paid);
        let tender = Tender {
            kind: kind.get_untracked(),
            amount: if cash { given } else { paid },
            reference: if cash { String::new() } else { reference.get_untracked() },
        };
        let cmd = TakePayment {
            command_id: sending.id(),
            store_id,
            // Only cash needs the drawer; what else comes in at a till belongs to its day all the same.
            session_id,
            customer_id,
            amount: typed,
            tenders: vec![tender],
            apply: applying.read(),
            received_on: received_on.get_untracked(),
            note: note.get_untracked(),
        };
        sending.send(take_payment(cmd), move |recorded| done.set(Some(recorded)));
    };
    view! {
        <form class="form" novalidate=true on:submit=send>
            <Refused sending/>
            {nothing_owed.then(|| view! { <Notice kind=NoticeKind::Info title=w::NOTHING_OWED>{w::NOTHING_OWED_TEXT}</Notice> })}
            {session_id.is_none().then(|| view! { <p class="soft">{w::CASH_AT_TILL}</p> })}
            <fieldset class="form-group">
                <legend>{w::HOW}</legend>
                <div class="form-row">
                    <Field name="amount" label=w::HOW_MUCH value=amount amount=true error=sending.wrong("amount") required=true/>
                    <SelectField name="kind" label=w::HOW value=kind choices=ways/>
                </div>
                <div class="form-row">
                    {move || if is_cash() {
                        view! { <Field name="handed-over" label=w::HANDED_OVER value=handed_over hint=w::HANDED_OVER_HINT amount=true optional=true/> }.into_any()
                    } else {
                        view! { <Field name="reference" label=w::REFERENCE value=reference error=sending.wrong("reference") required=true/> }.into_any()
                    }}
                    <Field name="received_on" label=w::RECEIVED_ON kind="date" value=received_on hint=w::RECEIVED_HINT error=sending.wrong("received_on")/>
                </div>
            </fieldset>
            <fieldset class="form-group">
                <legend>{w::APPLY_TO}</legend>
                <ApplyFields applying sending amount=there keep=true/>
                <Field name="note" label=w::NOTE value=note error=sending.wrong("note") optional=true/>
            </fieldset>
            <div class="form-actions">
                <LinkButton href=format!("/customers/{customer_id}/account") label=common::CANCEL kind=ButtonKind::Quiet/>
                <Button label=w::RECORD_PAYMENT kind=ButtonKind::Primary submit=true pending=sending.pending/>
            </div>
        </form>
    }
}

fn nature(kinds: StoredValue<Vec<TenderKind>>, code: &str) -> Option<TenderNature> {
    kinds.with_value(|kinds| kinds.iter().find(|kind| kind.code == code).map(|kind| kind.nature))
}

/// The payment is recorded: its change, what it was applied to, and the paper.
#[component]
fn Done(done: AccountDone, customer: CustomerId) -> impl IntoView {
    let id = CustomerCreditId(done.document);
    let sheet = LocalResource::new(move || load_credit(id));
    view! {
        <Notice kind=NoticeKind::Success title=w::RECORDED>{done.number.clone()}</Notice>
        {move || match sheet.get() {
            None => view! { <Skeleton count=3/> }.into_any(),
            Some(Err(error)) => view! { <Problem error/> }.into_any(),
            Some(Ok(sheet)) => {
                let change = Money::sum(sheet.tenders.iter().map(|tender| tender.change)).unwrap_or_default();
                view! {
                    {change.is_positive().then(|| view! { <p class="done-change"><span>{register::CHANGE_DUE}</span> " " <strong>{change.to_string()}</strong></p> })}
                    <Card><super::credit::Paper sheet/></Card>
                }.into_any()
            }
        }}
        <div class="form-actions no-print">
            <Button label=w::PRINT icon=IconName::Print on:click=move |_| print_page()/>
            <LinkButton href=format!("/customers/{customer}/account") label=w::NEXT kind=ButtonKind::Primary/>
        </div>
    }
}
