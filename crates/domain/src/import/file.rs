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
    #[error("this is an Excel workbook: save it as CSV there and choose that file")]
    Workbook,
    #[error("the first line names no columns that are told apart by a comma, a semicolon, a tab or a bar")]
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
    Bar,
}

/// How the letters of a file are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Alphabet {
    #[default]
    Utf8,
    Utf16,
    /// Assumed: the file is not UTF-8 and bears no mark.
    Windows1252,
}

/// The text of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    pub text: Cow<'a, str>,
    pub delimiter: Delimiter,
    pub alphabet: Alphabet,
}

impl Delimiter {
    #[must_use]
    pub const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Bar => b'|',
        }
    }
}

/// The text of a file in UTF-8, with or without its mark, in UTF-16 with its mark, or else in Windows-1252, as
/// older spreadsheets save it; and what stands between its columns.
///
/// # Errors
/// [`FileError`] for what is no text or no table.
pub fn decode(bytes: &[u8]) -> Result<Decoded<'_>, FileError> {
    /// How a workbook begins, in its newer and its older form.
    const WORKBOOK: [&[u8]; 2] = [b"PK\x03\x04", &[0xd0, 0xcf, 0x11, 0xe0]];
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(FileError::TooLarge);
    }
    if WORKBOOK.iter().any(|start| bytes.starts_with(start)) {
        return Err(FileError::Workbook);
    }
    let (text, alphabet) = letters(bytes)?;
    let control = |c: char| c < ' ' && !matches!(c, '\t' | '\r' | '\n');
    if text.contains(control) {
        return Err(FileError::NotText);
    }
    let delimiter = delimiter(&text)?;
    Ok(Decoded { text, delimiter, alphabet })
}

fn letters(bytes: &[u8]) -> Result<(Cow<'_, str>, Alphabet), FileError> {
    let utf_16 = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, odd) = rest.as_chunks::<2>();
        let text = char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).collect::<Result<String, _>>();
        let text = text.ok().filter(|_| odd.is_empty()).ok_or(FileError::NotText)?;
        Ok((Cow::Owned(text), Alphabet::Utf16))
    };
    if let Some(rest) = bytes.strip_prefix(&[0xff, 0xfe]) {
        return utf_16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xfe, 0xff]) {
        return utf_16(rest, u16::from_be_bytes);
    }
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((Cow::Borrowed(text), Alphabet::Utf8)),
        Err(_) => {
            let text = bytes.iter().map(|b| windows_1252(*b)).collect::<Option<String>>();
            Ok((Cow::Owned(text.ok_or(FileError::NotText)?), Alphabet::Windows1252))
        }
    }
}

/// The mark that stands most often in the first line, outside of quotes.
fn delimiter(text: &str) -> Result<Delimiter, FileError> {
    let first = text.lines().find(|line| !line.trim().is_empty()).ok_or(FileError::Empty)?;
    let mut counts =
        [(Delimiter::Comma, 0), (Delimiter::Semicolon, 0), (Delimiter::Tab, 0), (Delimiter::Bar, 0)];
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
        decode(bytes).map(|file| (file.text.into_owned(), file.delimiter))
    }

    #[test]
    fn texts_in_their_alphabets() {
        let comma = |text: &str| Ok((text.to_owned(), Delimiter::Comma));
        assert_eq!(read(b"a,b"), comma("a,b"));
        assert_eq!(read(b"\xef\xbb\xbfa,b"), comma("a,b"));
        assert_eq!(read("é,b".as_bytes()), comma("é,b"));
        assert_eq!(read(b"caf\xe9,\x80"), comma("café,€"));
        assert_eq!(read(b"caf\xe9,\x81"), Err(FileError::NotText));
        assert_eq!(read(b"\xff\xfea\0,\0\xe9\0"), comma("a,\u{e9}"));
        assert_eq!(read(b"\xfe\xff\0a\0,\x20\xac"), comma("a,€"));
        assert_eq!(read(b"\xff\xfea\0,\0\xe9"), Err(FileError::NotText), "half a letter");
        assert_eq!(read(b"\xff\xfe\x00\xd8,\0"), Err(FileError::NotText), "half of a pair");
        assert_eq!(read(b"a,b\n1\0,2"), Err(FileError::NotText));
        assert_eq!(read(b"PK\x03\x04a,b"), Err(FileError::Workbook));
        assert_eq!(read(b"\xd0\xcf\x11\xe0\xa1"), Err(FileError::Workbook));
        assert_eq!(read(b""), Err(FileError::Empty));
        assert_eq!(read(b"\n \n"), Err(FileError::Empty));
        assert_eq!(read(b"one column\n1"), Err(FileError::NoColumns));
    }

    #[test]
    fn what_was_assumed_is_known() {
        let alphabet = |bytes| decode(bytes).map(|file| file.alphabet);
        assert_eq!(alphabet(b"a,b"), Ok(Alphabet::Utf8));
        assert_eq!(alphabet(b"\xff\xfea\0,\0"), Ok(Alphabet::Utf16));
        assert_eq!(alphabet(b"caf\xe9,b"), Ok(Alphabet::Windows1252));
    }

    #[test]
    fn columns_are_told_apart() {
        for (text, expected) in [
            ("a;b;c", Delimiter::Semicolon),
            ("a\tb", Delimiter::Tab),
            ("a|b|c;d", Delimiter::Bar),
            ("\"a;b;c\",d", Delimiter::Comma),
            ("a,b;c,d", Delimiter::Comma),
        ] {
            assert_eq!(decode(text.as_bytes()).map(|file| file.delimiter), Ok(expected), "{text}");
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
