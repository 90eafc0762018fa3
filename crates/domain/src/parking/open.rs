//! Opening a parked ticket at a till, or throwing it away. Either happens once.

use super::hold::{Held, Steps, held};
use super::{Parked, ParkedReturn, TicketContent, TicketState, opened_for};
use crate::event::{Event, EventKind, Origin, Record, SubjectKind};
use crate::ids::{CommandId, EventId, ParkedId, StoreId, TillSessionId};
use crate::item::{Holder, ItemStatus, MoveError};
use crate::moment::Moment;
use crate::money::Money;
use crate::policy::StorePolicy;
use crate::sale::{DiscountOff, ItemInSale, OfferedLine, SoldLine, TillInSale};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Opens a parked ticket at a till of the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenParked {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub session_id: TillSessionId,
    pub parked_id: ParkedId,
}

/// Throws a parked ticket away; its pieces are back in the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThrowAway {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub parked_id: ParkedId,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum OpenRefusal {
    #[error("this ticket is not parked in this store")]
    Unknown,
    #[error("somebody else has opened this ticket already")]
    Opened,
    #[error("this ticket was thrown away")]
    ThrownAway,
    #[error("the till is closed: open it with a float first")]
    TillClosed,
    #[error("this browser is not paired with that till")]
    OtherTill,
    #[error(transparent)]
    Move(MoveError),
}

/// What is no longer as it was when the ticket was parked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Change {
    #[error("{tag} costs {now} now, not {was}")]
    Price { tag: String, was: Money, now: Money },
    #[error("{tag} is off the ticket: {status}{}", .held_by.as_ref().map(|who| format!(" ({who})")).unwrap_or_default())]
    Gone { tag: String, status: ItemStatus, held_by: Option<String> },
    #[error("{tag} is off the ticket: it is {who}")]
    OnTicket { tag: String, who: String },
    #[error("{tag} is off the ticket: it is in another store")]
    Elsewhere { tag: String },
    #[error("the price agreed for the whole ticket is off: it was for the ticket as it was")]
    AgreedPrice,
    #[error("{tag} stays with the customer: {why}")]
    StaysSold { tag: String, why: String },
    #[error("of {tag} {left} can still come back, not {was}")]
    LessBack { tag: String, left: String, was: String },
    #[error("it is a gift secret no more: {0} has come")]
    NoSecret(NaiveDate),
}

/// A ticket as it goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    pub ticket: TicketContent,
    pub changes: Vec<Change>,
}

/// Opens a ticket at a till, at today's prices and with the pieces that are still to be had. They are held for that
/// till from now on.
///
/// # Errors
/// [`OpenRefusal`]; of two who open it at once, one does.
pub fn open(
    parked: &Parked,
    till: &TillInSale,
    items: &[ItemInSale],
    (sold, policy): (&[SoldLine], &StorePolicy),
    cmd: &OpenParked,
    origin: &Origin,
    moment: &Moment,
) -> Result<(Opened, Record), OpenRefusal> {
    if !till.open || till.store_id != cmd.store_id {
        return Err(OpenRefusal::TillClosed);
    }
    if origin.till != Some(till.till_id) {
        return Err(OpenRefusal::OtherTill);
    }
    still_parked(parked, cmd.store_id)?;
    let now = moment.recorded_at;
    let mut steps = Steps::of(EventId(cmd.command_id.0));
    let mut opened =
        Opened { ticket: TicketContent { lines: Vec::new(), ..parked.ticket.clone() }, changes: Vec::new() };
    for line in &parked.ticket.lines {
        let tag = line.tag.clone();
        let Some(item) = items.iter().find(|item| item.id == line.item_id) else { continue };
        let free = [parked.id.0, till.till_id.0]
            .iter()
            .any(|whose| held(item.status, item.holder, *whose, now) != Held::Away);
        if item.store_id != cmd.store_id {
            opened.changes.push(Change::Elsewhere { tag });
        } else if let Some(who) = item.on_another_ticket(till.till_id, now) {
            opened.changes.push(Change::OnTicket { tag, who: who.to_owned() });
        } else if !free {
            let (status, held_by) = (item.status, item.held_by.clone());
            opened.changes.push(Change::Gone { tag, status, held_by });
        } else {
            if item.price != line.price {
                opened.changes.push(Change::Price { tag, was: line.price, now: item.price });
            }
            let until = Some(now + opened_for());
            steps.hold(item, Holder { id: Some(till.till_id.0), until })?;
            let mut line = line.clone();
            line.price = item.price;
            opened.ticket.lines.push(line);
        }
    }
    let agreed = |discount: &crate::sale::Discount| matches!(discount.off, DiscountOff::NewPrice(_));
    if !opened.changes.is_empty() && opened.ticket.discount.as_ref().is_some_and(agreed) {
        opened.ticket.discount = None;
        opened.changes.push(Change::AgreedPrice);
    }
    opened.ticket.returns.clear();
    for parked in &parked.ticket.returns {
        let (back, change) = renewed(parked, sold, policy);
        opened.ticket.returns.extend(back);
        opened.changes.extend(change);
    }
    if let Ok(until) = opened.ticket.secret_until.parse::<NaiveDate>()
        && until <= moment.business_date
    {
        opened.ticket.secret_until.clear();
        opened.changes.push(Change::NoSecret(until));
    }
    steps.tidy(items, now)?;
    let event = closing(parked, EventKind::TicketOpened, cmd.command_id, origin, moment);
    Ok((opened, Record { moves: steps.all(), ..Record::of(event) }))
}

/// What was to come back, as it can come back now: other parts of it may have come back meanwhile, or all of it.
fn renewed(
    parked: &ParkedReturn,
    sold: &[SoldLine],
    policy: &StorePolicy,
) -> (Option<ParkedReturn>, Option<Change>) {
    let tag = parked.line.tag.clone();
    let stays = |why: String| (None, Some(Change::StaysSold { tag: tag.clone(), why }));
    let Some(was) = sold.iter().find(|line| line.line_id == parked.line.line_id) else {
        return stays("its receipt is not in the books".to_owned());
    };
    let line = match OfferedLine::of(was, policy) {
        Ok(OfferedLine { refused: Some(why), .. }) => return stays(why),
        Ok(line) => line,
        Err(refused) => return stays(refused.to_string()),
    };
    let mut back = ParkedReturn { line, ..parked.clone() };
    let Some((part, before)) = back.line.part.as_ref().zip(parked.line.part.as_ref()) else {
        return (Some(back), None);
    };
    // Nothing said is all of it: as much as there was then.
    let asked = parked.quantity.unwrap_or_else(|| before.left());
    if part.take(Some(asked)).is_ok() {
        back.quantity = Some(asked);
        return (Some(back), None);
    }
    let (left, unit) = (part.left(), part.portion.unit);
    let change = Change::LessBack { tag, left: left.show(unit), was: asked.show(unit) };
    // Of less, the store keeps no more than it asks for so much.
    back.fee = back.line.fee_of(left).map_or(Money::ZERO, |fee| fee.min(parked.fee));
    back.quantity = Some(left);
    (Some(back), Some(change))
}

/// Throws a ticket away.
///
/// # Errors
/// [`OpenRefusal`] when it is no longer there.
pub fn throw_away(
    parked: &Parked,
    items: &[ItemInSale],
    cmd: &ThrowAway,
    origin: &Origin,
    moment: &Moment,
) -> Result<Record, OpenRefusal> {
    still_parked(parked, cmd.store_id)?;
    let mut steps = Steps::of(EventId(cmd.command_id.0));
    for item in items.iter().filter(|item| item.holder.id == Some(parked.id.0)) {
        steps.put_back(item)?;
    }
    steps.tidy(items, moment.recorded_at)?;
    let event = closing(parked, EventKind::TicketThrownAway, cmd.command_id, origin, moment);
    Ok(Record { moves: steps.all(), ..Record::of(event) })
}

fn still_parked(parked: &Parked, store: StoreId) -> Result<(), OpenRefusal> {
    match parked.state {
        _ if parked.store_id != store => Err(OpenRefusal::Unknown),
        TicketState::Parked => Ok(()),
        TicketState::Opened => Err(OpenRefusal::Opened),
        TicketState::ThrownAway => Err(OpenRefusal::ThrownAway),
    }
}

fn closing(parked: &Parked, kind: EventKind, id: CommandId, origin: &Origin, moment: &Moment) -> Event {
    Event {
        before: serde_json::to_value(&parked.ticket).ok(),
        ..Event::about(
            EventId(id.0),
            kind,
            (SubjectKind::ParkedTicket, parked.id.0),
            format!("“{}” over {}", parked.label, parked.total),
            *moment,
            *origin,
        )
    }
}
