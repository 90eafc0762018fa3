//! The drawers of a day: what was counted, beside what closing them posted.

use crate::convert::money;
use crate::entity::{event, journal_entry, journal_line, till, till_session, z_report};
use crate::error::DbError;
use crate::repo::till::drawer_balance;
use crate::text::Sql;
use crate::tx::{Read, sum_minor};
use chrono::NaiveDate;
use domain::event::EventKind;
use domain::ids::{EventId, StoreId, TillId, TillSessionId};
use domain::ledger::{DrawerCount, DrawerTie, code};
use domain::money::Money;
use domain::till::TillReport;
use sea_orm::sea_query::JoinType;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The till sessions of a store and a day, in the order in which they were opened. A store has a handful of tills.
///
/// # Errors
/// [`DbError`]
pub async fn list_drawers(db: &impl Read, store: StoreId, day: NaiveDate) -> Result<Vec<DrawerTie>, DbError> {
    let sessions = till_session::Entity::find()
        .filter(till_session::Column::StoreId.eq(store.0))
        .filter(till_session::Column::BusinessDate.eq(day))
        .order_by_asc(till_session::Column::OpenedAt)
        .all(db.conn())
        .await?;
    let tills = till::Entity::find().filter(till::Column::StoreId.eq(store.0)).all(db.conn()).await?;
    let names: BTreeMap<Uuid, String> = tills.into_iter().map(|till| (till.id, till.name)).collect();
    let ids: Vec<Uuid> = sessions.iter().map(|session| session.id).collect();
    let reports = z_report::Entity::find()
        .filter(z_report::Column::SessionId.is_in(ids.clone()))
        .all(db.conn())
        .await?;
    let reports: BTreeMap<Uuid, z_report::Model> =
        reports.into_iter().map(|row| (row.session_id, row)).collect();
    let posted = posted(db, ids).await?;
    let mut drawers = Vec::with_capacity(sessions.len());
    for session in sessions {
        let id = TillSessionId(session.id);
        let till = names.get(&session.till_id).cloned().unwrap_or_default();
        let Some(row) = reports.get(&session.id) else {
            let expected = drawer_balance(db, TillId(session.till_id)).await?;
            drawers.push(DrawerTie { session: id, till, expected, count: None });
            continue;
        };
        let report: TillReport = serde_json::from_str(&row.body).map_err(DbError::corrupt)?;
        let counted = report.counted.ok_or_else(|| DbError::corrupt("a Z without its count"))?;
        let by_ledger = posted.get(&session.id);
        drawers.push(DrawerTie {
            session: id,
            till,
            expected: counted.expected,
            count: Some(DrawerCount {
                z: row.number,
                counted: counted.counted,
                over_short: counted.over_short,
                reason: counted.reason,
                posted: by_ledger.map_or(Money::ZERO, |posted| posted.safe),
                posted_over_short: by_ledger.map_or(Money::ZERO, |posted| posted.over_short),
                event: by_ledger.map(|posted| posted.event),
            }),
        });
    }
    Ok(drawers)
}

/// The account of the cash in drawers.
const TILL: i64 = 1000;

/// What closing a till posted.
struct Posted {
    event: EventId,
    safe: Money,
    over_short: Money,
}

async fn posted(db: &impl Read, sessions: Vec<Uuid>) -> Result<BTreeMap<Uuid, Posted>, DbError> {
    let entries = event::Entity::belongs_to(journal_entry::Entity)
        .from(event::Column::Id)
        .to(journal_entry::Column::EventId);
    let lines = journal_entry::Entity::belongs_to(journal_line::Entity)
        .from(journal_entry::Column::Id)
        .to(journal_line::Column::EntryId);
    type Row = (Uuid, Uuid, Option<i64>, Option<i64>);
    let rows: Vec<Row> = event::Entity::find()
        .join(JoinType::LeftJoin, entries.into())
        .join(JoinType::LeftJoin, lines.into())
        .filter(event::Column::SubjectId.is_in(sessions))
        .filter(event::Column::Kind.eq(EventKind::TillClosed.code()))
        .select_only()
        .column(event::Column::SubjectId)
        .column(event::Column::Id)
        .column(journal_line::Column::AccountCode)
        .column_as(sum_minor(journal_line::Column::AmountMinor), "amount")
        .group_by(event::Column::SubjectId)
        .group_by(event::Column::Id)
        .group_by(journal_line::Column::AccountCode)
        .into_tuple()
        .all(db.conn())
        .await?;
    let mut posted: BTreeMap<Uuid, Posted> = BTreeMap::new();
    for (session, event, account, amount) in rows {
        let of = posted.entry(session).or_insert(Posted {
            event: EventId(event),
            safe: Money::ZERO,
            over_short: Money::ZERO,
        });
        let amount = money(amount.unwrap_or(0));
        let on = |code: domain::ledger::AccountCode| account == Some(i64::from(code.get()));
        if on(code::UNDEPOSITED_FUNDS) {
            of.safe = amount;
        } else if on(code::CASH_OVER_SHORT) {
            of.over_short = amount.negated().map_err(DbError::corrupt)?;
        }
    }
    Ok(posted)
}

/// What the ledger says lies in drawers that were closed, at the end of a day: nothing, if all is well.
///
/// # Errors
/// [`DbError`]
pub async fn sum_closed_drawers(db: &impl Read, store: StoreId, day: NaiveDate) -> Result<Money, DbError> {
    let mut sql = Sql::default();
    let (store, day) = (sql.put(store.0), sql.put(day));
    // Two sums that lie in indexes, not one over rows that have to be read for their till.
    sql.push(&format!(
        "SELECT CAST((SELECT COALESCE(SUM(amount_minor), 0) FROM journal_line
                      WHERE account_code = {TILL} AND store_id = {store} AND business_date <= {day})
                   - (SELECT COALESCE(SUM(j.amount_minor), 0) FROM till_session s CROSS JOIN journal_line j
                      WHERE s.store_id = {store} AND s.business_date <= {day} AND s.closed_at IS NULL
                        AND j.till_id = s.till_id AND j.account_code = {TILL} AND j.business_date <= {day})
                AS BIGINT) AS amount"
    ));
    let row = db.conn().query_one_raw(sql.statement(db)).await?;
    Ok(money(row.map_or(Ok(0), |row| row.try_get("", "amount"))?))
}
