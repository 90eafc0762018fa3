//! Putting a ticket aside.

use super::hold::{Held, Steps, held};
use super::{TicketContent, parked_for};
use crate::codes;
use crate::event::{Event, EventKind, Origin, Record, SubjectKind};
use crate::ids::{CommandId, EventId, Ids, ParkedId, PersonId, StoreId, TillId, TillSessionId};
use crate::item::{Holder, ItemStatus, MoveError};
use crate::moment::Moment;
use crate::money::Money;
use crate::sale::{ItemInSale, MOST_LINES, TillInSale};
use crate::text::{self, TextError};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

codes! {
    pub enum TicketState("state of a parked ticket") {
        Parked = "parked", "Parked";
        Opened = "opened", "Opened";
        ThrownAway = "thrown_away", "Thrown away";
    }
}

/// Puts the ticket of a till aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParkTicket {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub session_id: TillSessionId,
    /// A customer's name, or words to know it by.
    pub label: String,
    pub ticket: TicketContent,
    /// What stood on the screen.
    pub total: Money,
}

/// A ticket put aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parked {
    pub id: ParkedId,
    pub store_id: StoreId,
    /// Where it was put aside.
    pub till_id: TillId,
    pub parked_by: PersonId,
    pub parked_at: DateTime<Utc>,
    pub label: String,
    pub total: Money,
    pub held_until: DateTime<Utc>,
    pub ticket: TicketContent,
    pub state: TicketState,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum ParkRefusal {
    #[error("the ticket is empty")]
    Empty,
    #[error("a ticket has at most {MOST_LINES} lines")]
    TooMany,
    #[error("{0}")]
    Label(TextError),
    #[error("the till is closed: open it with a float first")]
    TillClosed,
    #[error("this browser is not paired with that till")]
    OtherTill,
    #[error("a piece on the ticket is not in this store's books")]
    UnknownItem,
    #[error("{tag} is {who}")]
    OnTicket { tag: String, who: String },
    #[error("{tag} is not to be had: {status}{}", .held_by.as_ref().map(|who| format!(" ({who})")).unwrap_or_default())]
    NotFree { tag: String, status: ItemStatus, held_by: Option<String> },
    #[error(transparent)]
    Move(MoveError),
}

/// Puts a ticket aside and holds its pieces for it.
///
/// # Errors
/// [`ParkRefusal`]; nothing has happened then.
pub fn park(
    till: &TillInSale,
    items: &[ItemInSale],
    cmd: &ParkTicket,
    origin: &Origin,
    moment: &Moment,
) -> Result<(Parked, Record), ParkRefusal> {
    if !till.open || till.store_id != cmd.store_id {
        return Err(ParkRefusal::TillClosed);
    }
    if origin.till != Some(till.till_id) {
        return Err(ParkRefusal::OtherTill);
    }
    let ticket = &cmd.ticket;
    if ticket.lines.is_empty() && ticket.returns.is_empty() {
        return Err(ParkRefusal::Empty);
    }
    if ticket.lines.len().max(ticket.returns.len()).max(ticket.voided.len()) > MOST_LINES {
        return Err(ParkRefusal::TooMany);
    }
    let label = text::required_line(&cmd.label).map_err(ParkRefusal::Label)?;
    let id: ParkedId = Ids::new(cmd.command_id).draw();
    let held_until = moment.recorded_at + parked_for();
    let mut steps = Steps::of(EventId(cmd.command_id.0));
    for line in &ticket.lines {
        let here = |item: &&ItemInSale| item.id == line.item_id && item.store_id == cmd.store_id;
        let item = items.iter().find(here).ok_or(ParkRefusal::UnknownItem)?;
        if let Some(who) = item.on_another_ticket(till.till_id, moment.recorded_at) {
            return Err(ParkRefusal::OnTicket { tag: item.tag.clone(), who: who.to_owned() });
        }
        if held(item.status, item.holder, till.till_id.0, moment.recorded_at) == Held::Away {
            let (tag, held_by) = (item.tag.clone(), item.held_by.clone());
            return Err(ParkRefusal::NotFree { tag, status: item.status, held_by });
        }
        steps.hold(item, Holder { id: Some(id.0), until: Some(held_until) })?;
    }
    steps.tidy(items, moment.recorded_at)?;
    let event = Event {
        after: serde_json::to_value(ticket).ok(),
        ..Event::about(
            EventId(cmd.command_id.0),
            EventKind::TicketParked,
            (SubjectKind::ParkedTicket, id.0),
            format!("“{label}” over {}", cmd.total),
            *moment,
            *origin,
        )
    };
    let parked = Parked {
        id,
        store_id: cmd.store_id,
        till_id: till.till_id,
        parked_by: origin.actor,
        parked_at: moment.recorded_at,
        label,
        total: cmd.total,
        held_until,
        ticket: cmd.ticket.clone(),
        state: TicketState::Parked,
    };
    Ok((parked, Record { moves: steps.all(), ..Record::of(event) }))
}
