//! Whom to contact today, and what is known about collecting from one customer.

use super::Services;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::sales::LONGEST_PAGE;
use crate::services_core::ConfigExt;
use chrono::{Days, NaiveDate};
use db::repo::receivable::collect::{self, DeskNarrow, PromiseRow};
use db::repo::{person, receivable};
use domain::ids::{CustomerId, InvoiceId, PersonId, StoreId};
use domain::money::Money;
use domain::person::Permission;
use domain::receivable::InvoiceLineItem;
use domain::receivable::collect::{
    CollectionSheet, DeskAsked, DeskPage, InvoiceNamed, KEPT_DAYS, PauseLine, PromiseLine, PromiseState,
    PromisesKept, Ranked, ReminderPause, Turn, rank,
};

impl Services {
    /// The list of the day: whom to contact and why, those who wait last.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for people who do not see what customers owe in the store they ask about.
    pub async fn collections_desk(&self, ctx: &Ctx, asked: DeskAsked) -> Result<DeskPage, ServiceError> {
        let allowed = ctx.stores_with(Permission::ViewReceivables)?;
        if let Some(store) = asked.store {
            ctx.require(Permission::ViewReceivables, store)?;
        }
        let (config, today, db) = (self.config()?, self.today(ctx.store)?, self.db.read());
        let stores = asked.store.map_or_else(|| allowed.clone(), |store| vec![store]);
        let narrow = DeskNarrow {
            stores: &stores,
            words: &asked.words,
            whose: asked.whose,
            person: ctx.person(),
            today,
        };
        let mut desk = collect::load_desk(db, &narrow).await?;
        for row in &mut desk.rows {
            if let Some((at, _)) = &mut row.last_contact {
                self.in_store_time(at, ctx.store)?;
            }
        }
        let ranked = rank(desk.rows, today).map_err(ServiceError::internal)?;
        let now = || ranked.iter().filter(|one| one.turn == Turn::Today);
        let to_collect = Money::sum(now().map(Ranked::to_collect)).map_err(ServiceError::internal)?;
        let (count, to_contact) = (ranked.len(), now().count());
        let name = |store: &StoreId| Ok((*store, config.store(*store)?.store.name.clone()));
        // A page that is gone is the first one: whoever was on it has paid, or waits now.
        let offset = usize::try_from(asked.offset).ok().filter(|offset| *offset < count).unwrap_or(0);
        let page = ranked.into_iter().skip(offset);
        let length = usize::try_from(asked.limit.min(LONGEST_PAGE)).unwrap_or(0);
        Ok(DeskPage {
            rows: page.take(length).collect(),
            count: u64::try_from(count).unwrap_or(u64::MAX),
            more: desk.more,
            to_contact: u64::try_from(to_contact).unwrap_or(u64::MAX),
            to_collect,
            kept: collect::count_kept(db, &stores, (quarter_before(today), today)).await?,
            people: self.collectors(ctx.store).await?,
            stores: allowed.iter().map(name).collect::<Result<_, ServiceError>>()?,
            store_id: ctx.store,
            today,
        })
    }

    /// Everything about collecting from one customer.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`], or [`ServiceError::Forbidden`] for people who do not see what customers owe.
    pub async fn collection(&self, ctx: &Ctx, id: CustomerId) -> Result<CollectionSheet, ServiceError> {
        ctx.require(Permission::ViewReceivables, ctx.store)?;
        let (today, db) = (self.today(ctx.store)?, self.db.read());
        let customer = self.named_customer(id).await?;
        let id = customer.id;
        let invoices = receivable::list_open_invoices(db, id, today).await?;
        let mut notes = collect::list_contacts(db, id).await?;
        for note in &mut notes {
            self.in_store_time(&mut note.noted_at, ctx.store)?;
        }
        let promises = collect::list_promises(db, id).await?;
        let promises: Vec<PromiseLine> = promises.into_iter().map(|row| promise_line(row, today)).collect();
        let pauses = collect::list_pauses(db, id, today).await?;
        let names = person::list(db).await?;
        let by = |id: PersonId| names.iter().find(|one| one.id == id).map(|one| one.name.clone());
        let pause = |pause: ReminderPause| {
            let number =
                |id: InvoiceId| invoices.iter().find(|one| one.id == id).map(|one| one.number.clone());
            // What is paid is not asked for either: its pause means nothing any more.
            let invoice = match pause.invoice_id {
                Some(id) => Some((id, number(id)?)),
                None => None,
            };
            let by = by(pause.person_id).unwrap_or_default();
            Some(PauseLine { invoice, until_on: pause.until_on, reason: pause.reason, by })
        };
        Ok(CollectionSheet {
            store_id: ctx.store,
            owed: Money::sum(invoices.iter().map(|one| one.open)).map_err(ServiceError::internal)?,
            collector: collect::assigned(db, id).await?,
            people: self.collectors(ctx.store).await?,
            notes,
            kept: kept_of(&promises, today),
            promises,
            disputes: collect::list_disputes(db, id).await?,
            pauses: pauses.into_iter().filter_map(pause).collect(),
            invoices: invoices.iter().map(named).collect(),
            customer,
            today,
        })
    }

    /// Who works with overdue accounts in a store, by name.
    async fn collectors(&self, store: StoreId) -> Result<Vec<(PersonId, String)>, ServiceError> {
        let people = person::list(self.db.read()).await?;
        let collects = people.into_iter().filter(|one| {
            one.active && one.roles.get(&store).is_some_and(|role| role.may(Permission::Collect))
        });
        Ok(collects.map(|one| (one.id, one.name)).collect())
    }
}

fn quarter_before(today: NaiveDate) -> NaiveDate {
    today.checked_sub_days(Days::new(KEPT_DAYS)).unwrap_or(today)
}

fn promise_line(row: PromiseRow, today: NaiveDate) -> PromiseLine {
    let state = row.standing.state(today);
    let promise = row.standing.promise;
    PromiseLine {
        id: promise.id,
        invoice: row.invoice,
        amount: promise.amount,
        came_in: row.standing.came_in,
        made_on: promise.made_on,
        promised_on: promise.promised_on,
        state,
        reason: row.reason,
        by: row.by,
    }
}

/// Of those whose day is over, how many were kept.
fn kept_of(promises: &[PromiseLine], today: NaiveDate) -> PromisesKept {
    let due =
        || promises.iter().filter(|one| one.promised_on < today && one.state != PromiseState::Withdrawn);
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let kept = due().filter(|one| one.state == PromiseState::Kept).count();
    PromisesKept { kept: count(kept), due: count(due().count()) }
}

fn named(line: &InvoiceLineItem) -> InvoiceNamed {
    InvoiceNamed { id: line.id, number: line.number.clone(), open: line.open }
}
