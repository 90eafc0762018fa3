//! Finding anything from anywhere.

use crate::context::Ctx;
use crate::error::ServiceError;
use crate::register::without_secret_cost;
use crate::services_core::Services;
use db::repo::{customer, item, sale};
use domain::customer::CustomerFilter;
use domain::find::Found;
use domain::item::Item;
use domain::person::Permission;

impl Services {
    /// Pieces, customers and sales by what stands on them, each kind only where the person may see it.
    ///
    /// # Errors
    /// [`ServiceError`] when the database fails.
    pub async fn find_everywhere(&self, ctx: &Ctx, typed: &str) -> Result<Found, ServiceError> {
        /// Of each kind: the next letter narrows it down.
        const OF_EACH: u64 = 6;
        let mut found = Found::default();
        if typed.trim().is_empty() {
            return Ok(found);
        }
        if let Ok(stores) = ctx.stores_with(Permission::ViewItems) {
            let now = self.clock.now();
            let items = item::find(self.db.read(), (ctx.store, &stores), typed, OF_EACH, now).await?;
            let shown = |item: Item| without_secret_cost(ctx, item.as_seen_from(None, now));
            found.items = items.into_iter().map(shown).collect();
        }
        if ctx.actor.may(Permission::ViewCustomers, ctx.store) {
            let filter =
                CustomerFilter { words: typed.to_owned(), limit: OF_EACH, ..CustomerFilter::default() };
            found.customers = customer::list(self.db.read(), &filter).await?.customers;
        }
        if let Ok(stores) = ctx.stores_with(Permission::ViewSales) {
            found.sales = self.as_listed(sale::find(self.db.read(), &stores, typed, OF_EACH).await?)?;
        }
        Ok(found)
    }
}
