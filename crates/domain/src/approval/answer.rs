//! Answering what was asked, once: approve, refuse, or take the question back.

use super::{Answer, Approval, ApprovalState, lifetime};
use crate::event::{Event, EventKind, Origin, Record, SubjectKind};
use crate::ids::{ApprovalId, CommandId, EventId, StoreId};
use crate::moment::Moment;
use crate::text::{self, TextError};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    Approve,
    Refuse { why: String },
}

/// Answers for an exception, or does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decide {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub approval_id: ApprovalId,
    pub decision: Decision,
}

/// Takes back what one asked: the ticket changed, the customer left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdraw {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub approval_id: ApprovalId,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum AnswerRefusal {
    #[error("nobody asked for this in this store")]
    Unknown,
    #[error("somebody else has approved it already")]
    Given,
    #[error("somebody else has refused it already")]
    Refused,
    #[error("whoever asked has taken it back")]
    Withdrawn,
    #[error("it was asked too long ago: whoever asked must ask again")]
    Expired,
    #[error("nobody approves their own exception")]
    ByOneself,
    #[error("only whoever asked takes it back")]
    NotAsked,
    #[error("say why: {0}")]
    Reason(TextError),
}

/// Decides about an asking.
///
/// # Errors
/// [`AnswerRefusal`], with what became of it meanwhile.
pub fn decide(
    approval: &Approval,
    cmd: &Decide,
    origin: &Origin,
    moment: &Moment,
) -> Result<(Approval, Record), AnswerRefusal> {
    still_waits(approval, cmd.store_id, moment)?;
    if approval.asked_by == origin.actor {
        return Err(AnswerRefusal::ByOneself);
    }
    let (by, at) = (origin.actor, moment.recorded_at);
    let (kind, summary, answer) = match &cmd.decision {
        Decision::Approve => (
            EventKind::ApprovalGiven,
            format!("{}: {}", approval.kind, approval.reason),
            Answer::Given { by, at },
        ),
        Decision::Refuse { why } => {
            let why = text::required_line(why).map_err(AnswerRefusal::Reason)?;
            (EventKind::ApprovalRefused, format!("{}: {why}", approval.kind), Answer::Refused { by, at, why })
        }
    };
    let approver = matches!(answer, Answer::Given { .. }).then_some(by);
    let event = Event {
        approver,
        ..Event::about(
            EventId(cmd.command_id.0),
            kind,
            (SubjectKind::Approval, approval.id.0),
            summary,
            *moment,
            *origin,
        )
    };
    let expires_at = if approver.is_some() { at + lifetime() } else { approval.expires_at };
    Ok((Approval { answer, expires_at, ..approval.clone() }, Record::of(event)))
}

/// Takes an asking back.
///
/// # Errors
/// [`AnswerRefusal`], with what became of it meanwhile.
pub fn withdraw(
    approval: &Approval,
    cmd: &Withdraw,
    origin: &Origin,
    moment: &Moment,
) -> Result<(Approval, Record), AnswerRefusal> {
    still_waits(approval, cmd.store_id, moment)?;
    if approval.asked_by != origin.actor {
        return Err(AnswerRefusal::NotAsked);
    }
    let event = Event::about(
        EventId(cmd.command_id.0),
        EventKind::ApprovalWithdrawn,
        (SubjectKind::Approval, approval.id.0),
        format!("{}: {}", approval.kind, approval.reason),
        *moment,
        *origin,
    );
    let answer = Answer::Withdrawn { at: moment.recorded_at };
    Ok((Approval { answer, ..approval.clone() }, Record::of(event)))
}

fn still_waits(approval: &Approval, store: StoreId, moment: &Moment) -> Result<(), AnswerRefusal> {
    if approval.store_id != store {
        return Err(AnswerRefusal::Unknown);
    }
    match approval.state(moment.recorded_at) {
        ApprovalState::Asked => Ok(()),
        ApprovalState::Given | ApprovalState::Used => Err(AnswerRefusal::Given),
        ApprovalState::Refused => Err(AnswerRefusal::Refused),
        ApprovalState::Withdrawn => Err(AnswerRefusal::Withdrawn),
        ApprovalState::Expired if matches!(approval.answer, Answer::Given { .. }) => {
            Err(AnswerRefusal::Given)
        }
        ApprovalState::Expired => Err(AnswerRefusal::Expired),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::approval::{About, AskManager, AskRefusal, MOST_WAITING, Sheet, asked_of_all, patience};
    use crate::ids::{PersonId, SaleId};
    use chrono::Duration;
    use proptest::prelude::*;
    use uuid::Uuid;

    const ASKER: u128 = 3;

    fn command(number: u8) -> CommandId {
        CommandId::from_parts(1_790_000_000_000, &[number; 10])
    }

    fn origin(person: u128) -> Origin {
        let (actor, store) = (PersonId(Uuid::from_u128(person)), StoreId(Uuid::from_u128(1)));
        Origin { actor, store, till: None, session: None, device: None }
    }

    fn after(minutes: i64) -> Moment {
        let at: chrono::DateTime<chrono::Utc> = "2026-03-01T12:00:00Z".parse().unwrap();
        Moment::new(at + Duration::minutes(minutes), "2026-03-01".parse().unwrap())
    }

    fn asking(waiting: u64) -> Result<Approval, AskRefusal> {
        let about = About::VoidSale { sale_id: SaleId(Uuid::from_u128(7)) };
        let store_id = StoreId(Uuid::from_u128(1));
        let cmd = AskManager { command_id: command(1), store_id, about, reason: "wrong ring".into() };
        let asked = asked_of_all(&cmd, Sheet::default(), waiting, &origin(ASKER), &after(0));
        asked.map(|(approval, record)| {
            assert_eq!(record.event.subject_id, approval.id.0);
            approval
        })
    }

    fn decided(
        approval: &Approval,
        decision: Decision,
        person: u128,
        minutes: i64,
    ) -> Result<Approval, AnswerRefusal> {
        let (store_id, approval_id) = (StoreId(Uuid::from_u128(1)), approval.id);
        let cmd = Decide { command_id: command(2), store_id, approval_id, decision };
        decide(approval, &cmd, &origin(person), &after(minutes)).map(|(approval, _)| approval)
    }

    fn taken_back(approval: &Approval, person: u128, minutes: i64) -> Result<Approval, AnswerRefusal> {
        let (store_id, approval_id) = (StoreId(Uuid::from_u128(1)), approval.id);
        let cmd = Withdraw { command_id: command(3), store_id, approval_id };
        withdraw(approval, &cmd, &origin(person), &after(minutes)).map(|(approval, _)| approval)
    }

    #[test]
    fn an_asking_is_answered_once() {
        let refuse = || Decision::Refuse { why: "too much".into() };
        let asked = asking(0).unwrap();
        let given = decided(&asked, Decision::Approve, 4, 1).unwrap();
        assert_eq!(given.expires_at, after(16).recorded_at, "fifteen minutes to use it, from the answer");
        assert_eq!(decided(&given, refuse(), 5, 2), Err(AnswerRefusal::Given));
        assert_eq!(taken_back(&given, ASKER, 2), Err(AnswerRefusal::Given));
        let refused = decided(&asked, refuse(), 4, 1).unwrap();
        assert_eq!(decided(&refused, Decision::Approve, 5, 2), Err(AnswerRefusal::Refused));
        let withdrawn = taken_back(&asked, ASKER, 1).unwrap();
        assert_eq!(decided(&withdrawn, Decision::Approve, 4, 2), Err(AnswerRefusal::Withdrawn));
        assert_eq!(decided(&asked, Decision::Approve, 4, 6), Err(AnswerRefusal::Expired));
        assert_eq!(decided(&asked, Decision::Approve, ASKER, 1), Err(AnswerRefusal::ByOneself));
        assert_eq!(taken_back(&asked, 4, 1), Err(AnswerRefusal::NotAsked));
        let silent = decided(&asked, Decision::Refuse { why: " ".into() }, 4, 1);
        assert!(matches!(silent, Err(AnswerRefusal::Reason(_))));
        let elsewhere = Approval { store_id: StoreId(Uuid::from_u128(2)), ..asked };
        assert_eq!(decided(&elsewhere, Decision::Approve, 4, 1), Err(AnswerRefusal::Unknown));
        assert_eq!(asking(MOST_WAITING), Err(AskRefusal::TooMany));
    }

    proptest! {
        /// Whatever people press in whatever order: the first answer in time stands, and no later one changes it.
        #[test]
        fn the_first_answer_stands(presses in prop::collection::vec((0_u8..3, 3_u128..6, 0_i64..10), 0..12)) {
            let mut approval = asking(0).unwrap();
            let mut presses = presses;
            presses.sort_by_key(|(_, _, minutes)| *minutes);
            for (what, person, minutes) in presses {
                let pressed = match what {
                    0 => decided(&approval, Decision::Approve, person, minutes),
                    1 => decided(&approval, Decision::Refuse { why: "no".into() }, person, minutes),
                    _ => taken_back(&approval, person, minutes),
                };
                if let Ok(now) = pressed {
                    prop_assert_eq!(&approval.answer, &Answer::Waiting);
                    prop_assert!(Duration::minutes(minutes) <= patience());
                    prop_assert!((what == 2) == (person == ASKER));
                    approval = now;
                }
            }
        }
    }
}
