//! Grades, shapes and origins in the words and abbreviations of the trade.

use crate::item::{StoneOrigin, StoneShape};

/// A word without spaces, marks and capitals.
fn plain(cell: &str) -> String {
    cell.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A grade of cut as it is written out.
pub fn cut(cell: &str) -> Option<&'static str> {
    Some(match plain(cell).as_str() {
        "ideal" | "id" | "i" => "Ideal",
        "excellent" | "ex" | "exc" | "x" => "Excellent",
        "premium" | "pr" => "Premium",
        "verygood" | "vg" => "Very Good",
        "good" | "g" | "gd" => "Good",
        "fair" | "f" | "fr" => "Fair",
        "poor" | "p" => "Poor",
        _ => return None,
    })
}

/// A grade of color: D to Z, or a fancy color in words.
pub fn color(cell: &str) -> Option<String> {
    let upper = cell.to_uppercase();
    if let [letter @ b'D'..=b'Z'] = upper.as_bytes() {
        return Some(char::from(*letter).to_string());
    }
    (upper.starts_with("FANCY") && cell.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-')))
        .then(|| cell.to_owned())
}

/// A grade of clarity.
pub fn clarity(cell: &str) -> Option<&'static str> {
    const GRADES: [&str; 12] =
        ["FL", "IF", "VVS1", "VVS2", "VS1", "VS2", "SI1", "SI2", "SI3", "I1", "I2", "I3"];
    let word = plain(cell).to_uppercase();
    GRADES.into_iter().find(|grade| *grade == word)
}

pub fn shape(cell: &str) -> Option<StoneShape> {
    Some(match plain(cell).as_str() {
        "round" | "roundbrilliant" | "rd" | "rb" | "rbc" | "br" => StoneShape::Round,
        "princess" | "pr" | "prn" => StoneShape::Princess,
        "oval" | "ov" => StoneShape::Oval,
        "emerald" | "emeraldcut" | "em" | "ec" => StoneShape::EmeraldCut,
        "pear" | "ps" | "pe" | "pearshape" => StoneShape::Pear,
        "marquise" | "mq" | "mr" => StoneShape::Marquise,
        "cushion" | "cu" | "cushionmodified" | "cb" => StoneShape::Cushion,
        "heart" | "ht" | "hs" => StoneShape::Heart,
        _ => return None,
    })
}

/// Where a diamond is from. A simulant is no diamond.
pub fn origin(cell: &str) -> Option<StoneOrigin> {
    Some(match plain(cell).as_str() {
        "natural" | "mined" | "nat" | "n" => StoneOrigin::Natural,
        "lab" | "labgrown" | "laboratorygrown" | "labcreated" | "lg" | "lgd" | "cvd" | "hpht" => {
            StoneOrigin::LabGrown
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_trade() {
        assert_eq!(cut("very good"), Some("Very Good"));
        assert_eq!(cut("VG"), Some("Very Good"));
        assert_eq!(cut("nice"), None);
        assert_eq!(color("e").as_deref(), Some("E"));
        assert_eq!(color("Fancy Light Yellow").as_deref(), Some("Fancy Light Yellow"));
        for wrong in ["A", "C", "EE", "1", "Fancy =1", ""] {
            assert_eq!(color(wrong), None, "{wrong}");
        }
        assert_eq!(clarity("vs 1"), Some("VS1"));
        assert_eq!(clarity("VS3"), None);
        assert_eq!(shape("Round Brilliant"), Some(StoneShape::Round));
        assert_eq!(shape("triangle"), None);
        assert_eq!(origin("Lab-grown"), Some(StoneOrigin::LabGrown));
        assert_eq!(origin("lab_grown"), Some(StoneOrigin::LabGrown));
        assert_eq!(origin("simulant"), None);
    }
}
