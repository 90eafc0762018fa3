//! The daily tie-out: every sub-ledger of a store beside its control account, and every drawer beside its count.

use super::AccountCode;
use crate::event::EventKind;
use crate::ids::{EventId, StoreId, TillSessionId};
use crate::money::{Money, MoneyError};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Which day of which store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TieOutAsked {
    /// `None` is the store somebody works in.
    pub store: Option<StoreId>,
    /// `None` is the open day, or today.
    pub day: Option<NaiveDate>,
}

/// An event that moved a sub-ledger by something else than its control account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TieDifference {
    pub event: EventId,
    pub kind: EventKind,
    pub on: NaiveDate,
    pub summary: String,
    /// What it posted less what it moved.
    pub amount: Money,
}

/// One control account beside what it controls, at the end of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tie {
    pub account: AccountCode,
    pub name: String,
    /// What the sub-ledger is made of.
    pub of: String,
    /// Debits above zero.
    pub ledger: Money,
    pub sub_ledger: Money,
    /// Where they part: the events of the day, and those of days before that still tell.
    pub differences: Vec<TieDifference>,
}

impl Tie {
    /// # Errors
    /// [`MoneyError`] when it does not fit.
    pub fn off(&self) -> Result<Money, MoneyError> {
        self.ledger.minus(self.sub_ledger)
    }

    /// Whether both sides say the same, and moved together on the day.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.ledger == self.sub_ledger && self.differences.is_empty()
    }
}

/// A drawer of the day: what was counted, beside what the closing posted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawerTie {
    pub session: TillSessionId,
    pub till: String,
    /// What the ledger says should lie in it.
    pub expected: Money,
    /// `None` while it is open.
    pub count: Option<DrawerCount>,
}

/// A count on a Z, and what the event that closed the till posted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawerCount {
    pub z: i64,
    pub counted: Money,
    /// Above zero when there was more than there should have been.
    pub over_short: Money,
    pub reason: Option<String>,
    /// What went to the safe, and to over and short, by the ledger.
    pub posted: Money,
    pub posted_over_short: Money,
    pub event: Option<EventId>,
}

impl DrawerTie {
    /// Whether the count is what was posted; an open drawer has nothing to hold against.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.count
            .as_ref()
            .is_none_or(|count| count.counted == count.posted && count.over_short == count.posted_over_short)
    }
}

/// The tie-out of a store and a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TieOut {
    pub store_id: StoreId,
    pub store: String,
    pub day: NaiveDate,
    /// The last day there is.
    pub today: NaiveDate,
    /// Whether the day is closed and sealed.
    pub closed: bool,
    pub ties: Vec<Tie>,
    pub drawers: Vec<DrawerTie>,
    /// Cash and checks that nobody took to the bank.
    pub safe: Money,
    /// The stores there are to choose from.
    pub stores: Vec<(StoreId, String)>,
}

impl TieOut {
    /// Green, or red.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.ties.iter().all(Tie::holds) && self.drawers.iter().all(DrawerTie::holds)
    }

    /// How many drawers nobody has counted yet.
    #[must_use]
    pub fn uncounted(&self) -> usize {
        self.drawers.iter().filter(|drawer| drawer.count.is_none()).count()
    }
}
