//! Opening the embedded database or a `PostgreSQL` server.

use crate::error::{DbError, is_retryable};
use crate::tx::{Reader, WriteTx};
use crate::writer::{BoxFuture, Connect, Queue};
use log::LevelFilter;
use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbErr, TransactionTrait};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// Where the data lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// A file of the embedded database.
    File(PathBuf),
    /// The address of a `PostgreSQL` database.
    Server(String),
}

/// The open database. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Db {
    reader: Reader,
    writer: Writer,
}

#[derive(Debug, Clone)]
enum Writer {
    /// `SQLite`: one writer, fed by a queue.
    Queue(Queue),
    /// `PostgreSQL`: several writers at once, in the order in which they came, on connections of their own.
    Pool(DatabaseConnection, Arc<Semaphore>),
}

/// Enough for the requests of two cores; more would only wait for each other.
const READERS: u32 = 4;
const SERVER_READERS: u32 = 14;
/// Enough that some wait for the disk while others compute. More of them only take turns on the server's cores, and
/// then the slowest of a hundred sales waits for most of the others. They have connections of their own: a pool hands
/// out the one that has rested longest, and of twenty each is a process with plans and a catalog of its own.
const SERVER_WRITERS: u32 = 6;
const STATEMENTS_KEPT: usize = 256;
/// `PARURE_LOG=sqlx::query=trace` shows every statement; else they cost nothing.
const STATEMENTS_LOGGED_AT: LevelFilter = LevelFilter::Trace;

impl Db {
    /// Opens a database whose schema is up to date.
    ///
    /// # Errors
    /// [`DbError::Unavailable`] when the file or the server cannot be reached.
    pub async fn open(location: &Location) -> Result<Self, DbError> {
        match location {
            Location::File(path) => {
                let conn = Database::connect(reader_options(path)).await?;
                let path = path.clone();
                let connect: Connect = Box::new(move || {
                    let options = writer_options(&path);
                    Box::pin(Database::connect(options))
                });
                Ok(Self { reader: Reader { conn }, writer: Writer::Queue(Queue::start(connect)?) })
            }
            Location::Server(url) => {
                let conn = Database::connect(server_options(url, SERVER_READERS)).await?;
                let writers = Database::connect(server_options(url, SERVER_WRITERS)).await?;
                let turns = Arc::new(Semaphore::new(SERVER_WRITERS as usize));
                Ok(Self { reader: Reader { conn }, writer: Writer::Pool(writers, turns) })
            }
        }
    }

    /// A connection on which the schema may be changed, for migrations alone.
    ///
    /// # Errors
    /// [`DbError::Unavailable`] when the file or the server cannot be reached.
    pub async fn connect_for_migration(location: &Location) -> Result<DatabaseConnection, DbError> {
        Ok(match location {
            Location::File(path) => Database::connect(writer_options(path)).await?,
            Location::Server(url) => Database::connect(server_options(url, 1)).await?,
        })
    }

    #[must_use]
    pub const fn read(&self) -> &Reader {
        &self.reader
    }

    /// Runs a command in a transaction: what it writes is kept when it succeeds, and gone without a
    /// trace when it is refused, fails or panics. A caller that goes away stops nothing half-way.
    ///
    /// The command may be run again after a deadlock, hence `Fn`.
    ///
    /// # Errors
    /// What the command refuses, or a [`DbError`].
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + TryIntoDbError + Send + 'static,
        F: for<'t> Fn(&'t WriteTx) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
    {
        match &self.writer {
            Writer::Queue(queue) => queue.run(work).await,
            Writer::Pool(pool, turns) => {
                let turn = Arc::clone(turns).acquire_owned().await.map_err(|_| gone())?;
                let pool = pool.clone();
                // A task of its own: a request that is dropped half-way does not take its write along.
                let task = tokio::spawn(async move {
                    let _turn = turn;
                    write_on_server(pool, work).await
                });
                task.await.unwrap_or_else(|_| Err(DbError::Panicked.into()))
            }
        }
    }
}

fn gone() -> DbError {
    DbError::Unavailable("the database was closed".to_owned())
}

/// Lets the retry loop see the database error inside a service's error.
pub trait TryIntoDbError {
    fn db_error(&self) -> Option<&DbError>;
}

async fn write_on_server<T, E, F>(pool: DatabaseConnection, work: F) -> Result<T, E>
where
    E: From<DbError> + TryIntoDbError,
    F: for<'t> Fn(&'t WriteTx) -> BoxFuture<'t, Result<T, E>>,
{
    const ATTEMPTS: u64 = 5;
    let mut attempt = 1;
    loop {
        let result = write_once(&pool, &work).await;
        let again = result.as_ref().err().and_then(TryIntoDbError::db_error).is_some_and(is_retryable);
        if !again || attempt == ATTEMPTS {
            return result;
        }
        tokio::time::sleep(Duration::from_millis(3 * attempt)).await;
        attempt += 1;
    }
}

async fn write_once<T, E, F>(pool: &DatabaseConnection, work: &F) -> Result<T, E>
where
    E: From<DbError>,
    F: for<'t> Fn(&'t WriteTx) -> BoxFuture<'t, Result<T, E>>,
{
    let lost = |error: DbErr| E::from(DbError::from(error));
    let tx = WriteTx { tx: pool.begin().await.map_err(lost)? };
    match work(&tx).await {
        Ok(value) => {
            tx.tx.commit().await.map_err(lost)?;
            Ok(value)
        }
        Err(refused) => {
            tx.tx.rollback().await.map_err(lost)?;
            Err(refused)
        }
    }
}

fn file_options(path: &Path) -> ConnectOptions {
    let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rwc", path.display()));
    options.sqlx_logging_level(STATEMENTS_LOGGED_AT).test_before_acquire(false);
    options
}

/// WAL and FULL: what was acknowledged survives a power cut. Without `recursive_triggers` an
/// `INSERT OR REPLACE` would slip past the append-only triggers.
fn writer_options(path: &Path) -> ConnectOptions {
    let mut options = file_options(path);
    options.max_connections(1).map_sqlx_sqlite_opts(|sqlite| {
        sqlite
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", "FULL")
            .pragma("foreign_keys", "ON")
            .pragma("recursive_triggers", "ON")
            .pragma("cache_size", "-4000")
            .busy_timeout(Duration::from_secs(5))
            .statement_cache_capacity(STATEMENTS_KEPT)
    });
    options
}

fn reader_options(path: &Path) -> ConnectOptions {
    let mut options = file_options(path);
    options.max_connections(READERS).min_connections(1).map_sqlx_sqlite_opts(|sqlite| {
        sqlite
            .pragma("query_only", "ON")
            .pragma("cache_size", "-1000")
            .busy_timeout(Duration::from_secs(5))
            .statement_cache_capacity(STATEMENTS_KEPT)
    });
    options
}

pub(crate) fn server_options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url.to_owned());
    options
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(10))
        .sqlx_logging_level(STATEMENTS_LOGGED_AT)
        .test_before_acquire(false)
        .map_sqlx_postgres_opts(|postgres| {
            // Compiling a query takes longer than any of ours.
            postgres.statement_cache_capacity(STATEMENTS_KEPT).options([("jit", "off")])
        });
    options
}

#[cfg(test)]
mod tests {
    use super::*;
    use sea_orm::{ConnectionTrait, Statement};

    /// As `.cargo/config.toml` says, which a build from elsewhere may not read.
    #[test]
    fn connections_share_no_pages() {
        let path = std::env::temp_dir().join(format!("parure-pages-{}.db", std::process::id()));
        let asked = async {
            let connection = Db::connect_for_migration(&Location::File(path.clone())).await.unwrap();
            let asked = "SELECT sqlite_compileoption_used('ENABLE_MEMORY_MANAGEMENT') AS used";
            let asked = Statement::from_string(connection.get_database_backend(), asked);
            let used: i32 =
                connection.query_one_raw(asked).await.unwrap().unwrap().try_get("", "used").unwrap();
            connection.close().await.unwrap();
            used
        };
        let used =
            tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(asked);
        std::fs::remove_file(&path).unwrap();
        assert_eq!(used, 0);
    }
}
