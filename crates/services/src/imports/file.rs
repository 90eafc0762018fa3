//! A list of stones as it was handed in, and the rows of it that are handed back.

use csv::{ReaderBuilder, StringRecord, WriterBuilder};
use domain::field::FieldError;
use domain::import::{Delimiter, FileError, MOST_COLUMNS, MOST_ROWS, decode, harmless, reading};

/// A table in text, read into memory, with the names of its columns.
#[derive(Debug, Clone)]
pub struct StoneFile {
    /// What the person calls it.
    pub name: String,
    pub headers: Vec<String>,
    /// How many rows follow the first line.
    pub rows: u64,
    pub delimiter: Delimiter,
    text: String,
}

/// The columns that stand before the others in a file of rejected rows.
const LINE: &str = "Line in the file";
const REASON: &str = "Reason";

impl StoneFile {
    /// # Errors
    /// [`FileError`] when the bytes are no table, or one too large.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, FileError> {
        let (text, delimiter) = decode(bytes)?;
        let mut file =
            Self { name: name.to_owned(), headers: Vec::new(), rows: 0, delimiter, text: text.into_owned() };
        let mut reader = file.reader();
        let headers = reader.headers().map_err(|_| FileError::NotText)?;
        if headers.len() > MOST_COLUMNS {
            return Err(FileError::TooManyColumns);
        }
        let headers = headers.iter().map(|name| reading(name).to_owned()).collect();
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

/// The rejected rows, as a file that can be mended and brought in again.
#[derive(Debug)]
pub struct Rejects {
    writer: csv::Writer<Vec<u8>>,
    /// How many columns of the file are ours already: it was such a file itself.
    ours: usize,
    headers: Vec<String>,
    any: bool,
}

impl Rejects {
    pub fn of(file: &StoneFile) -> Self {
        let ours = match file.headers.as_slice() {
            [line, reason, ..] if line == LINE && reason == REASON => 2,
            _ => 0,
        };
        let writer =
            WriterBuilder::new().delimiter(file.delimiter.byte()).flexible(true).from_writer(Vec::new());
        Self { writer, ours, headers: file.headers.clone(), any: false }
    }

    /// # Errors
    /// Writing to memory does not fail; an error of the table's writer is passed on.
    pub fn add(&mut self, line: u64, reasons: &[FieldError], cells: &[String]) -> Result<(), csv::Error> {
        if !self.any {
            self.any = true;
            let headers = std::mem::take(&mut self.headers);
            self.write(LINE, REASON, &headers)?;
        }
        let reasons: Vec<String> =
            reasons.iter().map(|reason| format!("{}: {}", reason.field, reason.message)).collect();
        self.write(&line.to_string(), &reasons.join("; "), cells)
    }

    fn write(&mut self, line: &str, reason: &str, cells: &[String]) -> Result<(), csv::Error> {
        let cells = cells.iter().skip(self.ours).map(String::as_str);
        for cell in [line, reason].into_iter().chain(cells) {
            self.writer.write_field(harmless(cell).as_ref())?;
        }
        self.writer.write_record(None::<&[u8]>)
    }

    /// The file; empty when nothing was rejected.
    pub fn finish(self) -> Result<Vec<u8>, String> {
        self.writer.into_inner().map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rejected_rows_can_be_brought_in_again() {
        let bytes = b"carat;note\n1;=cmd|' /C calc'!A0\n;;\n2;\"a \"\"b\"\"\"\n";
        let file = StoneFile::read("list.csv", bytes).unwrap();
        let all: Vec<_> = file.rows().collect();
        assert_eq!(all.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 4]);
        let reject = |file: &StoneFile| {
            let mut rejects = Rejects::of(file);
            for (line, cells) in file.rows() {
                rejects.add(line, &[FieldError::new("carat", "no; good")], &cells).unwrap();
            }
            String::from_utf8(rejects.finish().unwrap()).unwrap()
        };
        let first = reject(&file);
        assert_eq!(
            first,
            "Line in the file;Reason;carat;note\n2;\"carat: no; good\";1;'=cmd|' /C calc'!A0\n\
             4;\"carat: no; good\";2;\"a \"\"b\"\"\"\n"
        );
        let again = StoneFile::read("rejects.csv", first.as_bytes()).unwrap();
        assert_eq!(again.headers.len(), 4);
        assert_eq!(reject(&again).lines().next(), first.lines().next());
    }

    #[test]
    fn hostile_files_are_refused_in_a_sentence() {
        let refusal = |bytes: &[u8]| StoneFile::read("x", bytes).map(|file| file.rows);
        assert_eq!(refusal(b""), Err(FileError::Empty));
        assert_eq!(refusal(b"carat,price\n"), Err(FileError::Empty));
        assert_eq!(refusal(b"\x7fELF\x00\x01"), Err(FileError::NotText));
        assert_eq!(refusal(",".repeat(MOST_COLUMNS).as_bytes()), Err(FileError::TooManyColumns));
        assert_eq!(refusal("x".repeat(1_000_000).as_bytes()), Err(FileError::NoColumns));
        let open_quote = format!("carat,price\n1,2\n\"{}", "x\n".repeat(100_000));
        assert_eq!(refusal(open_quote.as_bytes()), Ok(2));
        let many = "a,b\n".repeat(500_002);
        assert_eq!(refusal(many.as_bytes()), Err(FileError::TooManyRows));
    }
}
