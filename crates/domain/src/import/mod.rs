//! Goods that come as a file: what its columns mean, which of its rows are goods, which row is which piece, and how
//! they enter the books. See `rules.md#importing`.

mod any_plan;
mod arrange;
mod column;
mod file;
mod goods;
mod identity;
mod incoming;
mod kind;
mod mapping;
mod plan;
mod receive;
mod row;
mod view;
mod words;

pub use any_plan::{CheckedImport, ImportPlan, RowReader};
pub use arrange::{Arranged, arrange};
pub use column::{StoneColumn, guess};
pub use file::{
    Alphabet, Decoded, Delimiter, FileError, LARGEST_FILE, MOST_COLUMNS, MOST_ROWS, decode, harmless, reading,
};
pub use goods::{
    CheckedGoods, ColumnFigures, DecimalMark, FieldSource, GoodsField, GoodsPlan, GoodsReader, Reading,
    Survey, Surveyed, Warning, looks_like_shopify,
};
pub use identity::{Identities, RowKey};
pub use incoming::{Incoming, NamedVariation, RowRead, Stock};
pub use kind::ImportKind;
pub use mapping::columns_digest;
pub use plan::{CheckedPlan, StonePlan};
pub use receive::{Arrival, Receipt, Received, Tagged, receive};
pub use row::LONGEST_MEASURE_UM;
pub use view::{
    BadRow, BadRows, DeleteMapping, ImportCounts, ImportOutcome, ImportPreview, ImportState, ImportView,
    Imported, MappingContent, PreviewPiece, PreviewRow, SaveMapping, SavedMapping, StartImport,
};
