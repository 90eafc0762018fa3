//! What is owed, looked at from above.

use super::{Needs, Try, tried};
use crate::support::Shop;
use Needs::{Anywhere, Here};
use domain::person::Permission as P;
use domain::receivable::{AgingAsked, AllowanceAsked};
use services::Ctx;

impl Shop {
    pub async fn in_the_reports(&self, ctx: &Ctx) -> Vec<Try> {
        let (services, store) = (&self.services, Some(self.set_up.store_id));
        let asked = || AgingAsked { store, limit: 1, ..AgingAsked::default() };
        let allowance = AllowanceAsked { store, ..AllowanceAsked::default() };
        vec![
            tried("aging", Here(P::ViewLedger), services.aging(ctx, asked()).await),
            tried("aging_csv", Here(P::ViewLedger), services.aging_csv(ctx, asked()).await),
            tried("owed_to_stores", Anywhere(P::ViewLedger), services.owed_to_stores(ctx).await),
            tried("overdue_alerts", Anywhere(P::ViewLedger), services.overdue_alerts(ctx).await),
            tried("receivable_measures", Anywhere(P::ViewLedger), services.receivable_measures(ctx).await),
            tried("allowance", Here(P::ViewLedger), services.allowance(ctx, allowance).await),
        ]
    }
}
