//! A customer's word to pay so much by a day. Whether it is kept is not stored: it is what came in until its day.

use super::change::{Said, day_to_come};
use super::{CollectChange, CollectOutcome, CollectSnapshot};
use crate::codes;
use crate::event::{EventKind, Origin, SubjectKind};
use crate::field::FieldReader;
use crate::ids::{CommandId, CustomerId, Ids, InvoiceId, PersonId, PromiseId, StoreId};
use crate::moment::Moment;
use crate::money::{Money, PositiveMoney};
use crate::receivable::ReceivableRefusal;
use crate::text;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Later is a plan of installments and no promise.
pub const MOST_PROMISE_DAYS: u64 = 90;

codes! {
    /// What became of a promise.
    pub enum PromiseState("state of a promise") {
        /// Its day is not over yet.
        Open = "open", "Open";
        Kept = "kept", "Kept";
        /// Its day is over, and less came in.
        Broken = "broken", "Broken";
        /// It does not count any more.
        Withdrawn = "withdrawn", "Withdrawn";
    }
}

/// Writes down a promise to pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MakePromise {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub customer_id: CustomerId,
    /// `None` is the whole account.
    pub invoice_id: Option<InvoiceId>,
    pub typed: TypedPromise,
}

/// A promise as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedPromise {
    pub amount: String,
    pub promised_on: String,
}

/// Takes a promise back: the customer has called to say otherwise, or it was written down wrongly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithdrawPromise {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub promise_id: PromiseId,
    pub reason: String,
}

/// A promise as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    pub id: PromiseId,
    pub customer_id: CustomerId,
    pub store_id: StoreId,
    /// `None` is the whole account.
    pub invoice_id: Option<InvoiceId>,
    pub person_id: PersonId,
    pub amount: Money,
    pub made_on: NaiveDate,
    pub promised_on: NaiveDate,
}

/// That a promise does not count any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseEnd {
    pub promise_id: PromiseId,
    pub reason: String,
    pub ended_on: NaiveDate,
}

/// A promise with what became of it so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseStanding {
    pub promise: Promise,
    /// The payments that were applied, after it was made and until its day, to what it is about. A check that came back
    /// later is no payment.
    pub came_in: Money,
    /// Something of what was owed when it was made is owed still.
    pub still_owed: bool,
    /// It was withdrawn.
    pub ended: bool,
}

impl PromiseStanding {
    /// What became of it. This is the one place that says so; the counter asks the database the same question
    /// (`broken_promise` in `db/src/repo/receivable/account.rs`).
    #[must_use]
    pub fn state(&self, today: NaiveDate) -> PromiseState {
        if self.ended {
            PromiseState::Withdrawn
        } else if self.came_in >= self.promise.amount {
            PromiseState::Kept
        } else if today <= self.promise.promised_on {
            PromiseState::Open
        } else {
            PromiseState::Broken
        }
    }

    /// Whether it speaks against the customer now: broken, and what it was about is not paid yet.
    #[must_use]
    pub fn is_held_against(&self, today: NaiveDate) -> bool {
        self.still_owed && self.state(today) == PromiseState::Broken
    }

    /// Whether it is about an invoice, or about all that is owed.
    #[must_use]
    pub fn covers(&self, invoice: Option<InvoiceId>) -> bool {
        self.promise.invoice_id.is_none() || invoice.is_none() || self.promise.invoice_id == invoice
    }
}

impl MakePromise {
    /// Decides about a promise. While one is open about the same thing there is no other: a payment would count for
    /// both.
    ///
    /// # Errors
    /// Each field that does not read: more than is owed, a day that is over or too far away. A promise that stands.
    pub fn decide(
        &self,
        snapshot: &CollectSnapshot<'_>,
        earlier: &[PromiseStanding],
        origin: &Origin,
        moment: &Moment,
        ids: &mut Ids,
    ) -> Result<CollectOutcome, ReceivableRefusal> {
        let (about, owed) = match self.invoice_id {
            Some(id) => {
                let (number, open) = snapshot.invoice(id)?;
                (format!(" of {number}"), open)
            }
            None => (String::new(), snapshot.owed()?),
        };
        if !owed.is_positive() {
            return Err(ReceivableRefusal::NothingOwed);
        }
        let stands = |one: &&PromiseStanding| {
            one.state(snapshot.today) == PromiseState::Open && one.covers(self.invoice_id)
        };
        if let Some(PromiseStanding { promise, .. }) = earlier.iter().find(stands) {
            return Err(ReceivableRefusal::PromiseStands { amount: promise.amount, by: promise.promised_on });
        }
        let mut fields = FieldReader::default();
        let amount = Money::parse(&self.typed.amount).and_then(PositiveMoney::try_from);
        let amount = fields.read("amount", amount.map(|amount| Some(amount.get()))).unwrap_or_default();
        if amount > owed {
            fields.complain("amount", format!("{owed} is owed"));
        }
        let within = (snapshot.today, MOST_PROMISE_DAYS);
        let promised_on = day_to_come("promised_on", &self.typed.promised_on, within, &mut fields);
        fields.finish(())?;
        let (customer_id, name) = snapshot.customer;
        let promise = Promise {
            id: ids.draw(),
            customer_id,
            store_id: self.store_id,
            invoice_id: self.invoice_id,
            person_id: origin.actor,
            amount,
            made_on: moment.business_date,
            promised_on,
        };
        let summary = format!("{name}: {amount}{about} by {promised_on}");
        let subject = (SubjectKind::Customer, customer_id.0);
        let said = Said { command: self.command_id, origin, moment };
        Ok(said.outcome(
            EventKind::PromiseMade,
            subject,
            summary,
            &promise,
            CollectChange::Promised(promise.clone()),
        ))
    }
}

impl WithdrawPromise {
    /// Decides whether a promise may be taken back. One that was kept is history.
    ///
    /// # Errors
    /// [`ReceivableRefusal`] for a promise that was kept or is withdrawn already; no reason, at its field.
    pub fn decide(
        &self,
        name: &str,
        standing: &PromiseStanding,
        today: NaiveDate,
        origin: &Origin,
        moment: &Moment,
    ) -> Result<CollectOutcome, ReceivableRefusal> {
        match standing.state(today) {
            PromiseState::Open | PromiseState::Broken => {}
            over @ (PromiseState::Kept | PromiseState::Withdrawn) => {
                return Err(ReceivableRefusal::PromiseOver(over));
            }
        }
        let mut fields = FieldReader::default();
        let reason = fields.read("reason", text::required_line(&self.reason));
        fields.finish(())?;
        let Promise { customer_id, amount, promised_on, .. } = standing.promise;
        let summary = format!("{name}: {amount} by {promised_on}: {reason}");
        let end = PromiseEnd { promise_id: self.promise_id, reason, ended_on: moment.business_date };
        let subject = (SubjectKind::Customer, customer_id.0);
        let said = Said { command: self.command_id, origin, moment };
        Ok(said.outcome(
            EventKind::PromiseWithdrawn,
            subject,
            summary,
            &end,
            CollectChange::Withdrawn(end.clone()),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn standing(came_in: i64, ended: bool) -> PromiseStanding {
        let day = |text: &str| text.parse().unwrap();
        let promise = Promise {
            id: PromiseId(Uuid::nil()),
            customer_id: CustomerId(Uuid::nil()),
            store_id: StoreId(Uuid::nil()),
            invoice_id: None,
            person_id: PersonId(Uuid::nil()),
            amount: Money::from_minor(40_000),
            made_on: day("2026-03-02"),
            promised_on: day("2026-03-06"),
        };
        PromiseStanding { promise, came_in: Money::from_minor(came_in), still_owed: true, ended }
    }

    #[test]
    fn a_promise_is_what_came_in_until_its_day() {
        let state = |came_in, ended, today: &str| standing(came_in, ended).state(today.parse().unwrap());
        assert_eq!(state(0, false, "2026-03-02"), PromiseState::Open);
        assert_eq!(state(26_500, false, "2026-03-06"), PromiseState::Open);
        assert_eq!(state(26_500, false, "2026-03-07"), PromiseState::Broken);
        assert_eq!(state(39_999, false, "2026-03-07"), PromiseState::Broken);
        assert_eq!(state(40_000, false, "2026-03-05"), PromiseState::Kept);
        assert_eq!(state(40_000, false, "2027-01-01"), PromiseState::Kept);
        assert_eq!(state(0, true, "2026-03-07"), PromiseState::Withdrawn);
    }

    #[test]
    fn one_is_about_an_invoice_or_about_everything() {
        let (one, other) = (Some(InvoiceId(Uuid::from_u128(1))), Some(InvoiceId(Uuid::from_u128(2))));
        let about = |invoice_id| {
            let all = standing(0, false);
            PromiseStanding { promise: Promise { invoice_id, ..all.promise }, ..all }
        };
        assert!(about(None).covers(one) && about(one).covers(None) && about(one).covers(one));
        assert!(!about(one).covers(other));
    }

    proptest! {
        #[test]
        fn more_money_never_breaks_a_promise_and_time_never_mends_it(came_in in 0_i64..80_000, more in 0_i64..80_000, days in 0_i64..30, later in 0_i64..30) {
            let on = |days: i64| standing(0, false).promise.made_on + chrono::Duration::days(days);
            let state = |came_in, days| standing(came_in, false).state(on(days));
            if state(came_in, days) == PromiseState::Kept {
                prop_assert_eq!(state(came_in + more, days + later), PromiseState::Kept);
            }
            if state(came_in, days) == PromiseState::Broken {
                prop_assert_eq!(state(came_in, days + later), PromiseState::Broken);
            }
            prop_assert_eq!(standing(came_in, false).is_held_against(on(days)), state(came_in, days) == PromiseState::Broken);
        }
    }
}
