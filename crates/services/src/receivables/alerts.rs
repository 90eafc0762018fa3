//! What is overdue now, told to those who look after it; and the midnight of a store, which makes things overdue.

use super::Services;
use crate::context::Ctx;
use crate::error::ServiceError;
use chrono::NaiveDate;
use db::repo::receivable;
use domain::ids::StoreId;
use domain::live::{News, NewsKind};
use domain::person::Permission;
use domain::receivable::OverdueAlerts;
use std::collections::BTreeMap;

/// The days that stores were last seen at.
pub type DaysSeen = BTreeMap<StoreId, NaiveDate>;

impl Services {
    /// How many customers have something overdue, and how many broke a promise, in the stores whose ledger this person
    /// sees.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for people who do not see the ledger.
    pub async fn overdue_alerts(&self, ctx: &Ctx) -> Result<OverdueAlerts, ServiceError> {
        let days = self.days_of(ctx, Permission::ViewLedger)?;
        Ok(receivable::count_overdue(self.db.read(), &days).await?)
    }

    /// Tells the open pages of this process about each store whose calendar has moved on since it was last seen: what was
    /// due yesterday is overdue now. Other processes look themselves.
    ///
    /// # Errors
    /// [`ServiceError`] when a store's time zone is unknown.
    pub fn tell_new_days(&self, seen: &mut DaysSeen) -> Result<(), ServiceError> {
        if !self.is_set_up() {
            return Ok(());
        }
        for store in &self.config()?.stores {
            let (store, day) = (store.store.id, self.today(store.store.id)?);
            if seen.insert(store, day).is_some_and(|before| before != day) {
                self.live.tell_here(News::of(NewsKind::Receivables, store, store));
            }
        }
        Ok(())
    }
}
