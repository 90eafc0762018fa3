//! What a person says about a file of goods before they come in.

use super::field::GoodsField;
use super::figures::{ColumnFigures, DecimalMark, Reading};
use super::words;
use crate::field::{FieldError, FieldReader};
use crate::import::ImportKind;
use crate::rate::Rate;
use crate::text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where each field comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct GoodsPlan {
    pub kind: ImportKind,
    pub fields: Vec<FieldSource>,
    /// The warnings that the person has read and says are right, by their codes.
    pub confirmed: Vec<String>,
}

/// Where one field comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldSource {
    pub field: GoodsField,
    /// The column of the file.
    pub column: Option<usize>,
    /// What holds where no cell says it, as typed; a cost may be a share of the price: `55%`.
    #[serde(default)]
    pub fixed: String,
    /// What the person says stands before the decimals, where the column itself leaves it open.
    #[serde(default)]
    pub mark: Option<DecimalMark>,
}

impl FieldSource {
    #[must_use]
    pub const fn of(field: GoodsField) -> Self {
        Self { field, column: None, fixed: String::new(), mark: None }
    }
}

/// A plan that fits its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedGoods {
    pub(super) kind: ImportKind,
    pub(super) headers: Vec<String>,
    pub(super) sources: BTreeMap<GoodsField, Source>,
    pub(super) confirmed: Vec<String>,
    /// The cost of goods whose row does not say it.
    pub(super) cost_share: Option<Rate>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Source {
    pub place: Option<usize>,
    pub fixed: Option<String>,
    pub mark: DecimalMark,
}

impl GoodsPlan {
    /// The source of a field, for a form.
    #[must_use]
    pub fn source(&self, field: GoodsField) -> FieldSource {
        let said = self.fields.iter().find(|source| source.field == field);
        said.cloned().unwrap_or(FieldSource::of(field))
    }

    /// The same plan with another source of a field.
    pub fn set(&mut self, source: FieldSource) {
        self.fields.retain(|said| said.field != source.field);
        self.fields.push(source);
    }

    /// Says what the column of this name means, whatever its name says.
    ///
    /// # Errors
    /// A sentence when there is no such column.
    pub fn say(&mut self, headers: &[String], name: &str, field: GoodsField) -> Result<(), String> {
        let same = |header: &String| header.trim().eq_ignore_ascii_case(name.trim());
        let place =
            headers.iter().position(same).ok_or_else(|| format!("the file has no column “{name}”"))?;
        self.set(FieldSource { column: Some(place), ..self.source(field) });
        Ok(())
    }

    fn has(&self, field: GoodsField) -> bool {
        let source = self.source(field);
        source.column.is_some() || !source.fixed.trim().is_empty()
    }

    /// # Errors
    /// What is missing or does not read, each under the code of its field; under `….mark` where the figures of its
    /// column can be read in two ways and nobody said which.
    pub fn check(
        &self,
        headers: &[String],
        figures: &[ColumnFigures],
    ) -> Result<CheckedGoods, Vec<FieldError>> {
        let mut fields = FieldReader::default();
        if self.kind == ImportKind::Stones {
            fields.complain("columns", "loose diamonds are read in their own way");
        }
        let allowed = GoodsField::of(self.kind);
        let mut sources = BTreeMap::new();
        let mut cost_share = None;
        for said in self.fields.iter().filter(|said| allowed.contains(&said.field)) {
            let place = said.column.filter(|place| *place < headers.len());
            let typed = said.fixed.trim();
            let mut fixed =
                Some(typed).filter(|typed| !typed.is_empty() && said.field.may_be_fixed()).map(str::to_owned);
            if let Some(share) = fixed.as_deref().and_then(|typed| share_of_price(said.field, typed)) {
                cost_share = Some(fields.read(said.field.code(), share));
                fixed = None;
            }
            if let Some(typed) = &fixed
                && let Err(reason) = fits(said.field, typed)
            {
                fields.complain(said.field.code(), reason);
            }
            if place.is_none() && fixed.is_none() && cost_share.is_none() {
                continue;
            }
            let mark = match place.filter(|_| said.field.is_figure()).and_then(|place| figures.get(place)) {
                None => DecimalMark::Point,
                Some(figures) => match (figures.reading(), said.mark) {
                    (Reading::Clear(mark), _) | (Reading::Doubtful(_), Some(mark)) => mark,
                    (Reading::Doubtful(example), None) => {
                        fields.complain(&format!("{}.mark", said.field.code()), doubt(example.as_deref()));
                        DecimalMark::Point
                    }
                },
            };
            sources.insert(said.field, Source { place, fixed, mark });
        }
        for (needed, sentence) in self.needed() {
            let (Some(first), false) = (needed.first(), needed.iter().any(|field| self.has(*field))) else {
                continue;
            };
            fields.complain(first.code(), sentence);
        }
        fields.finish(CheckedGoods {
            kind: self.kind,
            headers: headers.to_vec(),
            sources,
            confirmed: self.confirmed.clone(),
            cost_share,
        })
    }

    /// What must be said, by a column or for all rows, one of each list.
    const fn needed(&self) -> &'static [(&'static [GoodsField], &'static str)] {
        use GoodsField as F;
        match self.kind {
            ImportKind::Stones => &[],
            ImportKind::Pieces => &[
                (&[F::Kind], "say which column is the kind, or one kind for all"),
                (&[F::Price], "say which column is the price"),
                (&[F::Cost], "say which column is the cost, or a share of the price such as 50%"),
            ],
            ImportKind::Lots => &[
                (&[F::Kind], "say which column is the kind, or one kind for all"),
                (&[F::Unit], "say which column is the unit, or one unit for all"),
                (
                    &[F::Quantity, F::Weight],
                    "say which column is the quantity, or the weight of what is weighed",
                ),
                (&[F::Price], "say which column is the price of one unit"),
                (
                    &[F::Cost, F::UnitCost],
                    "say which column is the cost, of all or of one unit, or a share of the price such as 50%",
                ),
            ],
            ImportKind::Shopify => &[
                (&[F::Handle], "say which column is the handle of the product"),
                (&[F::Title], "say which column is the title"),
                (&[F::Price], "say which column is the price"),
                (
                    &[F::Quantity],
                    "say which column is the quantity: export with quantities, or type one for all",
                ),
                (&[F::UnitCost], "say which column is the cost, or a share of the price such as 50%"),
            ],
        }
    }
}

/// A cost as a share of the price, where that was typed.
fn share_of_price(field: GoodsField, typed: &str) -> Option<Result<Rate, String>> {
    if !matches!(field, GoodsField::Cost | GoodsField::UnitCost) {
        return None;
    }
    let percent = typed.strip_suffix('%')?;
    Some(match Rate::parse_percent(percent) {
        Ok(rate) if rate > Rate::ZERO => Ok(rate),
        Ok(_) => Err("goods cost more than nothing".to_owned()),
        Err(error) => Err(error.to_string()),
    })
}

/// Whether what is said for all rows can be read at all.
fn fits(field: GoodsField, typed: &str) -> Result<(), String> {
    use GoodsField as F;
    let known = |found: bool, sentence: &str| if found { Ok(()) } else { Err(sentence.to_owned()) };
    match field {
        F::Kind => known(words::kind(typed).is_some(), "choose a kind such as ring"),
        F::Unit => known(words::unit(typed).is_some(), "choose piece, gram or carat"),
        F::Metal => {
            known(words::metal(typed).0.is_some(), "enter a metal such as platinum or 14k yellow gold")
        }
        F::Karat => known(words::karat(typed).is_some(), "enter a karat such as 14"),
        F::Status => known(words::status(typed).is_some(), "enter “in stock” or nothing"),
        _ if field.is_money() => {
            crate::money::Money::parse(typed).map(drop).map_err(|error| error.to_string())
        }
        F::Quantity | F::Weight => {
            known(super::figures::plain(typed, DecimalMark::Point).is_some(), "enter a figure such as 1")
        }
        F::Description | F::Note | F::StonesText | F::Tags => {
            text::note(typed).map(drop).map_err(|error| error.to_string())
        }
        _ => text::optional_line(typed).map(drop).map_err(|error| error.to_string()),
    }
}

fn doubt(example: Option<&str>) -> String {
    match example {
        Some(figure) => format!("“{figure}” reads two ways: say what stands before the decimals"),
        None => {
            "some figures have a point before their decimals and some a comma: say which is right".to_owned()
        }
    }
}

impl CheckedGoods {
    #[must_use]
    pub const fn kind(&self) -> ImportKind {
        self.kind
    }

    /// The name the field's column has in the file.
    #[must_use]
    pub fn name_of(&self, field: GoodsField) -> &str {
        let place = self.sources.get(&field).and_then(|source| source.place);
        place.and_then(|place| self.headers.get(place)).map_or(field.label(), String::as_str)
    }
}
