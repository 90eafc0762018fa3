//! Words that people type: trimmed, bounded, free of control characters and of card numbers.

use serde::{Deserialize, Serialize};

/// A note, a reason, a description.
pub const LONGEST_NOTE: usize = 2_000;
/// A name, a title, a reference: one line.
pub const LONGEST_LINE: usize = 120;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum TextError {
    #[error("this is needed")]
    Missing,
    #[error("this is longer than {0} characters")]
    TooLong(usize),
    #[error("this looks like a card number: card data is never kept here")]
    CardNumber,
    #[error("this does not look like an e-mail address")]
    NotAnEmail,
    #[error("enter a phone number with area code, such as 555 010 2030")]
    NotAPhone,
}

/// One line that must not be empty.
///
/// # Errors
/// Nothing typed, more than [`LONGEST_LINE`] characters, or a card number.
pub fn required_line(typed: &str) -> Result<String, TextError> {
    optional_line(typed)?.ok_or(TextError::Missing)
}

/// One line that may be empty.
///
/// # Errors
/// More than [`LONGEST_LINE`] characters, or a card number.
pub fn optional_line(typed: &str) -> Result<Option<String>, TextError> {
    let line: String = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    bounded(line, LONGEST_LINE)
}

/// Several lines that may be empty.
///
/// # Errors
/// More than [`LONGEST_NOTE`] characters, or a card number.
pub fn note(typed: &str) -> Result<Option<String>, TextError> {
    bounded(typed.trim().replace("\r\n", "\n"), LONGEST_NOTE)
}

/// An address for mail, in lower case.
///
/// # Errors
/// Anything that is not `name@host.tld`; delivery alone proves that an address exists.
pub fn email(typed: &str) -> Result<Option<String>, TextError> {
    let Some(line) = optional_line(typed)? else { return Ok(None) };
    let looks_right = line.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && !host.contains('@')
            && host.split('.').count() > 1
            && host.split('.').all(|part| !part.is_empty())
            && !line.contains(' ')
    });
    if looks_right { Ok(Some(line.to_lowercase())) } else { Err(TextError::NotAnEmail) }
}

/// A phone number as `+` and digits (E.164); ten digits are taken as a number of the United States.
///
/// # Errors
/// Fewer than 10 or more than 15 digits, or letters.
pub fn phone(typed: &str) -> Result<Option<String>, TextError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    if typed.chars().any(|c| !c.is_ascii_digit() && !" +-().".contains(c)) {
        return Err(TextError::NotAPhone);
    }
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    match (typed.starts_with('+'), digits.len()) {
        (false, 10) => Ok(Some(format!("+1{digits}"))),
        (false, 11) if digits.starts_with('1') => Ok(Some(format!("+{digits}"))),
        (true, 10..=15) => Ok(Some(format!("+{digits}"))),
        _ => Err(TextError::NotAPhone),
    }
}

fn bounded(text: String, longest: usize) -> Result<Option<String>, TextError> {
    let text: String = text.chars().filter(|c| !c.is_control() || *c == '\n').collect();
    if text.chars().count() > longest {
        Err(TextError::TooLong(longest))
    } else if holds_card_number(&text) {
        Err(TextError::CardNumber)
    } else {
        Ok(Some(text).filter(|text| !text.is_empty()))
    }
}

/// Whether the text holds what may be a payment card's number: 13 to 19 digits that pass the Luhn
/// check, in one piece, or in groups (`4242 4242 …`) that also look like a card of some issuer.
/// Two phone numbers in a row are groups too, hence the second condition.
#[must_use]
pub fn holds_card_number(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit() && c != ' ' && c != '-').any(|run| {
        let groups: Vec<&str> = run.split([' ', '-']).filter(|group| !group.is_empty()).collect();
        groups.iter().any(|group| is_card(group, first_digit_of_cards))
            || (0..groups.len()).any(|start| {
                let mut joined = String::new();
                groups.iter().skip(start).any(|group| {
                    joined.push_str(group);
                    is_card(&joined, issuer_known)
                })
            })
    })
}

fn is_card(digits: &str, plausible: fn(&str) -> bool) -> bool {
    (13..=19).contains(&digits.len()) && plausible(digits) && passes_luhn(digits)
}

/// Payment cards begin with 2 to 6; bar codes and serial numbers often with 0, 1 or 9.
fn first_digit_of_cards(digits: &str) -> bool {
    digits.starts_with(['2', '3', '4', '5', '6'])
}

/// Visa, Mastercard, American Express, Discover, Diners, JCB and UnionPay by prefix and length.
fn issuer_known(digits: &str) -> bool {
    let prefix = |n: usize| digits.get(..n).and_then(|p| p.parse::<u32>().ok()).unwrap_or(0);
    match digits.len() {
        13 => prefix(1) == 4,
        14 => matches!(prefix(2), 36 | 38) || matches!(prefix(3), 300..=305),
        15 => matches!(prefix(2), 34 | 37),
        16 => {
            prefix(1) == 4
                || matches!(prefix(2), 51..=55 | 62 | 65)
                || matches!(prefix(4), 2221..=2720 | 3528..=3589 | 6011 | 6440..=6499)
        }
        17 | 18 => prefix(2) == 62,
        _ => prefix(1) == 4 || prefix(2) == 62,
    }
}

fn passes_luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .chars()
        .rev()
        .filter_map(|c| c.to_digit(10))
        .enumerate()
        .map(|(place, digit)| match (place % 2, digit * 2) {
            (0, _) => digit,
            (_, doubled) if doubled > 9 => doubled - 9,
            (_, doubled) => doubled,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn card_numbers_are_refused_anywhere() {
        for text in [
            "4242424242424242",
            "card 4242 4242 4242 4242 exp 12/30",
            "5555-5555-5555-4444",
            "378282246310005",
            "x6011111111111117x",
            "4242 4242 4242 4242 12 30",
        ] {
            assert_eq!(note(text), Err(TextError::CardNumber), "{text}");
        }
        for text in [
            "4242424242424241",
            "GIA 2141438171",
            "555 010 2030 555 010 2031",
            "call 555 010 2030",
            "0000000000000000",
        ] {
            assert!(note(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn lines_are_trimmed_and_bounded() {
        assert_eq!(required_line("  Ring\t 1042 \n"), Ok("Ring 1042".into()));
        assert_eq!(required_line(" \u{0} "), Err(TextError::Missing));
        assert_eq!(optional_line(&"x".repeat(121)), Err(TextError::TooLong(120)));
        assert_eq!(note(&"x".repeat(10_000_000)), Err(TextError::TooLong(2_000)));
        assert_eq!(note("<script>alert(1)</script>"), Ok(Some("<script>alert(1)</script>".into())));
    }

    #[test]
    fn phones_and_mails() {
        assert_eq!(phone("(555) 010-2030"), Ok(Some("+15550102030".into())));
        assert_eq!(phone("+44 20 7946 0000"), Ok(Some("+442079460000".into())));
        assert_eq!(phone("12345"), Err(TextError::NotAPhone));
        assert_eq!(phone("555 CALL NOW"), Err(TextError::NotAPhone));
        assert_eq!(email("Ada@Example.test"), Ok(Some("ada@example.test".into())));
        for bad in ["ada", "ada@", "@example.test", "a b@example.test", "a@b", "a@@b.c", "a@b..c"] {
            assert_eq!(email(bad), Err(TextError::NotAnEmail), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".*") {
            let _ = (note(&text), optional_line(&text), email(&text), phone(&text));
        }
    }
}
