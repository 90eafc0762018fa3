//! What the runners say about how many tests passed.

use serde_json::Value;
use std::fmt;
use std::iter::Sum;

/// The result of a runner.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub passed: u64,
    pub failed: u64,
    pub skipped: u64,
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| Self {
            passed: sum.passed + one.passed,
            failed: sum.failed + one.failed,
            skipped: sum.skipped + one.skipped,
        })
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 { write!(f, ", {} skipped", self.skipped) } else { Ok(()) }
    }
}

/// A summary line of nextest: `Summary [ 0.2s] 3 tests run: 2 passed (1 slow), 1 timed out, 4 skipped`.
pub fn nextest(line: &str) -> Option<Counts> {
    let (_, results) = line.trim_start().strip_prefix("Summary")?.split_once(" run: ")?;
    let mut counts = Counts::default();
    for part in without_parentheses(results).split(',') {
        let (number, what) = part.trim().split_once(' ')?;
        add(&mut counts, number, what)?;
    }
    Some(counts)
}

/// A summary line of `cargo test`: `test result: ok. 2 passed; 0 failed; 1 ignored; ...; finished in 0.1s`.
pub fn libtest(line: &str) -> Option<Counts> {
    let (_, results) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let mut counts = Counts::default();
    for part in results.split(';').take(3) {
        let (number, what) = part.trim().split_once(' ')?;
        add(&mut counts, number, what)?;
    }
    Some(counts)
}

/// The JSON report of Playwright. A test that passed at a second try has passed.
pub fn playwright(report: &Value) -> Option<Counts> {
    let stats = report.get("stats")?;
    let number = |key: &str| stats.get(key).and_then(Value::as_u64);
    // What goes wrong outside any test, like a file that does not compile, is a failure too.
    let errors = report.get("errors").and_then(Value::as_array).map_or(0, |errors| errors.len() as u64);
    Some(Counts {
        passed: number("expected")? + number("flaky")?,
        failed: number("unexpected")? + errors,
        skipped: number("skipped")?,
    })
}

/// Every word but these two means that a test did not pass.
fn add(counts: &mut Counts, number: &str, what: &str) -> Option<()> {
    let number: u64 = number.parse().ok()?;
    match what.trim() {
        "passed" => counts.passed += number,
        "skipped" | "ignored" => counts.skipped += number,
        _ => counts.failed += number,
    }
    Some(())
}

fn without_parentheses(text: &str) -> String {
    let mut depth = 0_u32;
    let keep = |character: &char| {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    };
    text.chars().filter(keep).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn counts(passed: u64, failed: u64, skipped: u64) -> Option<Counts> {
        Some(Counts { passed, failed, skipped })
    }

    #[test]
    fn nextest_summaries() {
        let line = "     Summary [   0.213s] 12 tests run: 12 passed, 0 skipped";
        assert_eq!(nextest(line), counts(12, 0, 0));
        let line = "     Summary [  60.213s] 7/9 tests run: 4 passed (1 slow, 1 leaky), 2 failed, 1 timed out, 3 skipped";
        assert_eq!(nextest(line), counts(4, 3, 3));
        assert_eq!(nextest("        PASS [   0.004s] domain money::splits"), None);
    }

    #[test]
    fn libtest_summaries() {
        let line = "test result: FAILED. 3 passed; 1 failed; 2 ignored; 0 measured; 9 filtered out; finished in 0.01s";
        assert_eq!(libtest(line), counts(3, 1, 2));
        assert_eq!(libtest("test money::splits ... ok"), None);
    }

    #[test]
    fn playwright_reports() {
        let stats = json!({"expected": 4, "unexpected": 1, "flaky": 1, "skipped": 2});
        assert_eq!(playwright(&json!({"stats": stats, "errors": []})), counts(5, 1, 2));
        assert_eq!(playwright(&json!({"stats": stats, "errors": [{}]})), counts(5, 2, 2));
    }
}
