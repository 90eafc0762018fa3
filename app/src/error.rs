//! What went wrong, as a browser may know it.

use domain::approval::ApprovalKind;
use domain::field::FieldError;
use leptos::prelude::{FromServerFnError, ServerFnErrorErr};
use leptos::server_fn::codec::JsonEncoding;
use serde::{Deserialize, Serialize};

/// What kind of no it is; the page reacts to the kind and shows the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    NotSignedIn,
    /// The till waits for a PIN.
    Locked,
    Forbidden,
    /// A rule says no.
    Refused,
    /// Somebody with more rights may allow it.
    NeedsApproval,
    /// Look at the marked fields.
    Fields,
    NotFound,
    /// Somebody else was faster.
    Conflict,
    TooManyTries,
    NotSetUp,
    /// The server cannot be reached; whether the command arrived is not known.
    Unreachable,
    /// The request could not be read.
    Garbled,
    Internal,
}

/// An error with a sentence for a person. Its inner cause stays in the server's log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{message}")]
pub struct AppError {
    pub kind: ErrorKind,
    pub message: String,
    #[serde(default)]
    pub fields: Vec<FieldError>,
    /// Finds the cause in the server's log.
    #[serde(default)]
    pub reference: Option<String>,
    /// What somebody with more rights may allow.
    #[serde(default)]
    pub approval: Option<ApprovalKind>,
}

impl AppError {
    #[must_use]
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), fields: Vec::new(), reference: None, approval: None }
    }

    /// What a form finds wrong by itself, before anything is sent.
    #[must_use]
    pub fn of_fields(fields: Vec<FieldError>) -> Self {
        let message = fields.first().map(|first| first.message.clone()).unwrap_or_default();
        Self { fields, ..Self::new(ErrorKind::Fields, message) }
    }

    /// What is wrong with one field, if anything.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<String> {
        self.fields.iter().find(|error| error.field == name).map(|error| error.message.clone())
    }

    /// Whether nobody can know if the command was recorded; sending it again is safe.
    #[must_use]
    pub const fn may_have_happened(&self) -> bool {
        matches!(self.kind, ErrorKind::Unreachable | ErrorKind::Internal)
    }

    /// The HTTP status that goes with it.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self.kind {
            ErrorKind::NotSignedIn | ErrorKind::Locked => 401,
            ErrorKind::Forbidden => 403,
            ErrorKind::NotFound => 404,
            ErrorKind::Conflict => 409,
            ErrorKind::Refused | ErrorKind::NeedsApproval | ErrorKind::Fields => 422,
            ErrorKind::TooManyTries => 429,
            ErrorKind::Garbled => 400,
            ErrorKind::NotSetUp | ErrorKind::Unreachable => 503,
            ErrorKind::Internal => 500,
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        let garbled = || {
            let error = Self::new(ErrorKind::Garbled, "The request could not be read.");
            #[cfg(feature = "ssr")]
            crate::api::ctx::answer_with(&error);
            error
        };
        match error {
            ServerFnErrorErr::Request(_) => {
                Self::new(ErrorKind::Unreachable, "The server cannot be reached. Nothing is lost: try again.")
            }
            // On the server this is a request that does not parse, in the browser an answer that does not.
            ServerFnErrorErr::Deserialization(_)
            | ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
                if cfg!(feature = "ssr") =>
            {
                garbled()
            }
            _ => Self::new(
                ErrorKind::Unreachable,
                "The server's answer could not be read. Nothing is lost: try again.",
            ),
        }
    }
}
