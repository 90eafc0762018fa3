//! Pieces: what they are, where they are, and who holds them.

mod aside;
mod bulk;
mod describe;
mod edit;
mod find;
mod lot;
mod piece;
mod status;
mod stone;
mod view;
mod wording;

pub use aside::AsideRefusal;
pub use bulk::{
    BulkChange, BulkKind, BulkLine, BulkPreview, BulkRefusal, ChangeItems, MOST_AT_ONCE, PriceEnding,
    TypedBulk,
};
pub use describe::{describe, describe_stone, search_tokens};
pub use edit::{CheckedItem, MOST_STONES, SaveItem, StockSource, TypedItem, TypedStone};
pub use find::{FindWord, find_words, still_typing};
pub use lot::{Lot, LotMove, LotNow, LotReason, LotRefusal, Portion, Quantity, TypedQuantity, Unit};
pub use piece::{CostShown, Item, ItemKind, Karat, Metal, PieceDetails, ShownItem, account_for};
pub use status::{Holder, ItemMove, ItemStatus, MoveError, transitions};
pub use stone::{
    CaratMilli, Stone, StoneKind, StoneOrigin, StoneShape, millimeters, parse_measures, show_measures,
};
pub use view::{
    Aside, CountLot, ItemFilter, ItemPage, ItemSheet, ItemTotals, LotLine, MoveLine, ReceiveLot, SetAside,
};
pub use wording::{Wording, wording};
