//! What is kept sealed about a customer: birth dates, tax ids and numbers of documents. Screens show a mask; the
//! rest is shown on demand, to few, and each look is recorded.

use super::limits::MOST_PRIVATE;
use crate::codes;
use crate::field::FieldReader;
use crate::ids::{CommandId, CustomerId, PrivateId};
use crate::text::{self, TextError};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use std::fmt;

codes! {
    pub enum PrivateKind("kind of private entry") {
        BirthDate = "birth_date", "Birth date";
        TaxId = "tax_id", "Tax ID";
        IdNumber = "id_number", "ID number";
    }
}

/// One sealed entry as everybody sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivateEntry {
    pub id: PrivateId,
    pub kind: PrivateKind,
    pub of_whom: Option<String>,
    /// As [`mask`] makes it.
    pub mask: String,
}

/// An entry to be sealed.
#[derive(Clone, PartialEq, Eq)]
pub struct NewPrivate {
    pub kind: PrivateKind,
    pub of_whom: Option<String>,
    pub value: String,
}

/// What stands in the fields for a new entry.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedPrivate {
    pub kind: String,
    pub of_whom: String,
    pub value: String,
}

/// Shows one sealed entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevealPrivate {
    pub command_id: CommandId,
    pub private_id: PrivateId,
}

/// A sealed entry, opened.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revealed {
    pub customer_id: CustomerId,
    pub value: String,
}

/// None of these shows its value in a log.
impl fmt::Debug for NewPrivate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewPrivate").field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl fmt::Debug for TypedPrivate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TypedPrivate").field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl fmt::Debug for Revealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Revealed").field("customer_id", &self.customer_id).finish_non_exhaustive()
    }
}

/// What may be seen of an entry by everybody: the year of a birth, the last four signs of a number that is long
/// enough to lose them.
#[must_use]
pub fn mask(kind: PrivateKind, value: &str) -> String {
    /// Four of fewer signs would be half of it.
    const SHOWS_ITS_END: usize = 8;
    match kind {
        PrivateKind::BirthDate => {
            let year = value.parse::<NaiveDate>().map(|date| date.year().to_string());
            format!("•• {}", year.unwrap_or_else(|_| "••••".to_owned()))
        }
        PrivateKind::TaxId | PrivateKind::IdNumber => {
            let signs: Vec<char> = value.chars().filter(|c| c.is_alphanumeric()).collect();
            let end: String = if signs.len() >= SHOWS_ITS_END {
                signs.iter().skip(signs.len() - 4).collect()
            } else {
                "••••".to_owned()
            };
            format!("•••• {end}")
        }
    }
}

/// Reads the new entries of a form; rows without a value are passed over.
pub(super) fn read(rows: &[TypedPrivate], kept: usize, fields: &mut FieldReader) -> Vec<NewPrivate> {
    let mut new = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let name = |part: &str| format!("private.{at}.{part}");
        let of_whom = fields.read(&name("of_whom"), text::optional_line(&row.of_whom));
        let value = fields.read(&name("value"), text::optional_line(&row.value));
        let Some(value) = value else {
            if of_whom.is_some() {
                fields.complain(&name("value"), TextError::Missing);
            }
            continue;
        };
        match row.kind.parse() {
            Ok(PrivateKind::BirthDate) | Err(_) => fields.complain(&name("kind"), "choose what it is"),
            Ok(kind) => new.push(NewPrivate { kind, of_whom, value }),
        }
    }
    if new.len() + kept > MOST_PRIVATE {
        fields.complain("private", format!("a card holds at most {MOST_PRIVATE} of these"));
    }
    new
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn masks_show_a_year_or_the_end() {
        assert_eq!(mask(PrivateKind::BirthDate, "1985-04-12"), "•• 1985");
        assert_eq!(mask(PrivateKind::BirthDate, "?"), "•• ••••");
        assert_eq!(mask(PrivateKind::TaxId, "123-45-6789"), "•••• 6789");
        assert_eq!(mask(PrivateKind::IdNumber, "A12"), "•••• ••••");
    }

    #[test]
    fn nothing_private_is_printed() {
        let new = NewPrivate { kind: PrivateKind::TaxId, of_whom: None, value: "123-45-6789".into() };
        let typed = TypedPrivate { value: "123-45-6789".into(), ..TypedPrivate::default() };
        assert!(!format!("{new:?}{typed:?}").contains("6789"));
    }

    proptest! {
        #[test]
        fn a_mask_never_tells_more_than_four_signs(value in "[A-Z0-9-]{0,40}") {
            let shown = mask(PrivateKind::IdNumber, &value);
            prop_assert!(shown.chars().filter(|c| c.is_alphanumeric()).count() <= 4);
        }
    }
}
