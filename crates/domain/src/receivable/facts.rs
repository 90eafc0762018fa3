//! What happens to receivables, as it is kept. A balance is never stored: it is what was invoiced, less what was
//! applied to it.

use super::{Part, ReceivableKind, Terms};
use crate::codes;
use crate::event::Record;
use crate::ids::{
    CustomerCreditId, CustomerId, EventId, Ids, InvoiceId, PersonId, ReceivableId, SaleId, StoreId, TillId,
    TillSessionId,
};
use crate::ledger::{AccountCode, code};
use crate::money::{Money, MoneyError};
use crate::sale::TenderFacts;
use crate::tax::LineTax;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

codes! {
    pub enum InvoiceKind("kind of invoice") {
        /// The part of a sale at the register that was charged (J03).
        Sale = "sale", "Sale on account";
        /// Services and whatever else is billed without a sale.
        Service = "service", "Invoice";
        FinanceCharge = "finance_charge", "Finance charge";
        /// For a check that the bank sent back (J10).
        Fee = "fee", "Returned-check fee";
        /// What a check had paid that the bank sent back, where no invoice is owed again for it.
        ReturnedCheck = "returned_check", "Returned check";
        /// What was paid back of a credit memo that was taken back.
        TakenBack = "taken_back", "Credit taken back";
        /// What was owed before the books began.
        Opening = "opening", "Opening balance";
    }
}

impl InvoiceKind {
    /// Whether it counts as a credit sale in the measures (`rules.md#measures`).
    #[must_use]
    pub const fn is_credit_sale(self) -> bool {
        matches!(self, Self::Sale | Self::Service | Self::TakenBack)
    }

    /// The account that a credit memo on it lessens: a fee that is waived was no sale.
    #[must_use]
    pub const fn lessened_on(self) -> AccountCode {
        match self {
            Self::Fee => code::FEE_INCOME,
            Self::FinanceCharge => code::FINANCE_CHARGE_INCOME,
            Self::Sale | Self::Service | Self::Opening | Self::ReturnedCheck | Self::TakenBack => {
                code::SALES_RETURNS
            }
        }
    }
}

/// An invoice as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    pub id: InvoiceId,
    pub kind: InvoiceKind,
    /// The store that sold.
    pub store_id: StoreId,
    pub customer_id: CustomerId,
    /// The receipt it charged, or whose check the bank sent back.
    pub sale_id: Option<SaleId>,
    pub associate_id: Option<PersonId>,
    pub invoiced_on: NaiveDate,
    /// The store day it was posted on: what figures as of a day go by.
    pub posted_on: NaiveDate,
    pub terms: Terms,
    pub net: Money,
    pub tax: LineTax,
    pub amount: Money,
    /// The customer's own number for it.
    pub reference: Option<String>,
    pub note: Option<String>,
    pub lines: Vec<InvoiceLine>,
    pub dues: Vec<InvoiceDue>,
}

/// A line of an invoice without a sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceLine {
    pub description: String,
    pub net: Money,
    pub tax: LineTax,
    /// The income it is.
    pub account: AccountCode,
}

/// One due date of an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceDue {
    pub id: ReceivableId,
    pub kind: ReceivableKind,
    pub due_on: NaiveDate,
    pub amount: Money,
}

impl Invoice {
    /// The due dates of an amount, with their ids.
    ///
    /// # Errors
    /// [`MoneyError`] when the amount does not fit.
    pub fn dues(
        terms: Terms,
        kind: ReceivableKind,
        amount: Money,
        invoiced_on: NaiveDate,
        ids: &mut Ids,
    ) -> Result<Vec<InvoiceDue>, MoneyError> {
        let due = |due: super::Due| InvoiceDue { id: ids.draw(), kind, due_on: due.on, amount: due.amount };
        Ok(terms.schedule(amount, invoiced_on)?.into_iter().map(due).collect())
    }
}

codes! {
    /// What lessens what a customer owes.
    pub enum CreditKind("kind of credit") {
        Payment = "payment", "Payment";
        CreditMemo = "credit_memo", "Credit memo";
        /// What was sold on account came back (J65).
        Return = "return", "Return to the account";
        /// The charged sale was voided.
        Void = "void", "Void";
        WriteOff = "write_off", "Write-off";
    }
}

impl CreditKind {
    /// Whether it is the customer's: what is left of it may be applied elsewhere or paid back.
    #[must_use]
    pub const fn is_the_customers(self) -> bool {
        matches!(self, Self::Payment | Self::CreditMemo | Self::Return)
    }
}

/// A memo or a write-off that still lessens a charged receipt. What comes back for its whole price would be given twice.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{kind} of {amount} lessened {invoice}: take that back first, on its own page")]
pub struct Lessened {
    /// The invoice's number.
    pub invoice: String,
    pub kind: CreditKind,
    pub amount: Money,
}

/// Something that lessens what a customer owes, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    pub id: CustomerCreditId,
    pub kind: CreditKind,
    /// The store that collected.
    pub store_id: StoreId,
    pub customer_id: CustomerId,
    pub till_id: Option<TillId>,
    pub session_id: Option<TillSessionId>,
    /// The receipt it stands on, for a return or a void.
    pub sale_id: Option<SaleId>,
    /// The invoice that a credit memo is for, or a write-off of.
    pub invoice_id: Option<InvoiceId>,
    /// What somebody says of the day it came; information, figures go by the day it was posted.
    pub received_on: NaiveDate,
    pub posted_on: NaiveDate,
    pub amount: Money,
    /// What of it is no tax, for a credit memo and a write-off.
    pub net: Money,
    pub tax: LineTax,
    /// What cash rounding added (above zero) or gave away.
    pub rounding: Money,
    pub note: Option<String>,
    pub tenders: Vec<TenderFacts>,
}

/// So much of a credit applied to a due date; below zero where it is taken off again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    pub credit_id: CustomerCreditId,
    pub receivable_id: ReceivableId,
    pub invoice_id: InvoiceId,
    /// Of the receivable, as is the customer.
    pub store_id: StoreId,
    pub customer_id: CustomerId,
    pub due_on: NaiveDate,
    pub applied_on: NaiveDate,
    pub amount: Money,
}

impl Application {
    /// Applies a part, or takes it off where `amount` is below zero.
    #[must_use]
    pub fn of(part: &Part<'_>, amount: Money, credit_id: CustomerCreditId, on: NaiveDate) -> Self {
        Self {
            credit_id,
            receivable_id: part.of.id,
            invoice_id: part.of.invoice_id,
            store_id: part.of.store_id,
            customer_id: part.of.customer_id,
            due_on: part.of.due_on,
            applied_on: on,
            amount,
        }
    }
}

codes! {
    /// Why something of a credit is gone without having been applied.
    pub enum CreditOutKind("way out of a credit") {
        Refunded = "refunded", "Refunded";
        /// The bank sent the check back.
        Bounced = "bounced", "Check returned";
        /// What was written off is owed again.
        Reinstated = "reinstated", "Reinstated";
    }
}

/// Something of a credit that is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditOut {
    pub credit_id: CustomerCreditId,
    pub kind: CreditOutKind,
    pub amount: Money,
    /// The sales tax that is owed again with it.
    pub tax: Money,
    pub out_on: NaiveDate,
    pub note: Option<String>,
    /// How it was paid back, below zero.
    pub tenders: Vec<TenderFacts>,
    pub rounding: Money,
    pub till_id: Option<TillId>,
    pub session_id: Option<TillSessionId>,
}

/// Everything that one event does to receivables.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Changes {
    pub invoices: Vec<Invoice>,
    pub credits: Vec<Credit>,
    pub applications: Vec<Application>,
    pub outs: Vec<CreditOut>,
}

impl Changes {
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.invoices.is_empty()
            && self.credits.is_empty()
            && self.applications.is_empty()
            && self.outs.is_empty()
    }

    /// What each due date gains or loses by it, each named once.
    ///
    /// # Errors
    /// [`MoneyError`] when a sum does not fit.
    pub fn applied(&self) -> Result<Vec<(ReceivableId, Money)>, MoneyError> {
        let mut sums: Vec<(ReceivableId, Money)> = Vec::new();
        for one in &self.applications {
            match sums.iter_mut().find(|(id, _)| *id == one.receivable_id) {
                Some((_, sum)) => *sum = sum.plus(one.amount)?,
                None => sums.push((one.receivable_id, one.amount)),
            }
        }
        sums.retain(|(_, sum)| !sum.is_zero());
        Ok(sums)
    }

    /// What is taken from each credit: applied, and gone.
    ///
    /// # Errors
    /// [`MoneyError`] when a sum does not fit.
    pub fn used(&self) -> Result<Vec<(CustomerCreditId, Money)>, MoneyError> {
        let mut sums: Vec<(CustomerCreditId, Money)> = Vec::new();
        let applied = self.applications.iter().map(|one| (one.credit_id, one.amount));
        let gone = self.outs.iter().map(|out| (out.credit_id, out.amount));
        for (id, amount) in applied.chain(gone) {
            match sums.iter_mut().find(|(known, _)| *known == id) {
                Some((_, sum)) => *sum = sum.plus(amount)?,
                None => sums.push((id, amount)),
            }
        }
        Ok(sums)
    }
}

/// What a decision about receivables writes.
#[derive(Debug, Clone)]
pub struct ReceivableOutcome {
    pub record: Record,
    pub changes: Changes,
}

/// The event under which something is, for ids of rows that are the event's.
#[must_use]
pub(super) fn credit_of(event: EventId) -> CustomerCreditId {
    CustomerCreditId(event.0)
}
