//! A paper that does not add up must not leave the store: whoever gets it adds it up again.

use crate::DocumentError;
use domain::money::Money;

/// Checks a figure of a paper against the figures above it.
pub fn adds_up(
    what: &'static str,
    said: Money,
    parts: impl IntoIterator<Item = Money>,
) -> Result<(), DocumentError> {
    let parts = Money::sum(parts)?;
    if parts == said { Ok(()) } else { Err(DocumentError::DoesNotAdd { what, said, parts }) }
}
