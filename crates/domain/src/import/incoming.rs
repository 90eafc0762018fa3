//! What a row of a file is, before it stands in the books.

use crate::field::FieldError;
use crate::item::{ItemKind, Karat, Lot, Metal, PieceDetails};
use crate::ledger::Digest;
use crate::money::Money;
use crate::style::made_sku;

/// What a row brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    pub details: PieceDetails,
    /// Of a lot: of one unit.
    pub price: Money,
    /// Of a lot: of all that is there.
    pub cost: Money,
    pub replacement: Option<Money>,
    /// The number on its tag; without one it gets the next of the series.
    pub tag: Option<String>,
    pub stock: Stock,
    pub variation: Option<NamedVariation>,
    /// The number it is known by elsewhere.
    pub own_number: Option<String>,
    /// Over everything the row says, in one spelling: the same for rows that are alike.
    pub content: Digest,
}

/// What is there of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stock {
    /// A unique piece.
    #[default]
    Piece,
    /// Goods that are alike.
    Lot(Lot),
    /// Nothing: the row tells of a variation that can be had.
    Nothing,
}

impl Stock {
    #[must_use]
    pub const fn lot(self) -> Option<Lot> {
        match self {
            Self::Lot(lot) => Some(lot),
            Self::Piece | Self::Nothing => None,
        }
    }
}

/// The variation that a row is one of, by what the row says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedVariation {
    /// Number of its style.
    pub style: String,
    /// Name of its style, where there is none of this number yet.
    pub name: String,
    pub kind: ItemKind,
    pub brand: Option<String>,
    /// Its number, where the file gives it one; else it is known by what it is.
    pub sku: Option<String>,
    pub metal: Option<Metal>,
    pub karat: Option<Karat>,
    pub quality: Option<String>,
    pub size: Option<String>,
    pub price: Money,
    /// What one costs to buy, where the file says it.
    pub cost: Option<Money>,
}

impl NamedVariation {
    /// Its number, made from what it is where the file gives none.
    #[must_use]
    pub fn number(&self) -> String {
        let made = || {
            made_sku(&self.style, self.metal, self.karat, self.quality.as_deref(), self.size.as_deref())
                .to_uppercase()
        };
        self.sku.clone().unwrap_or_else(made)
    }
}

/// What became of a row when it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowRead {
    Good(Box<Incoming>),
    /// Every reason why it does not come in, each under its column's name.
    Bad(Vec<FieldError>),
    /// It is not meant to come in: a picture, a draft, a piece that was sold. With the reason, unless it is of
    /// no interest to anybody.
    LeftOut(Option<FieldError>),
}
