//! The questions that `verify` asks the database. Each counts what it looked at and lists what does
//! not hold, with the event behind it where there is one.

mod books;
mod customers;
mod goods;
mod receivables;
mod sales;
mod tills;
mod vendors;

use crate::entity::store_day;
use crate::error::DbError;
use crate::repo::ledger::to_digest;
use crate::tx::Read;
use chrono::NaiveDate;
use domain::ids::StoreId;
use domain::ledger::Digest;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

/// One rule over stored rows, in SQL that both databases understand.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    pub name: &'static str,
    /// Counts what the rule is about.
    count: &'static str,
    /// Lists what breaks it as `event_id` (may be NULL) and `detail` (text).
    wrong: &'static str,
}

/// A finding is one of thousands only when everything is broken.
const MOST_FINDINGS: &str = " LIMIT 100";

/// Everything that must hold between the rows, area by area.
pub const CHECKS: &[&[Check]] = &[
    sales::CHECKS,
    goods::CHECKS,
    tills::CHECKS,
    customers::CHECKS,
    receivables::CHECKS,
    books::CHECKS,
    vendors::CHECKS,
];

/// Asks one question: how much was looked at, and what does not hold.
///
/// # Errors
/// [`DbError`]
pub async fn run(db: &impl Read, check: &Check) -> Result<(u64, Vec<(Option<Uuid>, String)>), DbError> {
    let conn = db.conn();
    let backend = conn.get_database_backend();
    let statement = |sql: String| sea_orm::Statement::from_string(backend, sql);
    let counted = conn.query_one_raw(statement(check.count.to_owned())).await?;
    let count: i64 = counted.map_or(Ok(0), |row| row.try_get("", "n"))?;
    let rows = conn.query_all_raw(statement(format!("{}{MOST_FINDINGS}", check.wrong))).await?;
    let wrong = rows.iter().map(|row| Ok((row.try_get("", "event_id")?, row.try_get("", "detail")?)));
    Ok((u64::try_from(count).unwrap_or(0), wrong.collect::<Result<Vec<_>, sea_orm::DbErr>>()?))
}

/// A sealed day.
#[derive(Debug, Clone)]
pub struct ClosedDay {
    pub store: StoreId,
    pub date: NaiveDate,
    pub digest: Option<Digest>,
}

/// All sealed days, store by store, in order.
///
/// # Errors
/// [`DbError`]
pub async fn closed_days(db: &impl Read) -> Result<Vec<ClosedDay>, DbError> {
    let rows = store_day::Entity::find()
        .filter(store_day::Column::ClosedAt.is_not_null())
        .order_by_asc(store_day::Column::StoreId)
        .order_by_asc(store_day::Column::BusinessDate)
        .all(db.conn())
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(ClosedDay {
                store: StoreId(row.store_id),
                date: row.business_date,
                digest: row.digest.as_deref().map(to_digest).transpose()?,
            })
        })
        .collect()
}
