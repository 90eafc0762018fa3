//! The days of a store: they open, stay open while something is recorded on them, and close.

use crate::entity::{store, store_day};
use crate::error::DbError;
use crate::repo::ledger;
use crate::tx::{Read, WriteTx};
use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::StoreId;
use domain::ledger::Digest;
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// Whether somebody changes the days and the safe of a store, or only counts on them to stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Days {
    /// Opens or closes a day, or empties the safe: one after the other.
    Change,
    /// Records something on a day, which must not be closed meanwhile.
    Stay,
}

/// Holds the days of a store until this transaction ends. On `SQLite` there is one writer and nothing to hold.
///
/// # Errors
/// [`DbError`]
pub async fn hold_days(tx: &WriteTx, id: StoreId, days: Days) -> Result<(), DbError> {
    if tx.locks_rows() {
        // Neither stands in the way of rows that refer to the store.
        let lock = match days {
            Days::Change => LockType::NoKeyUpdate,
            Days::Stay => LockType::Share,
        };
        store::Entity::find_by_id(id.0).lock(lock).one(&tx.tx).await?;
    }
    Ok(())
}

/// The open day of a store.
///
/// # Errors
/// [`DbError`]
pub async fn open_day(db: &impl Read, store: StoreId) -> Result<Option<NaiveDate>, DbError> {
    let query = store_day::Entity::find()
        .filter(store_day::Column::StoreId.eq(store.0))
        .filter(store_day::Column::ClosedAt.is_null())
        .select_only()
        .column(store_day::Column::BusinessDate);
    Ok(query.into_tuple().one(db.conn()).await?)
}

/// The last closed day of a store with the digest that sealed it.
///
/// # Errors
/// [`DbError`]
pub async fn last_closed_day(
    db: &impl Read,
    store: StoreId,
) -> Result<Option<(NaiveDate, Option<Digest>)>, DbError> {
    let query = store_day::Entity::find()
        .filter(store_day::Column::StoreId.eq(store.0))
        .filter(store_day::Column::ClosedAt.is_not_null())
        .order_by_desc(store_day::Column::BusinessDate);
    let Some(row) = query.one(db.conn()).await? else { return Ok(None) };
    Ok(Some((row.business_date, row.digest.as_deref().map(ledger::to_digest).transpose()?)))
}

/// # Errors
/// [`DbError::Conflict`] when the day was opened meanwhile.
pub async fn insert_day(
    tx: &WriteTx,
    store: StoreId,
    date: NaiveDate,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    let row = store_day::Model {
        store_id: store.0,
        business_date: date,
        opened_at: at,
        closed_at: None,
        digest: None,
    };
    tx.insert_all(vec![row]).await
}

/// # Errors
/// [`DbError`]
pub async fn close_day(
    tx: &WriteTx,
    store: StoreId,
    date: NaiveDate,
    digest: Digest,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    store_day::Entity::update_many()
        .col_expr(store_day::Column::ClosedAt, Expr::value(Some(at)))
        .col_expr(store_day::Column::Digest, Expr::value(Some(digest.0.to_vec())))
        .filter(store_day::Column::StoreId.eq(store.0))
        .filter(store_day::Column::BusinessDate.eq(date))
        .exec(&tx.tx)
        .await?;
    Ok(())
}
