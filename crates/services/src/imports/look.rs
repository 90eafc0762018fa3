//! What would become of a file.

use super::file::{LONGEST_SHOWN, TableFile};
use domain::field::FieldError;
use domain::import::{CheckedImport, ColumnFigures, ImportPlan, PreviewRow, Surveyed};

/// Rows that a preview shows as pieces.
const ROWS_SHOWN: usize = 10;
/// Cells of a row that a preview shows where it is no piece.
const CELLS_SHOWN: usize = 12;

/// A file under a plan.
#[derive(Debug, Clone)]
pub(super) struct Looked {
    pub missing: Vec<FieldError>,
    pub surveyed: Option<Surveyed>,
    pub first: Vec<PreviewRow>,
}

/// Looks over the whole file, or over its beginning while something is missing.
pub(super) fn look(file: &TableFile, plan: &ImportPlan, figures: &[ColumnFigures]) -> Looked {
    let (checked, missing) = match plan.check(&file.headers, file.delimiter, figures) {
        Ok(checked) => (Some(checked), Vec::new()),
        Err(missing) => (None, missing),
    };
    let mut reader = checked.as_ref().map(CheckedImport::reader);
    let first = file.rows().take(ROWS_SHOWN).map(|(line, mut cells)| {
        let read = reader.as_mut().map(|reader| reader.read(&mut cells));
        let shown: Vec<String> =
            cells.iter().take(CELLS_SHOWN).map(|cell| cell.chars().take(LONGEST_SHOWN).collect()).collect();
        PreviewRow::of(line, &shown, read)
    });
    let first = first.collect();
    Looked { missing, surveyed: checked.as_ref().and_then(|checked| survey(file, checked)), first }
}

/// What would become of all rows; of stones, nothing is looked at before.
pub(super) fn survey(file: &TableFile, checked: &CheckedImport) -> Option<Surveyed> {
    let CheckedImport::Goods(goods) = checked else { return None };
    let (mut survey, mut reader) = (goods.survey(), goods.reader());
    for (_, mut cells) in file.rows() {
        let read = reader.read(&mut cells);
        survey.note(&cells, &read);
    }
    Some(survey.finish())
}
