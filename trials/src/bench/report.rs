//! The figures, each beside what is required of it.

use crate::hurry::Run;
use crate::raw_sqlite::Raw;
use crate::statements::Statements;
use crate::{TILLS, per_second, within};
use db::Location;
use std::time::Duration;
use trials::Memory;

/// What was measured.
#[derive(Debug)]
pub struct Figures {
    /// What bringing in a list of stones took.
    pub imported: Duration,
    /// How long each find took with the stones there, shortest first.
    pub found: Vec<Duration>,
    pub first_answer: Duration,
    /// After the sales of one till, doing nothing.
    pub idle: Memory,
    pub alone: Run,
    pub together: Run,
    pub gaps: usize,
    pub cpu_per_sale: Duration,
    pub written_per_sale: u64,
}

/// Prints them; whether all requirements are met. What one machine does for itself is required of the embedded
/// database alone: its memory, its first page, its imports.
pub fn print(figures: &Figures, statements: &Statements, raw: &Raw, location: &Location) -> bool {
    let sqlite = matches!(location, Location::File(_));
    let Figures { alone, together, .. } = figures;
    let (ours, limit) = (per_second(together.count(), together.took), per_second(raw.times.len(), raw.took));
    let failures = alone.failures.len() + together.failures.len();
    let (p50, p99) = (within(&together.times, 50), within(&together.times, 99));
    let each = |count: usize| hundredths((count * 100 / statements.sales.max(1)) as u64);
    let megabytes = figures.idle.0 / 1_000_000;
    println!();
    println!("{}", if sqlite { "SQLite, synchronous=FULL" } else { "PostgreSQL, its own settings" });
    let mut lines = Lines::default();
    let mut line =
        |what: &str, figure: String, required: &str, met: bool| lines.line(what, figure, required, met);
    let alone_on_the_machine = |required: &'static str| if sqlite { required } else { "" };
    let (enough, met) = if sqlite {
        ("at least 600/s, or 0.4 of raw", ours >= 600 || ours * 10 >= limit * 4)
    } else {
        ("at least 0.3 of raw", ours * 10 >= limit * 3)
    };
    line(&format!("{TILLS} tills, whole sales"), format!("{ours}/s"), enough, met);
    line("the same rows raw, one commit per sale", format!("{limit}/s"), "", true);
    line("  99 of 100 within", ms(within(&raw.times, 99)), "", true);
    line("  ours as a part of raw", hundredths(ours * 100 / limit.max(1)), "", true);
    line("  half of them within", ms(p50), "", true);
    line("  99 of 100 within", ms(p99), "at most 25 ms", p99 <= Duration::from_millis(25));
    line("  failed", failures.to_string(), "none", failures == 0);
    line("  receipt numbers missing", figures.gaps.to_string(), "none", figures.gaps == 0);
    line("  processor time per sale", ms(figures.cpu_per_sale), "", true);
    line("  written to disk per sale", format!("{} KB", figures.written_per_sale / 1_000), "", true);
    line("  SQL statements per sale", each(statements.statements), "", true);
    line("  waits for the database per sale", each(statements.waits), "", true);
    let median = within(&alone.times, 50);
    line(
        "one till, half of its sales within",
        ms(median),
        alone_on_the_machine("at most 2 ms"),
        median <= Duration::from_millis(2),
    );
    line("  99 of 100 within", ms(within(&alone.times, 99)), "", true);
    let sold = alone.count();
    line(
        &format!("memory, idle after {sold} sales"),
        format!("{megabytes} MB"),
        alone_on_the_machine("under 60 MB"),
        megabytes < 60,
    );
    let first = figures.first_answer;
    line(
        "first page after the start",
        ms(first),
        alone_on_the_machine("within 150 ms"),
        first <= Duration::from_millis(150),
    );
    let found = |percent: usize| within(&figures.found, percent);
    line("find as typed, half within", ms(found(50)), "", true);
    line(
        "  99 of 100 within",
        ms(found(99)),
        alone_on_the_machine("within 50 ms"),
        found(99) <= Duration::from_millis(50),
    );
    let imported = figures.imported;
    line(
        "54,000 stones imported in",
        ms(imported),
        alone_on_the_machine("within 90 s"),
        imported <= Duration::from_secs(90),
    );
    line("parure verify", "everything holds".to_owned(), "", true);
    for failure in alone.failures.iter().chain(&together.failures).take(3) {
        println!("failed: {failure}");
    }
    lines.all_met()
}

/// Figures as they are printed, and whether what is required of them is met.
#[derive(Debug, Default)]
pub struct Lines {
    missed: usize,
}

impl Lines {
    /// Prints a figure; where nothing is said, nothing is required.
    pub fn line(&mut self, what: &str, figure: String, required: &str, met: bool) {
        let missed = !required.is_empty() && !met;
        self.missed += usize::from(missed);
        println!("{what:<44} {figure:>18}   {}{required}", if missed { "NOT MET: " } else { "" });
    }

    pub const fn all_met(&self) -> bool {
        self.missed == 0
    }
}

pub fn ms(time: Duration) -> String {
    let hundredths_of_ms = u64::try_from(time.as_micros() / 10).unwrap_or(u64::MAX);
    format!("{} ms", hundredths(hundredths_of_ms))
}

pub fn hundredths(of: u64) -> String {
    format!("{}.{:02}", of / 100, of % 100)
}
