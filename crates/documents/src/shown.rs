//! Amounts and days as they stand on paper. Templates get words and place them; none of them computes, so
//! an amount looks on paper as it does on the screens.

use chrono::NaiveDate;
use domain::money::Money;
use serde::{Serialize as _, Serializer, ser::Error as _};

/// `1,234.56`.
pub fn money<S: Serializer>(amount: &Money, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(amount)
}

/// `−1,234.56`, for what is taken off.
pub fn off<S: Serializer>(amount: &Money, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(&amount.negated().map_err(S::Error::custom)?)
}

/// `Mar 2, 2026`.
pub fn day<S: Serializer>(day: &NaiveDate, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(&day.format("%b %-d, %Y"))
}

/// The same where there may be none.
pub fn maybe_day<S: Serializer>(day: &Option<NaiveDate>, to: S) -> Result<S::Ok, S::Error> {
    day.map(|day| day.format("%b %-d, %Y").to_string()).serialize(to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Serialize;

    #[derive(Serialize)]
    struct Shown {
        #[serde(serialize_with = "money")]
        amount: Money,
        #[serde(serialize_with = "off")]
        discount: Money,
        #[serde(serialize_with = "day")]
        on: NaiveDate,
        #[serde(serialize_with = "maybe_day")]
        due: Option<NaiveDate>,
    }

    #[test]
    fn words_as_on_the_screens() {
        let (amount, discount) = (Money::from_minor(-123_456), Money::from_minor(5_000));
        let shown = Shown { amount, discount, on: NaiveDate::default(), due: None };
        let expected = r#"{"amount":"−1,234.56","discount":"−50.00","on":"Jan 1, 1970","due":null}"#;
        assert_eq!(serde_json::to_string(&shown).unwrap(), expected);
    }
}
