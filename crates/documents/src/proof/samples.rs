//! The made-up store and its customers.

use super::day;
use crate::invoice::{Due, Installment, InvoicePaper};
use crate::letterhead::{Letterhead, Party};
use crate::lines::{Line, Paid, TaxLine};
use domain::money::Money;

pub fn cents(amount: &str) -> Money {
    Money::parse(amount).unwrap()
}

pub fn letterhead() -> Letterhead {
    Letterhead {
        store_name: "Marlowe & Finch Jewelers".to_owned(),
        address: vec!["214 King Street".to_owned(), "Charleston, SC 29401".to_owned()],
        phone: "(843) 555-0142".to_owned(),
        header: Some("Fine jewelry and repairs since 1974".to_owned()),
        currency: "USD".to_owned(),
    }
}

pub fn eleanor() -> Party {
    Party {
        name: "Eleanor Whitfield".to_owned(),
        address: vec!["18 Rutledge Avenue".to_owned(), "Charleston, SC 29403".to_owned()],
        customer_number: Some("C-1042".to_owned()),
    }
}

pub fn line(description: &str, amount: &str) -> Line {
    Line { description: description.to_owned(), detail: None, quantity: None, amount: cents(amount) }
}

pub fn tax(name: &str, amount: &str) -> TaxLine {
    TaxLine { name: name.to_owned(), amount: cents(amount) }
}

pub fn paid(means: &str, reference: &str, amount: &str) -> Paid {
    let reference = (!reference.is_empty()).then(|| reference.to_owned());
    Paid { means: means.to_owned(), reference, amount: cents(amount) }
}

/// A ring of 5,000.00 with 7 % tax, charged to an account.
pub fn ring_invoice() -> InvoicePaper {
    let ring = Line {
        detail: Some("Tag 004182".to_owned()),
        ..line("Engagement ring, platinum, 1.01 ct round brilliant, F VS1", "5,000.00")
    };
    InvoicePaper {
        letterhead: letterhead(),
        bill_to: eleanor(),
        number: "INV-1001".to_owned(),
        issued_on: day("2026-11-30"),
        printed_on: day("2026-11-30"),
        po_reference: None,
        receipt_number: Some("S1-T1-000482".to_owned()),
        lines: vec![ring],
        subtotal: cents("5,000.00"),
        taxes: vec![tax("SC sales tax 7 %", "350.00")],
        exempt: None,
        total: cents("5,350.00"),
        paid: Vec::new(),
        open: cents("5,350.00"),
        due: Due::On(day("2026-12-30")),
        terms: Some("Net 30".to_owned()),
        note: None,
        void: None,
    }
}

pub fn installment(due_on: &str, amount: &str, open: &str) -> Installment {
    Installment { due_on: day(due_on), amount: cents(amount), open: cents(open) }
}
