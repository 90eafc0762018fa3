//! The days through which the books are locked.

use crate::entity::legal_entity;
use crate::error::DbError;
use crate::tx::{Read, WriteTx};
use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::LegalEntityId;
use domain::ledger::BooksOf;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

fn from_row(row: legal_entity::Model) -> BooksOf {
    BooksOf { legal_entity: LegalEntityId(row.id), name: row.name, locked_through: row.locked_through }
}

/// The books of every company.
///
/// # Errors
/// [`DbError`]
pub async fn list(db: &impl Read) -> Result<Vec<BooksOf>, DbError> {
    let rows = legal_entity::Entity::find().order_by_asc(legal_entity::Column::Name).all(db.conn()).await?;
    Ok(rows.into_iter().map(from_row).collect())
}

/// The books of one company, held until their lock is changed: nobody posts to them meanwhile.
///
/// # Errors
/// [`DbError`]
pub async fn load_to_change(tx: &WriteTx, id: LegalEntityId) -> Result<Option<BooksOf>, DbError> {
    let mut query = legal_entity::Entity::find_by_id(id.0);
    if tx.locks_rows() {
        query = query.lock(sea_orm::sea_query::LockType::NoKeyUpdate);
    }
    Ok(query.one(&tx.tx).await?.map(from_row))
}

/// Locks the books through a day.
///
/// # Errors
/// [`DbError`]
pub async fn lock(
    tx: &WriteTx,
    id: LegalEntityId,
    through: NaiveDate,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    legal_entity::Entity::update_many()
        .col_expr(legal_entity::Column::LockedThrough, Expr::value(through))
        .col_expr(legal_entity::Column::LockedAt, Expr::value(at))
        .filter(legal_entity::Column::Id.eq(id.0))
        .exec(&tx.tx)
        .await?;
    Ok(())
}

/// Moves the lock back, or takes it away. The instant of the last lock stays: what is locked still was locked
/// then.
///
/// # Errors
/// [`DbError`]
pub async fn unlock(tx: &WriteTx, id: LegalEntityId, through: Option<NaiveDate>) -> Result<(), DbError> {
    legal_entity::Entity::update_many()
        .col_expr(legal_entity::Column::LockedThrough, Expr::value(through))
        .filter(legal_entity::Column::Id.eq(id.0))
        .exec(&tx.tx)
        .await?;
    Ok(())
}
