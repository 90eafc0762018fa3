//! Parked tickets, and the pieces whose hold has run out.

use crate::convert::{code, json, money, to_json};
use crate::entity::{item, parked_ticket};
use crate::error::DbError;
use crate::tx::{Read, WriteTx};
use chrono::{DateTime, Utc};
use domain::ids::{EventId, ItemId, ParkedId, PersonId, StoreId, TillId};
use domain::item::ItemStatus;
use domain::parking::{Parked, TicketState};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

fn read(row: parked_ticket::Model) -> Result<Parked, DbError> {
    Ok(Parked {
        id: ParkedId(row.id),
        store_id: StoreId(row.store_id),
        till_id: TillId(row.till_id),
        parked_by: PersonId(row.parked_by),
        parked_at: row.parked_at,
        label: row.label,
        total: money(row.total_minor),
        held_until: row.held_until,
        ticket: json(&row.ticket)?,
        state: code(&row.state)?,
    })
}

/// # Errors
/// [`DbError`]
pub async fn insert(tx: &WriteTx, parked: &Parked) -> Result<(), DbError> {
    let pieces = parked.ticket.lines.len() + parked.ticket.returns.len();
    let row = parked_ticket::Model {
        id: parked.id.0,
        store_id: parked.store_id.0,
        till_id: parked.till_id.0,
        parked_by: parked.parked_by.0,
        parked_at: parked.parked_at,
        label: parked.label.clone(),
        pieces: i64::try_from(pieces).map_err(DbError::corrupt)?,
        total_minor: parked.total.minor(),
        held_until: parked.held_until,
        ticket: to_json(&parked.ticket)?,
        state: parked.state.code().to_owned(),
        closed_by_event: None,
    };
    tx.insert_all(vec![row]).await
}

/// One ticket as it stands; whoever else wants to open it waits.
///
/// # Errors
/// [`DbError`]
pub async fn load(tx: &WriteTx, id: ParkedId) -> Result<Option<Parked>, DbError> {
    let mut query = parked_ticket::Entity::find_by_id(id.0);
    if tx.locks_rows() {
        query = query.lock_exclusive();
    }
    query.one(&tx.tx).await?.map(read).transpose()
}

/// Takes a ticket out of the list.
///
/// # Errors
/// [`DbError::Conflict`] when somebody did so meanwhile.
pub async fn close(tx: &WriteTx, id: ParkedId, state: TicketState, event: EventId) -> Result<(), DbError> {
    let update = parked_ticket::Entity::update_many()
        .col_expr(parked_ticket::Column::State, Expr::value(state.code()))
        .col_expr(parked_ticket::Column::ClosedByEvent, Expr::value(Some(event.0)))
        .filter(parked_ticket::Column::Id.eq(id.0))
        .filter(parked_ticket::Column::State.eq(TicketState::Parked.code()));
    match update.exec(&tx.tx).await?.rows_affected {
        1 => Ok(()),
        _ => Err(DbError::Conflict("a parked ticket was opened meanwhile".to_owned())),
    }
}

/// A line of the list, without what stands on the ticket.
#[derive(Debug, Clone)]
pub struct ParkedLine {
    pub id: ParkedId,
    pub till_id: TillId,
    pub parked_by: PersonId,
    pub parked_at: DateTime<Utc>,
    pub label: String,
    pub pieces: i64,
    pub total: domain::money::Money,
    pub held_until: DateTime<Utc>,
}

/// What is parked in a store, the oldest first.
///
/// # Errors
/// [`DbError`]
pub async fn list(db: &impl Read, store: StoreId, limit: u64) -> Result<Vec<ParkedLine>, DbError> {
    use parked_ticket::Column as C;
    type Row = (Uuid, Uuid, Uuid, DateTime<Utc>, String, i64, i64, DateTime<Utc>);
    let rows: Vec<Row> = parked_ticket::Entity::find()
        .filter(C::StoreId.eq(store.0))
        .filter(C::State.eq(TicketState::Parked.code()))
        .order_by_asc(C::ParkedAt)
        .limit(limit)
        .select_only()
        .columns([
            C::Id,
            C::TillId,
            C::ParkedBy,
            C::ParkedAt,
            C::Label,
            C::Pieces,
            C::TotalMinor,
            C::HeldUntil,
        ])
        .into_tuple()
        .all(db.conn())
        .await?;
    let line = |(id, till, by, parked_at, label, pieces, total, held_until): Row| ParkedLine {
        id: ParkedId(id),
        till_id: TillId(till),
        parked_by: PersonId(by),
        parked_at,
        label,
        pieces,
        total: money(total),
        held_until,
    };
    Ok(rows.into_iter().map(line).collect())
}

/// The label of a ticket that is still parked.
///
/// # Errors
/// [`DbError`]
pub async fn label(db: &impl Read, id: Uuid) -> Result<Option<String>, DbError> {
    let query = parked_ticket::Entity::find_by_id(id)
        .filter(parked_ticket::Column::State.eq(TicketState::Parked.code()))
        .select_only()
        .column(parked_ticket::Column::Label);
    Ok(query.into_tuple().one(db.conn()).await?)
}

/// Pieces of a store whose hold has run out, and that nobody has put back yet.
///
/// # Errors
/// [`DbError`]
pub async fn ran_out(
    db: &impl Read,
    store: StoreId,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<ItemId>, DbError> {
    let ids: Vec<Uuid> = item::Entity::find()
        .filter(item::Column::StoreId.eq(store.0))
        .filter(item::Column::Status.eq(ItemStatus::Reserved.code()))
        .filter(item::Column::HeldUntil.lt(now))
        .order_by_asc(item::Column::HeldUntil)
        .limit(limit)
        .select_only()
        .column(item::Column::Id)
        .into_tuple()
        .all(db.conn())
        .await?;
    Ok(ids.into_iter().map(ItemId).collect())
}
