//! Statements: where a customer's account stands, by document or by what happened.

use crate::DocumentError;
use crate::bounds::bounded;
use crate::letterhead::{Letterhead, Party};
use crate::shown;
use crate::sums::adds_up;
use chrono::NaiveDate;
use domain::money::Money;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatementPaper {
    pub letterhead: Letterhead,
    pub customer: Party,
    #[serde(serialize_with = "shown::day")]
    pub as_of: NaiveDate,
    /// The PDF's date of creation.
    #[serde(serialize_with = "shown::day")]
    pub printed_on: NaiveDate,
    pub body: StatementBody,
    pub aging: Aging,
    /// Below zero where the store owes the customer.
    #[serde(serialize_with = "shown::money")]
    pub balance: Money,
    pub minimum: Option<MinimumPayment>,
    /// Layaways and orders: promises, not receivables, so they are told apart from the balance.
    pub commitments: Vec<Commitment>,
    /// How and where to pay.
    pub remittance: Option<String>,
    pub note: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StatementBody {
    /// Every document that is not settled.
    OpenItem(Vec<OpenDocument>),
    /// What happened since the statement before.
    BalanceForward(BalanceForward),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenDocument {
    /// `Invoice INV-1001`, `Credit memo CM-7`.
    pub document: String,
    #[serde(serialize_with = "shown::day")]
    pub dated: NaiveDate,
    /// None on a credit.
    #[serde(serialize_with = "shown::maybe_day")]
    pub due_on: Option<NaiveDate>,
    /// Below zero on a credit.
    #[serde(serialize_with = "shown::money")]
    pub amount: Money,
    #[serde(serialize_with = "shown::money")]
    pub open: Money,
    /// None where it is not due yet or never will be.
    pub days_past_due: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BalanceForward {
    #[serde(serialize_with = "shown::day")]
    pub from: NaiveDate,
    /// What was owed before that day.
    #[serde(serialize_with = "shown::money")]
    pub opening: Money,
    /// In the order in which it happened.
    pub activity: Vec<Activity>,
    #[serde(serialize_with = "shown::money")]
    pub closing: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Activity {
    #[serde(serialize_with = "shown::day")]
    pub on: NaiveDate,
    /// `Invoice INV-1001`, `Payment, check 2210`.
    pub what: String,
    /// Above zero for what the customer owes, below for what they paid or were credited.
    #[serde(serialize_with = "shown::money")]
    pub amount: Money,
    /// What was owed after it.
    #[serde(serialize_with = "shown::money")]
    pub balance: Money,
}

/// What is owed, by how many days it is past its due date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Aging {
    /// Not due yet.
    #[serde(serialize_with = "shown::money")]
    pub current: Money,
    #[serde(serialize_with = "shown::money")]
    pub days_1_to_30: Money,
    #[serde(serialize_with = "shown::money")]
    pub days_31_to_60: Money,
    #[serde(serialize_with = "shown::money")]
    pub days_61_to_90: Money,
    #[serde(serialize_with = "shown::money")]
    pub days_91_to_120: Money,
    #[serde(serialize_with = "shown::money")]
    pub over_120_days: Money,
    /// Payments and credits that are not applied yet, zero or below; never netted into the columns before it.
    #[serde(serialize_with = "shown::money")]
    pub unapplied: Money,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct MinimumPayment {
    #[serde(serialize_with = "shown::money")]
    pub amount: Money,
    #[serde(serialize_with = "shown::day")]
    pub due_on: NaiveDate,
}

/// A layaway or an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Commitment {
    /// `Layaway L-204`.
    pub what: String,
    pub description: Option<String>,
    #[serde(serialize_with = "shown::money")]
    pub total: Money,
    #[serde(serialize_with = "shown::money")]
    pub paid: Money,
    #[serde(serialize_with = "shown::money")]
    pub left: Money,
    /// When the next part of it is to be paid.
    #[serde(serialize_with = "shown::maybe_day")]
    pub next_due_on: Option<NaiveDate>,
}

impl StatementPaper {
    pub(crate) fn check(&self) -> Result<(), DocumentError> {
        bounded(&self.commitments)?;
        for commitment in &self.commitments {
            adds_up("a layaway or order", commitment.total, [commitment.paid, commitment.left])?;
        }
        self.aging.check(self.balance)?;
        match &self.body {
            StatementBody::OpenItem(documents) => {
                bounded(documents)?;
                adds_up("the balance", self.balance, documents.iter().map(|document| document.open))
            }
            StatementBody::BalanceForward(forward) => {
                adds_up("the balance", self.balance, [forward.closing])?;
                forward.check()
            }
        }
    }
}

impl Aging {
    fn check(&self, balance: Money) -> Result<(), DocumentError> {
        let due = [self.current, self.days_1_to_30, self.days_31_to_60, self.days_61_to_90];
        let late = [self.days_91_to_120, self.over_120_days, self.unapplied];
        adds_up("the balance", balance, due.into_iter().chain(late))
    }
}

impl BalanceForward {
    fn check(&self) -> Result<(), DocumentError> {
        bounded(&self.activity)?;
        let mut running = self.opening;
        for activity in &self.activity {
            adds_up("the running balance", activity.balance, [running, activity.amount])?;
            running = activity.balance;
        }
        adds_up("the closing balance", self.closing, [running])
    }
}
