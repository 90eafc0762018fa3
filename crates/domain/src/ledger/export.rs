//! The journal for other programs: hledger, beancount, and spreadsheets.

use super::{Account, AccountCode, Entry};
use crate::codes;
use crate::csv::{cell, decimal};
use crate::ids::CommandId;
use crate::money::Money;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt::Write;

codes! {
    pub enum ExportFormat("export format") {
        Hledger = "hledger", "hledger journal";
        Beancount = "beancount", "beancount file";
        Csv = "csv", "spreadsheet (CSV)";
    }
}

impl ExportFormat {
    /// How the name of a file in this format ends.
    #[must_use]
    pub const fn file_ending(self) -> &'static str {
        match self {
            Self::Hledger => "journal",
            Self::Beancount => "beancount",
            Self::Csv => "csv",
        }
    }
}

/// The business dates from one to another, both included; without a limit where none is named.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the period ends on {to}, before it begins on {from}")]
pub struct EndsBeforeItBegins {
    from: NaiveDate,
    to: NaiveDate,
}

impl Period {
    /// # Errors
    /// [`EndsBeforeItBegins`]
    pub fn new(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Result<Self, EndsBeforeItBegins> {
        match (from, to) {
            (Some(from), Some(to)) if to < from => Err(EndsBeforeItBegins { from, to }),
            _ => Ok(Self { from, to }),
        }
    }

    #[must_use]
    pub const fn from(&self) -> Option<NaiveDate> {
        self.from
    }

    #[must_use]
    pub const fn to(&self) -> Option<NaiveDate> {
        self.to
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.from, self.to) {
            (None, None) => f.write_str("everything"),
            (Some(from), None) => write!(f, "from {from}"),
            (None, Some(to)) => write!(f, "to {to}"),
            (Some(from), Some(to)) => write!(f, "{from} to {to}"),
        }
    }
}

/// Takes the journal of a period out of the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportLedger {
    pub command_id: CommandId,
    pub format: ExportFormat,
    pub period: Period,
}

/// An entry with words for what its lines are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedEntry {
    pub entry: Entry,
    /// What the event was, in a sentence.
    pub summary: String,
    /// For each line its dimensions by name: `store` is `S1`, `item` is the tag number.
    pub tags: Vec<Vec<(&'static str, String)>>,
}

/// The dimensions in the order of the spreadsheet's columns.
pub const DIMENSIONS: [&str; 7] =
    ["store", "till", "customer", "item", "document", "associate", "jurisdiction"];

/// A chart of accounts as plain-text tools name it.
#[derive(Debug, Clone)]
pub struct Exporter {
    format: ExportFormat,
    currency: String,
    accounts: Vec<Account>,
}

impl Exporter {
    #[must_use]
    pub const fn new(format: ExportFormat, currency: String, accounts: Vec<Account>) -> Self {
        Self { format, currency, accounts }
    }

    /// What stands before the first entry: every account is declared, so that strict checks hold.
    #[must_use]
    pub fn opening(&self) -> String {
        let mut text = String::new();
        match self.format {
            ExportFormat::Hledger => {
                let _ = writeln!(text, "commodity 1000.00 {}\n", self.currency);
                for name in [DIMENSIONS.as_slice(), &["event", "entry"]].concat() {
                    let _ = writeln!(text, "tag {name}");
                }
                for account in &self.accounts {
                    let _ = writeln!(text, "account {}", name_of(account));
                }
            }
            ExportFormat::Beancount => {
                let _ = writeln!(text, "option \"operating_currency\" \"{}\"\n", self.currency);
                for account in &self.accounts {
                    let _ = writeln!(text, "1970-01-01 open {} {}", name_of(account), self.currency);
                }
            }
            ExportFormat::Csv => {
                let _ = writeln!(
                    text,
                    "date,entry,event,narrative,summary,account,name,debit,credit,{}",
                    DIMENSIONS.join(",")
                );
            }
        }
        text
    }

    /// One entry.
    #[must_use]
    pub fn entry(&self, exported: &ExportedEntry) -> String {
        match self.format {
            ExportFormat::Hledger => self.hledger(exported),
            ExportFormat::Beancount => self.beancount(exported),
            ExportFormat::Csv => self.csv(exported),
        }
    }

    fn account(&self, code: AccountCode) -> String {
        self.accounts
            .iter()
            .find(|account| account.code == code)
            .map_or_else(|| format!("Equity:{code}"), name_of)
    }

    fn hledger(&self, exported: &ExportedEntry) -> String {
        let header = &exported.entry.header;
        let mut text = format!(
            "\n{} * {} | {}  ; event:{}, entry:{}\n",
            header.moment.business_date,
            one_line(&header.narrative),
            one_line(&exported.summary),
            header.event,
            header.id
        );
        for (line, tags) in exported.entry.lines.iter().zip(&exported.tags) {
            let tags: Vec<String> =
                tags.iter().map(|(name, value)| format!("{name}:{}", one_line(value))).collect();
            let _ = writeln!(
                text,
                "    {}  {} {}  ; {}",
                self.account(line.account),
                decimal(line.amount),
                self.currency,
                tags.join(", ")
            );
        }
        text
    }

    fn beancount(&self, exported: &ExportedEntry) -> String {
        let header = &exported.entry.header;
        let mut text = format!(
            "\n{} * {} {}\n  event: \"{}\"\n  entry: \"{}\"\n",
            header.moment.business_date,
            quoted(&header.narrative),
            quoted(&exported.summary),
            header.event,
            header.id
        );
        for (line, tags) in exported.entry.lines.iter().zip(&exported.tags) {
            let _ = writeln!(
                text,
                "  {}  {} {}",
                self.account(line.account),
                decimal(line.amount),
                self.currency
            );
            for (name, value) in tags {
                let _ = writeln!(text, "    {name}: {}", quoted(value));
            }
        }
        text
    }

    fn csv(&self, exported: &ExportedEntry) -> String {
        let header = &exported.entry.header;
        let mut text = String::new();
        for (line, tags) in exported.entry.lines.iter().zip(&exported.tags) {
            let name = self
                .accounts
                .iter()
                .find(|account| account.code == line.account)
                .map_or("", |account| &account.name);
            let side = |amount: Money| if amount.is_positive() { decimal(amount) } else { String::new() };
            let mut cells = vec![
                header.moment.business_date.to_string(),
                header.id.to_string(),
                header.event.to_string(),
                cell(&header.narrative),
                cell(&exported.summary),
                line.account.to_string(),
                cell(name),
                side(line.amount),
                side(line.amount.negated().unwrap_or_default()),
            ];
            let value = |wanted: &str| {
                tags.iter()
                    .find(|(name, _)| *name == wanted)
                    .map_or_else(String::new, |(_, value)| cell(value))
            };
            cells.extend(DIMENSIONS.iter().map(|name| value(name)));
            let _ = writeln!(text, "{}", cells.join(","));
        }
        text
    }
}

/// `Assets:1000-Cash-till`: root, number and name in the letters every tool takes.
fn name_of(account: &Account) -> String {
    let words: Vec<String> = account
        .name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    format!("{}:{}-{}", account.kind.plain_text_root(), account.code, words.join("-"))
}

/// Free text where a line break, a semicolon, a comma or a bar would mean something.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || matches!(c, ';' | '|' | ',') { ' ' } else { c }).collect()
}

fn quoted(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::standard_chart;

    #[test]
    fn names_that_programs_read() {
        let till = standard_chart().first().unwrap();
        assert_eq!(name_of(till), "Assets:1000-Cash-till");
        let names: std::collections::BTreeSet<_> = standard_chart().iter().map(name_of).collect();
        assert_eq!(names.len(), standard_chart().len());
    }

    #[test]
    fn text_stays_text() {
        assert_eq!(quoted("a \"b\" \\ c\n"), "\"a \\\"b\\\" \\\\ c \"");
        assert_eq!(one_line("a; b, c | d\n"), "a  b  c   d ");
    }

    #[test]
    fn a_period_ends_after_it_began() {
        let day = |text: &str| Some(text.parse::<NaiveDate>().unwrap());
        let period = |from, to| Period::new(from, to).map(|period| period.to_string());
        let march = period(day("2026-03-01"), day("2026-03-31"));
        assert_eq!(march.as_deref(), Ok("2026-03-01 to 2026-03-31"));
        assert!(period(day("2026-03-01"), day("2026-03-01")).is_ok());
        assert_eq!(period(None, day("2026-03-31")).as_deref(), Ok("to 2026-03-31"));
        assert_eq!(period(None, None).as_deref(), Ok("everything"));
        let refused = period(day("2026-03-31"), day("2026-03-01")).unwrap_err().to_string();
        assert_eq!(refused, "the period ends on 2026-03-01, before it begins on 2026-03-31");
    }
}
