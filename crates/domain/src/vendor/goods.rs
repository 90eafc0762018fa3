//! A line of an order or of a delivery: unique pieces, pieces of a style, more of a lot, or a new lot.

use crate::codes;
use crate::field::{FieldError, FieldReader};
use crate::ids::ItemId;
use crate::item::{Item, PieceDetails, Portion, Quantity, TypedItem, TypedQuantity, Unit, describe};
use crate::money::{Money, MoneyError};
use crate::style::VariationTag;
use crate::tax::Taxability;
use crate::text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An order or a delivery has at most this many lines.
pub const MOST_LINES: usize = 100;

codes! {
    /// What a line of an order or a delivery is.
    #[derive(Default)]
    pub enum GoodsKind("kind of goods") {
        #[default]
        Piece = "piece", "Unique pieces";
        Variation = "variation", "Pieces of a style";
        Lot = "lot", "More of a lot";
        NewLot = "new_lot", "A new lot";
    }
}

/// A line as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedGoods {
    pub what: String,
    /// The SKU of a variation, or the tag of a lot.
    pub of: String,
    pub kind: String,
    pub title: String,
    pub metal: String,
    pub karat: String,
    pub size: String,
    pub unit: String,
    pub pieces: String,
    pub measure: String,
    /// What one unit costs. Empty takes what is known of the variation.
    pub cost: String,
    /// What one unit is to be sold for; of a variation, empty takes its price, of a lot nothing is asked.
    pub price: String,
    pub vendor_style: String,
    /// The line of the order that it came on, by its place; empty for none.
    pub order_line: String,
}

/// What is known of a variation that pieces are ordered of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownVariation {
    pub tag: VariationTag,
    pub details: PieceDetails,
    pub taxability: Taxability,
    pub price: Money,
    pub cost: Option<Money>,
    pub vendor_style: Option<String>,
}

/// What the lines name: variations by their SKU, and lots of the store by their tag.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    pub variations: BTreeMap<String, KnownVariation>,
    pub lots: BTreeMap<String, Item>,
}

/// A line that reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goods {
    pub what: GoodsKind,
    /// The SKU or the tag that was named.
    pub of: Option<String>,
    pub variation: Option<VariationTag>,
    /// The lot that there is more of.
    pub lot: Option<ItemId>,
    pub details: PieceDetails,
    pub taxability: Taxability,
    /// `None` for unique pieces.
    pub unit: Option<Unit>,
    pub quantity: Quantity,
    /// Of one unit.
    pub cost: Money,
    pub price: Money,
    pub vendor_style: Option<String>,
}

impl TypedGoods {
    fn kind_of_goods(&self) -> Option<GoodsKind> {
        self.what.trim().parse().ok()
    }

    /// The SKU or the tag that has to be looked up.
    #[must_use]
    pub fn named(&self) -> Option<(GoodsKind, String)> {
        let kind = self.kind_of_goods()?;
        let of = self.of.trim().to_uppercase();
        (matches!(kind, GoodsKind::Variation | GoodsKind::Lot) && !of.is_empty()).then_some((kind, of))
    }

    /// Reads the line at `row`; what is wrong is named `lines.<row>.<field>`.
    pub(super) fn check(&self, row: usize, catalog: &Catalog, fields: &mut FieldReader) -> Option<Goods> {
        match self.read(catalog) {
            Ok(goods) => Some(goods),
            Err(errors) => {
                for FieldError { field, message } in errors {
                    fields.complain(&format!("lines.{row}.{field}"), message);
                }
                None
            }
        }
    }

    fn read(&self, catalog: &Catalog) -> Result<Goods, Vec<FieldError>> {
        let mut fields = FieldReader::default();
        let what = fields.read("what", self.what.trim().parse::<GoodsKind>());
        let vendor_style = fields.read("vendor_style", text::optional_line(&self.vendor_style));
        fields.finish(())?;
        match what {
            GoodsKind::Variation => self.read_variation(catalog, vendor_style),
            GoodsKind::Lot => self.read_lot(catalog, vendor_style),
            GoodsKind::Piece | GoodsKind::NewLot => self.read_described(what, vendor_style),
        }
    }

    fn quantity(&self) -> TypedQuantity {
        TypedQuantity { pieces: self.pieces.clone(), measure: self.measure.clone() }
    }

    /// Pieces or a new lot, in words of its own.
    fn read_described(
        &self,
        what: GoodsKind,
        vendor_style: Option<String>,
    ) -> Result<Goods, Vec<FieldError>> {
        let lot = what == GoodsKind::NewLot;
        let typed = TypedItem {
            kind: self.kind.clone(),
            title: self.title.clone(),
            metal: self.metal.clone(),
            karat: self.karat.clone(),
            size: self.size.clone(),
            price: self.price.clone(),
            cost: Some(self.cost.clone()),
            unit: if lot { self.unit.clone() } else { String::new() },
            quantity: self.quantity(),
            ..TypedItem::default()
        };
        let checked = typed.check();
        let mut fields = FieldReader::default();
        if lot && self.unit.trim().is_empty() {
            fields.complain("unit", "choose what it is sold by");
        }
        let count = match lot {
            true => Quantity::ZERO,
            false => self.quantity().read(Unit::Piece, &mut fields),
        };
        let checked = match checked {
            Ok(checked) => checked,
            Err(errors) => {
                errors.into_iter().for_each(|error| fields.complain(&error.field, error.message));
                return Err(fields.finish(()).err().unwrap_or_default());
            }
        };
        fields.finish(Goods {
            what,
            of: None,
            variation: None,
            lot: None,
            details: checked.details,
            taxability: checked.taxability,
            unit: checked.lot.map(|lot| lot.unit),
            quantity: checked.lot.map_or(count, |lot| lot.on_hand),
            cost: checked.cost.unwrap_or_default(),
            price: checked.price,
            vendor_style,
        })
    }

    fn read_variation(
        &self,
        catalog: &Catalog,
        vendor_style: Option<String>,
    ) -> Result<Goods, Vec<FieldError>> {
        let mut fields = FieldReader::default();
        let quantity = self.quantity().read(Unit::Piece, &mut fields);
        let sku = self.of.trim().to_uppercase();
        let Some(known) = catalog.variations.get(&sku) else {
            fields.complain(
                "of",
                if sku.is_empty() {
                    "enter its SKU".to_owned()
                } else {
                    format!("no variation has the SKU {sku}")
                },
            );
            return Err(fields.finish(()).err().unwrap_or_default());
        };
        let price = match self.price.trim() {
            "" => known.price,
            typed => fields.read("price", amount(typed)),
        };
        let cost = match (self.cost.trim(), known.cost) {
            ("", Some(cost)) => cost,
            (typed, _) => fields.read("cost", amount(typed)),
        };
        fields.finish(Goods {
            what: GoodsKind::Variation,
            of: Some(sku),
            variation: Some(known.tag.clone()),
            lot: None,
            details: known.details.clone(),
            taxability: known.taxability,
            unit: None,
            quantity,
            cost,
            price,
            vendor_style: vendor_style.or_else(|| known.vendor_style.clone()),
        })
    }

    fn read_lot(&self, catalog: &Catalog, vendor_style: Option<String>) -> Result<Goods, Vec<FieldError>> {
        let mut fields = FieldReader::default();
        let tag = self.of.trim().to_uppercase();
        let known = catalog.lots.get(&tag).and_then(|item| item.lot.map(|lot| (item, lot)));
        let cost = fields.read("cost", amount(&self.cost));
        let Some((item, lot)) = known else {
            fields.complain(
                "of",
                if tag.is_empty() {
                    "enter its tag".to_owned()
                } else {
                    format!("no lot of this store has the tag {tag}")
                },
            );
            return Err(fields.finish(()).err().unwrap_or_default());
        };
        let quantity = self.quantity().read(lot.unit, &mut fields);
        fields.finish(Goods {
            what: GoodsKind::Lot,
            of: Some(tag),
            variation: item.variation.clone(),
            lot: Some(item.id),
            details: item.details.clone(),
            taxability: item.taxability,
            unit: Some(lot.unit),
            quantity,
            cost,
            price: item.price,
            vendor_style: vendor_style.or_else(|| item.vendor_style.clone()),
        })
    }
}

impl Goods {
    /// What the line says, for people.
    #[must_use]
    pub fn describe(&self) -> String {
        let words = describe(&self.details);
        match &self.of {
            Some(of) => format!("{words} ({of})"),
            None => words,
        }
    }

    /// What all of it costs, rounded once.
    ///
    /// # Errors
    /// [`MoneyError`] when it does not fit.
    pub fn value(&self) -> Result<Money, MoneyError> {
        match self.unit {
            Some(unit) => Portion { unit, quantity: self.quantity, unit_price: self.cost }.price(),
            None => self.cost.times(self.quantity.pieces),
        }
    }

    /// What counts when as much is compared: weight, or how many.
    #[must_use]
    pub fn basis(&self, quantity: Quantity) -> i64 {
        quantity.basis(self.unit.unwrap_or(Unit::Piece))
    }

    /// The line as it would be typed.
    #[must_use]
    pub fn typed(&self) -> TypedGoods {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let measured = self.unit.is_some_and(Unit::weighs);
        let (whole, part) = (self.quantity.milli / 1_000, self.quantity.milli % 1_000);
        TypedGoods {
            what: self.what.code().to_owned(),
            of: text(&self.of),
            kind: self.details.kind.code().to_owned(),
            title: text(&self.details.title),
            metal: self.details.metal.map(|metal| metal.code().to_owned()).unwrap_or_default(),
            karat: self.details.karat.map(|karat| karat.code().to_owned()).unwrap_or_default(),
            size: text(&self.details.size),
            unit: self.unit.map(|unit| unit.code().to_owned()).unwrap_or_default(),
            pieces: if self.quantity.pieces > 0 { self.quantity.pieces.to_string() } else { String::new() },
            measure: if measured { format!("{whole}.{part:03}") } else { String::new() },
            cost: self.cost.to_string(),
            price: self.price.to_string(),
            vendor_style: text(&self.vendor_style),
            order_line: String::new(),
        }
    }
}

/// `3 pieces` or `4.25 g`; unique pieces are counted.
#[must_use]
pub fn show_quantity(unit: Option<Unit>, quantity: Quantity) -> String {
    quantity.show(unit.unwrap_or(Unit::Piece))
}

/// A price or a cost: zero or more.
pub(super) fn amount(typed: &str) -> Result<Money, MoneyError> {
    let amount = Money::parse(typed)?;
    if amount.is_negative() { Err(MoneyError::NotPositive) } else { Ok(amount) }
}

/// All lines, or what is wrong with them.
pub(super) fn check_lines(lines: &[TypedGoods], catalog: &Catalog, fields: &mut FieldReader) -> Vec<Goods> {
    match lines.len() {
        0 => fields.complain("lines", "add at least one line"),
        1..=MOST_LINES => {}
        _ => fields.complain("lines", format!("there are at most {MOST_LINES} lines")),
    }
    let rows = lines.iter().take(MOST_LINES).enumerate();
    rows.filter_map(|(row, line)| line.check(row, catalog, fields)).collect()
}
