//! What a decision about collecting stands on, and what it writes.

use super::{CollectionNote, Collector, Dispute, DisputeEnd, Promise, PromiseEnd, ReminderPause};
use crate::event::{Event, EventKind, Origin, Record, SubjectKind};
use crate::field::FieldReader;
use crate::ids::{CommandId, CustomerId, EventId, InvoiceId};
use crate::moment::Moment;
use crate::money::{Money, MoneyError};
use crate::receivable::{OpenReceivable, ReceivableRefusal};
use chrono::{Days, NaiveDate};
use serde::Serialize;
use uuid::Uuid;

/// A customer with what they owe.
#[derive(Debug, Clone, Copy)]
pub struct CollectSnapshot<'a> {
    /// By the card that stands.
    pub customer: (CustomerId, &'a str),
    /// What is open, and the invoices that the command names.
    pub open: &'a [OpenReceivable],
    /// The calendar day in the store.
    pub today: NaiveDate,
}

/// The one thing that an event of collecting writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CollectChange {
    Noted(CollectionNote),
    Promised(Promise),
    Withdrawn(PromiseEnd),
    Disputed(Dispute),
    Settled(DisputeEnd),
    Paused(ReminderPause),
    Assigned(Collector),
}

/// What a decision about collecting writes.
#[derive(Debug, Clone)]
pub struct CollectOutcome {
    pub record: Record,
    pub change: CollectChange,
}

impl CollectSnapshot<'_> {
    /// An invoice of this customer's that stands: its number, and what is open of it.
    pub(super) fn invoice(&self, id: InvoiceId) -> Result<(String, Money), ReceivableRefusal> {
        let items = || self.open.iter().filter(|item| item.invoice_id == id);
        let first = items().next().ok_or_else(|| ReceivableRefusal::OtherCustomer("this".to_owned()))?;
        if first.voided {
            return Err(ReceivableRefusal::Voided(first.number.clone()));
        }
        Ok((first.number.clone(), Money::sum(items().map(|item| item.open))?))
    }

    /// What is owed on the whole account.
    pub(super) fn owed(&self) -> Result<Money, MoneyError> {
        Money::sum(self.open.iter().map(|item| item.open))
    }
}

/// A day to come as typed: today at the earliest, and not later than makes sense.
pub(super) fn day_to_come(
    field: &str,
    typed: &str,
    (today, most_days): (NaiveDate, u64),
    fields: &mut FieldReader,
) -> NaiveDate {
    let day = fields.read(field, typed.trim().parse::<NaiveDate>().map(Some).map_err(|_| "choose a day"));
    let Some(day) = day else { return today };
    let last = today.checked_add_days(Days::new(most_days)).unwrap_or(today);
    if day < today {
        fields.complain(field, "this day is over");
    } else if day > last {
        fields.complain(field, format!("at most {most_days} days from today"));
    }
    day
}

/// Who says something, and when.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said<'a> {
    pub command: CommandId,
    pub origin: &'a Origin,
    pub moment: &'a Moment,
}

impl Said<'_> {
    pub const fn event(&self) -> EventId {
        EventId(self.command.0)
    }

    /// The event with the one thing that it writes.
    pub fn outcome(
        &self,
        kind: EventKind,
        subject: (SubjectKind, Uuid),
        summary: String,
        after: &impl Serialize,
        change: CollectChange,
    ) -> CollectOutcome {
        let event = Event {
            after: serde_json::to_value(after).ok(),
            ..Event::about(self.event(), kind, subject, summary, *self.moment, *self.origin)
        };
        CollectOutcome { record: Record::of(event), change }
    }
}
