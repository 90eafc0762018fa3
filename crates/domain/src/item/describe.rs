//! Words for a piece: its description and what it is found by.

use super::{CaratMilli, ItemKind, PieceDetails, Stone, StoneKind, StoneOrigin};

/// The description on tags, receipts and lists: the store's own words, or made from the
/// attributes so that it is always true and complete (16 CFR 23: karat stated, laboratory-grown
/// stated, total weight marked `ctw`).
#[must_use]
pub fn describe(details: &PieceDetails) -> String {
    if let Some(title) = &details.title {
        return title.clone();
    }
    let stones = describe_stones(&details.stones);
    if details.kind == ItemKind::LooseStone {
        return if stones.is_empty() { "Loose stone".to_owned() } else { capitalized(&stones) };
    }
    let metal = details.metal.map(|metal| metal.said(details.karat));
    let kind = details.kind.label().to_lowercase();
    let words: Vec<&str> =
        [details.brand.as_deref(), metal.as_deref(), Some(&kind)].into_iter().flatten().collect();
    let piece = capitalized(&words.join(" "));
    if stones.is_empty() { piece } else { format!("{piece}, {stones}") }
}

fn describe_stones(stones: &[Stone]) -> String {
    let mut parts: Vec<String> = stones.iter().map(describe_stone).collect();
    let weights: Option<Vec<i64>> = stones.iter().map(|stone| stone.carat.map(|c| c.0)).collect();
    if let (true, Some(weights)) = (stones.len() > 1, weights) {
        parts.push(format!("{}w", CaratMilli(weights.iter().sum())));
    }
    parts.join(", ")
}

/// One stone in words: how many, weight, shape, origin, what it is, grades, treatment.
#[must_use]
pub fn describe_stone(stone: &Stone) -> String {
    let count = (stone.count > 1).then(|| format!("{} ×", stone.count));
    let carat =
        stone.carat.map(|carat| if stone.count > 1 { format!("{carat}w") } else { carat.to_string() });
    let origin = match (stone.origin, stone.kind) {
        (Some(origin @ (StoneOrigin::LabGrown | StoneOrigin::Natural)), _) => Some(origin.label()),
        (Some(StoneOrigin::Simulant), kind) if kind != StoneKind::CubicZirconia => Some("imitation"),
        _ => None,
    };
    [
        count.as_deref(),
        carat.as_deref(),
        Some(stone.shape.label()),
        origin,
        Some(stone.kind.label()),
        stone.color.as_deref(),
        stone.clarity.as_deref(),
        stone.treatment.as_deref(),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(" ")
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The words a piece is found by: lower case, without accents' neighbors cut off, each once.
#[must_use]
pub fn search_tokens(texts: &[&str]) -> Vec<String> {
    /// Longer words are found by their beginning.
    const LONGEST_TOKEN: usize = 40;
    let mut tokens: Vec<String> = texts
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric() && c != '.'))
        .map(|word| word.trim_matches('.').to_lowercase().chars().take(LONGEST_TOKEN).collect::<String>())
        .filter(|word| !word.is_empty())
        .collect();
    tokens.sort_unstable();
    tokens.dedup();
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item::{Karat, Metal, StoneShape};

    fn diamond(carat: i64, count: i64) -> Stone {
        Stone {
            carat: Some(CaratMilli(carat)),
            count,
            origin: Some(StoneOrigin::LabGrown),
            color: Some("F".into()),
            clarity: Some("VS1".into()),
            shape: StoneShape::Oval,
            ..Stone::default()
        }
    }

    #[test]
    fn a_description_says_what_must_be_said() {
        let ring = PieceDetails {
            metal: Some(Metal::WhiteGold),
            karat: Some(Karat::K14),
            stones: vec![diamond(1_020, 1), diamond(300, 6)],
            ..PieceDetails::default()
        };
        assert_eq!(
            describe(&ring),
            "14k white gold ring, 1.02 ct oval laboratory-grown diamond F VS1, \
             6 × 0.30 ctw oval laboratory-grown diamond F VS1, 1.32 ctw"
        );
        let loose = PieceDetails {
            kind: ItemKind::LooseStone,
            stones: vec![diamond(1_020, 1)],
            ..PieceDetails::default()
        };
        assert_eq!(describe(&loose), "1.02 ct oval laboratory-grown diamond F VS1");
    }

    #[test]
    fn a_fineness_is_said_where_the_metal_does_not_promise_it() {
        let said =
            |metal, karat| describe(&PieceDetails { metal: Some(metal), karat, ..PieceDetails::default() });
        assert_eq!(said(Metal::Platinum, Some(Karat::T950)), "Platinum ring");
        assert_eq!(said(Metal::Platinum, Some(Karat::T900)), "900 platinum ring");
        assert_eq!(said(Metal::Silver, Some(Karat::T925)), "Sterling silver ring");
        assert_eq!(said(Metal::Silver, Some(Karat::T958)), "958 silver ring");
        assert_eq!(said(Metal::GoldFilled, Some(Karat::K14)), "14k gold-filled ring");
        assert_eq!(said(Metal::Vermeil, None), "Vermeil ring");
    }

    #[test]
    fn words_to_find_by() {
        assert_eq!(
            search_tokens(&["14k White-Gold ring, 1.02 ct", "P001042"]),
            ["1.02", "14k", "ct", "gold", "p001042", "ring", "white"]
        );
        assert_eq!(search_tokens(&["", "…"]), Vec::<String>::new());
    }
}
