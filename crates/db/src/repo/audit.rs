//! The audit trail, newest first.

use crate::convert::{code, instant, optional_json};
use crate::entity::{event, person, till};
use crate::error::DbError;
use crate::tx::Read;
use domain::event::{AuditFilter, AuditLine};
use domain::ids::{EventId, StoreId};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeMap;
use uuid::Uuid;

/// In the order of recording: ids come from the clocks of tablets, which may be wrong.
///
/// # Errors
/// [`DbError`]
pub async fn list(db: &impl Read, filter: &AuditFilter) -> Result<Vec<AuditLine>, DbError> {
    let mut query = event::Entity::find()
        .order_by_desc(event::Column::RecordedAt)
        .order_by_desc(event::Column::Id)
        .limit(filter.limit);
    if let Some(store) = filter.store {
        query = query.filter(event::Column::StoreId.eq(store.0));
    }
    if let Some(subject) = filter.subject {
        query = query.filter(event::Column::SubjectId.eq(subject));
    }
    if let Some(actor) = filter.actor {
        query = query.filter(event::Column::ActorId.eq(actor.0));
    }
    if let Some(before) = filter.before
        && let Some(last) = event::Entity::find_by_id(before.0).one(db.conn()).await?
    {
        let same_instant = event::Column::RecordedAt.eq(last.recorded_at).and(event::Column::Id.lt(last.id));
        query = query.filter(event::Column::RecordedAt.lt(last.recorded_at).or(same_instant));
    }
    let rows = query.all(db.conn()).await?;
    let (names, tills) = (names(db).await?, till_names(db).await?);
    rows.into_iter().map(|row| to_line(row, &names, &tills)).collect()
}

/// One event.
///
/// # Errors
/// [`DbError`]
pub async fn get(db: &impl Read, id: EventId) -> Result<Option<AuditLine>, DbError> {
    let Some(row) = event::Entity::find_by_id(id.0).one(db.conn()).await? else { return Ok(None) };
    to_line(row, &names(db).await?, &till_names(db).await?).map(Some)
}

fn to_line(
    row: event::Model,
    names: &BTreeMap<Uuid, String>,
    tills: &BTreeMap<Uuid, String>,
) -> Result<AuditLine, DbError> {
    let name = |id: Option<Uuid>| id.and_then(|id| names.get(&id).cloned());
    Ok(AuditLine {
        id: EventId(row.id),
        kind: code(&row.kind)?,
        business_date: row.business_date,
        recorded_at: instant(row.recorded_at),
        actor: name(row.actor_id),
        approver: name(row.approver_id),
        store: StoreId(row.store_id),
        till: row.till_id.and_then(|id| tills.get(&id).cloned()),
        subject: code(&row.subject_kind)?,
        subject_id: row.subject_id,
        summary: row.summary,
        before: optional_json(row.before.as_deref())?,
        after: optional_json(row.after.as_deref())?,
    })
}

/// Everybody's name; a store has dozens of people, not thousands.
pub(crate) async fn names(db: &impl Read) -> Result<BTreeMap<Uuid, String>, DbError> {
    let query = person::Entity::find().select_only().column(person::Column::Id).column(person::Column::Name);
    let rows: Vec<(Uuid, String)> = query.into_tuple().all(db.conn()).await?;
    Ok(rows.into_iter().collect())
}

async fn till_names(db: &impl Read) -> Result<BTreeMap<Uuid, String>, DbError> {
    let query = till::Entity::find().select_only().column(till::Column::Id).column(till::Column::Name);
    let rows: Vec<(Uuid, String)> = query.into_tuple().all(db.conn()).await?;
    Ok(rows.into_iter().collect())
}
