//! Changing many pieces at once: everything is shown before it is done.

use super::{Item, describe};
use crate::codes;
use crate::field::{FieldError, FieldReader};
use crate::ids::{CommandId, ItemId, StoreId};
use crate::money::{Money, MoneyError};
use crate::rate::Rate;
use crate::tax::Taxability;
use crate::text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// So many pieces are changed in one step: a person still looks at each, and no till waits.
pub const MOST_AT_ONCE: usize = 500;

codes! {
    #[derive(Default)]
    pub enum BulkKind("change") {
        #[default]
        PriceUp = "price_up", "Raise the price by percent";
        PriceDown = "price_down", "Lower the price by percent";
        Location = "location", "Move to another place";
        Taxability = "taxability", "Sales tax";
    }
}

codes! {
    /// How a new price ends.
    #[derive(Default)]
    pub enum PriceEnding("ending of a price") {
        #[default]
        Exact = "exact", "To the cent";
        Dollar = "dollar", "Whole dollars";
        NinetyFive = "95", "Ending in .95";
        NinetyNine = "99", "Ending in .99";
    }
}

impl PriceEnding {
    /// The nearest price that ends so, and never below the smallest of them.
    ///
    /// # Errors
    /// [`MoneyError`] when it does not fit.
    pub fn of(self, price: Money) -> Result<Money, MoneyError> {
        let below = match self {
            Self::Exact => return Ok(price),
            Self::Dollar => Money::ZERO,
            Self::NinetyFive => Money::from_minor(5),
            Self::NinetyNine => Money::from_minor(1),
        };
        let dollars = (price.plus(below)?.minor() + 50).div_euclid(100).max(1);
        Money::from_minor(100).times(dollars)?.minus(below)
    }
}

/// What stands in the fields of the form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedBulk {
    pub kind: String,
    pub percent: String,
    pub ending: String,
    pub location: String,
    pub taxability: String,
}

/// What is changed about every piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BulkChange {
    Price { up: bool, by: Rate, ending: PriceEnding },
    Location(Option<String>),
    Taxability(Taxability),
}

/// Changes pieces as they were shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeItems {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub typed: TypedBulk,
    /// The pieces with the versions that were on the screen.
    pub pieces: Vec<(ItemId, i64)>,
}

/// One piece before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkLine {
    pub id: ItemId,
    pub version: i64,
    pub tag: String,
    pub description: String,
    pub before: String,
    pub after: String,
}

/// What a change would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkPreview {
    pub lines: Vec<BulkLine>,
    /// Pieces that are as they would be already.
    pub same: usize,
    /// The list has more than can be changed at once.
    pub more: bool,
}

impl TypedBulk {
    /// # Errors
    /// Each field that does not read, with its reason.
    pub fn check(&self) -> Result<BulkChange, Vec<FieldError>> {
        let mut fields = FieldReader::default();
        let kind: BulkKind = fields.read("kind", self.kind.trim().parse());
        let change = match kind {
            BulkKind::PriceUp | BulkKind::PriceDown => {
                let rate = fields.read("percent", Rate::parse_percent(&self.percent));
                if fields.is_clean() && rate == Rate::ZERO {
                    fields.complain("percent", "enter a percentage above zero");
                }
                let ending = match self.ending.trim() {
                    "" => PriceEnding::Exact,
                    typed => fields.read("ending", typed.parse()),
                };
                BulkChange::Price { up: kind == BulkKind::PriceUp, by: rate, ending }
            }
            BulkKind::Location => {
                BulkChange::Location(fields.read("location", text::optional_line(&self.location)))
            }
            BulkKind::Taxability => {
                BulkChange::Taxability(fields.read("taxability", self.taxability.trim().parse()))
            }
        };
        fields.finish(change)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BulkRefusal {
    #[error("choose between 1 and {MOST_AT_ONCE} pieces")]
    HowMany,
    #[error("a piece of the list is not in this store's books")]
    Unknown,
    #[error("{0} was changed or sold meanwhile: look again")]
    Changed(String),
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl ChangeItems {
    /// Every piece before and after, each in this store and as it was on the screen: all of them or none.
    ///
    /// # Errors
    /// [`BulkRefusal`] names the first that is not as it was shown.
    pub fn decide(&self, change: &BulkChange, there: &[Item]) -> Result<Vec<(Item, Item)>, BulkRefusal> {
        if self.pieces.is_empty() || self.pieces.len() > MOST_AT_ONCE {
            return Err(BulkRefusal::HowMany);
        }
        let there: BTreeMap<ItemId, &Item> = there.iter().map(|item| (item.id, item)).collect();
        let one = |(id, version): &(ItemId, i64)| {
            let item = there.get(id).copied().filter(|item| item.store_id == self.store_id);
            let item = item.ok_or(BulkRefusal::Unknown)?;
            if item.version != *version || !item.status.is_on_hand() {
                return Err(BulkRefusal::Changed(item.tag.clone()));
            }
            Ok((item.clone(), change.apply(item)?))
        };
        self.pieces.iter().map(one).collect()
    }
}

impl BulkChange {
    /// What it would do to a piece; nothing where it is so already.
    ///
    /// # Errors
    /// [`MoneyError`] when a price does not fit.
    pub fn line(&self, item: &Item) -> Result<Option<BulkLine>, MoneyError> {
        let (before, after) = (self.shown(item), self.shown(&self.apply(item)?));
        Ok((before != after).then(|| BulkLine {
            id: item.id,
            version: item.version,
            tag: item.tag.clone(),
            description: describe(&item.details),
            before,
            after,
        }))
    }

    /// The piece as it would be.
    ///
    /// # Errors
    /// [`MoneyError`] when a price does not fit.
    pub fn apply(&self, item: &Item) -> Result<Item, MoneyError> {
        let mut after = item.clone();
        match self {
            Self::Price { up, by, ending } => {
                let part = by.of(item.price)?;
                let price = if *up { item.price.plus(part)? } else { item.price.minus(part)? };
                after.price = ending.of(price)?;
            }
            Self::Location(location) => after.details.location.clone_from(location),
            Self::Taxability(taxability) => after.taxability = *taxability,
        }
        Ok(after)
    }

    /// What the change is about, as it stands on a piece.
    #[must_use]
    pub fn shown(&self, item: &Item) -> String {
        match self {
            Self::Price { .. } => item.price.to_string(),
            Self::Location(_) => item.details.location.clone().unwrap_or_default(),
            Self::Taxability(_) => item.taxability.label().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cents(text: &str) -> Money {
        text.parse().unwrap()
    }

    #[test]
    fn prices_end_as_asked() {
        for (ending, price, ends) in [
            (PriceEnding::Exact, "103.37", "103.37"),
            (PriceEnding::Dollar, "103.49", "103.00"),
            (PriceEnding::Dollar, "103.50", "104.00"),
            (PriceEnding::NinetyFive, "103.37", "102.95"),
            (PriceEnding::NinetyFive, "103.50", "103.95"),
            (PriceEnding::NinetyNine, "1,999.60", "1,999.99"),
            (PriceEnding::NinetyNine, "0.10", "0.99"),
            (PriceEnding::Dollar, "0.00", "1.00"),
        ] {
            assert_eq!(ending.of(cents(price)).unwrap().to_string(), ends, "{price} as {ending}");
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        let wrong = |kind: &str, percent: &str, ending: &str| {
            let typed = TypedBulk {
                kind: kind.into(),
                percent: percent.into(),
                ending: ending.into(),
                ..TypedBulk::default()
            };
            typed.check().map_or_else(|errors| errors.into_iter().map(|e| e.field).collect(), |_| Vec::new())
        };
        assert_eq!(wrong("price_up", "", ""), ["percent"]);
        assert_eq!(wrong("price_down", "0", ""), ["percent"]);
        assert_eq!(wrong("price_down", "101", "7"), ["percent", "ending"]);
        assert_eq!(wrong("magic", "5", ""), ["kind"]);
        assert_eq!(wrong("taxability", "", ""), ["taxability"]);
        assert!(wrong("location", "", "").is_empty(), "a piece may lie nowhere in particular");
    }
}
