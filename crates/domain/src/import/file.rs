//! Bytes that somebody says are a table: their alphabet, what stands between their columns, and what
//! must not be handed to a spreadsheet.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A list of half a million stones has less; more is not a list.
pub const LARGEST_FILE: u64 = 50 * 1024 * 1024;
/// Rows of one file. Their keys lie in memory while they are told apart.
pub const MOST_ROWS: u64 = 500_000;
/// The widest lists of the trade have 60.
pub const MOST_COLUMNS: usize = 200;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum FileError {
    #[error("the file is empty")]
    Empty,
    #[error("the file is larger than {} MB: split it", LARGEST_FILE / 1024 / 1024)]
    TooLarge,
    #[error("this is not a table in text: save it as CSV")]
    NotText,
    #[error("the file is written in UTF-16: save it as CSV in UTF-8")]
    Utf16,
    #[error("the first line names no columns that are told apart by a comma, a semicolon or a tab")]
    NoColumns,
    #[error("the file has more than {MOST_COLUMNS} columns")]
    TooManyColumns,
    #[error("the file has more than {MOST_ROWS} rows: split it")]
    TooManyRows,
}

/// What stands between two columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delimiter {
    Comma,
    Semicolon,
    Tab,
}

impl Delimiter {
    #[must_use]
    pub const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }
}

/// The text of a file in UTF-8, with or without its mark, or in Windows-1252, as older spreadsheets save
/// it; and what stands between its columns.
///
/// # Errors
/// [`FileError`] for what is no text or no table.
pub fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Delimiter), FileError> {
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(FileError::TooLarge);
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(FileError::Utf16);
    }
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    let control = |b: &u8| *b < b' ' && !matches!(b, b'\t' | b'\r' | b'\n');
    if bytes.iter().any(control) {
        return Err(FileError::NotText);
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(
            bytes.iter().map(|b| windows_1252(*b)).collect::<Option<String>>().ok_or(FileError::NotText)?,
        ),
    };
    let delimiter = delimiter(&text)?;
    Ok((text, delimiter))
}

/// The mark that stands most often in the first line, outside of quotes.
fn delimiter(text: &str) -> Result<Delimiter, FileError> {
    let first = text.lines().find(|line| !line.trim().is_empty()).ok_or(FileError::Empty)?;
    let mut counts = [(Delimiter::Comma, 0), (Delimiter::Semicolon, 0), (Delimiter::Tab, 0)];
    let mut quoted = false;
    for byte in first.bytes() {
        quoted ^= byte == b'"';
        for (delimiter, count) in &mut counts {
            *count += usize::from(!quoted && byte == delimiter.byte());
        }
    }
    let most = counts.into_iter().rev().max_by_key(|(_, count)| *count);
    match most {
        Some((delimiter, 1..)) => Ok(delimiter),
        _ => Err(FileError::NoColumns),
    }
}

/// A byte of Windows-1252; five of the 256 mean nothing.
fn windows_1252(byte: u8) -> Option<char> {
    const HIGH: [char; 32] = [
        '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’',
        '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH.get(usize::from(byte - 0x80)).copied().filter(|c| *c != '\0'),
        _ => Some(char::from(byte)),
    }
}

/// What makes a spreadsheet run a cell.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A cell that no spreadsheet runs: an apostrophe before what would begin a formula.
#[must_use]
pub fn harmless(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(FORMULA) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// A cell as it was before [`harmless`], without the space around it.
#[must_use]
pub fn reading(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(FORMULA) => rest.trim(),
        _ => cell.trim(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(bytes: &[u8]) -> Result<(String, Delimiter), FileError> {
        decode(bytes).map(|(text, delimiter)| (text.into_owned(), delimiter))
    }

    #[test]
    fn texts_in_their_alphabets() {
        let comma = |text: &str| Ok((text.to_owned(), Delimiter::Comma));
        assert_eq!(read(b"a,b"), comma("a,b"));
        assert_eq!(read(b"\xef\xbb\xbfa,b"), comma("a,b"));
        assert_eq!(read("é,b".as_bytes()), comma("é,b"));
        assert_eq!(read(b"caf\xe9,\x80"), comma("café,€"));
        assert_eq!(read(b"caf\xe9,\x81"), Err(FileError::NotText));
        assert_eq!(read(b"\xff\xfea\0,\0"), Err(FileError::Utf16));
        assert_eq!(read(b"PK\x03\x04a,b"), Err(FileError::NotText));
        assert_eq!(read(b""), Err(FileError::Empty));
        assert_eq!(read(b"\n \n"), Err(FileError::Empty));
        assert_eq!(read(b"one column\n1"), Err(FileError::NoColumns));
    }

    #[test]
    fn columns_are_told_apart() {
        for (text, expected) in [
            ("a;b;c", Delimiter::Semicolon),
            ("a\tb", Delimiter::Tab),
            ("\"a;b;c\",d", Delimiter::Comma),
            ("a,b;c,d", Delimiter::Comma),
        ] {
            assert_eq!(decode(text.as_bytes()).map(|(_, d)| d), Ok(expected), "{text}");
        }
    }

    #[test]
    fn formulas_are_text() {
        for cell in ["=cmd|' /C calc'!A0", "+1", "-1.5", "@SUM(A1)", "\tx"] {
            assert!(harmless(cell).starts_with('\''), "{cell}");
        }
        assert_eq!(harmless("0.23"), "0.23");
        assert_eq!(reading(" '-1.5"), "'-1.5");
        assert_eq!(reading("'-1.5 "), "-1.5");
        assert_eq!(reading("'tis"), "'tis");
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>) {
            let _ = decode(&bytes);
        }

        #[test]
        fn what_was_made_harmless_reads_as_before(cell in "[=+@0-9a-z.' -]{0,12}") {
            // A cell that brings the apostrophe itself reads without it; only such a cell changes.
            prop_assume!(!cell.starts_with('\''));
            let written = harmless(&cell);
            prop_assert_eq!(reading(&written), cell.trim());
        }
    }
}
