//! Changing many pieces at once.

use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::Services;
use db::repo::{item, record, sale};
use domain::event::{Event, EventKind, Record, SubjectKind};
use domain::ids::{EventId, ItemId, StoreId};
use domain::item::{BulkLine, BulkPreview, ChangeItems, Item, ItemFilter, MOST_AT_ONCE, TypedBulk};
use domain::person::Permission;
use serde_json::json;
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
        let lines = on_hand.iter().map(|item| change.line(item)).collect::<Result<Vec<_>, _>>();
        let lines = lines.map_err(ServiceError::refused)?;
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
        let (ctx, now, cmd) = (ctx.clone(), self.now_in(cmd.store_id)?, Arc::new(cmd));
        self.db
            .write(move |tx| {
                let (ctx, head) = (ctx.clone(), head.clone());
                let (cmd, change) = (Arc::clone(&cmd), Arc::clone(&change));
                Box::pin(async move {
                    if let Some(done) = head.replay(tx, &ctx).await? {
                        return Ok(done);
                    }
                    let ids: Vec<ItemId> = cmd.pieces.iter().map(|(id, _)| *id).take(MOST_AT_ONCE).collect();
                    sale::lock_items(tx, &ids.iter().copied().collect()).await?;
                    let there = item::get_many(tx, &ids).await?;
                    let changed = cmd.decide(&change, &there).map_err(ServiceError::refused)?;
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
