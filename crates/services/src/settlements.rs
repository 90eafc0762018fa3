//! Settling card payments with what arrived at the bank.

use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::sales::LONGEST_PAGE;
use crate::services_core::Services;
use chrono::NaiveDate;
use db::repo::till::Days;
use db::repo::{ledger, record, settlement, till};
use db::{BoxFuture, WriteTx};
use domain::event::Origin;
use domain::ids::{CardBatchId, CommandId, Ids, StoreId};
use domain::ledger::code;
use domain::live::{News, NewsKind};
use domain::moment::Moment;
use domain::person::Permission;
use domain::settlement::{
    BatchSheet, CardsAsked, CardsPage, SettleCards, SettlementOutcome, SettlementRefusal, UndoCardBatch,
};
use serde::Serialize;
use std::sync::Arc;

/// What a decision about settling stands on.
struct Books<'t> {
    tx: &'t WriteTx,
    today: NaiveDate,
    moment: Moment,
    origin: Origin,
    ids: Ids,
}

impl Services {
    /// What waits at the processor of the store, and what was settled.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for people who do not see the store's ledger.
    pub async fn cards(&self, ctx: &Ctx, asked: CardsAsked) -> Result<CardsPage, ServiceError> {
        let (db, store) = (self.db.read(), asked.store.unwrap_or(ctx.store));
        ctx.require(Permission::ViewLedger, store)?;
        let (waiting_count, waiting_sum) = settlement::sum_waiting(db, store).await?;
        let limit = asked.limit.min(LONGEST_PAGE);
        let (batches, batch_count) = settlement::list_batches(db, store, asked.offset, limit).await?;
        Ok(CardsPage {
            store_id: store,
            waiting: settlement::list_waiting(db, store, asked.until).await?,
            waiting_count,
            waiting_sum,
            clearing: ledger::store_balance(db, code::CARD_CLEARING, store).await?,
            batches,
            batch_count,
            stores: self.stores_with(ctx, Permission::ViewLedger)?,
        })
    }

    /// One batch with its payments.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`], or [`ServiceError::Forbidden`] in another store.
    pub async fn card_batch(&self, ctx: &Ctx, id: CardBatchId) -> Result<BatchSheet, ServiceError> {
        let line = settlement::find_batch(self.db.read(), id).await?;
        let line = line.ok_or(ServiceError::NotFound("card batch"))?;
        ctx.require(Permission::ViewLedger, line.batch.store_id)?;
        Ok(BatchSheet { slips: settlement::slips_of_batch(self.db.read(), id).await?, line })
    }

    /// Settles card payments with what arrived for them.
    ///
    /// # Errors
    /// Each field that does not read; payments that do not wait in this store.
    pub async fn settle_cards(&self, ctx: &Ctx, cmd: SettleCards) -> Result<(), ServiceError> {
        let about = (cmd.command_id, cmd.store_id);
        self.settling(ctx, about, cmd, |books, cmd| {
            Box::pin(async move {
                let slips = settlement::load_slips(books.tx, &cmd.slips).await?;
                let entity = till::legal_entity_of(books.tx, cmd.store_id).await?;
                Ok(cmd.decide(&slips, (entity, books.today), &books.origin, &books.moment, &mut books.ids)?)
            })
        })
        .await
    }

    /// Takes back a batch: its payments wait again.
    ///
    /// # Errors
    /// No reason, at its field; a batch that was undone already.
    pub async fn undo_card_batch(&self, ctx: &Ctx, cmd: UndoCardBatch) -> Result<(), ServiceError> {
        let about = (cmd.command_id, cmd.store_id);
        self.settling(ctx, about, cmd, |books, cmd| {
            Box::pin(async move {
                let line = settlement::find_batch(books.tx, cmd.batch_id).await?;
                let line = line.filter(|line| line.batch.store_id == cmd.store_id);
                let line = line.ok_or(ServiceError::NotFound("card batch"))?;
                let slips = settlement::slips_of_batch(books.tx, cmd.batch_id).await?;
                let slips: Vec<_> = slips.iter().map(|slip| (slip.key, slip.amount)).collect();
                let entries = ledger::entries_of_event(books.tx, line.event).await?;
                let standing = (&line.batch, line.undone.is_some());
                Ok(cmd.decide(standing, &slips, &entries, &books.origin, &books.moment, &mut books.ids)?)
            })
        })
        .await
    }

    /// Runs a decision about settling as one command, with everybody else who settles in the store waiting.
    async fn settling<C, F>(
        &self,
        ctx: &Ctx,
        (command, store): (CommandId, StoreId),
        cmd: C,
        decide: F,
    ) -> Result<(), ServiceError>
    where
        C: Serialize + Send + Sync + 'static,
        F: for<'b> Fn(&'b mut Books<'_>, Arc<C>) -> BoxFuture<'b, Result<SettlementOutcome, ServiceError>>
            + Send
            + Sync
            + 'static,
    {
        ctx.require(Permission::SettleCards, store)?;
        let head = Head::of(command, &cmd)?;
        let (ctx, now) = (ctx.clone(), self.now_in(store)?);
        let (cmd, decide) = (Arc::new(cmd), Arc::new(decide));
        let news = News::of(NewsKind::Sales, store, command.0);
        self.db
            .write(move |tx| {
                let (ctx, head) = (ctx.clone(), head.clone());
                let (cmd, decide) = (Arc::clone(&cmd), Arc::clone(&decide));
                Box::pin(async move {
                    if let Some(()) = head.replay(tx, &ctx).await? {
                        return Ok(());
                    }
                    till::hold_days(tx, store, Days::Change).await?;
                    let mut books = Books {
                        tx,
                        today: now.today,
                        moment: now.work_moment(tx, store).await?,
                        origin: ctx.origin(store, None),
                        ids: Ids::new(head.id()),
                    };
                    let SettlementOutcome { record, change } = decide(&mut books, cmd).await?;
                    record::insert(tx, &record, head.body_hash(), &()).await?;
                    Ok(settlement::insert(tx, &change, record.event.id).await?)
                })
            })
            .await
            .inspect(|()| self.live.tell(news))
    }
}

impl From<SettlementRefusal> for ServiceError {
    fn from(refusal: SettlementRefusal) -> Self {
        match refusal {
            SettlementRefusal::Fields(fields) => Self::Fields(fields),
            other => Self::refused(other),
        }
    }
}
