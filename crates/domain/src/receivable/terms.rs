//! When a customer pays what was charged: net days, or a few monthly installments.

use crate::field::FieldReader;
use crate::money::{Money, MoneyError};
use crate::tax::split;
use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Longer is no term of an account.
pub const MOST_NET_DAYS: u32 = 180;
/// Credit payable by written agreement in more than four installments comes under Regulation Z, even without a
/// charge for it (`rules.md#house-accounts`).
pub const MOST_INSTALLMENTS: u32 = 4;

/// The terms of a house account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Terms {
    /// All of it so many days after the invoice.
    Net(u32),
    /// So many equal parts, one each month.
    Installments(u32),
}

impl Default for Terms {
    fn default() -> Self {
        Self::Net(30)
    }
}

/// What falls due on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    pub on: NaiveDate,
    pub amount: Money,
}

impl Terms {
    /// What falls due when. Cents that do not divide go to the first installments; an installment is due on the day of
    /// the month of the invoice, or on the month's last day where there is none.
    ///
    /// # Errors
    /// [`MoneyError`] when the amount does not fit.
    pub fn schedule(self, amount: Money, invoiced_on: NaiveDate) -> Result<Vec<Due>, MoneyError> {
        let count = match self {
            Self::Net(days) => {
                let on = invoiced_on.checked_add_days(Days::new(u64::from(days))).unwrap_or(invoiced_on);
                return Ok(vec![Due { on, amount }]);
            }
            Self::Installments(count) => count,
        };
        let parts = split(amount, usize::try_from(count.max(1)).unwrap_or(1))?;
        let due = |(month, amount): (u32, Money)| {
            let on = invoiced_on.checked_add_months(Months::new(month)).unwrap_or(invoiced_on);
            Due { on, amount }
        };
        Ok((1..).zip(parts).map(due).filter(|due| !due.amount.is_zero()).collect())
    }

    /// As somebody types them: `net` or `installments`, the days, the number of installments.
    #[must_use]
    pub fn typed(self) -> [String; 3] {
        let (kind, days, count) = match self {
            Self::Net(days) => ("net", days.to_string(), String::new()),
            Self::Installments(count) => ("installments", String::new(), count.to_string()),
        };
        [kind.to_owned(), days, count]
    }

    /// The terms as they were typed, with what is wrong at its field.
    pub(crate) fn read([kind, net_days, installments]: [&str; 3], fields: &mut FieldReader) -> Self {
        let number = |typed: &str| typed.trim().parse::<u32>().ok();
        match kind.trim() {
            "installments" => match number(installments) {
                Some(count) if (1..=MOST_INSTALLMENTS).contains(&count) => return Self::Installments(count),
                _ => fields.complain(
                    "installments",
                    format!("1 to {MOST_INSTALLMENTS}: more are credit under Regulation Z"),
                ),
            },
            "net" => match number(net_days) {
                Some(days) if days <= MOST_NET_DAYS => return Self::Net(days),
                _ => fields.complain("net_days", format!("0 to {MOST_NET_DAYS} days")),
            },
            _ => fields.complain("terms", "choose net days or installments"),
        }
        Self::default()
    }

    /// The two numbers that are stored: days, and installments, of which one is zero.
    #[must_use]
    pub const fn numbers(self) -> (u32, u32) {
        match self {
            Self::Net(days) => (days, 0),
            Self::Installments(count) => (0, count),
        }
    }

    /// The terms of two stored numbers.
    #[must_use]
    pub const fn of_numbers(net_days: u32, installments: u32) -> Self {
        if installments == 0 { Self::Net(net_days) } else { Self::Installments(installments) }
    }
}

impl fmt::Display for Terms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Net(0) => f.write_str("due at once"),
            Self::Net(days) => write!(f, "net {days} days"),
            Self::Installments(1) => f.write_str("in a month"),
            Self::Installments(count) => write!(f, "{count} monthly installments"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn schedule(terms: Terms, amount: &str, on: &str) -> Vec<(String, String)> {
        let dues = terms.schedule(amount.parse().unwrap(), on.parse().unwrap()).unwrap();
        dues.into_iter().map(|due| (due.on.to_string(), due.amount.to_string())).collect()
    }

    fn rows(rows: &[(&str, &str)]) -> Vec<(String, String)> {
        rows.iter().map(|(on, amount)| ((*on).to_owned(), (*amount).to_owned())).collect()
    }

    #[test]
    fn net_days_count_from_the_invoice() {
        assert_eq!(schedule(Terms::Net(30), "5,350", "2026-01-31"), rows(&[("2026-03-02", "5,350.00")]));
        assert_eq!(schedule(Terms::Net(0), "1", "2026-01-31"), rows(&[("2026-01-31", "1.00")]));
    }

    #[test]
    fn cents_that_do_not_divide_come_first_and_months_end_where_they_do() {
        let thirds = rows(&[("2026-02-28", "33.34"), ("2026-03-31", "33.33"), ("2026-04-30", "33.33")]);
        assert_eq!(schedule(Terms::Installments(3), "100", "2026-01-31"), thirds);
        assert_eq!(
            schedule(Terms::Installments(4), "0.02", "2026-01-15"),
            rows(&[("2026-02-15", "0.01"), ("2026-03-15", "0.01")])
        );
    }

    proptest! {
        #[test]
        fn a_schedule_adds_up_and_goes_forward(minor in 1_i64..100_000_000, count in 1_u32..=MOST_INSTALLMENTS, day in 0_u64..2_000) {
            let on = "2026-01-01".parse::<NaiveDate>().unwrap().checked_add_days(Days::new(day)).unwrap();
            let dues = Terms::Installments(count).schedule(Money::from_minor(minor), on).unwrap();
            prop_assert_eq!(Money::sum(dues.iter().map(|due| due.amount)).unwrap().minor(), minor);
            prop_assert!(dues.windows(2).all(|pair| pair[0].on < pair[1].on && pair[0].amount >= pair[1].amount));
        }
    }
}
