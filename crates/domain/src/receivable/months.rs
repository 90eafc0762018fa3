//! How months were collected: what stood at their ends, and the measures that follow from it.
//!
//! Nothing about a month is stored. What is open now, less what was posted since, plus what was applied since, is what
//! was owed at the end of any day; sorted by when it falls due it says as well what of that was overdue.

use super::{
    Countback, MonthOfSales, TenthDays, average_days_delinquent, best_possible_dso, collection_effectiveness,
    collection_rate, countback, days_to_pay, dso, promises_kept,
};
use crate::customer::NamedCustomer;
use crate::ids::{InvoiceId, StoreId};
use crate::money::{Money, MoneyError};
use crate::rate::Rate;
use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// Months that are shown: this one so far, and the twelve before.
pub const MONTHS_SHOWN: usize = 13;
/// Months over which a season evens out.
const YEAR: usize = 12;

/// The last days of months, oldest first: the first is the day before the first month begins, the last is today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthEnds(Vec<NaiveDate>);

impl MonthEnds {
    /// The ends of this month so far and of so many before.
    #[must_use]
    pub fn through(today: NaiveDate, months: usize) -> Self {
        let first = today.with_day(1).unwrap_or(today);
        let back = (0..u32::try_from(months).unwrap_or(0)).rev();
        let before = back.filter_map(|months| first.checked_sub_months(Months::new(months))?.pred_opt());
        Self(before.chain([today]).collect())
    }

    #[must_use]
    pub fn days(&self) -> &[NaiveDate] {
        &self.0
    }

    /// Which end the first month that is shown begins after: movements are looked at since then, and of the months
    /// before nothing but what they sold.
    #[must_use]
    pub const fn first_shown(&self) -> usize {
        self.0.len().saturating_sub(MONTHS_SHOWN + 1)
    }

    /// Where a day lies among the ends: twice the place of the first end after it, and one more where it is an end
    /// itself. So something is due before the end at `n` if it lies at `2n` or below, and by it at `2n + 1` or below.
    #[must_use]
    pub fn place(&self, day: NaiveDate) -> usize {
        let before = self.0.partition_point(|end| *end < day);
        2 * before + usize::from(self.0.get(before) == Some(&day))
    }

    /// The month a day lies in, from one; zero before all of them.
    #[must_use]
    pub fn month(&self, day: NaiveDate) -> usize {
        self.0.partition_point(|end| *end < day)
    }
}

/// Why something was applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppliedAs {
    Payment,
    /// A credit memo, a return, a void: it was not owed after all.
    Lessened,
    WrittenOff,
    /// Below zero: a check came back, a payment was taken off, what was written off stands again.
    Again,
}

/// So much of one month and one place among the ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    pub month: usize,
    pub due: usize,
    pub amount: Money,
}

/// Everything that months of one store follow from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StoreHistory {
    /// What is open now, by the place of its due date.
    pub open: Vec<(usize, Money)>,
    /// What was invoiced since the first month began.
    pub posted: Vec<Moved>,
    /// What was applied since then.
    pub applied: Vec<(Moved, AppliedAs)>,
    /// What payments of a month were, times the days since their invoices.
    pub weighted: Vec<(usize, i64)>,
    /// Credit sales by day.
    pub sales: Vec<(NaiveDate, Money)>,
    /// Month, promises due in it, and those of them that were kept.
    pub promises: Vec<(usize, i64, i64)>,
}

/// One month as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MonthFacts {
    /// What was owed at its end.
    pub ending: Money,
    /// What of that was not due yet.
    pub current: Money,
    pub credit_sales: Money,
    /// What was paid of what was due by its end.
    pub collected: Money,
    /// What was overdue when it began, fell due in it or was owed again, less what turned out not to be owed.
    pub collectable: Money,
    pub paid: Money,
    /// What was paid, times the days since its invoice.
    pub paid_days: i64,
    pub promised: i64,
    pub kept: i64,
}

impl MonthFacts {
    fn plus(&self, other: &Self) -> Result<Self, MoneyError> {
        let days = self.paid_days.checked_add(other.paid_days).ok_or(MoneyError::TooLarge)?;
        Ok(Self {
            ending: self.ending.plus(other.ending)?,
            current: self.current.plus(other.current)?,
            credit_sales: self.credit_sales.plus(other.credit_sales)?,
            collected: self.collected.plus(other.collected)?,
            collectable: self.collectable.plus(other.collectable)?,
            paid: self.paid.plus(other.paid)?,
            paid_days: days,
            promised: self.promised.saturating_add(other.promised),
            kept: self.kept.saturating_add(other.kept),
        })
    }
}

impl StoreHistory {
    /// The months of a store, one for each end; the first is no month and holds what stood before. Of those that are not
    /// shown only the credit sales count.
    ///
    /// # Errors
    /// [`MoneyError`] when a sum does not fit.
    pub fn months(&self, ends: &MonthEnds) -> Result<Vec<MonthFacts>, MoneyError> {
        (0..ends.0.len()).map(|month| self.month(month, ends)).collect()
    }

    fn month(&self, month: usize, ends: &MonthEnds) -> Result<MonthFacts, MoneyError> {
        let (before, by) = (2 * month, 2 * month + 1);
        let ending = self.standing(month, usize::MAX)?;
        let mut facts = MonthFacts {
            ending,
            current: ending.minus(self.standing(month, before)?)?,
            credit_sales: self.sales_between(ends.end(month.wrapping_sub(1)), ends.end(month))?,
            ..MonthFacts::default()
        };
        let Some(last) = month.checked_sub(1) else { return Ok(facts) };
        let posted = self.posted.iter().filter(|one| one.month == month && one.due <= by);
        facts.collectable = Money::sum(posted.map(|one| one.amount))?.plus(self.standing(last, by)?)?;
        for (one, applied) in self.applied.iter().filter(|(one, _)| one.month == month) {
            if *applied == AppliedAs::Payment {
                facts.paid = facts.paid.plus(one.amount)?;
            }
            match applied {
                AppliedAs::Payment if one.due <= by => facts.collected = facts.collected.plus(one.amount)?,
                AppliedAs::Lessened | AppliedAs::Again if one.due <= by => {
                    facts.collectable = facts.collectable.minus(one.amount)?;
                }
                _ => {}
            }
        }
        facts.paid_days = self.weighted.iter().filter(|(one, _)| *one == month).map(|(_, days)| days).sum();
        for (_, promised, kept) in self.promises.iter().filter(|(one, _, _)| *one == month) {
            (facts.promised, facts.kept) = (facts.promised + promised, facts.kept + kept);
        }
        Ok(facts)
    }

    /// What was owed at an end of what is due up to a place.
    fn standing(&self, end: usize, place: usize) -> Result<Money, MoneyError> {
        let open = Money::sum(self.open.iter().filter(|(due, _)| *due <= place).map(|(_, open)| *open))?;
        let since = |one: &&Moved| one.month > end && one.due <= place;
        let posted = Money::sum(self.posted.iter().filter(since).map(|one| one.amount))?;
        let applied = self.applied.iter().map(|(one, _)| one).filter(since).map(|one| one.amount);
        open.minus(posted)?.plus(Money::sum(applied)?)
    }

    fn sales_between(
        &self,
        after: Option<NaiveDate>,
        through: Option<NaiveDate>,
    ) -> Result<Money, MoneyError> {
        let (Some(after), Some(through)) = (after, through) else { return Ok(Money::ZERO) };
        Money::sum(
            self.sales.iter().filter(|(day, _)| *day > after && *day <= through).map(|(_, sold)| *sold),
        )
    }
}

impl MonthEnds {
    fn end(&self, at: usize) -> Option<NaiveDate> {
        self.0.get(at).copied()
    }

    fn days_of(&self, month: usize) -> i64 {
        let (Some(last), Some(end)) = (month.checked_sub(1).and_then(|last| self.end(last)), self.end(month))
        else {
            return 0;
        };
        end.signed_duration_since(last).num_days()
    }
}

/// Months of several stores, taken together.
///
/// # Errors
/// [`MoneyError`] when a sum does not fit.
pub fn together(stores: &[Vec<MonthFacts>]) -> Result<Vec<MonthFacts>, MoneyError> {
    let longest = stores.iter().map(Vec::len).max().unwrap_or(0);
    let month = |at: usize| {
        let mut of_each = stores.iter().filter_map(|months| months.get(at));
        of_each.try_fold(MonthFacts::default(), |sum, facts| sum.plus(facts))
    };
    (0..longest).map(month).collect()
}

/// The measures of one month. None is "n/a": it would divide by nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Measures {
    pub dso: Option<TenthDays>,
    /// Over twelve months, in which a season evens out.
    pub dso_of_year: Option<TenthDays>,
    pub countback: Option<Countback>,
    pub best_possible: Option<TenthDays>,
    pub delinquent: Option<TenthDays>,
    pub effectiveness: Option<Rate>,
    pub collection_rate: Option<Rate>,
    pub days_to_pay: Option<TenthDays>,
    pub promises_kept: Option<Rate>,
}

/// A month with its measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasuredMonth {
    pub from: NaiveDate,
    /// Its last day, or today.
    pub to: NaiveDate,
    pub facts: MonthFacts,
    pub measures: Measures,
}

/// Measures the newest months; the earlier ones are what they look back on.
///
/// # Errors
/// [`MoneyError`] when a sum does not fit.
pub fn measure(months: &[MonthFacts], ends: &MonthEnds) -> Result<Vec<MeasuredMonth>, MoneyError> {
    let shown = ends.first_shown() + 1..ends.0.len();
    let mut measured = Vec::with_capacity(MONTHS_SHOWN);
    for at in shown {
        let (Some(facts), Some(before)) = (months.get(at), at.checked_sub(1)) else { continue };
        let (Some(earlier), Some(last), Some(to)) = (months.get(before), ends.end(before), ends.end(at))
        else {
            continue;
        };
        let newest_first: Vec<MonthOfSales> = (1..=at)
            .rev()
            .take(MONTHS_SHOWN)
            .filter_map(|at| Some((months.get(at)?, at)))
            .map(|(facts, at)| MonthOfSales { credit_sales: facts.credit_sales, days: ends.days_of(at) })
            .collect();
        let measures = measures_of(facts, earlier, &newest_first)?;
        measured.push(MeasuredMonth { from: last.succ_opt().unwrap_or(last), to, facts: *facts, measures });
    }
    Ok(measured)
}

fn measures_of(
    facts: &MonthFacts,
    earlier: &MonthFacts,
    newest_first: &[MonthOfSales],
) -> Result<Measures, MoneyError> {
    let days = newest_first.first().map_or(0, |month| month.days);
    let dso_of_month = dso(facts.ending, facts.credit_sales, days);
    let best = best_possible_dso(facts.current, facts.credit_sales, days);
    let year = || newest_first.iter().take(YEAR);
    let sold = Money::sum(year().map(|month| month.credit_sales))?;
    Ok(Measures {
        dso: dso_of_month,
        dso_of_year: dso(facts.ending, sold, year().map(|month| month.days).sum()),
        countback: countback(facts.ending, newest_first),
        best_possible: best,
        delinquent: average_days_delinquent(dso_of_month, best),
        effectiveness: collection_effectiveness(
            earlier.ending,
            facts.credit_sales,
            1,
            facts.ending,
            facts.current,
        ),
        collection_rate: collection_rate(facts.collected, facts.collectable, Money::ZERO),
        days_to_pay: days_to_pay(i128::from(facts.paid_days), facts.paid),
        promises_kept: promises_kept(facts.kept, facts.promised),
    })
}

/// An open invoice that stretches the days outstanding most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outlier {
    pub invoice: InvoiceId,
    pub store: StoreId,
    pub number: String,
    pub customer: NamedCustomer,
    pub invoiced_on: NaiveDate,
    pub open: Money,
    pub days: i64,
    /// Its part of the true days outstanding.
    pub true_dso: Option<TenthDays>,
}

/// The months of one store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreMonths {
    pub store: StoreId,
    pub name: String,
    pub months: Vec<MeasuredMonth>,
}

/// The measures of thirteen months, of all stores together and of each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasuresSheet {
    pub months: Vec<MeasuredMonth>,
    pub stores: Vec<StoreMonths>,
    pub outliers: Vec<Outlier>,
}

#[cfg(test)]
mod tests;
