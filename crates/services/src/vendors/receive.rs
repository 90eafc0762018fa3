//! Goods arrive from a vendor (J64).

use super::{AT_ONCE, catalog, held};
use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::items::draw_tags;
use crate::services_core::{ConfigExt, Services};
use db::repo::vendor::{self, order, receipt};
use db::repo::{item, record, sale, series};
use domain::field::FieldError;
use domain::ids::{GoodsReceiptId, Ids, ItemId, PurchaseOrderId, VendorId};
use domain::item::{Item, describe};
use domain::person::Permission;
use domain::series::{SeriesKind, goods_receipt_number};
use domain::vendor::{
    DeliveryChoices, GoodsReceipt, ReceiptPiece, ReceiptSheet, ReceiveGoods, ReceiveSnapshot,
    UnbilledReceipt, receive,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

impl Services {
    /// Receives goods from a vendor, on an order or without one: each unique piece with a tag of its own, lots by a
    /// step each, all of it owed as not billed.
    ///
    /// # Errors
    /// Each field that does not read; more than was ordered, unless somebody has looked.
    pub async fn receive_goods(&self, ctx: &Ctx, cmd: ReceiveGoods) -> Result<GoodsReceiptId, ServiceError> {
        ctx.require(Permission::Purchase, cmd.store_id)?;
        ctx.require(Permission::ViewCost, cmd.store_id)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let config = self.config()?;
        let store = config.store(cmd.store_id)?.store.clone();
        let (legal_entity, organization) = (store.legal_entity_id, config.organization.id);
        let (ctx, now, cmd) = (ctx.clone(), self.now_in(cmd.store_id)?, Arc::new(cmd));
        self.db
            .write(move |tx| {
                let (ctx, head, cmd, code) =
                    (ctx.clone(), head.clone(), Arc::clone(&cmd), store.code.clone());
                Box::pin(async move {
                    if let Some(done) = head.replay(tx, &ctx).await? {
                        return Ok(done);
                    }
                    let vendor = held(tx, cmd.vendor_id).await?;
                    let order = match cmd.order_id {
                        Some(id) => Some(order::get(tx, id).await?.ok_or(ServiceError::NotFound("order"))?),
                        None => None,
                    };
                    let named = catalog(tx, cmd.store_id, &cmd.typed.lines).await?;
                    let lots: BTreeSet<ItemId> = named.lots.values().map(|lot| lot.id).collect();
                    let known = if lots.is_empty() {
                        named
                    } else {
                        // As they are once nobody else sells from them.
                        sale::lock_items(tx, &lots).await?;
                        catalog(tx, cmd.store_id, &cmd.typed.lines).await?
                    };
                    let arrivals = cmd.typed.check(&known, order.as_ref())?;
                    let moment = now.work_moment(tx, cmd.store_id).await?;
                    let number = series::draw(tx, SeriesKind::GoodsReceipt, cmd.store_id.0, 1).await?;
                    let tags = draw_tags(tx, organization, arrivals.tags()).await?;
                    let snapshot = ReceiveSnapshot {
                        vendor: &vendor,
                        order: order.as_ref(),
                        catalog: &known,
                        legal_entity,
                        number: &goods_receipt_number(&code, number),
                        tags: &tags,
                    };
                    let origin = ctx.origin(cmd.store_id, None);
                    let mut ids = Ids::new(cmd.command_id);
                    let done = receive(&snapshot, &cmd, &arrivals, &origin, &moment, &mut ids)?;
                    let (event, id) = (done.record.event.id, done.receipt.id);
                    item::insert_many(tx, &done.items, moment.recorded_at).await?;
                    record::insert(tx, &done.record, head.body_hash(), &id).await?;
                    receipt::insert(tx, &done.receipt, event).await?;
                    if let Some((order, state)) = cmd.order_id.zip(done.order) {
                        order::update_state(tx, order, state).await?;
                    }
                    Ok(id)
                })
            })
            .await
            .map_err(|error: ServiceError| match error {
                ServiceError::Conflict(what) if what.contains("tag") => {
                    ServiceError::Fields(vec![FieldError::new(
                        "lines",
                        "a tag number was taken meanwhile: send it again",
                    )])
                }
                other => other,
            })
    }

    /// One delivery with its pieces.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`], or [`ServiceError::Forbidden`] in another store.
    pub async fn goods_receipt(&self, ctx: &Ctx, id: GoodsReceiptId) -> Result<ReceiptSheet, ServiceError> {
        let db = self.db.read();
        let found = receipt::get_many(db, &[id]).await?.pop().ok_or(ServiceError::NotFound("delivery"))?;
        ctx.require(Permission::ViewVendors, found.store_id)?;
        let vendor = vendor::get(db, found.vendor_id).await?.ok_or(ServiceError::NotFound("vendor"))?.tag();
        let order = match found.order_id {
            Some(id) => order::get(db, id).await?.map(|order| (id, order.number)),
            None => None,
        };
        let bill = receipt::bills_of(db, &[id]).await?.remove(&id);
        let pieces = self.pieces_of(std::slice::from_ref(&found)).await?.pop().unwrap_or_default();
        Ok(ReceiptSheet { receipt: found, vendor, order, bill, pieces })
    }

    /// What somebody needs who receives goods from a vendor here, or enters a bill: the order they come on, and what
    /// was not billed.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`], or [`ServiceError::Forbidden`] for people who see no vendors here.
    pub async fn delivery_choices(
        &self,
        ctx: &Ctx,
        id: VendorId,
        order_id: Option<PurchaseOrderId>,
    ) -> Result<DeliveryChoices, ServiceError> {
        ctx.require(Permission::ViewVendors, ctx.store)?;
        let db = self.db.read();
        let vendor = vendor::get(db, id).await?.ok_or(ServiceError::NotFound("vendor"))?;
        let order = match order_id {
            Some(order_id) => {
                let found = order::get(db, order_id).await?;
                Some(found.filter(|order| order.vendor_id == id).ok_or(ServiceError::NotFound("order"))?)
            }
            None => None,
        };
        let open = receipt::not_billed(db, &[ctx.store], id, AT_ONCE).await?;
        let ids: Vec<GoodsReceiptId> = open.iter().map(|receipt| receipt.id).collect();
        let receipts = receipt::get_many(db, &ids).await?;
        let pieces = self.pieces_of(&receipts).await?;
        let not_billed = receipts
            .into_iter()
            .zip(pieces)
            .map(|(receipt, pieces)| UnbilledReceipt { receipt, pieces })
            .collect();
        Ok(DeliveryChoices { vendor, store_id: ctx.store, order, not_billed, today: self.today(ctx.store)? })
    }

    /// The pieces of deliveries by their tags.
    async fn pieces_of(&self, receipts: &[GoodsReceipt]) -> Result<Vec<Vec<ReceiptPiece>>, ServiceError> {
        let ids: BTreeSet<ItemId> =
            receipts.iter().flat_map(|receipt| receipt.lines.iter().map(|line| line.item)).collect();
        let ids: Vec<ItemId> = ids.into_iter().collect();
        let items: BTreeMap<ItemId, Item> =
            item::get_many(self.db.read(), &ids).await?.into_iter().map(|item| (item.id, item)).collect();
        let piece = |line: &domain::vendor::ReceiptLine| {
            let item = items.get(&line.item);
            ReceiptPiece {
                line: line.clone(),
                tag: item.map(|item| item.tag.clone()).unwrap_or_default(),
                description: item.map(|item| describe(&item.details)).unwrap_or_default(),
            }
        };
        Ok(receipts.iter().map(|receipt| receipt.lines.iter().map(piece).collect()).collect())
    }
}
