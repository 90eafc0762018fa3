//! Invoices and credit memos.

use super::samples::{cents, eleanor, installment, letterhead, line, paid, ring_invoice, tax};
use super::{day, refused, stands_as};
use crate::bounds::MOST_LINES;
use crate::credit_memo::CreditMemoPaper;
use crate::invoice::{Due, InvoicePaper};
use crate::lines::{AppliedTo, Line, VoidMark};
use crate::typeset::Template;
use crate::{credit_memo, invoice};
use domain::money::Money;

/// The same amount without tax, on other terms.
fn plain(amount: &str) -> InvoicePaper {
    InvoicePaper {
        lines: vec![line("Pearl restringing, 18 in strand", amount)],
        subtotal: cents(amount),
        taxes: Vec::new(),
        total: cents(amount),
        open: cents(amount),
        receipt_number: None,
        ..ring_invoice()
    }
}

#[test]
fn a_charged_sale_with_tax() {
    let text = stands_as("invoice", Template::Invoice, &ring_invoice());
    for words in ["$5,350.00 due Dec 30, 2026", "SC sales tax 7 % | 350.00", "Open | 5,350.00", "1 of 1"] {
        assert!(text.contains(words), "{words}");
    }
}

#[test]
fn three_installments_of_which_one_is_paid() {
    let paper = InvoicePaper {
        paid: vec![paid("Visa 4242", "Dec 1, 2026", "33.34")],
        open: cents("66.66"),
        due: Due::Installments(vec![
            installment("2026-12-01", "33.34", "0.00"),
            installment("2027-01-01", "33.33", "33.33"),
            installment("2027-02-01", "33.33", "33.33"),
        ]),
        terms: Some("Three installments, no charge".to_owned()),
        ..plain("100.00")
    };
    assert!(paper.check().is_ok());
    let text = stands_as("invoice-installments", Template::Invoice, &paper);
    assert!(text.contains("$33.33 due Jan 1, 2027"));
}

#[test]
fn a_standalone_one_for_a_company() {
    let parts = |description: &str, detail: &str, quantity: &str, amount: &str| Line {
        detail: (!detail.is_empty()).then(|| detail.to_owned()),
        quantity: (!quantity.is_empty()).then(|| quantity.to_owned()),
        ..line(description, amount)
    };
    let paper = InvoicePaper {
        po_reference: Some("PO 77-0193".to_owned()),
        receipt_number: None,
        lines: vec![
            parts("Service award pins, 14 kt yellow gold, five years", "Die 2231", "24", "3,480.00"),
            parts("Melee, round, SI1, for the die above", "", "3.62 ct", "1,086.00"),
            parts("Engraving", "", "", "240.00"),
            parts("Discount for the whole order", "", "", "−200.00"),
        ],
        subtotal: cents("4,606.00"),
        taxes: Vec::new(),
        exempt: Some("Tax exempt: resale, SC 0482-11".to_owned()),
        total: cents("4,606.00"),
        paid: vec![paid("Check 2210", "Dec 4, 2026", "2,000.00"), paid("Credit memo CM-7", "", "120.50")],
        open: cents("2,485.50"),
        note: Some("Boxes are delivered with the second half of the order.\nAsk for Ruth.".to_owned()),
        ..ring_invoice()
    };
    assert!(paper.check().is_ok());
    let text = stands_as("invoice-company", Template::Invoice, &paper);
    assert!(text.contains("−200.00"), "with the true minus sign");
}

#[test]
fn a_void_one() {
    let void = VoidMark { on: day("2026-12-02"), reason: Some("entered twice".to_owned()) };
    let text =
        stands_as("invoice-void", Template::Invoice, &InvoicePaper { void: Some(void), ..ring_invoice() });
    assert!(text.contains("Void since Dec 2, 2026: entered twice"));
    assert!(text.contains("VOID\n"));
    assert!(!text.contains("due Dec"));
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    let first = invoice(&ring_invoice()).unwrap();
    assert!(first.starts_with(b"%PDF-"));
    assert!(first == invoice(&ring_invoice()).unwrap());
    let another_day = InvoicePaper { printed_on: day("2026-12-01"), ..ring_invoice() };
    assert!(first != invoice(&another_day).unwrap());
}

#[test]
fn what_does_not_add_up_is_refused() {
    let wrong = InvoicePaper { total: cents("5,350.01"), ..ring_invoice() };
    refused(invoice(&wrong), "the total says 5,350.01, but what it is made of comes to 5,350.00");
    let due = Due::Installments(vec![installment("2026-12-01", "33.33", "33.33"); 3]);
    let wrong = InvoicePaper { due, ..plain("100.00") };
    refused(invoice(&wrong), "the open amount says 100.00, but what it is made of comes to 99.99");
}

#[test]
fn what_is_too_long_is_refused() {
    let due = Due::Installments(vec![installment("2026-12-01", "20.00", "20.00"); 5]);
    let long = InvoicePaper { due, ..plain("100.00") };
    refused(invoice(&long), "an invoice has at most 4 installments, this one has 5");
    let lines = vec![line("Bead", "0.00"); MOST_LINES + 1];
    let long = InvoicePaper { lines, ..plain("0.00") };
    refused(invoice(&long), "2001 lines are more than the 2000 that a paper holds");
    let long = InvoicePaper { note: Some("a ".repeat(2_001)), ..ring_invoice() };
    refused(invoice(&long), "a text of 4002 characters is longer than the 4000 that a paper holds");
}

fn returned_bracelet() -> CreditMemoPaper {
    CreditMemoPaper {
        letterhead: letterhead(),
        credit_to: eleanor(),
        number: "CM-8".to_owned(),
        issued_on: day("2026-12-03"),
        printed_on: day("2026-12-03"),
        reason: "Returned within 30 days".to_owned(),
        corrects: Some("Invoice INV-0988".to_owned()),
        lines: vec![Line {
            detail: Some("Tag 003977".to_owned()),
            ..line("Tennis bracelet, 14 kt white gold, 3.00 ct", "1,000.00")
        }],
        subtotal: cents("1,000.00"),
        taxes: vec![tax("SC sales tax 7 %", "70.00")],
        total: cents("1,070.00"),
        applied: vec![AppliedTo {
            document: "Invoice INV-1001".to_owned(),
            dated: day("2026-11-30"),
            applied: cents("1,000.00"),
            open: cents("4,350.00"),
        }],
        refunded: Money::ZERO,
        left: cents("70.00"),
        note: None,
        void: None,
    }
}

#[test]
fn a_credit_memo() {
    let memo = returned_bracelet();
    assert!(memo.check().is_ok());
    let text = stands_as("credit-memo", Template::CreditMemo, &memo);
    assert!(text.contains("$1,070.00 credited, $70.00 left"));
    let wrong = CreditMemoPaper { left: cents("80.00"), ..memo };
    refused(credit_memo(&wrong), "the credit says 1,070.00, but what it is made of comes to 1,080.00");
}
