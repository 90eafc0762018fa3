//! The same rows straight to PostgreSQL: one call of one function on the server per sale, which is one commit, on
//! as many connections as there are tills. Nothing that asks before it writes can be faster.

use crate::raw_sqlite::Raw;
use anyhow::{Context, Result};
use db::Location;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, Connection, Executor, Row};
use std::time::{Duration, Instant};

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
/// Their pieces are sold, as soon as the moves that allow it are there.
const PIECES: &str = "UPDATE item i SET status = m.to_status, holder_id = m.holder_id, version = m.version
    FROM item_move m WHERE m.event_id = of_event AND i.id = m.item_id AND i.version = m.version - 1;";
const NUMBER: &str = "INSERT INTO series (kind, owner, next_no) VALUES ('raw', at_till, 2)
    ON CONFLICT (kind, owner) DO UPDATE SET next_no = series.next_no + 1;";
const SELL: &str = "SELECT raw_sale($1, $2, $3::json[])";

/// The function that writes a sale: `of_tables` are the rows of each table, as JSON, in the order of [`TABLES`].
fn raw_sale() -> String {
    let mut body = NUMBER.to_owned();
    for (at, (table, _)) in (1..).zip(TABLES) {
        body += &format!(
            "INSERT INTO {table} SELECT * FROM json_populate_recordset(null::{table}, of_tables[{at}]);"
        );
        if table == "item_move" {
            body += PIECES;
        }
    }
    format!(
        "CREATE FUNCTION raw_sale(of_event uuid, at_till uuid, of_tables json[]) RETURNS void
         LANGUAGE plpgsql AS $$ BEGIN {body} END $$"
    )
}

/// Makes a database on a server.
pub async fn create_database(server: &str, name: &str) -> Result<Location> {
    run(server, format!("CREATE DATABASE {name}")).await?;
    let (base, _) = server.rsplit_once('/').context("the address names no database")?;
    Ok(Location::Server(format!("{base}/{name}")))
}

/// A copy of the store as it is before the first sale. What the server still has to tidy up of all that was just
/// brought in, it does first: else it falls into the seconds in which tills are measured, or it does not, by luck.
pub async fn copy(url: &str) -> Result<Location> {
    let (base, name) = url.rsplit_once('/').context("the address names no database")?;
    tidy_up(url).await?;
    run(&format!("{base}/postgres"), format!("CREATE DATABASE raw TEMPLATE {name}")).await?;
    let copy = format!("{base}/raw");
    run(&copy, raw_sale()).await?;
    run(&copy, "CHECKPOINT".to_owned()).await?;
    Ok(Location::Server(copy))
}

/// Only the tables that hold something. Of an empty one PostgreSQL would note that it is empty, plan to read all of it
/// for each foreign key that points there, and keep to that plan while the tills fill it, until it looks again.
async fn tidy_up(url: &str) -> Result<()> {
    const FILLED: &str = "SELECT string_agg(quote_ident(relname), ', ') FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0";
    let mut connection = connect(url).await?;
    let filled: String = sqlx::query(FILLED).fetch_one(&mut connection).await?.try_get(0)?;
    connection.execute(AssertSqlSafe(format!("VACUUM ANALYZE {filled}"))).await?;
    Ok(connection.close().await?)
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
    let mut times = Vec::with_capacity(sales.len());
    for part in futures::future::join_all(parts).await {
        times.extend(part??);
    }
    let took = began.elapsed();
    times.sort_unstable();
    Ok(Raw { took, times })
}

/// How long each took.
async fn write(copy: &str, sales: &[Sale]) -> Result<Vec<Duration>> {
    let mut connection = connect(copy).await?;
    let mut times = Vec::with_capacity(sales.len());
    for (event, till, tables) in sales {
        let began = Instant::now();
        sqlx::query(SELL).bind(event).bind(till).bind(tables).execute(&mut connection).await?;
        times.push(began.elapsed());
    }
    connection.close().await?;
    Ok(times)
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
