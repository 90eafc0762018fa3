//! What can go wrong between us and the disk.

use domain::ledger::PeriodLocked;
use sea_orm::{DbErr, SqlErr};

/// A failure of the database. A refusal by the rules of the trade is never one of these.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// Full, or its quota is used up.
    #[error("the disk takes no more")]
    DiskFull,
    #[error("the database does not answer: {0}")]
    Unavailable(String),
    /// Somebody else wrote first: a unique number, a piece that moved on, a version that changed.
    #[error("somebody else changed this meanwhile")]
    Conflict(String),
    #[error("{0} is never changed once it is written")]
    AppendOnly(String),
    /// A posting on a day through which the books are locked.
    #[error(transparent)]
    PeriodLocked(PeriodLocked),
    #[error("the database holds something unreadable: {0}")]
    Corrupt(String),
    #[error("the command stopped unexpectedly")]
    Panicked,
    #[error("{0}")]
    Other(String),
}

impl DbError {
    /// Something in a row that no version of this program wrote.
    pub fn corrupt(what: impl ToString) -> Self {
        Self::Corrupt(what.to_string())
    }
}

/// `SQLite` says "full" only where the kernel names it so; where a quota or a limit ends the growth of a file,
/// a write fails (778). The last is `PostgreSQL`'s.
const DISK_FULL: [&str; 4] = ["database or disk is full", "(code: 13)", "(code: 778)", "53100"];

impl From<DbErr> for DbError {
    fn from(error: DbErr) -> Self {
        if let Some(SqlErr::UniqueConstraintViolation(what)) = error.sql_err() {
            return Self::Conflict(what);
        }
        let text = error.to_string();
        if DISK_FULL.iter().any(|sign| text.contains(sign)) {
            Self::DiskFull
        } else if let Some((_, table)) = text.split_once("append_only:") {
            Self::AppendOnly(table.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
        } else if let Some(locked) = locked_period(&text) {
            Self::PeriodLocked(locked)
        } else if text.contains("item_status_lock") {
            Self::Conflict(text)
        } else if matches!(error, DbErr::Conn(_) | DbErr::ConnectionAcquire(_)) {
            Self::Unavailable(text)
        } else {
            Self::Other(text)
        }
    }
}

/// The day that the lock on the books named when it refused an entry.
fn locked_period(text: &str) -> Option<PeriodLocked> {
    let (_, through) = text.split_once("period_locked:")?;
    let through = through.get(..10)?.parse().ok()?;
    Some(PeriodLocked { through })
}

/// Whether `PostgreSQL` asks to try the transaction again (deadlock, serialization).
pub fn is_retryable(error: &DbError) -> bool {
    matches!(error, DbError::Other(text) if text.contains("40P01") || text.contains("40001") || text.contains("deadlock detected"))
}
