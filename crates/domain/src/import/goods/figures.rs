//! Figures as they stand in files: with a point or a comma before the decimals, signs of currencies, units.

use serde::{Deserialize, Serialize};

/// What stands before the decimals of a column's figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DecimalMark {
    Point,
    Comma,
}

impl DecimalMark {
    const fn decimal(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }

    const fn grouping(self) -> char {
        match self {
            Self::Point => ',',
            Self::Comma => '.',
        }
    }
}

/// What all figures of a column together say about their decimals.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ColumnFigures {
    point: bool,
    comma: bool,
    /// A figure that reads both ways: `1,250`.
    doubtful: Option<String>,
}

/// How the figures of a column are to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    Clear(DecimalMark),
    /// Only a person can say; with a figure that reads both ways, unless some read one way and some the other.
    Doubtful(Option<String>),
}

impl ColumnFigures {
    /// Looks at one more cell.
    pub fn note(&mut self, cell: &str) {
        let Some((_, figure)) = bare(cell) else { return };
        let (points, commas) = (figure.matches('.').count(), figure.matches(',').count());
        let first = match (points, commas) {
            (0, 0) => return,
            (0, 1) => ',',
            (1, 0) => '.',
            // Several alike are thousands; of both, the last stands before the decimals.
            _ => {
                let point = commas > 1 && points < 2
                    || commas < 2 && points < 2 && figure.rfind('.') > figure.rfind(',');
                return if point { self.point = true } else { self.comma = true };
            }
        };
        let (whole, part) = figure.split_once(first).unwrap_or((figure, ""));
        let thousands = part.len() == 3
            && (1..=3).contains(&whole.len())
            && !whole.starts_with('0')
            && whole.bytes().all(|b| b.is_ascii_digit());
        match (thousands, first) {
            (true, _) if self.doubtful.is_none() => self.doubtful = Some(cell.trim().to_owned()),
            (true, _) => {}
            (false, '.') => self.point = true,
            (false, _) => self.comma = true,
        }
    }

    #[must_use]
    pub fn reading(&self) -> Reading {
        match (self.point, self.comma) {
            (true, true) => Reading::Doubtful(None),
            (true, false) => Reading::Clear(DecimalMark::Point),
            (false, true) => Reading::Clear(DecimalMark::Comma),
            (false, false) => match &self.doubtful {
                Some(figure) => Reading::Doubtful(Some(figure.clone())),
                None => Reading::Clear(DecimalMark::Point),
            },
        }
    }
}

/// Marks and words around a figure: currencies and weights.
const AROUND: [&str; 24] = [
    "$", "€", "£", "¥", "₹", "us$", "usd", "eur", "gbp", "cad", "aud", "chf", "jpy", "inr", "grams", "gram",
    "gr", "g", "carats", "carat", "cts", "ct", "pcs", "pc",
];

/// The figure of a cell without what stands around it, and whether it is below zero; `None` for what is none.
fn bare(cell: &str) -> Option<(bool, &str)> {
    /// Longer ones are no figure that anything costs or weighs.
    const LONGEST: usize = 40;
    let mut text = cell.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let mut negative = false;
    if let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        (negative, text) = (true, inner.trim());
    }
    loop {
        let before = text;
        if let Some(rest) = text.strip_prefix(['-', '−']) {
            (negative, text) = (true, rest.trim_start());
        }
        text = text.strip_prefix('+').unwrap_or(text).trim();
        for word in AROUND {
            let ends = |part: Option<&str>| part.is_some_and(|part| part.eq_ignore_ascii_case(word));
            if ends(text.get(..word.len())) {
                text = text.get(word.len()..).unwrap_or("").trim_start();
            }
            if ends(text.len().checked_sub(word.len()).and_then(|at| text.get(at..))) {
                text = text.get(..text.len() - word.len()).unwrap_or("").trim_end();
            }
        }
        if text == before {
            break;
        }
    }
    let figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',') || is_gap(c);
    (text.contains(|c: char| c.is_ascii_digit()) && text.chars().all(figure)).then_some((negative, text))
}

/// Between thousands, whatever stands before the decimals.
const fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\'' | '’')
}

/// A cell's figure as digits with a point before its decimals; `None` for what is no figure.
#[must_use]
pub fn plain(cell: &str, mark: DecimalMark) -> Option<String> {
    let (negative, figure) = bare(cell)?;
    let (whole, part) = figure.rsplit_once(mark.decimal()).unwrap_or((figure, ""));
    let groups: Vec<&str> = whole.split(|c: char| c == mark.grouping() || is_gap(c)).collect();
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let grouped = groups.len() == 1
        || groups.first().is_some_and(|first| (1..=3).contains(&first.len()))
            && groups.iter().skip(1).all(|group| group.len() == 3);
    let whole = groups.concat();
    if !grouped || !digits(&whole) || !digits(part) {
        return None;
    }
    let sign = if negative { "-" } else { "" };
    Some(if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn reading(cells: &[&str]) -> Reading {
        let mut figures = ColumnFigures::default();
        cells.iter().for_each(|cell| figures.note(cell));
        figures.reading()
    }

    #[test]
    fn a_column_says_how_it_is_read() {
        let (point, comma) = (Reading::Clear(DecimalMark::Point), Reading::Clear(DecimalMark::Comma));
        let doubtful = |figure: &str| Reading::Doubtful(Some(figure.to_owned()));
        for (cells, expected) in [
            (&["1250", "90"][..], point.clone()),
            (&["1,250", "90.50"], point.clone()),
            (&["1.250", "90,50"], comma.clone()),
            (&["1,234.50"], point.clone()),
            (&["1.234,50"], comma.clone()),
            (&["1,234,567"], point.clone()),
            (&["1.234.567"], comma.clone()),
            (&["0.250"], point.clone()),
            (&["1250.125"], point.clone()),
            (&["$1,250.00", "note", ""], point),
            (&["1 250,5 €"], comma),
            (&["1,250", "12,000", "7"], doubtful("1,250")),
            (&["€ 1.250"], doubtful("€ 1.250")),
            (&["1.5", "1,5"], Reading::Doubtful(None)),
        ] {
            assert_eq!(reading(cells), expected, "{cells:?}");
        }
    }

    #[test]
    fn figures_in_many_spellings() {
        use DecimalMark::{Comma, Point};
        for (cell, mark, expected) in [
            ("1,234.50", Point, Some("1234.50")),
            ("1.234,50", Comma, Some("1234.50")),
            ("$ 1,250", Point, Some("1250")),
            ("1’250.5 CHF", Point, Some("1250.5")),
            ("1\u{a0}250,75 €", Comma, Some("1250.75")),
            ("(12.00)", Point, Some("-12.00")),
            ("-$5", Point, Some("-5")),
            ("US$5.00", Point, Some("5.00")),
            ("4.25 g", Point, Some("4.25")),
            ("0,5 ct", Comma, Some("0.5")),
            (".75", Point, Some(".75")),
            ("12,50", Point, None),
            ("1.2.3", Point, None),
            ("AB123", Point, None),
            ("R-100", Point, None),
            ("call", Point, None),
            ("$", Point, None),
            ("", Point, None),
        ] {
            assert_eq!(plain(cell, mark).as_deref(), expected, "{cell}");
        }
    }

    proptest! {
        #[test]
        fn no_cell_makes_it_panic(cell: String) {
            let mut figures = ColumnFigures::default();
            figures.note(&cell);
            let _ = plain(&cell, DecimalMark::Point);
            let _ = plain(&cell, DecimalMark::Comma);
        }

        /// A price reads the same in both spellings.
        #[test]
        fn both_spellings_are_one_figure(cents in 0_i64..100_000_000) {
            let point = crate::money::Money::from_minor(cents).to_string();
            let comma: String =
                point.chars().map(|c| match c { '.' => ',', ',' => '.', c => c }).collect();
            prop_assert_eq!(plain(&point, DecimalMark::Point), plain(&comma, DecimalMark::Comma));
            prop_assert_eq!(reading(&[&point]), Reading::Clear(DecimalMark::Point));
            prop_assert_eq!(reading(&[&comma]), Reading::Clear(DecimalMark::Comma));
        }
    }
}
