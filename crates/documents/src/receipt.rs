//! Receipts of a sale, a return or an exchange, on a letter page.

use crate::DocumentError;
use crate::bounds::bounded;
use crate::letterhead::{Letterhead, Party};
use crate::lines::{Paid, TaxLine, VoidMark};
use crate::shown;
use crate::sums::adds_up;
use chrono::NaiveDate;
use domain::money::Money;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReceiptPaper {
    pub letterhead: Letterhead,
    /// None where nobody was named.
    pub customer: Option<Party>,
    pub number: String,
    #[serde(serialize_with = "shown::day")]
    pub sold_on: NaiveDate,
    /// `6:05 pm`, in the store's own time.
    pub sold_at: String,
    pub sold_by: String,
    /// The day the paper tells the state of; it is also the PDF's date of creation.
    #[serde(serialize_with = "shown::day")]
    pub printed_on: NaiveDate,
    pub lines: Vec<SoldLine>,
    pub returned: Vec<ReturnedLine>,
    /// The tag prices together.
    #[serde(serialize_with = "shown::money")]
    pub subtotal: Money,
    /// What was taken off, above zero.
    #[serde(serialize_with = "shown::off")]
    pub discount: Money,
    pub taxes: Vec<TaxLine>,
    /// Why there is no tax.
    pub exempt: Option<String>,
    /// What the customer got for what came back, tax included, above zero.
    #[serde(serialize_with = "shown::off")]
    pub returned_worth: Money,
    /// Below zero where more came back than was sold.
    #[serde(serialize_with = "shown::money")]
    pub total: Money,
    /// What rounding of cash added.
    #[serde(serialize_with = "shown::money")]
    pub rounding: Money,
    /// What was handed over, what was charged to an account among it; below zero what was handed back.
    pub paid: Vec<Paid>,
    #[serde(serialize_with = "shown::money")]
    pub change: Money,
    /// Where a part was charged to an account.
    pub charged: Option<Charged>,
    pub return_policy: Option<String>,
    /// The store's own words at the end.
    pub footer: Option<String>,
    pub note: Option<String>,
    pub void: Option<VoidMark>,
}

/// A piece, or a part of a lot, that was sold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SoldLine {
    pub tag: String,
    pub description: String,
    /// How much of a lot.
    pub quantity: Option<String>,
    #[serde(serialize_with = "shown::money")]
    pub price: Money,
    /// Of the line and its part of the ticket's, above zero.
    #[serde(serialize_with = "shown::off")]
    pub discount: Money,
    #[serde(serialize_with = "shown::money")]
    pub net: Money,
}

/// A piece that came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReturnedLine {
    pub tag: String,
    pub description: String,
    /// The receipt it was sold on.
    pub sold_on_receipt: String,
    /// The price that is given back, above zero and without tax.
    #[serde(serialize_with = "shown::off")]
    pub net: Money,
    /// What the store keeps of it, above zero.
    #[serde(serialize_with = "shown::money")]
    pub fee: Money,
}

/// What was charged to an account instead of being paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Charged {
    /// The customer's account.
    pub account: String,
    pub invoice_number: String,
    #[serde(serialize_with = "shown::money")]
    pub amount: Money,
    /// Of the last installment, where there are several.
    #[serde(serialize_with = "shown::day")]
    pub due_on: NaiveDate,
}

impl ReceiptPaper {
    pub(crate) fn check(&self) -> Result<(), DocumentError> {
        bounded(&self.lines)?;
        bounded(&self.returned)?;
        bounded(&self.taxes)?;
        bounded(&self.paid)?;
        adds_up("the subtotal", self.subtotal, self.lines.iter().map(|line| line.price))?;
        adds_up("the discount", self.discount, self.lines.iter().map(|line| line.discount))?;
        for line in &self.lines {
            adds_up("a line", line.net, [line.price, line.discount.negated()?])?;
        }
        let taxes = self.taxes.iter().map(|tax| tax.amount);
        let off = [self.discount.negated()?, self.returned_worth.negated()?];
        adds_up("the total", self.total, taxes.chain([self.subtotal]).chain(off))?;
        let settled = self.total.plus(self.rounding)?.plus(self.change)?;
        adds_up("the total with rounding and change", settled, self.paid.iter().map(|paid| paid.amount))
    }
}
