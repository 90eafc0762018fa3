//! Pieces as they are listed.

use super::{ItemKind, ItemStatus, ShownItem};
use crate::ids::{CommandId, EventId, ItemId, StoreId};
use crate::money::Money;
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Aside {
    Quarantine,
    BackInCase,
}
