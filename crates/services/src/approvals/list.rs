//! Which approvals wait, and what became of those of today.

use crate::clock::{local_date, local_time};
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::{ConfigExt, Services};
use chrono::{DateTime, Duration, Utc};
use db::repo::config::Config;
use db::repo::{approval, person};
use domain::approval::{Answer, Approval, ApprovalNow, ApprovalView, Approvals};
use domain::ids::{ApprovalId, PersonId};
use domain::person::Permission;
use std::collections::BTreeMap;

/// No list is longer; a store has a handful a day.
const MOST: u64 = 100;

type Names = BTreeMap<PersonId, String>;

impl Services {
    /// The approvals of the stores in which this person decides: what waits, and what was decided today.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for people who decide nowhere.
    pub async fn approvals(&self, ctx: &Ctx) -> Result<Approvals, ServiceError> {
        let stores = ctx.stores_with(Permission::Approve)?;
        let (config, now, db) = (self.config()?, self.clock.now(), self.db.read());
        let waiting = approval::list_waiting(db, &stores, now, MOST).await?;
        // No store's day began longer ago than this.
        let since = now - Duration::hours(24);
        let decided = approval::list_decided(db, &stores, since, now, MOST).await?;
        let names = self.names().await?;
        let view = |approval: Approval| view_of(ctx, &config, &names, approval, now);
        let mut shown = Approvals::default();
        for approval in waiting {
            shown.waiting.push(view(approval)?);
        }
        for approval in decided {
            let zone = &config.store(approval.store_id)?.store.time_zone;
            if local_date(approval.asked_at, zone)? == local_date(now, zone)? {
                shown.decided.push(view(approval)?);
            }
        }
        Ok(shown)
    }

    /// How many wait for an answer that this person may give.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for people who decide nowhere.
    pub async fn approvals_waiting(&self, ctx: &Ctx) -> Result<u64, ServiceError> {
        let stores = ctx.stores_with(Permission::Approve)?;
        let waiting = approval::count_waiting(self.db.read(), &stores, self.clock.now()).await?;
        Ok(waiting.values().filter_map(|count| u64::try_from(*count).ok()).sum())
    }

    /// How an asking stands, for whoever asked and for those who decide.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for everybody else.
    pub async fn approval_now(&self, ctx: &Ctx, id: ApprovalId) -> Result<ApprovalNow, ServiceError> {
        let found = approval::get(self.db.read(), id).await?;
        let may_know = |found: &Approval| {
            found.asked_by == ctx.person() || ctx.actor.may(Permission::Approve, found.store_id)
        };
        let found = found.filter(may_know).ok_or(ServiceError::NotFound("approval"))?;
        let config = self.config()?;
        let zone = &config.store(found.store_id)?.store.time_zone;
        now_of(&self.names().await?, &found, zone, self.clock.now())
    }

    async fn names(&self) -> Result<Names, ServiceError> {
        let people = person::list(self.db.read()).await?;
        Ok(people.into_iter().map(|person| (person.id, person.name)).collect())
    }
}

fn view_of(
    ctx: &Ctx,
    config: &Config,
    names: &Names,
    approval: Approval,
    now: DateTime<Utc>,
) -> Result<ApprovalView, ServiceError> {
    let store = config.store(approval.store_id)?;
    let till = approval.till_id.and_then(|id| store.tills.iter().find(|till| till.id == id));
    let zone = &store.store.time_zone;
    Ok(ApprovalView {
        now: now_of(names, &approval, zone, now)?,
        id: approval.id,
        kind: approval.kind,
        store_id: approval.store_id,
        store: store.store.name.clone(),
        till: till.map(|till| till.name.clone()),
        asked_by: names.get(&approval.asked_by).cloned().unwrap_or_default(),
        own: approval.asked_by == ctx.person(),
        asked_at: local_time(approval.asked_at.fixed_offset(), zone)?,
        reason: approval.reason,
        sheet: approval.sheet,
    })
}

fn now_of(
    names: &Names,
    approval: &Approval,
    zone: &str,
    now: DateTime<Utc>,
) -> Result<ApprovalNow, ServiceError> {
    let (by, why) = match &approval.answer {
        Answer::Given { by, .. } => (Some(by), None),
        Answer::Refused { by, why, .. } => (Some(by), Some(why.clone())),
        Answer::Waiting | Answer::Withdrawn { .. } => (None, None),
    };
    Ok(ApprovalNow {
        state: approval.state(now),
        by: by.and_then(|by| names.get(by).cloned()),
        why,
        expires_at: local_time(approval.expires_at.fixed_offset(), zone)?,
    })
}
