//! The journal for other programs: hledger, beancount, and spreadsheets.

use super::{Account, AccountCode, Entry};
use crate::codes;
use crate::csv::{cell, decimal};
use crate::money::Money;
use std::fmt::Write;

codes! {
    pub enum ExportFormat("export format") {
        Hledger = "hledger", "hledger journal";
        Beancount = "beancount", "beancount file";
        Csv = "csv", "spreadsheet (CSV)";
    }
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
}
