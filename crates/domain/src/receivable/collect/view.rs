//! Collecting, as it is shown.

use super::{Assigned, ContactKind, PromiseState, Ranked};
use crate::codes;
use crate::customer::NamedCustomer;
use crate::ids::{DisputeId, EventId, InvoiceId, PersonId, PromiseId, StoreId};
use crate::money::Money;
use crate::rate::Rate;
use crate::receivable::promises_kept;
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

/// The rate of promises kept looks back so many days: a quarter.
pub const KEPT_DAYS: u64 = 90;

codes! {
    /// Which accounts are listed.
    #[derive(Default)]
    pub enum Whose("choice of accounts") {
        #[default]
        All = "all", "Everybody's";
        Mine = "mine", "Mine";
        Nobody = "nobody", "Nobody's";
    }
}

/// What the list of the day is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DeskAsked {
    /// Of the customer's name, phone or e-mail.
    pub words: String,
    pub whose: Whose,
    /// `None` is every store where the person sees what is owed.
    pub store: Option<StoreId>,
    pub offset: u64,
    pub limit: u64,
}

/// Promises whose day is over, and how many of them were kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PromisesKept {
    pub kept: i64,
    pub due: i64,
}

impl PromisesKept {
    #[must_use]
    pub fn rate(self) -> Option<Rate> {
        promises_kept(self.kept, self.due)
    }
}

/// A page of the list of the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskPage {
    pub rows: Vec<Ranked>,
    /// How many are listed.
    pub count: u64,
    /// There are more than are looked at in one go.
    pub more: bool,
    /// How many of them are to be contacted today, and what may be asked for.
    pub to_contact: u64,
    pub to_collect: Money,
    pub kept: PromisesKept,
    /// Who may look after an account here.
    pub people: Vec<(PersonId, String)>,
    /// The stores there are to choose from.
    pub stores: Vec<(StoreId, String)>,
    /// Where what is done counts toward.
    pub store_id: StoreId,
    pub today: NaiveDate,
}

/// An invoice by its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceNamed {
    pub id: InvoiceId,
    pub number: String,
    pub open: Money,
}

/// A note as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactLine {
    pub id: EventId,
    pub kind: ContactKind,
    pub text: String,
    pub follow_up_on: Option<NaiveDate>,
    /// In the store's own time.
    pub noted_at: DateTime<FixedOffset>,
    pub by: String,
}

/// A promise as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseLine {
    pub id: PromiseId,
    /// `None` is the whole account.
    pub invoice: Option<String>,
    pub amount: Money,
    pub came_in: Money,
    pub made_on: NaiveDate,
    pub promised_on: NaiveDate,
    pub state: PromiseState,
    /// Why it was withdrawn.
    pub reason: Option<String>,
    pub by: String,
}

/// A dispute as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisputeLine {
    pub id: DisputeId,
    pub invoice_id: InvoiceId,
    pub invoice: String,
    pub reason: String,
    pub opened_on: NaiveDate,
    pub by: String,
    /// When it was settled, and how.
    pub settled: Option<(NaiveDate, String)>,
}

/// A pause that holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PauseLine {
    /// `None` is everything they owe.
    pub invoice: Option<(InvoiceId, String)>,
    pub until_on: NaiveDate,
    pub reason: String,
    pub by: String,
}

/// Everything about collecting from one customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectionSheet {
    pub customer: NamedCustomer,
    /// Where what is done counts toward.
    pub store_id: StoreId,
    pub owed: Money,
    pub invoices: Vec<InvoiceNamed>,
    pub collector: Assigned,
    /// Who may look after it.
    pub people: Vec<(PersonId, String)>,
    /// Newest first, as is everything here.
    pub notes: Vec<ContactLine>,
    pub promises: Vec<PromiseLine>,
    pub kept: PromisesKept,
    pub disputes: Vec<DisputeLine>,
    /// Those that hold today.
    pub pauses: Vec<PauseLine>,
    pub today: NaiveDate,
}
