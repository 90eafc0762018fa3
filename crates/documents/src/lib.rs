//! Papers that leave the store as PDF: invoices, credit memos, statements, receipts.
//!
//! What a paper says is a plain struct, what it looks like is a template in `templates/`, and the two
//! meet in one file of JSON: nothing a customer or a clerk typed is ever read as markup. A paper is
//! made from its struct alone. There is no clock, no network and no file system here, so the same
//! struct gives the same bytes for ever.

pub mod bounds;
pub mod credit_memo;
mod error;
pub mod invoice;
pub mod letterhead;
pub mod lines;
pub mod payment;
#[cfg(test)]
mod proof;
pub mod receipt;
mod shown;
pub mod statement;
mod sums;
mod typeset;
mod words;

pub use error::DocumentError;

use credit_memo::CreditMemoPaper;
use invoice::InvoicePaper;
use payment::PaymentPaper;
use receipt::ReceiptPaper;
use statement::StatementPaper;
use typeset::{Template, pdf};

/// What a customer owes for one sale or one service, and until when.
///
/// # Errors
/// [`DocumentError`] when the paper is too long or does not add up.
pub fn invoice(paper: &InvoicePaper) -> Result<Vec<u8>, DocumentError> {
    paper.check()?;
    pdf(Template::Invoice, paper, paper.printed_on)
}

/// What a customer no longer owes, or has in hand.
///
/// # Errors
/// [`DocumentError`] when the paper is too long or does not add up.
pub fn credit_memo(paper: &CreditMemoPaper) -> Result<Vec<u8>, DocumentError> {
    paper.check()?;
    pdf(Template::CreditMemo, paper, paper.printed_on)
}

/// Where a customer's account stands.
///
/// # Errors
/// [`DocumentError`] when the paper is too long or does not add up.
pub fn statement(paper: &StatementPaper) -> Result<Vec<u8>, DocumentError> {
    paper.check()?;
    pdf(Template::Statement, paper, paper.printed_on)
}

/// A sale, a return or an exchange on a letter page, as an insurer or a company wants it.
///
/// # Errors
/// [`DocumentError`] when the paper is too long or does not add up.
pub fn receipt(paper: &ReceiptPaper) -> Result<Vec<u8>, DocumentError> {
    paper.check()?;
    pdf(Template::Receipt, paper, paper.printed_on)
}

/// What a customer paid on their account, and what it was applied to.
///
/// # Errors
/// [`DocumentError`] when the paper is too long or does not add up.
pub fn payment_receipt(paper: &PaymentPaper) -> Result<Vec<u8>, DocumentError> {
    paper.check()?;
    pdf(Template::Payment, paper, paper.printed_on)
}
