//! `PostgreSQL` hands out each table as text from one REPEATABLE READ transaction, so all of them are as of the
//! same instant; and takes them back in one transaction, parents before children.

use super::{Engine, MIGRATIONS, Snapshot, on_disk};
use crate::connect::server_options;
use crate::error::DbError;
use futures::TryStreamExt;
use sea_orm::Database;
use sqlx::pool::PoolConnection;
use sqlx::{AssertSqlSafe, Executor, Postgres};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use tokio::io::AsyncWriteExt;

type Connection = PoolConnection<Postgres>;

pub(super) fn file_of(table: &str) -> String {
    format!("{table}.copy")
}

pub(super) async fn snapshot(url: &str, folder: &Path) -> Result<Snapshot, DbError> {
    let mut conn = connect(url).await?;
    run(&mut conn, "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY").await?;
    let tables = tables(&mut conn).await?;
    if !tables.contains(MIGRATIONS) {
        return Err(DbError::Unavailable("there is no store in this database".to_owned()));
    }
    let migrations = texts(&mut conn, &format!("SELECT version FROM {MIGRATIONS} ORDER BY version")).await?;
    let mut rows = BTreeMap::new();
    for table in tables.into_iter().filter(|table| table != MIGRATIONS) {
        copy_out(&mut conn, &table, &folder.join(file_of(&table))).await?;
        let count = count(&mut conn, &table).await?;
        rows.insert(table, count);
    }
    run(&mut conn, "COMMIT").await?;
    Ok(Snapshot { engine: Engine::Postgres, migrations, rows })
}

async fn copy_out(conn: &mut Connection, table: &str, path: &Path) -> Result<(), DbError> {
    let file = tokio::fs::File::create_new(path).await.map_err(on_disk(path))?;
    let mut file = tokio::io::BufWriter::new(file);
    let mut rows = conn.copy_out_raw(&format!("COPY \"{table}\" TO STDOUT")).await.map_err(lost)?;
    while let Some(bytes) = rows.try_next().await.map_err(lost)? {
        file.write_all(&bytes).await.map_err(on_disk(path))?;
    }
    file.flush().await.map_err(on_disk(path))
}

pub(super) async fn is_vacant(url: &str) -> Result<bool, DbError> {
    Ok(tables(&mut connect(url).await?).await?.is_empty())
}

pub(super) async fn load(url: &str, folder: &Path, snapshot: &Snapshot) -> Result<(), DbError> {
    let mut conn = connect(url).await?;
    let order = parents_first(&mut conn).await?;
    let named: BTreeSet<&String> = snapshot.rows.keys().collect();
    if named != order.iter().collect() {
        return Err(DbError::corrupt("the tables of this backup are not those of its version"));
    }
    run(&mut conn, "BEGIN").await?;
    // A migration may have put rows of its own into a table; append-only tables give them up for this once.
    for table in order.iter().rev() {
        run(&mut conn, &format!("ALTER TABLE \"{table}\" DISABLE TRIGGER USER")).await?;
        run(&mut conn, &format!("DELETE FROM \"{table}\"")).await?;
    }
    for table in &order {
        let path = folder.join(file_of(table));
        let file = tokio::fs::File::open(&path).await.map_err(on_disk(&path))?;
        let mut copy = conn.copy_in_raw(&format!("COPY \"{table}\" FROM STDIN")).await.map_err(lost)?;
        copy.read_from(file).await.map_err(lost)?;
        let loaded = copy.finish().await.map_err(lost)?;
        if snapshot.rows.get(table) != Some(&loaded) {
            return Err(DbError::corrupt(format!("{loaded} rows in {table}")));
        }
        run(&mut conn, &format!("ALTER TABLE \"{table}\" ENABLE TRIGGER USER")).await?;
    }
    run(&mut conn, "COMMIT").await
}

/// The tables in an order in which each follows those it refers to.
async fn parents_first(conn: &mut Connection) -> Result<Vec<String>, DbError> {
    let references = "SELECT child.relname::text || '>' || parent.relname::text FROM pg_constraint k
        JOIN pg_class child ON child.oid = k.conrelid JOIN pg_class parent ON parent.oid = k.confrelid
        WHERE k.contype = 'f' AND k.conrelid <> k.confrelid
          AND child.relnamespace = current_schema()::regnamespace";
    let references = texts(conn, references).await?;
    let mut waiting: BTreeMap<String, BTreeSet<String>> = tables(conn)
        .await?
        .into_iter()
        .filter(|table| table != MIGRATIONS)
        .map(|table| (table, BTreeSet::new()))
        .collect();
    for (child, parent) in references.iter().filter_map(|reference| reference.split_once('>')) {
        if let Some(parents) = waiting.get_mut(child) {
            parents.insert(parent.to_owned());
        }
    }
    let mut order = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let ready = waiting.iter().find(|(_, parents)| parents.iter().all(|parent| order.contains(parent)));
        let Some(table) = ready.map(|(table, _)| table.clone()) else {
            return Err(DbError::corrupt("tables refer to each other in a circle"));
        };
        waiting.remove(&table);
        order.push(table);
    }
    Ok(order)
}

async fn tables(conn: &mut Connection) -> Result<BTreeSet<String>, DbError> {
    let tables = "SELECT relname::text FROM pg_class
        WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace";
    Ok(texts(conn, tables).await?.into_iter().collect())
}

async fn count(conn: &mut Connection, table: &str) -> Result<u64, DbError> {
    let count = format!("SELECT count(*)::text FROM \"{table}\"");
    let count = texts(conn, &count).await?;
    count.first().and_then(|text| text.parse().ok()).ok_or_else(|| DbError::corrupt(table))
}

async fn texts(conn: &mut Connection, sql: &str) -> Result<Vec<String>, DbError> {
    sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(&mut **conn).await.map_err(lost)
}

async fn run(conn: &mut Connection, sql: &str) -> Result<(), DbError> {
    conn.execute(sqlx::raw_sql(AssertSqlSafe(sql))).await.map(drop).map_err(lost)
}

async fn connect(url: &str) -> Result<Connection, DbError> {
    let conn = Database::connect(server_options(url, 1)).await?;
    conn.get_postgres_connection_pool().acquire().await.map_err(lost)
}

fn lost(error: sqlx::Error) -> DbError {
    DbError::Other(error.to_string())
}
