//! Till sessions, store days and Z reports.

mod day;
mod sums;
mod z;

pub use day::{Days, close_day, hold_days, insert_day, last_closed_day, open_day};
pub use z::{get_z, insert_z, read_report, wrong_z_reports};

use crate::convert::{instant, json, money};
use crate::entity::{journal_line, store, till, till_session, z_report};
use crate::error::DbError;
use crate::repo::{audit, ledger};
use crate::tx::{Read, WriteTx, sum_minor};
use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{LegalEntityId, PersonId, StoreId, TillId, TillSessionId};
use domain::ledger::code as accounts;
use domain::money::Money;
use domain::till::{DrawerState, SessionFilter, SessionLine, SessionPage, TillReport, TillSession, ZFigures};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeMap;
use uuid::Uuid;

fn to_session(row: till_session::Model) -> TillSession {
    TillSession {
        id: TillSessionId(row.id),
        till_id: TillId(row.till_id),
        store_id: StoreId(row.store_id),
        business_date: row.business_date,
        opened_at: row.opened_at,
        opened_by: PersonId(row.opened_by),
        float: money(row.float_minor),
        closed_at: row.closed_at,
        closed_by: row.closed_by.map(PersonId),
    }
}

/// # Errors
/// [`DbError`]
pub async fn find_open(db: &impl Read, till: TillId) -> Result<Option<TillSession>, DbError> {
    let query = till_session::Entity::find()
        .filter(till_session::Column::TillId.eq(till.0))
        .filter(till_session::Column::ClosedAt.is_null());
    Ok(query.one(db.conn()).await?.map(to_session))
}

/// # Errors
/// [`DbError`]
pub async fn get(db: &impl Read, id: TillSessionId) -> Result<Option<TillSession>, DbError> {
    Ok(till_session::Entity::find_by_id(id.0).one(db.conn()).await?.map(to_session))
}

/// Sessions of a store, newest first, with what their Z says.
///
/// # Errors
/// [`DbError`]
pub async fn history(db: &impl Read, store: StoreId, filter: &SessionFilter) -> Result<SessionPage, DbError> {
    use till_session::Column as C;
    let mut query = till_session::Entity::find().filter(C::StoreId.eq(store.0));
    if let Some(from) = filter.from {
        query = query.filter(C::BusinessDate.gte(from));
    }
    if let Some(to) = filter.to {
        query = query.filter(C::BusinessDate.lte(to));
    }
    let count = query.clone().count(db.conn()).await?;
    let rows = query.order_by_desc(C::Id).offset(filter.offset).limit(filter.limit).all(db.conn()).await?;
    let names = audit::names(db).await?;
    let tills: BTreeMap<Uuid, String> = till::Entity::find()
        .filter(till::Column::StoreId.eq(store.0))
        .all(db.conn())
        .await?
        .into_iter()
        .map(|row| (row.id, row.name))
        .collect();
    let mut reports: BTreeMap<Uuid, TillReport> = BTreeMap::new();
    let ids = rows.iter().map(|row| row.id);
    for row in z_report::Entity::find().filter(z_report::Column::SessionId.is_in(ids)).all(db.conn()).await? {
        reports.insert(row.session_id, json(&row.body)?);
    }
    let line = |row: till_session::Model| SessionLine {
        id: TillSessionId(row.id),
        till_name: tills.get(&row.till_id).cloned().unwrap_or_default(),
        business_date: row.business_date,
        opened_at: instant(row.opened_at),
        opened_by: names.get(&row.opened_by).cloned().unwrap_or_default(),
        closed_at: row.closed_at.map(instant),
        closed_by: row.closed_by.and_then(|id| names.get(&id).cloned()),
        z: reports.get(&row.id).map(|report| ZFigures {
            number: report.number.unwrap_or_default(),
            sales: report.sales,
            total: report.total,
            over_short: report.counted.as_ref().map(|counted| counted.over_short).unwrap_or_default(),
        }),
    };
    Ok(SessionPage { sessions: rows.into_iter().map(line).collect(), count })
}

/// Sessions of a store that are still open.
///
/// # Errors
/// [`DbError`]
pub async fn count_open(db: &impl Read, store: StoreId) -> Result<u64, DbError> {
    let query = till_session::Entity::find()
        .filter(till_session::Column::StoreId.eq(store.0))
        .filter(till_session::Column::ClosedAt.is_null());
    Ok(query.count(db.conn()).await?)
}

/// The tills that are open now, in all stores.
///
/// # Errors
/// [`DbError`]
pub async fn open_tills(db: &impl Read) -> Result<Vec<TillId>, DbError> {
    let rows: Vec<uuid::Uuid> = till_session::Entity::find()
        .filter(till_session::Column::ClosedAt.is_null())
        .select_only()
        .column(till_session::Column::TillId)
        .into_tuple()
        .all(db.conn())
        .await?;
    Ok(rows.into_iter().map(TillId).collect())
}

/// A session locked against closing or other closings, with its drawer by the ledger.
///
/// # Errors
/// [`DbError`]
pub async fn load_drawer(
    tx: &WriteTx,
    id: TillSessionId,
) -> Result<Option<(DrawerState, NaiveDate)>, DbError> {
    let mut query = till_session::Entity::find_by_id(id.0);
    if tx.locks_rows() {
        query = query.lock_exclusive();
    }
    let Some(session) = query.one(&tx.tx).await?.map(to_session) else { return Ok(None) };
    let state = drawer_state(tx, session.till_id, session.store_id, id, session.closed_at.is_none()).await?;
    Ok(Some((state, session.business_date)))
}

/// # Errors
/// [`DbError`]
pub async fn drawer_state(
    tx: &WriteTx,
    till: TillId,
    store_id: StoreId,
    session: TillSessionId,
    open: bool,
) -> Result<DrawerState, DbError> {
    Ok(DrawerState {
        till_id: till,
        session_id: session,
        legal_entity_id: legal_entity_of(tx, store_id).await?,
        open,
        expected: drawer_balance(tx, till).await?,
        safe: ledger::store_balance(tx, accounts::UNDEPOSITED_FUNDS, store_id).await?,
    })
}

/// The company whose books a store belongs to.
///
/// # Errors
/// [`DbError::Corrupt`] when the store is not there.
pub async fn legal_entity_of(db: &impl Read, store: StoreId) -> Result<LegalEntityId, DbError> {
    let query = store::Entity::find_by_id(store.0).select_only().column(store::Column::LegalEntityId);
    let id: Option<Uuid> = query.into_tuple().one(db.conn()).await?;
    id.map(LegalEntityId).ok_or_else(|| DbError::corrupt("a store without a legal entity"))
}

/// What the ledger says lies in a drawer.
///
/// # Errors
/// [`DbError`]
pub async fn drawer_balance(db: &impl Read, till: TillId) -> Result<Money, DbError> {
    let query = journal_line::Entity::find()
        .filter(journal_line::Column::TillId.eq(till.0))
        .filter(journal_line::Column::AccountCode.eq(i64::from(accounts::TILL_CASH.get())))
        .select_only()
        .column_as(sum_minor(journal_line::Column::AmountMinor), "sum");
    let sum: Option<Option<i64>> = query.into_tuple().one(db.conn()).await?;
    Ok(money(sum.flatten().unwrap_or(0)))
}

/// # Errors
/// [`DbError::Conflict`] when the till was opened meanwhile.
pub async fn insert_session(tx: &WriteTx, session: &TillSession) -> Result<(), DbError> {
    let row = till_session::Model {
        id: session.id.0,
        till_id: session.till_id.0,
        store_id: session.store_id.0,
        business_date: session.business_date,
        opened_at: session.opened_at,
        opened_by: session.opened_by.0,
        float_minor: session.float.minor(),
        closed_at: None,
        closed_by: None,
    };
    tx.insert_all(vec![row]).await
}

/// # Errors
/// [`DbError`]
pub async fn close_session(
    tx: &WriteTx,
    id: TillSessionId,
    by: PersonId,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    till_session::Entity::update_many()
        .col_expr(till_session::Column::ClosedAt, Expr::value(Some(at)))
        .col_expr(till_session::Column::ClosedBy, Expr::value(Some(by.0)))
        .filter(till_session::Column::Id.eq(id.0))
        .exec(&tx.tx)
        .await?;
    Ok(())
}
