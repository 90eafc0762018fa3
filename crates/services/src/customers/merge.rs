//! Cards that are one customer: found, looked at, merged, and taken apart again.

use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::sales::LONGEST_PAGE;
use crate::services_core::Services;
use db::WriteTx;
use db::repo::{customer, record};
use domain::customer::{
    CustomerDetail, DuplicatePage, MergeCustomers, MergeRefusal, SettleDuplicate, Standing, ToMerge,
    UndoMerge, merge, undo_merge,
};
use domain::event::{Event, EventKind, Record, SubjectKind};
use domain::ids::{CustomerId, EventId};
use domain::moment::Moment;
use domain::person::Permission;
use std::sync::Arc;

impl From<MergeRefusal> for ServiceError {
    fn from(refusal: MergeRefusal) -> Self {
        match refusal {
            MergeRefusal::Changed => Self::Conflict(refusal.to_string()),
            other => Self::refused(other),
        }
    }
}

impl Services {
    /// Pairs of cards that may be one customer.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for people who do not merge.
    pub async fn duplicates(
        &self,
        ctx: &Ctx,
        offset: u64,
        limit: u64,
    ) -> Result<DuplicatePage, ServiceError> {
        ctx.require(Permission::MergeCustomers, ctx.store)?;
        let db = self.db.read();
        Ok(DuplicatePage {
            duplicates: customer::list_duplicates(db, offset, limit.min(LONGEST_PAGE)).await?,
            count: customer::count_duplicates(db).await?,
        })
    }

    /// Two cards beside each other.
    ///
    /// # Errors
    /// A refusal in words when one card stands for both already.
    pub async fn compare_customers(
        &self,
        ctx: &Ctx,
        one: CustomerId,
        other: CustomerId,
    ) -> Result<(CustomerDetail, CustomerDetail), ServiceError> {
        ctx.require(Permission::MergeCustomers, ctx.store)?;
        let (one, other) = (self.customer(ctx, one).await?, self.customer(ctx, other).await?);
        if one.id == other.id {
            return Err(MergeRefusal::Oneself.into());
        }
        Ok((one, other))
    }

    /// Remembers that two cards are two customers.
    ///
    /// # Errors
    /// A refusal in words.
    pub async fn settle_duplicate(&self, ctx: &Ctx, cmd: SettleDuplicate) -> Result<(), ServiceError> {
        ctx.require(Permission::MergeCustomers, ctx.store)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let (ctx, now) = (ctx.clone(), self.now_in(ctx.store)?);
        self.db
            .write(move |tx| {
                let (ctx, head) = (ctx.clone(), head.clone());
                Box::pin(async move {
                    if let Some(()) = head.replay(tx, &ctx).await? {
                        return Ok(());
                    }
                    let [one, other] = both(tx, cmd.one_id, cmd.other_id).await?;
                    if one.id == other.id {
                        return Err(MergeRefusal::Oneself.into());
                    }
                    let moment = now.work_moment(tx, ctx.store).await?;
                    let summary = format!("{} and {} are two customers", one.number, other.number);
                    let event = about(&ctx, &head, moment, EventKind::DuplicateSettled, one.id, summary);
                    let id = event.id;
                    record::insert(tx, &Record::of(event), head.body_hash(), &()).await?;
                    Ok(customer::settle(tx, one.id, other.id, id, now.at).await?)
                })
            })
            .await
    }

    /// Makes one card stand for two; answers with its id.
    ///
    /// # Errors
    /// A refusal in words; a conflict when one of them was changed meanwhile.
    pub async fn merge_customers(&self, ctx: &Ctx, cmd: MergeCustomers) -> Result<CustomerId, ServiceError> {
        ctx.require(Permission::MergeCustomers, ctx.store)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let (ctx, cmd, now) = (ctx.clone(), Arc::new(cmd), self.now_in(ctx.store)?);
        self.db
            .write(move |tx| {
                let (ctx, head, cmd) = (ctx.clone(), head.clone(), Arc::clone(&cmd));
                Box::pin(async move {
                    if let Some(done) = head.replay(tx, &ctx).await? {
                        return Ok(done);
                    }
                    customer::lock_ties(tx).await?;
                    let [winner, loser] = both(tx, cmd.winner_id, cmd.loser_id).await?;
                    let after = merge(&winner, &loser, &cmd)?;
                    let moment = now.work_moment(tx, ctx.store).await?;
                    let summary = format!("{} is part of {} now", loser.number, winner.number);
                    let event = Event {
                        before: serde_json::to_value(&winner.standing).ok(),
                        after: serde_json::to_value(&after).ok(),
                        ..about(&ctx, &head, moment, EventKind::CustomersMerged, winner.id, summary)
                    };
                    let id = event.id;
                    record::insert(tx, &Record::of(event), head.body_hash(), &winner.id).await?;
                    customer::save_merge(tx, id, (&winner, &loser), &after, now.at).await?;
                    Ok(winner.id)
                })
            })
            .await
    }

    /// Takes two cards apart again; answers with the id of the one that was merged.
    ///
    /// # Errors
    /// A refusal in words.
    pub async fn undo_merge(&self, ctx: &Ctx, cmd: UndoMerge) -> Result<CustomerId, ServiceError> {
        ctx.require(Permission::MergeCustomers, ctx.store)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let (ctx, now) = (ctx.clone(), self.now_in(ctx.store)?);
        self.db
            .write(move |tx| {
                let (ctx, head) = (ctx.clone(), head.clone());
                Box::pin(async move {
                    if let Some(done) = head.replay(tx, &ctx).await? {
                        return Ok(done);
                    }
                    customer::lock_ties(tx).await?;
                    let done = customer::load_merge(tx, cmd.merge_id).await?;
                    let done = done.ok_or(ServiceError::NotFound("merge"))?;
                    if done.undone {
                        return Err(MergeRefusal::Undone.into());
                    }
                    let [winner, loser] = both(tx, done.winner, done.loser).await?;
                    if winner.merged_into.is_some() {
                        return Err(MergeRefusal::MergedFurther(winner.number).into());
                    }
                    let still = customer::still_merged(tx, &done).await?;
                    let becomes: Standing = undo_merge(&done.before, &done.after, &winner.standing, &still);
                    let moment = now.work_moment(tx, ctx.store).await?;
                    let summary = format!("{} is a card of its own again", loser.number);
                    let event = Event {
                        before: serde_json::to_value(&winner.standing).ok(),
                        after: serde_json::to_value(&becomes).ok(),
                        ..about(&ctx, &head, moment, EventKind::MergeUndone, winner.id, summary)
                    };
                    let id = event.id;
                    record::insert(tx, &Record::of(event), head.body_hash(), &loser.id).await?;
                    customer::save_undo(tx, id, &done, (&winner, &loser), &becomes, now.at).await?;
                    Ok(loser.id)
                })
            })
            .await
    }
}

/// Two cards, locked in one order whoever asks.
async fn both(tx: &WriteTx, one: CustomerId, other: CustomerId) -> Result<[ToMerge; 2], ServiceError> {
    let load = async |id| customer::load_to_merge(tx, id).await?.ok_or(ServiceError::NotFound("customer"));
    let first = load(one.min(other)).await?;
    let second = load(one.max(other)).await?;
    Ok(if first.id == one { [first, second] } else { [second, first] })
}

fn about(
    ctx: &Ctx,
    head: &Head,
    moment: Moment,
    kind: EventKind,
    customer: CustomerId,
    summary: String,
) -> Event {
    let subject = (SubjectKind::Customer, customer.0);
    Event::about(EventId(head.id().0), kind, subject, summary, moment, ctx.origin(ctx.store, None))
}
