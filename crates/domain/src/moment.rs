//! When something happens: the instant it is recorded and the store day it belongs to.

use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
use serde::{Deserialize, Serialize};

/// The instant of recording and the business date, given to every decision. The domain never asks
/// the time itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// When the server records it, in UTC, to the microsecond that both databases keep.
    pub recorded_at: DateTime<Utc>,
    /// The store day it counts toward, in the store's own calendar.
    pub business_date: NaiveDate,
}

impl Moment {
    #[must_use]
    pub fn new(now: DateTime<Utc>, business_date: NaiveDate) -> Self {
        Self { recorded_at: now.trunc_subsecs(6), business_date }
    }
}

/// The first date a store can still work on: its calendar date, unless that day is closed.
///
/// # Errors
/// [`ClockDoubt`] when the computer's clock and the last closed day are too far apart to be true;
/// a manager who has looked at the clock may confirm and go on.
pub fn next_business_date(
    last_closed: Option<NaiveDate>,
    today: NaiveDate,
    confirmed: Confirmed,
) -> Result<NaiveDate, ClockDoubt> {
    /// A week of holidays passes unasked; a clock that jumped a month does not.
    const LONGEST_UNASKED_GAP_DAYS: i64 = 7;
    let Some(last) = last_closed else { return Ok(today) };
    let gap = today.signed_duration_since(last).num_days();
    let doubtful = !(-1..=LONGEST_UNASKED_GAP_DAYS).contains(&gap);
    if doubtful && confirmed == Confirmed::No {
        return Err(ClockDoubt { last_closed: last, today });
    }
    if today > last { Ok(today) } else { last.succ_opt().ok_or(ClockDoubt { last_closed: last, today }) }
}

/// Whether a person has confirmed what looks like a mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Confirmed {
    Yes,
    No,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("the clock says {today}, the last closed day is {last_closed}: check the clock, or confirm the date")]
pub struct ClockDoubt {
    pub last_closed: NaiveDate,
    pub today: NaiveDate,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_opens_once() {
        let next =
            |last: Option<&str>, today: &str| next_business_date(last.map(day), day(today), Confirmed::No);
        assert_eq!(next(None, "2026-03-01"), Ok(day("2026-03-01")));
        assert_eq!(next(Some("2026-02-28"), "2026-03-01"), Ok(day("2026-03-01")));
        assert_eq!(next(Some("2026-03-01"), "2026-03-01"), Ok(day("2026-03-02")));
        assert_eq!(next(Some("2026-03-02"), "2026-03-01"), Ok(day("2026-03-03")));
    }

    #[test]
    fn a_clock_that_jumped_is_asked_about() {
        let doubt = |today: &str| ClockDoubt { last_closed: day("2026-03-01"), today: day(today) };
        for today in ["2027-03-01", "2026-03-09", "2026-02-27", "1970-01-01"] {
            assert_eq!(
                next_business_date(Some(day("2026-03-01")), day(today), Confirmed::No),
                Err(doubt(today))
            );
        }
        assert_eq!(
            next_business_date(Some(day("2026-03-01")), day("2026-04-01"), Confirmed::Yes),
            Ok(day("2026-04-01"))
        );
    }
}
