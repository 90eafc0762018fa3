//! What wants attention now.

use super::collect::{came_in, still_owed};
use crate::error::DbError;
use crate::text::Sql;
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
    let stores = days.iter().map(|(store, _)| store.as_str()).collect::<Vec<_>>().join(", ");
    let today = days.iter().map(|(store, day)| format!("WHEN {store} THEN {day} ")).collect::<String>();
    let before = |date: &str| format!("store_id IN ({stores}) AND {date} < CASE store_id {today}END");
    let who = |rows: &str| {
        format!(
            "SELECT COUNT(DISTINCT COALESCE(merged.merged_into, w.customer_id)) FROM ({rows}) AS w \
             LEFT JOIN merged ON merged.id = w.customer_id"
        )
    };
    let (overdue, over) = (before("due_on"), before("promised_on"));
    let overdue = who(&format!("SELECT customer_id FROM receivable WHERE open_minor > 0 AND {overdue}"));
    let broken = who(&format!(
        "SELECT promise.customer_id FROM promise WHERE {over} \
         AND NOT EXISTS (SELECT 1 FROM promise_end e WHERE e.promise_id = promise.id) \
         AND {} AND promise.amount_minor > {}",
        still_owed(),
        came_in()
    ));
    sql.push(&format!(
        "WITH merged AS MATERIALIZED (SELECT id, merged_into FROM customer WHERE merged_into IS NOT NULL) \
         SELECT ({overdue}) AS accounts, ({broken}) AS broken"
    ));
    let Some(row) = db.conn().query_one_raw(sql.statement(db)).await? else {
        return Ok(OverdueAlerts::default());
    };
    let count = |column: &str| -> Result<u64, DbError> {
        let count: i64 = row.try_get("", column)?;
        Ok(u64::try_from(count).unwrap_or(0))
    };
    Ok(OverdueAlerts { accounts: count("accounts")?, broken_promises: count("broken")? })
}
