//! Counting a drawer by denomination, without being told what should be there.

use crate::money::{Money, MoneyError};
use serde::{Deserialize, Serialize};

/// A coin or a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Denomination {
    pub value: Money,
    pub label: &'static str,
}

const fn worth(minor: i64, label: &'static str) -> Denomination {
    Denomination { value: Money::from_minor(minor), label }
}

/// The coins and notes of the United States, largest first.
pub const DENOMINATIONS: [Denomination; 11] = [
    worth(10_000, "$100"),
    worth(5_000, "$50"),
    worth(2_000, "$20"),
    worth(1_000, "$10"),
    worth(500, "$5"),
    worth(200, "$2"),
    worth(100, "$1"),
    worth(50, "50¢"),
    worth(25, "25¢"),
    worth(10, "10¢"),
    worth(5, "5¢"),
];

/// How many of each denomination lie in the drawer, and the loose cents.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CashCount {
    /// In the order of [`DENOMINATIONS`].
    pub pieces: Vec<i64>,
    pub cents: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum CountError {
    #[error("a count is a whole number between 0 and 100,000")]
    NotACount,
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl CashCount {
    /// # Errors
    /// [`CountError`] for negative or absurd counts.
    pub fn total(&self) -> Result<Money, CountError> {
        /// Nobody has more of one coin in a drawer; a slipped finger has.
        const MOST: i64 = 100_000;
        let in_range = |count: &i64| (0..=MOST).contains(count);
        if self.pieces.len() > DENOMINATIONS.len() || !self.pieces.iter().chain([&self.cents]).all(in_range) {
            return Err(CountError::NotACount);
        }
        let coins = DENOMINATIONS.iter().zip(&self.pieces).map(|(d, count)| d.value.times(*count));
        let sum = coins.collect::<Result<Vec<_>, _>>()?;
        Ok(Money::sum(sum)?.plus(Money::from_minor(self.cents))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counted_drawer() {
        let count = CashCount { pieces: vec![12, 0, 2, 0, 0, 0, 1], cents: 7 };
        assert_eq!(count.total(), Ok("1,241.07".parse().unwrap()));
        assert_eq!(CashCount::default().total(), Ok(Money::ZERO));
        for pieces in [vec![-1], vec![100_001], vec![1; 12]] {
            assert_eq!(CashCount { pieces, cents: 0 }.total(), Err(CountError::NotACount));
        }
    }
}
