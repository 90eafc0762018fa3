//! Adding a piece and changing what is known of it.

use super::{
    CaratMilli, ItemKind, Karat, Lot, Metal, PieceDetails, Stone, StoneKind, StoneOrigin, StoneShape,
    TypedQuantity, Unit, parse_measures,
};
use crate::codes;
use crate::field::{FieldError, FieldReader};
use crate::ids::{CommandId, ItemId, StoreId, VariationId};
use crate::money::{Money, MoneyError};
use crate::rate::{Rate, RateError};
use crate::tax::Taxability;
use crate::text;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

codes! {
    /// Where a new piece comes from; it decides the other side of its cost.
    #[derive(Default)]
    pub enum StockSource("source") {
        /// Delivered, the bill is still to come: J64.
        #[default]
        Vendor = "vendor", "Delivered by a vendor";
        /// Was in the store before the books began: J74.
        Opening = "opening", "Opening stock";
    }
}

/// Adds a piece (`item_id` is `None`) or changes one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveItem {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub item_id: Option<ItemId>,
    /// The version that was on the screen.
    pub version: i64,
    pub source: StockSource,
    pub typed: TypedItem,
}

/// What stands in the fields of the piece form, exactly as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedItem {
    /// Empty draws the next number of the store's series.
    pub tag: String,
    pub kind: String,
    pub title: String,
    pub metal: String,
    pub karat: String,
    /// In micrometers.
    pub plating: String,
    pub weight_grams: String,
    pub size: String,
    pub brand: String,
    pub serial: String,
    pub location: String,
    pub note: String,
    pub price: String,
    /// `None` where the person may not see cost: it stays as it is. Of a new lot, the cost of all of it.
    pub cost: Option<String>,
    /// `None` where the person may not see cost.
    pub replacement: Option<String>,
    pub taxability: String,
    /// Only when it is added: what it is sold by, and how much there is. Empty is a unique piece.
    pub unit: String,
    pub quantity: TypedQuantity,
    /// Only when it is added: the variation that it is one of.
    pub variation: Option<VariationId>,
    /// The code of the vendor it was bought from. `None` where the person may not see cost: it stays as it is.
    pub vendor: Option<String>,
    /// The same for the vendor's own number.
    pub vendor_style: Option<String>,
    pub stones: Vec<TypedStone>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedStone {
    pub kind: String,
    pub shape: String,
    pub count: String,
    pub carat: String,
    pub color: String,
    pub clarity: String,
    pub cut: String,
    pub origin: String,
    pub treatment: String,
    pub lab: String,
    pub report_number: String,
    /// Length, width and height.
    pub measures: String,
    pub depth: String,
    pub table: String,
}

/// The checked content of a piece form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedItem {
    pub tag: Option<String>,
    pub details: PieceDetails,
    pub price: Money,
    pub cost: Option<Money>,
    /// The outer `None` leaves what is known, the inner says that nobody knows.
    pub replacement: Option<Option<Money>>,
    pub taxability: Taxability,
    /// `None` for a unique piece.
    pub lot: Option<Lot>,
    pub variation: Option<VariationId>,
    /// The outer `None` leaves what is known.
    pub vendor: Option<Option<String>>,
    pub vendor_style: Option<Option<String>>,
}

/// Silver whose gold is thinner is not called vermeil (16 CFR 23), in nanometers.
const THINNEST_VERMEIL_NM: i64 = 2_500;

/// A piece has at most this many groups of stones; more is a mistake, and every list stays bounded.
pub const MOST_STONES: usize = 24;

impl TypedItem {
    /// # Errors
    /// Each field that does not read, with its reason.
    pub fn check(&self) -> Result<CheckedItem, Vec<FieldError>> {
        let mut fields = FieldReader::default();
        let checked = CheckedItem {
            tag: fields.read("tag", text::optional_line(&self.tag)).map(|tag| tag.to_uppercase()),
            details: self.details(&mut fields),
            price: fields.read("price", amount(&self.price)),
            cost: self.cost.as_deref().map(|cost| fields.read("cost", amount(cost))),
            replacement: self.replacement.as_deref().map(|typed| match typed.trim() {
                "" => None,
                typed => Some(fields.read("replacement", amount(typed))),
            }),
            lot: fields
                .read("unit", optional_code::<Unit>(&self.unit))
                .map(|unit| Lot { unit, on_hand: self.quantity.read(unit, &mut fields) }),
            variation: self.variation,
            vendor: self.vendor.as_deref().map(|code| {
                let code = fields.read("vendor", text::optional_line(code));
                code.map(|code| code.to_uppercase())
            }),
            vendor_style: self
                .vendor_style
                .as_deref()
                .map(|style| fields.read("vendor_style", text::optional_line(style))),
            taxability: fields
                .read("taxability", optional_code::<Taxability>(&self.taxability))
                .unwrap_or_default(),
        };
        fields.finish(checked)
    }

    /// What the piece is, as far as the fields read: for a preview while somebody types.
    #[must_use]
    pub fn so_far(&self) -> PieceDetails {
        self.details(&mut FieldReader::default())
    }

    fn details(&self, fields: &mut FieldReader) -> PieceDetails {
        let kind = fields.read("kind", required_code::<ItemKind>(&self.kind));
        let metal = fields.read("metal", optional_code::<Metal>(&self.metal));
        let karat = fields.read("karat", optional_code::<Karat>(&self.karat));
        let fits = metal.map_or(Ok(()), |metal| metal.takes(karat));
        fields.read("karat", fits);
        let plating_nm = fields.read("plating", plating_nm(&self.plating));
        if plating_nm.is_some() && !metal.is_some_and(Metal::is_covered) {
            fields
                .complain("plating", "only vermeil, gold-filled and gold-plated pieces have a layer of gold");
        }
        if metal == Some(Metal::Vermeil) {
            if plating_nm.is_some_and(|thick| thick < THINNEST_VERMEIL_NM) {
                fields.complain("plating", "vermeil has at least 2.5 µm of gold: this is gold-plated silver");
            }
            if karat == Some(Karat::K9) {
                fields.complain("karat", "the gold of vermeil is 10k or more");
            }
        }
        if self.stones.len() > MOST_STONES {
            fields.complain("stones", format!("a piece has at most {MOST_STONES} rows of stones"));
        }
        PieceDetails {
            kind,
            metal,
            karat,
            plating_nm,
            title: fields.read("title", text::optional_line(&self.title)),
            weight_mg: fields.read("weight_grams", weight_mg(&self.weight_grams)),
            size: fields.read("size", text::optional_line(&self.size)),
            brand: fields.read("brand", text::optional_line(&self.brand)),
            serial: fields.read("serial", text::optional_line(&self.serial)),
            location: fields.read("location", text::optional_line(&self.location)),
            note: fields.read("note", text::note(&self.note)),
            stones: self
                .stones
                .iter()
                .take(MOST_STONES)
                .enumerate()
                .map(|(row, typed)| typed.check(row, fields))
                .collect(),
        }
    }
}

impl TypedStone {
    fn check(&self, row: usize, fields: &mut FieldReader) -> Stone {
        let name = |field: &str| format!("stones.{row}.{field}");
        let kind = fields.read(&name("kind"), required_code::<StoneKind>(&self.kind));
        let origin = fields.read(&name("origin"), optional_code::<StoneOrigin>(&self.origin));
        if kind == StoneKind::Diamond && origin.is_none() {
            fields.complain(&name("origin"), "a diamond is natural or laboratory-grown: say which");
        }
        let count = match self.count.trim() {
            "" => 1,
            typed => typed.parse().ok().filter(|count| (1..=10_000).contains(count)).unwrap_or_else(|| {
                fields.complain(&name("count"), "enter a count such as 6");
                1
            }),
        };
        Stone {
            kind,
            origin,
            count,
            shape: fields.read(&name("shape"), optional_code::<StoneShape>(&self.shape)).unwrap_or_default(),
            carat: match self.carat.trim() {
                "" => None,
                typed => fields.read(&name("carat"), CaratMilli::parse(typed).map(Some)),
            },
            color: fields.read(&name("color"), text::optional_line(&self.color)),
            clarity: fields.read(&name("clarity"), text::optional_line(&self.clarity)),
            cut: fields.read(&name("cut"), text::optional_line(&self.cut)),
            treatment: fields.read(&name("treatment"), text::optional_line(&self.treatment)),
            lab: fields.read(&name("lab"), text::optional_line(&self.lab)),
            report_number: fields.read(&name("report_number"), text::optional_line(&self.report_number)),
            measures: fields.read(&name("measures"), measures(&self.measures)),
            depth: fields.read(&name("depth"), percent(&self.depth)),
            table: fields.read(&name("table"), percent(&self.table)),
        }
    }
}

fn required_code<T: FromStr<Err: ToString>>(typed: &str) -> Result<T, String> {
    typed.trim().parse().map_err(|e: T::Err| e.to_string())
}

fn optional_code<T: FromStr<Err: ToString>>(typed: &str) -> Result<Option<T>, String> {
    if typed.trim().is_empty() { Ok(None) } else { required_code(typed).map(Some) }
}

/// Length, width and height, or nothing.
fn measures(typed: &str) -> Result<Option<[i64; 3]>, &'static str> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    parse_measures(typed).map(Some).ok_or("enter length, width and height such as 6.50 × 6.52 × 4.01")
}

/// A share in percent, or nothing.
fn percent(typed: &str) -> Result<Option<Rate>, RateError> {
    if typed.trim().is_empty() { Ok(None) } else { Rate::parse_percent(typed).map(Some) }
}

/// A price or a cost: zero or more.
fn amount(typed: &str) -> Result<Money, MoneyError> {
    let amount = Money::parse(typed)?;
    if amount.is_negative() { Err(MoneyError::NotPositive) } else { Ok(amount) }
}

/// Grams with up to three decimals, as milligrams.
fn weight_mg(typed: &str) -> Result<Option<i64>, &'static str> {
    thousandths(typed.trim().trim_end_matches('g'), 5).ok_or("enter a weight in grams such as 4.25")
}

/// Micrometers with up to three decimals, as nanometers.
fn plating_nm(typed: &str) -> Result<Option<i64>, &'static str> {
    let number = typed.trim().trim_end_matches("µm").trim_end_matches("um");
    let read = thousandths(number, 3).filter(|thick| *thick != Some(0));
    read.ok_or("enter the thickness of the gold in micrometers such as 2.5")
}

/// A number with up to three decimals in thousandths; the outer `None` for what is none.
fn thousandths(typed: &str, most_digits: usize) -> Option<Option<i64>> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Some(None);
    }
    let (whole, part) = typed.split_once('.').unwrap_or((typed, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 3 || whole.len() > most_digits {
        return None;
    }
    format!("{whole}{part:0<3}").parse().ok().map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> TypedItem {
        TypedItem {
            kind: "ring".into(),
            metal: "yellow_gold".into(),
            karat: "14k".into(),
            price: "5,000.00".into(),
            cost: Some("2,200".into()),
            weight_grams: "4.25 g".into(),
            stones: vec![TypedStone {
                kind: "diamond".into(),
                origin: "natural".into(),
                carat: "1.02".into(),
                measures: "6.50 - 6.52 x 4.01 mm".into(),
                depth: "61.6".into(),
                ..TypedStone::default()
            }],
            ..TypedItem::default()
        }
    }

    fn complains(typed: &TypedItem) -> Vec<String> {
        typed.check().map_or_else(|errors| errors.into_iter().map(|e| e.field).collect(), |_| Vec::new())
    }

    #[test]
    fn a_piece_as_typed() {
        let piece = typed().check().unwrap();
        assert_eq!(piece.cost, Some("2,200.00".parse().unwrap()));
        assert_eq!(piece.details.weight_mg, Some(4_250));
        let stone = &piece.details.stones[0];
        assert_eq!(stone.carat, Some(CaratMilli(1_020)));
        assert_eq!(
            (stone.measures, stone.depth),
            (Some([6_500, 6_520, 4_010]), Some(Rate::from_ppm(616_000)))
        );
    }

    #[test]
    fn a_diamond_says_where_it_is_from_and_gold_its_karat() {
        let mut item = typed();
        item.karat.clear();
        item.stones[0].origin.clear();
        assert_eq!(complains(&item), ["karat", "stones.0.origin"]);
    }

    #[test]
    fn a_metal_has_its_own_fineness_and_covered_ones_their_layer() {
        let of = |metal: &str, karat: &str, plating: &str| TypedItem {
            metal: metal.into(),
            karat: karat.into(),
            plating: plating.into(),
            ..typed()
        };
        for (metal, karat, plating) in [
            ("platinum", "900", ""),
            ("platinum", "", ""),
            ("silver", "958", ""),
            ("vermeil", "14k", "2.5 µm"),
            ("vermeil", "", ""),
            ("gold_plated", "", "0.175"),
        ] {
            assert_eq!(complains(&of(metal, karat, plating)), [""; 0], "{metal} {karat} {plating}");
        }
        assert_eq!(of("vermeil", "", "3").check().unwrap().details.plating_nm, Some(3_000));
        for (metal, karat, plating, wrong) in [
            ("platinum", "14k", "", "karat"),
            ("yellow_gold", "950", "", "karat"),
            ("silver", "900", "", "karat"),
            ("steel", "18k", "", "karat"),
            ("vermeil", "9k", "3", "karat"),
            ("vermeil", "14k", "2.499", "plating"),
            ("yellow_gold", "14k", "3", "plating"),
            ("gold_plated", "", "thin", "plating"),
            ("gold_plated", "", "0", "plating"),
            ("gold_plated", "", "-1", "plating"),
        ] {
            assert_eq!(complains(&of(metal, karat, plating)), [wrong], "{metal} {karat} {plating}");
        }
    }

    #[test]
    fn wrong_figures_are_named() {
        let item = TypedItem {
            price: "-1".into(),
            cost: Some("1.005".into()),
            kind: "spaceship".into(),
            weight_grams: "heavy".into(),
            serial: "4242424242424242".into(),
            ..typed()
        };
        assert_eq!(complains(&item), ["kind", "weight_grams", "serial", "price", "cost"]);
    }
}
