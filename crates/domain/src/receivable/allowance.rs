//! What will probably not be paid, by how old it is (J12).

use super::{AgingSums, BUCKETS, Bucket};
use crate::ids::StoreId;
use crate::ledger::{TypedLine, code};
use crate::money::{Money, MoneyError};
use crate::rate::Rate;
use chrono::NaiveDate;
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

impl AllowanceEstimate {
    /// The entry that brings the allowance to what is needed, as it would be typed; no lines where nothing changes.
    ///
    /// # Errors
    /// [`MoneyError`] when the amount does not fit.
    pub fn entry(&self, store: StoreId) -> Result<Vec<TypedLine>, MoneyError> {
        if self.change.is_zero() {
            return Ok(Vec::new());
        }
        let amount = if self.change.is_negative() { self.change.negated()? } else { self.change };
        let (debit, credit) = match self.change.is_negative() {
            false => (code::BAD_DEBT, code::ALLOWANCE),
            true => (code::ALLOWANCE, code::BAD_DEBT),
        };
        let line = |account: crate::ledger::AccountCode| TypedLine {
            account: account.to_string(),
            store: store.to_string(),
            ..TypedLine::default()
        };
        Ok(vec![
            TypedLine { debit: amount.to_string(), ..line(debit) },
            TypedLine { credit: amount.to_string(), ..line(credit) },
        ])
    }
}

/// Of which store, as of which day; without a day it is the end of last month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AllowanceAsked {
    pub as_of: Option<NaiveDate>,
    pub store: Option<StoreId>,
}

/// The allowance of a store as it is and as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllowanceSheet {
    pub as_of: NaiveDate,
    pub store: StoreId,
    pub estimate: AllowanceEstimate,
    /// The entry to post by hand.
    pub lines: Vec<TypedLine>,
    pub may_post: bool,
    pub stores: Vec<(StoreId, String)>,
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
        // J12.
        let lines = |estimate: &AllowanceEstimate| -> Vec<String> {
            let lines = estimate.entry(StoreId(uuid::Uuid::nil())).unwrap().into_iter();
            lines.map(|line| format!("{} {}|{}", line.account, line.debit, line.credit)).collect()
        };
        assert_eq!(lines(&estimate), ["6030 420.00|", "1110 |420.00"]);
        let less = AllowanceEstimate { change: cents("-1,420"), ..estimate.clone() };
        assert_eq!(lines(&less), ["1110 1,420.00|", "6030 |1,420.00"]);
        let same = AllowanceEstimate { change: Money::ZERO, ..estimate };
        assert!(lines(&same).is_empty());
    }
}
