//! How a file is called: what somebody's computer said, made fit for any other.

use super::FileKind;
use crate::text::{self, TextError};

/// A longer name is cut; its ending stays.
const LONGEST_NAME: usize = 100;
/// An ending is short; what stands behind the dot of “No. 12 of March” is none.
const LONGEST_ENDING: usize = 5;

/// The name without folders, without letters that cannot be seen or that turn the others around, and without what
/// some computer cannot have in a name.
///
/// # Errors
/// [`TextError`] for what looks like a card number.
pub(super) fn clean(said: &str) -> Result<String, TextError> {
    let last = said.rsplit(['/', '\\']).next().unwrap_or_default();
    let fit = |c: char| match c {
        '<' | '>' | ':' | '"' | '|' | '?' | '*' => Some('_'),
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => None,
        c if c.is_control() => None,
        c => Some(c),
    };
    let name: String = last.chars().filter_map(fit).collect();
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.trim_matches(|c| c == '.' || c == ' ');
    let name = if name.is_empty() { "file" } else { name };
    text::required_line(&shortened(name))
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= LONGEST_NAME {
        return name.to_owned();
    }
    match ending(name) {
        "" => name.chars().take(LONGEST_NAME).collect(),
        ending => {
            let stem: String = name.chars().take(LONGEST_NAME - LONGEST_ENDING - 1).collect();
            format!("{stem}.{ending}")
        }
    }
}

/// What a name ends in, as it is written; empty where it ends in nothing of the kind.
pub(super) fn ending(name: &str) -> &str {
    let plain = |ending: &&str| {
        (1..=LONGEST_ENDING).contains(&ending.len()) && ending.chars().all(|c| c.is_ascii_alphanumeric())
    };
    name.rsplit_once('.').map(|(_, ending)| ending).filter(plain).unwrap_or_default()
}

/// A name that ends as such files do.
pub(super) fn ending_as(name: String, kind: FileKind) -> String {
    if kind.endings().contains(&ending(&name).to_ascii_lowercase().as_str()) {
        return name;
    }
    let first = kind.endings().first().copied().unwrap_or_default();
    format!("{name}.{first}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_cleaned() {
        for (said, name) in [
            ("invoice.pdf", "invoice.pdf"),
            ("../../parure.db", "parure.db"),
            ("C:\\Users\\Ana\\March  statement.CSV", "March statement.CSV"),
            ("..", "file"),
            ("", "file"),
            (".htaccess", "htaccess"),
            ("in\u{202e}fdp.exe", "infdp.exe"),
            ("a\"b<c>\r\nd.txt", "a_b_c_d.txt"),
        ] {
            assert_eq!(clean(said).as_deref(), Ok(name), "{said}");
        }
        assert_eq!(clean("4242424242424242.pdf"), Err(TextError::CardNumber));
        let long = clean(&format!("{}.pdf", "é".repeat(300))).unwrap();
        assert!(long.chars().count() <= LONGEST_NAME && long.ends_with(".pdf"), "{long}");
    }

    #[test]
    fn a_name_ends_as_its_kind() {
        assert_eq!(ending_as("a.JPG".into(), FileKind::Jpeg), "a.JPG");
        assert_eq!(ending_as("page.html".into(), FileKind::Text), "page.html.txt");
        assert_eq!(ending_as("No. 12 of March".into(), FileKind::Pdf), "No. 12 of March.pdf");
    }

    proptest! {
        #[test]
        fn whatever_is_said_becomes_one_plain_name(said in "\\PC{0,200}|[\\x00-\\x7f]{0,200}") {
            if let Ok(name) = clean(&said) {
                prop_assert!(!name.is_empty() && name.chars().count() <= LONGEST_NAME);
                prop_assert!(!name.contains(['/', '\\', '"', '\n', '\r', '\0']) && !name.starts_with('.'));
            }
        }
    }
}
