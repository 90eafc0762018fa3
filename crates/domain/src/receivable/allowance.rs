//! What will probably not be paid, by how old it is (J12).

use super::{AgingSums, BUCKETS, Bucket};
use crate::money::{Money, MoneyError};
use crate::rate::Rate;
use serde::{Deserialize, Serialize};

/// The share of each column that is probably lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LossRates(pub [Rate; BUCKETS]);

impl Default for LossRates {
    /// Common practice to begin with; each store has its own experience.
    fn default() -> Self {
        Self([10_000, 50_000, 150_000, 400_000, 750_000, 750_000].map(Rate::from_ppm))
    }
}

/// One column of the estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loss {
    pub bucket: Bucket,
    pub owed: Money,
    pub rate: Rate,
    pub lost: Money,
}

/// What the allowance should be, and the entry that makes it so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllowanceEstimate {
    pub losses: Vec<Loss>,
    pub needed: Money,
    /// What account 1110 holds.
    pub present: Money,
    /// What is added to it; below zero it is taken off.
    pub change: Money,
}

/// Estimates the allowance for what is owed.
///
/// # Errors
/// [`MoneyError`] when a sum does not fit.
pub fn estimate(
    sums: &AgingSums,
    rates: &LossRates,
    present: Money,
) -> Result<AllowanceEstimate, MoneyError> {
    let columns = Bucket::ALL.iter().zip(sums.buckets).zip(rates.0);
    let losses = columns
        .map(|((bucket, owed), rate)| Ok(Loss { bucket: *bucket, owed, rate, lost: rate.of(owed)? }))
        .collect::<Result<Vec<_>, MoneyError>>()?;
    let needed = Money::sum(losses.iter().map(|loss| loss.lost))?;
    Ok(AllowanceEstimate { losses, needed, present, change: needed.minus(present)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_older_the_less_is_paid() {
        let cents = |text: &str| text.parse::<Money>().unwrap();
        let buckets = ["20,000", "6,000", "3,000", "1,500", "500", "300"].map(cents);
        let sums = AgingSums { buckets, unapplied: cents("999") };
        let estimate = estimate(&sums, &LossRates::default(), cents("1,730")).unwrap();
        assert_eq!(estimate.needed, cents("2,150"));
        assert_eq!(estimate.change, cents("420"));
        assert_eq!(estimate.losses.len(), BUCKETS);
    }
}
