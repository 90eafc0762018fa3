//! Leaving a customer, or one invoice, in peace until a day. The last word counts: a pause is lifted by one that ended
//! yesterday.

use super::change::{Said, day_to_come};
use super::{CollectChange, CollectOutcome, CollectSnapshot};
use crate::event::{EventKind, Origin, SubjectKind};
use crate::field::FieldReader;
use crate::ids::{CommandId, CustomerId, EventId, InvoiceId, PersonId, StoreId};
use crate::moment::Moment;
use crate::receivable::ReceivableRefusal;
use crate::text;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Whoever is left in peace for longer is looked at again first.
pub const MOST_PAUSE_DAYS: u64 = 180;

/// Pauses what is asked of a customer, or lifts a pause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PauseReminders {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub customer_id: CustomerId,
    /// `None` is everything they owe.
    pub invoice_id: Option<InvoiceId>,
    pub pausing: Pausing,
    /// Needed for a pause.
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pausing {
    /// Through this day, as typed.
    Until(String),
    Lift,
}

/// A pause as it is kept. Its id is that of its event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReminderPause {
    pub id: EventId,
    pub customer_id: CustomerId,
    pub invoice_id: Option<InvoiceId>,
    pub store_id: StoreId,
    pub person_id: PersonId,
    /// Its last day.
    pub until_on: NaiveDate,
    pub reason: String,
}

/// Of the pauses of one customer with the instant of each, those that hold on a day: of the whole account and of each
/// invoice the last one counts.
#[must_use]
pub fn in_force(pauses: Vec<(DateTime<Utc>, ReminderPause)>, today: NaiveDate) -> Vec<ReminderPause> {
    let mut last: BTreeMap<Option<InvoiceId>, (DateTime<Utc>, ReminderPause)> = BTreeMap::new();
    for (at, pause) in pauses {
        let newer =
            last.get(&pause.invoice_id).is_none_or(|(before, one)| (*before, one.id) < (at, pause.id));
        if newer {
            last.insert(pause.invoice_id, (at, pause));
        }
    }
    last.into_values().map(|(_, pause)| pause).filter(|pause| pause.until_on >= today).collect()
}

impl PauseReminders {
    /// Decides about a pause.
    ///
    /// # Errors
    /// Each field that does not read: a day that is over or too far away, no reason. An invoice of somebody else;
    /// nothing to lift.
    pub fn decide(
        &self,
        snapshot: &CollectSnapshot<'_>,
        in_force: &[ReminderPause],
        origin: &Origin,
        moment: &Moment,
    ) -> Result<CollectOutcome, ReceivableRefusal> {
        let about = match self.invoice_id {
            Some(id) => format!(", {}", snapshot.invoice(id)?.0),
            None => String::new(),
        };
        let mut fields = FieldReader::default();
        let (until_on, reason) = match &self.pausing {
            Pausing::Until(typed) => {
                let until = day_to_come("until", typed, (snapshot.today, MOST_PAUSE_DAYS), &mut fields);
                (until, fields.read("reason", text::required_line(&self.reason)))
            }
            Pausing::Lift => {
                if !in_force.iter().any(|pause| pause.invoice_id == self.invoice_id) {
                    return Err(ReceivableRefusal::NotPaused);
                }
                let yesterday = snapshot.today.pred_opt().unwrap_or(snapshot.today);
                (yesterday, fields.read("reason", text::optional_line(&self.reason)).unwrap_or_default())
            }
        };
        fields.finish(())?;
        let (customer_id, name) = snapshot.customer;
        let why = if reason.is_empty() { String::new() } else { format!(": {reason}") };
        let summary = match self.pausing {
            Pausing::Until(_) => format!("{name}{about} until {until_on}{why}"),
            Pausing::Lift => format!("{name}{about} no longer{why}"),
        };
        let said = Said { command: self.command_id, origin, moment };
        let pause = ReminderPause {
            id: said.event(),
            customer_id,
            invoice_id: self.invoice_id,
            store_id: self.store_id,
            person_id: origin.actor,
            until_on,
            reason,
        };
        let subject = match self.invoice_id {
            Some(id) => (SubjectKind::Invoice, id.0),
            None => (SubjectKind::Customer, customer_id.0),
        };
        Ok(said.outcome(
            EventKind::RemindersPaused,
            subject,
            summary,
            &pause,
            CollectChange::Paused(pause.clone()),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn the_last_word_counts_for_the_account_and_for_each_invoice() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let said = |minute: i64, invoice: Option<u128>, until: &str| {
            let at = day("2026-03-02").and_hms_opt(12, 0, 0).unwrap().and_utc()
                + chrono::Duration::minutes(minute);
            let pause = ReminderPause {
                id: EventId(Uuid::from_u128(minute.unsigned_abs().into())),
                customer_id: CustomerId(Uuid::nil()),
                invoice_id: invoice.map(|number| InvoiceId(Uuid::from_u128(number))),
                store_id: StoreId(Uuid::nil()),
                person_id: PersonId(Uuid::nil()),
                until_on: day(until),
                reason: String::new(),
            };
            (at, pause)
        };
        let holds = |said: Vec<_>| {
            let holds = in_force(said, day("2026-03-02"));
            holds
                .into_iter()
                .map(|one| (one.invoice_id.map(|id| id.0.as_u128()), one.until_on))
                .collect::<Vec<_>>()
        };
        assert_eq!(holds(vec![said(1, None, "2026-03-02")]), [(None, day("2026-03-02"))]);
        // Shorter, then lifted; rows come in any order.
        let shorter = vec![said(2, None, "2026-03-05"), said(1, None, "2026-04-01")];
        assert_eq!(holds(shorter), [(None, day("2026-03-05"))]);
        assert!(holds(vec![said(3, None, "2026-03-01"), said(1, None, "2026-04-01")]).is_empty());
        let apart =
            vec![said(1, Some(7), "2026-04-01"), said(2, None, "2026-03-01"), said(3, Some(8), "2026-03-09")];
        assert_eq!(holds(apart), [(Some(7), day("2026-04-01")), (Some(8), day("2026-03-09"))]);
    }
}
