//! Words between the processes of one `PostgreSQL` database. An embedded database has one process, which needs
//! none.

use crate::connect::Db;
use crate::error::DbError;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use sqlx::postgres::PgListener;

/// One channel for everything; a channel belongs to its database.
const CHANNEL: &str = "parure";

/// Hears what other processes say. It has a connection of its own.
#[derive(Debug)]
pub struct Hearing(PgListener);

impl Hearing {
    /// The next words; `None` after the connection was lost and is there again, so that some may be missing.
    ///
    /// # Errors
    /// [`DbError`] while the server is out of reach.
    pub async fn next(&mut self) -> Result<Option<String>, DbError> {
        let heard = self.0.try_recv().await.map_err(lost)?;
        Ok(heard.map(|heard| heard.payload().to_owned()))
    }
}

fn lost(error: sqlx::Error) -> DbError {
    DbError::Unavailable(error.to_string())
}

impl Db {
    fn on_server(&self) -> Option<&DatabaseConnection> {
        Some(&self.read().conn).filter(|conn| conn.get_database_backend() == DbBackend::Postgres)
    }

    /// Whether other processes may work on the same database.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.on_server().is_some()
    }

    /// Says something to every process that listens, this one included. However much it is, it is one commit.
    ///
    /// # Errors
    /// [`DbError`] when the server cannot be reached.
    pub async fn say(&self, words: Vec<String>) -> Result<(), DbError> {
        if let Some(conn) = self.on_server() {
            let values = [CHANNEL.into(), words.into()];
            let sql = "SELECT pg_notify($1, word) FROM unnest($2) AS word";
            conn.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?;
        }
        Ok(())
    }

    /// Begins to listen; `None` where there is nobody to hear.
    ///
    /// # Errors
    /// [`DbError`] when the server cannot be reached.
    pub async fn listen(&self) -> Result<Option<Hearing>, DbError> {
        let Some(conn) = self.on_server() else { return Ok(None) };
        let mut listener =
            PgListener::connect_with(conn.get_postgres_connection_pool()).await.map_err(lost)?;
        listener.listen(CHANNEL).await.map_err(lost)?;
        Ok(Some(Hearing(listener)))
    }
}
