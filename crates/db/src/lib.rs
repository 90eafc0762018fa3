//! Persistence. `SeaORM` and its types stay in this crate; what leaves it are domain values.
//!
//! A [`WriteTx`] can change things, a [`Reader`] cannot; repositories are plain functions over one
//! of them. The only way to a `WriteTx` is [`Db::write`].

pub mod backup;
mod batch;
mod channel;
mod connect;
mod convert;
mod entity;
mod error;
pub mod repo;
mod text;
mod tx;
mod writer;

pub use channel::Hearing;
pub use connect::{Db, Location, TryIntoDbError};
pub use error::DbError;
pub use tx::{Read, Reader, WriteTx};
pub use writer::BoxFuture;
