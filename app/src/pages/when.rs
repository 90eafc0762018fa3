//! Dates and times in words. Instants come in the store's own time; the browser's zone is never asked,
//! so both sides draw the same.

use chrono::{DateTime, FixedOffset, NaiveDate};

/// `Mar 2, 2026`.
#[must_use]
pub fn day(date: NaiveDate) -> String {
    date.format("%b %-d, %Y").to_string()
}

/// `Mar 2, 6:05 pm`.
#[must_use]
pub fn day_and_time(instant: DateTime<FixedOffset>) -> String {
    instant.format("%b %-d, %-I:%M %P").to_string()
}

/// `6:05 pm`.
#[must_use]
pub fn time(instant: DateTime<FixedOffset>) -> String {
    instant.format("%-I:%M %P").to_string()
}
