//! Approvals: asked for, answered, used.

use crate::convert::{code, optional_json, optional_to_json};
use crate::entity::approval;
use crate::error::DbError;
use crate::tx::{Read, WriteTx};
use chrono::{DateTime, Utc};
use domain::approval::{Answer, Approval, ApprovalState};
use domain::ids::{ApprovalId, EventId, PersonId, StoreId, TillId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The parts of an answer as they are stored: state, who, when, why.
type Stored = (&'static str, Option<Uuid>, Option<DateTime<Utc>>, Option<String>);

fn stored(answer: &Answer) -> Stored {
    match answer {
        Answer::Waiting => (ApprovalState::Asked.code(), None, None, None),
        Answer::Given { by, at } => (ApprovalState::Given.code(), Some(by.0), Some(*at), None),
        Answer::Refused { by, at, why } => {
            (ApprovalState::Refused.code(), Some(by.0), Some(*at), Some(why.clone()))
        }
        Answer::Withdrawn { at } => (ApprovalState::Withdrawn.code(), None, Some(*at), None),
    }
}

fn read(row: approval::Model) -> Result<Approval, DbError> {
    let why = row.answer.unwrap_or_default();
    let answer = match (code::<ApprovalState>(&row.state)?, row.decided_by.map(PersonId), row.decided_at) {
        (ApprovalState::Asked, _, _) => Answer::Waiting,
        (ApprovalState::Given, Some(by), Some(at)) => Answer::Given { by, at },
        (ApprovalState::Refused, Some(by), Some(at)) => Answer::Refused { by, at, why },
        (ApprovalState::Withdrawn, _, Some(at)) => Answer::Withdrawn { at },
        (state, _, _) => return Err(DbError::corrupt(format!("an approval {state} by nobody"))),
    };
    Ok(Approval {
        id: ApprovalId(row.id),
        kind: code(&row.kind)?,
        store_id: StoreId(row.store_id),
        till_id: row.till_id.map(TillId),
        subject: row.subject,
        asked_by: PersonId(row.asked_by),
        asked_at: row.asked_at,
        reason: row.reason,
        sheet: optional_json(row.sheet.as_deref())?,
        answer,
        expires_at: row.expires_at,
        used_by: row.used_by.map(EventId),
    })
}

/// # Errors
/// [`DbError`]
pub async fn insert(tx: &WriteTx, approval: &Approval) -> Result<(), DbError> {
    let (state, decided_by, decided_at, answer) = stored(&approval.answer);
    let row = approval::Model {
        id: approval.id.0,
        kind: approval.kind.code().to_owned(),
        store_id: approval.store_id.0,
        till_id: approval.till_id.map(Into::into),
        subject: approval.subject.clone(),
        asked_by: approval.asked_by.0,
        asked_at: approval.asked_at,
        reason: approval.reason.clone(),
        sheet: optional_to_json(approval.sheet.as_ref())?,
        state: state.to_owned(),
        decided_by,
        decided_at,
        answer,
        expires_at: approval.expires_at,
        used_by: approval.used_by.map(Into::into),
    };
    tx.insert_all(vec![row]).await
}

/// Writes the answer to an asking that still waits.
///
/// # Errors
/// [`DbError::Conflict`] when it was answered meanwhile.
pub async fn answer(tx: &WriteTx, approval: &Approval) -> Result<(), DbError> {
    let (state, decided_by, decided_at, answer) = stored(&approval.answer);
    let update = approval::Entity::update_many()
        .col_expr(approval::Column::State, Expr::value(state))
        .col_expr(approval::Column::DecidedBy, Expr::value(decided_by))
        .col_expr(approval::Column::DecidedAt, Expr::value(decided_at))
        .col_expr(approval::Column::Answer, Expr::value(answer))
        .col_expr(approval::Column::ExpiresAt, Expr::value(approval.expires_at))
        .filter(approval::Column::Id.eq(approval.id.0))
        .filter(approval::Column::State.eq(ApprovalState::Asked.code()));
    match update.exec(&tx.tx).await?.rows_affected {
        1 => Ok(()),
        _ => Err(DbError::Conflict("an approval was answered meanwhile".to_owned())),
    }
}

/// One approval as it stands; whoever else wants to answer it waits.
///
/// # Errors
/// [`DbError`]
pub async fn load(tx: &WriteTx, id: ApprovalId) -> Result<Option<Approval>, DbError> {
    let mut query = approval::Entity::find_by_id(id.0);
    if tx.locks_rows() {
        query = query.lock_exclusive();
    }
    query.one(&tx.tx).await?.map(read).transpose()
}

/// # Errors
/// [`DbError`]
pub async fn get(db: &impl Read, id: ApprovalId) -> Result<Option<Approval>, DbError> {
    approval::Entity::find_by_id(id.0).one(db.conn()).await?.map(read).transpose()
}

/// # Errors
/// [`DbError`]
pub async fn list_by_id(db: &impl Read, ids: &[ApprovalId]) -> Result<Vec<Approval>, DbError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let wanted = approval::Column::Id.is_in(ids.iter().map(|id| id.0));
    let rows = approval::Entity::find().filter(wanted).all(db.conn()).await?;
    rows.into_iter().map(read).collect()
}

fn waits(now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(approval::Column::State.eq(ApprovalState::Asked.code()))
        .add(approval::Column::ExpiresAt.gte(now))
}

fn in_stores(stores: &[StoreId]) -> sea_orm::sea_query::SimpleExpr {
    approval::Column::StoreId.is_in(stores.iter().map(|store| store.0))
}

/// Those that wait for an answer, the oldest first.
///
/// # Errors
/// [`DbError`]
pub async fn list_waiting(
    db: &impl Read,
    stores: &[StoreId],
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Approval>, DbError> {
    let query = approval::Entity::find().filter(in_stores(stores)).filter(waits(now));
    let rows = query.order_by_asc(approval::Column::AskedAt).limit(limit).all(db.conn()).await?;
    rows.into_iter().map(read).collect()
}

/// Those that wait no more and were asked for since an instant, the newest first.
///
/// # Errors
/// [`DbError`]
pub async fn list_decided(
    db: &impl Read,
    stores: &[StoreId],
    since: DateTime<Utc>,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Approval>, DbError> {
    let query = approval::Entity::find()
        .filter(in_stores(stores))
        .filter(approval::Column::AskedAt.gte(since))
        .filter(waits(now).not());
    let rows = query.order_by_desc(approval::Column::AskedAt).limit(limit).all(db.conn()).await?;
    rows.into_iter().map(read).collect()
}

/// How many of one person's askings wait.
///
/// # Errors
/// [`DbError`]
pub async fn count_waiting_of(
    db: &impl Read,
    store: StoreId,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<u64, DbError> {
    let of_person = approval::Column::AskedBy.eq(person.0);
    let query = approval::Entity::find().filter(in_stores(&[store])).filter(waits(now)).filter(of_person);
    Ok(query.count(db.conn()).await?)
}

/// How many wait in each store.
///
/// # Errors
/// [`DbError`]
pub async fn count_waiting(
    db: &impl Read,
    stores: &[StoreId],
    now: DateTime<Utc>,
) -> Result<BTreeMap<StoreId, i64>, DbError> {
    let rows: Vec<(Uuid, i64)> = approval::Entity::find()
        .filter(in_stores(stores))
        .filter(waits(now))
        .select_only()
        .column(approval::Column::StoreId)
        .column_as(approval::Column::Id.count(), "waiting")
        .group_by(approval::Column::StoreId)
        .into_tuple()
        .all(db.conn())
        .await?;
    Ok(rows.into_iter().map(|(store, count)| (StoreId(store), count)).collect())
}
