//! One row of goods: what it brings, or the reasons why it does not come in.

use super::field::GoodsField;
use super::plan::CheckedGoods;
use super::{figures, shopify, words};
use crate::field::{FieldError, FieldReader};
use crate::import::file::reading;
use crate::import::{ImportKind, Incoming, NamedVariation, RowRead, Stock};
use crate::item::{ItemKind, Karat, Lot, Metal, PieceDetails, Portion, Quantity, Unit};
use crate::ledger::digest_of;
use crate::money::Money;
use crate::text;
use GoodsField as F;

/// Reads the rows of one file in their order: those of a product stand one behind the other.
#[derive(Debug)]
pub struct GoodsReader<'a> {
    plan: &'a CheckedGoods,
    product: Option<shopify::Product>,
}

impl CheckedGoods {
    #[must_use]
    pub const fn reader(&self) -> GoodsReader<'_> {
        GoodsReader { plan: self, product: None }
    }
}

impl GoodsReader<'_> {
    /// Reads the next row. What rows of a product leave to the first of them is filled in, so that each stands for
    /// itself when it is handed back.
    pub fn read(&mut self, cells: &mut [String]) -> RowRead {
        if cells.len() != self.plan.headers.len() {
            let reason =
                format!("the row has {} cells, the first line has {}", cells.len(), self.plan.headers.len());
            return RowRead::Bad(vec![FieldError::new("row", reason)]);
        }
        if self.plan.kind == ImportKind::Shopify && self.plan.fill_in(&mut self.product, cells).is_none() {
            return RowRead::LeftOut(None);
        }
        Row { plan: self.plan, cells, fields: FieldReader::default(), said: String::new() }.read()
    }
}

/// Reads the cells of a row by what their columns mean, and keeps what was read.
pub(super) struct Row<'a> {
    pub plan: &'a CheckedGoods,
    pub cells: &'a [String],
    pub fields: FieldReader,
    said: String,
}

impl<'a> Row<'a> {
    /// What stands in the cell, else what holds for all rows.
    pub fn text(&self, field: F) -> Option<&'a str> {
        let source = self.plan.sources.get(&field)?;
        let cell = source.place.and_then(|place| self.cells.get(place)).map(|cell| reading(cell));
        cell.filter(|text| !text.is_empty()).or(source.fixed.as_deref())
    }

    /// Whether the cell itself says something.
    fn stated(&self, field: F) -> bool {
        let place = self.plan.sources.get(&field).and_then(|source| source.place);
        place.and_then(|place| self.cells.get(place)).is_some_and(|cell| !reading(cell).is_empty())
    }

    /// Complains under the name the column has in the file.
    pub fn complain(&mut self, field: F, reason: impl ToString) {
        self.fields.complain(self.plan.name_of(field), reason);
    }

    fn say(&mut self, field: F, value: impl std::fmt::Display) {
        self.said.push_str(&format!("{}={value}\n", field.code()));
    }

    fn line(&mut self, field: F) -> Option<String> {
        let read = text::optional_line(self.text(field)?);
        match read {
            Ok(line) => {
                if let Some(line) = &line {
                    self.say(field, line);
                }
                line
            }
            Err(reason) => {
                self.complain(field, reason);
                None
            }
        }
    }

    /// One of the trade's words.
    fn word<T: Copy>(
        &mut self,
        field: F,
        known: impl FnOnce(&str) -> Option<T>,
        code: fn(T) -> &'static str,
    ) -> Option<T> {
        let cell = self.text(field)?;
        match known(cell) {
            Some(found) => {
                self.say(field, code(found));
                Some(found)
            }
            None => {
                let reason = format!("{} is no {}", quoted(cell), field.label().to_lowercase());
                self.complain(field, reason);
                None
            }
        }
    }

    fn figure(&mut self, field: F, example: &str) -> Option<String> {
        let cell = self.text(field)?;
        // What was typed for all rows has its point.
        let mark = match self.plan.sources.get(&field) {
            Some(source) if self.stated(field) => source.mark,
            _ => figures::DecimalMark::Point,
        };
        let plain = figures::plain(cell, mark);
        if plain.is_none() {
            let reason = format!("{} is no figure such as {example}", quoted(cell));
            self.complain(field, reason);
        }
        plain
    }

    fn money(&mut self, field: F) -> Option<Money> {
        let figure = self.figure(field, "1,234.56")?;
        match Money::parse(&figure) {
            Ok(amount) if !amount.is_negative() => {
                self.say(field, amount.minor());
                Some(amount)
            }
            Ok(_) => {
                self.complain(field, "this is below zero");
                None
            }
            Err(error) => {
                self.complain(field, error);
                None
            }
        }
    }

    /// Grams or carats in thousandths.
    fn milli(&mut self, field: F) -> Option<i64> {
        let figure = self.figure(field, "4.25")?;
        let read = thousandths(&figure);
        match read {
            Some(milli) => self.say(field, milli),
            None => self.complain(field, "enter a weight with at most three decimals such as 4.25"),
        }
        read
    }

    fn count(&mut self, field: F) -> Option<i64> {
        let figure = self.figure(field, "3")?;
        let (whole, part) = figure.split_once('.').unwrap_or((&figure, ""));
        let read = whole.parse::<i64>().ok().filter(|_| part.bytes().all(|b| b == b'0'));
        match read {
            Some(count) => self.say(field, count),
            None => self.complain(field, "enter a count such as 3"),
        }
        read
    }

    fn read(mut self) -> RowRead {
        if let Some(left_out) = self.left_out() {
            return RowRead::LeftOut(Some(left_out));
        }
        let kind = self.kind();
        let details = self.details(kind);
        let price = self.money(F::Price);
        if price.is_none() && self.text(F::Price).is_none() {
            self.complain(F::Price, "the price is missing");
        }
        let price = price.unwrap_or_default();
        let replacement = self.money(F::Replacement);
        let stock = self.stock();
        if stock == Some(Stock::Nothing) && self.plan.kind != ImportKind::Shopify {
            let reason = FieldError::new(self.plan.name_of(F::Quantity), "there is none of it");
            return RowRead::LeftOut(Some(reason));
        }
        let stock = stock.unwrap_or_default();
        let (cost, one) = self.cost(price, stock);
        let tag = self.line(F::Tag).map(|tag| tag.to_uppercase());
        let (details, variation, own_number) = match self.plan.kind {
            ImportKind::Shopify => self.of_product(details, tag.clone(), price, one),
            _ => {
                let variation = self.variation(&details, price, one);
                (details, variation, tag.clone())
            }
        };
        if stock == Stock::Nothing && variation.is_none() {
            let reason = FieldError::new(self.plan.name_of(F::Quantity), "there is none of it");
            return RowRead::LeftOut(Some(reason));
        }
        if let Some(Err(problem)) = details.metal.map(|metal| metal.takes(details.karat)) {
            self.complain(F::Karat, problem);
        }
        let content = digest_of(self.said.as_bytes());
        let incoming =
            Incoming { details, price, cost, replacement, tag, stock, variation, own_number, content };
        match self.fields.finish(incoming) {
            Ok(incoming) => RowRead::Good(Box::new(incoming)),
            Err(reasons) => RowRead::Bad(reasons),
        }
    }

    /// What is not in the store, by its status.
    fn left_out(&mut self) -> Option<FieldError> {
        let cell = self.text(F::Status)?;
        match words::status(cell) {
            Some(words::Whereabouts::Here) => None,
            Some(words::Whereabouts::Gone) => {
                Some(FieldError::new(self.plan.name_of(F::Status), format!("it is {}", quoted(cell))))
            }
            None => {
                let reason = format!("{} says neither that it is in stock nor that it is not", quoted(cell));
                self.complain(F::Status, reason);
                None
            }
        }
    }

    fn kind(&mut self) -> ItemKind {
        // A shop names its types as it likes.
        if self.plan.kind == ImportKind::Shopify {
            let title = self.text(F::Title).and_then(words::kind);
            return self
                .text(F::Kind)
                .and_then(words::kind)
                .filter(|kind| *kind != ItemKind::Other)
                .or(title)
                .unwrap_or(ItemKind::Other);
        }
        let found = self.word(F::Kind, words::kind, ItemKind::code);
        if found.is_none() && self.text(F::Kind).is_none() {
            self.complain(F::Kind, "the kind is missing");
        }
        found.unwrap_or_default()
    }

    fn details(&mut self, kind: ItemKind) -> PieceDetails {
        let (metal, karat) = self.metal();
        let weighed = self.plan.kind != ImportKind::Lots;
        let weight_mg = if weighed { self.milli(F::Weight).filter(|mg| *mg > 0) } else { None };
        PieceDetails {
            kind,
            title: self.line(F::Title),
            metal,
            karat,
            plating_nm: None,
            weight_mg,
            size: self.line(F::Size),
            brand: self.line(F::Brand),
            serial: self.line(F::Serial),
            location: self.line(F::Location),
            note: self.note(),
            stones: Vec::new(),
        }
    }

    fn metal(&mut self) -> (Option<Metal>, Option<Karat>) {
        let said = self.text(F::Metal).map(words::metal).unwrap_or_default();
        let metal = self.word(F::Metal, |cell| words::metal(cell).0, Metal::code);
        let karat = self.word(F::Karat, |cell| words::fineness_of(metal, cell), Karat::code);
        (metal, karat.or(said.1))
    }

    /// Description, stones, tags and note, one below the other.
    fn note(&mut self) -> Option<String> {
        let product = self.plan.kind == ImportKind::Shopify;
        let description = self
            .text(F::Description)
            .map(|cell| if product { shopify::plain_text(cell) } else { cell.to_owned() });
        let named = |name: &str, cell: Option<&str>| cell.map(|cell| format!("{name}: {cell}"));
        let parts = [
            description,
            named("Stones", self.text(F::StonesText)),
            named("Tags", self.text(F::Tags)),
            self.text(F::Note).map(str::to_owned),
        ];
        let whole =
            parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n");
        let whole = if product { shopify::shortened(whole) } else { whole };
        match text::note(&whole) {
            Ok(note) => {
                if let Some(note) = &note {
                    self.say(F::Note, note);
                }
                note
            }
            Err(reason) => {
                let field = if self.stated(F::Description) { F::Description } else { F::Note };
                self.complain(field, reason);
                None
            }
        }
    }

    /// What is there. `None` when something about it was complained of.
    fn stock(&mut self) -> Option<Stock> {
        match self.plan.kind {
            ImportKind::Stones => Some(Stock::Piece),
            ImportKind::Pieces => match (self.text(F::Quantity).is_some(), self.count(F::Quantity)) {
                (false, _) | (true, Some(1)) => Some(Stock::Piece),
                (true, Some(0)) => Some(Stock::Nothing),
                (true, Some(count)) => {
                    self.complain(
                        F::Quantity,
                        format!("a piece is one, not {count}: bring in goods that are alike as such"),
                    );
                    None
                }
                (true, None) => None,
            },
            ImportKind::Shopify => match (self.text(F::Quantity).is_some(), self.count(F::Quantity)) {
                // What was sold beyond the stock is counted below zero.
                (false, _) | (true, Some(..=0)) => Some(Stock::Nothing),
                (true, Some(1)) => Some(Stock::Piece),
                (true, Some(count)) => self.lot(Unit::Piece, Quantity::pieces(count)),
                (true, None) => None,
            },
            ImportKind::Lots => self.lot_of_row(),
        }
    }

    fn lot_of_row(&mut self) -> Option<Stock> {
        let unit = self.word(F::Unit, words::unit, Unit::code);
        if unit.is_none() && self.text(F::Unit).is_none() {
            self.complain(F::Unit, "the unit is missing");
        }
        let unit = unit?;
        let pieces = if unit.counts_pieces() { self.count(F::Quantity).unwrap_or(0) } else { 0 };
        // A file that has no column for the weight counts grams and carats as its quantity.
        let from =
            if unit.counts_pieces() || self.text(F::Weight).is_some() { F::Weight } else { F::Quantity };
        let milli = if unit.weighs() { self.milli(from).unwrap_or(0) } else { 0 };
        if pieces == 0
            && milli == 0
            && (self.text(F::Quantity).is_some() || self.text(F::Weight).is_some())
            && self.fields.is_clean()
        {
            return Some(Stock::Nothing);
        }
        self.lot(unit, Quantity { pieces, milli })
    }

    fn lot(&mut self, unit: Unit, on_hand: Quantity) -> Option<Stock> {
        if let Err(reason) = on_hand.check(unit) {
            if self.fields.is_clean() {
                self.complain(if unit.counts_pieces() { F::Quantity } else { F::Weight }, reason);
            }
            return None;
        }
        Some(Stock::Lot(Lot { unit, on_hand }))
    }

    /// The cost of what is there, and of one of it.
    fn cost(&mut self, price: Money, stock: Stock) -> (Money, Option<Money>) {
        let one = self.money(F::UnitCost);
        let all = self.money(F::Cost);
        let stated = self.text(F::UnitCost).is_some() || self.text(F::Cost).is_some();
        let share = self.plan.cost_share.filter(|_| !stated);
        let one = match (one, share) {
            (Some(one), _) => Some(one),
            (None, Some(share)) => share.of(price).ok(),
            (None, None) => None,
        };
        let portion = stock.lot().zip(one).map(|(lot, unit_price)| Portion {
            unit: lot.unit,
            quantity: lot.on_hand,
            unit_price,
        });
        match (all, portion.map(Portion::price), one) {
            (Some(all), _, one) => (all, one.or(Some(all).filter(|_| stock == Stock::Piece))),
            (None, Some(Ok(all)), one) => (all, one),
            (None, Some(Err(error)), _) => {
                self.complain(F::UnitCost, error);
                (Money::ZERO, None)
            }
            (None, None, Some(one)) => (one, Some(one)),
            (None, None, None) => {
                if !stated && stock != Stock::Nothing {
                    let field = if self.plan.kind == ImportKind::Shopify { F::UnitCost } else { F::Cost };
                    self.complain(field, "the cost is missing");
                }
                (Money::ZERO, None)
            }
        }
    }

    fn variation(
        &mut self,
        details: &PieceDetails,
        price: Money,
        cost: Option<Money>,
    ) -> Option<NamedVariation> {
        let quality = self.line(F::Quality);
        let style = self.line(F::Style)?.to_uppercase();
        Some(NamedVariation {
            name: details.title.clone().unwrap_or_else(|| style.clone()),
            style,
            kind: details.kind,
            brand: details.brand.clone(),
            sku: None,
            metal: details.metal,
            karat: details.karat,
            quality,
            size: details.size.clone(),
            price,
            cost,
        })
    }
}

/// A figure with at most three decimals, in thousandths.
fn thousandths(figure: &str) -> Option<i64> {
    let (whole, part) = figure.split_once('.').unwrap_or((figure, ""));
    let part = part.trim_end_matches('0');
    if part.len() > 3 || whole.len() > 6 || whole.starts_with('-') {
        return None;
    }
    let whole = if whole.is_empty() { "0" } else { whole };
    format!("{whole}{part:0<3}").parse().ok()
}

/// The beginning of a cell in quotes, for a sentence.
pub(super) fn quoted(cell: &str) -> String {
    const LONGEST_SHOWN: usize = 40;
    let shown: String = cell.chars().take(LONGEST_SHOWN).collect();
    let rest = if shown.len() < cell.len() { "…" } else { "" };
    format!("“{shown}{rest}”")
}
