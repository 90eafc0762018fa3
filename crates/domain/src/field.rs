//! What a person typed into a form, and what is wrong with it.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// What is wrong, field by field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    pub field: String,
    pub message: String,
}

impl FieldError {
    pub fn new(field: &str, message: impl ToString) -> Self {
        Self { field: field.to_owned(), message: message.to_string() }
    }
}

/// Reads the typed fields of a form and keeps every complaint with its field.
#[derive(Debug, Default)]
pub struct FieldReader {
    errors: Vec<FieldError>,
}

/// Ten years, in months.
const YEARS_OF_BOOKS: Months = Months::new(120);

impl FieldReader {
    /// Keeps the complaint, or hands the value on.
    pub fn read<T: Default, E: ToString>(&mut self, field: &str, value: Result<T, E>) -> T {
        value.unwrap_or_else(|error| {
            self.errors.push(FieldError::new(field, error));
            T::default()
        })
    }

    pub fn complain(&mut self, field: &str, message: impl ToString) {
        self.errors.push(FieldError::new(field, message));
    }

    /// A day that something came, as typed: today where nothing is said, and not after it. What is older than books
    /// are kept is a slip of the hand.
    pub fn day_until_today(&mut self, field: &str, typed: &str, today: NaiveDate) -> NaiveDate {
        match typed.trim() {
            "" => return today,
            typed => match typed.parse::<NaiveDate>() {
                Ok(day) if day > today => self.complain(field, "this day is still to come"),
                Ok(day) if today.checked_sub_months(YEARS_OF_BOOKS).is_some_and(|oldest| day < oldest) => {
                    self.complain(field, "this is more than ten years ago: look at the year");
                }
                Ok(day) => return day,
                Err(_) => self.complain(field, "choose a day"),
            },
        }
        today
    }

    #[must_use]
    pub const fn is_clean(&self) -> bool {
        self.errors.is_empty()
    }

    /// # Errors
    /// All complaints, when there is at least one.
    pub fn finish<T>(self, value: T) -> Result<T, Vec<FieldError>> {
        if self.errors.is_empty() { Ok(value) } else { Err(self.errors) }
    }
}
