//! The two doors to the data: one that can write and one that cannot.

use crate::batch::Batch;
use crate::error::DbError;
use sea_orm::sea_query::{Expr, ExprTrait, IntoColumnRef};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, EntityTrait, IntoActiveModel,
};

/// A transaction that everything in it commits with, or nothing does.
#[derive(Debug)]
pub struct WriteTx {
    pub(crate) tx: DatabaseTransaction,
}

/// Connections that refuse to write.
#[derive(Debug, Clone)]
pub struct Reader {
    pub(crate) conn: DatabaseConnection,
}

/// What can be read from: both doors.
pub trait Read: Send + Sync + sealed::Sealed {
    #[doc(hidden)]
    type Conn: ConnectionTrait;
    #[doc(hidden)]
    fn conn(&self) -> &Self::Conn;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::WriteTx {}
    impl Sealed for super::Reader {}
}

impl Read for WriteTx {
    type Conn = DatabaseTransaction;
    fn conn(&self) -> &DatabaseTransaction {
        &self.tx
    }
}

impl Read for Reader {
    type Conn = DatabaseConnection;
    fn conn(&self) -> &DatabaseConnection {
        &self.conn
    }
}

impl WriteTx {
    /// Whether rows must be locked before a decision depends on them: `SQLite` has one writer.
    pub(crate) fn locks_rows(&self) -> bool {
        self.tx.get_database_backend() == DbBackend::Postgres
    }

    /// Inserts rows now.
    pub(crate) async fn insert_all<M>(&self, rows: Vec<M>) -> Result<(), DbError>
    where
        M: IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel> + HasEntity,
    {
        let mut batch = Batch::new(self);
        batch.insert_all(rows);
        batch.run(self).await
    }
}

/// Ties a row type to its table.
pub(crate) trait HasEntity {
    type Entity: EntityTrait;
}

/// `SUM` of a whole-number column. `PostgreSQL` makes NUMERIC of it, which nobody could read back.
pub(crate) fn sum_minor(column: impl IntoColumnRef) -> Expr {
    Expr::col(column).sum().cast_as("bigint")
}
