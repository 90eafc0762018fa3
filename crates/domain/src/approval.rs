//! One person answers for what another person's role does not allow.

use crate::codes;
use crate::ids::{ApprovalId, CommandId, EventId, PersonId, StoreId};
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

codes! {
    pub enum ApprovalKind("approval") {
        Discount = "discount", "Discount above the limit";
        VoidSale = "void_sale", "Voiding a sale";
        Return = "return", "Taking back a piece";
        OverShort = "over_short", "Drawer over or short";
    }
}

/// An approval given: for exactly one thing, for a short time, used once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    pub id: ApprovalId,
    pub kind: ApprovalKind,
    pub store_id: StoreId,
    /// Digest of what exactly is approved, see [`subject_digest`].
    pub subject: String,
    pub asked_by: PersonId,
    pub approved_by: PersonId,
    pub reason: String,
    pub expires_at: DateTime<Utc>,
    pub used_by: Option<EventId>,
}

/// Asks a manager, who stands here with a PIN, to approve exactly one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskApproval {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub kind: ApprovalKind,
    /// Digest of what is approved.
    pub subject: String,
    pub manager: PersonId,
    pub reason: String,
}

/// Long enough to finish the ticket, short enough that nobody keeps one in the drawer.
#[must_use]
pub fn lifetime() -> Duration {
    Duration::minutes(15)
}

/// The digest of what is approved: any change to it needs a new approval.
#[must_use]
pub fn subject_digest(subject: &impl Serialize) -> String {
    let text = serde_json::to_string(subject).unwrap_or_default();
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum NotApproved {
    #[error("this needs a manager's approval")]
    Missing,
    #[error("the approval has expired, ask again")]
    Expired,
    #[error("the approval was used already")]
    Used,
    #[error("something changed since it was approved, ask again")]
    ForSomethingElse,
    #[error("nobody approves their own exception")]
    ByOneself,
    #[error("it is above the approver's own limit, too")]
    AboveApproversLimit,
}

impl Approval {
    /// Checks that this approval covers exactly this, now.
    ///
    /// # Errors
    /// [`NotApproved`] says which condition fails.
    pub fn covers(
        &self,
        kind: ApprovalKind,
        store: StoreId,
        subject: &str,
        now: DateTime<Utc>,
    ) -> Result<PersonId, NotApproved> {
        if self.used_by.is_some() {
            Err(NotApproved::Used)
        } else if now > self.expires_at {
            Err(NotApproved::Expired)
        } else if self.asked_by == self.approved_by {
            Err(NotApproved::ByOneself)
        } else if self.kind != kind || self.store_id != store || self.subject != subject {
            Err(NotApproved::ForSomethingElse)
        } else {
            Ok(self.approved_by)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn an_approval_is_for_one_thing_once_and_soon() {
        let now: DateTime<Utc> = "2026-03-01T12:00:00Z".parse().unwrap();
        let store = StoreId(Uuid::from_u128(1));
        let approval = Approval {
            id: ApprovalId(Uuid::from_u128(2)),
            kind: ApprovalKind::Discount,
            store_id: store,
            subject: subject_digest(&"ring, 30 %"),
            asked_by: PersonId(Uuid::from_u128(3)),
            approved_by: PersonId(Uuid::from_u128(4)),
            reason: "match a price".into(),
            expires_at: now + lifetime(),
            used_by: None,
        };
        let covers = |a: &Approval, subject: &str, at| {
            a.covers(ApprovalKind::Discount, store, &subject_digest(&subject), at)
        };
        assert_eq!(covers(&approval, "ring, 30 %", now), Ok(approval.approved_by));
        assert_eq!(covers(&approval, "ring, 31 %", now), Err(NotApproved::ForSomethingElse));
        assert_eq!(covers(&approval, "ring, 30 %", now + Duration::minutes(16)), Err(NotApproved::Expired));
        let used = Approval { used_by: Some(EventId(Uuid::from_u128(5))), ..approval };
        assert_eq!(covers(&used, "ring, 30 %", now), Err(NotApproved::Used));
    }
}
