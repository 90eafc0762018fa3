//! Kinds of pieces, metals, karats, units and states in the words of the trade and of other programs.

use crate::item::{ItemKind, Karat, Metal, Unit};

/// The words of a cell, small, without marks.
fn words(cell: &str) -> Vec<String> {
    let words = cell.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// The kind of piece that a category names: `Engagement Rings`, `Ladies' Watches`.
pub fn kind(cell: &str) -> Option<ItemKind> {
    let words = words(cell);
    let says = |names: &[&str]| {
        words.iter().any(|word| names.iter().any(|name| word == name || word.strip_suffix('s') == Some(name)))
    };
    // The narrower word counts: a wedding band is a band, a stud earring no ring.
    Some(match () {
        () if says(&["finding", "clasp", "jumpring"]) => ItemKind::Finding,
        () if says(&["earring", "stud", "hoop", "ear"]) => ItemKind::Earrings,
        () if says(&["band"]) => ItemKind::Band,
        () if says(&["ring", "solitaire"]) => ItemKind::Ring,
        () if says(&["pendant", "charm", "locket", "cross"]) => ItemKind::Pendant,
        () if says(&["necklace", "choker", "collar"]) => ItemKind::Necklace,
        () if says(&["bracelet", "bangle", "cuff", "anklet"]) => ItemKind::Bracelet,
        () if says(&["chain"]) => ItemKind::Chain,
        () if says(&["brooch", "brooche", "pin"]) => ItemKind::Brooch,
        () if says(&["watch", "watche", "timepiece"]) => ItemKind::Watch,
        () if says(&["coin", "bullion"]) => ItemKind::Coin,
        () if says(&["loose", "diamond", "gemstone", "stone"]) => ItemKind::LooseStone,
        () if says(&["other", "misc", "miscellaneous", "gift", "giftware"]) => ItemKind::Other,
        () => return None,
    })
}

/// Metal and karat, as far as a text says them: `14k yellow gold`, `18KT WG`, `PT950`.
pub fn metal(cell: &str) -> (Option<Metal>, Option<Karat>) {
    let mut karat = None;
    // `14ky` and `18kw` are karat and color in one.
    let mut letters = String::new();
    let words: Vec<String> = words(cell)
        .into_iter()
        .filter(|word| match glued(word) {
            Some((found, color)) => {
                karat = karat.or(Some(found));
                letters.push_str(color);
                false
            }
            None => true,
        })
        .collect();
    let has = |names: &[&str]| words.iter().any(|word| names.contains(&word.as_str()));
    let gold = has(&["gold"]) || karat.is_some();
    let metal = match () {
        // What only covers comes first: it also says gold.
        () if has(&["vermeil"]) => Some(Metal::Vermeil),
        () if has(&["filled", "goldfilled", "gf"]) => Some(Metal::GoldFilled),
        () if has(&["plated", "goldplated", "gp", "gep", "plate"]) => Some(Metal::GoldPlated),
        () if has(&["platinum", "plat", "pt", "pt950", "pt900", "pt850", "950"]) => Some(Metal::Platinum),
        () if has(&["palladium", "pd", "pd950"]) => Some(Metal::Palladium),
        () if has(&["tt", "twotone", "multi", "multitone"]) || has(&["two"]) && has(&["tone"]) => {
            Some(Metal::TwoToneGold)
        }
        () if has(&["yg"]) || letters == "y" || letters == "yg" || gold && has(&["yellow"]) => {
            Some(Metal::YellowGold)
        }
        () if has(&["wg"]) || letters == "w" || letters == "wg" || gold && has(&["white"]) => {
            Some(Metal::WhiteGold)
        }
        () if has(&["rg", "pg"])
            || matches!(letters.as_str(), "r" | "rg" | "p" | "pg")
            || gold && has(&["rose", "pink", "red"]) =>
        {
            Some(Metal::RoseGold)
        }
        () if has(&["sterling", "silver", "925", "ag"]) => Some(Metal::Silver),
        () if has(&["steel", "stainless"]) => Some(Metal::Steel),
        () if has(&["titanium"]) => Some(Metal::Titanium),
        // Gold without a color is yellow where nothing else is said.
        () if gold => Some(Metal::YellowGold),
        () => None,
    };
    let parts = || words.iter().find_map(|word| thousandths(word.trim_start_matches(char::is_alphabetic)));
    (metal, karat.or_else(|| parts().filter(|parts| metal.is_some_and(|of| of.takes(Some(*parts)).is_ok()))))
}

/// A fineness in thousandths.
fn thousandths(number: &str) -> Option<Karat> {
    number.parse().ok().filter(|karat: &Karat| karat.thousandths().is_some())
}

/// `14k`, `14kt`, `14ky`, `18kwg`: the karat and what stands behind it.
fn glued(word: &str) -> Option<(Karat, &str)> {
    let digits = word.find(|c: char| !c.is_ascii_digit())?;
    let (number, rest) = word.split_at_checked(digits)?;
    let rest = rest.strip_prefix('k')?;
    let color = rest.strip_prefix('t').filter(|color| *color != "t").unwrap_or(rest);
    matches!(color, "" | "y" | "w" | "r" | "p" | "yg" | "wg" | "rg" | "pg").then_some(())?;
    Some((fineness(number)?, color))
}

fn fineness(number: &str) -> Option<Karat> {
    Some(match number {
        "9" | "375" => Karat::K9,
        "10" | "416" | "417" => Karat::K10,
        "14" | "583" | "585" => Karat::K14,
        "18" | "750" => Karat::K18,
        "22" | "916" | "917" => Karat::K22,
        "24" | "999" => Karat::K24,
        _ => return None,
    })
}

/// A fineness of a metal: thousandths where it has them, else a karat.
pub fn fineness_of(metal: Option<Metal>, cell: &str) -> Option<Karat> {
    let fits = |fineness: &Karat| metal.is_some_and(|metal| metal.takes(Some(*fineness)).is_ok());
    thousandths(cell.trim().trim_start_matches(char::is_alphabetic)).filter(fits).or_else(|| karat(cell))
}

/// A karat by itself: `14`, `14k`, `585`; or thousandths of another metal than gold.
pub fn karat(cell: &str) -> Option<Karat> {
    let word: String = cell.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let number = ["karat", "kt", "k"].into_iter().find_map(|unit| word.strip_suffix(unit)).unwrap_or(&word);
    let parts = || thousandths(word.trim_start_matches(char::is_alphabetic));
    fineness(number).or_else(|| metal(cell).1).or_else(parts)
}

/// The unit that goods are sold by.
pub fn unit(cell: &str) -> Option<Unit> {
    let word: String = cell.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    Some(match word.as_str() {
        "piece" | "pieces" | "pc" | "pcs" | "each" | "ea" | "unit" | "units" | "pair" | "pairs"
        | "bythepiece" => Unit::Piece,
        "gram" | "grams" | "g" | "gr" | "gm" | "byweight" => Unit::Gram,
        "carat" | "carats" | "ct" | "cts" | "parcel" => Unit::Carat,
        _ => return None,
    })
}

/// Where goods are, as the file says: in stock, or not to come in.
pub enum Whereabouts {
    Here,
    Gone,
}

pub fn status(cell: &str) -> Option<Whereabouts> {
    let word: String = cell.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    Some(match word.as_str() {
        "active" | "instock" | "in" | "i" | "available" | "onhand" | "stock" | "yes" | "true" | "1"
        | "new" => Whereabouts::Here,
        "draft" | "archived" | "sold" | "s" | "out" | "outofstock" | "inactive" | "returned"
        | "returnedtovendor" | "rtv" | "deleted" | "scrapped" | "melted" | "missing" | "lost" | "layaway"
        | "memo" | "special" | "unlisted" | "no" | "false" | "0" | "transferred" => Whereabouts::Gone,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn kinds_by_their_categories() {
        for (cell, expected) in [
            ("Engagement Rings", Some(ItemKind::Ring)),
            ("wedding band", Some(ItemKind::Band)),
            ("Stud Earrings", Some(ItemKind::Earrings)),
            ("Ladies' Watches", Some(ItemKind::Watch)),
            ("Bangles", Some(ItemKind::Bracelet)),
            ("ring", Some(ItemKind::Ring)),
            ("loose_stone", Some(ItemKind::LooseStone)),
            ("Gift card", Some(ItemKind::Other)),
            ("Snowboard", None),
            ("", None),
        ] {
            assert_eq!(kind(cell), expected, "{cell}");
        }
    }

    #[test]
    fn every_kind_is_known_by_its_own_name() {
        for known in ItemKind::ALL {
            assert_eq!(kind(known.label()), Some(*known), "{known}");
            assert_eq!(kind(known.code()), Some(*known), "{known}");
        }
    }

    #[test]
    fn metals_and_karats() {
        use Metal as M;
        for (cell, expected) in [
            ("14k yellow gold", (Some(M::YellowGold), Some(Karat::K14))),
            ("14KY", (Some(M::YellowGold), Some(Karat::K14))),
            ("18KT WG", (Some(M::WhiteGold), Some(Karat::K18))),
            ("18kw", (Some(M::WhiteGold), Some(Karat::K18))),
            ("Rose Gold 10K", (Some(M::RoseGold), Some(Karat::K10))),
            ("PT950", (Some(M::Platinum), Some(Karat::T950))),
            ("900 platinum", (Some(M::Platinum), Some(Karat::T900))),
            ("925", (Some(M::Silver), Some(Karat::T925))),
            ("14k gold-filled", (Some(M::GoldFilled), Some(Karat::K14))),
            ("Gold Vermeil", (Some(M::Vermeil), None)),
            ("gold plated", (Some(M::GoldPlated), None)),
            ("Sterling Silver", (Some(M::Silver), None)),
            ("Gold", (Some(M::YellowGold), None)),
            ("two-tone 14k", (Some(M::TwoToneGold), Some(Karat::K14))),
            ("Modern", (None, None)),
        ] {
            assert_eq!(metal(cell), expected, "{cell}");
        }
        for (cell, expected) in
            [("14", Some(Karat::K14)), ("585", Some(Karat::K14)), ("18 kt", Some(Karat::K18)), ("15k", None)]
        {
            assert_eq!(karat(cell), expected, "{cell}");
        }
        for known in Metal::ALL {
            assert_eq!(metal(known.label()).0, Some(*known), "{known}");
        }
    }

    proptest! {
        #[test]
        fn no_cell_makes_it_panic(cell: String) {
            kind(&cell);
            metal(&cell);
            karat(&cell);
            unit(&cell);
            status(&cell);
        }
    }
}
