//! The year a company counts its result by, and the periods a statement is asked for.

use super::Period;
use crate::codes;
use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The month in which every fiscal year begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FiscalYear(u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("choose a month from 1 to 12")]
pub struct NotAMonth;

impl Default for FiscalYear {
    /// The calendar year.
    fn default() -> Self {
        Self(1)
    }
}

impl FiscalYear {
    /// # Errors
    /// [`NotAMonth`] unless the month is one from 1 to 12.
    pub const fn beginning_in(month: u32) -> Result<Self, NotAMonth> {
        if month >= 1 && month <= 12 { Ok(Self(month)) } else { Err(NotAMonth) }
    }

    #[must_use]
    pub const fn month(self) -> u32 {
        self.0
    }

    /// The first day of the fiscal year that a date lies in.
    #[must_use]
    pub fn first_day(self, date: NaiveDate) -> NaiveDate {
        let year = if date.month() < self.0 { date.year().saturating_sub(1) } else { date.year() };
        NaiveDate::from_ymd_opt(year, self.0, 1).unwrap_or(date)
    }
}

impl fmt::Display for FiscalYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for FiscalYear {
    type Err = NotAMonth;
    fn from_str(text: &str) -> Result<Self, NotAMonth> {
        text.trim().parse().map_err(|_| NotAMonth).and_then(Self::beginning_in)
    }
}

codes! {
    /// The periods that a profit and loss statement is asked for by name.
    pub enum StatementPeriod("period") {
        ThisMonth = "month", "This month";
        YearToDate = "year", "This fiscal year to date";
        LastYear = "last_year", "Last fiscal year";
    }
}

impl StatementPeriod {
    /// The days it means, seen from today.
    #[must_use]
    pub fn days(self, today: NaiveDate, fiscal: FiscalYear) -> Period {
        let year = fiscal.first_day(today);
        let (from, to) = match self {
            Self::ThisMonth => (today.with_day(1).unwrap_or(today), today),
            Self::YearToDate => (year, today),
            Self::LastYear => (
                year.checked_sub_months(Months::new(12)).unwrap_or(year),
                year.checked_sub_days(Days::new(1)).unwrap_or(year),
            ),
        };
        // The first day is never after the last.
        Period::new(Some(from), Some(to)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_year_begins_in_its_month() {
        let begins = |month: u32, date: &str| {
            FiscalYear::beginning_in(month).unwrap().first_day(day(date)).to_string()
        };
        assert_eq!(begins(1, "2026-03-02"), "2026-01-01");
        assert_eq!(begins(2, "2026-01-31"), "2025-02-01");
        assert_eq!(begins(2, "2026-02-01"), "2026-02-01");
        assert_eq!(begins(7, "2026-06-30"), "2025-07-01");
        assert_eq!("13".parse::<FiscalYear>(), Err(NotAMonth));
        assert_eq!("soon".parse::<FiscalYear>(), Err(NotAMonth));
        assert_eq!(" 7 ".parse::<FiscalYear>().map(FiscalYear::month), Ok(7));
    }

    #[test]
    fn periods_by_name() {
        let from_july = FiscalYear::beginning_in(7).unwrap();
        let days = |period: StatementPeriod| period.days(day("2026-03-02"), from_july).to_string();
        assert_eq!(days(StatementPeriod::ThisMonth), "2026-03-01 to 2026-03-02");
        assert_eq!(days(StatementPeriod::YearToDate), "2025-07-01 to 2026-03-02");
        assert_eq!(days(StatementPeriod::LastYear), "2024-07-01 to 2025-06-30");
    }
}
