//! Many rows at once into a database that has all its indexes, triggers and foreign keys.

use super::rows::{JOURNAL, Row, Rows, Table, Value};
use anyhow::Result;
use chrono::SecondsFormat;
use db::Location;
use futures::future::join;
use rusqlite::types::{ToSqlOutput, Value as Owned, ValueRef};
use rusqlite::{Connection, ToSql, params_from_iter};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{Connection as _, Executor};
use std::mem;

/// An open database that is filled.
pub enum Loader {
    Sqlite(Connection),
    Postgres(Box<Pair>),
}

/// Two connections, each of which keeps a core of the server busy: the events with their journal go ahead, and what
/// hangs on them follows a portion later.
pub struct Pair {
    ahead: PgConnection,
    behind: PgConnection,
    /// What is still to follow.
    waiting: Vec<Filled>,
}

type Filled = (&'static Table, Vec<Row>);

impl Loader {
    pub async fn open(location: &Location) -> Result<Self> {
        Ok(match location {
            Location::File(file) => {
                let connection = Connection::open(file)?;
                // Nobody was promised anything yet: the disk is waited for once, at the end. The indexes that grow
                // everywhere at once stay in memory meanwhile, and so does what each statement would be taken back with.
                for (pragma, value) in [
                    ("synchronous", "OFF"),
                    ("foreign_keys", "ON"),
                    ("recursive_triggers", "ON"),
                    ("cache_size", "-1000000"),
                    ("temp_store", "MEMORY"),
                ] {
                    connection.pragma_update(None, pragma, value)?;
                }
                connection.set_prepared_statement_cache_capacity(64);
                // One transaction for everything: what indexes by customer change would be written anew with each portion.
                connection.execute_batch("BEGIN IMMEDIATE")?;
                Self::Sqlite(connection)
            }
            Location::Server(url) => {
                let options: PgConnectOptions = url.parse()?;
                let mut ahead = PgConnection::connect_with(&options).await?;
                // With its own setting the server makes a checkpoint every twenty seconds, and writes each page of the
                // indexes by customer whole after each.
                ahead.execute("ALTER SYSTEM SET max_wal_size = '8GB'").await?;
                ahead.execute("SELECT pg_reload_conf()").await?;
                Self::Postgres(Box::new(Pair {
                    ahead,
                    behind: PgConnection::connect_with(&options).await?,
                    waiting: Vec::new(),
                }))
            }
        })
    }

    /// Writes a portion.
    pub async fn write(&mut self, rows: Rows) -> Result<()> {
        match self {
            Self::Sqlite(connection) => {
                rows.by_table().try_for_each(|(table, rows)| insert(connection, table, &rows))
            }
            Self::Postgres(pair) => pair.write(rows.by_table().collect()).await,
        }
    }

    /// Leaves the database as one that grew over years: on the disk, and known to its planner.
    pub async fn finish(self) -> Result<()> {
        match self {
            Self::Sqlite(connection) => {
                connection.execute_batch("COMMIT")?;
                connection.pragma_update(None, "synchronous", "FULL")?;
                connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
            }
            Self::Postgres(mut pair) => {
                pair.write(Vec::new()).await?;
                pair.ahead.execute("ALTER SYSTEM RESET max_wal_size").await?;
                pair.ahead.execute("SELECT pg_reload_conf()").await?;
                // What autovacuum does by itself, sooner or later.
                pair.ahead.execute("VACUUM (ANALYZE)").await?;
            }
        }
        Ok(())
    }
}

fn insert(connection: &Connection, table: &Table, rows: &[Row]) -> Result<()> {
    let marks = vec!["?"; table.columns.split(',').count()].join(", ");
    let text = format!("INSERT INTO {} ({}) VALUES ({marks})", table.name, table.columns);
    let mut statement = connection.prepare_cached(&text)?;
    for row in rows {
        statement.execute(params_from_iter(row))?;
    }
    Ok(())
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let text = |text: String| ToSqlOutput::Owned(Owned::Text(text));
        Ok(match self {
            Self::Nothing => ToSqlOutput::Borrowed(ValueRef::Null),
            Self::Number(number) => (*number).into(),
            Self::Is(is) => i64::from(*is).into(),
            Self::Id(id) => ToSqlOutput::Borrowed(ValueRef::Blob(id.as_bytes())),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
            Self::Day(day) => text(day.to_string()),
            Self::At(at) => text(at.to_rfc3339_opts(SecondsFormat::AutoSi, false)),
        })
    }
}

impl Pair {
    async fn write(&mut self, mut rows: Vec<Filled>) -> Result<()> {
        let follow = rows.split_off(rows.len().min(JOURNAL));
        let waiting = mem::replace(&mut self.waiting, follow);
        let (ahead, behind) = join(write(&mut self.ahead, rows), write(&mut self.behind, waiting)).await;
        ahead.and(behind)
    }
}

async fn write(connection: &mut PgConnection, rows: Vec<Filled>) -> Result<()> {
    let mut transaction = connection.begin().await?;
    for (table, rows) in rows {
        copy(&mut transaction, table, &rows).await?;
    }
    Ok(transaction.commit().await?)
}

async fn copy(connection: &mut PgConnection, table: &Table, rows: &[Row]) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let statement = format!("COPY {} ({}) FROM STDIN", table.name, table.columns);
    let mut copying = connection.copy_in_raw(&statement).await?;
    let mut text = String::new();
    for row in rows {
        for (at, value) in row.iter().enumerate() {
            text.push_str(if at == 0 { "" } else { "\t" });
            put(&mut text, value);
        }
        text.push('\n');
    }
    copying.send(text.into_bytes()).await?;
    copying.finish().await?;
    Ok(())
}

/// A value as COPY reads it.
fn put(line: &mut String, value: &Value) {
    match value {
        Value::Nothing => line.push_str("\\N"),
        Value::Number(number) => line.push_str(&number.to_string()),
        Value::Is(is) => line.push(if *is { 't' } else { 'f' }),
        Value::Id(id) => line.push_str(&id.to_string()),
        Value::Bytes(bytes) => {
            line.push_str("\\\\x");
            bytes.iter().for_each(|byte| line.push_str(&format!("{byte:02x}")));
        }
        Value::Day(day) => line.push_str(&day.to_string()),
        Value::At(at) => line.push_str(&at.to_rfc3339()),
        Value::Text(text) => {
            for c in text.chars() {
                match c {
                    '\\' => line.push_str("\\\\"),
                    '\t' => line.push_str("\\t"),
                    '\n' => line.push_str("\\n"),
                    '\r' => line.push_str("\\r"),
                    c => line.push(c),
                }
            }
        }
    }
}
