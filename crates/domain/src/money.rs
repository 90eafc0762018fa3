//! Amounts of money in the organization's one currency, exact to the minor unit.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// An amount in minor units (cents), negative or not.
///
/// Arithmetic is checked: what does not fit is an error, never a wrong figure. Rates and other
/// fractions go through [`crate::rate::Rate`] and are rounded once, in the open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(i64);

/// The largest single amount a person may enter: 99,999,999.99. A slip of the finger is refused
/// long before sums could overflow.
pub const LARGEST_ENTRY: Money = Money(9_999_999_999);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum MoneyError {
    #[error("the amount is too large")]
    TooLarge,
    #[error("enter an amount such as 1,234.56")]
    NotAnAmount,
    #[error("an amount has at most two decimals")]
    FractionOfACent,
    #[error("the amount must be more than zero")]
    NotPositive,
}

impl Money {
    pub const ZERO: Self = Self(0);

    /// An amount from minor units.
    #[must_use]
    pub const fn from_minor(minor: i64) -> Self {
        Self(minor)
    }

    /// The amount in minor units.
    #[must_use]
    pub const fn minor(self) -> i64 {
        self.0
    }

    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// # Errors
    /// [`MoneyError::TooLarge`] when the sum does not fit.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        self.0.checked_add(other.0).map(Self).ok_or(MoneyError::TooLarge)
    }

    /// # Errors
    /// [`MoneyError::TooLarge`] when the difference does not fit.
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.0.checked_sub(other.0).map(Self).ok_or(MoneyError::TooLarge)
    }

    /// # Errors
    /// [`MoneyError::TooLarge`] when the product does not fit.
    pub fn times(self, quantity: i64) -> Result<Self, MoneyError> {
        self.0.checked_mul(quantity).map(Self).ok_or(MoneyError::TooLarge)
    }

    /// The part that `part` is of `whole`, rounded half away from zero once; nothing of nothing.
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`] when it does not fit.
    pub fn share(self, part: i64, whole: i64) -> Result<Self, MoneyError> {
        if whole == 0 {
            return Ok(Self::ZERO);
        }
        let (product, whole) = (i128::from(self.0) * i128::from(part), i128::from(whole));
        let half = whole.abs() / 2 * product.signum();
        i64::try_from((product + half) / whole).map(Self).map_err(|_| MoneyError::TooLarge)
    }

    /// The same amount on the other side.
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`] for the one amount that has no opposite.
    pub fn negated(self) -> Result<Self, MoneyError> {
        self.0.checked_neg().map(Self).ok_or(MoneyError::TooLarge)
    }

    /// # Errors
    /// [`MoneyError::TooLarge`] when the sum does not fit.
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Result<Self, MoneyError> {
        amounts.into_iter().try_fold(Self::ZERO, Self::plus)
    }

    /// Reads an amount as a person types it: `1234.5`, `1,234.50`, `$20`, `−3.00`.
    ///
    /// # Errors
    /// Words, fractions of a cent and amounts above [`LARGEST_ENTRY`] are refused.
    pub fn parse(text: &str) -> Result<Self, MoneyError> {
        let text = text.trim();
        let (negative, text) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest.trim_start()),
            None => (false, text),
        };
        let text = text.strip_prefix('$').unwrap_or(text).trim_start();
        let (whole, cents) = text.split_once('.').unwrap_or((text, ""));
        let whole = without_grouping(whole)?;
        if !cents.bytes().all(|b| b.is_ascii_digit()) || (whole.is_empty() && cents.is_empty()) {
            return Err(MoneyError::NotAnAmount);
        }
        let cents = match cents.trim_end_matches('0').len() {
            0..=2 => format!("{:0<2}", cents.get(..2).unwrap_or(cents)),
            _ => return Err(MoneyError::FractionOfACent),
        };
        let minor: i64 = format!("{whole}{cents}").parse().map_err(|_| MoneyError::TooLarge)?;
        if minor > LARGEST_ENTRY.0 {
            return Err(MoneyError::TooLarge);
        }
        Ok(Self(if negative { -minor } else { minor }))
    }
}

/// Takes the commas out of `1,234,567`, refusing any that do not stand between groups of three.
fn without_grouping(whole: &str) -> Result<String, MoneyError> {
    let groups: Vec<&str> = whole.split(',').collect();
    let digits = |group: &&str| group.bytes().all(|b| b.is_ascii_digit());
    let grouped = groups.len() == 1
        || (groups.first().is_some_and(|g| (1..=3).contains(&g.len()))
            && groups.iter().skip(1).all(|g| g.len() == 3));
    if grouped && groups.iter().all(digits) { Ok(groups.concat()) } else { Err(MoneyError::NotAnAmount) }
}

/// `1,234.56` and `−1,234.56`, with a true minus sign, as it stands on every screen and receipt.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let magnitude = self.0.unsigned_abs();
        let (whole, cents) = (magnitude / 100, magnitude % 100);
        let digits = whole.to_string();
        let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
        for (position, digit) in digits.chars().enumerate() {
            if position > 0 && (digits.len() - position) % 3 == 0 {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        let sign = if self.is_negative() { "−" } else { "" };
        f.pad(&format!("{sign}{grouped}.{cents:02}"))
    }
}

impl FromStr for Money {
    type Err = MoneyError;
    fn from_str(text: &str) -> Result<Self, MoneyError> {
        Self::parse(text)
    }
}

/// An amount above zero: what a customer hands over, what a price is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Money", into = "Money")]
pub struct PositiveMoney(Money);

impl PositiveMoney {
    #[must_use]
    pub const fn get(self) -> Money {
        self.0
    }
}

impl TryFrom<Money> for PositiveMoney {
    type Error = MoneyError;
    fn try_from(amount: Money) -> Result<Self, MoneyError> {
        if !amount.is_positive() {
            Err(MoneyError::NotPositive)
        } else if amount > LARGEST_ENTRY {
            Err(MoneyError::TooLarge)
        } else {
            Ok(Self(amount))
        }
    }
}

impl From<PositiveMoney> for Money {
    fn from(amount: PositiveMoney) -> Self {
        amount.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn reads(text: &str, minor: i64) {
        assert_eq!(Money::parse(text), Ok(Money::from_minor(minor)), "{text}");
    }

    fn refuses(text: &str, error: &MoneyError) {
        assert_eq!(Money::parse(text).as_ref(), Err(error), "{text}");
    }

    #[test]
    fn amounts_as_people_type_them() {
        reads("0", 0);
        reads("5350", 535_000);
        reads("5,350.00", 535_000);
        reads(" $20 ", 2_000);
        reads(".5", 50);
        reads("12.", 1_200);
        reads("7.100", 710);
        reads("-3.07", -307);
        reads("−3.07", -307);
        reads("99,999,999.99", 9_999_999_999);
    }

    #[test]
    fn amounts_that_are_none() {
        for text in ["", ".", "-", "abc", "1.2.3", "1,23", "1e5", "١٢", "0x10", "1 000", "NaN", "--1", ",100"]
        {
            refuses(text, &MoneyError::NotAnAmount);
        }
        refuses("1.005", &MoneyError::FractionOfACent);
        refuses("100,000,000.00", &MoneyError::TooLarge);
        refuses("99999999999999999999999", &MoneyError::TooLarge);
    }

    #[test]
    fn a_true_minus_and_grouping() {
        assert_eq!(Money::from_minor(-123_456_789).to_string(), "−1,234,567.89");
        assert_eq!(Money::from_minor(7).to_string(), "0.07");
        assert_eq!(Money::from_minor(100_000).to_string(), "1,000.00");
    }

    #[test]
    fn overflow_is_an_error() {
        let most = Money::from_minor(i64::MAX);
        assert_eq!(most.plus(Money::from_minor(1)), Err(MoneyError::TooLarge));
        assert_eq!(Money::from_minor(i64::MIN).negated(), Err(MoneyError::TooLarge));
        assert_eq!(most.times(2), Err(MoneyError::TooLarge));
    }

    #[test]
    fn a_negative_amount_is_no_price() {
        assert!(serde_json::from_str::<PositiveMoney>("-1").is_err());
        assert!(serde_json::from_str::<PositiveMoney>("0").is_err());
        assert!(serde_json::from_str::<PositiveMoney>("1").is_ok());
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back(minor in -9_999_999_999_i64..=9_999_999_999) {
            let amount = Money::from_minor(minor);
            prop_assert_eq!(Money::parse(&amount.to_string()), Ok(amount));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".*") {
            let _ = Money::parse(&text);
        }
    }
}
