//! What is written down about an overdue account: notes, promises, and whose it is.

use super::collect_dialog::Work;
use crate::api::receivable_collect::{add_collection_note, assign_collector, make_promise, withdraw_promise};
use crate::pages::sending::Sending;
use crate::pages::settings::Refused;
use crate::pages::typed::Typed;
use crate::pages::when;
use crate::ui::{Button, ButtonKind, Choice, Field, SelectField, TextAreaField};
use crate::words::{collect as w, common};
use domain::ids::InvoiceId;
use domain::receivable::collect::{
    AddCollectionNote, AssignCollector, CollectionSheet, ContactKind, InvoiceNamed, MakePromise, PromiseLine,
    TypedContact, TypedPromise, WithdrawPromise,
};
use leptos::prelude::*;

/// A form in the dialog, whose button says what it does.
#[component]
pub(super) fn InDialog(
    sending: Sending,
    work: Work,
    #[prop(into)] send: Callback<()>,
    button: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <form class="form" novalidate=true on:submit=move |event| { event.prevent_default(); send.run(()); }>
            <Refused sending/>
            {children()}
            <div class="form-actions">
                <Button label=common::CANCEL kind=ButtonKind::Quiet on:click=move |_| work.stop()/>
                <Button label=button kind=ButtonKind::Primary submit=true pending=sending.pending/>
            </div>
        </form>
    }
}

/// The invoices of which something is open, to choose one.
pub(super) fn choices(invoices: &[InvoiceNamed]) -> Vec<Choice> {
    invoices.iter().map(|one| Choice::new(one.id.to_string(), w::open_of(&one.number, one.open))).collect()
}

/// The chosen invoice; nothing is everything owed.
pub(super) fn chosen(invoice: RwSignal<String>) -> Option<InvoiceId> {
    invoice.with_untracked(|id| id.parse().ok())
}

#[component]
pub(super) fn NoteForm(sheet: CollectionSheet, work: Work, done: Callback<()>) -> impl IntoView {
    let (store_id, customer_id) = (sheet.store_id, sheet.customer.id);
    let fields = Typed::of(&TypedContact {
        kind: ContactKind::default().code().to_owned(),
        ..TypedContact::default()
    });
    let sending = Sending::new();
    let send = move |()| {
        let typed = fields.read();
        let cmd = AddCollectionNote { command_id: sending.id(), store_id, customer_id, typed };
        sending.send(add_collection_note(cmd), move |()| done.run(()));
    };
    let kinds: Vec<_> = ContactKind::ALL.iter().map(|kind| Choice::new(kind.code(), kind.label())).collect();
    view! {
        <InDialog sending work send button=w::SAVE_NOTE>
            <SelectField name="kind" label=w::HOW value=fields.text("kind") choices=kinds error=sending.wrong("kind")/>
            <TextAreaField name="text" label=w::WHAT_WAS_SAID value=fields.text("text") error=sending.wrong("text") required=true/>
            <Field name="follow_up_on" label=w::FOLLOW_UP_ON kind="date" value=fields.text("follow_up_on") hint=w::FOLLOW_UP_HINT
                error=sending.wrong("follow_up_on") optional=true/>
        </InDialog>
    }
}

#[component]
pub(super) fn PromiseForm(sheet: CollectionSheet, work: Work, done: Callback<()>) -> impl IntoView {
    let (store_id, customer_id) = (sheet.store_id, sheet.customer.id);
    let (invoice, fields) = (RwSignal::new(String::new()), Typed::of(&TypedPromise::default()));
    let sending = Sending::new();
    let send = move |()| {
        let (invoice_id, typed) = (chosen(invoice), fields.read());
        let cmd = MakePromise { command_id: sending.id(), store_id, customer_id, invoice_id, typed };
        sending.send(make_promise(cmd), move |()| done.run(()));
    };
    let invoices = choices(&sheet.invoices);
    let most = move || {
        let of_one = sheet.invoices.iter().find(|one| invoice.with(|id| *id == one.id.to_string()));
        w::at_most(of_one.map_or(sheet.owed, |one| one.open))
    };
    view! {
        <InDialog sending work send button=w::SAVE_PROMISE>
            <SelectField name="invoice" label=w::ABOUT value=invoice choices=invoices none=w::EVERYTHING/>
            <div class="form-row">
                <Field name="amount" label=w::AMOUNT value=fields.text("amount") amount=true hint=most error=sending.wrong("amount") required=true/>
                <Field name="promised_on" label=w::PROMISED_ON kind="date" value=fields.text("promised_on") error=sending.wrong("promised_on") required=true/>
            </div>
        </InDialog>
    }
}

#[component]
pub(super) fn WithdrawForm(
    sheet: CollectionSheet,
    promise: PromiseLine,
    work: Work,
    done: Callback<()>,
) -> impl IntoView {
    let (reason, sending) = (RwSignal::new(String::new()), Sending::new());
    let send = move |()| {
        let cmd = WithdrawPromise {
            command_id: sending.id(),
            store_id: sheet.store_id,
            promise_id: promise.id,
            reason: reason.get_untracked(),
        };
        sending.send(withdraw_promise(cmd), move |()| done.run(()));
    };
    view! {
        <InDialog sending work send button=w::WITHDRAW_PROMISE>
            <p>{w::by_day(promise.amount, &when::day(promise.promised_on))}</p>
            <Field name="reason" label=w::REASON value=reason error=sending.wrong("reason") required=true/>
        </InDialog>
    }
}

#[component]
pub(super) fn AssignForm(sheet: CollectionSheet, work: Work, done: Callback<()>) -> impl IntoView {
    let CollectionSheet { store_id, customer, collector, people, .. } = sheet;
    let person = RwSignal::new(collector.person_id.map(|id| id.to_string()).unwrap_or_default());
    let sending = Sending::new();
    let send = move |()| {
        let cmd = AssignCollector {
            command_id: sending.id(),
            store_id,
            customer_id: customer.id,
            person_id: person.with_untracked(|id| id.parse().ok()),
            version: collector.version,
        };
        sending.send(assign_collector(cmd), move |()| done.run(()));
    };
    let people: Vec<_> = people.into_iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect();
    view! {
        <InDialog sending work send button=w::SAVE_ASSIGNED>
            <SelectField name="person" label=w::LOOKED_AFTER value=person choices=people none=w::NOBODY error=sending.wrong("person")/>
        </InDialog>
    }
}
