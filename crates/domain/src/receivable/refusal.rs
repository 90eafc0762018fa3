//! Why nothing is charged, paid, applied or corrected.

use crate::approval::NotApproved;
use crate::field::FieldError;
use crate::ledger::EntryError;
use crate::money::{Money, MoneyError};
use crate::receivable::collect::PromiseState;
use crate::receivable::{CreditKind, Lessened};
use crate::sale::TenderRefusal;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum ReceivableRefusal {
    #[error("look at the marked fields")]
    Fields(Vec<FieldError>),
    #[error("this customer has no house account: a manager opens one on their page")]
    NoAccount,
    #[error("the house account of this customer is closed")]
    AccountClosed,
    #[error("choose the customer first: the account is theirs")]
    NoCustomer,
    #[error("{0}: say why it is charged all the same")]
    ReasonNeeded(String),
    #[error("{warning}")]
    Blocked { warning: String, why: NotApproved },
    #[error("the till is closed: open it with a float first")]
    TillClosed,
    #[error("this browser is not paired with that till")]
    OtherTill,
    #[error("an account is not paid with the account itself")]
    PaidByAccount,
    #[error("cash goes into a drawer: take it at an open till")]
    CashWithoutTill,
    #[error("the drawer does not hold that much cash: bring some from the safe first")]
    DrawerTooEmpty,
    #[error("{0} is not an invoice of this customer")]
    OtherCustomer(String),
    #[error("{0} belongs to another company: it is paid there")]
    OtherCompany(String),
    #[error("{0} was voided: nothing is owed on it")]
    Voided(String),
    #[error("something was paid or credited on {0} already: take that off first")]
    InvoicePaid(String),
    #[error("{0} is of {1}, after this payment")]
    BeforeInvoice(String, NaiveDate),
    #[error("{0} counts toward {1}, and here an earlier day is still open: close that first")]
    DayBehind(String, NaiveDate),
    #[error("nothing of this credit is left")]
    NothingLeft,
    #[error("{0} is not the customer's to use: it is undone where it was made")]
    NotTheirs(CreditKind),
    #[error("{0} is not taken back: it is undone where it was made")]
    NotReversed(CreditKind),
    #[error(transparent)]
    Lessened(#[from] Lessened),
    #[error("{0} has no customer: find out whose check it was first")]
    NobodyKnown(String),
    #[error("this check came back already")]
    CameBack,
    #[error("this payment had no check")]
    NoCheck,
    #[error("nothing is owed on what was chosen")]
    NothingOwed,
    #[error("this store assesses no finance charges: Settings say when it may")]
    NoFinanceCharges,
    #[error("{amount} by {by} is promised already: withdraw that first")]
    PromiseStands { amount: Money, by: NaiveDate },
    #[error("this promise is {}", .0.label().to_lowercase())]
    PromiseOver(PromiseState),
    #[error("{0} is disputed already")]
    Disputed(String),
    #[error("this dispute is settled already")]
    DisputeSettled,
    #[error("nothing is paused here")]
    NotPaused,
    #[error("something changed meanwhile: look again")]
    Changed,
    #[error(transparent)]
    Tender(TenderRefusal),
    #[error(transparent)]
    Money(#[from] MoneyError),
    #[error(transparent)]
    Entry(#[from] EntryError),
}

impl ReceivableRefusal {
    /// One complaint at one field.
    pub fn at(field: &str, message: impl ToString) -> Self {
        Self::Fields(vec![FieldError::new(field, message)])
    }
}

impl From<Vec<FieldError>> for ReceivableRefusal {
    fn from(fields: Vec<FieldError>) -> Self {
        Self::Fields(fields)
    }
}

/// What is wrong with the number on a slip or check is told at its field.
impl From<TenderRefusal> for ReceivableRefusal {
    fn from(refusal: TenderRefusal) -> Self {
        match refusal {
            TenderRefusal::ReferenceMissing | TenderRefusal::Reference(_) => Self::at("reference", refusal),
            other => Self::Tender(other),
        }
    }
}
