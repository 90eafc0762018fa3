//! Working with overdue accounts: notes, promises, disputes, pauses, and whose account it is.

use super::{Desk, Held, Services};
use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use db::BoxFuture;
use db::repo::config;
use db::repo::receivable::{self, collect};
use db::repo::{person, record};
use domain::ids::{CommandId, CustomerId, Ids, InvoiceId, StoreId};
use domain::live::{News, NewsKind};
use domain::person::Permission;
use domain::receivable::OpenReceivable;
use domain::receivable::collect::{
    AddCollectionNote, AssignCollector, CollectOutcome, CollectSnapshot, MakePromise, OpenDispute,
    PauseReminders, SettleDispute, WithdrawPromise,
};
use serde::Serialize;
use std::sync::Arc;

impl Desk<'_> {
    /// The calendar day, which the business date may be ahead of.
    fn today(&self) -> chrono::NaiveDate {
        self.now.today.max(self.moment.business_date)
    }

    /// A customer with what they owe, and with the invoice that somebody names.
    async fn owing(
        &self,
        customer: CustomerId,
        named: Option<InvoiceId>,
    ) -> Result<(Held, Vec<OpenReceivable>), ServiceError> {
        let held = self.customer(customer).await?;
        let open = receivable::open_with(self.tx, held.id, named.as_slice()).await?;
        Ok((held, open))
    }

    fn snapshot<'a>(&self, held: &'a Held, open: &'a [OpenReceivable]) -> CollectSnapshot<'a> {
        CollectSnapshot { customer: (held.id, &held.name), open, today: self.today() }
    }
}

impl Services {
    /// Writes down a contact with a customer about what they owe.
    ///
    /// # Errors
    /// Each field that does not read.
    pub async fn add_collection_note(&self, ctx: &Ctx, cmd: AddCollectionNote) -> Result<(), ServiceError> {
        let about = (cmd.command_id, cmd.store_id);
        self.collecting(ctx, about, cmd, |desk, cmd| {
            Box::pin(async move {
                let held = desk.customer(cmd.customer_id).await?;
                Ok(cmd.decide(&desk.snapshot(&held, &[]), &desk.origin, &desk.moment)?)
            })
        })
        .await
    }

    /// Writes down a promise to pay.
    ///
    /// # Errors
    /// Each field that does not read; a promise about the same thing that is open.
    pub async fn make_promise(&self, ctx: &Ctx, cmd: MakePromise) -> Result<(), ServiceError> {
        let about = (cmd.command_id, cmd.store_id);
        self.collecting(ctx, about, cmd, |desk, cmd| {
            Box::pin(async move {
                let (held, open) = desk.owing(cmd.customer_id, cmd.invoice_id).await?;
                let earlier = collect::list_promises(desk.tx, held.id).await?;
                let earlier: Vec<_> = earlier.into_iter().map(|row| row.standing).collect();
                let snapshot = desk.snapshot(&held, &open);
                Ok(cmd.decide(&snapshot, &earlier, &desk.origin, &desk.moment, &mut desk.ids)?)
            })
        })
        .await
    }

    /// Takes a promise back.
    ///
    /// # Errors
    /// A refusal when it was kept or is withdrawn; no reason, at its field.
    pub async fn withdraw_promise(&self, ctx: &Ctx, cmd: WithdrawPromise) -> Result<(), ServiceError> {
        let about = (cmd.command_id, cmd.store_id);
        self.collecting(ctx, about, cmd, |desk, cmd| {
            Box::pin(async move {
                let not_found = || ServiceError::NotFound("promise");
                let promise = collect::find_promise(desk.tx, cmd.promise_id).await?.ok_or_else(not_found)?;
                let held = desk.customer(promise.promise.customer_id).await?;
                // Until the account was held, somebody else may have paid, or withdrawn it.
                let promise = collect::find_promise(desk.tx, cmd.promise_id).await?.ok_or_else(not_found)?;
                Ok(cmd.decide(&held.name, &promise, desk.today(), &desk.origin, &desk.moment)?)
            })
        })
        .await
    }

    /// Writes down that a customer does not agree with an invoice.
    ///
    /// # Errors
    /// A refusal when it is paid, voided or disputed already; no reason, at its field.
    pub async fn open_dispute(&self, ctx: &Ctx, cmd: OpenDispute) -> Result<(), ServiceError> {
        let about = (cmd.command_id, cmd.store_id);
        self.collecting(ctx, about, cmd, |desk, cmd| {
            Box::pin(async move {
                let invoice = receivable::find_invoice(desk.tx, cmd.invoice_id).await?;
                let invoice = invoice.ok_or(ServiceError::NotFound("invoice"))?;
                let (held, open) = desk.owing(invoice.customer_id, Some(cmd.invoice_id)).await?;
                let disputed = !receivable::disputed(desk.tx, vec![cmd.invoice_id.0]).await?.is_empty();
                let snapshot = desk.snapshot(&held, &open);
                Ok(cmd.decide(&snapshot, disputed, &desk.origin, &desk.moment, &mut desk.ids)?)
            })
        })
        .await
    }

    /// Writes down how a dispute ended.
    ///
    /// # Errors
    /// A refusal when it is settled already; nothing said, at its field.
    pub async fn settle_dispute(&self, ctx: &Ctx, cmd: SettleDispute) -> Result<(), ServiceError> {
        let about = (cmd.command_id, cmd.store_id);
        self.collecting(ctx, about, cmd, |desk, cmd| {
            Box::pin(async move {
                let not_found = || ServiceError::NotFound("dispute");
                let found = collect::find_dispute(desk.tx, cmd.dispute_id).await?;
                let held = desk.customer(found.ok_or_else(not_found)?.0.customer_id).await?;
                // Until the account was held, somebody else may have settled it.
                let found = collect::find_dispute(desk.tx, cmd.dispute_id).await?;
                let (dispute, settled) = found.ok_or_else(not_found)?;
                let invoice = receivable::find_invoice(desk.tx, dispute.invoice_id).await?;
                let number = invoice.map(|invoice| invoice.number).unwrap_or_default();
                let names = (held.name.as_str(), number.as_str());
                Ok(cmd.decide(names, &dispute, settled, &desk.origin, &desk.moment)?)
            })
        })
        .await
    }

    /// Leaves a customer, or one invoice, in peace until a day; or lifts that.
    ///
    /// # Errors
    /// Each field that does not read; nothing to lift.
    pub async fn pause_reminders(&self, ctx: &Ctx, cmd: PauseReminders) -> Result<(), ServiceError> {
        let about = (cmd.command_id, cmd.store_id);
        self.collecting(ctx, about, cmd, |desk, cmd| {
            Box::pin(async move {
                let (held, open) = desk.owing(cmd.customer_id, cmd.invoice_id).await?;
                let pauses = collect::list_pauses(desk.tx, held.id, desk.today()).await?;
                let snapshot = desk.snapshot(&held, &open);
                Ok(cmd.decide(&snapshot, &pauses, &desk.origin, &desk.moment)?)
            })
        })
        .await
    }

    /// Gives an account to somebody, or to nobody.
    ///
    /// # Errors
    /// Somebody who does not collect here, at the field; a refusal when it was given away meanwhile.
    pub async fn assign_collector(&self, ctx: &Ctx, cmd: AssignCollector) -> Result<(), ServiceError> {
        let about = (cmd.command_id, cmd.store_id);
        self.collecting(ctx, about, cmd, |desk, cmd| {
            Box::pin(async move {
                let held = desk.customer(cmd.customer_id).await?;
                let before = collect::assigned(desk.tx, held.id).await?;
                let person = match cmd.person_id {
                    Some(id) => person::find(desk.tx, id).await?.map(|found| found.person),
                    None => None,
                };
                let customer = (held.id, held.name.as_str());
                Ok(cmd.decide(customer, &before, person.as_ref(), &desk.origin, &desk.moment)?)
            })
        })
        .await
    }

    /// Runs a decision about collecting as one command: once, in one transaction, with the account held.
    async fn collecting<C, F>(
        &self,
        ctx: &Ctx,
        (command, store): (CommandId, StoreId),
        cmd: C,
        decide: F,
    ) -> Result<(), ServiceError>
    where
        C: Serialize + Send + Sync + 'static,
        F: for<'d> Fn(&'d mut Desk<'_>, Arc<C>) -> BoxFuture<'d, Result<CollectOutcome, ServiceError>>
            + Send
            + Sync
            + 'static,
    {
        ctx.require(Permission::Collect, store)?;
        let head = Head::of(command, &cmd)?;
        let (ctx, now) = (ctx.clone(), self.now_in(store)?);
        let (cmd, decide) = (Arc::new(cmd), Arc::new(decide));
        let news = News::of(NewsKind::Receivables, store, command.0);
        self.db
            .write(move |tx| {
                let (ctx, head) = (ctx.clone(), head.clone());
                let (cmd, decide) = (Arc::clone(&cmd), Arc::clone(&decide));
                Box::pin(async move {
                    if let Some(()) = head.replay(tx, &ctx).await? {
                        return Ok(());
                    }
                    let mut desk = Desk {
                        tx,
                        actor: ctx.actor.clone(),
                        config: config::load(tx).await?.ok_or(ServiceError::NotSetUp)?,
                        moment: now.work_moment(tx, store).await?,
                        origin: ctx.origin(store, None),
                        now,
                        store,
                        till: None,
                        ids: Ids::new(head.id()),
                    };
                    let CollectOutcome { record, change } = decide(&mut desk, cmd).await?;
                    record::insert(tx, &record, head.body_hash(), &()).await?;
                    Ok(collect::insert_collect(tx, &change, record.event.id).await?)
                })
            })
            .await
            .inspect(|()| self.live.tell(news))
    }
}
