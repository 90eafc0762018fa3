//! The books as they are read.

use super::AccountCode;
use crate::ids::{EntryId, EventId, ItemId, StoreId};
use crate::money::Money;
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What stands on one account: debits and credits summed apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountSum {
    pub account: AccountCode,
    pub debit: Money,
    pub credit: Money,
}

/// Which lines to read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LineFilter {
    /// All stores where empty.
    pub stores: Vec<StoreId>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub account: Option<AccountCode>,
}

/// One line with the entry around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedLine {
    pub entry: EntryId,
    pub event: EventId,
    pub account: AccountCode,
    pub amount: Money,
    pub business_date: NaiveDate,
    /// In the store's own time.
    pub recorded_at: DateTime<FixedOffset>,
    pub narrative: String,
    pub store: StoreId,
    /// What the event was about, in words.
    pub summary: String,
    pub item: Option<ItemId>,
    pub document: Option<Uuid>,
}

/// Something that does not hold, and the event behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub check: String,
    pub event: Option<EventId>,
    pub detail: String,
}

/// The result of checking the whole database.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct VerifyReport {
    /// What was checked and how many of it.
    pub checked: Vec<(String, u64)>,
    pub findings: Vec<Finding>,
}
