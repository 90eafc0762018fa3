//! Drawing document numbers. The row is locked until the commit, so numbers have no gaps.

use crate::entity::series;
use crate::error::DbError;
use crate::tx::WriteTx;
use domain::series::SeriesKind;
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use uuid::Uuid;

/// Draws the next `count` numbers of a series and gives the first of them. A series begins at 1.
///
/// # Errors
/// [`DbError`]
pub async fn draw(tx: &WriteTx, kind: SeriesKind, owner: Uuid, count: i64) -> Result<i64, DbError> {
    let upsert = Query::insert()
        .into_table(series::Entity)
        .columns([series::Column::Kind, series::Column::Owner, series::Column::NextNo])
        .values_panic([kind.code().into(), owner.into(), (1 + count).into()])
        .on_conflict(
            OnConflict::columns([series::Column::Kind, series::Column::Owner])
                .value(series::Column::NextNo, Expr::col((series::Entity, series::Column::NextNo)).add(count))
                .to_owned(),
        )
        .returning_col(series::Column::NextNo)
        .to_owned();
    let row = tx.tx.query_one(&upsert).await?;
    let next: i64 = row
        .ok_or_else(|| DbError::corrupt("a series without a number"))?
        .try_get("", "next_no")
        .map_err(DbError::from)?;
    Ok(next - count)
}
