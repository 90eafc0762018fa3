//! The same rows straight to PostgreSQL: one prepared statement per table, one commit per sale, as many
//! connections as there are tills.

use crate::raw_sqlite::Raw;
use anyhow::{Context, Result};
use db::Location;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, Connection, Executor, Row};
use std::time::Instant;

/// The tables of a sale in the order in which they can be written, and how their rows are found by its event.
const TABLES: [(&str, &str); 8] = [
    ("event", "id = $1"),
    ("item_move", "event_id = $1"),
    ("journal_entry", "event_id = $1"),
    ("journal_line", "entry_id IN (SELECT id FROM journal_entry WHERE event_id = $1)"),
    ("sale", "event_id = $1"),
    ("sale_line", "sale_id IN (SELECT id FROM sale WHERE event_id = $1)"),
    (
        "sale_line_seller",
        "line_id IN (SELECT l.id FROM sale s JOIN sale_line l ON l.sale_id = s.id WHERE s.event_id = $1)",
    ),
    ("sale_tender", "sale_id IN (SELECT id FROM sale WHERE event_id = $1)"),
];
const PIECES: &str = "UPDATE item i SET status = m.to_status, holder_id = m.holder_id, version = m.version
    FROM item_move m WHERE m.event_id = $1 AND i.id = m.item_id AND i.version = m.version - 1";
const NUMBER: &str = "INSERT INTO series (kind, owner, next_no) VALUES ('raw', $1, 2)
    ON CONFLICT (kind, owner) DO UPDATE SET next_no = series.next_no + 1";

/// Makes a database on a server.
pub async fn create_database(server: &str, name: &str) -> Result<Location> {
    run(server, format!("CREATE DATABASE {name}")).await?;
    let (base, _) = server.rsplit_once('/').context("the address names no database")?;
    Ok(Location::Server(format!("{base}/{name}")))
}

/// A copy of the store as it is before the first sale.
pub async fn copy(url: &str) -> Result<Location> {
    let (base, name) = url.rsplit_once('/').context("the address names no database")?;
    run(&format!("{base}/postgres"), format!("CREATE DATABASE raw TEMPLATE {name}")).await?;
    Ok(Location::Server(format!("{base}/raw")))
}

async fn run(url: &str, sql: String) -> Result<()> {
    let mut connection = connect(url).await?;
    connection.execute(AssertSqlSafe(sql)).await?;
    Ok(connection.close().await?)
}

async fn connect(url: &str) -> Result<PgConnection> {
    Ok(PgConnection::connect_with(&url.parse::<PgConnectOptions>()?).await?)
}

/// A sale: its event, its till, and the rows of each table as JSON.
type Sale = (sqlx::types::Uuid, sqlx::types::Uuid, Vec<String>);

/// Reads every sale of one database and writes it to the copy.
pub async fn replay(from: &str, copy: &str, connections: usize) -> Result<Raw> {
    let sales = read_sales(from).await?;
    let began = Instant::now();
    let parts = (0..connections).map(|first| {
        let mine: Vec<Sale> = sales.iter().skip(first).step_by(connections).cloned().collect();
        let copy = copy.to_owned();
        tokio::spawn(async move { write(&copy, &mine).await })
    });
    for part in futures::future::join_all(parts).await {
        part??;
    }
    Ok(Raw { sales: sales.len(), took: began.elapsed() })
}

async fn write(copy: &str, sales: &[Sale]) -> Result<()> {
    let mut connection = connect(copy).await?;
    let inserts = TABLES.map(|(table, _)| {
        format!("INSERT INTO {table} SELECT * FROM json_populate_recordset(null::{table}, $1::json)")
    });
    for (event, till, tables) in sales {
        let mut tx = connection.begin().await?;
        sqlx::query(NUMBER).bind(till).execute(&mut *tx).await?;
        for ((insert, rows), (table, _)) in inserts.iter().zip(tables).zip(TABLES) {
            sqlx::query(AssertSqlSafe(insert.clone())).bind(rows).execute(&mut *tx).await?;
            if table == "item_move" {
                sqlx::query(PIECES).bind(event).execute(&mut *tx).await?;
            }
        }
        tx.commit().await?;
    }
    Ok(connection.close().await?)
}

async fn read_sales(url: &str) -> Result<Vec<Sale>> {
    let mut connection = connect(url).await?;
    let events = sqlx::query("SELECT event_id, till_id FROM sale ORDER BY event_id");
    let mut sales = Vec::new();
    for row in events.fetch_all(&mut connection).await? {
        let (event, till) = (row.try_get(0)?, row.try_get(1)?);
        let mut tables = Vec::with_capacity(TABLES.len());
        for (table, of_event) in TABLES {
            let rows = format!("SELECT coalesce(json_agg(t), '[]')::text FROM {table} t WHERE {of_event}");
            let rows = sqlx::query(AssertSqlSafe(rows)).bind::<sqlx::types::Uuid>(event);
            tables.push(rows.fetch_one(&mut connection).await?.try_get(0)?);
        }
        sales.push((event, till, tables));
    }
    Ok(sales)
}
