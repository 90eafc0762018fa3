//! Pieces as they are listed.

use super::{ItemKind, ItemStatus, LotReason, Quantity, ShownItem, StockSource, TypedQuantity};
use crate::ids::{CommandId, EventId, GoodsReceiptId, ItemId, StoreId, VariationId, VendorId};
use crate::money::Money;
use crate::photo::Photo;
use serde::{Deserialize, Serialize};

/// Which pieces to list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ItemFilter {
    pub stores: Vec<StoreId>,
    /// Words that a piece must have, by their beginning.
    pub words: String,
    pub kind: Option<ItemKind>,
    pub status: Option<ItemStatus>,
    /// Only those of this variation.
    pub variation: Option<VariationId>,
    /// Only those bought from this vendor; for those who may see vendors.
    pub vendor: Option<VendorId>,
    /// Only those that came with this delivery.
    pub receipt: Option<GoodsReceiptId>,
    pub offset: u64,
    pub limit: u64,
}

/// A page of pieces and what the whole list adds up to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemPage<Piece = ShownItem> {
    pub items: Vec<Piece>,
    pub count: u64,
    /// More than `count` were found; a search counts only so far.
    pub more: bool,
    /// What they add up to, where all of them were counted.
    pub totals: Option<ItemTotals>,
}

/// What the pieces of a list add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemTotals {
    pub price: Money,
    /// Not for those who may not see what a piece cost.
    pub cost: Option<Money>,
}

/// One step in the life of a piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoveLine {
    pub event: EventId,
    pub from: ItemStatus,
    pub to: ItemStatus,
}

/// Sets a piece aside (damaged, to be checked), or puts it back in the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    pub command_id: CommandId,
    pub item_id: ItemId,
    pub aside: Aside,
    pub reason: String,
}

/// More of goods that are alike arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiveLot {
    pub command_id: CommandId,
    pub item_id: ItemId,
    pub source: StockSource,
    pub quantity: TypedQuantity,
    /// What all of it cost.
    pub cost: String,
}

/// Goods that are alike were counted or weighed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountLot {
    pub command_id: CommandId,
    pub item_id: ItemId,
    /// The version that was on the screen: what was sold since then would be counted twice.
    pub version: i64,
    pub there: TypedQuantity,
    pub reason: String,
}

/// A step of goods that are alike, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LotLine {
    pub event: EventId,
    pub reason: LotReason,
    pub before: Quantity,
    pub after: Quantity,
    /// Not for those who may not see what goods cost.
    pub cost: Option<Money>,
}

/// A piece with what happened to it, newest last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemSheet {
    pub item: ShownItem,
    pub moves: Vec<MoveLine>,
    pub steps: Vec<LotLine>,
    /// Its own photos; where there are none, those of its variation show it.
    pub photos: Vec<Photo>,
    pub of_variation: Vec<Photo>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Aside {
    Quarantine,
    BackInCase,
}
