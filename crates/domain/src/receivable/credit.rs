//! Applying what is left of a credit, and taking it off invoices again. Both are events of their own: what was
//! applied once stays on record (J08).

use super::apply::Applying;
use super::{
    Application, ApplyTo, Changes, OpenCredit, OpenReceivable, Part, ReceivableOutcome, ReceivableRefusal,
    post,
};
use crate::event::{Event, EventKind, Origin, Record, SubjectKind};
use crate::field::FieldReader;
use crate::ids::{CommandId, CustomerCreditId, EventId, Ids, InvoiceId, StoreId};
use crate::ledger::Draft;
use crate::moment::Moment;
use crate::money::Money;
use crate::text;
use serde::{Deserialize, Serialize};

/// Applies what is left of a credit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplyCredit {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub credit_id: CustomerCreditId,
    pub apply: ApplyTo,
}

/// Takes what was applied of a credit off an invoice again: it is the customer's to apply elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnapplyCredit {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub credit_id: CustomerCreditId,
    pub invoice_id: InvoiceId,
    pub reason: String,
}

/// A credit with what it was applied to.
#[derive(Debug, Clone, Copy)]
pub struct CreditSnapshot<'a> {
    pub customer_name: &'a str,
    pub credit: &'a OpenCredit,
    /// What the customer owes, and what the credit was applied to.
    pub open: &'a [OpenReceivable],
    /// How much of the credit lies on each of those.
    pub applied: &'a [(crate::ids::ReceivableId, Money)],
}

impl CreditSnapshot<'_> {
    /// The due dates that the credit lies on, with how much: of an invoice, or all.
    pub(super) fn lies_on(&self, invoice: Option<InvoiceId>) -> Vec<Part<'_>> {
        let part = |(id, amount): &(crate::ids::ReceivableId, Money)| {
            let of = self.open.iter().find(|item| item.id == *id)?;
            let wanted = amount.is_positive() && invoice.is_none_or(|invoice| of.invoice_id == invoice);
            wanted.then_some(Part { of, amount: *amount })
        };
        self.applied.iter().filter_map(part).collect()
    }
}

impl ApplyCredit {
    /// Decides what a credit is applied to.
    ///
    /// # Errors
    /// [`ReceivableRefusal`] when nothing is left of it, or nothing is owed; more than is open stands at its field.
    pub fn decide(
        &self,
        snapshot: &CreditSnapshot<'_>,
        origin: &Origin,
        moment: &Moment,
        ids: &mut Ids,
    ) -> Result<ReceivableOutcome, ReceivableRefusal> {
        let credit = snapshot.credit;
        if !credit.left.is_positive() {
            return Err(ReceivableRefusal::NothingLeft);
        }
        // A credit may be applied to what came after it; only money is dated before what it pays.
        let received_on = moment.business_date.max(credit.received_on);
        let business_date = moment.business_date;
        if credit.posted_on > business_date {
            return Err(ReceivableRefusal::DayBehind(credit.number.clone(), credit.posted_on));
        }
        let legal_entity = credit.legal_entity_id;
        let applying = Applying { open: snapshot.open, legal_entity, received_on, business_date };
        let parts = applying.parts(&self.apply, credit.left)?;
        if parts.is_empty() {
            return Err(ReceivableRefusal::NothingOwed);
        }
        let applied = Money::sum(parts.iter().map(|part| part.amount))?;
        let mut draft = Draft::new(self.store_id);
        post::hold(&mut draft, credit.store_id, credit.customer_id, credit.id, applied.negated()?)?;
        post::owe_less(&mut draft, &parts)?;
        let summary = format!("{}: {applied} of {}", snapshot.customer_name, credit.number);
        let told = Told { kind: EventKind::CreditApplied, command: self.command_id, summary, origin, moment };
        let apply = |part: &Part<'_>| Application::of(part, part.amount, credit.id, moment.business_date);
        let changes = Changes { applications: parts.iter().map(apply).collect(), ..Changes::default() };
        told.outcome(credit, draft, changes, ids)
    }
}

impl UnapplyCredit {
    /// Decides what is taken off an invoice.
    ///
    /// # Errors
    /// [`ReceivableRefusal`] when nothing of the credit lies on it, or no reason is given.
    pub fn decide(
        &self,
        snapshot: &CreditSnapshot<'_>,
        origin: &Origin,
        moment: &Moment,
        ids: &mut Ids,
    ) -> Result<ReceivableOutcome, ReceivableRefusal> {
        let mut fields = FieldReader::default();
        let reason = fields.read("reason", text::required_line(&self.reason));
        fields.finish(())?;
        let credit = snapshot.credit;
        if !credit.kind.is_the_customers() {
            return Err(ReceivableRefusal::NotTheirs(credit.kind));
        }
        let parts = snapshot.lies_on(Some(self.invoice_id));
        let first = parts.first().ok_or(ReceivableRefusal::NothingOwed)?;
        let number = first.of.number.clone();
        let off = Money::sum(parts.iter().map(|part| part.amount))?;
        let mut draft = Draft::new(self.store_id);
        post::hold(&mut draft, credit.store_id, credit.customer_id, credit.id, off)?;
        let applications = take_off(&mut draft, &parts, credit.id, moment)?;
        let summary =
            format!("{}: {off} of {} off {number}: {reason}", snapshot.customer_name, credit.number);
        let told =
            Told { kind: EventKind::CreditUnapplied, command: self.command_id, summary, origin, moment };
        told.outcome(credit, draft, Changes { applications, ..Changes::default() }, ids)
    }
}

/// Owes again what lay on these, each on its own due date, and says so of the credit.
///
/// # Errors
/// [`ReceivableRefusal::DayBehind`] where it was applied in another store on a day that has not begun here.
pub(super) fn take_off(
    draft: &mut Draft,
    parts: &[Part<'_>],
    credit: CustomerCreditId,
    moment: &Moment,
) -> Result<Vec<Application>, ReceivableRefusal> {
    let mut applications = Vec::with_capacity(parts.len());
    let mut back = Vec::with_capacity(parts.len());
    for part in parts {
        if let Some(day) = part.of.touched_on.filter(|day| *day > moment.business_date) {
            return Err(ReceivableRefusal::DayBehind(part.of.number.clone(), day));
        }
        let less = part.amount.negated()?;
        applications.push(Application::of(part, less, credit, moment.business_date));
        back.push(Part { of: part.of, amount: less });
    }
    post::owe_less(draft, &back)?;
    Ok(applications)
}

/// What the audit trail says of something that is done with a credit.
pub(super) struct Told<'a> {
    pub kind: EventKind,
    pub command: CommandId,
    pub summary: String,
    pub origin: &'a Origin,
    pub moment: &'a Moment,
}

impl Told<'_> {
    /// The event with its one entry.
    pub(super) fn outcome(
        self,
        credit: &OpenCredit,
        draft: Draft,
        changes: Changes,
        ids: &mut Ids,
    ) -> Result<ReceivableOutcome, ReceivableRefusal> {
        let event = EventId(self.command.0);
        let place = (self.origin.store, credit.legal_entity_id);
        let entry = draft.balance(post::header(ids.draw(), event, self.kind, place, self.moment))?;
        let subject = (SubjectKind::CustomerCredit, credit.id.0);
        let event = Event::about(event, self.kind, subject, self.summary, *self.moment, *self.origin);
        Ok(ReceivableOutcome { record: Record { entries: vec![entry], ..Record::of(event) }, changes })
    }
}
