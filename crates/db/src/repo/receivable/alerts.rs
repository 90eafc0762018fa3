//! What wants attention now.

use super::collect::{came_in, still_owed};
use super::text::Sql;
use crate::error::DbError;
use crate::tx::Read;
use chrono::NaiveDate;
use domain::ids::StoreId;
use domain::receivable::OverdueAlerts;
use sea_orm::ConnectionTrait;
use std::collections::BTreeMap;

/// How many customers, by the cards that stand, have something overdue, and how many broke a promise and still owe: each
/// store by its own day.
///
/// # Errors
/// [`DbError`]
pub async fn count_overdue(
    db: &impl Read,
    today: &BTreeMap<StoreId, NaiveDate>,
) -> Result<OverdueAlerts, DbError> {
    let mut sql = Sql::default();
    let days: Vec<(String, String)> =
        today.iter().map(|(store, day)| (sql.put(store.0), sql.put(*day))).collect();
    if days.is_empty() {
        return Ok(OverdueAlerts::default());
    }
    let before = |date: &str| {
        let each = days.iter().map(|(store, day)| format!("(store_id = {store} AND {date} < {day})"));
        each.collect::<Vec<_>>().join(" OR ")
    };
    let who = |rows: &str| {
        format!(
            "SELECT COUNT(DISTINCT COALESCE(c.merged_into, c.id)) FROM ({rows}) AS w JOIN customer c ON c.id = w.customer_id"
        )
    };
    let (overdue, over) = (before("due_on"), before("promised_on"));
    let overdue =
        who(&format!("SELECT DISTINCT customer_id FROM receivable WHERE open_minor > 0 AND ({overdue})"));
    let broken = who(&format!(
        "SELECT promise.customer_id FROM promise WHERE ({over}) \
         AND NOT EXISTS (SELECT 1 FROM promise_end e WHERE e.promise_id = promise.id) \
         AND {} AND promise.amount_minor > {}",
        still_owed(),
        came_in()
    ));
    sql.push(&format!("SELECT ({overdue}) AS accounts, ({broken}) AS broken"));
    let Some(row) = db.conn().query_one_raw(sql.statement(db)).await? else {
        return Ok(OverdueAlerts::default());
    };
    let count = |column: &str| -> Result<u64, DbError> {
        let count: i64 = row.try_get("", column)?;
        Ok(u64::try_from(count).unwrap_or(0))
    };
    Ok(OverdueAlerts { accounts: count("accounts")?, broken_promises: count("broken")? })
}
