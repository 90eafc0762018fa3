//! An import as a screen and the command line see it.

use super::StonePlan;
use crate::field::FieldError;
use crate::ids::{CommandId, ImportId, StoreId};
use crate::item::PieceDetails;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// What became of the rows so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ImportCounts {
    pub imported: u64,
    pub rejected: u64,
    /// Stones that an earlier run brought in.
    pub already_there: u64,
    /// All rows of the file.
    pub rows: u64,
}

impl ImportCounts {
    /// Rows that are dealt with.
    #[must_use]
    pub const fn done(&self) -> u64 {
        self.imported + self.rejected + self.already_there
    }
}

/// The last line of the command, which other programs read.
impl std::fmt::Display for ImportCounts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "imported {}, rejected {}, already there {}",
            self.imported, self.rejected, self.already_there
        )
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

/// One row of a file as the piece it would become, or why it would not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewRow {
    pub line: u64,
    pub cells: Vec<String>,
    pub piece: Option<(PieceDetails, Money, Money)>,
    pub reasons: Vec<FieldError>,
}

/// The beginning of a file, and what is still to be said about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StonePreview {
    pub file: String,
    pub rows: u64,
    pub headers: Vec<String>,
    pub plan: StonePlan,
    pub first: Vec<PreviewRow>,
    /// What is missing or said twice, by field.
    pub missing: Vec<FieldError>,
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
    pub preview: Option<StonePreview>,
}

/// Brings in the stones of a file that lies ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartImport {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub import_id: ImportId,
    pub plan: StonePlan,
}
