//! Statements.

use super::samples::{cents, eleanor, letterhead};
use super::{day, refused, stands_as};
use crate::statement;
use crate::statement::{
    Activity, Aging, BalanceForward, Commitment, MinimumPayment, OpenDocument, StatementBody, StatementPaper,
};
use crate::typeset::Template;
use chrono::{Days, NaiveDate};
use domain::money::Money;

/// A customer who owes nothing and never did.
fn nothing() -> StatementPaper {
    StatementPaper {
        letterhead: letterhead(),
        customer: eleanor(),
        as_of: day("2026-11-30"),
        printed_on: day("2026-11-30"),
        body: StatementBody::OpenItem(Vec::new()),
        aging: Aging::default(),
        balance: Money::ZERO,
        minimum: None,
        commitments: Vec::new(),
        remittance: None,
        note: None,
    }
}

fn owed(number: &str, dated: &str, due_on: &str, amount: &str, open: &str, late: u32) -> OpenDocument {
    OpenDocument {
        document: format!("Invoice {number}"),
        dated: day(dated),
        due_on: Some(day(due_on)),
        amount: cents(amount),
        open: cents(open),
        days_past_due: (late > 0).then_some(late),
    }
}

fn happened(on: &str, what: &str, amount: &str, balance: &str) -> Activity {
    Activity { on: day(on), what: what.to_owned(), amount: cents(amount), balance: cents(balance) }
}

fn remittance() -> Option<String> {
    let words = "Make checks payable to Marlowe & Finch Jewelers and write your account number on them, \
                 or call (843) 555-0142 to pay by card.";
    Some(words.to_owned())
}

fn open_items() -> StatementPaper {
    let credit = OpenDocument {
        document: "Credit memo CM-8".to_owned(),
        dated: day("2026-11-20"),
        due_on: None,
        amount: cents("−70.00"),
        open: cents("−70.00"),
        days_past_due: None,
    };
    StatementPaper {
        body: StatementBody::OpenItem(vec![
            owed("INV-0871", "2026-06-15", "2026-07-15", "1,284.00", "284.00", 138),
            owed("INV-0934", "2026-09-02", "2026-10-02", "642.00", "642.00", 59),
            owed("INV-0988", "2026-10-28", "2026-11-27", "2,140.00", "1,070.00", 3),
            owed("INV-1001", "2026-11-30", "2026-12-30", "5,350.00", "5,350.00", 0),
            credit,
        ]),
        aging: Aging {
            current: cents("5,350.00"),
            days_1_to_30: cents("1,070.00"),
            days_31_to_60: cents("642.00"),
            over_120_days: cents("284.00"),
            unapplied: cents("−70.00"),
            ..Aging::default()
        },
        balance: cents("7,276.00"),
        minimum: Some(MinimumPayment { amount: cents("1,996.00"), due_on: day("2026-12-25") }),
        commitments: vec![
            Commitment {
                what: "Layaway L-204".to_owned(),
                description: Some("Sapphire pendant, 14 kt yellow gold".to_owned()),
                total: cents("1,605.00"),
                paid: cents("535.00"),
                left: cents("1,070.00"),
                next_due_on: Some(day("2026-12-15")),
            },
            Commitment {
                what: "Special order O-88".to_owned(),
                description: None,
                total: cents("900.00"),
                paid: cents("900.00"),
                left: Money::ZERO,
                next_due_on: None,
            },
        ],
        remittance: remittance(),
        ..nothing()
    }
}

#[test]
fn a_customer_with_nothing() {
    let text = stands_as("statement-nothing", Template::Statement, &nothing());
    assert!(text.contains("Nothing is owed"));
    assert!(statement(&nothing()).is_ok());
}

#[test]
fn by_document_with_an_appendix() {
    let paper = open_items();
    assert!(paper.check().is_ok());
    let text = stands_as("statement-open-item", Template::Statement, &paper);
    assert!(text.contains("Layaways and orders (not part of your balance)"));
    assert!(text.contains("−70.00"), "with the true minus sign");
}

#[test]
fn by_what_happened() {
    let activity = vec![
        happened("2026-11-04", "Payment, check 2210", "−1,000.00", "284.00"),
        happened("2026-11-12", "Invoice INV-0988, due Dec 12, 2026", "2,140.00", "2,424.00"),
        happened("2026-11-20", "Credit memo CM-8", "−1,070.00", "1,354.00"),
        happened("2026-11-21", "Payment, Visa 4242", "−1,500.00", "−146.00"),
    ];
    let forward = BalanceForward {
        from: day("2026-11-01"),
        opening: cents("1,284.00"),
        activity,
        closing: cents("−146.00"),
    };
    let paper = StatementPaper {
        body: StatementBody::BalanceForward(forward),
        aging: Aging { unapplied: cents("−146.00"), ..Aging::default() },
        balance: cents("−146.00"),
        ..nothing()
    };
    assert!(paper.check().is_ok());
    let text = stands_as("statement-balance-forward", Template::Statement, &paper);
    assert!(text.contains("$146.00 credit in your favor"));
}

/// One invoice a day, each of 10.00.
fn busy(lines: u32) -> StatementPaper {
    let first = day("2026-01-01");
    let after = |count: u32| first.checked_add_days(Days::new(count.into())).unwrap_or(NaiveDate::MAX);
    let document = |count: u32| OpenDocument {
        document: format!("Invoice INV-{:04}", count + 1),
        dated: after(count),
        due_on: Some(after(count + 30)),
        amount: cents("10.00"),
        open: cents("10.00"),
        days_past_due: None,
    };
    let balance = cents("10.00").times(lines.into()).unwrap();
    StatementPaper {
        body: StatementBody::OpenItem((0..lines).map(document).collect()),
        aging: Aging { current: balance, ..Aging::default() },
        balance,
        ..nothing()
    }
}

#[test]
fn three_hundred_lines_with_their_head_on_every_page() {
    let paper = busy(300);
    assert!(paper.check().is_ok());
    let text = stands_as("statement-300", Template::Statement, &paper);
    let pages: Vec<&str> = text.split("── page ").skip(1).collect();
    assert!(pages.len() > 5);
    let with_lines = pages.iter().filter(|page| page.contains("INV-"));
    assert!(with_lines.clone().all(|page| page.contains("Document | Date | Due | Amount | Open")));
    assert!(text.contains(&format!("{0} of {0}\n", pages.len())));
    assert_eq!(text.matches("Invoice INV-").count(), 300);
}

#[test]
fn figures_that_do_not_agree_are_refused() {
    let mut wrong = open_items();
    wrong.aging.current = cents("5,349.99");
    refused(statement(&wrong), "the balance says 7,276.00, but what it is made of comes to 7,275.99");
    let activity = vec![happened("2026-11-04", "Payment", "−1.00", "100.00")];
    let (opening, closing) = (cents("100.00"), cents("100.00"));
    let wrong = StatementPaper {
        body: StatementBody::BalanceForward(BalanceForward {
            from: day("2026-11-01"),
            opening,
            activity,
            closing,
        }),
        aging: Aging { current: closing, ..Aging::default() },
        balance: closing,
        ..nothing()
    };
    refused(statement(&wrong), "the running balance says 100.00, but what it is made of comes to 99.00");
}
