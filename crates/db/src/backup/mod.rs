//! A copy of the whole database as files, as of one instant and taken while others write; and the way back
//! into an empty place. What is packed around these files is not decided here.

mod postgres;
mod sqlite;

use crate::connect::Location;
use crate::error::DbError;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// Which database a copy is of: the files of one do not fit the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// What a copy holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    pub engine: Engine,
    /// The migrations behind its schema, in order.
    pub migrations: Vec<String>,
    /// Rows of each table.
    pub rows: BTreeMap<String, u64>,
}

/// The table in which the migrations are remembered.
const MIGRATIONS: &str = "seaql_migrations";

impl Location {
    #[must_use]
    pub const fn engine(&self) -> Engine {
        match self {
            Self::File(_) => Engine::Sqlite,
            Self::Server(_) => Engine::Postgres,
        }
    }
}

/// Copies everything into files of an empty folder. Nobody waits for it: what is written meanwhile is not in it.
///
/// # Errors
/// [`DbError::Unavailable`] when there is no database, [`DbError::Corrupt`] when the copy is not sound.
pub async fn snapshot(location: &Location, folder: &Path) -> Result<Snapshot, DbError> {
    match location {
        Location::File(path) => sqlite::snapshot(path, folder).await,
        Location::Server(url) => postgres::snapshot(url, folder).await,
    }
}

/// The names of the files that [`snapshot`] wrote.
#[must_use]
pub fn files(snapshot: &Snapshot) -> Vec<String> {
    match snapshot.engine {
        Engine::Sqlite => vec![sqlite::FILE.to_owned()],
        Engine::Postgres => snapshot.rows.keys().map(|table| postgres::file_of(table)).collect(),
    }
}

/// Whether nothing is there yet.
///
/// # Errors
/// [`DbError::Unavailable`] when the server cannot be reached.
pub async fn is_vacant(location: &Location) -> Result<bool, DbError> {
    match location {
        Location::File(path) => Ok(!path.exists()),
        Location::Server(url) => postgres::is_vacant(url).await,
    }
}

/// Puts a copy in its place. On `PostgreSQL` the schema of the copy's own migrations has to be there and
/// holds nothing yet; on `SQLite` the file is the database, and it is moved.
///
/// # Errors
/// [`DbError::Corrupt`] when it does not hold what the copy says; then nothing was kept on `PostgreSQL`.
pub async fn load(location: &Location, folder: &Path, snapshot: &Snapshot) -> Result<(), DbError> {
    match location {
        Location::File(path) => sqlite::load(path, folder),
        Location::Server(url) => postgres::load(url, folder, snapshot).await,
    }
}

fn on_disk(what: &Path) -> impl Fn(std::io::Error) -> DbError {
    move |error| match error.kind() {
        std::io::ErrorKind::StorageFull => DbError::DiskFull,
        _ => DbError::Other(format!("{}: {error}", what.display())),
    }
}
