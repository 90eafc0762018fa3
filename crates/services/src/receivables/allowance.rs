//! What will probably not be paid, and the entry that says so in the books (J12).

use super::Services;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::ConfigExt;
use chrono::{Datelike, NaiveDate};
use db::repo::ledger;
use domain::ids::StoreId;
use domain::ledger::{LineFilter, code};

use domain::person::Permission;
use domain::receivable::{AgingAsked, AgingBy, AllowanceAsked, AllowanceSheet, estimate};

impl Services {
    /// The allowance that a store should have on a day, by its own rates, and the entry that brings it there. Without a
    /// day it is the end of last month.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for people who do not see the store's ledger; a day that is still to come.
    pub async fn allowance(&self, ctx: &Ctx, asked: AllowanceAsked) -> Result<AllowanceSheet, ServiceError> {
        let store = self.allowance_store(ctx, asked.store)?;
        let today = self.today(store)?;
        let as_of = asked.as_of.unwrap_or_else(|| last_month_end(today));
        let by_store = AgingAsked {
            as_of: Some(as_of),
            by: AgingBy::Store,
            store: Some(store),
            ..AgingAsked::default()
        };
        let sums = self.aging(ctx, by_store).await?.totals;
        let filter = LineFilter {
            stores: vec![store],
            account: Some(code::ALLOWANCE),
            to: Some(as_of),
            ..LineFilter::default()
        };
        let (debit, credit) = ledger::total(self.db.read(), &filter).await?;
        let present = credit.minus(debit).map_err(ServiceError::internal)?;
        let rates = self.config()?.store(store)?.policy.receivables.loss_rates;
        let estimate = estimate(&sums, &rates, present).map_err(ServiceError::internal)?;
        let lines = estimate.entry(store).map_err(ServiceError::internal)?;
        Ok(AllowanceSheet {
            as_of,
            store,
            estimate,
            lines,
            may_post: ctx.actor.may(Permission::PostJournal, store),
            stores: self.stores_with(ctx, Permission::ViewLedger)?,
        })
    }

    fn allowance_store(&self, ctx: &Ctx, asked: Option<StoreId>) -> Result<StoreId, ServiceError> {
        let seen = ctx.stores_with(Permission::ViewLedger)?;
        let store = match asked {
            Some(store) => store,
            None if seen.contains(&ctx.store) => ctx.store,
            None => seen.first().copied().unwrap_or(ctx.store),
        };
        ctx.require(Permission::ViewLedger, store)?;
        Ok(store)
    }
}

/// The last day of the month before, or today where it ends one.
fn last_month_end(today: NaiveDate) -> NaiveDate {
    if today.succ_opt().is_some_and(|tomorrow| tomorrow.day() == 1) {
        return today;
    }
    today.with_day(1).and_then(|first| first.pred_opt()).unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_ends_before_the_next_begins() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(last_month_end(day("2026-03-12")), day("2026-02-28"));
        assert_eq!(last_month_end(day("2026-03-31")), day("2026-03-31"));
        assert_eq!(last_month_end(day("2026-01-01")), day("2025-12-31"));
    }
}
