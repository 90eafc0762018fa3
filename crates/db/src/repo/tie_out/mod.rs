//! Sub-ledgers beside their control accounts: their balances at the end of a day, and the events that moved one of
//! them and not the other. `verify` asks the same over everything.

mod drawers;
mod goods;
mod moves;

pub use drawers::{list_drawers, sum_closed_drawers};
pub use goods::{GoodsTie, tie_goods};

use crate::convert::{account, code, money};
use crate::error::DbError;
use crate::text::Sql;
use crate::tx::Read;
use chrono::NaiveDate;
use domain::ids::{EventId, StoreId};
use domain::ledger::{AccountCode, TieDifference};
use domain::money::Money;
use moves::{SUB_LEDGERS, SubLedger};
use sea_orm::{ConnectionTrait, FromQueryResult};
use std::collections::BTreeMap;
use uuid::Uuid;

/// More differences than this are looked into one by one, beginning with the newest.
const MOST_DIFFERENCES: u64 = 100;

/// What is compared.
#[derive(Debug, Clone, Copy)]
pub enum Scope {
    /// Everything there is.
    All,
    /// What a store posted on a day and before.
    Until(StoreId, NaiveDate),
    /// What a store posted on a day.
    On(StoreId, NaiveDate),
}

impl Scope {
    /// The condition on rows with a store and a day.
    fn condition(self, sql: &mut Sql, store: &str, day: &str) -> String {
        let (of, than, on) = match self {
            Self::All => return String::new(),
            Self::Until(of, on) => (of, "<=", on),
            Self::On(of, on) => (of, "=", on),
        };
        let (of, on) = (sql.put(of.0), sql.put(on));
        format!(" AND {store} = {of} AND {day} {than} {on}")
    }
}

/// The accounts with a sub-ledger, and what it is made of.
///
/// # Errors
/// [`DbError`] for a code that is none.
pub fn controlled() -> Result<Vec<(AccountCode, &'static str)>, DbError> {
    SUB_LEDGERS.iter().map(|one| Ok((account(one.account)?, one.of))).collect()
}

/// Both sides of a sub-ledger with their events: what was posted above zero, what moved below.
fn both(sql: &mut Sql, one: &SubLedger, scope: Scope) -> String {
    let of_lines = scope.condition(sql, "j.store_id", "j.business_date");
    let of_moves = scope.condition(sql, "m.store_id", "m.day");
    let SubLedger { account, lines, .. } = one;
    format!(
        "SELECT CAST({account} AS bigint) AS account, e.event_id AS event_id, j.amount_minor AS amount
         FROM journal_line j JOIN journal_entry e ON e.id = j.entry_id
         WHERE j.account_code = {account}{lines}{of_lines}
         UNION ALL
         SELECT CAST({account} AS bigint), m.event_id, -m.amount FROM ({}) m WHERE 1 = 1{of_moves}",
        one.moves()
    )
}

#[derive(Debug, FromQueryResult)]
struct DifferenceRow {
    account: i64,
    event_id: Uuid,
    kind: String,
    business_date: NaiveDate,
    summary: String,
    amount: i64,
}

impl DifferenceRow {
    fn difference(self) -> Result<(AccountCode, TieDifference), DbError> {
        let of = TieDifference {
            event: EventId(self.event_id),
            kind: code(&self.kind)?,
            on: self.business_date,
            summary: self.summary,
            amount: money(self.amount),
        };
        Ok((account(self.account)?, of))
    }
}

/// The events that posted something else to a control account than they moved in its sub-ledger, newest first.
///
/// # Errors
/// [`DbError`]
pub async fn list_differences(
    db: &impl Read,
    scope: Scope,
) -> Result<Vec<(AccountCode, TieDifference)>, DbError> {
    let mut sql = Sql::default();
    let sides: Vec<String> = SUB_LEDGERS.iter().map(|one| both(&mut sql, one, scope)).collect();
    sql.push(&format!(
        "SELECT x.account AS account, x.event_id AS event_id, v.kind AS kind, v.business_date AS business_date,
                v.summary AS summary, CAST(x.amount AS BIGINT) AS amount
         FROM (SELECT account, event_id, SUM(amount) AS amount FROM ({}) y
               GROUP BY account, event_id HAVING SUM(amount) <> 0) x
         JOIN event v ON v.id = x.event_id
         ORDER BY v.business_date DESC, x.event_id DESC LIMIT {MOST_DIFFERENCES}",
        sides.join(" UNION ALL ")
    ));
    let rows = DifferenceRow::find_by_statement(sql.statement(db)).all(db.conn()).await?;
    rows.into_iter().map(DifferenceRow::difference).collect()
}

/// The balance of each sub-ledger of a store at the end of a day.
///
/// # Errors
/// [`DbError`]
pub async fn sum_sub_ledgers(
    db: &impl Read,
    store: StoreId,
    day: NaiveDate,
) -> Result<BTreeMap<AccountCode, Money>, DbError> {
    let mut sql = Sql::default();
    let until = Scope::Until(store, day);
    let arms: Vec<String> = SUB_LEDGERS
        .iter()
        .map(|one| {
            let which = until.condition(&mut sql, "m.store_id", "m.day");
            format!(
                "SELECT CAST({} AS bigint) AS account, CAST(COALESCE(SUM(m.amount), 0) AS BIGINT) AS amount
                 FROM ({}) m WHERE 1 = 1{which}",
                one.account,
                one.moves()
            )
        })
        .collect();
    sql.push(&arms.join(" UNION ALL "));
    sums(db, sql).await
}

/// What the lines that each sub-ledger controls come to in a store at the end of a day.
///
/// # Errors
/// [`DbError`]
pub async fn sum_controls(
    db: &impl Read,
    store: StoreId,
    day: NaiveDate,
) -> Result<BTreeMap<AccountCode, Money>, DbError> {
    let mut sql = Sql::default();
    let until = Scope::Until(store, day);
    let arms: Vec<String> = SUB_LEDGERS
        .iter()
        .map(|SubLedger { account, lines, .. }| {
            let which = until.condition(&mut sql, "j.store_id", "j.business_date");
            format!(
                "SELECT CAST({account} AS bigint) AS account, CAST(COALESCE(SUM(j.amount_minor), 0) AS BIGINT) AS amount
                 FROM journal_line j WHERE j.account_code = {account}{lines}{which}"
            )
        })
        .collect();
    sql.push(&arms.join(" UNION ALL "));
    sums(db, sql).await
}

async fn sums(db: &impl Read, sql: Sql) -> Result<BTreeMap<AccountCode, Money>, DbError> {
    let rows = db.conn().query_all_raw(sql.statement(db)).await?;
    let sum = |row: &sea_orm::QueryResult| {
        Ok((account(row.try_get("", "account")?)?, money(row.try_get("", "amount")?)))
    };
    rows.iter().map(sum).collect()
}

/// Control accounts that nothing in a store should have posted to, with what stands on them at the end of a day.
///
/// # Errors
/// [`DbError`]
pub async fn sum_unused(
    db: &impl Read,
    store: StoreId,
    day: NaiveDate,
) -> Result<BTreeMap<AccountCode, Money>, DbError> {
    /// Drawers, the safe and goods are compared in their own way.
    const OTHERS: [i64; 4] = [1000, 1010, 1200, 1260];
    let mut sql = Sql::default();
    let which = Scope::Until(store, day).condition(&mut sql, "j.store_id", "j.business_date");
    let used: Vec<String> =
        SUB_LEDGERS.iter().map(|one| one.account).chain(OTHERS).map(|code| code.to_string()).collect();
    // Account by account: there are few, and nothing of the others is read.
    sql.push(&format!(
        "SELECT account, amount FROM (
           SELECT a.code AS account, CAST((SELECT SUM(j.amount_minor) FROM journal_line j
                                           WHERE j.account_code = a.code{which}) AS BIGINT) AS amount
           FROM account a WHERE a.control AND a.code NOT IN ({})) x
         WHERE amount IS NOT NULL",
        used.join(", ")
    ));
    sums(db, sql).await
}
