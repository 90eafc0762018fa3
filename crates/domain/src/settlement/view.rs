//! Card payments and batches, as they are shown.

use super::{CardBatch, SlipKey};
use crate::ids::{EventId, StoreId};
use crate::money::Money;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A card payment that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingSlip {
    pub key: SlipKey,
    pub on: NaiveDate,
    /// The number of the receipt, the payment or the credit.
    pub number: String,
    /// Which card, as the till says it.
    pub label: String,
    /// The slip's number on the terminal.
    pub reference: Option<String>,
    pub amount: Money,
}

/// One batch in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchLine {
    pub batch: CardBatch,
    pub event: EventId,
    /// How many payments it settled.
    pub count: i64,
    /// Why it was undone.
    pub undone: Option<String>,
}

/// Which part of the batches is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CardsAsked {
    /// `None` is the store somebody works in.
    pub store: Option<StoreId>,
    /// Payments of this day and before are listed; `None` is all.
    pub until: Option<NaiveDate>,
    pub offset: u64,
    pub limit: u64,
}

/// What waits in a store, oldest first, and what was settled, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardsPage {
    pub store_id: StoreId,
    pub waiting: Vec<WaitingSlip>,
    /// How many wait in all, and what they come to; the list holds no more than are settled at once.
    pub waiting_count: u64,
    pub waiting_sum: Money,
    /// What the ledger says waits.
    pub clearing: Money,
    pub batches: Vec<BatchLine>,
    pub batch_count: u64,
    /// The stores there are to choose from.
    pub stores: Vec<(StoreId, String)>,
}

/// One batch with its payments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchSheet {
    pub line: BatchLine,
    pub slips: Vec<WaitingSlip>,
}
