//! The plainest statements that answer the same from the same tables, put straight to the database.

use anyhow::Result;
use chrono::{Days, NaiveDate};
use db::Location;
use domain::ids::{CustomerId, StoreId};
use domain::receivable::Bucket;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::types::Uuid;
use sqlx::{AssertSqlSafe, Connection as _, Row};
use std::time::{Duration, Instant};

/// A connection of nobody else's, set as the program sets those it reads with.
pub enum Plain {
    Sqlite(rusqlite::Connection),
    Postgres(Box<PgConnection>),
}

impl Plain {
    pub async fn open(location: &Location) -> Result<Self> {
        Ok(match location {
            Location::File(file) => {
                let connection = rusqlite::Connection::open(file)?;
                connection.pragma_update(None, "query_only", "ON")?;
                connection.pragma_update(None, "cache_size", "-1000")?;
                Self::Sqlite(connection)
            }
            Location::Server(url) => {
                let options: PgConnectOptions = url.parse()?;
                Self::Postgres(Box::new(
                    PgConnection::connect_with(&options.options([("jit", "off")])).await?,
                ))
            }
        })
    }

    /// Asks, and adds up the amounts of the answer: how long it took, and what they come to.
    pub async fn ask(&mut self, sql: &str) -> Result<(Duration, i64)> {
        let began = Instant::now();
        let mut sum = 0;
        match self {
            Self::Sqlite(connection) => {
                let mut statement = connection.prepare_cached(sql)?;
                let mut rows = statement.query([])?;
                while let Some(row) = rows.next()? {
                    sum += row.get::<_, i64>("amount")?;
                }
            }
            Self::Postgres(connection) => {
                let rows = sqlx::query(AssertSqlSafe(sql.to_owned()));
                for row in rows.fetch_all(connection.as_mut()).await? {
                    sum += row.try_get::<i64, _>("amount")?;
                }
            }
        }
        Ok((began.elapsed(), sum))
    }

    /// An id in SQL.
    fn id(&self, id: Uuid) -> String {
        match self {
            Self::Sqlite(_) => format!("x'{}'", id.simple()),
            Self::Postgres(_) => format!("'{id}'"),
        }
    }

    /// What stands on each account of a store.
    pub fn of_store(&self, id: StoreId) -> String {
        format!(
            "SELECT account_code, CAST(SUM(amount_minor) AS bigint) AS amount FROM journal_line \
             WHERE store_id = {id} GROUP BY account_code",
            id = self.id(id.0),
        )
    }

    /// What a customer owes by age.
    pub fn of_customer(&self, id: CustomerId, today: NaiveDate) -> String {
        format!(
            "SELECT {age} AS age, CAST(SUM(open_minor) AS bigint) AS amount FROM receivable r \
             WHERE customer_id = {id} AND open_minor > 0 GROUP BY age",
            age = age(today),
            id = self.id(id.0),
        )
    }
}

/// The place of a due date among the columns of an aging.
fn age(day: NaiveDate) -> String {
    let columns = (0..).zip(Bucket::LAST_DAYS).map(|(column, last)| {
        let first = day.checked_sub_days(Days::new(last.unsigned_abs())).unwrap_or(NaiveDate::MIN);
        format!("WHEN r.due_on >= '{first}' THEN {column} ")
    });
    format!("CASE {}ELSE {} END", columns.collect::<String>(), Bucket::LAST_DAYS.len())
}

/// What is open by store and age.
pub fn now_by_store(today: NaiveDate) -> String {
    format!(
        "SELECT store_id, {age} AS age, CAST(SUM(open_minor) AS bigint) AS amount FROM receivable r \
         WHERE open_minor > 0 GROUP BY store_id, age",
        age = age(today),
    )
}

/// What was posted by a day less what was applied by then.
fn then(day: NaiveDate) -> String {
    format!(
        "receivable r LEFT JOIN (SELECT receivable_id, SUM(amount_minor) AS amount FROM application \
           WHERE applied_on <= '{day}' GROUP BY receivable_id) a ON a.receivable_id = r.id \
         WHERE r.posted_on <= '{day}'"
    )
}

const OWED_THEN: &str = "CAST(SUM(r.amount_minor - COALESCE(a.amount, 0)) AS bigint)";

/// The same as of a day.
pub fn then_by_store(day: NaiveDate) -> String {
    format!(
        "SELECT r.store_id, {age} AS age, {OWED_THEN} AS amount FROM {then} GROUP BY r.store_id, age",
        age = age(day),
        then = then(day),
    )
}

/// The customer, so that `SQLite` reads what is open in place of all there ever was: by the bare column it takes ten
/// times as long.
const CUSTOMER: &str = "COALESCE(r.customer_id, NULL)";

/// Those who owe most now.
pub fn now_by_customer(most: u64) -> String {
    format!(
        "SELECT {CUSTOMER} AS who, CAST(SUM(open_minor) AS bigint) AS amount FROM receivable r \
         WHERE open_minor > 0 GROUP BY {CUSTOMER} ORDER BY amount DESC LIMIT {most}"
    )
}

/// Those who owed most on a day.
pub fn then_by_customer(day: NaiveDate, most: u64) -> String {
    format!(
        "SELECT {CUSTOMER} AS who, {OWED_THEN} AS amount FROM {then} \
         GROUP BY {CUSTOMER} ORDER BY amount DESC LIMIT {most}",
        then = then(day),
    )
}

/// Those with most overdue now.
pub fn overdue_by_customer(today: NaiveDate, most: u64) -> String {
    format!(
        "SELECT {CUSTOMER} AS who, CAST(SUM(open_minor) AS bigint) AS amount FROM receivable r \
         WHERE open_minor > 0 AND r.due_on < '{today}' GROUP BY {CUSTOMER} ORDER BY amount DESC LIMIT {most}"
    )
}
