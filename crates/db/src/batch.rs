//! Statements that are sent together: waiting for the database costs more than most of them do.
//!
//! `SQLite` works on a thread of its own, so every statement that is sent alone costs two changes of thread; to
//! `PostgreSQL` each is a journey. A sale writes ten and waits once, or twice.

use crate::error::DbError;
use crate::tx::{HasEntity, WriteTx};
use sea_orm::sea_query::{
    Alias, CommonTableExpression, Expr, ExprTrait, InsertStatement, PostgresQueryBuilder, Query,
    UpdateStatement, WithClause,
};
use sea_orm::{
    ConnectionTrait, DbBackend, EntityTrait, Insert, IntoActiveModel, Iterable, QueryTrait, Statement,
    UpdateMany, Value, Values,
};

/// What will be written: first the new rows and then the changes, each in the order in which they were planned.
/// Nothing is until [`Batch::run`].
#[derive(Debug)]
pub(crate) struct Batch {
    backend: DbBackend,
    inserts: Vec<(InsertStatement, u64)>,
    changes: Vec<Change>,
}

/// A change, how many rows it must meet, and how many inserts had been planned when it was: it finds their rows.
#[derive(Debug)]
struct Change {
    update: UpdateStatement,
    rows: u64,
    after: usize,
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
        Self::of((sql, values.unwrap_or(Values(Vec::new()))), rows)
    }

    fn of((sql, Values(values)): (String, Values), rows: u64) -> Self {
        Self { sql, values, rows }
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
        /// `SQLite` takes 32,766 parameters, `PostgreSQL` 65,535 in a chain of inserts.
        const PARAMETERS: usize = 32_000;
        let columns = <<M::Entity as EntityTrait>::Column as Iterable>::iter().count().max(1);
        let rows_per_statement = PARAMETERS / columns;
        let mut rows = rows.into_iter().map(IntoActiveModel::into_active_model);
        loop {
            let chunk: Vec<_> = rows.by_ref().take(rows_per_statement).collect();
            if chunk.is_empty() {
                break;
            }
            let count = chunk.len() as u64;
            let insert = Insert::<<M::Entity as EntityTrait>::ActiveModel>::many(chunk).into_query();
            self.inserts.push((insert, count));
        }
    }

    /// Plans a change that must meet exactly so many rows, and that finds the rows planned before it.
    pub(crate) fn plan<E: EntityTrait>(&mut self, update: UpdateMany<E>, rows: u64) {
        self.changes.push(Change { update: update.into_query(), rows, after: self.inserts.len() });
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
                let changes = changes
                    .iter()
                    .map(|Change { update, rows, .. }| Planned::new(backend.build(update), *rows));
                vec![one_text(inserts.chain(changes))]
            }
            _ => chained(inserts, changes),
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

/// For `PostgreSQL`, where a prepared statement is one statement: inserts are the `WITH` of what comes after them. It
/// checks foreign keys when the whole of it is done, and counts the rows of the last.
fn chained(inserts: Vec<(InsertStatement, u64)>, changes: Vec<Change>) -> Vec<Planned> {
    /// Rows of our widest tables that one statement holds within its 65,535 parameters.
    const ROWS_PER_CHAIN: u64 = 1_800;
    let mut chains = Vec::new();
    let (mut before, mut held, mut sent) = (Vec::new(), 0, 0);
    for (insert, rows) in inserts {
        if held + rows > ROWS_PER_CHAIN && !before.is_empty() {
            sent += before.len();
            chains.extend(only_inserts(std::mem::take(&mut before)));
            held = 0;
        }
        before.push((insert, rows));
        held += rows;
    }
    let mut changes = changes.into_iter();
    match changes.next() {
        Some(change) if !before.is_empty() => chains.push(changed_after(before, sent, change)),
        first => {
            chains.extend(only_inserts(before));
            chains.extend(first.map(alone));
        }
    }
    chains.extend(changes.map(alone));
    chains
}

fn alone(change: Change) -> Planned {
    Planned::of(change.update.build(PostgresQueryBuilder), change.rows)
}

/// Inserts as one statement: the last of them after the others.
fn only_inserts(mut inserts: Vec<(InsertStatement, u64)>) -> Option<Planned> {
    let (last, rows) = inserts.pop()?;
    let built = if inserts.is_empty() {
        last.build(PostgresQueryBuilder)
    } else {
        with(inserts.into_iter().map(|(insert, _)| insert)).query(last).build(PostgresQueryBuilder)
    };
    Some(Planned::of(built, rows))
}

/// A change after inserts, `sent` others of which have gone before. Its condition counts those that were planned before
/// it, so that their rows are there before a row is changed: the locks on pieces and lots look for the move that allows
/// the change. The other inserts are done whether or not they are counted.
fn changed_after(inserts: Vec<(InsertStatement, u64)>, sent: usize, change: Change) -> Planned {
    let Change { mut update, rows, after } = change;
    let mut told = Vec::with_capacity(inserts.len());
    for (at, (mut insert, count)) in inserts.into_iter().enumerate() {
        if sent + at < after {
            let there = Query::select().expr(Expr::cust("COUNT(*)")).from(named(at)).to_owned();
            update.and_where(Expr::SubQuery(None, Box::new(there.into())).eq(count));
            insert.returning(Query::returning().expr(Expr::val(1)));
        }
        told.push(insert);
    }
    Planned::of(with(told.into_iter()).query(update).build(PostgresQueryBuilder), rows)
}

fn with(inserts: impl Iterator<Item = InsertStatement>) -> WithClause {
    let mut with = WithClause::new();
    for (at, insert) in inserts.enumerate() {
        with.cte(CommonTableExpression::new().table_name(named(at)).query(insert).to_owned());
    }
    with
}

fn named(at: usize) -> Alias {
    Alias::new(format!("w{at}"))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn rows_of(table: &'static str) -> InsertStatement {
        Query::insert().into_table(table).columns(["id"]).values_panic([1.into()]).to_owned()
    }

    fn change(after: usize) -> Change {
        Change { update: Query::update().table("piece").value("sold", true).to_owned(), rows: 1, after }
    }

    fn texts(chains: Vec<Planned>) -> Vec<String> {
        chains.into_iter().map(|planned| planned.sql).collect()
    }

    #[test]
    fn a_change_counts_what_was_planned_before_it_and_nothing_else() {
        let inserts = ["event", "move", "entry"].map(|table| (rows_of(table), 1)).to_vec();
        let [sent] = texts(chained(inserts, vec![change(2)])).try_into().unwrap();
        assert!(sent.contains(r#"FROM "w0""#) && sent.contains(r#"FROM "w1""#), "{sent}");
        assert!(sent.contains(r#""w2" AS (INSERT INTO "entry""#) && !sent.contains(r#"FROM "w2""#), "{sent}");
    }

    #[test]
    fn what_went_ahead_in_a_chain_of_its_own_is_not_counted_again() {
        let inserts = [("event", 1), ("move", 1_800), ("entry", 1)];
        let inserts = inserts.map(|(table, rows)| (rows_of(table), rows)).to_vec();
        let [event, moves, last] = texts(chained(inserts, vec![change(2)])).try_into().unwrap();
        assert!(event.starts_with(r#"INSERT INTO "event""#) && moves.starts_with(r#"INSERT INTO "move""#));
        assert!(last.contains(r#"INSERT INTO "entry""#) && !last.contains("COUNT"), "{last}");
    }
}
