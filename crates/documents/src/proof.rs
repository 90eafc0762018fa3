//! Papers of a made-up store, set and read again. What stands on them is compared with `golden/`.

mod hostile;
mod invoices;
mod read;
mod receipts;
mod samples;
mod statements;

use crate::DocumentError;
use crate::typeset::{self, Template};
use chrono::NaiveDate;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// Sets a paper and compares its text with `golden/<name>.txt`; the text as it is now is returned.
///
/// `PARURE_GOLDEN=write` writes the file instead, and `PARURE_PAPERS=<folder>` the PDF beside it, to look at.
#[track_caller]
fn stands_as(name: &str, template: Template, paper: &impl Serialize) -> String {
    let text = read::text(&typeset::pages(template, paper).unwrap());
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join(name).with_extension("txt");
    if let Some(folder) = std::env::var_os("PARURE_PAPERS") {
        let pdf = typeset::pdf(template, paper, day("2026-11-30")).unwrap();
        std::fs::write(PathBuf::from(folder).join(name).with_extension("pdf"), pdf).unwrap();
    }
    if std::env::var_os("PARURE_GOLDEN").is_some() {
        std::fs::write(&golden, &text).unwrap();
    }
    let expected = std::fs::read_to_string(&golden).unwrap_or_default();
    assert!(text == expected, "{} differs; it says now:\n{text}", golden.display());
    text
}

#[track_caller]
fn refused(made: Result<Vec<u8>, DocumentError>, sentence: &str) {
    assert_eq!(made.unwrap_err().to_string(), sentence);
}

fn day(date: &str) -> NaiveDate {
    date.parse().unwrap()
}
