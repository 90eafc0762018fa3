//! That a customer does not agree with an invoice, and how it ended.

use super::collect_dialog::Work;
use super::collect_forms::{InDialog, choices, chosen};
use super::collecting::undisputed;
use crate::api::receivable_collect::{open_dispute, settle_dispute};
use crate::pages::sending::Sending;
use crate::ui::{Field, SelectField};
use crate::words::collect as w;
use domain::receivable::collect::{CollectionSheet, DisputeLine, OpenDispute, SettleDispute};
use leptos::prelude::*;

#[component]
pub(super) fn DisputeForm(sheet: CollectionSheet, work: Work, done: Callback<()>) -> impl IntoView {
    let store_id = sheet.store_id;
    let invoices = choices(&undisputed(&sheet));
    let first = invoices.first().map(|one| one.value.clone()).unwrap_or_default();
    let (invoice, reason) = (RwSignal::new(first), RwSignal::new(String::new()));
    let sending = Sending::new();
    let send = move |()| {
        let Some(invoice_id) = chosen(invoice) else { return };
        let reason = reason.get_untracked();
        let cmd = OpenDispute { command_id: sending.id(), store_id, invoice_id, reason };
        sending.send(open_dispute(cmd), move |()| done.run(()));
    };
    view! {
        <InDialog sending work send button=w::OPEN_DISPUTE>
            <SelectField name="invoice" label=w::INVOICE value=invoice choices=invoices/>
            <Field name="reason" label=w::WHY_DISPUTED value=reason error=sending.wrong("reason") required=true/>
        </InDialog>
    }
}

#[component]
pub(super) fn SettleForm(
    sheet: CollectionSheet,
    dispute: DisputeLine,
    work: Work,
    done: Callback<()>,
) -> impl IntoView {
    let (resolution, sending) = (RwSignal::new(String::new()), Sending::new());
    let send = move |()| {
        let cmd = SettleDispute {
            command_id: sending.id(),
            store_id: sheet.store_id,
            dispute_id: dispute.id,
            resolution: resolution.get_untracked(),
        };
        sending.send(settle_dispute(cmd), move |()| done.run(()));
    };
    view! {
        <InDialog sending work send button=w::SETTLE_DISPUTE>
            <p><span class="code">{dispute.invoice}</span> ": " {dispute.reason}</p>
            <Field name="resolution" label=w::RESOLUTION value=resolution hint=w::RESOLUTION_HINT error=sending.wrong("resolution") required=true/>
        </InDialog>
    }
}
