//! Stones: what they are, where they came from, what was done to them.

use crate::codes;
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
    /// Length, width and depth in hundredths of a millimeter.
    pub measures: Option<[i64; 3]>,
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
}
