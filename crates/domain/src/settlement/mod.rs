//! What cards paid waits at the processor until it arrives at the bank, less the processor's fee (J54). Until
//! processors report that by themselves, a bookkeeper says which payments a deposit was for.

mod settle;
mod undo;
mod view;

pub use settle::{SettleCards, TypedSettlement};
pub use undo::UndoCardBatch;
pub use view::{BatchLine, BatchSheet, CardsAsked, CardsPage, WaitingSlip};

use crate::event::Record;
use crate::field::FieldError;
use crate::ids::{CardBatchId, EventId, StoreId};
use crate::ledger::EntryError;
use crate::money::{Money, MoneyError};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// No more is settled at once; a processor's batch is a day of one store.
pub const MOST_SLIPS: usize = 500;

/// What one event charged to a card, or paid back to it: which tender of which event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SlipKey {
    pub event: EventId,
    pub position: i64,
}

/// A card payment and how much of it waits: all of it, or nothing once it is settled. Paid back is below zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CardSlip {
    pub key: SlipKey,
    pub store_id: StoreId,
    pub waiting: Money,
}

/// What arrived at the bank for some card payments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardBatch {
    pub id: CardBatchId,
    pub store_id: StoreId,
    /// The day the bank shows it.
    pub arrived_on: NaiveDate,
    /// The store day that it is posted on.
    pub settled_on: NaiveDate,
    /// What customers paid.
    pub gross: Money,
    /// What the processor kept.
    pub fee: Money,
    /// The processor's own number for it.
    pub reference: Option<String>,
}

impl CardBatch {
    /// What arrived.
    ///
    /// # Errors
    /// [`MoneyError`] when it does not fit.
    pub fn net(&self) -> Result<Money, MoneyError> {
        self.gross.minus(self.fee)
    }
}

/// What is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettlementChange {
    Settled {
        batch: CardBatch,
        slips: Vec<(SlipKey, Money)>,
    },
    /// Its payments wait again.
    Undone {
        batch: CardBatchId,
        on: NaiveDate,
        reason: String,
        slips: Vec<(SlipKey, Money)>,
    },
}

/// A decision about settling, with its entry.
#[derive(Debug, Clone)]
pub struct SettlementOutcome {
    pub record: Record,
    pub change: SettlementChange,
}

/// Why nothing is settled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettlementRefusal {
    #[error("look at the marked fields")]
    Fields(Vec<FieldError>),
    #[error("some of these payments are settled already, or not of this store: look at them again")]
    NotWaiting,
    #[error("this batch was undone already")]
    Undone,
    #[error(transparent)]
    Entry(#[from] EntryError),
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl From<Vec<FieldError>> for SettlementRefusal {
    fn from(fields: Vec<FieldError>) -> Self {
        Self::Fields(fields)
    }
}
