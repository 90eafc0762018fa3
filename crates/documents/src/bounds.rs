//! How much one paper holds.

use crate::DocumentError;

/// Lines of one list. A busy company account has a few hundred in a year; 2,000 are 70 pages, which nobody
/// reads, and take a quarter of a gigabyte for two seconds while they are set.
pub const MOST_LINES: usize = 2_000;

/// Characters of one text. The longest note that anybody can type has half of that.
pub const LONGEST_TEXT: usize = 4_000;

/// Installments of one invoice. More than four in a written agreement is consumer credit under
/// Regulation Z, with disclosures that an invoice does not have.
pub const MOST_INSTALLMENTS: usize = 4;

/// Refuses what is too long; nothing is cut off, because a paper with a part missing is a wrong paper.
pub(crate) fn bounded<T>(list: &[T]) -> Result<(), DocumentError> {
    if list.len() > MOST_LINES { Err(DocumentError::TooManyLines(list.len())) } else { Ok(()) }
}
