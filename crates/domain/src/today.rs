//! A store's day as its owner looks at it, while it goes on.

use crate::ids::StoreId;
use crate::money::Money;
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

/// What one store has done on its business date so far. Sums are of the receipts that stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreToday {
    pub store: StoreId,
    pub name: String,
    /// The day that is open, else the calendar's.
    pub date: NaiveDate,
    pub day_open: bool,
    pub open_tills: u64,
    pub sales: i64,
    pub voids: i64,
    /// Pieces that came back.
    pub returns: i64,
    pub discount: Money,
    pub net: Money,
    pub tax: Money,
    /// What customers got for what came back.
    pub returned: Money,
    pub total: Money,
    /// By means of payment, with what was paid out taken off.
    pub payments: Vec<(String, Money)>,
    /// What came in on account by each means, less what of credits was paid back.
    pub on_account: Vec<(String, Money)>,
    /// Exceptions that somebody approved.
    pub approvals: i64,
    /// Approvals that wait for an answer which this person may give.
    pub waiting: i64,
}

/// The stores of whoever looks, side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Today {
    pub stores: Vec<StoreToday>,
    /// In the time of the first store.
    pub as_of: DateTime<FixedOffset>,
}
