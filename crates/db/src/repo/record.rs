//! Writing what happened, once for everybody: the event with its result, the journal, the moves of
//! pieces, the approvals used up.

use crate::batch::Batch;
use crate::convert::{optional_to_json, to_json};
use crate::entity::{approval, event, item, item_move, journal_entry, journal_line, lot_move};
use crate::error::DbError;
use crate::tx::{Read, WriteTx};
use domain::event::Record;
use domain::ids::{CommandId, PersonId};
use domain::item::{ItemMove, ItemStatus, LotMove};
use domain::ledger::BalancedEntry;
use sea_orm::sea_query::{Expr, Func, Query};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect};
use serde::Serialize;

/// `SQLite` nests alternatives, at most 1,000 deep; a ticket has at most 200 lines.
const PIECES_PER_STATEMENT: usize = 200;

/// An accepted command as it is remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    pub actor: Option<PersonId>,
    pub body_hash: Vec<u8>,
    /// JSON of what the command answered.
    pub result: String,
}

/// Makes a second run of the same command wait for the first, so that it finds its answer and not its
/// traces. On `SQLite` there is one writer and nothing to wait for.
///
/// # Errors
/// [`DbError`]
pub async fn lock_command(tx: &WriteTx, id: CommandId) -> Result<(), DbError> {
    if tx.locks_rows() {
        let (high, low) = id.0.as_u64_pair();
        // The bits of an id as the key of a lock that ends with the transaction.
        let key = i64::from_be_bytes((high ^ low).to_be_bytes());
        let lock = Query::select().expr(Func::cust("pg_advisory_xact_lock").arg(key)).to_owned();
        tx.tx.query_one(&lock).await?;
    }
    Ok(())
}

/// Looks for an earlier run of a command.
///
/// # Errors
/// [`DbError`]
pub async fn find_command(db: &impl Read, id: CommandId) -> Result<Option<Remembered>, DbError> {
    let row: Option<(Option<uuid::Uuid>, Vec<u8>, String)> = event::Entity::find_by_id(id.0)
        .select_only()
        .column(event::Column::ActorId)
        .column(event::Column::BodyHash)
        .column(event::Column::Result)
        .into_tuple()
        .one(db.conn())
        .await?;
    Ok(row.map(|(actor, body_hash, result)| Remembered { actor: actor.map(PersonId), body_hash, result }))
}

/// Writes everything of a record. The documents that refer to its event are written after it.
///
/// # Errors
/// [`DbError::Conflict`] when a piece moved on or an approval was used meanwhile.
pub async fn insert(
    tx: &WriteTx,
    record: &Record,
    body_hash: &[u8],
    result: &(impl Serialize + Sync),
) -> Result<(), DbError> {
    let mut batch = Batch::new(tx);
    plan(&mut batch, record, body_hash, result)?;
    batch.run(tx).await
}

/// Plans everything of a record, for those who write a document with it.
pub(crate) fn plan(
    batch: &mut Batch,
    record: &Record,
    body_hash: &[u8],
    result: &impl Serialize,
) -> Result<(), DbError> {
    let e = &record.event;
    batch.insert_all(vec![event::Model {
        id: e.id.0,
        kind: e.kind.code().to_owned(),
        business_date: e.moment.business_date,
        recorded_at: e.moment.recorded_at,
        actor_id: Some(e.origin.actor.0),
        approver_id: e.approver.map(Into::into),
        store_id: e.origin.store.0,
        till_id: e.origin.till.map(Into::into),
        session_id: e.origin.session.map(Into::into),
        device_id: e.origin.device.map(Into::into),
        subject_kind: e.subject.code().to_owned(),
        subject_id: e.subject_id,
        summary: e.summary.clone(),
        before: optional_to_json(e.before.as_ref())?,
        after: optional_to_json(e.after.as_ref())?,
        body_hash: body_hash.to_vec(),
        result: to_json(result)?,
    }]);
    plan_moves(batch, &record.moves);
    plan_lots(batch, &record.lots);
    plan_entries(batch, &record.entries);
    plan_approvals(batch, record);
    Ok(())
}

/// Moves pieces. The move is inserted first: its key is the version it makes, so of two moves from
/// one version the second fails; the status lock of the database then lets the update through.
fn plan_moves(batch: &mut Batch, moves: &[ItemMove]) {
    let row = |m: &ItemMove| item_move::Model {
        item_id: m.item().0,
        version: m.to_version(),
        from_status: m.from().code().to_owned(),
        to_status: m.to().code().to_owned(),
        holder_id: m.holder().id,
        held_until: m.holder().until,
        event_id: m.event().0,
    };
    batch.insert_all(moves.iter().map(row).collect());
    // Pieces that go the same way go together: those of a ticket are one statement.
    let same_way =
        |a: &ItemMove, b: &ItemMove| (a.from(), a.to(), a.holder()) == (b.from(), b.to(), b.holder());
    for way in moves.chunk_by(same_way).flat_map(|way| way.chunks(PIECES_PER_STATEMENT)) {
        let Some(m) = way.first().filter(|m| m.from() != ItemStatus::New) else { continue };
        let this_version =
            |m: &ItemMove| item::Column::Id.eq(m.item().0).and(item::Column::Version.eq(m.from_version()));
        let pieces = way.iter().map(this_version).fold(Condition::any(), Condition::add);
        let update = item::Entity::update_many()
            .col_expr(item::Column::Status, Expr::value(m.to().code()))
            .col_expr(item::Column::HolderId, Expr::value(m.holder().id))
            .col_expr(item::Column::HeldUntil, Expr::value(m.holder().until))
            .col_expr(item::Column::Version, Expr::col(item::Column::Version).add(1))
            .filter(item::Column::Status.eq(m.from().code()))
            .filter(pieces);
        batch.plan(update, way.len() as u64);
    }
}

/// Steps of lots, in their order: a receipt may take from a lot and put back into it. As with moves, the step is
/// inserted first and the lock of the database lets exactly its figures through.
fn plan_lots(batch: &mut Batch, steps: &[LotMove]) {
    let row = |step: &LotMove| lot_move::Model {
        item_id: step.item.0,
        version: step.from_version + 1,
        event_id: step.event.0,
        reason: step.reason.code().to_owned(),
        pieces: step.after.pieces - step.before.pieces,
        milli: step.after.milli - step.before.milli,
        cost_minor: step.cost.minor(),
        pieces_after: step.after.pieces,
        milli_after: step.after.milli,
        cost_after_minor: step.cost_after.minor(),
    };
    batch.insert_all(steps.iter().map(row).collect());
    // A lot that begins is inserted as its first step leaves it.
    for step in steps.iter().filter(|step| step.from_version > 0) {
        let update = item::Entity::update_many()
            .col_expr(item::Column::LotPieces, Expr::value(step.after.pieces))
            .col_expr(item::Column::LotMilli, Expr::value(step.after.milli))
            .col_expr(item::Column::CostMinor, Expr::value(step.cost_after.minor()))
            .col_expr(item::Column::Version, Expr::col(item::Column::Version).add(1))
            .filter(item::Column::Id.eq(step.item.0))
            .filter(item::Column::Version.eq(step.from_version));
        batch.plan(update, 1);
    }
}

fn plan_entries(batch: &mut Batch, entries: &[BalancedEntry]) {
    let mut headers = Vec::with_capacity(entries.len());
    let mut lines = Vec::new();
    for entry in entries.iter().map(BalancedEntry::entry) {
        let h = &entry.header;
        headers.push(journal_entry::Model {
            id: h.id.0,
            event_id: h.event.0,
            legal_entity_id: h.legal_entity.0,
            store_id: h.store.0,
            business_date: h.moment.business_date,
            recorded_at: h.moment.recorded_at,
            narrative: h.narrative.clone(),
            reverses_id: h.reverses.map(Into::into),
            hash: entry.digest().0.to_vec(),
        });
        for (line_no, line) in (0_i64..).zip(&entry.lines) {
            let d = &line.dimensions;
            lines.push(journal_line::Model {
                entry_id: h.id.0,
                line_no,
                account_code: i64::from(line.account.get()),
                amount_minor: line.amount.minor(),
                store_id: line.store.0,
                business_date: h.moment.business_date,
                till_id: d.till.map(Into::into),
                customer_id: d.customer.map(Into::into),
                item_id: d.item.map(Into::into),
                document_id: d.document,
                associate_id: d.associate.map(Into::into),
                jurisdiction_id: d.jurisdiction.map(Into::into),
            });
        }
    }
    batch.insert_all(headers);
    batch.insert_all(lines);
}

fn plan_approvals(batch: &mut Batch, record: &Record) {
    if record.approvals.is_empty() {
        return;
    }
    let ids: Vec<uuid::Uuid> = record.approvals.iter().map(|id| id.0).collect();
    let used = approval::Entity::update_many()
        .col_expr(approval::Column::UsedBy, Expr::value(record.event.id.0))
        .filter(approval::Column::Id.is_in(ids))
        .filter(approval::Column::UsedBy.is_null());
    batch.plan(used, record.approvals.len() as u64);
}
