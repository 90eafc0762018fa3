//! Why nothing is bought, billed, paid or sent back.

use crate::field::FieldError;
use crate::item::{LotRefusal, MoveError};
use crate::ledger::EntryError;
use crate::money::MoneyError;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VendorRefusal {
    #[error("look at the marked fields")]
    Fields(Vec<FieldError>),
    #[error("{0} is retired: nothing is bought from them any more")]
    Retired(String),
    #[error("{0} is an order of another store")]
    OrderElsewhere(String),
    #[error("{number} is “{state}”: nothing comes on it any more")]
    OrderNotOpen { number: String, state: &'static str },
    #[error("{0} is an order to another vendor")]
    OtherVendor(String),
    #[error("{number} is “{state}” now")]
    OrderState { number: String, state: &'static str },
    #[error("choose at least one delivery")]
    NoReceipt,
    #[error("{0} was billed already")]
    Billed(String),
    #[error("{0} is a delivery of another store or vendor")]
    ReceiptElsewhere(String),
    #[error("choose at least one bill")]
    NoBill,
    #[error("this is a bill of another vendor")]
    BillElsewhere,
    #[error("this return was closed already")]
    ReturnClosed,
    #[error(transparent)]
    Lot(#[from] LotRefusal),
    #[error(transparent)]
    Move(#[from] MoveError),
    #[error(transparent)]
    Money(#[from] MoneyError),
    #[error(transparent)]
    Entry(#[from] EntryError),
}

impl VendorRefusal {
    /// One complaint at one field.
    pub fn at(field: &str, message: impl ToString) -> Self {
        Self::Fields(vec![FieldError::new(field, message)])
    }
}

impl From<Vec<FieldError>> for VendorRefusal {
    fn from(fields: Vec<FieldError>) -> Self {
        Self::Fields(fields)
    }
}
