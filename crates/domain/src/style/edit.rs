//! Adding a style and changing it, with all its variations at once.

use crate::field::{FieldError, FieldReader};
use crate::ids::{CommandId, StyleId, VariationId};
use crate::item::{ItemKind, Karat, Metal};
use crate::money::{Money, MoneyError};
use crate::tax::Taxability;
use crate::text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::str::FromStr;

/// A style has at most this many variations: every list stays bounded.
pub const MOST_VARIATIONS: usize = 200;

/// Adds a style (`style_id` is `None`) or changes one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveStyle {
    pub command_id: CommandId,
    pub style_id: Option<StyleId>,
    /// The version that was on the screen.
    pub version: i64,
    pub typed: TypedStyle,
}

/// What stands in the fields of the style form, exactly as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedStyle {
    pub number: String,
    pub name: String,
    pub kind: String,
    pub brand: String,
    pub vendor_style: String,
    pub taxability: String,
    pub note: String,
    pub variations: Vec<TypedVariation>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedVariation {
    /// `None` for one that is new.
    pub id: Option<VariationId>,
    /// Empty is made from the style's number and what the variation is.
    pub sku: String,
    pub metal: String,
    pub karat: String,
    pub quality: String,
    pub size: String,
    pub price: String,
    /// `None` where the person may not see cost: it stays as it is.
    pub cost: Option<String>,
}

/// The checked content of a style form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedStyle {
    pub number: String,
    pub name: String,
    pub kind: ItemKind,
    pub brand: Option<String>,
    pub vendor_style: Option<String>,
    pub taxability: Taxability,
    pub note: Option<String>,
    pub variations: Vec<CheckedVariation>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedVariation {
    pub id: Option<VariationId>,
    pub sku: String,
    pub metal: Option<Metal>,
    pub karat: Option<Karat>,
    pub quality: Option<String>,
    pub size: Option<String>,
    pub price: Money,
    /// The outer `None` leaves what is known, the inner says that nobody knows.
    pub cost: Option<Option<Money>>,
}

impl TypedStyle {
    /// # Errors
    /// Each field that does not read, with its reason. A style has at least one variation, no two alike.
    pub fn check(&self) -> Result<CheckedStyle, Vec<FieldError>> {
        let mut fields = FieldReader::default();
        let number = fields.read("number", text::required_line(&self.number)).to_uppercase();
        match self.variations.len() {
            0 => fields.complain("variations", "a style has at least one variation"),
            1..=MOST_VARIATIONS => {}
            _ => fields.complain("variations", format!("a style has at most {MOST_VARIATIONS} variations")),
        }
        let rows = self.variations.iter().take(MOST_VARIATIONS).enumerate();
        let variations: Vec<CheckedVariation> =
            rows.map(|(row, typed)| typed.check(row, &number, &mut fields)).collect();
        let mut seen = BTreeSet::new();
        for (row, variation) in variations.iter().enumerate() {
            if !variation.sku.is_empty() && !seen.insert(&variation.sku) {
                let sku = &variation.sku;
                fields.complain(&format!("variations.{row}.sku"), format!("{sku} stands here twice"));
            }
        }
        let checked = CheckedStyle {
            number,
            name: fields.read("name", text::required_line(&self.name)),
            kind: fields.read("kind", self.kind.trim().parse::<ItemKind>()),
            brand: fields.read("brand", text::optional_line(&self.brand)),
            vendor_style: fields.read("vendor_style", text::optional_line(&self.vendor_style)),
            taxability: fields.read("taxability", optional_code(&self.taxability)).unwrap_or_default(),
            note: fields.read("note", text::note(&self.note)),
            variations,
        };
        fields.finish(checked)
    }
}

impl TypedVariation {
    fn check(&self, row: usize, style: &str, fields: &mut FieldReader) -> CheckedVariation {
        let name = |field: &str| format!("variations.{row}.{field}");
        let metal: Option<Metal> = fields.read(&name("metal"), optional_code(&self.metal));
        let karat: Option<Karat> = fields.read(&name("karat"), optional_code(&self.karat));
        let fits = metal.map_or(Ok(()), |metal| metal.takes(karat));
        fields.read(&name("karat"), fits);
        let quality = fields.read(&name("quality"), text::optional_line(&self.quality));
        let size = fields.read(&name("size"), text::optional_line(&self.size));
        let sku = fields.read(&name("sku"), text::optional_line(&self.sku));
        let cost = self.cost.as_deref().map(|cost| match cost.trim() {
            "" => None,
            typed => Some(fields.read(&name("cost"), amount(typed))),
        });
        CheckedVariation {
            id: self.id,
            sku: sku
                .unwrap_or_else(|| made_sku(style, metal, karat, quality.as_deref(), size.as_deref()))
                .to_uppercase(),
            price: fields.read(&name("price"), amount(&self.price)),
            metal,
            karat,
            quality,
            size,
            cost,
        }
    }
}

/// The number of a variation from what it is: `1042-14K-YELLOW-7`.
#[must_use]
pub fn made_sku(
    style: &str,
    metal: Option<Metal>,
    karat: Option<Karat>,
    quality: Option<&str>,
    size: Option<&str>,
) -> String {
    let metal = metal.map(|metal| metal.code().trim_end_matches("_gold"));
    let karat = karat.map(Karat::code);
    let parts = [Some(style), karat, metal, quality, size].into_iter().flatten();
    parts
        .map(|part| part.split_whitespace().collect::<String>().replace('_', ""))
        .collect::<Vec<_>>()
        .join("-")
}

/// Every combination of metals, qualities and sizes as new variations at one price; what there is already stays
/// as it is. An empty list stands for one without.
#[must_use]
pub fn combine(
    there: &[TypedVariation],
    metals: &[(Metal, Option<Karat>)],
    qualities: &[String],
    sizes: &[String],
    price: &str,
) -> Vec<TypedVariation> {
    let metals: Vec<(String, String)> = match metals {
        [] => vec![Default::default()],
        some => some
            .iter()
            .map(|(metal, karat)| {
                (metal.code().to_owned(), karat.map(Karat::code).unwrap_or_default().to_owned())
            })
            .collect(),
    };
    let or_none = |texts: &[String]| if texts.is_empty() { vec![String::new()] } else { texts.to_vec() };
    let (qualities, sizes) = (or_none(qualities), or_none(sizes));
    let mut made: Vec<TypedVariation> = Vec::new();
    for (metal, karat) in &metals {
        for quality in &qualities {
            for size in &sizes {
                let new = TypedVariation {
                    metal: metal.clone(),
                    karat: karat.clone(),
                    quality: quality.clone(),
                    size: size.clone(),
                    price: price.to_owned(),
                    cost: Some(String::new()),
                    ..TypedVariation::default()
                };
                let same = |old: &TypedVariation| {
                    (&old.metal, &old.karat, old.quality.trim(), old.size.trim())
                        == (&new.metal, &new.karat, new.quality.trim(), new.size.trim())
                };
                if !there.iter().chain(&made).any(same) {
                    made.push(new);
                }
            }
        }
    }
    made
}

fn optional_code<T: FromStr<Err: ToString>>(typed: &str) -> Result<Option<T>, String> {
    match typed.trim() {
        "" => Ok(None),
        typed => typed.parse().map(Some).map_err(|e: T::Err| e.to_string()),
    }
}

fn amount(typed: &str) -> Result<Money, MoneyError> {
    let amount = Money::parse(typed)?;
    if amount.is_negative() { Err(MoneyError::NotPositive) } else { Ok(amount) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gold(karat: &str, size: &str) -> TypedVariation {
        TypedVariation {
            metal: "yellow_gold".into(),
            karat: karat.into(),
            size: size.into(),
            price: "1,200".into(),
            cost: Some("480".into()),
            ..TypedVariation::default()
        }
    }

    fn ring(variations: Vec<TypedVariation>) -> TypedStyle {
        TypedStyle {
            number: "1042".into(),
            name: "Solitaire".into(),
            kind: "ring".into(),
            variations,
            ..TypedStyle::default()
        }
    }

    fn wrong(style: &TypedStyle) -> Vec<String> {
        style.check().map_or_else(|errors| errors.into_iter().map(|e| e.field).collect(), |_| Vec::new())
    }

    #[test]
    fn variations_get_a_number_from_what_they_are() {
        let named = TypedVariation { sku: "custom 1".into(), cost: Some(" ".into()), ..gold("14k", "6.5") };
        let style = ring(vec![gold("14k", "7"), gold("18k", "7"), named]).check().unwrap();
        let skus: Vec<_> = style.variations.iter().map(|v| v.sku.as_str()).collect();
        assert_eq!(skus, ["1042-14K-YELLOW-7", "1042-18K-YELLOW-7", "CUSTOM 1"]);
        let costs: Vec<_> = style.variations.iter().map(|v| v.cost).collect();
        let known = Some(Some("480".parse().unwrap()));
        assert_eq!(costs, [known, known, Some(None)], "an empty cost is one that nobody knows");
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert_eq!(wrong(&ring(Vec::new())), ["variations"]);
        assert_eq!(wrong(&ring(vec![gold("14k", "7"), gold("14k", "7")])), ["variations.1.sku"]);
        let bad = TypedVariation {
            karat: String::new(),
            price: "-1".into(),
            cost: Some("x".into()),
            ..gold("", "7")
        };
        assert_eq!(
            wrong(&ring(vec![gold("14k", "7"), bad])),
            ["variations.1.karat", "variations.1.cost", "variations.1.price"]
        );
        let nameless = TypedStyle {
            number: " ".into(),
            name: String::new(),
            kind: "boat".into(),
            ..ring(vec![gold("14k", "7")])
        };
        assert_eq!(wrong(&nameless), ["number", "name", "kind"]);
        assert_eq!(wrong(&ring(vec![gold("14k", "7"); MOST_VARIATIONS + 1]))[0], "variations");
    }

    #[test]
    fn combinations_leave_out_what_is_there() {
        let sizes = ["6".to_owned(), "7".to_owned()];
        let metals = [(Metal::YellowGold, Some(Karat::K14)), (Metal::Platinum, None)];
        let made = combine(&[gold("14k", "7")], &metals, &[], &sizes, "900");
        let what: Vec<_> = made.iter().map(|v| format!("{} {}", v.metal, v.size)).collect();
        assert_eq!(what, ["yellow_gold 6", "platinum 6", "platinum 7"]);
        assert_eq!(combine(&[], &[], &[], &[], "1").len(), 1);
    }
}
