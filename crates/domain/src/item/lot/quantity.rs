//! How much: pieces, grams, carats, or pieces and carats together.

use super::LotRefusal;
use crate::codes;
use crate::field::FieldReader;
use serde::{Deserialize, Serialize};

codes! {
    /// What goods that are alike are sold by.
    pub enum Unit("unit") {
        /// Counted: chains of one kind, ear backs, polishing cloths.
        Piece = "piece", "By the piece";
        /// Weighed: chain by length, wire, grain.
        Gram = "gram", "By weight, in grams";
        /// A parcel of stones: sold by weight, and counted.
        Carat = "carat", "Parcel of stones, by carat";
    }
}

impl Unit {
    /// Behind a price: `12.00 per gram`.
    #[must_use]
    pub const fn each(self) -> &'static str {
        match self {
            Self::Piece => "each",
            Self::Gram => "per gram",
            Self::Carat => "per carat",
        }
    }

    /// A parcel is counted and weighed.
    #[must_use]
    pub const fn counts_both(self) -> bool {
        matches!(self, Self::Carat)
    }

    #[must_use]
    pub const fn counts_pieces(self) -> bool {
        matches!(self, Self::Piece | Self::Carat)
    }

    #[must_use]
    pub const fn weighs(self) -> bool {
        matches!(self, Self::Gram | Self::Carat)
    }

    /// How many of what [`Quantity::basis`] counts make one unit.
    pub(crate) const fn per(self) -> i64 {
        match self {
            Self::Piece => 1,
            Self::Gram | Self::Carat => 1_000,
        }
    }

    /// What is missing where somebody said nothing.
    pub(in crate::item) const fn ask(self) -> &'static str {
        match self {
            Self::Piece => "a count such as 3",
            Self::Gram => "a weight in grams such as 4.25",
            Self::Carat => "a count and a weight in carat such as 12 and 1.20",
        }
    }
}

/// So many pieces, and so many thousandths of a gram or a carat. What the unit does not know is zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub struct Quantity {
    pub pieces: i64,
    pub milli: i64,
}

impl Quantity {
    pub const ZERO: Self = Self { pieces: 0, milli: 0 };
    /// One of what is counted.
    pub const ONE: Self = Self { pieces: 1, milli: 0 };
    /// A million pieces, or a ton; more is a slip of the finger.
    const MOST_PIECES: i64 = 1_000_000;
    const MOST_MILLI: i64 = 1_000_000_000;

    #[must_use]
    pub const fn pieces(pieces: i64) -> Self {
        Self { pieces, milli: 0 }
    }

    #[must_use]
    pub const fn grams_milli(milli: i64) -> Self {
        Self { pieces: 0, milli }
    }

    /// What price and cost go by.
    pub(crate) const fn basis(self, unit: Unit) -> i64 {
        match unit {
            Unit::Piece => self.pieces,
            Unit::Gram | Unit::Carat => self.milli,
        }
    }

    /// # Errors
    /// [`LotRefusal`] when something is missing, or is not of this unit.
    pub fn check(self, unit: Unit) -> Result<(), LotRefusal> {
        let right = |asked: bool, amount: i64| if asked { amount > 0 } else { amount == 0 };
        if !right(unit.counts_pieces(), self.pieces) || !right(unit.weighs(), self.milli) {
            return Err(LotRefusal::Nothing(unit));
        }
        if self.pieces > Self::MOST_PIECES || self.milli > Self::MOST_MILLI {
            return Err(LotRefusal::TooMuch);
        }
        Ok(())
    }

    /// Nothing where one of them would be too much.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        let pieces = self.pieces.checked_add(other.pieces).filter(|n| *n <= Self::MOST_PIECES)?;
        let milli = self.milli.checked_add(other.milli).filter(|n| *n <= Self::MOST_MILLI)?;
        Some(Self { pieces, milli })
    }

    /// Nothing where one of them would be below zero.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        let pieces = self.pieces.checked_sub(other.pieces).filter(|n| *n >= 0)?;
        let milli = self.milli.checked_sub(other.milli).filter(|n| *n >= 0)?;
        Some(Self { pieces, milli })
    }

    /// `3 pieces`, `4.25 g`, `12 pieces, 1.20 ct`.
    #[must_use]
    pub fn show(self, unit: Unit) -> String {
        let pieces = if self.pieces == 1 { "1 piece".to_owned() } else { format!("{} pieces", self.pieces) };
        match unit {
            Unit::Piece => pieces,
            Unit::Gram => format!("{} g", decimal(self.milli)),
            Unit::Carat => format!("{pieces}, {} ct", decimal(self.milli)),
        }
    }
}

/// Thousandths with two decimals, or three where the third is not zero.
fn decimal(milli: i64) -> String {
    let (whole, part) = (milli / 1_000, milli % 1_000);
    if part % 10 == 0 { format!("{whole}.{:02}", part / 10) } else { format!("{whole}.{part:03}") }
}

/// A quantity as somebody types it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedQuantity {
    pub pieces: String,
    /// Grams or carats.
    pub measure: String,
}

impl TypedQuantity {
    /// Reads what the unit asks for, and complains at the fields `pieces` and `measure`.
    pub fn read(&self, unit: Unit, fields: &mut FieldReader) -> Quantity {
        Quantity {
            pieces: if unit.counts_pieces() { fields.read("pieces", count(&self.pieces)) } else { 0 },
            milli: if unit.weighs() { fields.read("measure", thousandths(&self.measure)) } else { 0 },
        }
    }

    /// The same where nothing may be left: a count.
    pub fn is_nothing(&self, unit: Unit) -> bool {
        let zero = |text: &str| text.trim().trim_matches(['0', '.']).is_empty() && !text.trim().is_empty();
        (!unit.counts_pieces() || zero(&self.pieces)) && (!unit.weighs() || zero(&self.measure))
    }
}

fn count(typed: &str) -> Result<i64, &'static str> {
    match typed.trim().replace(',', "").parse() {
        Ok(pieces @ 1..=Quantity::MOST_PIECES) => Ok(pieces),
        _ => Err("enter a count such as 3"),
    }
}

fn thousandths(typed: &str) -> Result<i64, &'static str> {
    const PROBLEM: &str = "enter a weight with at most three decimals such as 4.25";
    let typed = typed.trim().trim_end_matches("ct").trim_end_matches('g').trim_end();
    let (whole, part) = typed.split_once('.').unwrap_or((typed, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 3 || whole.len() > 6 {
        return Err(PROBLEM);
    }
    match format!("{whole}{part:0<3}").parse() {
        Ok(milli @ 1..=Quantity::MOST_MILLI) => Ok(milli),
        _ => Err(PROBLEM),
    }
}
