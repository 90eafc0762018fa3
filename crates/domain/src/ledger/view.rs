//! The books as they are read.

use super::{Account, AccountCode, Dimensions, Entry, ManualEntry};
use crate::attachment::Attachment;
use crate::event::AuditLine;
use crate::ids::{EntryId, EventId, ItemId, JurisdictionId, PersonId, StoreId, TillId};
use crate::money::{Money, MoneyError};
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
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
    /// What the lines are about, as far as it is given.
    pub about: Dimensions,
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

/// One line of an account with what the account came to after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunningLine {
    pub line: PostedLine,
    pub balance: Money,
}

/// The balance after each line, from an opening balance on.
///
/// # Errors
/// [`MoneyError`] when a sum does not fit.
pub fn running(opening: Money, lines: Vec<PostedLine>) -> Result<Vec<RunningLine>, MoneyError> {
    let mut balance = opening;
    lines
        .into_iter()
        .map(|line| {
            balance = balance.plus(line.amount)?;
            Ok(RunningLine { line, balance })
        })
        .collect()
}

/// One account between two dates, oldest line first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountView {
    pub account: Account,
    /// Before the first day.
    pub opening: Money,
    pub debit: Money,
    pub credit: Money,
    /// After the last day.
    pub closing: Money,
    pub lines: Vec<RunningLine>,
    pub count: u64,
    pub tills: Vec<(TillId, String)>,
    pub people: Vec<(PersonId, String)>,
    pub jurisdictions: Vec<(JurisdictionId, String)>,
    /// The customer, piece and sale it is narrowed to, in words.
    pub about: Vec<String>,
}

/// An event with everything it posted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventView {
    pub event: AuditLine,
    pub entries: Vec<Entry>,
    /// Names of the accounts.
    pub accounts: BTreeMap<AccountCode, String>,
    /// Those of the entries that somebody posted by hand.
    pub by_hand: Vec<ManualEntry>,
    /// The papers of its entries, of those that they reverse, and of what comes every month.
    pub files: Vec<Attachment>,
    /// What posted the entry that this event is about, where it was another.
    pub entry_event: Option<EventId>,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_balance_runs_from_line_to_line() {
        let line = |minor: i64| PostedLine {
            entry: EntryId(Uuid::nil()),
            event: EventId(Uuid::nil()),
            account: super::super::code::TILL_CASH,
            amount: Money::from_minor(minor),
            business_date: NaiveDate::default(),
            recorded_at: DateTime::default(),
            narrative: String::new(),
            store: StoreId(Uuid::nil()),
            summary: String::new(),
            item: None,
            document: None,
        };
        let after: Vec<_> = running(Money::from_minor(20_000), vec![line(10_700), line(-5_000)])
            .unwrap()
            .iter()
            .map(|line| line.balance.to_string())
            .collect();
        assert_eq!(after, ["307.00", "257.00"]);
    }
}
