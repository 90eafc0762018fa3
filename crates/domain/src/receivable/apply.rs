//! What a credit is applied to: what is due first, one invoice, or so much of each.

use super::{OpenReceivable, Part, ReceivableRefusal, spread};
use crate::field::FieldReader;
use crate::ids::{InvoiceId, LegalEntityId};
use crate::money::{Money, MoneyError};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What somebody chooses to apply a credit to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApplyTo {
    /// Oldest due first, until nothing is left of either.
    #[default]
    OldestFirst,
    /// This invoice; what is over stays on the credit.
    Invoice(InvoiceId),
    /// So much of each.
    ByHand(Vec<TypedApplication>),
    /// It stays on the credit for now.
    Nothing,
}

/// How much an invoice gets; empty for nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedApplication {
    pub invoice_id: InvoiceId,
    pub amount: String,
}

/// What a credit may be applied to, and by whom it was received.
#[derive(Debug, Clone, Copy)]
pub(super) struct Applying<'a> {
    /// What the customer owes, voided invoices included where somebody named them.
    pub open: &'a [OpenReceivable],
    pub legal_entity: LegalEntityId,
    /// No invoice is paid before its day.
    pub received_on: NaiveDate,
    /// The day that it counts toward. Another store may be in a later one.
    pub business_date: NaiveDate,
}

impl<'a> Applying<'a> {
    /// The parts that an amount is applied in. Nothing gets more than is open, and all of them together not more than
    /// the amount.
    ///
    /// # Errors
    /// Each at its field: an invoice that is somebody else's, of another company, voided or of a later day; more than
    /// is open, or than is there.
    pub fn parts(&self, to: &ApplyTo, amount: Money) -> Result<Vec<Part<'a>>, ReceivableRefusal> {
        match to {
            ApplyTo::Nothing => Ok(Vec::new()),
            ApplyTo::OldestFirst => {
                let may = |item: &&OpenReceivable| {
                    item.legal_entity_id == self.legal_entity
                        && item.invoiced_on <= self.received_on
                        && item.posted_on <= self.business_date
                };
                Ok(spread(amount, self.open.iter().filter(may)))
            }
            ApplyTo::Invoice(id) => {
                let items = self.of_invoice(*id).map_err(|why| ReceivableRefusal::at("apply", why))?;
                Ok(spread(amount, items))
            }
            ApplyTo::ByHand(rows) => self.by_hand(rows, amount),
        }
    }

    /// The due dates of an invoice that may be paid here.
    fn of_invoice(&self, id: InvoiceId) -> Result<Vec<&'a OpenReceivable>, ReceivableRefusal> {
        let items: Vec<&OpenReceivable> = self.open.iter().filter(|item| item.invoice_id == id).collect();
        let first = items.first().ok_or_else(|| ReceivableRefusal::OtherCustomer("this".to_owned()))?;
        if first.legal_entity_id != self.legal_entity {
            return Err(ReceivableRefusal::OtherCompany(first.number.clone()));
        }
        if first.voided {
            return Err(ReceivableRefusal::Voided(first.number.clone()));
        }
        if first.invoiced_on > self.received_on {
            return Err(ReceivableRefusal::BeforeInvoice(first.number.clone(), first.invoiced_on));
        }
        if first.posted_on > self.business_date {
            return Err(ReceivableRefusal::DayBehind(first.number.clone(), first.posted_on));
        }
        Ok(items)
    }

    fn by_hand(&self, rows: &[TypedApplication], amount: Money) -> Result<Vec<Part<'a>>, ReceivableRefusal> {
        let mut fields = FieldReader::default();
        let mut parts: Vec<Part<'a>> = Vec::new();
        for (row, typed) in rows.iter().enumerate() {
            let name = format!("apply.{row}.amount");
            let wanted = match typed.amount.trim() {
                "" => continue,
                typed => fields.read(&name, positive_or_zero(typed)),
            };
            if wanted.is_zero() {
                continue;
            }
            let items = match self.of_invoice(typed.invoice_id) {
                Ok(items) => items,
                Err(why) => {
                    fields.complain(&name, why.to_string());
                    continue;
                }
            };
            let open = Money::sum(items.iter().map(|item| item.open))?;
            if parts.iter().any(|part| part.of.invoice_id == typed.invoice_id) {
                fields.complain(&name, "this invoice stands here twice");
            } else if wanted > open {
                fields.complain(&name, format!("{open} is open of this invoice"));
            }
            parts.extend(spread(wanted, items));
        }
        let applied = Money::sum(parts.iter().map(|part| part.amount))?;
        if applied > amount {
            fields.complain("apply", format!("{applied} is applied, {amount} is there"));
        }
        fields.finish(parts).map_err(ReceivableRefusal::from)
    }
}

/// An amount as typed that is not below zero.
pub(super) fn positive_or_zero(typed: &str) -> Result<Money, MoneyError> {
    let amount = Money::parse(typed)?;
    if amount.is_negative() { Err(MoneyError::NotPositive) } else { Ok(amount) }
}
