//! Looking at the books.

use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::Services;
use db::repo::{account, audit, ledger};
use domain::event::{AuditFilter, AuditLine};
use domain::ids::EventId;
use domain::ledger::{Account, AccountSum, Entry, LineFilter, PostedLine};
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
        let (mut lines, count) = ledger::lines(self.db.read(), &filter, offset, limit).await?;
        for line in &mut lines {
            self.in_store_time(&mut line.recorded_at, line.store)?;
        }
        Ok((lines, count))
    }

    /// The entries an event posted.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] without the right to see the ledger of its store.
    pub async fn entries_of(&self, ctx: &Ctx, event: EventId) -> Result<Vec<Entry>, ServiceError> {
        let entries = ledger::entries_of_event(self.db.read(), event).await?;
        for entry in &entries {
            ctx.require(Permission::ViewLedger, entry.header.store)?;
        }
        Ok(entries)
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
    pub async fn audit(&self, ctx: &Ctx, filter: AuditFilter) -> Result<Vec<AuditLine>, ServiceError> {
        let store = filter.store.unwrap_or(ctx.store);
        ctx.require(Permission::ViewAudit, store)?;
        let mut lines = audit::list(self.db.read(), &AuditFilter { store: Some(store), ..filter }).await?;
        for line in &mut lines {
            self.in_store_time(&mut line.recorded_at, line.store)?;
        }
        Ok(lines)
    }
}

/// Narrows a filter to the stores whose ledger the person may see.
fn ledger_filter(ctx: &Ctx, filter: LineFilter) -> Result<LineFilter, ServiceError> {
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
