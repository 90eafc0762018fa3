//! Pieces as they are listed.

use super::{Item, ItemKind, ItemStatus};
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
pub struct ItemPage {
    pub items: Vec<Item>,
    pub count: u64,
    pub price_total: Money,
    pub cost_total: Money,
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
