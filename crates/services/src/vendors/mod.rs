//! Vendors: their cards, and everything that is bought from them.

mod back;
mod bills;
mod orders;
mod pay;
mod receive;

use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::sales::LONGEST_PAGE;
use crate::services_core::Services;
use db::WriteTx;
use db::repo::vendor::{self, back as returns, bill, order, receipt};
use db::repo::{item, record, style};
use domain::event::{Event, EventKind, Record, SubjectKind};
use domain::field::FieldError;
use domain::ids::{EventId, Ids, StoreId, VendorId};
use domain::money::Money;
use domain::person::Permission;
use domain::vendor::{
    BillFilter, Catalog, GoodsKind, OrderFilter, SaveVendor, TypedGoods, Vendor, VendorFilter, VendorPage,
    VendorRefusal, VendorSheet,
};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A vendor's page shows so many of each kind of paper; the rest stands in the lists.
const ON_A_CARD: u64 = 50;
/// Somebody pays or bills at most so many papers at once.
const AT_ONCE: u64 = 200;

impl From<VendorRefusal> for ServiceError {
    fn from(refusal: VendorRefusal) -> Self {
        match refusal {
            VendorRefusal::Fields(fields) => Self::Fields(fields),
            other => Self::refused(other),
        }
    }
}

impl Services {
    /// Adds a vendor or changes what is known of one.
    ///
    /// # Errors
    /// Each field that does not read or is another vendor's; a conflict when somebody else saved first.
    pub async fn save_vendor(&self, ctx: &Ctx, cmd: SaveVendor) -> Result<VendorId, ServiceError> {
        ctx.require(Permission::Purchase, ctx.store)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let file = Arc::new(cmd.typed.check()?);
        let (ctx, now, cmd) = (ctx.clone(), self.now_in(ctx.store)?, Arc::new(cmd));
        self.db
            .write(move |tx| {
                let (ctx, head) = (ctx.clone(), head.clone());
                let (cmd, file) = (Arc::clone(&cmd), Arc::clone(&file));
                Box::pin(async move {
                    if let Some(done) = head.replay(tx, &ctx).await? {
                        return Ok(done);
                    }
                    let before = match cmd.vendor_id {
                        Some(id) => {
                            Some(vendor::get_locked(tx, id).await?.ok_or(ServiceError::NotFound("vendor"))?)
                        }
                        None => None,
                    };
                    let id =
                        before.as_ref().map_or_else(|| Ids::new(cmd.command_id).draw(), |before| before.id);
                    let version = before.as_ref().map_or(1, |before| before.version);
                    let after = Vendor { id, file: (*file).clone(), version };
                    let event = Event {
                        before: before.as_ref().and_then(|before| serde_json::to_value(before).ok()),
                        after: serde_json::to_value(&after).ok(),
                        ..Event::about(
                            EventId(cmd.command_id.0),
                            EventKind::VendorSaved,
                            (SubjectKind::Vendor, id.0),
                            format!("{} {}", after.file.code, after.file.name),
                            now.work_moment(tx, ctx.store).await?,
                            ctx.origin(ctx.store, None),
                        )
                    };
                    match &before {
                        None => vendor::insert(tx, &after, now.at).await?,
                        Some(_) => vendor::update(tx, &after, cmd.version).await?,
                    }
                    record::insert(tx, &Record::of(event), head.body_hash(), &id).await?;
                    Ok(id)
                })
            })
            .await
            .map_err(taken)
    }

    /// A page of vendors with what each of them is owed.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for people who see no vendors.
    pub async fn vendors(&self, ctx: &Ctx, filter: VendorFilter) -> Result<VendorPage, ServiceError> {
        let stores = ctx.stores_with(Permission::ViewVendors)?;
        let filter = VendorFilter { limit: filter.limit.min(LONGEST_PAGE), ..filter };
        Ok(vendor::list(self.db.read(), &stores, &filter).await?)
    }

    /// One vendor with what is open there.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`], or [`ServiceError::Forbidden`] for people who see no vendors.
    pub async fn vendor(&self, ctx: &Ctx, id: VendorId) -> Result<VendorSheet, ServiceError> {
        let stores = ctx.stores_with(Permission::ViewVendors)?;
        let db = self.db.read();
        let vendor = vendor::get(db, id).await?.ok_or(ServiceError::NotFound("vendor"))?;
        let owed = vendor::owed(db, &stores, Some(vec![id.0])).await?.remove(&id.0).unwrap_or_default();
        let credits = bill::open_credits(db, &stores, id).await?;
        let bills = BillFilter {
            stores: stores.clone(),
            vendor: Some(id),
            limit: ON_A_CARD,
            ..BillFilter::default()
        };
        let orders = OrderFilter {
            stores: stores.clone(),
            vendor: Some(id),
            limit: ON_A_CARD,
            ..OrderFilter::default()
        };
        Ok(VendorSheet {
            vendor,
            owed,
            credit: Money::sum(credits.iter().map(|credit| credit.open)).map_err(ServiceError::internal)?,
            open_bills: bill::list_open(db, &bills).await?.into_iter().map(|line| line.bill).collect(),
            not_billed: receipt::not_billed(db, &stores, id, ON_A_CARD).await?,
            orders: order::list(db, &orders).await?.orders,
            returns: returns::list(db, &stores, id, ON_A_CARD).await?,
            payments: bill::payments_to(db, &stores, id, ON_A_CARD).await?,
            on_hand: vendor::count_on_hand(db, &stores, id).await?,
            today: self.today(ctx.store)?,
        })
    }
}

/// A vendor whom nobody else buys from, bills or pays meanwhile.
async fn held(tx: &WriteTx, id: VendorId) -> Result<Vendor, ServiceError> {
    vendor::get_locked(tx, id).await?.ok_or(ServiceError::NotFound("vendor"))
}

/// What the lines of an order or a delivery name. The lots are held where goods come into them.
async fn catalog(db: &impl db::Read, store: StoreId, lines: &[TypedGoods]) -> Result<Catalog, ServiceError> {
    let named = |kind| -> BTreeSet<String> {
        let of_kind = lines.iter().filter_map(TypedGoods::named).filter(|(what, _)| *what == kind);
        of_kind.map(|(_, name)| name).collect()
    };
    let (skus, tags) = (named(GoodsKind::Variation), named(GoodsKind::Lot));
    let variations = style::by_skus(db, &skus).await?;
    let lots = if tags.is_empty() { Vec::new() } else { item::by_tags(db, store, &tags).await? };
    Ok(Catalog {
        variations: variations.into_iter().map(|known| (known.tag.sku.clone(), known)).collect(),
        lots: lots.into_iter().map(|lot| (lot.tag.clone(), lot)).collect(),
    })
}

fn taken(error: ServiceError) -> ServiceError {
    let said = |field: &str, message: &str| ServiceError::Fields(vec![FieldError::new(field, message)]);
    match error {
        ServiceError::Conflict(what) if what.contains("sort_name") => {
            said("name", "another vendor has this name")
        }
        ServiceError::Conflict(what) if what.contains("code") => said("code", "another vendor has this code"),
        other => other,
    }
}
