//! One person answers for what another person's role does not allow: at the till with a PIN, or from wherever they
//! are, on a screen of their own. Either way it is the same approval.

mod answer;
mod ask;
mod sheet;
mod view;

pub use answer::{AnswerRefusal, Decide, Decision, Withdraw, decide, withdraw};
pub use ask::{About, AskApproval, AskManager, AskRefusal, MOST_WAITING, asked_of_all};
pub use sheet::{Sheet, SheetLine, credit_sheet, discount_sheet, return_sheet, void_sheet};
pub use view::{ApprovalNow, ApprovalView, Approvals};

use crate::codes;
use crate::ids::{ApprovalId, EventId, PersonId, StoreId, TillId};
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

codes! {
    pub enum ApprovalKind("approval") {
        Discount = "discount", "Discount above the limit";
        VoidSale = "void_sale", "Voiding a sale";
        Return = "return", "Taking back a piece";
        OverShort = "over_short", "Drawer over or short";
        Credit = "credit", "Charging to an account that is blocked";
    }
}

codes! {
    pub enum ApprovalState("state of an approval") {
        Asked = "asked", "Waiting";
        Given = "given", "Approved";
        Refused = "refused", "Refused";
        Withdrawn = "withdrawn", "Withdrawn";
        /// Nobody answered in time, or what was given was not used in time.
        Expired = "expired", "Expired";
        Used = "used", "Used";
    }
}

/// What became of the asking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    Waiting,
    Given { by: PersonId, at: DateTime<Utc> },
    Refused { by: PersonId, at: DateTime<Utc>, why: String },
    Withdrawn { at: DateTime<Utc> },
}

/// An approval asked for: for exactly one thing, for a short time, answered once, used once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    pub id: ApprovalId,
    pub kind: ApprovalKind,
    pub store_id: StoreId,
    pub till_id: Option<TillId>,
    /// Digest of what exactly is approved, see [`subject_digest`].
    pub subject: String,
    pub asked_by: PersonId,
    pub asked_at: DateTime<Utc>,
    pub reason: String,
    /// What those who decide read; a manager at the till reads it on the till's own screen.
    pub sheet: Option<Sheet>,
    pub answer: Answer,
    /// Until when it can be answered, or used once it is given.
    pub expires_at: DateTime<Utc>,
    pub used_by: Option<EventId>,
}

/// Long enough to finish the ticket, short enough that nobody keeps one in the drawer.
#[must_use]
pub fn lifetime() -> Duration {
    Duration::minutes(15)
}

/// A customer stands there: after this long nobody waits for an answer.
#[must_use]
pub fn patience() -> Duration {
    Duration::minutes(5)
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
    #[error("nobody has approved it yet")]
    Waiting,
    #[error("the approval was refused")]
    Refused,
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
    /// How it stands. Running out is a matter of the clock: nothing has to happen for it.
    #[must_use]
    pub fn state(&self, now: DateTime<Utc>) -> ApprovalState {
        match &self.answer {
            Answer::Refused { .. } => ApprovalState::Refused,
            Answer::Withdrawn { .. } => ApprovalState::Withdrawn,
            _ if self.used_by.is_some() => ApprovalState::Used,
            _ if now > self.expires_at => ApprovalState::Expired,
            Answer::Waiting => ApprovalState::Asked,
            Answer::Given { .. } => ApprovalState::Given,
        }
    }

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
        match self.state(now) {
            ApprovalState::Used => return Err(NotApproved::Used),
            ApprovalState::Expired => return Err(NotApproved::Expired),
            ApprovalState::Asked => return Err(NotApproved::Waiting),
            ApprovalState::Refused | ApprovalState::Withdrawn => return Err(NotApproved::Refused),
            ApprovalState::Given => {}
        }
        let Answer::Given { by, .. } = self.answer else { return Err(NotApproved::Waiting) };
        if self.asked_by == by {
            Err(NotApproved::ByOneself)
        } else if self.kind != kind || self.store_id != store || self.subject != subject {
            Err(NotApproved::ForSomethingElse)
        } else {
            Ok(by)
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
        let manager = PersonId(Uuid::from_u128(4));
        let approval = Approval {
            id: ApprovalId(Uuid::from_u128(2)),
            kind: ApprovalKind::Discount,
            store_id: store,
            till_id: None,
            subject: subject_digest(&"ring, 30 %"),
            asked_by: PersonId(Uuid::from_u128(3)),
            asked_at: now,
            reason: "match a price".into(),
            sheet: None,
            answer: Answer::Given { by: manager, at: now },
            expires_at: now + lifetime(),
            used_by: None,
        };
        let covers = |a: &Approval, subject: &str, at| {
            a.covers(ApprovalKind::Discount, store, &subject_digest(&subject), at)
        };
        assert_eq!(covers(&approval, "ring, 30 %", now), Ok(manager));
        assert_eq!(covers(&approval, "ring, 31 %", now), Err(NotApproved::ForSomethingElse));
        assert_eq!(covers(&approval, "ring, 30 %", now + Duration::minutes(16)), Err(NotApproved::Expired));
        let own = Approval { asked_by: manager, ..approval.clone() };
        assert_eq!(covers(&own, "ring, 30 %", now), Err(NotApproved::ByOneself));
        for (answer, why) in [
            (Answer::Waiting, NotApproved::Waiting),
            (Answer::Refused { by: manager, at: now, why: "too much".into() }, NotApproved::Refused),
            (Answer::Withdrawn { at: now }, NotApproved::Refused),
        ] {
            let other = Approval { answer, ..approval.clone() };
            assert_eq!(covers(&other, "ring, 30 %", now), Err(why));
        }
        let used = Approval { used_by: Some(EventId(Uuid::from_u128(5))), ..approval };
        assert_eq!(covers(&used, "ring, 30 %", now), Err(NotApproved::Used));
        assert_eq!(used.state(now + lifetime() + Duration::days(1)), ApprovalState::Used);
    }
}
