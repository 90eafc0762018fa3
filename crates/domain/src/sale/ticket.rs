//! What was taken off a ticket before it was paid. A piece that stood on a ticket had a price that a
//! customer may have heard; taking it off leaves a line in the audit trail.

use super::{MOST_LINES, TillInSale};
use crate::event::{Event, EventKind, Origin, Record, SubjectKind};
use crate::ids::{CommandId, EventId, ItemId, StoreId, TillSessionId};
use crate::moment::Moment;
use crate::money::Money;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A line that was taken off a ticket, as it was priced then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoidedLine {
    pub item_id: ItemId,
    pub tag: String,
    /// What it would have cost before tax and before the ticket's discount.
    pub price: Money,
}

/// Puts a ticket away that nobody pays, with everything that was taken off it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClearTicket {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub session_id: TillSessionId,
    pub lines: Vec<VoidedLine>,
}

/// Why a ticket cannot be put away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum ClearRefusal {
    #[error("there is nothing on the ticket")]
    Nothing,
    #[error("at most {MOST_LINES} lines are taken off a ticket")]
    TooMany,
    #[error("the till is closed: open it with a float first")]
    TillClosed,
    #[error("this browser is not paired with that till")]
    OtherTill,
}

/// Records that a ticket was put away.
///
/// # Errors
/// [`ClearRefusal`] when there is no such till here or nothing to put away.
pub fn clear(
    till: &TillInSale,
    cmd: &ClearTicket,
    origin: &Origin,
    moment: &Moment,
) -> Result<Record, ClearRefusal> {
    if !till.open || till.store_id != cmd.store_id {
        return Err(ClearRefusal::TillClosed);
    }
    if origin.till != Some(till.till_id) {
        return Err(ClearRefusal::OtherTill);
    }
    if cmd.lines.is_empty() {
        return Err(ClearRefusal::Nothing);
    }
    if cmd.lines.len() > MOST_LINES {
        return Err(ClearRefusal::TooMany);
    }
    let subject = (SubjectKind::TillSession, cmd.session_id.0);
    Ok(Record::of(event(EventId(cmd.command_id.0), &cmd.lines, subject, origin, moment)))
}

/// The line of the audit trail about lines taken off.
pub(super) fn event(
    id: EventId,
    lines: &[VoidedLine],
    (subject, subject_id): (SubjectKind, Uuid),
    origin: &Origin,
    moment: &Moment,
) -> Event {
    /// The others stand in the event's details.
    const NAMED: usize = 5;
    let named: Vec<String> =
        lines.iter().take(NAMED).map(|line| format!("{} at {}", line.tag, line.price)).collect();
    let more = lines.len().saturating_sub(NAMED);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    Event {
        before: serde_json::to_value(lines).ok(),
        ..Event::about(
            id,
            EventKind::LineVoided,
            (subject, subject_id),
            format!("Taken off the ticket: {}{more}", named.join(", ")),
            *moment,
            *origin,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{LegalEntityId, PersonId, TillId};

    fn line(number: u128) -> VoidedLine {
        VoidedLine {
            item_id: ItemId(Uuid::from_u128(number)),
            tag: format!("P{number}"),
            price: Money::from_minor(10_000),
        }
    }

    fn put_away(lines: Vec<VoidedLine>, open: bool) -> Result<String, ClearRefusal> {
        let (store_id, till_id) = (StoreId(Uuid::from_u128(1)), TillId(Uuid::from_u128(2)));
        let session_id = TillSessionId(Uuid::from_u128(3));
        let legal_entity_id = LegalEntityId(Uuid::from_u128(4));
        let till = TillInSale { session_id, till_id, store_id, legal_entity_id, open };
        let command_id = CommandId::from_parts(1_790_000_000_000, &[3; 10]);
        let cmd = ClearTicket { command_id, store_id, session_id, lines };
        let actor = PersonId(Uuid::from_u128(5));
        let origin = Origin { actor, store: store_id, till: Some(till_id), session: None, device: None };
        let moment = Moment::new("2026-03-01T12:00:00Z".parse().unwrap(), "2026-03-01".parse().unwrap());
        clear(&till, &cmd, &origin, &moment).map(|record| record.event.summary)
    }

    #[test]
    fn what_was_taken_off_is_named() {
        assert_eq!(put_away(vec![line(7)], true).as_deref(), Ok("Taken off the ticket: P7 at 100.00"));
        let seven = (1..=7).map(line).collect();
        assert!(put_away(seven, true).unwrap().ends_with("P5 at 100.00 and 2 more"));
        assert_eq!(put_away(Vec::new(), true), Err(ClearRefusal::Nothing));
        assert_eq!(put_away(vec![line(1); MOST_LINES + 1], true), Err(ClearRefusal::TooMany));
        assert_eq!(put_away(vec![line(7)], false), Err(ClearRefusal::TillClosed));
    }
}
