//! What customers owe, as it is shown.

use super::{
    AccountStanding, AgingSums, CreditKind, CreditWarning, FinanceCharge, InvoiceKind, InvoiceLine,
    OpenCredit, OpenReceivable, ReceivableKind, Terms,
};
use crate::codes;
use crate::customer::NamedCustomer;
use crate::ids::{CustomerCreditId, CustomerId, EventId, InvoiceId, SaleId, StoreId, TillSessionId};
use crate::ledger::{Account, AccountCode};
use crate::money::Money;
use crate::policy::StorePolicy;
use crate::rate::Rate;
use crate::sale::{Refundable, TaxTable, TenderFacts, TenderKind};
use crate::store::Store;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What a change of an account answers: the document that it made, or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountDone {
    pub event: EventId,
    /// The invoice, or the credit.
    pub document: Uuid,
    pub number: String,
}

/// An invoice of which something is open, or was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceLineItem {
    pub id: InvoiceId,
    pub number: String,
    pub kind: InvoiceKind,
    pub store_id: StoreId,
    pub invoiced_on: NaiveDate,
    /// The next day on which something of it is due, or was.
    pub due_on: NaiveDate,
    pub amount: Money,
    pub open: Money,
    pub overdue: Money,
    pub disputed: bool,
}

codes! {
    /// What a movement of a customer's account is.
    pub enum MovementKind("movement of an account") {
        Invoice = "invoice", "Invoice";
        Credit = "credit", "Credit";
        Out = "out", "Gone";
    }
}

/// One line of the running account: above zero more is owed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movement {
    pub day: NaiveDate,
    pub event: EventId,
    pub kind: MovementKind,
    /// In words: invoice, payment, credit memo, returned check.
    pub label: String,
    pub number: String,
    /// The invoice or the credit.
    pub document: Uuid,
    /// The day it says of itself, where it is another.
    pub dated: Option<NaiveDate>,
    pub amount: Money,
    /// What was owed after it.
    pub balance: Money,
}

/// The account of a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountSheet {
    pub customer: NamedCustomer,
    pub vip: bool,
    pub standing: AccountStanding,
    /// What speaks against charging more.
    pub warnings: Vec<CreditWarning>,
    pub aging: AgingSums,
    pub invoices: Vec<InvoiceLineItem>,
    pub credits: Vec<CreditLine>,
    /// Newest first.
    pub movements: Vec<Movement>,
    pub movement_count: u64,
    pub today: NaiveDate,
}

/// A credit as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditLine {
    pub id: CustomerCreditId,
    pub kind: CreditKind,
    pub number: String,
    pub received_on: NaiveDate,
    pub amount: Money,
    pub left: Money,
}

impl From<&OpenCredit> for CreditLine {
    fn from(credit: &OpenCredit) -> Self {
        Self {
            id: credit.id,
            kind: credit.kind,
            number: credit.number.clone(),
            received_on: credit.received_on,
            amount: credit.amount,
            left: credit.left,
        }
    }
}

/// One due date of an invoice as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueLine {
    pub kind: ReceivableKind,
    pub due_on: NaiveDate,
    pub amount: Money,
    pub open: Money,
}

impl From<&OpenReceivable> for DueLine {
    fn from(due: &OpenReceivable) -> Self {
        Self { kind: due.kind, due_on: due.due_on, amount: due.amount, open: due.open }
    }
}

/// What was applied to an invoice, or what a credit was applied to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppliedLine {
    pub event: EventId,
    pub applied_on: NaiveDate,
    pub credit_id: CustomerCreditId,
    pub credit_kind: CreditKind,
    pub credit_number: String,
    pub invoice_id: InvoiceId,
    pub invoice_number: String,
    /// Below zero where it was taken off again.
    pub amount: Money,
}

/// An invoice with all that happened to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceSheet {
    pub id: InvoiceId,
    pub number: String,
    pub kind: InvoiceKind,
    pub store: Store,
    pub customer: NamedCustomer,
    /// Lines of the customer's address.
    pub address: Vec<String>,
    pub sale: Option<(SaleId, String)>,
    pub invoiced_on: NaiveDate,
    pub posted_on: NaiveDate,
    pub terms: Terms,
    pub reference: Option<String>,
    pub note: Option<String>,
    /// What was sold or billed; of a charged sale all of it, also what was paid at the register.
    pub lines: Vec<InvoiceLine>,
    /// The lines together.
    pub net: Money,
    /// By jurisdiction, named.
    pub taxes: Vec<(String, Money)>,
    /// What of a sale was paid at the register.
    pub at_register: Money,
    /// What is invoiced.
    pub amount: Money,
    pub open: Money,
    pub dues: Vec<DueLine>,
    pub applied: Vec<AppliedLine>,
    pub event: EventId,
    pub voided: bool,
    pub disputed: bool,
    pub today: NaiveDate,
}

/// Something of a credit that is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutLine {
    pub event: EventId,
    pub label: String,
    pub out_on: NaiveDate,
    pub amount: Money,
    pub note: Option<String>,
}

/// A payment, a credit memo or another credit with all that happened to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditSheet {
    pub id: CustomerCreditId,
    pub kind: CreditKind,
    pub number: String,
    pub store: Store,
    pub customer: NamedCustomer,
    pub address: Vec<String>,
    pub received_on: NaiveDate,
    pub posted_on: NaiveDate,
    pub amount: Money,
    pub net: Money,
    pub taxes: Vec<(String, Money)>,
    pub left: Money,
    pub note: Option<String>,
    pub invoice: Option<(InvoiceId, String)>,
    pub tenders: Vec<TenderFacts>,
    pub applied: Vec<AppliedLine>,
    pub outs: Vec<OutLine>,
    /// Its check came back.
    pub came_back: bool,
    /// A memo or a write-off that was taken back.
    pub reversed: bool,
    /// What the store asks for a check that came back.
    pub check_fee: Money,
    /// How what is left may be paid back.
    pub ways_back: Vec<Refundable>,
    /// The open till of this browser, where it stands in the store of the credit: cash comes out of its drawer.
    pub session_id: Option<TillSessionId>,
    pub event: EventId,
    pub by: String,
    pub today: NaiveDate,
}

/// What somebody needs who takes a payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountPaymentChoices {
    pub customer: NamedCustomer,
    pub store_id: StoreId,
    /// The open till of this browser.
    pub session_id: Option<TillSessionId>,
    pub standing: AccountStanding,
    pub invoices: Vec<InvoiceLineItem>,
    pub credits: Vec<CreditLine>,
    pub tender_kinds: Vec<TenderKind>,
    pub policy: StorePolicy,
    pub today: NaiveDate,
}

/// What somebody needs who writes an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceChoices {
    pub customer: NamedCustomer,
    pub store_id: StoreId,
    pub standing: AccountStanding,
    pub warnings: Vec<CreditWarning>,
    pub accounts: Vec<(AccountCode, String)>,
    pub taxes: TaxTable,
    /// Whether a certificate takes the tax away.
    pub exempt: bool,
    pub today: NaiveDate,
}

impl InvoiceChoices {
    /// The income accounts that an invoice may credit.
    #[must_use]
    pub fn income(accounts: &[Account]) -> Vec<(AccountCode, String)> {
        let takes = accounts.iter().filter(|account| account.takes_invoices());
        takes.map(|account| (account.code, account.name.clone())).collect()
    }
}

/// How a customer stands, as the register shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingShown {
    pub standing: AccountStanding,
    pub warnings: Vec<CreditWarning>,
    pub store_id: StoreId,
    /// The terms a new house account begins with here.
    pub terms: Terms,
}

/// The finance charges that a store may assess today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FinanceChargePlan {
    pub store_id: StoreId,
    pub rate: Rate,
    pub charges: Vec<FinanceCharge>,
    pub names: BTreeMap<CustomerId, NamedCustomer>,
    pub today: NaiveDate,
}

/// Which part of a customer's running account to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountAsked {
    pub customer: CustomerId,
    pub offset: u64,
    pub limit: u64,
}
