//! Rates in parts per million, and the one place where a fraction becomes cents.

use crate::money::{Money, MoneyError};
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A rate in parts per million: 70,000 ppm is 7 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rate(i64);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum RateError {
    #[error("enter a percentage such as 8.875")]
    NotAPercentage,
    #[error("a percentage has at most four decimals")]
    TooFine,
    #[error("a percentage lies between 0 and 100")]
    OutOfRange,
}

impl Rate {
    pub const ZERO: Self = Self(0);
    pub const ONE: Self = Self(1_000_000);

    #[must_use]
    pub const fn from_ppm(ppm: i64) -> Self {
        Self(ppm)
    }

    #[must_use]
    pub const fn ppm(self) -> i64 {
        self.0
    }

    /// Reads `8.875` or `8.875 %` as a share between 0 and 100 percent.
    ///
    /// # Errors
    /// Words, more than four decimals, and anything outside 0 to 100.
    pub fn parse_percent(text: &str) -> Result<Self, RateError> {
        let text = text.trim().trim_end_matches('%').trim_end();
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(part) || (whole.is_empty() && part.is_empty()) {
            return Err(RateError::NotAPercentage);
        }
        let part = part.trim_end_matches('0');
        if part.len() > 4 {
            return Err(RateError::TooFine);
        }
        let ppm: i64 = format!("{whole}{part:0<4}").parse().map_err(|_| RateError::OutOfRange)?;
        if ppm > Self::ONE.0 { Err(RateError::OutOfRange) } else { Ok(Self(ppm)) }
    }

    /// `8.875`, as somebody types it into a field.
    #[must_use]
    pub fn percent(self) -> String {
        Decimal::new(self.0, 4).normalize().to_string()
    }

    /// The sum of several rates, as a combined tax rate.
    #[must_use]
    pub fn sum(rates: impl IntoIterator<Item = Self>) -> Self {
        Self(rates.into_iter().fold(0, |sum, rate| sum.saturating_add(rate.0)))
    }

    /// This share of an amount, rounded half up (away from zero) to the cent.
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`] when the result does not fit.
    pub fn of(self, amount: Money) -> Result<Money, MoneyError> {
        round_half_up(self.of_exactly(amount)?)
    }

    /// This share of an amount in minor units, not rounded: for sums that are rounded once later.
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`] when the result does not fit.
    pub fn of_exactly(self, amount: Money) -> Result<Decimal, MoneyError> {
        Decimal::from(amount.minor())
            .checked_mul(Decimal::from(self.0))
            .and_then(|product| product.checked_div(Decimal::from(Self::ONE.0)))
            .ok_or(MoneyError::TooLarge)
    }

    /// What share `part` is of `whole`, rounded down to a ppm; zero of nothing.
    #[must_use]
    pub fn of_whole(part: Money, whole: Money) -> Self {
        let ppm = i128::from(part.minor())
            .checked_mul(i128::from(Self::ONE.0))
            .and_then(|scaled| scaled.checked_div(i128::from(whole.minor())))
            .and_then(|ppm| i64::try_from(ppm).ok());
        Self(ppm.unwrap_or(0))
    }
}

/// `8.875 %`, without needless zeros.
impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", self.percent())
    }
}

/// Rounds minor units half up, away from zero: 0.5 of a cent becomes a cent (Streamlined Sales
/// Tax rule, see `rules.md#rounding`).
///
/// # Errors
/// [`MoneyError::TooLarge`] when the result does not fit.
pub fn round_half_up(minor: Decimal) -> Result<Money, MoneyError> {
    minor
        .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
        .to_i64()
        .map(Money::from_minor)
        .ok_or(MoneyError::TooLarge)
}

/// Rounds the cash part of a payment to 0.05, symmetric: 1 and 2 down, 3 and 4 up, 6 and 7 down,
/// 8 and 9 up.
///
/// # Errors
/// [`MoneyError::TooLarge`] when the result does not fit.
pub fn round_cash(amount: Money) -> Result<Money, MoneyError> {
    const NICKEL: i64 = 5;
    let rest = amount.minor().rem_euclid(NICKEL);
    let step = if rest < 3 { -rest } else { NICKEL - rest };
    amount.plus(Money::from_minor(step))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cents(text: &str) -> Money {
        text.parse().unwrap()
    }

    #[test]
    fn tax_rounds_half_up_on_cents() {
        for (amount, percent, tax) in [
            ("100.03", "7", "7.00"),
            ("199.99", "8.875", "17.75"),
            ("14.50", "6.625", "0.96"),
            ("333.33", "9.5", "31.67"),
            ("-199.99", "8.875", "-17.75"),
        ] {
            assert_eq!(
                Rate::parse_percent(percent).unwrap().of(cents(amount)),
                Ok(cents(tax)),
                "{amount} @ {percent}"
            );
        }
    }

    #[test]
    fn cash_rounds_to_the_nickel() {
        for (exact, cash) in [
            ("1.00", "1.00"),
            ("1.01", "1.00"),
            ("1.02", "1.00"),
            ("1.03", "1.05"),
            ("1.04", "1.05"),
            ("1.05", "1.05"),
            ("1.06", "1.05"),
            ("1.07", "1.05"),
            ("1.08", "1.10"),
            ("1.09", "1.10"),
            ("107.03", "107.05"),
        ] {
            assert_eq!(round_cash(cents(exact)), Ok(cents(cash)), "{exact}");
        }
    }

    #[test]
    fn percentages_as_people_type_them() {
        assert_eq!(Rate::parse_percent("8.875"), Ok(Rate::from_ppm(88_750)));
        assert_eq!(Rate::parse_percent("7 %"), Ok(Rate::from_ppm(70_000)));
        assert_eq!(Rate::parse_percent("100"), Ok(Rate::ONE));
        assert_eq!(Rate::parse_percent(".5"), Ok(Rate::from_ppm(5_000)));
        assert_eq!(Rate::parse_percent("100.1"), Err(RateError::OutOfRange));
        assert_eq!(Rate::parse_percent("-5"), Err(RateError::NotAPercentage));
        assert_eq!(Rate::parse_percent("1.23456"), Err(RateError::TooFine));
        assert_eq!(Rate::from_ppm(88_750).to_string(), "8.875 %");
        assert_eq!(Rate::from_ppm(70_000).to_string(), "7 %");
    }

    proptest! {
        #[test]
        fn cash_rounding_moves_at_most_two_cents(minor in -1_000_000_i64..1_000_000) {
            let rounded = round_cash(Money::from_minor(minor)).unwrap().minor();
            prop_assert_eq!(rounded % 5, 0);
            prop_assert!((rounded - minor).abs() <= 2);
        }
    }
}
