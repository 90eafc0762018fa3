//! A manager answers for an exception, at the till, with a PIN.

use crate::auth::{Secret, write_record};
use crate::command::Head;
use crate::context::Ctx;
use crate::days::Now;
use crate::error::ServiceError;
use crate::services_core::Services;
use chrono::NaiveDate;
use db::repo::{approval, person, record};
use domain::approval::{Answer, Approval, AskApproval, lifetime};
use domain::event::{Event, EventKind, Record, SubjectKind};
use domain::ids::{ApprovalId, EventId, Ids, PersonId, StoreId};
use domain::moment::Moment;
use domain::person::Permission;
use domain::text;

impl Services {
    /// Checks the manager's PIN and records the approval.
    ///
    /// # Errors
    /// A wrong PIN, a person who may not approve here, a missing reason.
    pub async fn approve_at_till(
        &self,
        ctx: &Ctx,
        ask: AskApproval,
        pin: String,
    ) -> Result<ApprovalId, ServiceError> {
        ctx.require(Permission::ViewItems, ask.store_id)?;
        if ctx.till.is_none() {
            return Err(ServiceError::refused("A PIN counts only on a browser that is paired with a till."));
        }
        let head = Head::of(ask.command_id, &ask)?;
        let reason = text::required_line(&ask.reason)
            .map_err(|error| ServiceError::Fields(vec![domain::field::FieldError::new("reason", error)]))?;
        let found = person::find(self.db.read(), ask.manager).await?;
        let found = found.filter(|found| found.person.actor().may(Permission::Approve, ask.store_id));
        let wrong = "The PIN is wrong, or this person may not approve here.";
        let manager = match self.check_secret(found, Secret::Pin, pin, wrong).await {
            Ok(manager) => manager,
            Err(error) => {
                self.record_refused_approval(ctx, &ask).await?;
                return Err(error);
            }
        };
        let now = self.now_in(ask.store_id)?;
        let (store, asker) = (ask.store_id, ctx.person());
        let ctx = ctx.clone();
        let given = self
            .db
            .write(move |tx| {
                let (head, ctx, ask, reason) = (head.clone(), ctx.clone(), ask.clone(), reason.clone());
                Box::pin(async move {
                    if let Some(done) = head.replay(tx, &ctx).await? {
                        return Ok(done);
                    }
                    let moment = now.work_moment(tx, ask.store_id).await?;
                    let id: ApprovalId = Ids::new(ask.command_id).draw();
                    let approval = Approval {
                        id,
                        kind: ask.kind,
                        store_id: ask.store_id,
                        till_id: ctx.till,
                        subject: ask.subject.clone(),
                        asked_by: ctx.person(),
                        asked_at: moment.recorded_at,
                        reason: reason.clone(),
                        sheet: None,
                        answer: Answer::Given { by: manager, at: moment.recorded_at },
                        expires_at: moment.recorded_at + lifetime(),
                        used_by: None,
                    };
                    let event = Event {
                        approver: Some(manager),
                        ..Event::about(
                            EventId(ask.command_id.0),
                            EventKind::ApprovalGiven,
                            (SubjectKind::Approval, id.0),
                            format!("{}: {reason}", ask.kind),
                            moment,
                            ctx.origin(ask.store_id, None),
                        )
                    };
                    record::insert(tx, &Record::of(event), head.body_hash(), &id).await?;
                    approval::insert(tx, &approval).await?;
                    Ok::<ApprovalId, ServiceError>(id)
                })
            })
            .await?;
        self.tell_of_approval(store, given, asker);
        Ok(given)
    }

    /// Records that somebody asked for an approval with a wrong PIN, or too often.
    async fn record_refused_approval(&self, ctx: &Ctx, ask: &AskApproval) -> Result<(), ServiceError> {
        let now = self.now_in(ask.store_id)?;
        let event = Event::about(
            EventId(self.new_command_id()?.0),
            EventKind::ApprovalRefused,
            (SubjectKind::Person, ask.manager.0),
            format!("{}: wrong PIN", ask.kind),
            Moment::new(now.at, now.today),
            ctx.origin(ask.store_id, None),
        );
        self.db
            .write(move |tx| {
                let record = Record::of(event.clone());
                Box::pin(async move { write_record(tx, Some(record)).await })
            })
            .await
    }

    /// The people who may approve in a store.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for people who do not work there.
    pub async fn approvers(
        &self,
        ctx: &Ctx,
        store: StoreId,
    ) -> Result<Vec<(PersonId, String)>, ServiceError> {
        ctx.require(Permission::ViewItems, store)?;
        let people = person::list(self.db.read()).await?;
        let may = |p: &person::Person| p.active && p.has_pin && p.actor().may(Permission::Approve, store);
        Ok(people.into_iter().filter(may).map(|p| (p.id, p.name)).collect())
    }

    /// The time, and the calendar date in a store.
    pub(crate) fn now_in(&self, store: StoreId) -> Result<Now, ServiceError> {
        Ok(Now { at: self.clock.now(), today: self.today(store)? })
    }

    /// The calendar date in a store now.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for a store that is none.
    pub fn today(&self, store: StoreId) -> Result<NaiveDate, ServiceError> {
        use crate::services_core::ConfigExt;
        let config = self.config()?;
        crate::clock::local_date(self.clock.now(), &config.store(store)?.store.time_zone)
    }
}
