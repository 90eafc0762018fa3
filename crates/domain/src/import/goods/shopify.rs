//! Products as Shopify exports them: one row for each variation, with more rows for pictures.

use super::field::{GoodsField, OPTIONS};
use super::plan::CheckedGoods;
use super::row::Row;
use super::words;
use crate::import::NamedVariation;
use crate::import::file::reading;
use crate::item::PieceDetails;
use crate::money::Money;
use crate::text::LONGEST_NOTE;
use GoodsField as F;

/// What the first row of a product says for all of them.
#[derive(Debug)]
pub(super) struct Product {
    handle: String,
    cells: Vec<String>,
}

impl CheckedGoods {
    /// Fills in what the first row of the product says. `None` for a row that only brings a picture.
    pub(super) fn fill_in(&self, product: &mut Option<Product>, cells: &mut [String]) -> Option<()> {
        let place = |field: F| self.sources.get(&field).and_then(|source| source.place);
        let says = |cells: &[String], field: F| {
            place(field).and_then(|at| cells.get(at)).is_some_and(|cell| !reading(cell).is_empty())
        };
        let own = [F::Title, F::Tag, F::Price, F::Quantity, F::OptionValue1];
        if !own.iter().any(|field| says(cells, *field)) {
            return None;
        }
        let handle = place(F::Handle)
            .and_then(|at| cells.get(at))
            .map(|cell| reading(cell).to_owned())
            .unwrap_or_default();
        match product {
            Some(product) if product.handle == handle => {
                for field in F::of(self.kind).iter().filter(|field| field.is_of_product()) {
                    let Some(at) = place(*field).filter(|_| !says(cells, *field)) else { continue };
                    if let (Some(cell), Some(first)) = (cells.get_mut(at), product.cells.get(at)) {
                        cell.clone_from(first);
                    }
                }
            }
            _ => *product = Some(Product { handle, cells: cells.to_vec() }),
        }
        Some(())
    }
}

/// What the options of a product say about one variation of it.
#[derive(Debug, Default)]
struct Options {
    any: bool,
    details: PieceDetails,
    quality: Vec<String>,
}

impl Row<'_> {
    /// The piece with what its options say, the variation it is one of where the product has options, and the
    /// number it is known by.
    pub(super) fn of_product(
        &mut self,
        details: PieceDetails,
        sku: Option<String>,
        price: Money,
        cost: Option<Money>,
    ) -> (PieceDetails, Option<NamedVariation>, Option<String>) {
        let handle = self.text(F::Handle).unwrap_or_default().to_uppercase();
        if handle.is_empty() {
            self.complain(F::Handle, "the handle is missing");
        }
        if crate::text::required_line(&handle).is_err() && !handle.is_empty() {
            self.complain(F::Handle, "the handle is no short line of text");
        }
        if details.title.is_none() && self.text(F::Title).is_none() {
            self.complain(F::Title, "the title is missing");
        }
        let Options { any, details, quality } = self.options(details);
        let quality = Some(quality.join(" / ")).filter(|quality| !quality.is_empty());
        let known_by = sku.clone().or_else(|| {
            let values = OPTIONS.iter().filter_map(|(_, value)| self.text(*value));
            Some([handle.as_str()].into_iter().chain(values).collect::<Vec<_>>().join("\n"))
        });
        let variation = any.then(|| NamedVariation {
            name: details.title.clone().unwrap_or_else(|| handle.clone()),
            style: handle,
            kind: details.kind,
            brand: details.brand.clone(),
            sku,
            metal: details.metal,
            karat: details.karat,
            quality,
            size: details.size.clone(),
            price,
            cost,
        });
        (details, variation, known_by)
    }

    fn options(&mut self, details: PieceDetails) -> Options {
        let title = details.title.clone().unwrap_or_default();
        let mut options = Options { details, ..Options::default() };
        for (name, value) in OPTIONS {
            let Some(value_text) = self.text(value).map(str::to_owned) else { continue };
            // A product without options has one all the same, of this name.
            if value_text.eq_ignore_ascii_case("Default Title") {
                continue;
            }
            let line = match crate::text::required_line(&value_text) {
                Ok(line) => line,
                Err(reason) => {
                    self.complain(value, reason);
                    continue;
                }
            };
            options.any = true;
            let name = self.text(name).unwrap_or_default().to_lowercase();
            let (metal, karat) = words::metal(&line);
            // A karat that the title alone says is that of all its variations.
            let karat = karat.or_else(|| words::metal(&title).1);
            match metal {
                _ if name.contains("size") || name.contains("length") => options.details.size = Some(line),
                Some(metal) if !name.contains("stone") && (!metal.is_gold() || karat.is_some()) => {
                    options.details.metal = Some(metal);
                    options.details.karat = karat.filter(|_| metal.is_gold());
                }
                _ => options.quality.push(line),
            }
        }
        options
    }
}

/// What a page of HTML says, without its marks.
#[must_use]
pub fn plain_text(html: &str) -> String {
    /// Much more than a note holds, and little enough to be read at once.
    const LONGEST: usize = 100_000;
    let html = html.get(..html.floor_char_boundary(LONGEST)).unwrap_or(html);
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        text.push_str(before);
        let inside = from.get(1..).unwrap_or("");
        // A sign that opens nothing is a sign.
        if !inside.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!')) {
            text.push('<');
            rest = inside;
            continue;
        }
        let Some(end) = inside.find('>') else {
            rest = "";
            break;
        };
        let name: String =
            inside.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        rest = inside.get(end + 1..).unwrap_or("");
        match name.as_str() {
            "script" | "style" if !inside.starts_with('/') => {
                let close = format!("</{name}");
                let at = rest.to_ascii_lowercase().find(&close);
                rest = at.and_then(|at| rest.get(at..)).unwrap_or("");
            }
            "p" | "br" | "div" | "li" | "ul" | "ol" | "tr" | "table" | "h1" | "h2" | "h3" | "h4" | "h5"
            | "h6" => {
                text.push('\n');
            }
            _ => {}
        }
    }
    text.push_str(rest);
    let lines = unescaped(&text);
    let lines = lines.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The letters that HTML writes as names, each once: what comes out is not read again.
fn unescaped(text: &str) -> String {
    const NAMED: [(&str, char); 7] = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", ' '),
        ("rsquo", '’'),
    ];
    const LONGEST_NAME: usize = 8;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let inside = from.get(1..).unwrap_or("");
        let name = inside.find(';').filter(|end| *end <= LONGEST_NAME).and_then(|end| inside.get(..end));
        let letter = name.and_then(|name| match name.strip_prefix('#') {
            Some(number) => {
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16),
                    None => number.parse(),
                };
                code.ok().and_then(char::from_u32)
            }
            None => NAMED.iter().find(|(known, _)| *known == name).map(|(_, letter)| *letter),
        });
        match (letter, name) {
            (Some(letter), Some(name)) => {
                out.push(letter);
                rest = inside.get(name.len() + 1..).unwrap_or("");
            }
            _ => {
                out.push('&');
                rest = inside;
            }
        }
    }
    out.push_str(rest);
    out
}

/// A text that is longer than a note may be, cut with a mark.
pub(super) fn shortened(text: String) -> String {
    if text.chars().count() <= LONGEST_NOTE {
        return text;
    }
    let mut short: String = text.chars().take(LONGEST_NOTE - 1).collect();
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn html_becomes_text() {
        for (html, text) in [
            ("<p>A <b>ring</b></p><p>of gold &amp; pearls</p>", "A ring\nof gold & pearls"),
            ("one<br/>two", "one\ntwo"),
            ("<script>alert('x')</script>safe", "safe"),
            ("<style>p { color: red }</style>plain", "plain"),
            ("&lt;script&gt;", "<script>"),
            ("&amp;lt;", "&lt;"),
            ("3 < 4 and <", "3 < 4 and <"),
            ("<a href=\"x", ""),
            ("caf&#233; &#x2014; &bogus; &", "café — &bogus; &"),
        ] {
            assert_eq!(plain_text(html), text, "{html}");
        }
    }

    proptest! {
        #[test]
        fn no_html_makes_it_panic(html in "[<>/a-c&;#x1-9é! ]{0,60}") {
            let _ = plain_text(&html);
        }
    }
}
