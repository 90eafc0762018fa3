//! Find as you type: words by their beginning.

use crate::entity::{item, search_term};
use crate::error::DbError;
use crate::tx::{Read, WriteTx};
use chrono::{DateTime, Utc};
use domain::ids::StoreId;
use domain::item::FindWord;
use domain::item::{ItemKind, ItemStatus};
use sea_orm::sea_query::{Alias, Cond, Expr, Order, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QuerySelect,
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// What kind of thing a word finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    Item,
    Style,
    Customer,
    Vendor,
}

impl Found {
    const fn code(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::Style => "style",
            Self::Customer => "customer",
            Self::Vendor => "vendor",
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

/// The same for many things at once.
///
/// # Errors
/// [`DbError`]
pub async fn replace_many(tx: &WriteTx, kind: Found, words: Vec<(Uuid, Vec<String>)>) -> Result<(), DbError> {
    let ids = words.iter().map(|(id, _)| *id);
    search_term::Entity::delete_many().filter(search_term::Column::EntityId.is_in(ids)).exec(&tx.tx).await?;
    let each = words.into_iter().flat_map(|(id, tokens)| tokens.into_iter().map(move |token| (id, token)));
    insert(tx, kind, each).await
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

/// Which pieces a search is about, besides their words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Where<'a> {
    pub stores: &'a [StoreId],
    pub status: Option<ItemStatus>,
    pub kind: Option<ItemKind>,
    /// Only those of a variation, a vendor, a delivery.
    pub of: Option<&'a Condition>,
    /// Leaves out what lies in the case of this store.
    pub not_in_case_of: Option<StoreId>,
    /// When this is asked: a hold that has run out is none.
    pub now: DateTime<Utc>,
}

/// Pieces that have all the words, those added last first as far as the words allow, each once. Looks up the
/// rarest word and asks of each piece that has it whether it has the others: the work is bounded by the
/// rarest word, and stops when there are enough.
///
/// # Errors
/// [`DbError`]
pub(crate) async fn pieces(
    db: &impl Read,
    words: &[FindWord],
    place: Where<'_>,
    limit: u64,
) -> Result<Vec<Uuid>, DbError> {
    let Some(rarest) = rarest_word(db, words).await? else { return Ok(Vec::new()) };
    let term = Alias::new("t");
    let mut query = Query::select();
    query
        .column((term.clone(), search_term::Column::EntityId))
        .from_as(search_term::Entity, term.clone())
        .cond_where(is_word(&term, rarest))
        .order_by((term.clone(), search_term::Column::Token), Order::Desc)
        .order_by((term.clone(), search_term::Column::EntityId), Order::Desc)
        .limit(limit.saturating_mul(TERMS_PER_PIECE));
    for other in words.iter().filter(|word| *word != rarest) {
        query.and_where(Expr::exists(has_word(&term, other)));
    }
    query.and_where(Expr::exists(stands(&term, place)));
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for row in db.conn().query_all(&query).await? {
        let id: Uuid = row.try_get("", "entity_id")?;
        if seen.insert(id) {
            found.push(id);
        }
    }
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}

/// A piece whose words begin alike comes up once for each of them.
const TERMS_PER_PIECE: u64 = 3;

/// Whether the thing of a term has another word too.
fn has_word(term: &Alias, word: &FindWord) -> SelectStatement {
    let other = Alias::new("o");
    let same = Expr::col((other.clone(), search_term::Column::EntityId))
        .equals((term.clone(), search_term::Column::EntityId));
    Query::select()
        .expr(Expr::val(1))
        .from_as(search_term::Entity, other.clone())
        .and_where(same)
        .cond_where(is_word(&other, word))
        .to_owned()
}

/// Whether the piece of a term is one of those asked for.
fn stands(term: &Alias, place: Where<'_>) -> SelectStatement {
    let col = |column: item::Column| Expr::col((item::Entity, column));
    let mut which = Cond::all()
        .add(col(item::Column::Id).equals((term.clone(), search_term::Column::EntityId)))
        .add(col(item::Column::StoreId).is_in(place.stores.iter().map(|store| store.0)));
    if let Some(status) = place.status {
        which = which.add(super::item::stands_as(status, place.now));
    }
    if let Some(kind) = place.kind {
        which = which.add(col(item::Column::Kind).eq(kind.code()));
    }
    if let Some(of) = place.of {
        which = which.add(of.clone());
    }
    if let Some(store) = place.not_in_case_of {
        which = which.add(
            Cond::any()
                .add(col(item::Column::StoreId).ne(store.0))
                .add(super::item::stands_as(ItemStatus::InStock, place.now).not()),
        );
    }
    Query::select().expr(Expr::val(1)).from(item::Entity).cond_where(which).to_owned()
}

/// The terms of pieces that are this word.
fn is_word(term: &Alias, word: &FindWord) -> Cond {
    let col = |column: search_term::Column| Expr::col((term.clone(), column));
    let which = Cond::all().add(col(search_term::Column::Kind).eq(Found::Item.code()));
    match word {
        FindWord::Is(word) => which.add(col(search_term::Column::Token).eq(word.as_str())),
        FindWord::Begins(word) => which
            .add(col(search_term::Column::Token).gte(word.as_str()))
            .add(col(search_term::Column::Token).lt(format!("{word}\u{10ffff}"))),
    }
}

/// The word of pieces that the fewest have.
async fn rarest_word<'w>(db: &impl Read, words: &'w [FindWord]) -> Result<Option<&'w FindWord>, DbError> {
    /// Counting further costs more than it saves.
    const COUNT_TO: u64 = 20_000;
    if let [only] = words {
        return Ok(Some(only));
    }
    let mut rarest: Option<(&FindWord, i64)> = None;
    for word in words {
        let term = Alias::new("t");
        let few = Query::select()
            .expr(Expr::val(1))
            .from_as(search_term::Entity, term.clone())
            .cond_where(is_word(&term, word))
            .limit(COUNT_TO)
            .to_owned();
        let count = Query::select()
            .expr_as(Expr::cust("COUNT(*)"), Alias::new("n"))
            .from_subquery(few, Alias::new("few"))
            .to_owned();
        let row = db.conn().query_one(&count).await?;
        let count: i64 = row.map_or(Ok(0), |row| row.try_get("", "n"))?;
        if rarest.is_none_or(|(_, least)| count < least) {
            rarest = Some((word, count));
        }
    }
    Ok(rarest.map(|(word, _)| word))
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
