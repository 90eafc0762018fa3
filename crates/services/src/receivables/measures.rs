//! How well months were collected.

use super::Services;
use crate::context::Ctx;
use crate::error::ServiceError;
use chrono::{Datelike, Months, NaiveDate};
use db::repo::receivable::{self, OldInvoice};
use domain::ids::StoreId;
use domain::money::{Money, MoneyError};
use domain::person::Permission;
use domain::receivable::{
    MONTHS_SHOWN, MeasuresSheet, MonthEnds, Outlier, StoreHistory, StoreMonths, measure, months_together,
    true_dso,
};
use std::collections::BTreeMap;

/// A month is looked at with the twelve before it, which may be the earliest that is shown.
const MONTHS_READ: usize = 2 * MONTHS_SHOWN - 1;
/// So many invoices of each store that stretch its days outstanding are named.
const OUTLIERS: u64 = 10;

impl Services {
    /// The measures of this month so far and of the twelve before, in the stores whose ledger this person sees.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for people who do not see the ledger.
    pub async fn receivable_measures(&self, ctx: &Ctx) -> Result<MeasuresSheet, ServiceError> {
        let stores = self.stores_with(ctx, Permission::ViewLedger)?;
        let (db, today) = (self.db.read(), self.today(ctx.store)?);
        let ends = MonthEnds::through(today, MONTHS_READ);
        let ids: Vec<StoreId> = stores.iter().map(|(store, _)| *store).collect();
        let old = receivable::list_outliers(db, &ids, today, OUTLIERS).await?;
        let oldest = old.iter().map(|one| one.invoiced_on).chain(ends.days().first().copied()).min();
        let since = oldest.and_then(day_before_month).unwrap_or(today);
        let histories = receivable::load_months(db, &ids, &ends, since).await?;
        let outliers = old.into_iter().map(|one| outlier(one, &histories, today));
        let outliers = outliers.collect::<Result<Vec<_>, MoneyError>>().map_err(ServiceError::internal)?;
        let mut each = Vec::with_capacity(stores.len());
        let mut facts = Vec::with_capacity(stores.len());
        for (store, name) in stores {
            let history = histories.get(&store).cloned().unwrap_or_default();
            let months = history.months(&ends).map_err(ServiceError::internal)?;
            let measured = measure(&months, &ends).map_err(ServiceError::internal)?;
            each.push(StoreMonths { store, name, months: measured });
            facts.push(months);
        }
        let all = months_together(&facts).and_then(|months| measure(&months, &ends));
        Ok(MeasuresSheet { months: all.map_err(ServiceError::internal)?, stores: each, outliers })
    }
}

/// The day before the month of a day begins.
fn day_before_month(day: NaiveDate) -> Option<NaiveDate> {
    day.with_day(1)?.pred_opt()
}

/// An invoice against the credit sales of its store in the month it was written in.
fn outlier(
    old: OldInvoice,
    histories: &BTreeMap<StoreId, StoreHistory>,
    today: NaiveDate,
) -> Result<Outlier, MoneyError> {
    let after = day_before_month(old.invoiced_on).unwrap_or(old.invoiced_on);
    let until = after.succ_opt().and_then(|first| first.checked_add_months(Months::new(1))).unwrap_or(today);
    let sales = histories.get(&old.store).map(|history| history.sales.as_slice()).unwrap_or_default();
    let in_month = sales.iter().filter(|(day, _)| *day > after && *day < until);
    let sold = Money::sum(in_month.map(|(_, sold)| *sold))?;
    let days = today.signed_duration_since(old.invoiced_on).num_days();
    Ok(Outlier {
        true_dso: true_dso([(days, old.open, sold)]),
        invoice: old.invoice,
        store: old.store,
        number: old.number,
        customer: old.customer,
        invoiced_on: old.invoiced_on,
        open: old.open,
        days,
    })
}
