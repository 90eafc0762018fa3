//! Pieces, goods that are alike and products, from any table: which column is which, how its figures are read, what
//! a row brings, and whether the whole looks right.

mod field;
mod figures;
mod guess;
mod plan;
mod row;
mod shopify;
mod survey;
mod words;

#[cfg(test)]
mod tests;

pub use field::GoodsField;
pub use figures::{ColumnFigures, DecimalMark, Reading};
pub use guess::{looks_like_shopify, plain_name};
pub use plan::{CheckedGoods, FieldSource, GoodsPlan};
pub use row::GoodsReader;
pub use survey::{Survey, Surveyed, Warning};
