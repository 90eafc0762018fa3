//! Entries that come every month, and the months that were posted.

use crate::convert::{json, to_json};
use crate::entity::{recurring_entry, recurring_post};
use crate::error::DbError;
use crate::tx::{Read, WriteTx};
use chrono::NaiveDate;
use domain::ids::{EventId, LegalEntityId, RecurringId};
use domain::ledger::Recurring;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::{BTreeMap, BTreeSet};

fn from_row(row: recurring_entry::Model) -> Result<Recurring, DbError> {
    Ok(Recurring {
        id: RecurringId(row.id),
        legal_entity: LegalEntityId(row.legal_entity_id),
        day: u32::try_from(row.day_of_month).map_err(DbError::corrupt)?,
        from: row.from_date,
        to: row.to_date,
        active: row.active,
        lines: json(&row.lines)?,
        version: row.version,
        memo: row.memo,
    })
}

/// All of them, by what they are called.
///
/// # Errors
/// [`DbError`]
pub async fn list(db: &impl Read) -> Result<Vec<Recurring>, DbError> {
    use recurring_entry::Column as C;
    let query = recurring_entry::Entity::find().order_by_asc(C::Memo).order_by_asc(C::Id);
    query.all(db.conn()).await?.into_iter().map(from_row).collect()
}

/// # Errors
/// [`DbError`]
pub async fn find(db: &impl Read, id: RecurringId) -> Result<Option<Recurring>, DbError> {
    recurring_entry::Entity::find_by_id(id.0).one(db.conn()).await?.map(from_row).transpose()
}

/// # Errors
/// [`DbError`]
pub async fn insert(tx: &WriteTx, recurring: &Recurring) -> Result<(), DbError> {
    let row = recurring_entry::Model {
        id: recurring.id.0,
        legal_entity_id: recurring.legal_entity.0,
        memo: recurring.memo.clone(),
        day_of_month: i64::from(recurring.day),
        from_date: recurring.from,
        to_date: recurring.to,
        active: recurring.active,
        lines: to_json(&recurring.lines)?,
        version: recurring.version,
    };
    tx.insert_all(vec![row]).await
}

/// Changes everything about one but its id.
///
/// # Errors
/// [`DbError::Conflict`] when somebody else changed it since `version`.
pub async fn update(tx: &WriteTx, recurring: &Recurring, version: i64) -> Result<(), DbError> {
    use recurring_entry::Column as C;
    let done = recurring_entry::Entity::update_many()
        .col_expr(C::LegalEntityId, Expr::value(recurring.legal_entity.0))
        .col_expr(C::Memo, Expr::value(recurring.memo.clone()))
        .col_expr(C::DayOfMonth, Expr::value(i64::from(recurring.day)))
        .col_expr(C::FromDate, Expr::value(recurring.from))
        .col_expr(C::ToDate, Expr::value(recurring.to))
        .col_expr(C::Active, Expr::value(recurring.active))
        .col_expr(C::Lines, Expr::value(to_json(&recurring.lines)?))
        .col_expr(C::Version, Expr::value(recurring.version))
        .filter(C::Id.eq(recurring.id.0))
        .filter(C::Version.eq(version))
        .exec(&tx.tx)
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(DbError::Conflict("recurring entry".to_owned())) }
}

/// The months that were posted, by their first days.
///
/// # Errors
/// [`DbError`]
pub async fn posted(db: &impl Read) -> Result<BTreeMap<RecurringId, BTreeSet<NaiveDate>>, DbError> {
    let mut months: BTreeMap<RecurringId, BTreeSet<NaiveDate>> = BTreeMap::new();
    for row in recurring_post::Entity::find().all(db.conn()).await? {
        months.entry(RecurringId(row.recurring_id)).or_default().insert(row.month);
    }
    Ok(months)
}

/// Remembers that a month was posted.
///
/// # Errors
/// [`DbError::Conflict`] when it was posted before.
pub async fn insert_posted(
    tx: &WriteTx,
    id: RecurringId,
    month: NaiveDate,
    event: EventId,
) -> Result<(), DbError> {
    tx.insert_all(vec![recurring_post::Model { recurring_id: id.0, month, event_id: event.0 }]).await
}
