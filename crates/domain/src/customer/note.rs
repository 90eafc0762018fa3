//! What people write down about a customer: one entry after the other, never changed.

use crate::ids::{CommandId, CustomerId};
use crate::text::{self, TextError};
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::limits::MOST_NOTES;

/// An entry as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerNote {
    pub text: String,
    /// In the store's own time.
    pub written_at: DateTime<FixedOffset>,
    pub by: String,
}

/// Writes an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddNote {
    pub command_id: CommandId,
    pub customer_id: CustomerId,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum NoteRefusal {
    #[error(transparent)]
    Text(#[from] TextError),
    #[error("a card holds {MOST_NOTES} entries: write on in its note")]
    TooMany,
}

impl AddNote {
    /// The text to write down, where there are so many entries already.
    ///
    /// # Errors
    /// Nothing typed, too long, a card number; or the card is full.
    pub fn check(&self, there_are: u64) -> Result<String, NoteRefusal> {
        if there_are >= MOST_NOTES {
            return Err(NoteRefusal::TooMany);
        }
        Ok(text::note(&self.text)?.ok_or(TextError::Missing)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn an_entry_says_something_and_fits() {
        let note = |text: &str| AddNote {
            command_id: CommandId(Uuid::nil()),
            customer_id: CustomerId(Uuid::nil()),
            text: text.into(),
        };
        assert_eq!(note(" looked at sapphires ").check(0), Ok("looked at sapphires".into()));
        assert_eq!(note(" ").check(0), Err(TextError::Missing.into()));
        assert_eq!(note("4242 4242 4242 4242").check(0), Err(TextError::CardNumber.into()));
        assert!(note("x").check(499).is_ok());
        assert_eq!(note("x").check(500), Err(NoteRefusal::TooMany));
    }
}
