//! A style: a design that is made in several metals, qualities and sizes, each a variation with its own cost and
//! price. The pieces in the case are each of one variation and keep their own cost.

mod edit;
mod save;

pub use edit::{
    CheckedStyle, CheckedVariation, MOST_VARIATIONS, SaveStyle, TypedStyle, TypedVariation, combine, made_sku,
};
pub use save::{NoSuchVariation, gone, may_go, save};

use crate::ids::{StoreId, StyleId, VariationId};
use crate::item::{ItemKind, Karat, Metal, Quantity, Unit};
use crate::money::Money;
use crate::photo::Photo;
use crate::tax::Taxability;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a piece knows of the variation it is one of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariationTag {
    pub id: VariationId,
    pub style_id: StyleId,
    /// Number of the style, such as `1042`.
    pub style: String,
    pub sku: String,
}

/// A style as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Style<Cost = Option<Money>> {
    pub id: StyleId,
    pub number: String,
    pub name: String,
    pub kind: ItemKind,
    pub brand: Option<String>,
    /// The vendor's own number for it.
    pub vendor_style: Option<String>,
    pub taxability: Taxability,
    pub note: Option<String>,
    pub variations: Vec<Variation<Cost>>,
    pub version: i64,
}

/// One way a style is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variation<Cost = Option<Money>> {
    pub id: VariationId,
    pub sku: String,
    pub metal: Option<Metal>,
    pub karat: Option<Karat>,
    /// Of its stones, such as `G VS2`.
    pub quality: Option<String>,
    pub size: Option<String>,
    pub price: Money,
    /// What one costs to buy; `None` while nobody said so, or for those who may not know.
    pub cost: Cost,
}

impl Variation {
    /// Metal, quality and size in words.
    #[must_use]
    pub fn describe(&self) -> String {
        let metal = self.metal.map(|metal| metal.said(self.karat));
        let size = self.size.as_ref().map(|size| format!("size {size}"));
        [metal, self.quality.clone(), size].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// What a store has of a variation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariationStock {
    pub variation: VariationId,
    pub store: StoreId,
    pub store_name: String,
    /// Unique pieces in the case.
    pub in_case: i64,
    /// Unique pieces on hand elsewhere: on layaway, at the bench, set aside.
    pub elsewhere: i64,
    /// Goods that are alike.
    pub lots: Vec<(Unit, Quantity)>,
}

/// A style with what the stores have of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StyleSheet {
    pub style: Style,
    pub stock: Vec<VariationStock>,
    /// The photos of its variations, of those that have any.
    pub photos: BTreeMap<VariationId, Vec<Photo>>,
}

/// A style as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StyleLine {
    pub id: StyleId,
    pub number: String,
    pub name: String,
    pub kind: ItemKind,
    pub variations: i64,
    /// The lowest and the highest price of its variations.
    pub prices: Option<(Money, Money)>,
    /// Unique pieces in the case, in the stores that may be looked into.
    pub in_case: i64,
    /// The first photo of its first variation that has any.
    pub photo: Option<Photo>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StylePage {
    pub styles: Vec<StyleLine>,
    pub count: u64,
}
