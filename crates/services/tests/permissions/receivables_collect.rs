//! What is done with overdue accounts.

use super::{Known, Needs, Try, tried};
use crate::support::{Shop, command};
use Needs::{Anywhere, Here};
use domain::ids::{DisputeId, InvoiceId, PromiseId};
use domain::person::Permission as P;
use domain::receivable::collect::{
    AddCollectionNote, AssignCollector, DeskAsked, MakePromise, OpenDispute, PauseReminders, Pausing,
    SettleDispute, TypedContact, TypedPromise, WithdrawPromise,
};
use services::Ctx;
use uuid::Uuid;

impl Shop {
    pub async fn with_overdue_accounts(&self, ctx: &Ctx, known: &Known) -> Vec<Try> {
        let (services, store_id) = (&self.services, self.set_up.store_id);
        let (command_id, customer_id) = (command(), known.customer);
        let nothing = Uuid::from_u128(8);
        let note = AddCollectionNote { command_id, store_id, customer_id, typed: TypedContact::default() };
        let typed = TypedPromise::default();
        let promise = MakePromise { command_id, store_id, customer_id, invoice_id: None, typed };
        let (promise_id, reason) = (PromiseId(nothing), String::new());
        let withdraw = WithdrawPromise { command_id, store_id, promise_id, reason: reason.clone() };
        let invoice_id = InvoiceId(nothing);
        let dispute = OpenDispute { command_id, store_id, invoice_id, reason: reason.clone() };
        let dispute_id = DisputeId(nothing);
        let settle = SettleDispute { command_id, store_id, dispute_id, resolution: String::new() };
        let pausing = Pausing::Lift;
        let pause = PauseReminders { command_id, store_id, customer_id, invoice_id: None, pausing, reason };
        let assign = AssignCollector { command_id, store_id, customer_id, person_id: None, version: -1 };
        let desk = services.collections_desk(ctx, DeskAsked::default()).await;
        vec![
            tried("collections_desk", Anywhere(P::ViewReceivables), desk),
            tried("collection", Anywhere(P::ViewReceivables), services.collection(ctx, customer_id).await),
            tried("add_collection_note", Here(P::Collect), services.add_collection_note(ctx, note).await),
            tried("make_promise", Here(P::Collect), services.make_promise(ctx, promise).await),
            tried("withdraw_promise", Here(P::Collect), services.withdraw_promise(ctx, withdraw).await),
            tried("open_dispute", Here(P::Collect), services.open_dispute(ctx, dispute).await),
            tried("settle_dispute", Here(P::Collect), services.settle_dispute(ctx, settle).await),
            tried("pause_reminders", Here(P::Collect), services.pause_reminders(ctx, pause).await),
            tried("assign_collector", Here(P::Collect), services.assign_collector(ctx, assign).await),
        ]
    }
}
