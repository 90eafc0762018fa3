//! Why there is no paper.

use crate::bounds::{LONGEST_TEXT, MOST_INSTALLMENTS, MOST_LINES};
use domain::money::{Money, MoneyError};

/// Why a paper was not made. All but the last are about what was handed in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    #[error("{0} lines are more than the {MOST_LINES} that a paper holds")]
    TooManyLines(usize),
    #[error("a text of {0} characters is longer than the {LONGEST_TEXT} that a paper holds")]
    TextTooLong(usize),
    #[error("an invoice has at most {MOST_INSTALLMENTS} installments, this one has {0}")]
    TooManyInstallments(usize),
    #[error("{what} says {said}, but what it is made of comes to {parts}")]
    DoesNotAdd { what: &'static str, said: Money, parts: Money },
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// A fault in a template, for the log and not for a person.
    #[error("the paper could not be typeset: {0}")]
    NotSet(String),
}
