//! Looking at the books.

use crate::context::Ctx;
use crate::error::ServiceError;
use crate::sales::LONGEST_PAGE;
use crate::services_core::Services;
use db::repo::ledger::First;
use db::repo::{account, audit, ledger, manual, person};
use domain::event::{AuditFilter, AuditTrail, SubjectKind};
use domain::ids::{EntryId, EventId};
use domain::ledger::{
    Account, AccountCode, AccountSum, AccountView, EventView, LineFilter, PostedLine, running,
};
use domain::money::Money;
use domain::person::Permission;

impl Services {
    /// Debits and credits per account, as of any date.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] without the right to see the ledger.
    pub async fn trial_balance(
        &self,
        ctx: &Ctx,
        filter: LineFilter,
    ) -> Result<Vec<AccountSum>, ServiceError> {
        let filter = ledger_filter(ctx, filter)?;
        Ok(ledger::sums(self.db.read(), &filter).await?)
    }

    /// Lines of the journal, newest first, with their number.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] without the right to see the ledger.
    pub async fn journal_lines(
        &self,
        ctx: &Ctx,
        filter: LineFilter,
        offset: u64,
        limit: u64,
    ) -> Result<(Vec<PostedLine>, u64), ServiceError> {
        let filter = ledger_filter(ctx, filter)?;
        let (mut lines, count) = ledger::lines(self.db.read(), &filter, First::Newest, offset, limit).await?;
        for line in &mut lines {
            self.in_store_time(&mut line.recorded_at, line.store)?;
        }
        Ok((lines, count))
    }

    /// One account between two dates: opening balance, lines with the balance after each, closing balance.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for an account that is not in the chart, [`ServiceError::Forbidden`]
    /// without the right to see the ledger.
    pub async fn account_view(
        &self,
        ctx: &Ctx,
        code: AccountCode,
        filter: LineFilter,
        offset: u64,
        limit: u64,
    ) -> Result<AccountView, ServiceError> {
        let filter = LineFilter { account: Some(code), ..ledger_filter(ctx, filter)? };
        let db = self.db.read();
        let account = account::find(db, code).await?.ok_or(ServiceError::NotFound("account"))?;
        let opening = match filter.from.and_then(|from| from.pred_opt()) {
            Some(before) => {
                let earlier = LineFilter { from: None, to: Some(before), ..filter.clone() };
                difference(ledger::total(db, &earlier).await?)?
            }
            None => Money::ZERO,
        };
        let (debit, credit) = ledger::total(db, &filter).await?;
        let closing = opening.plus(difference((debit, credit))?).map_err(ServiceError::internal)?;
        let above = ledger::sum_of_first(db, &filter, offset).await?;
        let (mut lines, count) =
            ledger::lines(db, &filter, First::Oldest, offset, limit.min(LONGEST_PAGE)).await?;
        for line in &mut lines {
            self.in_store_time(&mut line.recorded_at, line.store)?;
        }
        let before_page = opening.plus(above).map_err(ServiceError::internal)?;
        let config = self.config()?;
        let tills = config.stores.iter().filter(|store| filter.stores.contains(&store.store.id));
        let tills = tills.flat_map(|store| &store.tills).map(|till| (till.id, till.name.clone()));
        Ok(AccountView {
            account,
            opening,
            debit,
            credit,
            closing,
            lines: running(before_page, lines).map_err(ServiceError::internal)?,
            count,
            tills: tills.collect(),
            people: person::list(db).await?.into_iter().map(|person| (person.id, person.name)).collect(),
            jurisdictions: config.jurisdictions.iter().map(|j| (j.id, j.name.clone())).collect(),
            about: ledger::about_in_words(db, &filter.about).await?,
        })
    }

    /// An event with everything it posted.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`], or [`ServiceError::Forbidden`] without the right to see the ledger of
    /// its store.
    pub async fn event(&self, ctx: &Ctx, id: EventId) -> Result<EventView, ServiceError> {
        let mut event = audit::get(self.db.read(), id).await?.ok_or(ServiceError::NotFound("event"))?;
        let entries = ledger::entries_of_event(self.db.read(), id).await?;
        // An entry by hand over several stores is in the books of each of them.
        let mut touched = entries.iter().flat_map(|entry| &entry.lines).map(|line| line.store);
        if !touched.any(|store| ctx.actor.may(Permission::ViewLedger, store)) {
            ctx.require(Permission::ViewLedger, event.store)?;
        }
        self.in_store_time(&mut event.recorded_at, event.store)?;
        if !ctx.actor.may(Permission::ViewAudit, event.store) {
            (event.before, event.after) = (None, None);
        }
        let accounts = account::list(self.db.read()).await?;
        let accounts = accounts.into_iter().map(|account| (account.code, account.name)).collect();
        let by_hand = manual::of_event(self.db.read(), id).await?;
        let files = self.papers_of_event(&event, &entries).await?;
        let about = match event.subject {
            SubjectKind::JournalEntry => {
                ledger::find_entry(self.db.read(), EntryId(event.subject_id)).await?
            }
            _ => None,
        };
        let entry_event = about.map(|entry| entry.header.event).filter(|posted_by| *posted_by != id);
        Ok(EventView { event, entries, accounts, by_hand, files, entry_event })
    }

    /// # Errors
    /// [`ServiceError::Forbidden`] without the right to see the ledger.
    pub async fn accounts(&self, ctx: &Ctx) -> Result<Vec<Account>, ServiceError> {
        ctx.require_anywhere(Permission::ViewLedger)?;
        Ok(account::list(self.db.read()).await?)
    }

    /// The audit trail of a store.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] without the right to see it.
    pub async fn audit(&self, ctx: &Ctx, filter: AuditFilter) -> Result<AuditTrail, ServiceError> {
        let store = filter.store.unwrap_or(ctx.store);
        ctx.require(Permission::ViewAudit, store)?;
        let mut lines = audit::list(self.db.read(), &AuditFilter { store: Some(store), ..filter }).await?;
        for line in &mut lines {
            self.in_store_time(&mut line.recorded_at, line.store)?;
        }
        Ok(AuditTrail { lines, store, stores: self.stores_with(ctx, Permission::ViewAudit)? })
    }
}

/// Debits above credits.
fn difference((debit, credit): (Money, Money)) -> Result<Money, ServiceError> {
    debit.minus(credit).map_err(ServiceError::internal)
}

/// Narrows a filter to the stores whose ledger the person may see.
pub(crate) fn ledger_filter(ctx: &Ctx, filter: LineFilter) -> Result<LineFilter, ServiceError> {
    let allowed = ctx.stores_with(Permission::ViewLedger)?;
    let stores = if filter.stores.is_empty() {
        allowed
    } else {
        for store in &filter.stores {
            ctx.require(Permission::ViewLedger, *store)?;
        }
        filter.stores
    };
    Ok(LineFilter { stores, ..filter })
}
