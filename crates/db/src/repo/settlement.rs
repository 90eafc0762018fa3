//! Card payments that wait at the processor, and the batches that settled them.

use crate::convert::money;
use crate::entity::{card_batch, card_batch_line, card_batch_undo};
use crate::error::DbError;
use crate::text::Sql;
use crate::tx::{Read, WriteTx};
use chrono::NaiveDate;
use domain::ids::{CardBatchId, EventId, StoreId};
use domain::money::Money;
use domain::settlement::{
    BatchLine, CardBatch, CardSlip, MOST_SLIPS, SettlementChange, SlipKey, WaitingSlip,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Every payment with a card and every refund to one: of sales, of sales that were voided, of accounts. `CROSS JOIN`
/// keeps `SQLite` at beginning with what is few.
pub(super) const SLIPS: &str = "
    SELECT s.event_id AS event_id, t.position AS position, s.store_id AS store_id, s.business_date AS day,
           t.amount_minor AS amount, s.number AS number, t.label AS label, t.reference AS reference
    FROM sale_tender t JOIN sale s ON s.id = t.sale_id WHERE t.account_code = 1030
    UNION ALL
    SELECT v.event_id, t.position, s.store_id, e.business_date, -t.amount_minor, s.number, t.label, t.reference
    FROM sale_void v CROSS JOIN sale s CROSS JOIN sale_tender t CROSS JOIN event e
    WHERE s.id = v.sale_id AND t.sale_id = s.id AND e.id = v.event_id AND t.account_code = 1030
    UNION ALL
    SELECT t.event_id, t.position, e.store_id, e.business_date, t.amount_minor, c.number, t.label, t.reference
    FROM account_tender t CROSS JOIN event e CROSS JOIN customer_credit c
    WHERE t.account_code = 1030 AND e.id = t.event_id AND c.id = t.credit_id";

/// How much of each was settled.
const SETTLED: &str = "
    SELECT slip_event_id, slip_position, SUM(amount_minor) AS amount FROM card_batch_line
    GROUP BY slip_event_id, slip_position";

#[derive(Debug, FromQueryResult)]
struct SlipRow {
    event_id: Uuid,
    position: i64,
    day: NaiveDate,
    amount: i64,
    number: String,
    label: String,
    reference: Option<String>,
}

impl From<SlipRow> for WaitingSlip {
    fn from(row: SlipRow) -> Self {
        Self {
            key: SlipKey { event: EventId(row.event_id), position: row.position },
            on: row.day,
            number: row.number,
            label: row.label,
            reference: row.reference,
            amount: money(row.amount),
        }
    }
}

/// The card payments of a store that wait.
fn waiting(sql: &mut Sql, columns: &str, store: StoreId) {
    let store = sql.put(store.0);
    sql.push(&format!(
        "SELECT {columns} FROM ({SLIPS}) p
         LEFT JOIN ({SETTLED}) d ON d.slip_event_id = p.event_id AND d.slip_position = p.position
         WHERE p.store_id = {store} AND p.amount <> COALESCE(d.amount, 0)"
    ));
}

/// The card payments of a store that wait, of a day and before, oldest first; no more than are settled at once.
///
/// # Errors
/// [`DbError`]
pub async fn list_waiting(
    db: &impl Read,
    store: StoreId,
    until: Option<NaiveDate>,
) -> Result<Vec<WaitingSlip>, DbError> {
    let mut sql = Sql::default();
    waiting(&mut sql, "p.*", store);
    if let Some(until) = until {
        let until = sql.put(until);
        sql.push(&format!(" AND p.day <= {until}"));
    }
    sql.push(&format!(" ORDER BY p.day, p.event_id, p.position LIMIT {MOST_SLIPS}"));
    let rows = SlipRow::find_by_statement(sql.statement(db)).all(db.conn()).await?;
    Ok(rows.into_iter().map(WaitingSlip::from).collect())
}

/// How many card payments of a store wait, and what they come to.
///
/// # Errors
/// [`DbError`]
pub async fn sum_waiting(db: &impl Read, store: StoreId) -> Result<(u64, Money), DbError> {
    let mut sql = Sql::default();
    waiting(&mut sql, "COUNT(*) AS n, CAST(COALESCE(SUM(p.amount), 0) AS BIGINT) AS amount", store);
    let Some(row) = db.conn().query_one_raw(sql.statement(db)).await? else { return Ok((0, Money::ZERO)) };
    let (count, amount): (i64, i64) = (row.try_get("", "n")?, row.try_get("", "amount")?);
    Ok((u64::try_from(count).map_err(DbError::corrupt)?, money(amount)))
}

#[derive(Debug, FromQueryResult)]
struct KeyRow {
    event_id: Uuid,
    position: i64,
    store_id: Uuid,
    amount: i64,
}

/// The card payments that somebody names, with how much of each waits.
///
/// # Errors
/// [`DbError`]
pub async fn load_slips(tx: &WriteTx, keys: &[SlipKey]) -> Result<Vec<CardSlip>, DbError> {
    let events: BTreeSet<Uuid> = keys.iter().take(MOST_SLIPS + 1).map(|key| key.event.0).collect();
    let mut sql = Sql::default();
    let named = sql.list(events.iter().copied());
    sql.push(&format!(
        "SELECT p.event_id, p.position, p.store_id, p.amount FROM ({SLIPS}) p WHERE p.event_id IN ({named})"
    ));
    let rows = KeyRow::find_by_statement(sql.statement(tx)).all(&tx.tx).await?;
    let lines = card_batch_line::Entity::find()
        .filter(card_batch_line::Column::SlipEventId.is_in(events))
        .all(&tx.tx)
        .await?;
    let mut settled: BTreeMap<(Uuid, i64), i64> = BTreeMap::new();
    for line in lines {
        let sum = settled.entry((line.slip_event_id, line.slip_position)).or_default();
        *sum = sum.saturating_add(line.amount_minor);
    }
    let slip = |row: KeyRow| {
        let done = settled.get(&(row.event_id, row.position)).copied().unwrap_or_default();
        Ok(CardSlip {
            key: SlipKey { event: EventId(row.event_id), position: row.position },
            store_id: StoreId(row.store_id),
            waiting: money(row.amount).minus(money(done)).map_err(DbError::corrupt)?,
        })
    };
    rows.into_iter().map(slip).collect()
}

/// The payments of a batch with their amounts, as it settled them.
///
/// # Errors
/// [`DbError`]
pub async fn slips_of_batch(db: &impl Read, id: CardBatchId) -> Result<Vec<WaitingSlip>, DbError> {
    let mut sql = Sql::default();
    let batch = sql.put(id.0);
    sql.push(&format!(
        "SELECT p.event_id, p.position, p.day, l.amount_minor AS amount, p.number, p.label, p.reference
         FROM card_batch b JOIN card_batch_line l ON l.batch_id = b.id AND l.event_id = b.event_id
         JOIN ({SLIPS}) p ON p.event_id = l.slip_event_id AND p.position = l.slip_position
         WHERE b.id = {batch} ORDER BY p.day, p.event_id, p.position"
    ));
    let rows = SlipRow::find_by_statement(sql.statement(db)).all(db.conn()).await?;
    Ok(rows.into_iter().map(WaitingSlip::from).collect())
}

fn batch(row: card_batch::Model) -> CardBatch {
    CardBatch {
        id: CardBatchId(row.id),
        store_id: StoreId(row.store_id),
        arrived_on: row.arrived_on,
        settled_on: row.settled_on,
        gross: money(row.gross_minor),
        fee: money(row.fee_minor),
        reference: row.reference,
    }
}

/// The batches with how many payments each settled, and why it was undone.
async fn described(db: &impl Read, rows: Vec<card_batch::Model>) -> Result<Vec<BatchLine>, DbError> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let counts: Vec<(Uuid, Uuid, i64)> = card_batch_line::Entity::find()
        .filter(card_batch_line::Column::BatchId.is_in(ids.clone()))
        .select_only()
        .columns([card_batch_line::Column::BatchId, card_batch_line::Column::EventId])
        .column_as(card_batch_line::Column::SlipEventId.count(), "n")
        .group_by(card_batch_line::Column::BatchId)
        .group_by(card_batch_line::Column::EventId)
        .into_tuple()
        .all(db.conn())
        .await?;
    let counts: BTreeMap<(Uuid, Uuid), i64> =
        counts.into_iter().map(|(batch, event, count)| ((batch, event), count)).collect();
    let undone = card_batch_undo::Entity::find()
        .filter(card_batch_undo::Column::BatchId.is_in(ids))
        .all(db.conn())
        .await?;
    let mut undone: BTreeMap<Uuid, String> =
        undone.into_iter().map(|row| (row.batch_id, row.reason)).collect();
    let line = |row: card_batch::Model| BatchLine {
        event: EventId(row.event_id),
        count: counts.get(&(row.id, row.event_id)).copied().unwrap_or_default(),
        undone: undone.remove(&row.id),
        batch: batch(row),
    };
    Ok(rows.into_iter().map(line).collect())
}

/// A page of the batches of a store, newest first, and how many there are.
///
/// # Errors
/// [`DbError`]
pub async fn list_batches(
    db: &impl Read,
    store: StoreId,
    offset: u64,
    limit: u64,
) -> Result<(Vec<BatchLine>, u64), DbError> {
    let of_store = card_batch::Entity::find().filter(card_batch::Column::StoreId.eq(store.0));
    let count = of_store.clone().count(db.conn()).await?;
    let rows = of_store
        .order_by_desc(card_batch::Column::SettledOn)
        .order_by_desc(card_batch::Column::Id)
        .offset(offset)
        .limit(limit)
        .all(db.conn())
        .await?;
    Ok((described(db, rows).await?, count))
}

/// # Errors
/// [`DbError`]
pub async fn find_batch(db: &impl Read, id: CardBatchId) -> Result<Option<BatchLine>, DbError> {
    let rows = card_batch::Entity::find_by_id(id.0).all(db.conn()).await?;
    Ok(described(db, rows).await?.into_iter().next())
}

/// Writes what was settled or undone; its event is written already.
///
/// # Errors
/// [`DbError::Conflict`] for a batch that was undone meanwhile.
pub async fn insert(tx: &WriteTx, change: &SettlementChange, event: EventId) -> Result<(), DbError> {
    let line = |batch: CardBatchId, (key, amount): &(SlipKey, Money)| card_batch_line::Model {
        event_id: event.0,
        slip_event_id: key.event.0,
        slip_position: key.position,
        batch_id: batch.0,
        amount_minor: amount.minor(),
    };
    let (id, slips) = match change {
        SettlementChange::Settled { batch, slips } => {
            let row = card_batch::Model {
                id: batch.id.0,
                store_id: batch.store_id.0,
                event_id: event.0,
                arrived_on: batch.arrived_on,
                settled_on: batch.settled_on,
                gross_minor: batch.gross.minor(),
                fee_minor: batch.fee.minor(),
                reference: batch.reference.clone(),
            };
            tx.insert_all(vec![row]).await?;
            (batch.id, slips)
        }
        SettlementChange::Undone { batch, on, reason, slips } => {
            let row = card_batch_undo::Model {
                batch_id: batch.0,
                event_id: event.0,
                undone_on: *on,
                reason: reason.clone(),
            };
            tx.insert_all(vec![row]).await?;
            (*batch, slips)
        }
    };
    tx.insert_all(slips.iter().map(|slip| line(id, slip)).collect()).await
}
