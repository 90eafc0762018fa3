//! Stones: what they are, where they came from, what was done to them.

use crate::codes;
use crate::rate::Rate;
use serde::{Deserialize, Serialize};
use std::fmt;

codes! {
    #[derive(Default)]
    pub enum StoneKind("stone") {
        #[default]
        Diamond = "diamond", "diamond";
        Sapphire = "sapphire", "sapphire";
        Ruby = "ruby", "ruby";
        Emerald = "emerald", "emerald";
        Pearl = "pearl", "cultured pearl";
        Amethyst = "amethyst", "amethyst";
        Aquamarine = "aquamarine", "aquamarine";
        Citrine = "citrine", "citrine";
        Garnet = "garnet", "garnet";
        Morganite = "morganite", "morganite";
        Opal = "opal", "opal";
        Peridot = "peridot", "peridot";
        Tanzanite = "tanzanite", "tanzanite";
        Topaz = "topaz", "topaz";
        Tourmaline = "tourmaline", "tourmaline";
        Moissanite = "moissanite", "moissanite";
        CubicZirconia = "cubic_zirconia", "cubic zirconia";
        Other = "other", "stone";
    }
}

codes! {
    #[derive(Default)]
    pub enum StoneShape("shape") {
        #[default]
        Round = "round", "round";
        Princess = "princess", "princess";
        Oval = "oval", "oval";
        EmeraldCut = "emerald_cut", "emerald-cut";
        Pear = "pear", "pear";
        Marquise = "marquise", "marquise";
        Cushion = "cushion", "cushion";
        Heart = "heart", "heart";
    }
}

codes! {
    /// Where a stone came from; for a diamond it must always be said (16 CFR 23).
    pub enum StoneOrigin("origin") {
        Natural = "natural", "natural";
        LabGrown = "lab_grown", "laboratory-grown";
        Simulant = "simulant", "simulant";
    }
}

/// Weight in thousandths of a carat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CaratMilli(pub i64);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("enter a weight in carat such as 1.02")]
pub struct NotACarat;

impl CaratMilli {
    /// Reads `0.23`, `1.5` or `2 ct`: above zero, at most three decimals, at most 1,000 carat.
    ///
    /// # Errors
    /// [`NotACarat`] for anything else.
    pub fn parse(text: &str) -> Result<Self, NotACarat> {
        let text = text.trim().trim_end_matches("ct").trim_end();
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(part) || part.len() > 3 || whole.len() > 4 {
            return Err(NotACarat);
        }
        match format!("{whole}{part:0<3}").parse() {
            Ok(milli @ 1..=1_000_000) => Ok(Self(milli)),
            _ => Err(NotACarat),
        }
    }
}

/// `1.02 ct`; the third decimal only where there is one.
impl fmt::Display for CaratMilli {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, milli) = (self.0 / 1_000, self.0 % 1_000);
        if milli % 10 == 0 {
            write!(f, "{whole}.{:02} ct", milli / 10)
        } else {
            write!(f, "{whole}.{milli:03} ct")
        }
    }
}

/// One stone, or several alike.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Stone {
    pub kind: StoneKind,
    pub shape: StoneShape,
    /// How many alike; the center stone is the first in the list.
    pub count: i64,
    /// Weight of all of them together.
    pub carat: Option<CaratMilli>,
    pub color: Option<String>,
    pub clarity: Option<String>,
    pub cut: Option<String>,
    pub origin: Option<StoneOrigin>,
    /// Heat, filling, irradiation, HPHT: told at every level of trade.
    pub treatment: Option<String>,
    pub lab: Option<String>,
    pub report_number: Option<String>,
    /// Length, width and height in thousandths of a millimeter.
    pub measures: Option<[i64; 3]>,
    /// Height in percent of the width, as a report states it.
    #[serde(default)]
    pub depth: Option<Rate>,
    /// The flat top in percent of the width.
    #[serde(default)]
    pub table: Option<Rate>,
}

/// Reads millimeters such as `6.52`, at most three decimals, as thousandths.
#[must_use]
pub fn millimeters(text: &str) -> Option<i64> {
    let text = text.trim().trim_end_matches("mm").trim_end();
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let part = part.trim_end_matches('0');
    if text.is_empty() || !digits(whole) || !digits(part) || part.len() > 3 || whole.len() > 4 {
        return None;
    }
    format!("{whole}{part:0<3}").parse().ok()
}

/// Reads length, width and height such as `6.50 × 6.52 × 4.01 mm` or `6.50 - 6.52 x 4.01`.
#[must_use]
pub fn parse_measures(text: &str) -> Option<[i64; 3]> {
    let text = text.trim().trim_end_matches("mm");
    let parts = text.split(['×', 'x', 'X', '*', '-', '–']).map(millimeters).collect::<Option<Vec<_>>>()?;
    <[i64; 3]>::try_from(parts).ok().filter(|measures| measures.iter().all(|measure| *measure > 0))
}

/// `6.50 × 6.52 × 4.01 mm`; the third decimal only where there is one.
#[must_use]
pub fn show_measures(measures: [i64; 3]) -> String {
    let one = |um: i64| match um % 10 {
        0 => format!("{}.{:02}", um / 1_000, um % 1_000 / 10),
        _ => format!("{}.{:03}", um / 1_000, um % 1_000),
    };
    format!("{} mm", measures.map(one).join(" × "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carats() {
        for (text, milli, shown) in [
            ("0.23", 230, "0.23 ct"),
            ("1.5 ct", 1_500, "1.50 ct"),
            (".005", 5, "0.005 ct"),
            ("2", 2_000, "2.00 ct"),
        ] {
            let carat = CaratMilli::parse(text).unwrap();
            assert_eq!((carat.0, carat.to_string().as_str()), (milli, shown));
        }
        for text in ["", "0", "-1", "1.0001", "one", "99999", "1,5", "NaN"] {
            assert!(CaratMilli::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn measures() {
        for (text, shown) in [
            ("6.50 - 6.52 x 4.01 mm", "6.50 × 6.52 × 4.01 mm"),
            ("6.5×6.525×4", "6.50 × 6.525 × 4.00 mm"),
            ("6.50 × 6.52 × 4.01 mm", "6.50 × 6.52 × 4.01 mm"),
        ] {
            assert_eq!(parse_measures(text).map(show_measures).as_deref(), Some(shown), "{text}");
        }
        for text in ["", "6.5", "6.5 x 6.5", "6.5 x 6.5 x 0", "a x b x c", "1 x 2 x 3 x 4", "1.2345 x 1 x 1"]
        {
            assert_eq!(parse_measures(text), None, "{text}");
        }
    }
}
