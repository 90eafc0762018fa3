//! Invoices: for a sale charged to an account, or on their own.

use crate::DocumentError;
use crate::bounds::{MOST_INSTALLMENTS, bounded};
use crate::letterhead::{Letterhead, Party};
use crate::lines::{Line, Paid, TaxLine, VoidMark};
use crate::shown;
use crate::sums::adds_up;
use chrono::NaiveDate;
use domain::money::Money;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InvoicePaper {
    pub letterhead: Letterhead,
    pub bill_to: Party,
    pub number: String,
    #[serde(serialize_with = "shown::day")]
    pub issued_on: NaiveDate,
    /// The day the paper tells the state of; it is also the PDF's date of creation.
    #[serde(serialize_with = "shown::day")]
    pub printed_on: NaiveDate,
    /// The customer's own order number.
    pub po_reference: Option<String>,
    /// The receipt of the sale that was charged.
    pub receipt_number: Option<String>,
    pub lines: Vec<Line>,
    /// The lines together.
    #[serde(serialize_with = "shown::money")]
    pub subtotal: Money,
    pub taxes: Vec<TaxLine>,
    /// Why there is no tax.
    pub exempt: Option<String>,
    /// Subtotal and taxes.
    #[serde(serialize_with = "shown::money")]
    pub total: Money,
    /// Payments and credits so far, those at the register included.
    pub paid: Vec<Paid>,
    /// What is left of the total.
    #[serde(serialize_with = "shown::money")]
    pub open: Money,
    pub due: Due,
    /// `Net 30`.
    pub terms: Option<String>,
    pub note: Option<String>,
    pub void: Option<VoidMark>,
}

/// Until when it is to be paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    On(#[serde(serialize_with = "shown::day")] NaiveDate),
    /// At most four, in the order of their dates.
    Installments(Vec<Installment>),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Installment {
    #[serde(serialize_with = "shown::day")]
    pub due_on: NaiveDate,
    #[serde(serialize_with = "shown::money")]
    pub amount: Money,
    /// What of it is not paid yet.
    #[serde(serialize_with = "shown::money")]
    pub open: Money,
}

impl InvoicePaper {
    pub(crate) fn check(&self) -> Result<(), DocumentError> {
        bounded(&self.lines)?;
        bounded(&self.taxes)?;
        bounded(&self.paid)?;
        adds_up("the subtotal", self.subtotal, self.lines.iter().map(|line| line.amount))?;
        let taxes = self.taxes.iter().map(|tax| tax.amount);
        adds_up("the total", self.total, taxes.chain([self.subtotal]))?;
        let paid = Money::sum(self.paid.iter().map(|paid| paid.amount))?;
        adds_up("the open amount", self.open, [self.total, paid.negated()?])?;
        let Due::Installments(installments) = &self.due else { return Ok(()) };
        if installments.len() > MOST_INSTALLMENTS {
            return Err(DocumentError::TooManyInstallments(installments.len()));
        }
        adds_up("the open amount", self.open, installments.iter().map(|installment| installment.open))
    }
}
