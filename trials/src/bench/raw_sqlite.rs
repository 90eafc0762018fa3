//! The same rows by prepared statements with one commit per sale, straight to SQLite: as fast as the disk and
//! the schema allow, with its indexes, triggers and foreign keys.

use anyhow::{Context, Result};
use db::Location;
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params, params_from_iter};
use std::path::Path;
use std::time::{Duration, Instant};

/// How long it took.
#[derive(Debug, Clone)]
pub struct Raw {
    pub took: Duration,
    /// How long each sale took, shortest first.
    pub times: Vec<Duration>,
}

/// The tables of a sale in the order in which they can be written, and how their rows are found by its event.
const TABLES: [(&str, &str); 8] = [
    ("event", "id = ?1"),
    ("item_move", "event_id = ?1"),
    ("journal_entry", "event_id = ?1"),
    ("journal_line", "entry_id IN (SELECT id FROM journal_entry WHERE event_id = ?1)"),
    ("sale", "event_id = ?1"),
    ("sale_line", "sale_id IN (SELECT id FROM sale WHERE event_id = ?1)"),
    (
        "sale_line_seller",
        "line_id IN (SELECT l.id FROM sale s JOIN sale_line l ON l.sale_id = s.id WHERE s.event_id = ?1)",
    ),
    ("sale_tender", "sale_id IN (SELECT id FROM sale WHERE event_id = ?1)"),
];
const PIECE: &str = "UPDATE item SET status = ?3, holder_id = ?5, version = ?2 WHERE id = ?1 AND version = ?2 - 1 AND status = ?4";
const PIECE_OF_MOVE: &str =
    "SELECT item_id, version, to_status, from_status, holder_id FROM item_move WHERE event_id = ?1";
const NUMBER: &str = "INSERT INTO series (kind, owner, next_no) VALUES ('raw', ?1, 2)
    ON CONFLICT (kind, owner) DO UPDATE SET next_no = series.next_no + 1";

/// A copy of the store as it is before the first sale.
pub fn copy(from: &Path, to: &Path) -> Result<Location> {
    Connection::open(from)?.execute("VACUUM INTO ?1", [to.to_string_lossy()])?;
    Ok(Location::File(to.to_owned()))
}

/// One statement of a sale: which, and with what.
type Written = (usize, Vec<Value>);

/// Reads every sale of one database and writes it to the copy.
pub fn replay(from: &Path, copy: &Path) -> Result<Raw> {
    let source = Connection::open(from)?;
    let mut texts = Vec::new();
    for (table, _) in TABLES {
        let columns = source.prepare(&format!("SELECT * FROM {table}"))?.column_count();
        let marks = vec!["?"; columns].join(", ");
        texts.push(format!("INSERT INTO {table} VALUES ({marks})"));
    }
    texts.extend([PIECE.to_owned(), NUMBER.to_owned()]);
    let sales = read_sales(&source, texts.len())?;

    let target = Connection::open(copy)?;
    for (pragma, value) in [
        ("journal_mode", "WAL"),
        ("synchronous", "FULL"),
        ("foreign_keys", "ON"),
        ("recursive_triggers", "ON"),
    ] {
        target.pragma_update(None, pragma, value)?;
    }
    target.set_prepared_statement_cache_capacity(64);
    let mut times = Vec::with_capacity(sales.len());
    let began = Instant::now();
    for sale in &sales {
        let begun = Instant::now();
        target.execute_batch("BEGIN IMMEDIATE")?;
        for (which, values) in sale {
            let text = texts.get(*which).context("no such statement")?;
            target.prepare_cached(text)?.execute(params_from_iter(values))?;
        }
        target.execute_batch("COMMIT")?;
        times.push(begun.elapsed());
    }
    let took = began.elapsed();
    times.sort_unstable();
    Ok(Raw { took, times })
}

fn read_sales(source: &Connection, statements: usize) -> Result<Vec<Vec<Written>>> {
    let (piece, number) = (statements - 2, statements - 1);
    let mut events = source.prepare("SELECT event_id, till_id FROM sale ORDER BY event_id")?;
    let events = events.query_map([], |row| Ok((row.get::<_, Value>(0)?, row.get::<_, Value>(1)?)))?;
    let events = events.collect::<Result<Vec<_>, _>>()?;
    let mut sales = Vec::with_capacity(events.len());
    for (event, till) in events {
        let mut sale: Vec<Written> = vec![(number, vec![till])];
        for (which, (table, of_event)) in TABLES.iter().enumerate() {
            let rows = format!("SELECT * FROM {table} WHERE {of_event}");
            let mut rows = source.prepare_cached(&rows)?;
            for row in rows.query_map(params![event], values)? {
                sale.push((which, row?));
            }
            if *table == "item_move" {
                let mut moved = source.prepare_cached(PIECE_OF_MOVE)?;
                for row in moved.query_map(params![event], values)? {
                    sale.push((piece, row?));
                }
            }
        }
        sales.push(sale);
    }
    Ok(sales)
}

fn values(row: &Row<'_>) -> rusqlite::Result<Vec<Value>> {
    (0..row.as_ref().column_count()).map(|column| row.get(column)).collect()
}
