//! Vendors' bills, and the list of what is owed.

use super::held;
use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::sales::LONGEST_PAGE;
use crate::services_core::{ConfigExt, Services};
use db::repo::vendor::{self, bill, receipt};
use db::repo::{item, record, sale};
use domain::field::FieldError;
use domain::ids::{BillId, Ids, ItemId};
use domain::item::Item;
use domain::person::Permission;
use domain::vendor::{BillFilter, BillLine, BillPage, BillSheet, BillSnapshot, EnterBill, ReceiptNow};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

impl Services {
    /// Enters a vendor's bill for deliveries: what was received and not billed is owed from now on. Where the bill
    /// is another amount, the goods cost that.
    ///
    /// # Errors
    /// Each field that does not read; a number that this vendor used before; a delivery that was billed.
    pub async fn enter_bill(&self, ctx: &Ctx, cmd: EnterBill) -> Result<BillId, ServiceError> {
        ctx.require(Permission::PayVendors, cmd.store_id)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let legal_entity = self.config()?.store(cmd.store_id)?.store.legal_entity_id;
        let (ctx, now, cmd) = (ctx.clone(), self.now_in(cmd.store_id)?, Arc::new(cmd));
        self.db
            .write(move |tx| {
                let (ctx, head, cmd) = (ctx.clone(), head.clone(), Arc::clone(&cmd));
                Box::pin(async move {
                    if let Some(done) = head.replay(tx, &ctx).await? {
                        return Ok(done);
                    }
                    let vendor = held(tx, cmd.vendor_id).await?;
                    let receipts = receipt::get_many(tx, &cmd.typed.receipts).await?;
                    let billed = receipt::bills_of(tx, &cmd.typed.receipts).await?;
                    let pieces: BTreeSet<ItemId> = receipts
                        .iter()
                        .flat_map(|receipt| receipt.lines.iter().map(|line| line.item))
                        .collect();
                    sale::lock_items(tx, &pieces).await?;
                    let pieces: Vec<ItemId> = pieces.into_iter().collect();
                    let items: BTreeMap<ItemId, Item> =
                        item::get_many(tx, &pieces).await?.into_iter().map(|item| (item.id, item)).collect();
                    let receipts: Vec<ReceiptNow> = receipts
                        .into_iter()
                        .map(|receipt| ReceiptNow { billed: billed.contains_key(&receipt.id), receipt })
                        .collect();
                    let moment = now.work_moment(tx, cmd.store_id).await?;
                    let snapshot = BillSnapshot {
                        vendor: &vendor,
                        receipts: &receipts,
                        items: &items,
                        legal_entity,
                        today: now.today.max(moment.business_date),
                    };
                    let origin = ctx.origin(cmd.store_id, None);
                    let done = cmd.decide(&snapshot, &origin, &moment, &mut Ids::new(cmd.command_id))?;
                    let (event, id) = (done.record.event.id, done.bill.id);
                    record::insert(tx, &done.record, head.body_hash(), &id).await?;
                    item::update_costs(tx, &done.costs).await?;
                    bill::insert(tx, &done.bill, event).await?;
                    Ok(id)
                })
            })
            .await
            .map_err(|error: ServiceError| match error {
                ServiceError::Conflict(what) if what.contains("vendor_bill") => {
                    ServiceError::Fields(vec![FieldError::new(
                        "number",
                        "this bill of the vendor was entered before",
                    )])
                }
                other => other,
            })
    }

    /// One bill with its deliveries and payments.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`], or [`ServiceError::Forbidden`] in another store.
    pub async fn bill(&self, ctx: &Ctx, id: BillId) -> Result<BillSheet, ServiceError> {
        let db = self.db.read();
        let (found, event) = bill::get(db, id).await?.ok_or(ServiceError::NotFound("bill"))?;
        ctx.require(Permission::ViewVendors, found.store_id)?;
        let vendor = vendor::get(db, found.vendor_id).await?.ok_or(ServiceError::NotFound("vendor"))?.tag();
        let open = bill::get_many(db, &[id]).await?.pop().map(|bill| bill.open).unwrap_or_default();
        Ok(BillSheet {
            receipts: receipt::of_bill(db, id).await?,
            payments: bill::payments_of(db, id).await?,
            bill: found,
            vendor,
            open,
            event,
        })
    }

    /// A page of open bills, the first that is due first.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for people who see no vendors.
    pub async fn open_bills(&self, ctx: &Ctx, filter: BillFilter) -> Result<BillPage, ServiceError> {
        let stores = ctx.stores_with(Permission::ViewVendors)?;
        let filter = BillFilter { stores, limit: filter.limit.min(LONGEST_PAGE), ..filter };
        let today = self.today(ctx.store)?;
        let db = self.db.read();
        let (count, open) = bill::sum_open(db, &filter).await?;
        let yesterday = today.pred_opt();
        let due_by = match (filter.due_by, yesterday) {
            (Some(day), Some(yesterday)) => Some(day.min(yesterday)),
            (day, yesterday) => day.or(yesterday),
        };
        let (_, overdue) = bill::sum_open(db, &BillFilter { due_by, ..filter.clone() }).await?;
        Ok(BillPage { bills: bill::list_open(db, &filter).await?, count, open, overdue, today })
    }

    /// What is owed, as a file for spreadsheets.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for people who see no vendors; more bills than one file holds.
    pub async fn open_bills_csv(&self, ctx: &Ctx, filter: BillFilter) -> Result<String, ServiceError> {
        /// Nobody owes so many bills at once.
        const MOST: u64 = 20_000;
        let stores = ctx.stores_with(Permission::ViewVendors)?;
        let filter = BillFilter { stores, offset: 0, limit: MOST, ..filter };
        let (count, _) = bill::sum_open(self.db.read(), &filter).await?;
        if count > MOST {
            return Err(ServiceError::refused(format!("These are {count} bills, one file holds {MOST}.")));
        }
        let mut text = BillLine::CSV_HEAD.to_owned();
        text.extend(bill::list_open(self.db.read(), &filter).await?.iter().map(BillLine::csv));
        Ok(text)
    }
}
