//! A check that the bank sent back: what it paid is owed again, each on the day it was due, and the store may ask a fee
//! (J10).

use super::apply::positive_or_zero;
use super::at_once::AtOnce;
use super::credit::{CreditSnapshot, take_off};
use super::open::{Order, take};
use super::{Changes, CreditKind, CreditOut, CreditOutKind, ReceivableOutcome, ReceivableRefusal, post};
use crate::event::{Event, EventKind, Origin, Record, SubjectKind};
use crate::field::FieldReader;
use crate::ids::{CommandId, CustomerCreditId, EventId, Ids, StoreId};
use crate::ledger::{Draft, code};
use crate::moment::Moment;
use crate::money::{Money, MoneyError};
use crate::sale::{TenderFacts, TenderNature};
use crate::text;
use serde::{Deserialize, Serialize};

/// Says that the bank sent a payment's check back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnCheck {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub credit_id: CustomerCreditId,
    /// What the customer is charged for it; empty for nothing.
    pub fee: String,
    pub reason: String,
}

#[derive(Debug, Clone, Copy)]
pub struct ReturnedCheckSnapshot<'a> {
    pub payment: CreditSnapshot<'a>,
    /// How the payment was made.
    pub tenders: &'a [TenderFacts],
    /// Whether its check came back before.
    pub came_back: bool,
    /// The most that may be asked for it.
    pub highest_fee: Money,
}

impl ReturnCheck {
    /// Decides what is owed again. What of the payment was not applied is gone first, then what was applied to the
    /// latest due dates; what was paid back of it meanwhile the customer owes anew.
    ///
    /// # Errors
    /// [`ReceivableRefusal`]: no check, one that came back already, a fee above the limit.
    pub fn decide(
        &self,
        snapshot: &ReturnedCheckSnapshot<'_>,
        origin: &Origin,
        moment: &Moment,
        ids: &mut Ids,
    ) -> Result<ReceivableOutcome, ReceivableRefusal> {
        let credit = snapshot.payment.credit;
        let mut fields = FieldReader::default();
        let fee = read_fee(&self.fee, snapshot.highest_fee, &mut fields);
        let reason = fields.read("reason", text::optional_line(&self.reason));
        fields.finish(())?;
        if credit.kind != CreditKind::Payment {
            return Err(ReceivableRefusal::NoCheck);
        }
        if snapshot.came_back {
            return Err(ReceivableRefusal::CameBack);
        }
        let check = came_as_check(snapshot.tenders)?;
        if !check.is_positive() {
            return Err(ReceivableRefusal::NoCheck);
        }
        let from_left = check.min(credit.left);
        let lies_on = snapshot.payment.lies_on(None);
        let reopened = take(check.minus(from_left)?, Order::NewestDue, lies_on);
        let from_applied = Money::sum(reopened.iter().map(|part| part.amount))?;
        let gone = from_left.plus(from_applied)?;
        let paid_back = check.minus(gone)?;

        let (event, kind) = (EventId(self.command_id.0), EventKind::CheckReturned);
        let document = post::about(credit.customer_id, credit.id.0);
        let mut draft = Draft::new(credit.store_id);
        let applications = take_off(&mut draft, &reopened, credit.id, moment)?;
        post::hold(&mut draft, credit.store_id, credit.customer_id, credit.id, from_left.negated()?)?;
        draft.credit(code::BANK, check, document)?;
        let owes = AtOnce { store_id: self.store_id, customer_id: credit.customer_id, moment };
        let rest = owes.check(&mut draft, paid_back, None, ids)?;
        let fee = owes.fee(&mut draft, fee, ids)?;
        let place = (credit.store_id, credit.legal_entity_id);
        let entry = draft.balance(post::header(ids.draw(), event, kind, place, moment))?;
        let name = snapshot.payment.customer_name;
        let why = reason.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
        let summary = format!("{name}: check of {check}, {}{why}", credit.number);
        let event =
            Event::about(event, kind, (SubjectKind::CustomerCredit, credit.id.0), summary, *moment, *origin);
        let out = CreditOut {
            credit_id: credit.id,
            kind: CreditOutKind::Bounced,
            amount: gone,
            tax: Money::ZERO,
            out_on: moment.business_date,
            note: reason,
            tenders: Vec::new(),
            rounding: Money::ZERO,
            till_id: None,
            session_id: None,
        };
        let changes = Changes {
            invoices: rest.into_iter().chain(fee).collect(),
            applications,
            outs: vec![out],
            ..Changes::default()
        };
        Ok(ReceivableOutcome { record: Record { entries: vec![entry], ..Record::of(event) }, changes })
    }
}

/// What somebody is charged for a check that came back.
pub(super) fn read_fee(typed: &str, highest: Money, fields: &mut FieldReader) -> Money {
    let fee = match typed.trim() {
        "" => Money::ZERO,
        typed => fields.read("fee", positive_or_zero(typed)),
    };
    if fee > highest {
        fields.complain("fee", format!("at most {highest}: the store's limit"));
    }
    fee
}

/// What came in by check. What went out by one was the store's own.
pub(super) fn came_as_check(tenders: &[TenderFacts]) -> Result<Money, MoneyError> {
    let check =
        |tender: &&TenderFacts| tender.kind.nature == TenderNature::Check && tender.amount.is_positive();
    Money::sum(tenders.iter().filter(check).map(|tender| tender.amount))
}
