//! Dates and times in words. Instants are shown in the store's own calendar by the server's data; the
//! browser's zone is never asked, so both sides draw the same.

use chrono::{DateTime, NaiveDate, Utc};

/// `Mar 2, 2026`.
#[must_use]
pub fn day(date: NaiveDate) -> String {
    date.format("%b %-d, %Y").to_string()
}

/// `18:05 UTC`.
#[must_use]
pub fn time(instant: DateTime<Utc>) -> String {
    instant.format("%H:%M UTC").to_string()
}
