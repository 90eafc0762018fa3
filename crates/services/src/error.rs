//! Why a use case did nothing.

use db::{DbError, TryIntoDbError};
use domain::approval::ApprovalKind;
use domain::field::FieldError;
use domain::person::Forbidden;

/// A refusal has a sentence for the person at the counter; a failure has a cause for the log.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    #[error("sign in first")]
    NotSignedIn,
    #[error("enter your PIN to go on")]
    Locked,
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    #[error("{0}")]
    Refused(String),
    /// Needs somebody with more rights; the screen offers to ask for it.
    #[error("{sentence}")]
    NeedsApproval { kind: ApprovalKind, sentence: String },
    #[error("look at the marked fields")]
    Fields(Vec<FieldError>),
    #[error("this {0} is not in the books")]
    NotFound(&'static str),
    #[error("somebody else changed this meanwhile: look again")]
    Conflict(String),
    #[error("this was sent before with another content")]
    SameIdOtherBody,
    #[error("too many tries: wait {seconds} seconds")]
    TooManyTries { seconds: i64 },
    #[error("the store is not set up yet")]
    NotSetUp,
    #[error("the disk takes no more: nothing was recorded, nothing is lost; free some space and try again")]
    DiskFull,
    /// The settings changed while a command ran; it is run again with the new ones.
    #[error("the settings changed")]
    ConfigChanged,
    #[error("something went wrong")]
    Database(DbError),
    #[error("something went wrong")]
    Internal(String),
}

impl ServiceError {
    /// A refusal by a rule, in its own words.
    pub fn refused(reason: impl ToString) -> Self {
        Self::Refused(reason.to_string())
    }

    pub fn internal(cause: impl ToString) -> Self {
        Self::Internal(cause.to_string())
    }

    /// What it says to whoever runs the server, who may know the cause.
    #[must_use]
    pub fn told_with_cause(&self) -> String {
        match self {
            Self::Database(cause) => format!("{self}: {cause}"),
            Self::Internal(cause) => format!("{self}: {cause}"),
            _ => self.to_string(),
        }
    }
}

impl From<Vec<FieldError>> for ServiceError {
    fn from(errors: Vec<FieldError>) -> Self {
        Self::Fields(errors)
    }
}

impl TryIntoDbError for ServiceError {
    fn db_error(&self) -> Option<&DbError> {
        match self {
            Self::Database(error) => Some(error),
            _ => None,
        }
    }
}
