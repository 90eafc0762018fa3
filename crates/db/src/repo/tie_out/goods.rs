//! Goods on hand beside their accounts, piece by piece. What a piece cost in the past is not kept apart from the
//! journal, so they are compared as they are now; a day in the past is told by taking back what was posted since.

use super::{DifferenceRow, MOST_DIFFERENCES};
use crate::convert::{account, money};
use crate::error::DbError;
use crate::text::Sql;
use crate::tx::Read;
use chrono::NaiveDate;
use domain::ids::StoreId;
use domain::ledger::{AccountCode, TieDifference};
use domain::money::Money;
use sea_orm::{ConnectionTrait, FromQueryResult};

/// Where the goods of a store stand.
#[derive(Debug, Clone)]
pub struct GoodsTie {
    pub account: AccountCode,
    /// By the ledger, at the end of the day.
    pub ledger: Money,
    /// By the pieces, at the end of the day.
    pub pieces: Money,
    /// Pieces that cost something else than the ledger says: the last event that moved each.
    pub off: Vec<TieDifference>,
}

/// What a piece of a store should stand for in the ledger now, beside what it does.
const PIECES: &str = "
    SELECT i.id AS item_id, i.account_code AS account, i.store_id AS store_id, i.tag AS tag,
           CASE WHEN i.status IN ('sold', 'returned_to_vendor', 'scrapped', 'assembled', 'missing', 'new', 'on_order')
                THEN 0 ELSE i.cost_minor END AS cost,
           COALESCE((SELECT SUM(j.amount_minor) FROM journal_line j
                     WHERE j.item_id = i.id AND j.account_code = i.account_code), 0) AS balance
    FROM item i";

/// The goods of a store beside their two accounts.
///
/// # Errors
/// [`DbError`]
pub async fn tie_goods(db: &impl Read, store: StoreId, day: NaiveDate) -> Result<Vec<GoodsTie>, DbError> {
    let mut ties = Vec::with_capacity(2);
    for code in [1200_i64, 1260] {
        ties.push(GoodsTie {
            account: account(code)?,
            ledger: posted(db, store, code, Some(day)).await?,
            pieces: on_hand(db, store, code, day).await?,
            off: off(db, store, code).await?,
        });
    }
    Ok(ties)
}

async fn posted(
    db: &impl Read,
    store: StoreId,
    code: i64,
    until: Option<NaiveDate>,
) -> Result<Money, DbError> {
    let mut sql = Sql::default();
    let store = sql.put(store.0);
    sql.push(&format!(
        "SELECT CAST(COALESCE(SUM(amount_minor), 0) AS BIGINT) AS amount FROM journal_line
         WHERE account_code = {code} AND store_id = {store}"
    ));
    if let Some(until) = until {
        let until = sql.put(until);
        sql.push(&format!(" AND business_date <= {until}"));
    }
    one(db, sql).await
}

/// What the pieces on hand cost now, less what was posted after the day.
async fn on_hand(db: &impl Read, store: StoreId, code: i64, day: NaiveDate) -> Result<Money, DbError> {
    let mut sql = Sql::default();
    let of = sql.put(store.0);
    sql.push(&format!(
        "SELECT CAST(COALESCE(SUM(cost), 0) AS BIGINT) AS amount FROM ({PIECES}) p
         WHERE p.account = {code} AND p.store_id = {of}"
    ));
    let now = one(db, sql).await?;
    let since = posted(db, store, code, None).await?.minus(posted(db, store, code, Some(day)).await?);
    now.minus(since.map_err(DbError::corrupt)?).map_err(DbError::corrupt)
}

async fn off(db: &impl Read, store: StoreId, code: i64) -> Result<Vec<TieDifference>, DbError> {
    let mut sql = Sql::default();
    let store = sql.put(store.0);
    sql.push(&format!(
        "SELECT CAST({code} AS bigint) AS account, m.event_id AS event_id, v.kind AS kind, v.business_date AS business_date,
                p.tag AS summary, CAST(p.balance - p.cost AS BIGINT) AS amount FROM ({PIECES}) p
         CROSS JOIN item_move m CROSS JOIN event v
         WHERE p.account = {code} AND p.store_id = {store} AND p.balance <> p.cost
           AND m.item_id = p.item_id AND v.id = m.event_id
           AND m.version = (SELECT MAX(x.version) FROM item_move x WHERE x.item_id = p.item_id)
         ORDER BY v.business_date DESC, m.event_id DESC LIMIT {MOST_DIFFERENCES}"
    ));
    let rows = DifferenceRow::find_by_statement(sql.statement(db)).all(db.conn()).await?;
    rows.into_iter().map(|row| Ok(row.difference()?.1)).collect()
}

async fn one(db: &impl Read, sql: Sql) -> Result<Money, DbError> {
    let row = db.conn().query_one_raw(sql.statement(db)).await?;
    Ok(money(row.map_or(Ok(0), |row| row.try_get("", "amount"))?))
}
