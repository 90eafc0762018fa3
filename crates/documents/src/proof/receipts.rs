//! Receipts, of sales and of payments.

use super::samples::{cents, eleanor, letterhead, paid, tax};
use super::{day, refused, stands_as};
use crate::lines::AppliedTo;
use crate::payment::PaymentPaper;
use crate::receipt::{Charged, ReceiptPaper, ReturnedLine, SoldLine};
use crate::typeset::Template;
use crate::{payment_receipt, receipt};
use domain::money::Money;

fn sold(tag: &str, description: &str, price: &str, discount: &str, net: &str) -> SoldLine {
    SoldLine {
        tag: tag.to_owned(),
        description: description.to_owned(),
        quantity: None,
        price: cents(price),
        discount: cents(discount),
        net: cents(net),
    }
}

/// A ring and a part of a lot, paid in cash and on account.
fn sale() -> ReceiptPaper {
    ReceiptPaper {
        letterhead: letterhead(),
        customer: Some(eleanor()),
        number: "S1-T1-000482".to_owned(),
        sold_on: day("2026-11-30"),
        sold_at: "3:42 pm".to_owned(),
        sold_by: "Ruth Okafor".to_owned(),
        printed_on: day("2026-11-30"),
        lines: vec![
            sold("004182", "Ring, 18 kt rose gold, oval morganite 2.10 ct", "2,400.00", "240.00", "2,160.00"),
            SoldLine {
                quantity: Some("4 pieces".to_owned()),
                ..sold("L-0031", "Earring backs, 14 kt yellow gold", "80.00", "0.00", "80.00")
            },
        ],
        returned: Vec::new(),
        subtotal: cents("2,480.00"),
        discount: cents("240.00"),
        taxes: vec![tax("SC sales tax 6 %", "134.40"), tax("Charleston County 1 %", "22.40")],
        exempt: None,
        returned_worth: Money::ZERO,
        total: cents("2,396.80"),
        rounding: Money::ZERO,
        paid: vec![paid("Cash", "", "400.00"), paid("On account", "", "2,000.00")],
        change: cents("3.20"),
        charged: Some(Charged {
            account: "C-1042".to_owned(),
            invoice_number: "INV-1001".to_owned(),
            amount: cents("2,000.00"),
            due_on: day("2026-12-30"),
        }),
        return_policy: Some("Returns within 30 days with this receipt.".to_owned()),
        footer: Some("Thank you.".to_owned()),
        note: None,
        void: None,
    }
}

/// The ring goes back, less a fee, and its worth is paid out.
fn back() -> ReceiptPaper {
    ReceiptPaper {
        number: "S1-T1-000490".to_owned(),
        lines: Vec::new(),
        returned: vec![ReturnedLine {
            tag: "004182".to_owned(),
            description: "Ring, 18 kt rose gold, oval morganite 2.10 ct".to_owned(),
            sold_on_receipt: "S1-T1-000482".to_owned(),
            net: cents("2,160.00"),
            fee: cents("108.00"),
        }],
        subtotal: Money::ZERO,
        discount: Money::ZERO,
        taxes: Vec::new(),
        returned_worth: cents("2,203.20"),
        total: cents("−2,203.20"),
        paid: vec![paid("Visa 4242", "auth 019283", "−2,203.20")],
        change: Money::ZERO,
        charged: None,
        ..sale()
    }
}

#[test]
fn a_sale_partly_on_account() {
    let text = stands_as("receipt", Template::Receipt, &sale());
    assert!(receipt(&sale()).is_ok());
    assert!(text.contains("$2,000.00 charged to account C-1042: invoice INV-1001, due Dec 30, 2026."));
}

#[test]
fn a_return() {
    let text = stands_as("receipt-return", Template::Receipt, &back());
    assert!(receipt(&back()).is_ok());
    assert!(text.contains("Total | −2,203.20"));
}

#[test]
fn an_exchange_without_a_name() {
    let paper = ReceiptPaper {
        customer: None,
        returned: back().returned,
        returned_worth: cents("2,203.20"),
        total: cents("193.60"),
        rounding: cents("−0.01"),
        paid: vec![paid("Cash", "", "193.59")],
        change: Money::ZERO,
        charged: None,
        ..sale()
    };
    let text = stands_as("receipt-exchange", Template::Receipt, &paper);
    assert!(receipt(&paper).is_ok());
    assert!(text.contains("Returned, with tax | −2,203.20"));
}

#[test]
fn a_receipt_that_does_not_settle_is_refused() {
    let wrong = ReceiptPaper { change: Money::ZERO, ..sale() };
    let sentence =
        "the total with rounding and change says 2,396.80, but what it is made of comes to 2,400.00";
    refused(receipt(&wrong), sentence);
}

fn payment() -> PaymentPaper {
    let applied = |number: &str, dated: &str, amount: &str, open: &str| AppliedTo {
        document: format!("Invoice {number}"),
        dated: day(dated),
        applied: cents(amount),
        open: cents(open),
    };
    PaymentPaper {
        letterhead: letterhead(),
        received_from: eleanor(),
        number: "P-3107".to_owned(),
        received_on: day("2026-11-30"),
        received_by: "Ruth Okafor".to_owned(),
        printed_on: day("2026-11-30"),
        paid: vec![paid("Check", "no. 2210", "800.00"), paid("Cash", "", "200.00")],
        total: cents("1,000.00"),
        applied: vec![
            applied("INV-0871", "2026-06-15", "284.00", "0.00"),
            applied("INV-0934", "2026-09-02", "642.00", "0.00"),
        ],
        credit: cents("74.00"),
        balance: cents("6,276.00"),
        note: None,
        void: None,
    }
}

#[test]
fn a_payment_on_account() {
    let text = stands_as("payment", Template::Payment, &payment());
    assert!(payment_receipt(&payment()).is_ok());
    assert!(text.contains("Left as credit | 74.00"));
    let wrong = PaymentPaper { credit: cents("73.00"), ..payment() };
    refused(payment_receipt(&wrong), "the payment says 1,000.00, but what it is made of comes to 999.00");
}
