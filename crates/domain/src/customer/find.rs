//! By which words a customer is found.

use crate::item::search_tokens;

/// A phone as words: whole, without its country, without its area, and its last four digits.
#[must_use]
pub fn phone_words(phone: &str) -> Vec<&str> {
    let digits = phone.trim_start_matches('+');
    let last = |count: usize| digits.get(digits.len().saturating_sub(count)..).unwrap_or_default();
    vec![digits, last(10), last(7), last(4)]
}

/// What somebody typed as the words to look for: digits as people group them are one phone, or its end.
#[must_use]
pub fn find_words(typed: &str) -> Vec<String> {
    /// Fewer are the number of a house, or of a customer.
    const FEWEST_DIGITS: usize = 4;
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let is_phone = typed.chars().all(|c| c.is_ascii_digit() || " +-().".contains(c));
    if is_phone && digits.len() >= FEWEST_DIGITS { vec![digits] } else { search_tokens(&[typed]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_is_found_whole_and_by_its_end() {
        let words = phone_words("+15550102030");
        for typed in ["+1 (555) 010-2030", "555.010.2030", "555 010", "010-2030", "2030"] {
            let found = find_words(typed);
            assert_eq!(found.len(), 1, "{typed}");
            assert!(words.iter().any(|word| word.starts_with(found[0].as_str())), "{typed}");
        }
    }

    #[test]
    fn other_words_stay_words() {
        assert_eq!(find_words("Ada example"), ["ada", "example"]);
        assert_eq!(find_words("C00042"), ["c00042"]);
        assert_eq!(find_words("12"), ["12"]);
        assert_eq!(find_words(" "), [""; 0]);
    }
}
