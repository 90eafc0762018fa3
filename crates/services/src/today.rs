//! The day of each store while it goes on.

use crate::clock::{local_date, local_time};
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::{ConfigExt, Services};
use db::repo::approval;
use db::repo::today::{self, Dates};
use domain::event::EventKind;
use domain::person::Permission;
use domain::today::{StoreToday, Today};

impl Services {
    /// The stores whose ledger this person may see, side by side, as they stand now.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for people who see no store's ledger.
    pub async fn today_in_stores(&self, ctx: &Ctx) -> Result<Today, ServiceError> {
        let allowed = ctx.stores_with(Permission::ViewLedger)?;
        let (config, now, db) = (self.config()?, self.clock.now(), self.db.read());
        let open = today::open_days(db).await?;
        let mut dates = Dates::new();
        for store in &allowed {
            let calendar = local_date(now, &config.store(*store)?.store.time_zone)?;
            dates.insert(*store, open.get(store).copied().unwrap_or(calendar));
        }
        let (sold, payments) = (today::sold(db, &dates).await?, today::payments(db, &dates).await?);
        let on_account = today::on_account(db, &dates).await?;
        let (returns, tills) = (today::returns(db, &dates).await?, today::open_tills(db).await?);
        let voids = today::events(db, &dates, EventKind::SaleVoided).await?;
        let approvals = today::events(db, &dates, EventKind::ApprovalGiven).await?;
        let decides = ctx.stores_with(Permission::Approve).unwrap_or_default();
        let waiting = approval::count_waiting(db, &decides, now).await?;
        let stores = dates.into_iter().map(|(store, date)| {
            let sold = sold.get(&store).cloned().unwrap_or_default();
            let of = |counts: &std::collections::BTreeMap<_, i64>| counts.get(&store).copied().unwrap_or(0);
            Ok(StoreToday {
                store,
                name: config.store(store)?.store.name.clone(),
                date,
                day_open: open.contains_key(&store),
                open_tills: u64::try_from(of(&tills)).unwrap_or(0),
                sales: sold.sales,
                voids: of(&voids),
                returns: of(&returns),
                discount: sold.discount(),
                net: sold.net(),
                tax: sold.tax(),
                returned: sold.returned(),
                total: sold.total(),
                payments: payments.get(&store).cloned().unwrap_or_default(),
                on_account: on_account.get(&store).cloned().unwrap_or_default(),
                approvals: of(&approvals),
                waiting: of(&waiting),
            })
        });
        let stores = stores.collect::<Result<Vec<_>, ServiceError>>()?;
        let zone = &config.store(ctx.store)?.store.time_zone;
        Ok(Today { stores, as_of: local_time(now.fixed_offset(), zone)? })
    }
}
