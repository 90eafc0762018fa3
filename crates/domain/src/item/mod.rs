//! Pieces: what they are, where they are, and who holds them.

mod describe;
mod edit;
mod find;
mod piece;
mod status;
mod stone;
mod view;

pub use describe::{describe, describe_stone, search_tokens};
pub use edit::{CheckedItem, MOST_STONES, SaveItem, StockSource, TypedItem, TypedStone};
pub use find::{FindWord, find_words, still_typing};
pub use piece::{CostShown, Item, ItemKind, Karat, Metal, PieceDetails, ShownItem};
pub use status::{Holder, ItemMove, ItemStatus, MoveError, transitions};
pub use stone::{
    CaratMilli, Stone, StoneKind, StoneOrigin, StoneShape, millimeters, parse_measures, show_measures,
};
pub use view::{Aside, ItemFilter, ItemPage, ItemTotals, MoveLine, SetAside};
