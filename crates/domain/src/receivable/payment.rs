//! Taking a payment: at an open till or in the office, for what is due first, one invoice, or several.

use super::apply::Applying;
use super::facts::credit_of;
use super::{
    Application, ApplyTo, Changes, Credit, CreditKind, OpenReceivable, ReceivableOutcome, ReceivableRefusal,
    post,
};
use crate::event::{Event, EventKind, Origin, Record, SubjectKind};
use crate::field::FieldReader;
use crate::ids::{CommandId, CustomerId, EventId, Ids, LegalEntityId, StoreId, TillId, TillSessionId};
use crate::ledger::Draft;
use crate::moment::Moment;
use crate::money::{Money, PositiveMoney};
use crate::policy::CashRounding;
use crate::sale::{Settlement, Tender, TenderKind, TenderNature, TillInSale, settle};
use crate::tax::LineTax;
use crate::text;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Takes money for what a customer owes. What is more than that stays as their credit (J06, J07).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakePayment {
    pub command_id: CommandId,
    pub store_id: StoreId,
    /// The open till it is taken at; `None` in the office.
    pub session_id: Option<TillSessionId>,
    pub customer_id: CustomerId,
    pub amount: String,
    pub tenders: Vec<Tender>,
    #[serde(default)]
    pub apply: ApplyTo,
    /// The day it came, as typed; empty is today.
    #[serde(default)]
    pub received_on: String,
    #[serde(default)]
    pub note: String,
}

/// What a payment is decided on.
#[derive(Debug, Clone, Copy)]
pub struct PaymentSnapshot<'a> {
    pub customer: (CustomerId, &'a str),
    /// The till session that the command names.
    pub till: Option<&'a TillInSale>,
    pub open: &'a [OpenReceivable],
    pub tender_kinds: &'a [TenderKind],
    pub rounding: CashRounding,
    pub legal_entity: LegalEntityId,
    /// The calendar day in the store.
    pub today: NaiveDate,
}

/// The till that money goes into or comes from, where the command names one.
pub(super) fn at_till(
    session: Option<TillSessionId>,
    till: Option<&TillInSale>,
    store: StoreId,
    origin: &Origin,
) -> Result<Option<TillId>, ReceivableRefusal> {
    if session.is_none() {
        return Ok(None);
    }
    let till =
        till.filter(|till| till.open && till.store_id == store).ok_or(ReceivableRefusal::TillClosed)?;
    if origin.till == Some(till.till_id) { Ok(Some(till.till_id)) } else { Err(ReceivableRefusal::OtherTill) }
}

/// Whether these means may be used here: an account is not paid with itself, and cash needs a drawer.
pub(super) fn check_means(settlement: &Settlement, till: Option<TillId>) -> Result<(), ReceivableRefusal> {
    let by = |nature| settlement.tenders.iter().any(|tender| tender.kind.nature == nature);
    if by(TenderNature::Account) {
        Err(ReceivableRefusal::PaidByAccount)
    } else if by(TenderNature::Currency) && till.is_none() {
        Err(ReceivableRefusal::CashWithoutTill)
    } else {
        Ok(())
    }
}

impl TakePayment {
    /// Decides about a payment.
    ///
    /// # Errors
    /// Each field that is wrong: more than is open of an invoice, a day that is still to come, an invoice of somebody
    /// else; tenders that do not add up.
    pub fn decide(
        &self,
        snapshot: &PaymentSnapshot<'_>,
        origin: &Origin,
        moment: &Moment,
        ids: &mut Ids,
    ) -> Result<ReceivableOutcome, ReceivableRefusal> {
        let till = at_till(self.session_id, snapshot.till, self.store_id, origin)?;
        let mut fields = FieldReader::default();
        let amount =
            Money::parse(&self.amount).and_then(PositiveMoney::try_from).map(|amount| Some(amount.get()));
        let amount = fields.read("amount", amount).unwrap_or_default();
        let received_on = fields.day_until_today("received_on", &self.received_on, snapshot.today);
        let note = fields.read("note", text::note(&self.note));
        fields.finish(())?;
        let settlement = settle(amount, &self.tenders, snapshot.tender_kinds, snapshot.rounding)?;
        check_means(&settlement, till)?;
        let applying = Applying {
            open: snapshot.open,
            legal_entity: snapshot.legal_entity,
            received_on,
            business_date: moment.business_date,
        };
        let parts = applying.parts(&self.apply, amount)?;
        let applied = Money::sum(parts.iter().map(|part| part.amount))?;
        let left = amount.minus(applied)?;

        let event = EventId(self.command_id.0);
        let credit_id = credit_of(event);
        let (customer_id, name) = snapshot.customer;
        let mut draft = Draft::new(self.store_id);
        let document = post::about(customer_id, credit_id.0);
        post::tenders(&mut draft, &settlement.tenders, settlement.rounding, till, document)?;
        post::owe_less(&mut draft, &parts)?;
        post::hold(&mut draft, self.store_id, customer_id, credit_id, left)?;
        let kind = EventKind::PaymentReceived;
        let header = post::header(ids.draw(), event, kind, (self.store_id, snapshot.legal_entity), moment);
        let entry = draft.balance(header)?;
        let summary = if left.is_zero() {
            format!("{name}: {amount}")
        } else {
            format!("{name}: {amount}, of which {left} not applied")
        };
        let subject = (SubjectKind::CustomerCredit, credit_id.0);
        let event = Event::about(event, kind, subject, summary, *moment, *origin);
        let credit = Credit {
            id: credit_id,
            kind: CreditKind::Payment,
            store_id: self.store_id,
            customer_id,
            till_id: till,
            session_id: self.session_id,
            sale_id: None,
            invoice_id: None,
            received_on,
            posted_on: moment.business_date,
            amount,
            net: amount,
            tax: LineTax::default(),
            rounding: settlement.rounding,
            note,
            tenders: settlement.tenders,
        };
        let apply =
            |part: &super::Part<'_>| Application::of(part, part.amount, credit_id, moment.business_date);
        let applications = parts.iter().map(apply).collect();
        let changes = Changes { credits: vec![credit], applications, ..Changes::default() };
        Ok(ReceivableOutcome { record: Record { entries: vec![entry], ..Record::of(event) }, changes })
    }
}
