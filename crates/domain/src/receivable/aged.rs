//! The aging as it is asked for, and as it is shown.

use super::{AgingBasis, AgingSums, Bucket, MovementKind};
use crate::codes;
use crate::csv::{cell, decimal};
use crate::customer::NamedCustomer;
use crate::ids::{CustomerId, PersonId, StoreId};
use crate::money::{Money, MoneyError};
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

codes! {
    /// What a line of the aging is about.
    #[derive(Default)]
    pub enum AgingBy("grouping of an aging") {
        #[default]
        Customer = "customer", "Customer";
        Store = "store", "Store";
        Associate = "associate", "Associate";
        /// Customers with the same tag. Who has two counts with each.
        Tag = "tag", "Tag";
    }
}

codes! {
    /// What customers are put in order by, the most first.
    #[derive(Default)]
    pub enum AgingSort("order of an aging") {
        #[default]
        Overdue = "overdue", "Overdue";
        Owed = "owed", "Owed";
        Oldest = "oldest", "Over 120";
        Unapplied = "unapplied", "Unapplied";
        Name = "name", "Name";
    }
}

/// What an aging is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AgingAsked {
    /// Without a day it is as everything stands now.
    pub as_of: Option<NaiveDate>,
    pub basis: AgingBasis,
    pub by: AgingBy,
    pub store: Option<StoreId>,
    pub associate: Option<PersonId>,
    /// Customers with this tag alone.
    pub tag: Option<String>,
    pub sort: AgingSort,
    pub offset: u64,
    pub limit: u64,
}

/// Whom a line of the aging is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgingKey {
    Customer(CustomerId),
    Store(StoreId),
    Associate(PersonId),
    /// What names no associate, credits among it.
    NoAssociate,
    Tag(String),
    NoTag,
}

/// What one customer owes, or what is owed to a store, or of what an associate sold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgingLine {
    pub key: AgingKey,
    pub name: String,
    /// The customer's.
    pub number: String,
    pub sums: AgingSums,
}

impl AgingLine {
    /// The first row of the file.
    #[must_use]
    pub fn csv_head() -> String {
        let buckets = Bucket::ALL.iter().map(|bucket| bucket.code());
        let cells: Vec<&str> =
            ["name", "number", "owed"].into_iter().chain(buckets).chain(["unapplied"]).collect();
        cells.join(",") + "\n"
    }

    /// A row of the file: what it owes less its credits is the sum of the row's columns, so those stand below zero.
    ///
    /// # Errors
    /// [`MoneyError`] when the sum does not fit.
    pub fn csv(&self) -> Result<String, MoneyError> {
        let mut cells = vec![cell(&self.name), cell(&self.number), decimal(self.sums.owed()?)];
        cells.extend(self.sums.buckets.map(decimal));
        cells.push(decimal(self.sums.unapplied.negated()?));
        Ok(cells.join(",") + "\n")
    }
}

/// A document that was recorded after a day and says of itself that it is from before its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatedBackLine {
    pub kind: MovementKind,
    /// The invoice, or the credit.
    pub document: Uuid,
    pub number: String,
    pub customer: NamedCustomer,
    pub dated: NaiveDate,
    pub posted_on: NaiveDate,
    pub amount: Money,
}

/// What was recorded after a day with an earlier date. The figures of the day do not contain it, and never will.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatedBack {
    pub count: u64,
    pub invoiced: Money,
    pub credited: Money,
    /// The first of them.
    pub documents: Vec<DatedBackLine>,
}

/// A page of the aging.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgingSheet {
    pub as_of: NaiveDate,
    pub lines: Vec<AgingLine>,
    pub count: u64,
    /// Of all lines, not of the page.
    pub totals: AgingSums,
    pub dated_back: DatedBack,
    /// What the list can be narrowed by.
    pub stores: Vec<(StoreId, String)>,
    pub associates: Vec<(PersonId, String)>,
    pub tags: Vec<String>,
}

/// What is owed to one store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreOwed {
    pub store: StoreId,
    pub name: String,
    pub sums: AgingSums,
}

/// The owner's look at what is owed, as it stands now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwedSheet {
    pub stores: Vec<StoreOwed>,
    pub totals: AgingSums,
    /// Customers who owe something, or have a credit.
    pub customers: u64,
    /// Those with the most overdue, the most first.
    pub worst: Vec<AgingLine>,
    pub alerts: OverdueAlerts,
    /// In the time of the store where one stands.
    pub at: DateTime<FixedOffset>,
}

/// What wants attention.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverdueAlerts {
    /// Customers with something overdue.
    pub accounts: u64,
    /// Customers who promised and did not pay in time, and still owe.
    pub broken_promises: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_the_file_adds_up() {
        let cents = |text: &str| text.parse::<Money>().unwrap();
        let buckets = ["100", "20", "3", "0", "0", "0.50"].map(cents);
        let line = AgingLine {
            key: AgingKey::NoAssociate,
            name: "Person, \"P\"".into(),
            number: "C-7".into(),
            sums: AgingSums { buckets, unapplied: cents("65") },
        };
        assert_eq!(
            AgingLine::csv_head(),
            "name,number,owed,current,1_30,31_60,61_90,91_120,over_120,unapplied\n"
        );
        let row = "\"Person, \"\"P\"\"\",\"C-7\",123.50,100.00,20.00,3.00,0.00,0.00,0.50,-65.00\n";
        assert_eq!(line.csv().unwrap(), row);
    }
}
