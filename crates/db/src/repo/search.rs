//! Find as you type: words by their beginning.

use crate::entity::search_term;
use crate::error::DbError;
use crate::tx::{Read, WriteTx};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

/// What kind of thing a word finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    Item,
    Customer,
}

impl Found {
    const fn code(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::Customer => "customer",
        }
    }
}

/// Replaces the words a thing is found by.
///
/// # Errors
/// [`DbError`]
pub async fn replace(tx: &WriteTx, kind: Found, id: Uuid, tokens: &[String]) -> Result<(), DbError> {
    search_term::Entity::delete_many().filter(search_term::Column::EntityId.eq(id)).exec(&tx.tx).await?;
    insert(tx, kind, tokens.iter().map(|token| (id, token.clone()))).await
}

/// # Errors
/// [`DbError`]
pub async fn insert(
    tx: &WriteTx,
    kind: Found,
    words: impl Iterator<Item = (Uuid, String)>,
) -> Result<(), DbError> {
    let row = |(entity_id, token)| search_term::Model { kind: kind.code().to_owned(), token, entity_id };
    tx.insert_all(words.map(row).collect()).await
}

/// The words as one text, each with a space before it, so that `LIKE '% word%'` finds beginnings.
#[must_use]
pub fn search_text(tokens: &[String]) -> String {
    tokens.iter().flat_map(|token| [" ", token.as_str()]).collect()
}

/// The rarest of the words: the one to look up first.
///
/// # Errors
/// [`DbError`]
pub(crate) async fn rarest<'w>(
    db: &impl Read,
    kind: Found,
    words: &'w [String],
) -> Result<Option<&'w String>, DbError> {
    /// Counting further does not change which word is rarer by enough to matter.
    const COUNT_TO: u64 = 2_000;
    let mut rarest: Option<(&String, u64)> = None;
    for word in words {
        let few = search_term::Entity::find().filter(begins_with(kind, word)).limit(COUNT_TO);
        let count = few.count(db.conn()).await?;
        if rarest.is_none_or(|(_, least)| count < least) {
            rarest = Some((word, count));
        }
    }
    Ok(rarest.map(|(word, _)| word))
}

/// The range of words that begin with `word`, in the order of bytes on both databases.
pub(crate) fn begins_with(kind: Found, word: &str) -> sea_orm::sea_query::SimpleExpr {
    search_term::Column::Kind
        .eq(kind.code())
        .and(search_term::Column::Token.gte(word))
        .and(search_term::Column::Token.lt(format!("{word}\u{10ffff}")))
}
