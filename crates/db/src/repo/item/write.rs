//! Adding pieces and writing what is known of them.

use super::row::{item_row, stone_rows, tokens};
use crate::batch::Batch;
use crate::entity::{item, stone};
use crate::error::DbError;
use crate::repo::search::{self, Found};
use crate::tx::{Read, WriteTx};
use chrono::{DateTime, Utc};
use domain::item::Item;
use domain::vendor::CostChange;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect};
use std::collections::BTreeSet;

/// Adds pieces with their stones and search words. Their moves out of nothing are written with the
/// record of the event.
///
/// # Errors
/// [`DbError::Conflict`] when a tag is taken.
pub async fn insert_many(tx: &WriteTx, items: &[Item], now: DateTime<Utc>) -> Result<(), DbError> {
    let words: Vec<Vec<String>> = items.iter().map(tokens).collect();
    tx.insert_all(items.iter().zip(&words).map(|(item, tokens)| item_row(item, tokens, now)).collect())
        .await?;
    tx.insert_all(items.iter().flat_map(stone_rows).collect()).await?;
    let words =
        items.iter().zip(words).flat_map(|(item, tokens)| tokens.into_iter().map(|token| (item.id.0, token)));
    search::insert(tx, Found::Item, words).await
}

/// Which of these tag numbers pieces have already.
///
/// # Errors
/// [`DbError`]
pub async fn taken_tags(db: &impl Read, tags: &[String]) -> Result<BTreeSet<String>, DbError> {
    let query = item::Entity::find().select_only().column(item::Column::Tag);
    let taken: Vec<String> = query.filter(item::Column::Tag.is_in(tags)).into_tuple().all(db.conn()).await?;
    Ok(taken.into_iter().collect())
}

/// Writes what is known of a piece over what was known at `from_version`. Status and holder change
/// only by moves.
///
/// # Errors
/// [`DbError::Conflict`] when somebody else changed it meanwhile.
pub async fn update(tx: &WriteTx, item: &Item, from_version: i64, now: DateTime<Utc>) -> Result<(), DbError> {
    use item::Column as C;
    let words = tokens(item);
    let row = item_row(item, &words, now);
    let updated = item::Entity::update_many()
        .col_expr(C::Tag, Expr::value(row.tag))
        .col_expr(C::Kind, Expr::value(row.kind))
        .col_expr(C::Title, Expr::value(row.title))
        .col_expr(C::Description, Expr::value(row.description))
        .col_expr(C::Metal, Expr::value(row.metal))
        .col_expr(C::Karat, Expr::value(row.karat))
        .col_expr(C::WeightMg, Expr::value(row.weight_mg))
        .col_expr(C::PlatingNm, Expr::value(row.plating_nm))
        .col_expr(C::Size, Expr::value(row.size))
        .col_expr(C::Brand, Expr::value(row.brand))
        .col_expr(C::Serial, Expr::value(row.serial))
        .col_expr(C::Location, Expr::value(row.location))
        .col_expr(C::Note, Expr::value(row.note))
        .col_expr(C::Taxability, Expr::value(row.taxability))
        .col_expr(C::PriceMinor, Expr::value(row.price_minor))
        .col_expr(C::CostMinor, Expr::value(row.cost_minor))
        .col_expr(C::ReplacementMinor, Expr::value(row.replacement_minor))
        .col_expr(C::VendorId, Expr::value(row.vendor_id))
        .col_expr(C::VendorStyle, Expr::value(row.vendor_style))
        .col_expr(C::SearchText, Expr::value(row.search_text))
        .col_expr(C::Version, Expr::col(C::Version).add(1))
        .filter(C::Id.eq(item.id.0))
        .filter(C::Version.eq(from_version))
        .exec(&tx.tx)
        .await?;
    if updated.rows_affected != 1 {
        return Err(DbError::Conflict("the piece was changed meanwhile".to_owned()));
    }
    stone::Entity::delete_many().filter(stone::Column::ItemId.eq(item.id.0)).exec(&tx.tx).await?;
    tx.insert_all(stone_rows(item).collect()).await?;
    search::replace(tx, Found::Item, item.id.0, &words).await
}

/// Writes price, place and tax of many pieces over what stood there, each over the version it was read in.
///
/// # Errors
/// [`DbError::Conflict`] when somebody else changed one of them meanwhile.
pub async fn update_many(tx: &WriteTx, items: &[Item]) -> Result<(), DbError> {
    use item::Column as C;
    let words: Vec<(&Item, Vec<String>)> = items.iter().map(|item| (item, tokens(item))).collect();
    let mut batch = Batch::new(tx);
    for (item, words) in &words {
        let update = item::Entity::update_many()
            .col_expr(C::Location, Expr::value(item.details.location.clone()))
            .col_expr(C::Taxability, Expr::value(item.taxability.code()))
            .col_expr(C::PriceMinor, Expr::value(item.price.minor()))
            .col_expr(C::SearchText, Expr::value(search::search_text(words)))
            .col_expr(C::Version, Expr::col(C::Version).add(1))
            .filter(C::Id.eq(item.id.0))
            .filter(C::Version.eq(item.version));
        batch.plan(update, 1);
    }
    batch.run(tx).await?;
    let words = words.into_iter().map(|(item, words)| (item.id.0, words));
    search::replace_many(tx, Found::Item, words.collect()).await
}

/// Writes what unique pieces cost now, each over the version it was read in.
///
/// # Errors
/// [`DbError::Conflict`] when somebody else changed one of them meanwhile.
pub async fn update_costs(tx: &WriteTx, costs: &[CostChange]) -> Result<(), DbError> {
    use item::Column as C;
    let mut batch = Batch::new(tx);
    for change in costs {
        let update = item::Entity::update_many()
            .col_expr(C::CostMinor, Expr::value(change.after.minor()))
            .col_expr(C::Version, Expr::col(C::Version).add(1))
            .filter(C::Id.eq(change.item.0))
            .filter(C::Version.eq(change.version));
        batch.plan(update, 1);
    }
    batch.run(tx).await
}
