//! Document numbers. A series has no gaps: every number that was drawn names a document, a voided
//! one included.

use crate::codes;
use serde::{Deserialize, Serialize};

codes! {
    pub enum SeriesKind("series") {
        /// One per till, so that tills never wait for each other.
        Receipt = "receipt", "Receipt";
        ZReport = "z_report", "Z report";
        Customer = "customer", "Customer";
        Tag = "tag", "Tag";
        /// Entries that somebody posts by hand: one series per company.
        JournalEntry = "journal_entry", "Journal entry";
        /// Orders to vendors, deliveries and returns to vendors: one series each per store.
        PurchaseOrder = "purchase_order", "Purchase order";
        GoodsReceipt = "goods_receipt", "Goods receipt";
        VendorReturn = "vendor_return", "Return to vendor";
        /// Invoices, credit memos and payments of customers: one series each per store.
        Invoice = "invoice", "Invoice";
        CreditMemo = "credit_memo", "Credit memo";
        AccountPayment = "account_payment", "Payment on account";
    }
}

/// A receipt number as it is printed: store, till, running number.
#[must_use]
pub fn receipt_number(store: &str, till: &str, number: i64) -> String {
    format!("{store}-{till}-{number:06}")
}

/// The tag number of a piece that brings none of its own.
#[must_use]
pub fn tag_number(number: i64) -> String {
    format!("P{number:06}")
}

#[must_use]
pub fn customer_number(number: i64) -> String {
    format!("C{number:05}")
}

/// The number of an entry by hand.
#[must_use]
pub fn entry_number(number: i64) -> String {
    format!("J{number:06}")
}

/// The number of an order to a vendor: its store and a running number.
#[must_use]
pub fn order_number(store: &str, number: i64) -> String {
    format!("{store}-PO-{number:05}")
}

/// The number of a delivery: its store and a running number.
#[must_use]
pub fn goods_receipt_number(store: &str, number: i64) -> String {
    format!("{store}-GR-{number:05}")
}

/// The number of a return to a vendor: its store and a running number.
#[must_use]
pub fn vendor_return_number(store: &str, number: i64) -> String {
    format!("{store}-RTV-{number:05}")
}

/// The number of an invoice: its store and a running number.
#[must_use]
pub fn invoice_number(store: &str, number: i64) -> String {
    format!("{store}-INV-{number:05}")
}

/// The number of a credit memo: its store and a running number.
#[must_use]
pub fn credit_memo_number(store: &str, number: i64) -> String {
    format!("{store}-CM-{number:05}")
}

/// The number of a payment on account: the store that took it and a running number.
#[must_use]
pub fn account_payment_number(store: &str, number: i64) -> String {
    format!("{store}-PAY-{number:05}")
}

/// The name of the counter behind a series: its kind and what it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Series {
    pub kind: SeriesKind,
    pub owner: uuid::Uuid,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_printed() {
        assert_eq!(receipt_number("S2", "T1", 4_711), "S2-T1-004711");
        assert_eq!(tag_number(1_042), "P001042");
        assert_eq!(customer_number(7), "C00007");
        assert_eq!(entry_number(12), "J000012");
        assert_eq!(order_number("S1", 12), "S1-PO-00012");
        assert_eq!(goods_receipt_number("S1", 12), "S1-GR-00012");
        assert_eq!(vendor_return_number("S1", 12), "S1-RTV-00012");
        assert_eq!(invoice_number("S1", 12), "S1-INV-00012");
        assert_eq!(credit_memo_number("S1", 12), "S1-CM-00012");
        assert_eq!(account_payment_number("S1", 12), "S1-PAY-00012");
    }
}
