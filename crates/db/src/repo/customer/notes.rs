//! What people wrote down about a customer.

use super::known_as;
use crate::convert::instant;
use crate::entity::customer_note;
use crate::error::DbError;
use crate::repo::audit;
use crate::tx::{Read, WriteTx};
use chrono::{DateTime, Utc};
use domain::customer::CustomerNote;
use domain::ids::{CustomerId, EventId, PersonId};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

/// How many entries this very card has.
///
/// # Errors
/// [`DbError`]
pub async fn count_notes(db: &impl Read, id: CustomerId) -> Result<u64, DbError> {
    let of_card = customer_note::Entity::find().filter(customer_note::Column::CustomerId.eq(id.0));
    Ok(of_card.count(db.conn()).await?)
}

/// The newest entries about a customer, those on merged cards too.
///
/// # Errors
/// [`DbError`]
pub async fn list_notes(db: &impl Read, id: CustomerId, limit: u64) -> Result<Vec<CustomerNote>, DbError> {
    let rows = customer_note::Entity::find()
        .filter(customer_note::Column::CustomerId.in_subquery(known_as(id)))
        .order_by_desc(customer_note::Column::WrittenAt)
        .order_by_desc(customer_note::Column::Id)
        .limit(limit)
        .all(db.conn())
        .await?;
    let names = audit::names(db).await?;
    let note = |row: customer_note::Model| CustomerNote {
        by: names.get(&row.person_id).cloned().unwrap_or_default(),
        text: row.text,
        written_at: instant(row.written_at),
    };
    Ok(rows.into_iter().map(note).collect())
}

/// # Errors
/// [`DbError`]
pub async fn insert_note(
    tx: &WriteTx,
    event: EventId,
    customer: CustomerId,
    by: PersonId,
    at: DateTime<Utc>,
    text: String,
) -> Result<(), DbError> {
    let row =
        customer_note::Model { id: event.0, customer_id: customer.0, person_id: by.0, written_at: at, text };
    tx.insert_all(vec![row]).await
}
