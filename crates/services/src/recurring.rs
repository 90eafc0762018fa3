//! Entries that come every month.

use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::manual::{self, Loaded, may_post};
use crate::services_core::Services;
use db::repo::{attachment, record, recurring};
use domain::event::{Event, EventKind, Record, SubjectKind};
use domain::ids::{EventId, Ids, RecurringId, StoreId};
use domain::ledger::{By, Due, PostDue, Recurring, RecurringPage, SaveRecurring};
use domain::moment::Moment;
use domain::money::Money;
use domain::person::Permission;

impl Services {
    /// What comes every month in the stores where the person may post, and what of it is due.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] without the right to post.
    pub async fn recurring_entries(&self, ctx: &Ctx) -> Result<RecurringPage, ServiceError> {
        let choices = self.entry_choices(ctx).await?;
        let mut all = recurring::list(self.db.read()).await?;
        all.retain(|one| may_post(ctx, &stores_of(one)).is_ok());
        let posted = recurring::posted(self.db.read()).await?;
        let mut due = Vec::new();
        for one in &all {
            let debits = one.lines.iter().map(|line| line.amount).filter(|amount| amount.is_positive());
            let amount = Money::sum(debits).map_err(ServiceError::internal)?;
            let months = posted.get(&one.id).cloned().unwrap_or_default();
            due.extend(one.due(&months, choices.today).into_iter().map(|date| Due {
                recurring: one.id,
                memo: one.memo.clone(),
                date,
                amount,
            }));
        }
        due.sort_by_key(|due| due.date);
        let ids: Vec<_> = all.iter().map(|one| one.id.0).collect();
        let files = attachment::list(self.db.read(), &ids).await?;
        Ok(RecurringPage { recurring: all, files, due, choices })
    }

    /// Adds an entry that comes every month, or changes what comes from now on.
    ///
    /// # Errors
    /// Each field that is wrong; a conflict when somebody else changed it meanwhile.
    pub async fn save_recurring(&self, ctx: &Ctx, cmd: SaveRecurring) -> Result<RecurringId, ServiceError> {
        may_post(ctx, &cmd.typed.stores())?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let (ctx, now, today) = (ctx.clone(), self.clock.now(), self.today(ctx.store)?);
        self.db
            .write(move |tx| {
                let (ctx, head, cmd) = (ctx.clone(), head.clone(), cmd.clone());
                Box::pin(async move {
                    if let Some(done) = head.replay(tx, &ctx).await? {
                        return Ok(done);
                    }
                    let loaded = Loaded::load(tx).await?;
                    let before = match cmd.recurring_id {
                        None => None,
                        Some(id) => {
                            let found = recurring::find(tx, id).await?;
                            let found = found.ok_or(ServiceError::NotFound("recurring entry"))?;
                            may_post(&ctx, &stores_of(&found))?;
                            Some(found)
                        }
                    };
                    let id = cmd.recurring_id.unwrap_or_else(|| Ids::new(cmd.command_id).draw());
                    let after = cmd.typed.check(&loaded.standing(today), id, cmd.version + 1)?;
                    match before {
                        None => recurring::insert(tx, &after).await?,
                        Some(_) => recurring::update(tx, &after, cmd.version).await?,
                    }
                    let store = after.lines.first().map_or(ctx.store, |line| line.store);
                    let event = Event {
                        before: before.and_then(|before| serde_json::to_value(before).ok()),
                        after: serde_json::to_value(&after).ok(),
                        ..Event::about(
                            EventId(cmd.command_id.0),
                            EventKind::RecurringSaved,
                            (SubjectKind::RecurringEntry, id.0),
                            after.memo.clone(),
                            Moment::new(now, today),
                            ctx.origin(store, None),
                        )
                    };
                    record::insert(tx, &Record::of(event), head.body_hash(), &id).await?;
                    Ok(id)
                })
            })
            .await
    }

    /// Posts what is due in one month.
    ///
    /// # Errors
    /// A refusal for a month that was posted, is still to come, or is locked.
    pub async fn post_due(&self, ctx: &Ctx, cmd: PostDue) -> Result<EventId, ServiceError> {
        ctx.require_anywhere(Permission::PostJournal)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let (ctx, now, today) = (ctx.clone(), self.clock.now(), self.today(ctx.store)?);
        self.db
            .write(move |tx| {
                let (ctx, head) = (ctx.clone(), head.clone());
                Box::pin(async move {
                    if let Some(done) = head.replay(tx, &ctx).await? {
                        return Ok(done);
                    }
                    let loaded = Loaded::load(tx).await?;
                    let found = recurring::find(tx, cmd.recurring_id).await?;
                    let found = found.ok_or(ServiceError::NotFound("recurring entry"))?;
                    may_post(&ctx, &stores_of(&found))?;
                    let months = recurring::posted(tx).await?.remove(&found.id).unwrap_or_default();
                    let by = By { origin: ctx.origin(ctx.store, None), now };
                    let mut ids = Ids::new(cmd.command_id);
                    let posting = cmd.decide(&found, &months, &loaded.standing(today), &by, &mut ids)?;
                    let event = manual::write(tx, &head, posting).await?;
                    recurring::insert_posted(tx, found.id, Recurring::month_of(cmd.month), event).await?;
                    Ok(event)
                })
            })
            .await
    }
}

pub(crate) fn stores_of(recurring: &Recurring) -> Vec<StoreId> {
    recurring.lines.iter().map(|line| line.store).collect()
}
