//! What somebody types to find a piece, as a jeweler means it.

/// One thing that a piece must have among its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FindWord {
    /// A word that begins like this.
    Begins(String),
    /// Exactly this word.
    Is(String),
}

/// More words than this are no search but a text.
const MOST_WORDS: usize = 12;

/// What was typed, as words to look for.
///
/// - A weight is a weight with or without its unit: `1.5 ct`, `1.5ct` and `1.50` find 1.50 carat, `.5` finds
///   0.50, and `2 ct` finds two carat and a little more, not report 2141438171.
/// - A lone letter among other words is a grade of color: `round D VS1` finds no other diamond.
/// - Everything else is found by its beginning.
#[must_use]
pub fn find_words(typed: &str) -> Vec<FindWord> {
    let lower = typed.to_lowercase();
    let parts: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric() && c != '.')
        .map(|part| part.trim_end_matches('.'))
        .filter(|part| part.chars().any(char::is_alphanumeric))
        .take(MOST_WORDS)
        .collect();
    let mut words: Vec<FindWord> = Vec::new();
    let mut rest = parts.as_slice();
    while let [part, after @ ..] = rest {
        rest = after;
        let (figure, unit) = split_unit(part);
        let unit_follows = after.first().is_some_and(|next| is_carat(next));
        let word = if !is_figure(figure) {
            match part.as_bytes() {
                [b'd'..=b'z'] if parts.len() > 1 => FindWord::Is((*part).to_owned()),
                _ => FindWord::Begins((*part).trim_start_matches('.').to_owned()),
            }
        } else if unit || unit_follows {
            if unit_follows && !unit {
                rest = after.get(1..).unwrap_or_default();
            }
            FindWord::Begins(weight(figure))
        } else {
            FindWord::Begins(if figure.starts_with('.') { weight(figure) } else { figure.to_owned() })
        };
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// The same words with the lone letter at the end as a beginning: whoever types "round e" may be on the way
/// to "round emerald". `None` where nothing is lone.
#[must_use]
pub fn still_typing(words: &[FindWord]) -> Option<Vec<FindWord>> {
    match words.split_last()? {
        (FindWord::Is(letter), before) => {
            Some(before.iter().cloned().chain([FindWord::Begins(letter.clone())]).collect())
        }
        _ => None,
    }
}

fn is_carat(word: &str) -> bool {
    matches!(word, "ct" | "cts" | "carat" | "carats" | "ctw")
}

fn is_figure(word: &str) -> bool {
    word.bytes().any(|b| b.is_ascii_digit())
        && word.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && word.matches('.').count() <= 1
}

/// `1.5ct` is 1.5 with its unit.
fn split_unit(word: &str) -> (&str, bool) {
    for unit in ["ctw", "cts", "ct"] {
        if let Some(figure) = word.strip_suffix(unit)
            && is_figure(figure)
        {
            return (figure, true);
        }
    }
    (word, false)
}

/// How weights that begin like this are written: always with a digit and a point.
fn weight(figure: &str) -> String {
    match figure.split_once('.') {
        None => format!("{figure}."),
        Some(("", part)) => format!("0.{part}"),
        Some(_) => figure.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use FindWord::{Begins, Is};

    fn begins(words: &[&str]) -> Vec<FindWord> {
        words.iter().map(|&word| Begins(word.to_owned())).collect()
    }

    #[test]
    fn what_a_jeweler_means() {
        let mut stone = begins(&["1.5", "round"]);
        stone.extend([Is("e".into()), Begins("vs1".into())]);
        for typed in ["1.5 ct round E VS1", "1.5ct Round, e vs1", "1.5 carat round e vs1", "1.5 round E VS1"]
        {
            assert_eq!(find_words(typed), stone, "{typed}");
        }
        for (typed, words) in [
            (".5 oval", &["0.5", "oval"] as &[&str]),
            ("2 ct", &["2."]),
            ("2ct", &["2."]),
            ("2", &["2"]),
            ("P000123", &["p000123"]),
            ("14k white-gold ring.", &["14k", "white", "gold", "ring"]),
            ("e", &["e"]),
            ("ct", &["ct"]),
            ("ring ring", &["ring"]),
            ("", &[]),
            (" … ", &[]),
        ] {
            assert_eq!(find_words(typed), begins(words), "{typed}");
        }
    }

    #[test]
    fn a_letter_at_the_end_may_be_a_beginning() {
        assert_eq!(still_typing(&find_words("round e")), Some(begins(&["round", "e"])));
        assert_eq!(still_typing(&find_words("e round")), None);
        assert_eq!(still_typing(&[]), None);
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(typed in ".{0,60}") {
            proptest::prop_assert!(find_words(&typed).len() <= MOST_WORDS);
        }
    }
}
