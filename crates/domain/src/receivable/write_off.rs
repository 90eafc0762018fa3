//! Writing off what will not be paid, and what is paid after all (J13, J14).

use super::credit::CreditSnapshot;
use super::facts::credit_of;
use super::open::{Order, take};
use super::payment::{at_till, check_means};
use super::{
    Application, Changes, Credit, CreditKind, CreditOut, CreditOutKind, OpenReceivable, Part,
    ReceivableOutcome, ReceivableRefusal, post, spread,
};
use crate::event::{Event, EventKind, Origin, Record, SubjectKind};
use crate::field::FieldReader;
use crate::ids::{
    CommandId, CustomerCreditId, CustomerId, EventId, Ids, InvoiceId, LegalEntityId, StoreId, TillSessionId,
};
use crate::ledger::{Draft, code};
use crate::moment::Moment;
use crate::money::{Money, PositiveMoney};
use crate::policy::CashRounding;
use crate::sale::{Tender, TenderKind, TillInSale, settle};
use crate::tax::{LineTax, TaxPart};
use crate::text;
use serde::{Deserialize, Serialize};

/// Writes off what is open of an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WriteOff {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub invoice_id: InvoiceId,
    /// Empty is all that is open.
    pub amount: String,
    pub reason: String,
}

/// The invoice that is written off.
#[derive(Debug, Clone, Copy)]
pub struct WriteOffSnapshot<'a> {
    pub customer: (CustomerId, &'a str),
    pub number: &'a str,
    pub store_id: StoreId,
    pub legal_entity: LegalEntityId,
    pub amount: Money,
    pub tax: &'a LineTax,
    pub open: &'a [OpenReceivable],
    /// What of it is written off already.
    pub written_off: Money,
    /// Whether the state gives the sales tax of bad debt back.
    pub tax_relief: bool,
}

impl WriteOff {
    /// Decides about a write-off: against the allowance, and the tax with it where the state gives it back.
    ///
    /// # Errors
    /// [`ReceivableRefusal`]: nothing is open, or less than that; no reason.
    pub fn decide(
        &self,
        snapshot: &WriteOffSnapshot<'_>,
        origin: &Origin,
        moment: &Moment,
        ids: &mut Ids,
    ) -> Result<ReceivableOutcome, ReceivableRefusal> {
        let open = Money::sum(snapshot.open.iter().map(|item| item.open))?;
        if snapshot.open.iter().any(|item| item.voided) {
            return Err(ReceivableRefusal::Voided(snapshot.number.to_owned()));
        }
        if !open.is_positive() {
            return Err(ReceivableRefusal::NothingOwed);
        }
        let mut fields = FieldReader::default();
        let amount = match self.amount.trim() {
            "" => open,
            typed => {
                let amount = Money::parse(typed).and_then(PositiveMoney::try_from);
                fields.read("amount", amount.map(|amount| Some(amount.get()))).unwrap_or_default()
            }
        };
        let reason = fields.read("reason", text::required_line(&self.reason));
        if amount > open {
            fields.complain("amount", format!("{open} is open of {}", snapshot.number));
        }
        fields.finish(())?;
        let tax = match snapshot.tax_relief {
            true => tax_of_part(snapshot.tax, snapshot.written_off, amount, snapshot.amount)?,
            false => LineTax::default(),
        };
        let net = amount.minus(tax.total()?)?;
        let parts = spread(amount, snapshot.open);

        let (customer_id, name) = snapshot.customer;
        let (event, kind) = (EventId(self.command_id.0), EventKind::WrittenOff);
        let credit_id = credit_of(event);
        let document = post::about(customer_id, credit_id.0);
        let mut draft = Draft::new(snapshot.store_id);
        draft.debit(code::ALLOWANCE, net, document);
        post::owe_less_tax(&mut draft, snapshot.store_id, &tax, document);
        post::owe_less(&mut draft, &parts)?;
        let place = (snapshot.store_id, snapshot.legal_entity);
        let entry = draft.balance(post::header(ids.draw(), event, kind, place, moment))?;
        let summary = format!("{name}: {amount} of {}: {reason}", snapshot.number);
        let event =
            Event::about(event, kind, (SubjectKind::Invoice, self.invoice_id.0), summary, *moment, *origin);
        let credit = Credit {
            id: credit_id,
            kind: CreditKind::WriteOff,
            store_id: snapshot.store_id,
            customer_id,
            till_id: None,
            session_id: None,
            sale_id: None,
            invoice_id: Some(self.invoice_id),
            received_on: moment.business_date,
            posted_on: moment.business_date,
            amount,
            net,
            tax,
            rounding: Money::ZERO,
            note: Some(reason),
            tenders: Vec::new(),
        };
        let apply = |part: &Part<'_>| Application::of(part, part.amount, credit_id, moment.business_date);
        let applications = parts.iter().map(apply).collect();
        let changes = Changes { credits: vec![credit], applications, ..Changes::default() };
        Ok(ReceivableOutcome { record: Record { entries: vec![entry], ..Record::of(event) }, changes })
    }
}

/// Takes money for what was written off: it is owed again first, so that the customer's history is right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoverWriteOff {
    pub command_id: CommandId,
    pub store_id: StoreId,
    /// The open till it is taken at; `None` in the office.
    #[serde(default)]
    pub session_id: Option<TillSessionId>,
    /// The write-off.
    pub credit_id: CustomerCreditId,
    pub amount: String,
    pub tenders: Vec<Tender>,
}

#[derive(Debug, Clone, Copy)]
pub struct RecoverySnapshot<'a> {
    pub write_off: CreditSnapshot<'a>,
    /// The till session that the command names.
    pub till: Option<&'a TillInSale>,
    /// What was written off, its net part and its tax.
    pub amount: Money,
    pub tax: &'a LineTax,
    /// What of it was reinstated before.
    pub reinstated: Money,
    pub tender_kinds: &'a [TenderKind],
    pub rounding: CashRounding,
}

impl RecoverWriteOff {
    /// Decides about a recovery: two entries, the debt again and the payment.
    ///
    /// # Errors
    /// [`ReceivableRefusal`]: more than was written off, tenders that do not add up, cash without an open till.
    pub fn decide(
        &self,
        snapshot: &RecoverySnapshot<'_>,
        origin: &Origin,
        moment: &Moment,
        ids: &mut Ids,
    ) -> Result<ReceivableOutcome, ReceivableRefusal> {
        let till = at_till(self.session_id, snapshot.till, self.store_id, origin)?;
        let written_off = snapshot.write_off.credit;
        if written_off.kind != CreditKind::WriteOff {
            return Err(ReceivableRefusal::NotTheirs(written_off.kind));
        }
        let lies_on = snapshot.write_off.lies_on(None);
        let there = Money::sum(lies_on.iter().map(|part| part.amount))?;
        let mut fields = FieldReader::default();
        let amount = Money::parse(&self.amount).and_then(PositiveMoney::try_from);
        let amount = fields.read("amount", amount.map(|amount| Some(amount.get()))).unwrap_or_default();
        if amount > there {
            fields.complain("amount", format!("{there} of it is still written off"));
        }
        fields.finish(())?;
        let settlement = settle(amount, &self.tenders, snapshot.tender_kinds, snapshot.rounding)?;
        check_means(&settlement, till)?;
        let tax = tax_of_part(snapshot.tax, snapshot.reinstated, amount, snapshot.amount)?;
        let parts = take(amount, Order::OldestDue, lies_on);

        let event = EventId(self.command_id.0);
        let payment = credit_of(event);
        let (kind, customer) = (EventKind::WriteOffRecovered, written_off.customer_id);
        let document = post::about(customer, written_off.id.0);
        let mut again = Draft::new(written_off.store_id);
        let off = super::credit::take_off(&mut again, &parts, written_off.id, moment)?;
        again.credit(code::ALLOWANCE, amount.minus(tax.total()?)?, document)?;
        post::owe_less_tax(&mut again, written_off.store_id, &negated(&tax)?, document);
        let place = (written_off.store_id, written_off.legal_entity_id);
        let again = again.balance(post::header(ids.draw(), event, kind, place, moment))?;

        let mut paid = Draft::new(self.store_id);
        let document = post::about(customer, payment.0);
        post::tenders(&mut paid, &settlement.tenders, settlement.rounding, till, document)?;
        post::owe_less(&mut paid, &parts)?;
        let place = (self.store_id, written_off.legal_entity_id);
        let paid = paid.balance(post::header(ids.draw(), event, kind, place, moment))?;

        let day = moment.business_date;
        let on = parts.iter().map(|part| Application::of(part, part.amount, payment, day));
        let applications = off.into_iter().chain(on).collect();
        let out = CreditOut {
            credit_id: written_off.id,
            kind: CreditOutKind::Reinstated,
            amount,
            tax: tax.total()?,
            out_on: day,
            note: None,
            tenders: Vec::new(),
            rounding: Money::ZERO,
            till_id: None,
            session_id: None,
        };
        let credit = Credit {
            id: payment,
            kind: CreditKind::Payment,
            store_id: self.store_id,
            customer_id: customer,
            till_id: till,
            session_id: self.session_id,
            sale_id: None,
            invoice_id: None,
            received_on: day,
            posted_on: day,
            amount,
            net: amount,
            tax: LineTax::default(),
            rounding: settlement.rounding,
            note: None,
            tenders: settlement.tenders,
        };
        let summary = format!("{}: {amount} of {}", snapshot.write_off.customer_name, written_off.number);
        let subject = (SubjectKind::CustomerCredit, payment.0);
        let event = Event::about(event, kind, subject, summary, *moment, *origin);
        let changes = Changes { credits: vec![credit], applications, outs: vec![out], ..Changes::default() };
        Ok(ReceivableOutcome { record: Record { entries: vec![again, paid], ..Record::of(event) }, changes })
    }
}

/// The tax that goes with a part of a whole, after other parts went before it: its share, so that all parts together
/// have all of the tax to the cent.
pub(super) fn tax_of_part(
    tax: &LineTax,
    before: Money,
    part: Money,
    whole: Money,
) -> Result<LineTax, ReceivableRefusal> {
    let after = post::share_of_tax(tax, before.plus(part)?, whole)?;
    let before = post::share_of_tax(tax, before, whole)?;
    let parts = before.parts.iter().zip(after.parts).map(|(before, after)| {
        Ok(TaxPart { tax: after.tax.minus(before.tax)?, base: after.base.minus(before.base)?, ..after })
    });
    Ok(LineTax { parts: parts.collect::<Result<_, ReceivableRefusal>>()? })
}

pub(super) fn negated(tax: &LineTax) -> Result<LineTax, ReceivableRefusal> {
    let parts = tax.parts.iter().map(|part| Ok(TaxPart { tax: part.tax.negated()?, ..*part }));
    Ok(LineTax { parts: parts.collect::<Result<_, ReceivableRefusal>>()? })
}
