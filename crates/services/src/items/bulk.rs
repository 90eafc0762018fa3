//! Changing many pieces at once.

use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::Services;
use db::repo::{item, record, sale};
use domain::event::{Event, EventKind, Record, SubjectKind};
use domain::ids::{EventId, ItemId, StoreId};
use domain::item::{
    BulkChange, BulkLine, BulkPreview, ChangeItems, Item, ItemFilter, MOST_AT_ONCE, TypedBulk, describe,
};
use domain::person::Permission;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

impl Services {
    /// What a change would do to the pieces of a list in one store.
    ///
    /// # Errors
    /// Each field that does not read; [`ServiceError::Forbidden`] for people who may not edit pieces there.
    pub async fn preview_bulk(
        &self,
        ctx: &Ctx,
        store: StoreId,
        filter: ItemFilter,
        typed: TypedBulk,
    ) -> Result<BulkPreview, ServiceError> {
        ctx.require(Permission::EditItems, store)?;
        let change = typed.check()?;
        let limit = MOST_AT_ONCE as u64;
        let filter = ItemFilter { stores: vec![store], offset: 0, limit, ..filter };
        let page = item::list(self.db.read(), &filter, self.clock.now()).await?;
        let more = page.more || page.count > limit;
        let on_hand: Vec<Item> = page.items.into_iter().filter(|item| item.status.is_on_hand()).collect();
        let lines = on_hand.iter().map(|item| line(&change, item)).collect::<Result<Vec<_>, _>>()?;
        let lines: Vec<BulkLine> = lines.into_iter().flatten().collect();
        Ok(BulkPreview { same: on_hand.len() - lines.len(), lines, more })
    }

    /// Changes pieces as they were shown, all of them or none.
    ///
    /// # Errors
    /// Each field that does not read; a refusal naming a piece that was changed meanwhile.
    pub async fn change_items(&self, ctx: &Ctx, cmd: ChangeItems) -> Result<usize, ServiceError> {
        ctx.require(Permission::EditItems, cmd.store_id)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let change = Arc::new(cmd.typed.check()?);
        if cmd.pieces.is_empty() || cmd.pieces.len() > MOST_AT_ONCE {
            return Err(ServiceError::refused(format!("Choose between 1 and {MOST_AT_ONCE} pieces.")));
        }
        let (ctx, now, cmd) = (ctx.clone(), self.now_in(cmd.store_id)?, Arc::new(cmd));
        self.db
            .write(move |tx| {
                let (ctx, head) = (ctx.clone(), head.clone());
                let (cmd, change) = (Arc::clone(&cmd), Arc::clone(&change));
                Box::pin(async move {
                    if let Some(done) = head.replay(tx, &ctx).await? {
                        return Ok(done);
                    }
                    let ids: Vec<ItemId> = cmd.pieces.iter().map(|(id, _)| *id).collect();
                    sale::lock_items(tx, &ids.iter().copied().collect()).await?;
                    let there = item::get_many(tx, &ids).await?;
                    let changed = decide(&cmd, &change, there)?;
                    let moment = now.work_moment(tx, cmd.store_id).await?;
                    let tags: Vec<_> = changed
                        .iter()
                        .map(|(was, is)| json!([was.tag, change.shown(was), change.shown(is)]))
                        .collect();
                    let event = Event {
                        after: Some(json!({ "change": cmd.typed, "pieces": tags })),
                        ..Event::about(
                            EventId(cmd.command_id.0),
                            EventKind::ItemsChanged,
                            (SubjectKind::Store, cmd.store_id.0),
                            format!("{} pieces changed", changed.len()),
                            moment,
                            ctx.origin(cmd.store_id, None),
                        )
                    };
                    let done = changed.len();
                    let after: Vec<Item> = changed.into_iter().map(|(_, after)| after).collect();
                    item::update_many(tx, &after).await?;
                    record::insert(tx, &Record::of(event), head.body_hash(), &done).await?;
                    Ok(done)
                })
            })
            .await
    }
}

/// A piece before and after; nothing where it is so already.
fn line(change: &BulkChange, item: &Item) -> Result<Option<BulkLine>, ServiceError> {
    let after = change.apply(item).map_err(ServiceError::refused)?;
    let (before, after) = (change.shown(item), change.shown(&after));
    Ok((before != after).then(|| BulkLine {
        id: item.id,
        version: item.version,
        tag: item.tag.clone(),
        description: describe(&item.details),
        before,
        after,
    }))
}

/// Every piece before and after, each in this store and as it was on the screen.
fn decide(
    cmd: &ChangeItems,
    change: &BulkChange,
    there: Vec<Item>,
) -> Result<Vec<(Item, Item)>, ServiceError> {
    let there: BTreeMap<ItemId, Item> = there.into_iter().map(|item| (item.id, item)).collect();
    let one = |(id, version): &(ItemId, i64)| {
        let item = there.get(id).filter(|item| item.store_id == cmd.store_id);
        let item = item.ok_or(ServiceError::NotFound("piece"))?;
        if item.version != *version || !item.status.is_on_hand() {
            let tag = &item.tag;
            return Err(ServiceError::refused(format!("{tag} was changed or sold meanwhile: look again.")));
        }
        Ok((item.clone(), change.apply(item).map_err(ServiceError::refused)?))
    };
    cmd.pieces.iter().map(one).collect()
}
