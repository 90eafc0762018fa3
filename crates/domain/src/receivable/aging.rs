//! How old what is owed is, as of any day.

use crate::codes;
use crate::money::{Money, MoneyError};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

codes! {
    /// A column of the aging, by days past due (or past the invoice).
    pub enum Bucket("aging bucket") {
        Current = "current", "Current";
        To30 = "1_30", "1–30";
        To60 = "31_60", "31–60";
        To90 = "61_90", "61–90";
        To120 = "91_120", "91–120";
        Over120 = "over_120", "Over 120";
    }
}

/// How many columns there are.
pub const BUCKETS: usize = 6;

impl Bucket {
    /// The column of something that is past due by so many days; below one it is current.
    #[must_use]
    pub const fn of_days(days: i64) -> Self {
        match days {
            ..=0 => Self::Current,
            1..=30 => Self::To30,
            31..=60 => Self::To60,
            61..=90 => Self::To90,
            91..=120 => Self::To120,
            _ => Self::Over120,
        }
    }

    /// The column of something due (or invoiced) on a day.
    #[must_use]
    pub fn of(date: NaiveDate, as_of: NaiveDate) -> Self {
        Self::of_days(as_of.signed_duration_since(date).num_days())
    }

    /// The most days past due that each column but the last holds.
    pub const LAST_DAYS: [i64; BUCKETS - 1] = [0, 30, 60, 90, 120];
}

codes! {
    /// What the age is counted from.
    #[derive(Default)]
    pub enum AgingBasis("basis of an aging") {
        #[default]
        DueDate = "due", "Due date";
        InvoiceDate = "invoiced", "Invoice date";
    }
}

/// What is owed, by age, and the customer's credits beside it: they are not netted into the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AgingSums {
    /// In the order of [`Bucket::ALL`].
    pub buckets: [Money; BUCKETS],
    pub unapplied: Money,
}

impl AgingSums {
    #[must_use]
    pub fn bucket(&self, bucket: Bucket) -> Money {
        let of = Bucket::ALL.iter().zip(self.buckets).find(|(one, _)| **one == bucket);
        of.map(|(_, amount)| amount).unwrap_or_default()
    }

    /// # Errors
    /// [`MoneyError`] when the sum does not fit.
    pub fn add(&mut self, bucket: Bucket, amount: Money) -> Result<(), MoneyError> {
        for (one, sum) in Bucket::ALL.iter().zip(&mut self.buckets) {
            if *one == bucket {
                *sum = sum.plus(amount)?;
            }
        }
        Ok(())
    }

    /// # Errors
    /// [`MoneyError`] when a sum does not fit.
    pub fn plus(&self, other: &Self) -> Result<Self, MoneyError> {
        let mut sums = *self;
        for (sum, more) in sums.buckets.iter_mut().zip(other.buckets) {
            *sum = sum.plus(more)?;
        }
        sums.unapplied = sums.unapplied.plus(other.unapplied)?;
        Ok(sums)
    }

    /// What is owed, without looking at credits.
    ///
    /// # Errors
    /// [`MoneyError`] when the sum does not fit.
    pub fn owed(&self) -> Result<Money, MoneyError> {
        Money::sum(self.buckets)
    }

    /// # Errors
    /// [`MoneyError`] when the sum does not fit.
    pub fn overdue(&self) -> Result<Money, MoneyError> {
        self.owed()?.minus(self.bucket(Bucket::Current))
    }

    /// What is owed less what lies there as credit.
    ///
    /// # Errors
    /// [`MoneyError`] when the sum does not fit.
    pub fn balance(&self) -> Result<Money, MoneyError> {
        self.owed()?.minus(self.unapplied)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn columns_begin_the_day_after_the_due_date() {
        let due = "2026-03-01".parse().unwrap();
        let of = |as_of: &str| Bucket::of(due, as_of.parse().unwrap());
        assert_eq!(of("2026-02-01"), Bucket::Current);
        assert_eq!(of("2026-03-01"), Bucket::Current);
        assert_eq!(of("2026-03-02"), Bucket::To30);
        assert_eq!(of("2026-03-31"), Bucket::To30);
        assert_eq!(of("2026-04-01"), Bucket::To60);
        assert_eq!(of("2026-06-29"), Bucket::To120);
        assert_eq!(of("2026-06-30"), Bucket::Over120);
    }

    #[test]
    fn credits_stand_beside_the_columns() {
        let mut sums = AgingSums { unapplied: Money::from_minor(500), ..AgingSums::default() };
        sums.add(Bucket::Current, Money::from_minor(1_000)).unwrap();
        sums.add(Bucket::To60, Money::from_minor(300)).unwrap();
        assert_eq!(sums.owed().unwrap().minor(), 1_300);
        assert_eq!(sums.overdue().unwrap().minor(), 300);
        assert_eq!(sums.balance().unwrap().minor(), 800);
        assert_eq!(sums.plus(&sums).unwrap().bucket(Bucket::To60).minor(), 600);
    }

    proptest! {
        #[test]
        fn every_age_has_one_column_and_older_never_moves_back(days in -500_i64..500) {
            prop_assert!(Bucket::of_days(days) <= Bucket::of_days(days + 1));
            let column = Bucket::LAST_DAYS.iter().filter(|last| days > **last).count();
            prop_assert_eq!(Bucket::ALL.get(column), Some(&Bucket::of_days(days)));
        }
    }
}
