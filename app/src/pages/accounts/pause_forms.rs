//! Leaving a customer, or one invoice, in peace for a while.

use super::collect_dialog::Work;
use super::collect_forms::{InDialog, choices, chosen};
use crate::api::receivable_collect::pause_reminders;
use crate::pages::sending::Sending;
use crate::pages::when;
use crate::ui::{Field, SelectField};
use crate::words::collect as w;
use domain::receivable::collect::{CollectionSheet, PauseLine, PauseReminders, Pausing};
use leptos::prelude::*;

#[component]
pub(super) fn PauseForm(sheet: CollectionSheet, work: Work, done: Callback<()>) -> impl IntoView {
    let (store_id, customer_id) = (sheet.store_id, sheet.customer.id);
    let text = || RwSignal::new(String::new());
    let (invoice, until, reason, sending) = (text(), text(), text(), Sending::new());
    let send = move |()| {
        let cmd = PauseReminders {
            command_id: sending.id(),
            store_id,
            customer_id,
            invoice_id: chosen(invoice),
            pausing: Pausing::Until(until.get_untracked()),
            reason: reason.get_untracked(),
        };
        sending.send(pause_reminders(cmd), move |()| done.run(()));
    };
    let invoices = choices(&sheet.invoices);
    view! {
        <InDialog sending work send button=w::PAUSE_NOW>
            <SelectField name="invoice" label=w::ABOUT value=invoice choices=invoices none=w::EVERYTHING/>
            <Field name="until" label=w::UNTIL kind="date" value=until error=sending.wrong("until") required=true/>
            <Field name="reason" label=w::WHY_PAUSED value=reason error=sending.wrong("reason") required=true/>
        </InDialog>
    }
}

#[component]
pub(super) fn LiftForm(
    sheet: CollectionSheet,
    pause: PauseLine,
    work: Work,
    done: Callback<()>,
) -> impl IntoView {
    let (store_id, customer_id) = (sheet.store_id, sheet.customer.id);
    let (invoice_id, number) = pause.invoice.unzip();
    let (reason, sending) = (RwSignal::new(String::new()), Sending::new());
    let send = move |()| {
        let cmd = PauseReminders {
            command_id: sending.id(),
            store_id,
            customer_id,
            invoice_id,
            pausing: Pausing::Lift,
            reason: reason.get_untracked(),
        };
        sending.send(pause_reminders(cmd), move |()| done.run(()));
    };
    view! {
        <InDialog sending work send button=w::LIFT_PAUSE>
            <p>{number.unwrap_or_else(|| w::EVERYTHING.to_owned())} ", " {w::through(&when::day(pause.until_on))}</p>
            <Field name="reason" label=w::REASON value=reason error=sending.wrong("reason") optional=true/>
        </InDialog>
    }
}
