//! Pieces: adding, changing, setting aside, looking at them.

use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::register::without_secret_cost;
use crate::services_core::{ConfigExt, Services};
use db::WriteTx;
use db::repo::{item, record, series};
use domain::event::{Event, EventKind, Record, SubjectKind};
use domain::field::FieldError;
use domain::ids::{EventId, Ids, ItemId, LegalEntityId, OrganizationId};
use domain::item::{
    Aside, CheckedItem, Holder, Item, ItemFilter, ItemMove, ItemPage, ItemStatus, ItemTotals, MoveLine,
    SaveItem, SetAside, ShownItem, StockSource, describe,
};
use domain::ledger::{AccountCode, Dimensions, Draft, EntryHeader, code};
use domain::moment::Moment;
use domain::money::Money;
use domain::person::Permission;
use domain::series::{SeriesKind, tag_number};
use domain::text;
use std::sync::Arc;

impl Services {
    /// Adds a piece (J64, J74) or changes what is known of it.
    ///
    /// # Errors
    /// Each field that does not read; a conflict when somebody else saved first.
    pub async fn save_item(&self, ctx: &Ctx, cmd: SaveItem) -> Result<ItemId, ServiceError> {
        ctx.require(Permission::EditItems, cmd.store_id)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let checked = cmd.typed.check()?;
        if checked.cost.is_some() {
            ctx.require(Permission::ViewCost, cmd.store_id)?;
        }
        let config = self.config()?;
        let legal_entity = config.store(cmd.store_id)?.store.legal_entity_id;
        let now = self.now_in(cmd.store_id)?;
        let (ctx, cmd, checked) = (ctx.clone(), Arc::new(cmd), Arc::new(checked));
        let organization = config.organization.id;
        self.db
            .write(move |tx| {
                let (ctx, head, cmd, checked) =
                    (ctx.clone(), head.clone(), Arc::clone(&cmd), Arc::clone(&checked));
                Box::pin(async move {
                    if let Some(done) = head.replay(tx, &ctx).await? {
                        return Ok(done);
                    }
                    let moment = now.work_moment(tx, cmd.store_id).await?;
                    let at = At { ctx: &ctx, head: &head, moment, legal_entity };
                    match cmd.item_id {
                        Some(id) => change(tx, &at, &cmd, &checked, id).await,
                        None => {
                            let tag = match &checked.tag {
                                Some(tag) => tag.clone(),
                                None => draw_tags(tx, organization, 1).await?.pop().unwrap_or_default(),
                            };
                            add(tx, &at, &cmd, &checked, tag).await
                        }
                    }
                })
            })
            .await
            .map_err(tag_taken)
    }

    /// Sets a piece aside or puts it back.
    ///
    /// # Errors
    /// A refusal when the piece is held, sold or gone.
    pub async fn set_aside(&self, ctx: &Ctx, cmd: SetAside) -> Result<(), ServiceError> {
        let found = item::get(self.db.read(), cmd.item_id).await?.ok_or(ServiceError::NotFound("piece"))?;
        ctx.require(Permission::EditItems, found.store_id)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let reason = text::required_line(&cmd.reason)
            .map_err(|e| ServiceError::Fields(vec![FieldError::new("reason", e)]))?;
        let now = self.now_in(found.store_id)?;
        let ctx = ctx.clone();
        self.db
            .write(move |tx| {
                let (ctx, head, cmd, reason) = (ctx.clone(), head.clone(), cmd.clone(), reason.clone());
                Box::pin(async move {
                    if let Some(()) = head.replay(tx, &ctx).await? {
                        return Ok(());
                    }
                    let moment = now.work_moment(tx, found.store_id).await?;
                    let piece = item::get(tx, cmd.item_id).await?.ok_or(ServiceError::NotFound("piece"))?;
                    let (from, to, kind): (&[ItemStatus], _, _) = match cmd.aside {
                        Aside::Quarantine => {
                            (&[ItemStatus::InStock], ItemStatus::Quarantine, EventKind::ItemSetAside)
                        }
                        Aside::BackInCase => (
                            &[ItemStatus::Quarantine, ItemStatus::AtBench],
                            ItemStatus::InStock,
                            EventKind::ItemReturnedToCase,
                        ),
                    };
                    if !from.contains(&piece.status) {
                        return Err(ServiceError::refused(format!(
                            "{} is “{}” now.",
                            piece.tag, piece.status
                        )));
                    }
                    let id = EventId(cmd.command_id.0);
                    let step =
                        ItemMove::new(piece.id, piece.version, piece.status, to, Holder::default(), id)
                            .map_err(ServiceError::refused)?;
                    let event = Event::about(
                        id,
                        kind,
                        (SubjectKind::Item, piece.id.0),
                        format!("{}: {reason}", piece.tag),
                        moment,
                        ctx.origin(piece.store_id, None),
                    );
                    let record = Record { moves: vec![step], ..Record::of(event) };
                    Ok(record::insert(tx, &record, head.body_hash(), &()).await?)
                })
            })
            .await
    }

    /// A page of pieces in the stores where the person may see them.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] where there is none.
    pub async fn items(&self, ctx: &Ctx, mut filter: ItemFilter) -> Result<ItemPage, ServiceError> {
        filter.stores = ctx.stores_with(Permission::ViewItems)?;
        let ItemPage { items, count, more, totals } = item::list(self.db.read(), &filter).await?;
        let all_costs = filter.stores.iter().all(|store| ctx.actor.may(Permission::ViewCost, *store));
        Ok(ItemPage {
            items: items.into_iter().map(|item| without_secret_cost(ctx, item)).collect(),
            count,
            more,
            totals: totals.map(|t| if all_costs { t } else { ItemTotals { cost: None, ..t } }),
        })
    }

    /// One piece with its steps.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`], or [`ServiceError::Forbidden`] in another store.
    pub async fn item(&self, ctx: &Ctx, id: ItemId) -> Result<(ShownItem, Vec<MoveLine>), ServiceError> {
        let found = item::get(self.db.read(), id).await?.ok_or(ServiceError::NotFound("piece"))?;
        ctx.require(Permission::ViewItems, found.store_id)?;
        let moves = item::list_moves(self.db.read(), id).await?;
        Ok((without_secret_cost(ctx, found), moves))
    }
}

/// Draws tag numbers for pieces that bring none. A number that somebody typed on a tag before its turn
/// came is that piece's number, and is passed over.
pub(crate) async fn draw_tags(
    tx: &WriteTx,
    organization: OrganizationId,
    count: usize,
) -> Result<Vec<String>, ServiceError> {
    let mut tags = Vec::with_capacity(count);
    while tags.len() < count {
        let missing = i64::try_from(count - tags.len()).map_err(ServiceError::internal)?;
        let first = series::draw(tx, SeriesKind::Tag, organization.0, missing).await?;
        let drawn: Vec<String> = (first..first + missing).map(tag_number).collect();
        let taken = item::taken_tags(tx, &drawn).await?;
        tags.extend(drawn.into_iter().filter(|tag| !taken.contains(tag)));
    }
    Ok(tags)
}

/// Who saves, when, and in whose books.
struct At<'a> {
    ctx: &'a Ctx,
    head: &'a Head,
    moment: Moment,
    legal_entity: LegalEntityId,
}

fn tag_taken(error: ServiceError) -> ServiceError {
    match error {
        ServiceError::Conflict(what) if what.contains("tag") => {
            ServiceError::Fields(vec![FieldError::new("tag", "another piece has this tag number")])
        }
        other => other,
    }
}

async fn add(
    tx: &WriteTx,
    at: &At<'_>,
    cmd: &SaveItem,
    checked: &CheckedItem,
    tag: String,
) -> Result<ItemId, ServiceError> {
    let mut ids = Ids::new(cmd.command_id);
    let event_id = EventId(cmd.command_id.0);
    let piece = Item {
        id: ids.draw(),
        store_id: cmd.store_id,
        tag,
        details: checked.details.clone(),
        taxability: checked.taxability,
        price: checked.price,
        cost: checked.cost.unwrap_or_default(),
        status: ItemStatus::InStock,
        holder: Holder::default(),
        version: 1,
        photo: None,
    };
    let step = ItemMove::new(piece.id, 0, ItemStatus::New, ItemStatus::InStock, Holder::default(), event_id)
        .map_err(ServiceError::internal)?;
    let other_side = match cmd.source {
        StockSource::Vendor => code::GOODS_NOT_BILLED,
        StockSource::Opening => code::OPENING_BALANCE_EQUITY,
    };
    let event = Event {
        after: serde_json::to_value(&piece).ok(),
        ..Event::about(
            event_id,
            EventKind::ItemReceived,
            (SubjectKind::Item, piece.id.0),
            format!("{} {}", piece.tag, describe(&piece.details)),
            at.moment,
            at.ctx.origin(cmd.store_id, None),
        )
    };
    let record = with_cost_entry(at, event, ids.draw(), piece.cost, other_side, piece.id)?;
    item::insert_many(tx, std::slice::from_ref(&piece), at.moment.recorded_at).await?;
    record::insert(tx, &Record { moves: vec![step], ..record }, at.head.body_hash(), &piece.id).await?;
    Ok(piece.id)
}

async fn change(
    tx: &WriteTx,
    at: &At<'_>,
    cmd: &SaveItem,
    checked: &CheckedItem,
    id: ItemId,
) -> Result<ItemId, ServiceError> {
    let before = item::get(tx, id)
        .await?
        .filter(|piece| piece.store_id == cmd.store_id)
        .ok_or(ServiceError::NotFound("piece"))?;
    let cost = checked.cost.unwrap_or(before.cost);
    if cost != before.cost && !before.status.is_on_hand() {
        return Err(ServiceError::Fields(vec![FieldError::new(
            "cost",
            "the cost of a piece that has left the store stays as it is",
        )]));
    }
    let after = Item {
        tag: checked.tag.clone().unwrap_or_else(|| before.tag.clone()),
        details: checked.details.clone(),
        taxability: checked.taxability,
        price: checked.price,
        cost,
        ..before.clone()
    };
    let event = Event {
        before: serde_json::to_value(&before).ok(),
        after: serde_json::to_value(&after).ok(),
        ..Event::about(
            EventId(cmd.command_id.0),
            EventKind::ItemEdited,
            (SubjectKind::Item, id.0),
            format!("{} changed", after.tag),
            at.moment,
            at.ctx.origin(before.store_id, None),
        )
    };
    let difference = cost.minus(before.cost).map_err(ServiceError::refused)?;
    let entry_id = Ids::new(cmd.command_id).draw();
    let record = with_cost_entry(at, event, entry_id, difference, code::INVENTORY_ADJUSTMENTS, id)?;
    item::update(tx, &after, cmd.version, at.moment.recorded_at).await?;
    record::insert(tx, &record, at.head.body_hash(), &id).await?;
    Ok(id)
}

/// Inventory up by an amount, the other side down; no entry where nothing changed.
fn with_cost_entry(
    at: &At<'_>,
    event: Event,
    entry_id: domain::ids::EntryId,
    amount: Money,
    other_side: AccountCode,
    item: ItemId,
) -> Result<Record, ServiceError> {
    let mut draft = Draft::new(event.origin.store);
    let about = Dimensions { item: Some(item), ..Dimensions::default() };
    draft.debit(code::INVENTORY_SHOWCASE, amount, about);
    draft.credit(other_side, amount, about).map_err(ServiceError::internal)?;
    if draft.is_empty() {
        return Ok(Record::of(event));
    }
    let header = EntryHeader {
        id: entry_id,
        event: event.id,
        legal_entity: at.legal_entity,
        store: event.origin.store,
        moment: at.moment,
        narrative: event.kind.label().to_owned(),
        reverses: None,
    };
    let entry = draft.balance(header).map_err(ServiceError::internal)?;
    Ok(Record { entries: vec![entry], ..Record::of(event) })
}
