//! Locking the books through a day, so that what was handed to an accountant stays as it was.

use crate::field::{FieldError, FieldReader};
use crate::ids::{CommandId, LegalEntityId};
use crate::text;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Why nothing is posted on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("the books are locked through {through}: nothing is posted on or before that day")]
pub struct PeriodLocked {
    pub through: NaiveDate,
}

/// The books of one company, and the day through which they are locked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BooksOf {
    pub legal_entity: LegalEntityId,
    pub name: String,
    pub locked_through: Option<NaiveDate>,
}

impl BooksOf {
    /// # Errors
    /// [`PeriodLocked`] on every day that is locked.
    pub fn open_on(&self, date: NaiveDate) -> Result<(), PeriodLocked> {
        match self.locked_through {
            Some(through) if date <= through => Err(PeriodLocked { through }),
            _ => Ok(()),
        }
    }
}

/// Locks everything up to a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockPeriod {
    pub command_id: CommandId,
    pub legal_entity: LegalEntityId,
    pub through: String,
}

/// Moves the lock back, or takes it away where no day is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnlockPeriod {
    pub command_id: CommandId,
    pub legal_entity: LegalEntityId,
    pub through: String,
    pub reason: String,
}

impl LockPeriod {
    /// The day through which the books are locked now. `open_day` is the earliest day of a store that is not
    /// closed: its tills could not be counted any more.
    ///
    /// # Errors
    /// A day that is not over, that lies before the lock there is, or on which a store is still open.
    pub fn decide(
        &self,
        books: &BooksOf,
        today: NaiveDate,
        open_day: Option<NaiveDate>,
    ) -> Result<NaiveDate, Vec<FieldError>> {
        let mut fields = FieldReader::default();
        let through = fields.read("through", read_day(&self.through));
        if fields.is_clean() {
            if through >= today {
                fields.complain("through", "this day is not over yet");
            } else if books.locked_through.is_some_and(|locked| through <= locked) {
                fields.complain("through", "the books are locked through that day already");
            } else if let Some(open) = open_day.filter(|open| *open <= through) {
                fields.complain("through", format!("the store day {open} is still open: close it first"));
            }
        }
        fields.finish(through)
    }
}

impl UnlockPeriod {
    /// The day through which the books stay locked, and why.
    ///
    /// # Errors
    /// No reason, or a day that unlocks nothing.
    pub fn decide(&self, books: &BooksOf) -> Result<(Option<NaiveDate>, String), Vec<FieldError>> {
        let mut fields = FieldReader::default();
        let reason = fields.read("reason", text::required_line(&self.reason));
        let through = if self.through.trim().is_empty() {
            None
        } else {
            Some(fields.read("unlock_through", read_day(&self.through)))
        };
        match books.locked_through {
            None => fields.complain("unlock_through", "nothing is locked"),
            Some(locked) if through.is_some_and(|day| day >= locked) => {
                fields.complain("unlock_through", format!("choose a day before {locked}"));
            }
            Some(_) => {}
        }
        fields.finish((through, reason))
    }
}

/// A day as a date field sends it.
pub(super) fn read_day(typed: &str) -> Result<NaiveDate, &'static str> {
    typed.trim().parse().map_err(|_| "enter a date")
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn books(through: Option<&str>) -> BooksOf {
        let legal_entity = LegalEntityId(Uuid::from_u128(1));
        BooksOf { legal_entity, name: "Test Jewelers".into(), locked_through: through.map(day) }
    }

    fn says<T: std::fmt::Debug>(decided: Result<T, Vec<FieldError>>) -> String {
        decided.unwrap_err().into_iter().map(|error| error.message).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn a_lock_moves_forward_over_days_that_are_over() {
        let lock = |locked: Option<&str>, through: &str, open: Option<&str>| {
            let legal_entity = LegalEntityId(Uuid::from_u128(1));
            let cmd =
                LockPeriod { command_id: CommandId(Uuid::nil()), legal_entity, through: through.into() };
            cmd.decide(&books(locked), day("2026-03-02"), open.map(day))
        };
        assert_eq!(lock(None, "2026-02-28", None), Ok(day("2026-02-28")));
        assert_eq!(lock(Some("2026-01-31"), "2026-02-28", Some("2026-03-02")), Ok(day("2026-02-28")));
        assert_eq!(says(lock(None, "2026-03-02", None)), "this day is not over yet");
        assert!(says(lock(Some("2026-02-28"), "2026-02-28", None)).contains("already"));
        assert!(says(lock(None, "2026-02-28", Some("2026-02-27"))).contains("2026-02-27 is still open"));
        assert_eq!(says(lock(None, "soon", None)), "enter a date");
    }

    #[test]
    fn a_lock_is_taken_back_with_a_reason() {
        let unlock = |locked: Option<&str>, through: &str, reason: &str| {
            let cmd = UnlockPeriod {
                command_id: CommandId(Uuid::nil()),
                legal_entity: LegalEntityId(Uuid::from_u128(1)),
                through: through.into(),
                reason: reason.into(),
            };
            cmd.decide(&books(locked))
        };
        let late = "a bill came late";
        assert_eq!(
            unlock(Some("2026-02-28"), "2026-01-31", late),
            Ok((Some(day("2026-01-31")), late.into()))
        );
        assert_eq!(unlock(Some("2026-02-28"), " ", late), Ok((None, late.into())));
        assert_eq!(says(unlock(Some("2026-02-28"), "", " ")), "this is needed");
        assert_eq!(says(unlock(Some("2026-02-28"), "2026-02-28", late)), "choose a day before 2026-02-28");
        assert_eq!(says(unlock(None, "", late)), "nothing is locked");
    }

    #[test]
    fn the_last_locked_day_is_locked() {
        let books = books(Some("2026-02-28"));
        let refused = books.open_on(day("2026-02-28")).unwrap_err().to_string();
        assert_eq!(
            refused,
            "the books are locked through 2026-02-28: nothing is posted on or before that day"
        );
        assert!(books.open_on(day("2026-03-01")).is_ok());
    }
}
