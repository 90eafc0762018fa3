//! What people typed, made fit for paper.

use crate::DocumentError;
use crate::bounds::LONGEST_TEXT;
use serde_json::Value;

/// A run of this many characters without a gap may be broken anywhere, else a pasted web address or
/// serial number would run over the amount beside it. Longer than any word of a name or a description.
const LONGEST_WORD: usize = 24;

/// Where a line may break without a hyphen.
const ZERO_WIDTH_SPACE: char = '\u{200B}';

/// Every text in it bounded, without characters that hide or turn around what follows them, and with long
/// runs made breakable.
pub fn for_paper(value: Value) -> Result<Value, DocumentError> {
    Ok(match value {
        Value::String(text) => Value::String(text_for_paper(&text)?),
        Value::Array(list) => Value::Array(list.into_iter().map(for_paper).collect::<Result<_, _>>()?),
        Value::Object(fields) => Value::Object(
            fields
                .into_iter()
                .map(|(name, value)| Ok((name, for_paper(value)?)))
                .collect::<Result<_, DocumentError>>()?,
        ),
        other => other,
    })
}

fn text_for_paper(text: &str) -> Result<String, DocumentError> {
    let length = text.chars().count();
    if length > LONGEST_TEXT {
        return Err(DocumentError::TextTooLong(length));
    }
    let mut run = 0;
    let mut out = String::with_capacity(text.len());
    for character in text.chars().filter(|&character| !hides_or_turns(character)) {
        run = if character.is_whitespace() { 0 } else { run + 1 };
        if run > LONGEST_WORD {
            out.push(ZERO_WIDTH_SPACE);
            run = 1;
        }
        out.push(character);
    }
    Ok(out)
}

/// Control characters but the end of a line, and those that set the direction of writing by force.
fn hides_or_turns(character: char) -> bool {
    (character.is_control() && character != '\n')
        || matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, printed: &str) {
        assert_eq!(text_for_paper(typed).as_deref(), Ok(printed));
    }

    #[test]
    fn words_stay_as_they_are() {
        check("Ring, 18 kt\nsize 6", "Ring, 18 kt\nsize 6");
        check("Nguyễn Thị Ánh", "Nguyễn Thị Ánh");
    }

    #[test]
    fn a_long_run_may_be_broken() {
        check(&"x".repeat(24), &"x".repeat(24));
        let broken = format!("{0}\u{200B}{0}\u{200B}xx", "x".repeat(24));
        check(&"x".repeat(50), &broken);
    }

    #[test]
    fn nothing_hides_or_turns_what_follows() {
        check("a\u{202E}b\u{7}c\u{2066}d\r\n", "abcd\n");
    }

    #[test]
    fn a_text_without_end_is_refused() {
        assert_eq!(text_for_paper(&"é".repeat(4_001)), Err(DocumentError::TextTooLong(4_001)));
    }
}
