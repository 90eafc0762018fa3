//! Goods that are alike: counted, weighed, or a parcel of stones. They share one tag, one price and an
//! average cost (`rules.md#goods-that-are-alike`).

mod quantity;
mod step;

pub use quantity::{Quantity, TypedQuantity, Unit};
pub use step::{LotMove, LotNow, LotReason};

use crate::money::{Money, MoneyError};
use serde::{Deserialize, Serialize};

/// What is there of such goods. What all of it cost stands with the piece; one unit costs the average.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lot {
    pub unit: Unit,
    pub on_hand: Quantity,
}

/// A part of a lot on a sale, and what one unit of it was priced at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Portion {
    pub unit: Unit,
    pub quantity: Quantity,
    pub unit_price: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum LotRefusal {
    #[error("say how much: {}", .0.ask())]
    Nothing(Unit),
    #[error("there is {there} left, not {asked}")]
    NotEnough { there: String, asked: String },
    #[error("the last piece of a parcel takes its last weight: there is {0} left")]
    Uneven(String),
    #[error("more than a store can hold")]
    TooMuch,
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl Lot {
    #[must_use]
    pub const fn empty(unit: Unit) -> Self {
        Self { unit, on_hand: Quantity::ZERO }
    }

    /// Takes a part out at the average cost. The last of it takes what is left of the cost, so that nothing
    /// remains of an empty lot.
    ///
    /// # Errors
    /// [`LotRefusal`] when it makes no sense for the unit, or there is not so much.
    pub fn issue(self, cost: Money, taken: Quantity) -> Result<(Self, Money), LotRefusal> {
        taken.check(self.unit)?;
        let left = self.on_hand.minus(taken).ok_or_else(|| LotRefusal::NotEnough {
            there: self.on_hand.show(self.unit),
            asked: taken.show(self.unit),
        })?;
        if self.unit.counts_both() && (left.pieces == 0) != (left.milli == 0) {
            return Err(LotRefusal::Uneven(self.on_hand.show(self.unit)));
        }
        let basis = |quantity: Quantity| quantity.basis(self.unit);
        let issued = cost.share(basis(taken), basis(self.on_hand))?;
        Ok((Self { on_hand: left, ..self }, issued))
    }

    /// Puts goods in.
    ///
    /// # Errors
    /// [`LotRefusal`] when it makes no sense for the unit, or is too much.
    pub fn receive(self, added: Quantity) -> Result<Self, LotRefusal> {
        added.check(self.unit)?;
        let on_hand = self.on_hand.plus(added).ok_or(LotRefusal::TooMuch)?;
        Ok(Self { on_hand, ..self })
    }

    /// The lot as it was counted or weighed, and what its cost changes by: what is missing left at the average
    /// cost, what is found came at it. The weight of a parcel decides, not how many stones it holds.
    ///
    /// # Errors
    /// [`LotRefusal`] when the figures make no sense for the unit.
    pub fn counted(self, cost: Money, there: Quantity) -> Result<(Self, Money), LotRefusal> {
        if there != Quantity::ZERO {
            there.check(self.unit)?;
        }
        let (was, now) = (self.on_hand.basis(self.unit), there.basis(self.unit));
        let change = if was == 0 { Money::ZERO } else { cost.share(now, was)?.minus(cost)? };
        Ok((Self { on_hand: there, ..self }, change))
    }
}

impl Portion {
    /// What it costs before any discount, rounded once.
    ///
    /// # Errors
    /// [`MoneyError`] when it does not fit.
    pub fn price(self) -> Result<Money, MoneyError> {
        self.unit_price.share(self.quantity.basis(self.unit), self.unit.per())
    }

    /// How many things a tax with a cap per item sees.
    #[must_use]
    pub const fn items(self) -> i64 {
        match self.unit {
            Unit::Gram => 1,
            Unit::Piece | Unit::Carat => self.quantity.pieces,
        }
    }

    /// What of an amount belongs to a part that comes back after others came back already. All parts together
    /// are the whole, to the cent, in whatever steps they come.
    ///
    /// # Errors
    /// [`MoneyError`] when it does not fit.
    pub fn share_of(self, amount: Money, before: Quantity, part: Quantity) -> Result<Money, MoneyError> {
        let (whole, before, part) =
            (self.quantity.basis(self.unit), before.basis(self.unit), part.basis(self.unit));
        let until = before.checked_add(part).ok_or(MoneyError::TooLarge)?;
        amount.share(until, whole)?.minus(amount.share(before, whole)?)
    }
}

impl std::fmt::Display for Portion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} at {} {}", self.quantity.show(self.unit), self.unit_price, self.unit.each())
    }
}

#[cfg(test)]
mod tests;
