//! How well what is owed is collected. Where a measure would divide by nothing there is none: the screen says "n/a".

use crate::money::Money;
use crate::rate::Rate;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A number of days in tenths: 45.0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TenthDays(pub i64);

impl fmt::Display for TenthDays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "−" } else { "" };
        write!(f, "{sign}{}.{}", self.0.unsigned_abs() / 10, self.0.unsigned_abs() % 10)
    }
}

/// `part × factor / whole`, rounded half away from zero; nothing of nothing.
fn ratio(part: i128, factor: i128, whole: i128) -> Option<i64> {
    if whole <= 0 {
        return None;
    }
    let product = part.checked_mul(factor)?;
    let half = whole / 2 * product.signum();
    i64::try_from((product + half) / whole).ok()
}

fn wide(amount: Money) -> i128 {
    i128::from(amount.minor())
}

/// Days sales outstanding: what is owed at the end, over the credit sales of the period, times its days.
#[must_use]
pub fn dso(ending: Money, credit_sales: Money, days: i64) -> Option<TenthDays> {
    ratio(wide(ending), i128::from(days) * 10, wide(credit_sales)).map(TenthDays)
}

/// The best possible DSO: as if everybody paid on the due date. What is not due yet, over credit sales, times days.
#[must_use]
pub fn best_possible_dso(current: Money, credit_sales: Money, days: i64) -> Option<TenthDays> {
    dso(current, credit_sales, days)
}

/// Average days delinquent: by how much the DSO is above the best possible.
#[must_use]
pub fn average_days_delinquent(dso: Option<TenthDays>, best: Option<TenthDays>) -> Option<TenthDays> {
    Some(TenthDays(dso?.0 - best?.0))
}

/// A month's credit sales and its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthOfSales {
    pub credit_sales: Money,
    pub days: i64,
}

/// The DSO counted back: how many days of sales, the newest first, what is owed amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Countback {
    Days(TenthDays),
    /// More is owed than was sold in all the months that were looked at.
    MoreThan(i64),
}

impl Countback {
    /// In tenths of a day; at least so many, where it is more than was looked at.
    #[must_use]
    pub const fn tenths(self) -> i64 {
        match self {
            Self::Days(TenthDays(tenths)) => tenths,
            Self::MoreThan(days) => days.saturating_mul(10),
        }
    }
}

impl fmt::Display for Countback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Days(days) => days.fmt(f),
            Self::MoreThan(days) => write!(f, "over {days}"),
        }
    }
}

/// Takes whole months of credit sales from what is owed, the newest first, and of the last one its part. Nothing where
/// no month sold anything.
#[must_use]
pub fn countback(ending: Money, newest_first: &[MonthOfSales]) -> Option<Countback> {
    if newest_first.iter().all(|month| !month.credit_sales.is_positive()) {
        return None;
    }
    let (mut left, mut days) = (wide(ending).max(0), 0_i64);
    for month in newest_first {
        let sales = wide(month.credit_sales).max(0);
        if left < sales {
            let part = ratio(left, i128::from(month.days) * 10, sales)?;
            return Some(Countback::Days(TenthDays(days * 10 + part)));
        }
        left -= sales;
        days += month.days;
        if left == 0 {
            return Some(Countback::Days(TenthDays(days * 10)));
        }
    }
    Some(Countback::MoreThan(days))
}

/// The collection effectiveness index: of what could have been collected, how much was. `months` is the length of the
/// period.
#[must_use]
pub fn collection_effectiveness(
    beginning: Money,
    credit_sales: Money,
    months: i64,
    ending: Money,
    ending_current: Money,
) -> Option<Rate> {
    let months = i128::from(months.max(1));
    // In parts of a month, so that the division comes last.
    let base = wide(beginning) * months + wide(credit_sales);
    let (collected, collectable) = (base - wide(ending) * months, base - wide(ending_current) * months);
    hundredths_of_a_percent(collected, collectable)
}

/// What was collected on items due by the end of the period, of what was overdue at its start or fell due in it.
#[must_use]
pub fn collection_rate(collected: Money, overdue_at_start: Money, fallen_due: Money) -> Option<Rate> {
    hundredths_of_a_percent(wide(collected), wide(overdue_at_start) + wide(fallen_due))
}

/// Of the promises that fell due, how many were kept on time.
#[must_use]
pub fn promises_kept(kept: i64, due: i64) -> Option<Rate> {
    hundredths_of_a_percent(i128::from(kept), i128::from(due))
}

fn hundredths_of_a_percent(part: i128, whole: i128) -> Option<Rate> {
    ratio(part, 10_000, whole).map(|hundredths| Rate::from_ppm(hundredths * 100))
}

/// Days from the invoice to each payment of it, weighted by what was paid.
#[must_use]
pub fn weighted_days(payments: impl IntoIterator<Item = (i64, Money)>) -> Option<TenthDays> {
    let (mut days, mut paid) = (0_i128, 0_i128);
    for (after, amount) in payments {
        days = days.checked_add(i128::from(after).checked_mul(wide(amount))?)?;
        paid = paid.checked_add(wide(amount))?;
    }
    ratio(days, 10, paid).map(TenthDays)
}

/// The same from what was paid times its days, already added up.
#[must_use]
pub fn days_to_pay(weighted: i128, paid: Money) -> Option<TenthDays> {
    ratio(weighted, 10, wide(paid)).map(TenthDays)
}

/// The true DSO: each open invoice by its own age, against the credit sales of the month it was written in.
#[must_use]
pub fn true_dso(open: impl IntoIterator<Item = (i64, Money, Money)>) -> Option<TenthDays> {
    let mut sum = None;
    for (age, amount, sales_of_its_month) in open {
        let days = ratio(wide(amount), i128::from(age) * 10, wide(sales_of_its_month))?;
        sum = Some(sum.unwrap_or(0) + days);
    }
    sum.map(TenthDays)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cents(text: &str) -> Money {
        text.parse().unwrap()
    }

    fn shown(value: Option<impl fmt::Display>) -> String {
        value.map_or_else(|| "n/a".to_owned(), |value| value.to_string())
    }

    #[test]
    fn days_sales_outstanding() {
        let (all, best) =
            (dso(cents("15,000"), cents("10,000"), 30), dso(cents("4,000"), cents("10,000"), 30));
        assert_eq!(shown(all), "45.0");
        assert_eq!(shown(best_possible_dso(cents("4,000"), cents("10,000"), 30)), "12.0");
        assert_eq!(shown(average_days_delinquent(all, best)), "33.0");
        assert_eq!(shown(dso(cents("15,000"), Money::ZERO, 30)), "n/a");
        assert_eq!(shown(average_days_delinquent(None, best)), "n/a");
    }

    #[test]
    fn counting_back_over_whole_months() {
        let month = |sales: &str, days| MonthOfSales { credit_sales: cents(sales), days };
        let months = [month("60,000", 31), month("45,000", 28), month("50,000", 31)];
        assert_eq!(shown(countback(cents("120,000"), &months)), "68.3");
        assert_eq!(shown(dso(cents("120,000"), cents("155,000"), 90)), "69.7");
        assert_eq!(shown(countback(cents("105,000"), &months)), "59.0");
        assert_eq!(shown(countback(Money::ZERO, &months)), "0.0");
        assert_eq!(shown(countback(cents("200,000"), &months)), "over 90");
        assert_eq!(shown(countback(cents("1"), &[month("0", 31), month("2", 30)])), "46.0");
        assert_eq!(shown(countback(cents("1"), &[])), "n/a");
        assert_eq!(shown(countback(cents("1"), &[month("0", 31)])), "n/a");
    }

    #[test]
    fn how_effective_collecting_is() {
        let cei = |months, sales: &str| {
            collection_effectiveness(cents("50,000"), cents(sales), months, cents("45,000"), cents("38,000"))
        };
        assert_eq!(shown(cei(1, "80,000")), "92.39 %");
        assert_eq!(shown(cei(2, "160,000")), "92.39 %");
        let nothing = collection_effectiveness(Money::ZERO, Money::ZERO, 1, Money::ZERO, Money::ZERO);
        assert_eq!(shown(nothing), "n/a");
        assert_eq!(shown(collection_rate(cents("7,500"), cents("4,000"), cents("6,000"))), "75 %");
        assert_eq!(shown(collection_rate(Money::ZERO, Money::ZERO, Money::ZERO)), "n/a");
        assert_eq!(shown(promises_kept(2, 3)), "66.67 %");
        assert_eq!(shown(promises_kept(0, 0)), "n/a");
    }

    #[test]
    fn days_to_pay_are_weighted_by_amount() {
        assert_eq!(shown(weighted_days([(10, cents("300")), (40, cents("100"))])), "17.5");
        assert_eq!(shown(weighted_days([])), "n/a");
        assert_eq!(
            shown(true_dso([(30, cents("500"), cents("1,000")), (60, cents("100"), cents("600"))])),
            "25.0"
        );
        assert_eq!(shown(true_dso([(30, cents("500"), Money::ZERO)])), "n/a");
    }

    proptest! {
        #[test]
        fn counting_back_lies_within_the_months(owed in 0_i64..10_000_000, sales in prop::collection::vec((0_i64..1_000_000, 28_i64..=31), 1..14)) {
            let months: Vec<_> = sales.iter().map(|(minor, days)| MonthOfSales { credit_sales: Money::from_minor(*minor), days: *days }).collect();
            let all: i64 = months.iter().map(|month| month.days).sum();
            match countback(Money::from_minor(owed), &months) {
                Some(Countback::Days(days)) => prop_assert!((0..=all * 10).contains(&days.0)),
                Some(Countback::MoreThan(days)) => prop_assert_eq!(days, all),
                None => prop_assert!(sales.iter().all(|(minor, _)| *minor == 0)),
            }
        }
    }
}
