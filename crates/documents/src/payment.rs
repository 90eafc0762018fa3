//! Receipts of a payment on an account.

use crate::DocumentError;
use crate::bounds::bounded;
use crate::letterhead::{Letterhead, Party};
use crate::lines::{AppliedTo, Paid, VoidMark};
use crate::shown;
use crate::sums::adds_up;
use chrono::NaiveDate;
use domain::money::Money;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PaymentPaper {
    pub letterhead: Letterhead,
    pub received_from: Party,
    pub number: String,
    #[serde(serialize_with = "shown::day")]
    pub received_on: NaiveDate,
    pub received_by: String,
    /// The day the paper tells the state of; it is also the PDF's date of creation.
    #[serde(serialize_with = "shown::day")]
    pub printed_on: NaiveDate,
    pub paid: Vec<Paid>,
    /// What was paid, by all means together.
    #[serde(serialize_with = "shown::money")]
    pub total: Money,
    /// Told to the customer document by document, else the last payment looks lost.
    pub applied: Vec<AppliedTo>,
    /// What is left of it as credit on the account.
    #[serde(serialize_with = "shown::money")]
    pub credit: Money,
    /// What is owed on the account afterwards; below zero where the store owes the customer.
    #[serde(serialize_with = "shown::money")]
    pub balance: Money,
    pub note: Option<String>,
    pub void: Option<VoidMark>,
}

impl PaymentPaper {
    pub(crate) fn check(&self) -> Result<(), DocumentError> {
        bounded(&self.paid)?;
        bounded(&self.applied)?;
        adds_up("the payment", self.total, self.paid.iter().map(|paid| paid.amount))?;
        let applied = self.applied.iter().map(|applied| applied.applied);
        adds_up("the payment", self.total, applied.chain([self.credit]))
    }
}
