//! Which variation the rows of a file are one of, and which styles are to be made or widened for them.

use super::{Arrival, NamedVariation};
use crate::field::FieldError;
use crate::ids::{Ids, StyleId, VariationId};
use crate::style::{MOST_VARIATIONS, Style, Variation, VariationTag};
use crate::tax::Taxability;
use std::collections::{BTreeMap, BTreeSet};

/// What the rows of a portion say of styles.
#[derive(Debug, Clone, Default)]
pub struct Arranged {
    /// Styles that are new.
    pub made: Vec<Style>,
    /// Styles that were there, with the variations that are new.
    pub widened: Vec<Style>,
    /// The variations that are new in them.
    pub added: BTreeSet<VariationId>,
    /// The variation that each row is one of, in the order of the rows.
    pub tags: Vec<Option<VariationTag>>,
    /// Whether the row's variation was made here.
    pub fresh: Vec<bool>,
    /// Rows that cannot be one of the variation they name, by their place.
    pub refused: BTreeMap<usize, FieldError>,
}

/// Finds the variations of rows among the styles that are known by the number of their style or by their own.
#[must_use]
pub fn arrange(arrivals: &[Arrival], known: Vec<Style>, ids: &mut Ids) -> Arranged {
    let mut styles = Styles::of(known);
    let mut arranged = Arranged::default();
    for (at, arrival) in arrivals.iter().enumerate() {
        let found = arrival.row.variation.as_ref().map(|named| styles.find_or_make(named, ids));
        let (tag, fresh) = match found {
            None => (None, false),
            Some(Ok((tag, fresh))) => (Some(tag), fresh),
            Some(Err(refusal)) => {
                arranged.refused.insert(at, refusal);
                (None, false)
            }
        };
        arranged.tags.push(tag);
        arranged.fresh.push(fresh);
    }
    let Styles { all, made, widened, added, .. } = styles;
    arranged.widened = all.iter().filter(|style| widened.contains(&style.id)).cloned().collect();
    arranged.made = all.into_iter().filter(|style| made.contains(&style.id)).collect();
    arranged.added = added;
    arranged
}

struct Styles {
    all: Vec<Style>,
    by_number: BTreeMap<String, usize>,
    by_sku: BTreeMap<String, usize>,
    made: BTreeSet<StyleId>,
    widened: BTreeSet<StyleId>,
    added: BTreeSet<VariationId>,
}

impl Styles {
    fn of(all: Vec<Style>) -> Self {
        let by_number = all.iter().enumerate().map(|(at, style)| (style.number.clone(), at)).collect();
        let skus = |(at, style): (usize, &Style)| {
            style.variations.iter().map(|v| (v.sku.clone(), at)).collect::<Vec<_>>()
        };
        let by_sku = all.iter().enumerate().flat_map(skus).collect();
        Self {
            all,
            by_number,
            by_sku,
            made: BTreeSet::new(),
            widened: BTreeSet::new(),
            added: BTreeSet::new(),
        }
    }

    fn find_or_make(
        &mut self,
        named: &NamedVariation,
        ids: &mut Ids,
    ) -> Result<(VariationTag, bool), FieldError> {
        let refuse = |message: String| FieldError::new("variation", message);
        let alike = |v: &&Variation| match &named.sku {
            Some(sku) => v.sku == *sku,
            None => {
                (v.metal, v.karat, &v.quality, &v.size)
                    == (named.metal, named.karat, &named.quality, &named.size)
            }
        };
        let there = self.by_number.get(&named.style).copied();
        let found = there
            .and_then(|at| self.all.get(at))
            .and_then(|style| style.variations.iter().find(alike).map(|variation| tag_of(style, variation)));
        if let Some(tag) = found {
            return Ok((tag, false));
        }
        let sku = named.number();
        if let Some(other) = self.by_sku.get(&sku).and_then(|at| self.all.get(*at)) {
            return Err(refuse(format!("{sku} is a variation of style {} already", other.number)));
        }
        let variation = Variation {
            id: ids.draw(),
            sku: sku.clone(),
            metal: named.metal,
            karat: named.karat,
            quality: named.quality.clone(),
            size: named.size.clone(),
            price: named.price,
            cost: named.cost,
        };
        let at = match there {
            Some(at) => at,
            None => {
                let style = Style {
                    id: ids.draw(),
                    number: named.style.clone(),
                    name: named.name.clone(),
                    kind: named.kind,
                    brand: named.brand.clone(),
                    vendor_style: None,
                    taxability: Taxability::default(),
                    note: None,
                    variations: Vec::new(),
                    version: 1,
                };
                self.made.insert(style.id);
                self.by_number.insert(style.number.clone(), self.all.len());
                self.all.push(style);
                self.all.len() - 1
            }
        };
        let Some(style) = self.all.get_mut(at) else {
            return Err(refuse("the style is not there".to_owned()));
        };
        if style.variations.len() >= MOST_VARIATIONS {
            return Err(refuse(format!("style {} has {MOST_VARIATIONS} variations already", style.number)));
        }
        let tag = tag_of(style, &variation);
        if !self.made.contains(&style.id) {
            self.widened.insert(style.id);
            self.added.insert(variation.id);
        }
        style.variations.push(variation);
        self.by_sku.insert(sku, at);
        Ok((tag, true))
    }
}

fn tag_of(style: &Style, variation: &Variation) -> VariationTag {
    VariationTag {
        id: variation.id,
        style_id: style.id,
        style: style.number.clone(),
        sku: variation.sku.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::CommandId;
    use crate::import::{Identities, ImportKind, Incoming, Stock};
    use crate::item::{ItemKind, PieceDetails};
    use crate::ledger::digest_of;
    use crate::money::Money;

    fn row(style: &str, sku: Option<&str>, size: &str) -> Arrival {
        let named = NamedVariation {
            style: style.into(),
            name: "Band".into(),
            kind: ItemKind::Band,
            brand: None,
            sku: sku.map(str::to_owned),
            metal: None,
            karat: None,
            quality: None,
            size: Some(size.into()),
            price: Money::from_minor(100),
            cost: None,
        };
        let row = Incoming {
            details: PieceDetails::default(),
            price: Money::from_minor(100),
            cost: Money::ZERO,
            replacement: None,
            tag: None,
            stock: Stock::Piece,
            variation: Some(named),
            own_number: None,
            content: digest_of(b"x"),
        };
        Arrival { line: 2, key: Identities::of(ImportKind::Pieces).key(&row, 2).unwrap(), row }
    }

    /// Each portion of a file is a command of its own.
    fn arranged(portion: u8, rows: &[Arrival], known: Vec<Style>) -> Arranged {
        arrange(rows, known, &mut Ids::new(CommandId::from_parts(1_790_000_000_000, &[portion; 10])))
    }

    #[test]
    fn rows_share_styles_and_variations() {
        let rows = [row("A", None, "6"), row("A", None, "7"), row("A", None, "6"), row("B", Some("X"), "6")];
        let first = arranged(1, &rows, Vec::new());
        assert_eq!(first.fresh, [true, true, false, true]);
        let sizes: Vec<usize> = first.made.iter().map(|style| style.variations.len()).collect();
        assert_eq!(sizes, [2, 1]);
        assert_eq!(first.tags[0], first.tags[2]);
        assert_eq!(first.tags[0].as_ref().unwrap().sku, "A-6");

        // The next portion finds them, and widens what is there.
        let again = arranged(2, &[row("A", None, "7"), row("A", None, "8")], first.made.clone());
        assert_eq!((again.fresh.clone(), again.made.len()), (vec![false, true], 0));
        assert_eq!((again.widened.len(), again.widened[0].variations.len(), again.added.len()), (1, 3, 1));
        assert_eq!(again.tags[0], first.tags[1]);

        // A number belongs to one style.
        let other = arranged(3, &[row("C", Some("X"), "6"), row("C", Some("Y"), "6")], first.made);
        assert_eq!(other.refused[&0].message, "X is a variation of style B already");
        assert_eq!((other.made.len(), other.made[0].variations.len()), (1, 1));
    }
}
