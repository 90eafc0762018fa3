//! What stands on the open tickets of tills.

use crate::entity::ticket_lease;
use crate::error::DbError;
use crate::tx::{Read, WriteTx};
use chrono::{DateTime, Utc};
use domain::ids::{ItemId, TillId};
use domain::parking::Lease;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter};
use std::collections::BTreeMap;

/// Keeps these pieces for a till and no others, and forgets what is over for anybody. The pieces are locked. Gives how
/// many it let go.
///
/// # Errors
/// [`DbError`]
pub async fn keep(
    tx: &WriteTx,
    pieces: &[ItemId],
    lease: &Lease,
    now: DateTime<Utc>,
) -> Result<u64, DbError> {
    use ticket_lease::Column as C;
    let ids = || pieces.iter().map(|id| id.0);
    let let_go = Condition::all().add(C::TillId.eq(lease.till.0)).add(C::ItemId.is_not_in(ids()));
    let gone = ticket_lease::Entity::delete_many().filter(let_go).exec(&tx.tx).await?;
    let over = Condition::all().add(C::Until.lt(now)).add(C::ItemId.is_not_in(ids()));
    ticket_lease::Entity::delete_many().filter(over).exec(&tx.tx).await?;
    if pieces.is_empty() {
        return Ok(gone.rows_affected);
    }
    let rows = pieces.iter().map(|id| ticket_lease::Model {
        item_id: id.0,
        till_id: lease.till.0,
        until: lease.until,
        said: lease.said.clone(),
    });
    let there = OnConflict::column(C::ItemId).update_columns([C::TillId, C::Until, C::Said]).to_owned();
    ticket_lease::Entity::insert_many(rows.map(IntoActiveModel::into_active_model))
        .on_conflict(there)
        .exec_without_returning(&tx.tx)
        .await?;
    Ok(gone.rows_affected)
}

/// The open tickets that these pieces stand on.
///
/// # Errors
/// [`DbError`]
pub async fn of(
    db: &impl Read,
    pieces: impl IntoIterator<Item = ItemId>,
) -> Result<BTreeMap<ItemId, Lease>, DbError> {
    let ids = pieces.into_iter().map(|id| id.0);
    let rows =
        ticket_lease::Entity::find().filter(ticket_lease::Column::ItemId.is_in(ids)).all(db.conn()).await?;
    let lease = |row: ticket_lease::Model| {
        (ItemId(row.item_id), Lease { till: TillId(row.till_id), until: row.until, said: row.said })
    };
    Ok(rows.into_iter().map(lease).collect())
}
