//! Statements that are sent together.
//!
//! `SQLite` works on a thread of its own, so every statement that is sent alone costs two changes of thread. A
//! sale writes ten and waits once.

use crate::error::DbError;
use crate::tx::{HasEntity, WriteTx};
use sea_orm::{
    ConnectionTrait, DbBackend, EntityTrait, Insert, IntoActiveModel, QueryTrait, Statement, Value, Values,
};

/// What will be written, in order. Nothing is until [`Batch::run`].
#[derive(Debug)]
pub(crate) struct Batch {
    backend: DbBackend,
    statements: Vec<Planned>,
}

/// A statement, and how many rows it must write.
#[derive(Debug)]
struct Planned {
    sql: String,
    values: Vec<Value>,
    rows: u64,
}

impl Batch {
    pub(crate) fn new(tx: &WriteTx) -> Self {
        Self { backend: tx.tx.get_database_backend(), statements: Vec::with_capacity(12) }
    }

    /// Plans to insert rows, with as few statements as the databases' limit of parameters allows.
    pub(crate) fn insert_all<M>(&mut self, rows: Vec<M>)
    where
        M: IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel> + HasEntity,
    {
        /// `SQLite` takes 32,766 parameters, `PostgreSQL` 65,535; no table has 33 columns.
        const ROWS_PER_STATEMENT: usize = 1_000;
        let mut rows = rows.into_iter().map(IntoActiveModel::into_active_model);
        loop {
            let chunk: Vec<_> = rows.by_ref().take(ROWS_PER_STATEMENT).collect();
            if chunk.is_empty() {
                break;
            }
            let count = chunk.len() as u64;
            self.plan(&Insert::<<M::Entity as EntityTrait>::ActiveModel>::many(chunk), count);
        }
    }

    /// Plans a change that must meet exactly so many rows.
    pub(crate) fn plan(&mut self, statement: &impl QueryTrait, rows: u64) {
        let Statement { sql, values, .. } = statement.build(self.backend);
        let values = values.map_or_else(Vec::new, |Values(values)| values);
        self.statements.push(Planned { sql, values, rows });
    }

    /// Writes everything.
    ///
    /// # Errors
    /// [`DbError::Conflict`] when a change did not meet its rows: somebody was there first.
    pub(crate) async fn run(self, tx: &WriteTx) -> Result<(), DbError> {
        match self.backend {
            DbBackend::Sqlite => send(tx, self.backend, together(self.statements)).await,
            // Here a prepared statement is one statement.
            _ => {
                for planned in self.statements {
                    send(tx, self.backend, planned).await?;
                }
                Ok(())
            }
        }
    }
}

/// One text of several statements; their parameters follow each other.
fn together(statements: Vec<Planned>) -> Planned {
    let mut all = Planned { sql: String::new(), values: Vec::new(), rows: 0 };
    for planned in statements {
        if !all.sql.is_empty() {
            all.sql.push_str(";\n");
        }
        all.sql.push_str(&planned.sql);
        all.values.extend(planned.values);
        all.rows += planned.rows;
    }
    all
}

async fn send(tx: &WriteTx, backend: DbBackend, planned: Planned) -> Result<(), DbError> {
    let Planned { sql, values, rows } = planned;
    if sql.is_empty() {
        return Ok(());
    }
    let done = tx.tx.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    if done.rows_affected() == rows {
        Ok(())
    } else {
        Err(DbError::Conflict(format!("{rows} rows were to be written, {} were", done.rows_affected())))
    }
}
