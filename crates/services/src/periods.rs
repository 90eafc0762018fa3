//! Locking the books through a day, and taking that back.

use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::Services;
use db::WriteTx;
use db::repo::config::Config;
use db::repo::{period, record, till};
use domain::event::{Event, EventKind, Record, SubjectKind};
use domain::ids::{EventId, LegalEntityId, StoreId};
use domain::ledger::{BooksOf, LockPeriod, UnlockPeriod};
use domain::moment::Moment;
use domain::person::Permission;

impl Services {
    /// The books of the companies whose ledger the person sees, and through which day each is locked.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] without the right to see the ledger.
    pub async fn period_locks(&self, ctx: &Ctx) -> Result<Vec<BooksOf>, ServiceError> {
        let seen = ctx.stores_with(Permission::ViewLedger)?;
        let config = self.config()?;
        let mut books = period::list(self.db.read()).await?;
        books.retain(|books| stores_of(&config, books.legal_entity).any(|store| seen.contains(&store)));
        Ok(books)
    }

    /// Locks the books of a company through a day that is over.
    ///
    /// # Errors
    /// A day that is not over or locked already, or on which a store is still open.
    pub async fn lock_period(&self, ctx: &Ctx, cmd: LockPeriod) -> Result<(), ServiceError> {
        let store = self.require_in_each(ctx, Permission::LockPeriod, cmd.legal_entity)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let (ctx, now, today) = (ctx.clone(), self.clock.now(), self.today(store)?);
        let config = self.config()?;
        self.db
            .write(move |tx| {
                let (ctx, head, cmd, config) = (ctx.clone(), head.clone(), cmd.clone(), config.clone());
                Box::pin(async move {
                    if let Some(()) = head.replay(tx, &ctx).await? {
                        return Ok(());
                    }
                    let before = held(tx, cmd.legal_entity).await?;
                    let mut open_day = None;
                    for store in stores_of(&config, cmd.legal_entity) {
                        let open = till::open_day(tx, store).await?;
                        open_day = [open_day, open].into_iter().flatten().min();
                    }
                    let through = cmd.decide(&before, today, open_day)?;
                    let moment = Moment::new(now, today);
                    period::lock(tx, cmd.legal_entity, through, moment.recorded_at).await?;
                    let after = BooksOf { locked_through: Some(through), ..before.clone() };
                    let summary = format!("{} through {through}", before.name);
                    let event = Event::about(
                        EventId(cmd.command_id.0),
                        EventKind::PeriodLocked,
                        (SubjectKind::LegalEntity, cmd.legal_entity.0),
                        summary,
                        moment,
                        ctx.origin(store, None),
                    );
                    write(tx, &head, event, &before, &after).await
                })
            })
            .await
    }

    /// Moves the lock of a company's books back, for a reason.
    ///
    /// # Errors
    /// No reason; a day that unlocks nothing.
    pub async fn unlock_period(&self, ctx: &Ctx, cmd: UnlockPeriod) -> Result<(), ServiceError> {
        let store = self.require_in_each(ctx, Permission::UnlockPeriod, cmd.legal_entity)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let (ctx, now, today) = (ctx.clone(), self.clock.now(), self.today(store)?);
        self.db
            .write(move |tx| {
                let (ctx, head, cmd) = (ctx.clone(), head.clone(), cmd.clone());
                Box::pin(async move {
                    if let Some(()) = head.replay(tx, &ctx).await? {
                        return Ok(());
                    }
                    let before = held(tx, cmd.legal_entity).await?;
                    let (through, reason) = cmd.decide(&before)?;
                    period::unlock(tx, cmd.legal_entity, through).await?;
                    let after = BooksOf { locked_through: through, ..before.clone() };
                    let event = Event::about(
                        EventId(cmd.command_id.0),
                        EventKind::PeriodUnlocked,
                        (SubjectKind::LegalEntity, cmd.legal_entity.0),
                        format!("{}: {reason}", before.name),
                        Moment::new(now, today),
                        ctx.origin(store, None),
                    );
                    write(tx, &head, event, &before, &after).await
                })
            })
            .await
    }

    /// The books of a company are one: what changes them as a whole takes the right in each of its stores. Gives
    /// the store in whose trail it is told: that of whoever asks, else the first.
    fn require_in_each(
        &self,
        ctx: &Ctx,
        permission: Permission,
        entity: LegalEntityId,
    ) -> Result<StoreId, ServiceError> {
        ctx.require_anywhere(permission)?;
        let config = self.config()?;
        let stores: Vec<StoreId> = stores_of(&config, entity).collect();
        for store in &stores {
            ctx.require(permission, *store)?;
        }
        let own = stores.iter().find(|store| **store == ctx.store);
        own.or(stores.first()).copied().ok_or(ServiceError::NotFound("company"))
    }
}

fn stores_of(config: &Config, entity: LegalEntityId) -> impl Iterator<Item = StoreId> + '_ {
    let stores = config.stores.iter().map(|store| &store.store);
    stores.filter(move |store| store.legal_entity_id == entity).map(|store| store.id)
}

async fn held(tx: &WriteTx, entity: LegalEntityId) -> Result<BooksOf, ServiceError> {
    period::load_to_change(tx, entity).await?.ok_or(ServiceError::NotFound("company"))
}

async fn write(
    tx: &WriteTx,
    head: &Head,
    event: Event,
    before: &BooksOf,
    after: &BooksOf,
) -> Result<(), ServiceError> {
    let event =
        Event { before: serde_json::to_value(before).ok(), after: serde_json::to_value(after).ok(), ..event };
    Ok(record::insert(tx, &Record::of(event), head.body_hash(), &()).await?)
}
