//! The embedded database writes a tidy copy of itself from one read transaction; the writer goes on.

use super::{Engine, MIGRATIONS, Snapshot, on_disk};
use crate::error::DbError;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use std::path::Path;

pub(super) const FILE: &str = "parure.db";

pub(super) async fn snapshot(path: &Path, folder: &Path) -> Result<Snapshot, DbError> {
    let copy = folder.join(FILE);
    let source = open(path).await?;
    let into = Statement::from_sql_and_values(
        DbBackend::Sqlite,
        "VACUUM INTO ?",
        [copy.to_string_lossy().into_owned().into()],
    );
    let done = source.execute_raw(into).await;
    source.close().await?;
    done?;
    let copy = open(&copy).await?;
    let found = look_at(&copy).await;
    copy.close().await?;
    found
}

/// Reads the copy once from end to end: a backup that cannot be restored is worse than a refusal today.
async fn look_at(copy: &DatabaseConnection) -> Result<Snapshot, DbError> {
    let sound = texts(copy, "PRAGMA quick_check(1)").await?;
    if sound.as_slice() != ["ok"] {
        return Err(DbError::corrupt(sound.join("; ")));
    }
    let tables =
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
    let mut rows = std::collections::BTreeMap::new();
    for table in texts(copy, tables).await? {
        let count = format!("SELECT CAST(COUNT(*) AS TEXT) FROM \"{table}\"");
        let count = texts(copy, &count).await?.first().and_then(|text| text.parse().ok()).unwrap_or(0);
        rows.insert(table, count);
    }
    let migrations = texts(copy, &format!("SELECT version FROM {MIGRATIONS} ORDER BY version")).await?;
    Ok(Snapshot { engine: Engine::Sqlite, migrations, rows })
}

/// The first column of each row.
async fn texts(conn: &DatabaseConnection, sql: &str) -> Result<Vec<String>, DbError> {
    let rows = conn.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await?;
    Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
}

/// A database that is there; SQLite would make a missing one.
async fn open(path: &Path) -> Result<DatabaseConnection, DbError> {
    if !path.exists() {
        return Err(DbError::Unavailable(format!("there is no store at {}", path.display())));
    }
    let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rw", path.display()));
    options.max_connections(1).sqlx_logging(false);
    Ok(Database::connect(options).await?)
}

pub(super) fn load(path: &Path, folder: &Path) -> Result<(), DbError> {
    std::fs::rename(folder.join(FILE), path).map_err(on_disk(path))?;
    let folder = path.parent().unwrap_or(path);
    std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(on_disk(folder))
}
