//! An import as a screen and the command line see it.

use super::goods::Surveyed;
use super::{Alphabet, ImportKind, ImportPlan, RowRead, Stock};
use crate::field::FieldError;
use crate::ids::{CommandId, ImportId, MappingId, StoreId};
use crate::item::{Lot, PieceDetails};
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// What became of the rows so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ImportCounts {
    pub imported: u64,
    pub rejected: u64,
    /// Rows that an earlier run brought in.
    pub already_there: u64,
    /// Rows that are not meant to come in: drafts, pictures, what was sold.
    #[serde(default)]
    pub left_out: u64,
    /// All rows of the file.
    pub rows: u64,
}

impl ImportCounts {
    /// Rows that are dealt with.
    #[must_use]
    pub const fn done(&self) -> u64 {
        self.imported + self.rejected + self.already_there + self.left_out
    }
}

/// The last line of the command, which other programs read.
impl std::fmt::Display for ImportCounts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "imported {}, rejected {}, already there {}",
            self.imported, self.rejected, self.already_there
        )?;
        match self.left_out {
            0 => Ok(()),
            rows => write!(f, ", left out {rows}"),
        }
    }
}

/// An import that came to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    pub counts: ImportCounts,
    /// The rejected rows as CSV with their line and their reasons, to be mended and brought in again; empty
    /// where there are none.
    pub rejects: Vec<u8>,
}

/// What a row of a preview would become.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewPiece {
    pub details: PieceDetails,
    pub price: Money,
    pub cost: Money,
    pub lot: Option<Lot>,
    /// Number of the style it is one of.
    pub style: Option<String>,
    /// There is none of it: it only tells of a variation.
    pub nothing: bool,
}

/// One row of a file as the piece it would become, or why it would not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewRow {
    pub line: u64,
    pub cells: Vec<String>,
    pub piece: Option<PreviewPiece>,
    pub reasons: Vec<FieldError>,
    pub left_out: bool,
}

impl PreviewRow {
    #[must_use]
    pub fn of(line: u64, cells: &[String], read: Option<RowRead>) -> Self {
        let mut row = Self { line, cells: cells.to_vec(), piece: None, reasons: Vec::new(), left_out: false };
        match read {
            None => {}
            Some(RowRead::Good(good)) => {
                row.piece = Some(PreviewPiece {
                    lot: good.stock.lot(),
                    nothing: good.stock == Stock::Nothing,
                    style: good.variation.map(|variation| variation.style),
                    details: good.details,
                    price: good.price,
                    cost: good.cost,
                });
            }
            Some(RowRead::Bad(reasons)) => row.reasons = reasons,
            Some(RowRead::LeftOut(reason)) => {
                row.left_out = true;
                row.reasons = reason.into_iter().collect();
            }
        }
        row
    }
}

/// A file, what would become of it, and what is still to be said about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPreview {
    pub file: String,
    pub rows: u64,
    pub headers: Vec<String>,
    pub alphabet: Alphabet,
    pub plan: ImportPlan,
    pub first: Vec<PreviewRow>,
    /// What is missing or said twice, by field.
    pub missing: Vec<FieldError>,
    /// Over the whole file; of stones, nothing is looked at before.
    pub surveyed: Option<Surveyed>,
    /// The file has the columns of Shopify's products, and something else was chosen.
    pub looks_like_shopify: bool,
    /// Mappings that were saved for such files, those that fit this file first.
    pub mappings: Vec<SavedMapping>,
}

/// A mapping under its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedMapping {
    pub id: MappingId,
    pub name: String,
    pub kind: ImportKind,
    /// It was saved for a file with exactly these columns.
    pub fits: bool,
    pub version: i64,
}

/// Saves how the columns of a file are to be read under a name, or under another name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveMapping {
    pub command_id: CommandId,
    /// `None` for one that is new.
    pub mapping_id: Option<MappingId>,
    pub name: String,
    /// `None` when only the name changes.
    pub content: Option<MappingContent>,
}

/// How the columns of a file are read, with the names of its columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappingContent {
    pub plan: super::GoodsPlan,
    pub headers: Vec<String>,
}

/// Throws a mapping away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeleteMapping {
    pub command_id: CommandId,
    pub mapping_id: MappingId,
}

/// A row that did not come in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadRow {
    pub line: u64,
    pub reason: String,
    /// The beginning of the row.
    pub cells: Vec<String>,
}

/// Some of the rows that did not come in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadRows {
    pub rows: Vec<BadRow>,
    pub count: u64,
}

/// How an import ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImportOutcome {
    Finished,
    /// It stopped in the middle; what came in stays, and running it again brings the rest.
    Stopped(String),
}

/// Where the import of a store stands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum ImportState {
    #[default]
    None,
    /// A file lies ready.
    Waiting(ImportId, String),
    Running(ImportId, String, ImportCounts),
    Ended(ImportId, String, ImportCounts, ImportOutcome),
}

/// What the import page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportView {
    pub store: StoreId,
    pub store_name: String,
    pub state: ImportState,
    pub preview: Option<ImportPreview>,
}

/// Brings in the rows of a file that lies ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartImport {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub import_id: ImportId,
    pub plan: ImportPlan,
}
