//! Stones that come as a file: what its columns mean, which of its rows are stones, which row is
//! which stone, and how they enter the books. See `rules.md#importing-stones`.

mod column;
mod file;
mod identity;
mod plan;
mod receive;
mod row;
mod view;
mod words;

pub use column::{StoneColumn, guess};
pub use file::{Delimiter, FileError, LARGEST_FILE, MOST_COLUMNS, MOST_ROWS, decode, harmless, reading};
pub use identity::{Identities, StoneKey};
pub use plan::{CheckedPlan, StonePlan};
pub use receive::{ImportedStone, Receipt, Received, receive};
pub use row::{LONGEST_MEASURE_UM, ReadStone};
pub use view::{
    ImportCounts, ImportOutcome, ImportState, ImportView, Imported, PreviewRow, StartImport, StonePreview,
};
