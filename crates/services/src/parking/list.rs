//! What is parked, and who holds a piece.

use crate::clock::local_time;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::{ConfigExt, Services};
use db::repo::{item, parking, person, sale};
use domain::ids::{ItemId, PersonId, StoreId};
use domain::item::ItemStatus;
use domain::parking::{HeldView, ParkedView};
use domain::person::Permission;
use std::collections::BTreeMap;

/// A counter with more tickets put aside needs no longer list but an evening.
const MOST: u64 = 100;

impl Services {
    /// The tickets put aside in a store, the oldest first.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for people who do not sell there.
    pub async fn parked_tickets(&self, ctx: &Ctx, store: StoreId) -> Result<Vec<ParkedView>, ServiceError> {
        ctx.require(Permission::Sell, store)?;
        let (config, now) = (self.config()?, self.clock.now());
        let here = config.store(store)?;
        let lines = parking::list(self.db.read(), store, MOST).await?;
        if lines.is_empty() {
            return Ok(Vec::new());
        }
        let people = person::list(self.db.read()).await?;
        let names: BTreeMap<PersonId, String> =
            people.into_iter().map(|person| (person.id, person.name)).collect();
        let zone = &here.store.time_zone;
        lines
            .into_iter()
            .map(|line| {
                let till = here.tills.iter().find(|till| till.id == line.till_id);
                Ok(ParkedView {
                    id: line.id,
                    label: line.label,
                    parked_by: names.get(&line.parked_by).cloned().unwrap_or_default(),
                    till: till.map(|till| till.name.clone()).unwrap_or_default(),
                    parked_at: local_time(line.parked_at.fixed_offset(), zone)?,
                    held_until: local_time(line.held_until.fixed_offset(), zone)?,
                    ran_out: line.held_until < now,
                    pieces: u64::try_from(line.pieces).unwrap_or(0),
                    total: line.total,
                })
            })
            .collect()
    }

    /// Who holds a piece and until when, if anybody does.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`], or [`ServiceError::Forbidden`] in another store.
    pub async fn piece_holder(&self, ctx: &Ctx, id: ItemId) -> Result<Option<HeldView>, ServiceError> {
        let found = item::get(self.db.read(), id).await?.ok_or(ServiceError::NotFound("piece"))?;
        ctx.require(Permission::ViewItems, found.store_id)?;
        let (Some(holder), Some(until)) = (found.holder.id, found.holder.until) else { return Ok(None) };
        if found.status != ItemStatus::Reserved {
            return Ok(None);
        }
        let config = self.config()?;
        let zone = &config.store(found.store_id)?.store.time_zone;
        Ok(Some(HeldView {
            by: sale::holder_name(self.db.read(), holder, found.status).await?,
            until: local_time(until.fixed_offset(), zone)?,
            ran_out: until < self.clock.now(),
        }))
    }
}
