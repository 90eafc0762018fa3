//! A part of goods that are alike on a receipt, as it comes back in steps.

use super::ReturnRefusal;
use crate::item::{LotRefusal, Portion, Quantity};
use crate::money::{Money, MoneyError};
use crate::tax::{LineTax, TaxPart};
use serde::{Deserialize, Serialize};

/// What was sold of a lot on a line, and what of it came back so far. The register works out with it what a
/// part is worth, to the same cent as the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoldPart {
    pub tag: String,
    pub portion: Portion,
    pub came_back: Quantity,
    pub net: Money,
    pub tax: LineTax,
}

/// What comes back of it in one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenBack {
    pub quantity: Quantity,
    pub net: Money,
    pub tax: LineTax,
}

impl SoldPart {
    /// How much can still come back.
    #[must_use]
    pub fn left(&self) -> Quantity {
        self.portion.quantity.minus(self.came_back).unwrap_or_default()
    }

    /// What comes back for so much of it, or for all that is left: its share of every cent, the last of it taking
    /// what remains.
    ///
    /// # Errors
    /// [`ReturnRefusal`] when it makes no sense for the unit, or so much cannot come back.
    pub fn take(&self, asked: Option<Quantity>) -> Result<TakenBack, ReturnRefusal> {
        let (unit, left) = (self.portion.unit, self.left());
        let quantity = asked.unwrap_or(left);
        let in_words = |why| ReturnRefusal::Lot { tag: self.tag.clone(), why };
        quantity.check(unit).map_err(in_words)?;
        let after = left.minus(quantity).ok_or_else(|| ReturnRefusal::MoreThanSold {
            tag: self.tag.clone(),
            left: left.show(unit),
            asked: quantity.show(unit),
        })?;
        if unit.counts_both() && (after.pieces == 0) != (after.milli == 0) {
            return Err(in_words(LotRefusal::Uneven(left.show(unit))));
        }
        let parts = self.tax.parts.iter().map(|part| {
            let (base, tax) = (self.share(part.base, quantity)?, self.share(part.tax, quantity)?);
            Ok(TaxPart { base, tax, ..*part })
        });
        let tax = LineTax { parts: parts.collect::<Result<_, MoneyError>>()? };
        Ok(TakenBack { quantity, net: self.share(self.net, quantity)?, tax })
    }

    /// The share of an amount that belongs to what comes back now.
    pub(super) fn share(&self, amount: Money, quantity: Quantity) -> Result<Money, MoneyError> {
        self.portion.share_of(amount, self.came_back, quantity)
    }
}
