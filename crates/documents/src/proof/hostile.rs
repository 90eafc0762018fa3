//! Whatever somebody types is printed as it is typed, and stays in its place.

use super::samples::{cents, line, ring_invoice};
use super::stands_as;
use crate::invoice::InvoicePaper;
use crate::letterhead::Party;
use crate::lines::Line;
use crate::typeset::Template;

const MARKUP: [&str; 6] = [
    "#import \"x\"",
    "*bold* $x$ <a> _it_ `raw` @ref",
    "#panic(\"now\") #read(\"/etc/passwd\")",
    "= Heading\n- item\n+ item\n/ term: x",
    "\\ \\u{41} ~ -- --- ... // no comment /* none */",
    "\"quoted\" 'single' ]]} #{ $ ",
];

#[test]
fn markup_is_printed_as_it_is_typed() {
    let [name, address, description, detail, quantity, note] = MARKUP.map(str::to_owned);
    let paper = InvoicePaper {
        bill_to: Party { name, address: vec![address], customer_number: Some("#1".to_owned()) },
        lines: vec![Line { description, detail: Some(detail), quantity: Some(quantity), amount: cents("1") }],
        subtotal: cents("1"),
        taxes: Vec::new(),
        total: cents("1"),
        open: cents("1"),
        note: Some(note),
        ..ring_invoice()
    };
    let text = stands_as("hostile", Template::Invoice, &paper);
    for typed in MARKUP.iter().flat_map(|typed| typed.lines()) {
        assert!(text.contains(typed.trim_end()), "{typed}");
    }
}

#[test]
fn long_descriptions_wrap_beside_their_amounts() {
    let words = "Necklace, graduated, with a very long description of every stone in it. ".repeat(12);
    let paper = InvoicePaper {
        lines: vec![
            line(&words, "1.00"),
            line(&"W".repeat(400), "2.00"),
            line("Collier « Été », Nguyễn, Łódź, Ωμέγα, Жемчуг", "−3.00"),
        ],
        subtotal: cents("0.00"),
        taxes: Vec::new(),
        total: cents("0.00"),
        open: cents("0.00"),
        ..ring_invoice()
    };
    let text = stands_as("long-text", Template::Invoice, &paper);
    assert!(text.contains("Łódź"));
    assert!(text.lines().any(|line| line.starts_with("Necklace") && line.ends_with("| 1.00")));
    assert!(text.lines().any(|line| line.starts_with("WWW") && line.ends_with("| 2.00")));
}
