//! Credit memos: what a customer no longer owes, because goods came back or a price was wrong.

use crate::DocumentError;
use crate::bounds::bounded;
use crate::letterhead::{Letterhead, Party};
use crate::lines::{AppliedTo, Line, TaxLine, VoidMark};
use crate::shown;
use crate::sums::adds_up;
use chrono::NaiveDate;
use domain::money::Money;
use serde::Serialize;

/// All amounts are above zero where they are in the customer's favor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CreditMemoPaper {
    pub letterhead: Letterhead,
    pub credit_to: Party,
    pub number: String,
    #[serde(serialize_with = "shown::day")]
    pub issued_on: NaiveDate,
    /// The day the paper tells the state of; it is also the PDF's date of creation.
    #[serde(serialize_with = "shown::day")]
    pub printed_on: NaiveDate,
    pub reason: String,
    /// The invoice or receipt that it corrects.
    pub corrects: Option<String>,
    pub lines: Vec<Line>,
    /// The lines together.
    #[serde(serialize_with = "shown::money")]
    pub subtotal: Money,
    pub taxes: Vec<TaxLine>,
    /// Subtotal and taxes.
    #[serde(serialize_with = "shown::money")]
    pub total: Money,
    /// What it was used for so far.
    pub applied: Vec<AppliedTo>,
    /// Handed back in money.
    #[serde(serialize_with = "shown::money")]
    pub refunded: Money,
    /// What the customer can still use.
    #[serde(serialize_with = "shown::money")]
    pub left: Money,
    pub note: Option<String>,
    pub void: Option<VoidMark>,
}

impl CreditMemoPaper {
    pub(crate) fn check(&self) -> Result<(), DocumentError> {
        bounded(&self.lines)?;
        bounded(&self.taxes)?;
        bounded(&self.applied)?;
        adds_up("the subtotal", self.subtotal, self.lines.iter().map(|line| line.amount))?;
        let taxes = self.taxes.iter().map(|tax| tax.amount);
        adds_up("the credit", self.total, taxes.chain([self.subtotal]))?;
        let used = self.applied.iter().map(|applied| applied.applied);
        adds_up("the credit", self.total, used.chain([self.refunded, self.left]))
    }
}
