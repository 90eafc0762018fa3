//! Profit and loss, and the balance sheet.

use crate::context::Ctx;
use crate::error::ServiceError;
use crate::journal::ledger_filter;
use crate::services_core::Services;
use db::repo::{account, ledger};
use domain::ids::StoreId;
use domain::ledger::{
    AskBalanceSheet, AskProfitAndLoss, BalanceSheet, BalanceSheetPage, LineFilter, Period, ProfitAndLoss,
    ProfitAndLossPage, Scope, StatementPeriod,
};
use domain::person::Permission;

impl Services {
    /// What a period earned, in one store or in all that the person sees.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] without the right to see the ledger; a period that ends before it begins.
    pub async fn profit_and_loss(
        &self,
        ctx: &Ctx,
        ask: AskProfitAndLoss,
    ) -> Result<ProfitAndLossPage, ServiceError> {
        let filter = of_store(ctx, ask.store)?;
        let today = self.today(ask.store.unwrap_or(ctx.store))?;
        let fiscal = self.config()?.organization.fiscal_year;
        let period = match (ask.period, ask.from, ask.to) {
            (Some(named), _, _) => named.days(today, fiscal),
            (None, None, None) => StatementPeriod::YearToDate.days(today, fiscal),
            (None, from, to) => Period::new(from, to).map_err(ServiceError::refused)?,
        };
        let filter = LineFilter { from: period.from(), to: period.to(), ..filter };
        let accounts = account::list(self.db.read()).await?;
        let sums = ledger::sums(self.db.read(), &filter).await?;
        let statement = ProfitAndLoss::of(&accounts, &sums).map_err(ServiceError::internal)?;
        Ok(ProfitAndLossPage { statement, period, stores: self.stores_with(ctx, Permission::ViewLedger)? })
    }

    /// What there is, what is owed and what belongs to the owners on one day, in one store or in all that the
    /// person sees.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] without the right to see the ledger.
    pub async fn balance_sheet(
        &self,
        ctx: &Ctx,
        ask: AskBalanceSheet,
    ) -> Result<BalanceSheetPage, ServiceError> {
        let filter = of_store(ctx, ask.store)?;
        let today = self.today(ask.store.unwrap_or(ctx.store))?;
        let config = self.config()?;
        let as_of = ask.as_of.unwrap_or(today);
        let all = config.stores.iter().all(|store| filter.stores.contains(&store.store.id));
        let scope = if all { Scope::Whole } else { Scope::SomeStores };
        let year_from = config.organization.fiscal_year.first_day(as_of);
        let up_to_day = LineFilter { to: Some(as_of), ..filter };
        let this_year = LineFilter { from: Some(year_from), ..up_to_day.clone() };
        let db = self.db.read();
        let accounts = account::list(db).await?;
        let (up_to_day, this_year) =
            (ledger::sums(db, &up_to_day).await?, ledger::sums(db, &this_year).await?);
        let sheet =
            BalanceSheet::of(&accounts, &up_to_day, &this_year, scope).map_err(ServiceError::internal)?;
        Ok(BalanceSheetPage {
            sheet,
            as_of,
            year_from,
            stores: self.stores_with(ctx, Permission::ViewLedger)?,
        })
    }
}

fn of_store(ctx: &Ctx, store: Option<StoreId>) -> Result<LineFilter, ServiceError> {
    ledger_filter(ctx, LineFilter { stores: store.into_iter().collect(), ..LineFilter::default() })
}
