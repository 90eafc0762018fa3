//! Statements that are sent together: waiting for the database costs more than most of them do.
//!
//! `SQLite` works on a thread of its own, so every statement that is sent alone costs two changes of thread; to
//! `PostgreSQL` each is a journey. A sale writes ten and waits once, or twice.

use crate::error::DbError;
use crate::tx::{HasEntity, WriteTx};
use sea_orm::sea_query::{CommonTableExpression, InsertStatement, PostgresQueryBuilder, WithClause};
use sea_orm::{
    ConnectionTrait, DbBackend, EntityTrait, Insert, IntoActiveModel, QueryTrait, Statement, Value, Values,
};

/// What will be written: first the new rows and then the changes, each in the order in which they were planned.
/// Nothing is until [`Batch::run`].
#[derive(Debug)]
pub(crate) struct Batch {
    backend: DbBackend,
    inserts: Vec<(InsertStatement, u64)>,
    changes: Vec<Planned>,
}

/// A statement, and how many rows it must write.
#[derive(Debug)]
struct Planned {
    sql: String,
    values: Vec<Value>,
    rows: u64,
}

impl Planned {
    fn new(statement: Statement, rows: u64) -> Self {
        let Statement { sql, values, .. } = statement;
        Self { sql, values: values.map_or_else(Vec::new, |Values(values)| values), rows }
    }
}

impl Batch {
    pub(crate) fn new(tx: &WriteTx) -> Self {
        Self { backend: tx.tx.get_database_backend(), inserts: Vec::with_capacity(10), changes: Vec::new() }
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
            let insert = Insert::<<M::Entity as EntityTrait>::ActiveModel>::many(chunk).into_query();
            self.inserts.push((insert, count));
        }
    }

    /// Plans a change that must meet exactly so many rows.
    pub(crate) fn plan(&mut self, statement: &impl QueryTrait, rows: u64) {
        self.changes.push(Planned::new(statement.build(self.backend), rows));
    }

    /// Writes everything.
    ///
    /// # Errors
    /// [`DbError::Conflict`] when a change did not meet its rows: somebody was there first.
    pub(crate) async fn run(self, tx: &WriteTx) -> Result<(), DbError> {
        let Self { backend, inserts, changes } = self;
        let sent = match backend {
            DbBackend::Sqlite => {
                let inserts = inserts.iter().map(|(insert, rows)| Planned::new(backend.build(insert), *rows));
                vec![one_text(inserts.chain(changes))]
            }
            _ => chained(inserts).into_iter().chain(changes).collect(),
        };
        for planned in sent {
            send(tx, backend, planned).await?;
        }
        Ok(())
    }
}

/// One text of several statements; their parameters follow each other.
fn one_text(statements: impl Iterator<Item = Planned>) -> Planned {
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

/// For `PostgreSQL`, where a prepared statement is one statement: inserts hang on the last of them as its `WITH`.
/// It checks foreign keys when the whole of it is done, and counts the rows of the last.
fn chained(inserts: Vec<(InsertStatement, u64)>) -> Vec<Planned> {
    /// Rows of the tables that one statement may hold, well within its 65,535 parameters.
    const ROWS_PER_CHAIN: u64 = 1_200;
    let mut chains = Vec::new();
    let (mut before, mut rows) = (Vec::new(), 0);
    let mut inserts = inserts.into_iter().peekable();
    while let Some((insert, count)) = inserts.next() {
        rows += count;
        if inserts.peek().is_some_and(|(_, next)| rows + next <= ROWS_PER_CHAIN) {
            before.push(insert);
        } else {
            let (sql, values) = after(std::mem::take(&mut before), insert);
            chains.push(Planned { sql, values: values.0, rows: count });
            rows = 0;
        }
    }
    chains
}

/// One insert as a statement, with those before it as its `WITH`.
fn after(before: Vec<InsertStatement>, last: InsertStatement) -> (String, Values) {
    if before.is_empty() {
        return last.build(PostgresQueryBuilder);
    }
    let mut with = WithClause::new();
    for (at, insert) in before.into_iter().enumerate() {
        with.cte(CommonTableExpression::new().table_name(format!("w{at}")).query(insert).to_owned());
    }
    with.query(last).build(PostgresQueryBuilder)
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
