//! Goods go back to a vendor, and the vendor answers.

use super::held;
use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::{ConfigExt, Services};
use db::repo::vendor::{self, back};
use db::repo::{item, record, sale, series};
use domain::ids::{Ids, ItemId, VendorReturnId};
use domain::item::{Item, describe};
use domain::person::Permission;
use domain::series::{SeriesKind, vendor_return_number};
use domain::vendor::{CloseReturn, CloseSnapshot, ReturnGoods, ReturnSheet, ReturnSnapshot, ReturnedPiece};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

impl Services {
    /// Sends pieces, or parts of lots, back to a vendor.
    ///
    /// # Errors
    /// Each line that is wrong: a piece that is sold, held or elsewhere; more of a lot than is there.
    pub async fn return_goods(&self, ctx: &Ctx, cmd: ReturnGoods) -> Result<VendorReturnId, ServiceError> {
        ctx.require(Permission::Purchase, cmd.store_id)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let store = self.config()?.store(cmd.store_id)?.store.clone();
        let (ctx, now, cmd) = (ctx.clone(), self.now_in(cmd.store_id)?, Arc::new(cmd));
        self.db
            .write(move |tx| {
                let (ctx, head, cmd, store) = (ctx.clone(), head.clone(), Arc::clone(&cmd), store.clone());
                Box::pin(async move {
                    if let Some(done) = head.replay(tx, &ctx).await? {
                        return Ok(done);
                    }
                    let vendor = held(tx, cmd.vendor_id).await?;
                    let tags: BTreeSet<String> =
                        cmd.typed.lines.iter().map(|line| line.tag.trim().to_uppercase()).collect();
                    let found = item::by_tags(tx, cmd.store_id, &tags).await?;
                    sale::lock_items(tx, &found.iter().map(|item| item.id).collect()).await?;
                    let items = item::by_tags(tx, cmd.store_id, &tags).await?;
                    let items: BTreeMap<String, Item> =
                        items.into_iter().map(|item| (item.tag.clone(), item)).collect();
                    let moment = now.work_moment(tx, cmd.store_id).await?;
                    let number = series::draw(tx, SeriesKind::VendorReturn, cmd.store_id.0, 1).await?;
                    let snapshot = ReturnSnapshot {
                        vendor: &vendor,
                        items: &items,
                        legal_entity: store.legal_entity_id,
                        number: &vendor_return_number(&store.code, number),
                    };
                    let origin = ctx.origin(cmd.store_id, None);
                    let done = cmd.decide(&snapshot, &origin, &moment, &mut Ids::new(cmd.command_id))?;
                    let (event, id) = (done.record.event.id, done.sent.id);
                    record::insert(tx, &done.record, head.body_hash(), &id).await?;
                    back::insert(tx, &done.sent, event).await?;
                    Ok(id)
                })
            })
            .await
    }

    /// The vendor has credited a return, or sent it home.
    ///
    /// # Errors
    /// Each field that does not read; a return that was closed.
    pub async fn close_return(&self, ctx: &Ctx, cmd: CloseReturn) -> Result<(), ServiceError> {
        let found =
            back::get(self.db.read(), cmd.return_id).await?.ok_or(ServiceError::NotFound("return"))?;
        let store = found.store_id;
        ctx.require(Permission::Purchase, store)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let legal_entity = self.config()?.store(store)?.store.legal_entity_id;
        let (ctx, now, cmd) = (ctx.clone(), self.now_in(store)?, Arc::new(cmd));
        let vendor = found.vendor_id;
        self.db
            .write(move |tx| {
                let (ctx, head, cmd) = (ctx.clone(), head.clone(), Arc::clone(&cmd));
                Box::pin(async move {
                    if let Some(()) = head.replay(tx, &ctx).await? {
                        return Ok(());
                    }
                    held(tx, vendor).await?;
                    let sent = back::get(tx, cmd.return_id).await?.ok_or(ServiceError::NotFound("return"))?;
                    let ids: BTreeSet<ItemId> = sent.lines.iter().map(|line| line.item).collect();
                    sale::lock_items(tx, &ids).await?;
                    let ids: Vec<ItemId> = ids.into_iter().collect();
                    let items = item::get_many(tx, &ids).await?;
                    let items: BTreeMap<ItemId, Item> =
                        items.into_iter().map(|item| (item.id, item)).collect();
                    let snapshot = CloseSnapshot { sent: &sent, items: &items, legal_entity };
                    let moment = now.work_moment(tx, store).await?;
                    let origin = ctx.origin(store, None);
                    let done = cmd.decide(&snapshot, &origin, &moment, &mut Ids::new(cmd.command_id))?;
                    let event = done.record.event.id;
                    record::insert(tx, &done.record, head.body_hash(), &()).await?;
                    let credit = done.credit.as_ref().map(|credit| (credit, event));
                    Ok(back::close(tx, cmd.return_id, done.state, credit).await?)
                })
            })
            .await
    }

    /// One return with its pieces.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`], or [`ServiceError::Forbidden`] in another store.
    pub async fn vendor_return(&self, ctx: &Ctx, id: VendorReturnId) -> Result<ReturnSheet, ServiceError> {
        let db = self.db.read();
        let sent = back::get(db, id).await?.ok_or(ServiceError::NotFound("return"))?;
        ctx.require(Permission::ViewVendors, sent.store_id)?;
        let vendor = vendor::get(db, sent.vendor_id).await?.ok_or(ServiceError::NotFound("vendor"))?.tag();
        let ids: Vec<ItemId> = sent.lines.iter().map(|line| line.item).collect();
        let items: BTreeMap<ItemId, Item> =
            item::get_many(db, &ids).await?.into_iter().map(|item| (item.id, item)).collect();
        let piece = |line: &domain::vendor::ReturnedLine| ReturnedPiece {
            line: line.clone(),
            tag: items.get(&line.item).map(|item| item.tag.clone()).unwrap_or_default(),
            description: items.get(&line.item).map(|item| describe(&item.details)).unwrap_or_default(),
        };
        let pieces = sent.lines.iter().map(piece).collect();
        Ok(ReturnSheet { credit: back::credit_for(db, id).await?, sent, vendor, pieces })
    }
}
