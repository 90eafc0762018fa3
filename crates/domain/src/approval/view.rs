//! Approvals as people see them.

use super::{ApprovalKind, ApprovalState, Sheet};
use crate::ids::{ApprovalId, StoreId};
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

/// What whoever asked is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalNow {
    pub state: ApprovalState,
    /// Who answered.
    pub by: Option<String>,
    /// Why it was refused.
    pub why: Option<String>,
    /// In the store's own time.
    pub expires_at: DateTime<FixedOffset>,
}

/// An approval in the list of those who decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalView {
    pub id: ApprovalId,
    pub kind: ApprovalKind,
    pub store_id: StoreId,
    pub store: String,
    pub till: Option<String>,
    pub asked_by: String,
    /// Whether the person who looks asked for it.
    pub own: bool,
    /// In the store's own time, as all that follow.
    pub asked_at: DateTime<FixedOffset>,
    pub reason: String,
    pub sheet: Option<Sheet>,
    pub now: ApprovalNow,
}

/// The approvals of the stores in which somebody decides.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approvals {
    /// The oldest first: somebody waits.
    pub waiting: Vec<ApprovalView>,
    /// Of today, the newest first.
    pub decided: Vec<ApprovalView>,
}
