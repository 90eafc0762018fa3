//! Adding a piece or goods that are alike, and changing what is known of them.

use super::draw_tags;
use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::{ConfigExt, Services};
use db::WriteTx;
use db::repo::{item, record, style, vendor};
use domain::event::{Event, EventKind, Record, SubjectKind};
use domain::field::FieldError;
use domain::ids::{EntryId, EventId, Ids, ItemId, LegalEntityId};
use domain::item::{
    CheckedItem, Holder, Item, ItemMove, ItemStatus, Lot, LotNow, LotReason, SaveItem, StockSource,
    account_for, describe,
};
use domain::ledger::{AccountCode, Dimensions, Draft, EntryHeader, code};
use domain::moment::Moment;
use domain::money::Money;
use domain::person::Permission;
use domain::style::VariationTag;
use domain::vendor::VendorTag;
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
        if checked.cost.is_some()
            || checked.replacement.is_some()
            || checked.vendor.is_some()
            || checked.vendor_style.is_some()
        {
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
}

/// Who saves, when, and in whose books.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At<'a> {
    pub ctx: &'a Ctx,
    pub head: &'a Head,
    pub moment: Moment,
    pub legal_entity: LegalEntityId,
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
    let (variation, cost) = variation_and_cost(tx, checked).await?;
    let piece = Item {
        id: ids.draw(),
        store_id: cmd.store_id,
        tag,
        details: checked.details.clone(),
        taxability: checked.taxability,
        price: checked.price,
        cost,
        replacement: checked.replacement.flatten(),
        lot: checked.lot,
        variation,
        vendor: vendor_named(tx, checked).await?.flatten(),
        vendor_style: checked.vendor_style.clone().flatten(),
        account: account_for(checked.details.kind, checked.lot.map(|lot| lot.unit)),
        status: ItemStatus::InStock,
        holder: Holder::default(),
        version: 1,
        photo: None,
    };
    let step = ItemMove::new(piece.id, 0, ItemStatus::New, ItemStatus::InStock, Holder::default(), event_id)
        .map_err(ServiceError::internal)?;
    let other_side = other_side(cmd.source);
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
    let record = with_cost_entry(at, event, ids.draw(), piece.cost, (piece.account, other_side), piece.id)?;
    let lots = match piece.lot {
        Some(lot) => {
            let nothing = LotNow { item: piece.id, version: 0, lot: Lot::empty(lot.unit), cost: Money::ZERO };
            let first = nothing.add(LotReason::Received, lot.on_hand, piece.cost, event_id);
            vec![first.map_err(ServiceError::refused)?]
        }
        None => Vec::new(),
    };
    item::insert_many(tx, std::slice::from_ref(&piece), at.moment.recorded_at).await?;
    record::insert(tx, &Record { moves: vec![step], lots, ..record }, at.head.body_hash(), &piece.id).await?;
    Ok(piece.id)
}

/// The vendor whose code was typed.
async fn vendor_named(
    tx: &WriteTx,
    checked: &CheckedItem,
) -> Result<Option<Option<VendorTag>>, ServiceError> {
    let Some(typed) = &checked.vendor else { return Ok(None) };
    let Some(code) = typed else { return Ok(Some(None)) };
    match vendor::by_code(tx, code).await? {
        Some(vendor) => Ok(Some(Some(vendor.tag()))),
        None => Err(ServiceError::Fields(vec![FieldError::new(
            "vendor",
            format!("no vendor has the code {code}"),
        )])),
    }
}

/// The other side of the cost of goods that come in (J64, J74).
pub(crate) const fn other_side(source: StockSource) -> AccountCode {
    match source {
        StockSource::Vendor => code::GOODS_NOT_BILLED,
        StockSource::Opening => code::OPENING_BALANCE_EQUITY,
    }
}

/// What the piece is one of, and what it cost: as typed, else as its variation costs.
async fn variation_and_cost(
    tx: &WriteTx,
    checked: &CheckedItem,
) -> Result<(Option<VariationTag>, Money), ServiceError> {
    let Some(id) = checked.variation else { return Ok((None, checked.cost.unwrap_or_default())) };
    let (tag, variation) = style::variation(tx, id).await?.ok_or(ServiceError::NotFound("variation"))?;
    // Of a lot the cost is that of all of it: one of its variation's says nothing.
    let known = variation.cost.filter(|_| checked.lot.is_none());
    let cost = checked.cost.or(known).ok_or_else(|| {
        let message = format!("nobody has said yet what {} costs: ask somebody who may know", tag.sku);
        ServiceError::Fields(vec![FieldError::new("cost", message)])
    })?;
    Ok((Some(tag), cost))
}

async fn change(
    tx: &WriteTx,
    at: &At<'_>,
    cmd: &SaveItem,
    checked: &CheckedItem,
    id: ItemId,
) -> Result<ItemId, ServiceError> {
    let before = item::get_locked(tx, id)
        .await?
        .filter(|piece| piece.store_id == cmd.store_id)
        .ok_or(ServiceError::NotFound("piece"))?;
    // What a lot cost changes by its steps alone.
    let cost = checked.cost.filter(|_| before.lot.is_none()).unwrap_or(before.cost);
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
        replacement: checked.replacement.unwrap_or(before.replacement),
        vendor: vendor_named(tx, checked).await?.unwrap_or_else(|| before.vendor.clone()),
        vendor_style: checked.vendor_style.clone().unwrap_or_else(|| before.vendor_style.clone()),
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
    let sides = (before.account, code::INVENTORY_ADJUSTMENTS);
    let record = with_cost_entry(at, event, entry_id, difference, sides, id)?;
    item::update(tx, &after, cmd.version, at.moment.recorded_at).await?;
    record::insert(tx, &record, at.head.body_hash(), &id).await?;
    Ok(id)
}

/// Inventory up by an amount, the other side down; no entry where nothing changed.
pub(crate) fn with_cost_entry(
    at: &At<'_>,
    event: Event,
    entry_id: EntryId,
    amount: Money,
    (inventory, other_side): (AccountCode, AccountCode),
    item: ItemId,
) -> Result<Record, ServiceError> {
    let mut draft = Draft::new(event.origin.store);
    let about = Dimensions { item: Some(item), ..Dimensions::default() };
    draft.debit(inventory, amount, about);
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
