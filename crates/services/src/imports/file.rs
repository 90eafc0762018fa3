//! A table as it was handed in, and the rows of it that are handed back.

use csv::{ReaderBuilder, StringRecord, WriterBuilder};
use domain::field::FieldError;
use domain::import::{
    Alphabet, BadRow, BadRows, ColumnFigures, Delimiter, FileError, MOST_COLUMNS, MOST_ROWS, decode,
    harmless, reading,
};
use std::sync::Arc;

/// A table in text, read into memory, with the names of its columns.
#[derive(Debug, Clone)]
pub struct TableFile {
    /// What the person calls it.
    pub name: String,
    pub headers: Vec<String>,
    /// How many rows follow the first line.
    pub rows: u64,
    pub delimiter: Delimiter,
    pub alphabet: Alphabet,
    text: Arc<str>,
}

/// Of the name of a column, as much as anybody reads.
const LONGEST_HEADER: usize = 120;

/// The columns that stand before the others in a file of rejected rows.
const LINE: &str = "Line in the file";
const REASON: &str = "Reason";

impl TableFile {
    /// # Errors
    /// [`FileError`] when the bytes are no table, or one too large.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, FileError> {
        let decoded = decode(bytes)?;
        let mut file = Self {
            name: name.to_owned(),
            headers: Vec::new(),
            rows: 0,
            delimiter: decoded.delimiter,
            alphabet: decoded.alphabet,
            text: decoded.text.into(),
        };
        let mut reader = file.reader();
        let headers = reader.headers().map_err(|_| FileError::NotText)?;
        if headers.len() > MOST_COLUMNS {
            return Err(FileError::TooManyColumns);
        }
        let headers =
            headers.iter().map(|name| reading(name).chars().take(LONGEST_HEADER).collect()).collect();
        let rows =
            rows(reader).take(usize::try_from(MOST_ROWS).unwrap_or(usize::MAX).saturating_add(1)).count();
        (file.headers, file.rows) = (headers, rows as u64);
        if file.rows > MOST_ROWS {
            return Err(FileError::TooManyRows);
        }
        if file.rows == 0 {
            return Err(FileError::Empty);
        }
        Ok(file)
    }

    fn reader(&self) -> csv::Reader<&[u8]> {
        ReaderBuilder::new().delimiter(self.delimiter.byte()).flexible(true).from_reader(self.text.as_bytes())
    }

    /// What the figures of each column say about their decimals.
    pub fn figures(&self) -> Vec<ColumnFigures> {
        let mut figures = vec![ColumnFigures::default(); self.headers.len()];
        for (_, cells) in self.rows() {
            cells.iter().zip(&mut figures).for_each(|(cell, figures)| figures.note(reading(cell)));
        }
        figures
    }

    /// Every row with its line in the file. Rows in which nothing stands are left out.
    pub fn rows(&self) -> impl Iterator<Item = (u64, Vec<String>)> + Send + '_ {
        rows(self.reader())
    }
}

fn rows(reader: csv::Reader<&[u8]>) -> impl Iterator<Item = (u64, Vec<String>)> + Send {
    // The text is in UTF-8 and rows may differ in length: nothing is left that could fail.
    reader.into_records().filter_map(Result::ok).filter(|row| !is_blank(row)).map(|row| {
        let line = row.position().map_or(0, csv::Position::line);
        (line, row.iter().map(str::to_owned).collect())
    })
}

fn is_blank(row: &StringRecord) -> bool {
    row.iter().all(|cell| cell.trim().is_empty())
}

/// The rows that did not come in, as a file that can be mended and brought in again.
#[derive(Debug)]
pub struct Rejects {
    delimiter: Delimiter,
    /// How many columns of the file are ours already: it was such a file itself.
    ours: usize,
    headers: Vec<String>,
    rows: Vec<(u64, String, Vec<String>)>,
}

impl Rejects {
    pub fn of(file: &TableFile) -> Self {
        let ours = match file.headers.as_slice() {
            [line, reason, ..] if line == LINE && reason == REASON => 2,
            _ => 0,
        };
        Self { delimiter: file.delimiter, ours, headers: file.headers.clone(), rows: Vec::new() }
    }

    pub fn add(&mut self, line: u64, reasons: &[FieldError], cells: Vec<String>) {
        let reasons: Vec<String> =
            reasons.iter().map(|reason| format!("{}: {}", reason.field, reason.message)).collect();
        self.rows.push((line, reasons.join("; "), cells));
    }

    /// The file, by line; empty when every row came in.
    ///
    /// # Errors
    /// Writing to memory does not fail; an error of the table's writer is passed on.
    pub fn finish(mut self) -> Result<Vec<u8>, String> {
        if self.rows.is_empty() {
            return Ok(Vec::new());
        }
        self.rows.sort_by_key(|(line, ..)| *line);
        let mut writer =
            WriterBuilder::new().delimiter(self.delimiter.byte()).flexible(true).from_writer(Vec::new());
        let mut write = |line: &str, reason: &str, cells: &[String]| {
            let cells = cells.iter().skip(self.ours).map(String::as_str);
            for cell in [line, reason].into_iter().chain(cells) {
                writer.write_field(harmless(cell).as_ref())?;
            }
            writer.write_record(None::<&[u8]>)
        };
        write(LINE, REASON, &self.headers).map_err(|error| error.to_string())?;
        for (line, reason, cells) in &self.rows {
            write(&line.to_string(), reason, cells).map_err(|error| error.to_string())?;
        }
        writer.into_inner().map_err(|error| error.to_string())
    }
}

/// Of a row that did not come in, as much as tells which it is.
const CELLS_SHOWN: usize = 6;
pub const LONGEST_SHOWN: usize = 80;

/// A page of a file of rejected rows.
///
/// # Errors
/// [`FileError`] when it is none.
pub fn bad_rows(rejects: &[u8], offset: u64, limit: u64) -> Result<BadRows, FileError> {
    let file = TableFile::read("rejects.csv", rejects)?;
    let some = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let rows = file.rows().skip(some(offset)).take(some(limit)).map(|(_, cells)| {
        let mut cells = cells.iter().map(|cell| reading(cell).to_owned());
        BadRow {
            line: cells.next().and_then(|line| line.parse().ok()).unwrap_or(0),
            reason: cells.next().unwrap_or_default(),
            cells: cells.map(|cell| cell.chars().take(LONGEST_SHOWN).collect()).take(CELLS_SHOWN).collect(),
        }
    });
    Ok(BadRows { rows: rows.collect(), count: file.rows })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rejected_rows_can_be_brought_in_again() {
        let bytes = b"carat;note\n1;=cmd|' /C calc'!A0\n;;\n2;\"a \"\"b\"\"\"\n";
        let file = TableFile::read("list.csv", bytes).unwrap();
        let all: Vec<_> = file.rows().collect();
        assert_eq!(all.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 4]);
        let reject = |file: &TableFile| {
            let mut rejects = Rejects::of(file);
            for (line, cells) in file.rows() {
                rejects.add(line, &[FieldError::new("carat", "no; good")], cells);
            }
            String::from_utf8(rejects.finish().unwrap()).unwrap()
        };
        let first = reject(&file);
        assert_eq!(
            first,
            "Line in the file;Reason;carat;note\n2;\"carat: no; good\";1;'=cmd|' /C calc'!A0\n\
             4;\"carat: no; good\";2;\"a \"\"b\"\"\"\n"
        );
        let again = TableFile::read("rejects.csv", first.as_bytes()).unwrap();
        assert_eq!(again.headers.len(), 4);
        assert_eq!(reject(&again).lines().next(), first.lines().next());
        let page = bad_rows(first.as_bytes(), 1, 5).unwrap();
        assert_eq!((page.count, page.rows.len(), page.rows[0].line), (2, 1, 4));
        assert_eq!((page.rows[0].reason.as_str(), page.rows[0].cells[0].as_str()), ("carat: no; good", "2"));
    }

    #[test]
    fn hostile_files_are_refused_in_a_sentence() {
        let refusal = |bytes: &[u8]| TableFile::read("x", bytes).map(|file| file.rows);
        assert_eq!(refusal(b""), Err(FileError::Empty));
        assert_eq!(refusal(b"carat,price\n"), Err(FileError::Empty));
        assert_eq!(refusal(b"\x7fELF\x00\x01"), Err(FileError::NotText));
        assert_eq!(refusal(",".repeat(MOST_COLUMNS).as_bytes()), Err(FileError::TooManyColumns));
        assert_eq!(refusal("x".repeat(1_000_000).as_bytes()), Err(FileError::NoColumns));
        let open_quote = format!("carat,price\n1,2\n\"{}", "x\n".repeat(100_000));
        assert_eq!(refusal(open_quote.as_bytes()), Ok(2));
        // One cell of ten megabytes is a row like another.
        let huge = format!("a,b\n1,{}\n", "x".repeat(10_000_000));
        assert_eq!(refusal(huge.as_bytes()), Ok(1));
        assert_eq!(refusal(",".repeat(5_000).as_bytes()), Err(FileError::TooManyColumns));
        assert_eq!(refusal(b"PK\x03\x04\x14\x00"), Err(FileError::Workbook));
        let many = "a,b\n".repeat(500_002);
        assert_eq!(refusal(many.as_bytes()), Err(FileError::TooManyRows));
    }
}
