//! Cells of a spreadsheet file: what a person typed stays text, an amount stays a number.

use crate::money::Money;

/// `-1234.56`: no grouping and a plain minus, as programs read it.
#[must_use]
pub fn decimal(amount: Money) -> String {
    let sign = if amount.is_negative() { "-" } else { "" };
    let magnitude = amount.minor().unsigned_abs();
    format!("{sign}{}.{:02}", magnitude / 100, magnitude % 100)
}

/// A cell that no spreadsheet takes for a formula.
#[must_use]
pub fn cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_that_programs_read() {
        assert_eq!(decimal(Money::from_minor(-123_456)), "-1234.56");
        assert_eq!(decimal(Money::from_minor(5)), "0.05");
    }

    #[test]
    fn text_stays_text() {
        assert_eq!(cell("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(cell("Ada, Countess"), "\"Ada, Countess\"");
    }
}
