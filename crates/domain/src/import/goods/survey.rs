//! A look over the whole file before anything of it is written: are columns what they are said to be?

use super::field::GoodsField;
use super::figures::plain;
use super::plan::CheckedGoods;
use super::words;
use crate::import::file::reading;
use crate::import::{ImportKind, RowRead};
use crate::money::Money;
use GoodsField as F;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Something about a column that looks wrong and may be right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// What it is about, with the columns it is about: another choice of columns is another warning.
    pub code: String,
    /// The field where it is shown; of the whole file without one.
    pub field: Option<GoodsField>,
    pub sentence: String,
    /// The person has read it and says that it is right so.
    pub confirmed: bool,
}

/// What would become of the rows of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Surveyed {
    pub good: u64,
    pub bad: u64,
    pub left_out: u64,
    pub warnings: Vec<Warning>,
}

impl Surveyed {
    /// The warnings that nobody has said to be right.
    pub fn open(&self) -> impl Iterator<Item = &Warning> {
        self.warnings.iter().filter(|warning| !warning.confirmed)
    }
}

/// How many of the cells of a column that say something are not what the column should hold.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    said: u64,
    odd: u64,
}

impl Tally {
    fn note(&mut self, odd: bool) {
        self.said += 1;
        self.odd += u64::from(odd);
    }

    /// More than half of a column is no slip.
    const fn mostly(self) -> bool {
        self.odd * 2 > self.said
    }
}

/// No piece weighs more; a column of such weights is one of numbers.
const HEAVY_GRAMS: i64 = 2_000;

/// Looks at one row after the other.
#[derive(Debug)]
pub struct Survey<'a> {
    plan: &'a CheckedGoods,
    found: Surveyed,
    no_figures: Vec<(F, Tally)>,
    figures_as_title: Tally,
    no_kinds: Tally,
    heavy: Tally,
    above_price: Tally,
    tags: BTreeSet<String>,
    tagged: u64,
}

impl CheckedGoods {
    #[must_use]
    pub fn survey(&self) -> Survey<'_> {
        let figures = self.sources.keys().filter(|field| field.is_figure());
        Survey {
            plan: self,
            found: Surveyed::default(),
            no_figures: figures.map(|field| (*field, Tally::default())).collect(),
            figures_as_title: Tally::default(),
            no_kinds: Tally::default(),
            heavy: Tally::default(),
            above_price: Tally::default(),
            tags: BTreeSet::new(),
            tagged: 0,
        }
    }
}

impl Survey<'_> {
    /// Looks at a row and at what became of it.
    pub fn note(&mut self, cells: &[String], read: &RowRead) {
        match read {
            RowRead::Good(_) => self.found.good += 1,
            RowRead::Bad(_) => self.found.bad += 1,
            RowRead::LeftOut(_) => self.found.left_out += 1,
        }
        if matches!(read, RowRead::LeftOut(_)) || cells.len() != self.plan.headers.len() {
            return;
        }
        let plan = self.plan;
        for (field, tally) in &mut self.no_figures {
            let Some(cell) = plan.cell(*field, cells) else { continue };
            tally.note(plan.plain(*field, cell).is_none());
        }
        if let Some(cell) = plan.cell(F::Title, cells) {
            self.figures_as_title.note(cell.chars().all(|c| c.is_ascii_digit() || ".,$€£- ".contains(c)));
        }
        if let Some(cell) = plan.cell(F::Kind, cells).filter(|_| plan.kind != ImportKind::Shopify) {
            self.no_kinds.note(words::kind(cell).is_none());
        }
        if let Some(grams) = plan.figure(F::Weight, cells).filter(|_| plan.kind == ImportKind::Pieces) {
            self.heavy.note(
                grams.split('.').next().and_then(|whole| whole.parse().ok()).unwrap_or(0) > HEAVY_GRAMS,
            );
        }
        let cost = match plan.kind {
            ImportKind::Pieces => F::Cost,
            _ => F::UnitCost,
        };
        let money = |field: F| Money::parse(&plan.figure(field, cells)?).ok();
        if let Some((price, cost)) = money(F::Price).zip(money(cost)) {
            self.above_price.note(cost > price);
        }
        if let Some(tag) = plan.cell(F::Tag, cells) {
            self.tagged += 1;
            self.tags.insert(tag.chars().take(40).collect());
        }
    }

    #[must_use]
    pub fn finish(mut self) -> Surveyed {
        let mut warnings = Vec::new();
        let mut warn = |field: Option<F>, about: &str, fields: &[F], sentence: String| {
            let places = fields
                .iter()
                .map(|field| self.plan.place(*field).map_or_else(String::new, |at| at.to_string()));
            let code = [about.to_owned()].into_iter().chain(places).collect::<Vec<_>>().join(":");
            let confirmed = self.plan.confirmed.contains(&code);
            warnings.push(Warning { code, field, sentence, confirmed });
        };
        for (field, tally) in &self.no_figures {
            if tally.mostly() {
                let what = if field.is_money() { "no amounts" } else { "no figures" };
                let sentence = format!(
                    "{} of {} cells of “{}” are {what}: is it the right column?",
                    tally.odd,
                    tally.said,
                    self.plan.name_of(*field)
                );
                warn(Some(*field), "no-figures", &[*field], sentence);
            }
        }
        let above = self.above_price;
        if above.mostly() {
            let cost = if self.plan.kind == ImportKind::Pieces { F::Cost } else { F::UnitCost };
            let sentence = format!(
                "Cost is above price in {} of {} rows: are the two columns swapped?",
                above.odd, above.said
            );
            warn(Some(cost), "above-price", &[cost, F::Price], sentence);
        }
        if self.heavy.mostly() {
            let sentence = format!(
                "{} of {} weights are more than {HEAVY_GRAMS} g: is “{}” a number and no weight?",
                self.heavy.odd,
                self.heavy.said,
                self.plan.name_of(F::Weight)
            );
            warn(Some(F::Weight), "heavy", &[F::Weight], sentence);
        }
        if self.figures_as_title.mostly() {
            let sentence = format!(
                "{} of {} titles are figures: is “{}” the right column?",
                self.figures_as_title.odd,
                self.figures_as_title.said,
                self.plan.name_of(F::Title)
            );
            warn(Some(F::Title), "figures-as-title", &[F::Title], sentence);
        }
        if self.no_kinds.mostly() {
            let sentence = format!(
                "{} of {} cells of “{}” name no kind of piece: is it the right column?",
                self.no_kinds.odd,
                self.no_kinds.said,
                self.plan.name_of(F::Kind)
            );
            warn(Some(F::Kind), "no-kinds", &[F::Kind], sentence);
        }
        let alike = self.tagged.saturating_sub(self.tags.len() as u64);
        if alike * 2 > self.tagged {
            let sentence = format!(
                "“{}” has only {} different numbers in {} rows: is it the number of a piece?",
                self.plan.name_of(F::Tag),
                self.tags.len(),
                self.tagged
            );
            warn(Some(F::Tag), "few-tags", &[F::Tag], sentence);
        }
        let (good, bad) = (self.found.good, self.found.bad);
        if bad > good {
            let sentence = format!("{bad} of {} rows would not come in.", good + bad);
            warn(None, "mostly-bad", GoodsField::of(self.plan.kind), sentence);
        }
        self.found.warnings = warnings;
        self.found
    }
}

impl CheckedGoods {
    fn place(&self, field: F) -> Option<usize> {
        self.sources.get(&field).and_then(|source| source.place)
    }

    fn cell<'a>(&self, field: F, cells: &'a [String]) -> Option<&'a str> {
        let cell = reading(cells.get(self.place(field)?)?);
        Some(cell).filter(|cell| !cell.is_empty())
    }

    fn plain(&self, field: F, cell: &str) -> Option<String> {
        plain(cell, self.sources.get(&field)?.mark)
    }

    fn figure(&self, field: F, cells: &[String]) -> Option<String> {
        self.plain(field, self.cell(field, cells)?)
    }
}
