//! A credit memo: less is owed for what was invoiced, and its tax follows the price down (J09).

use super::facts::credit_of;
use super::{
    Application, Changes, Credit, CreditKind, InvoiceKind, OpenReceivable, ReceivableOutcome,
    ReceivableRefusal, post, spread,
};
use crate::event::{Event, EventKind, Origin, Record, SubjectKind};
use crate::field::FieldReader;
use crate::ids::{CommandId, CustomerId, EventId, Ids, InvoiceId, LegalEntityId, StoreId};
use crate::ledger::{Draft, code};
use crate::moment::Moment;
use crate::money::{Money, PositiveMoney};
use crate::tax::LineTax;
use crate::text;
use serde::{Deserialize, Serialize};

/// Issues a credit memo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssueCreditMemo {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub customer_id: CustomerId,
    /// The invoice it is for; without one it lies on the account untaxed.
    pub invoice_id: Option<InvoiceId>,
    /// What the price goes down by, without tax.
    pub net: String,
    pub reason: String,
}

/// The invoice that a memo is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemoInvoice {
    pub id: InvoiceId,
    pub kind: InvoiceKind,
    pub number: String,
    pub store_id: StoreId,
    pub legal_entity_id: LegalEntityId,
    pub net: Money,
    pub tax: LineTax,
    pub voided: bool,
    /// What earlier memos and returns took off its net price, without those that were taken back.
    pub credited: Money,
    /// The tax that went with it.
    pub credited_tax: Money,
    /// What of it, tax included, is written off.
    pub written_off: Money,
    pub open: Vec<OpenReceivable>,
}

impl MemoInvoice {
    /// What its net price may still go down by: what was credited is gone, and what is written off nobody paid.
    fn creditable(&self) -> Result<Money, ReceivableRefusal> {
        let left = self.net.minus(self.credited)?;
        let whole = self.net.plus(self.tax.total()?)?;
        let tax = post::share_of_tax(&self.tax, self.written_off, whole)?.total()?;
        Ok(left.minus(self.written_off.minus(tax)?)?.max(Money::ZERO))
    }
}

#[derive(Debug, Clone, Copy)]
pub struct MemoSnapshot<'a> {
    pub customer: (CustomerId, &'a str),
    pub invoice: Option<&'a MemoInvoice>,
    pub legal_entity: LegalEntityId,
}

impl IssueCreditMemo {
    /// Decides about a memo. What is not open on the invoice any more stays as the customer's credit.
    ///
    /// # Errors
    /// [`ReceivableRefusal`]: more than the invoice's price, a voided invoice, no reason.
    pub fn decide(
        &self,
        snapshot: &MemoSnapshot<'_>,
        origin: &Origin,
        moment: &Moment,
        ids: &mut Ids,
    ) -> Result<ReceivableOutcome, ReceivableRefusal> {
        let mut fields = FieldReader::default();
        let net = Money::parse(&self.net).and_then(PositiveMoney::try_from).map(|net| Some(net.get()));
        let net = fields.read("net", net).unwrap_or_default();
        let reason = fields.read("reason", text::required_line(&self.reason));
        if let Some(invoice) = snapshot.invoice {
            let left = invoice.creditable()?;
            if net > left {
                fields.complain("net", format!("{left} of {} can still be credited", invoice.number));
            }
        }
        fields.finish(())?;
        let (tax, place, open) = match snapshot.invoice {
            None => (LineTax::default(), (self.store_id, snapshot.legal_entity), &[][..]),
            Some(invoice) if invoice.voided => return Err(ReceivableRefusal::Voided(invoice.number.clone())),
            Some(invoice) if invoice.legal_entity_id != snapshot.legal_entity => {
                return Err(ReceivableRefusal::OtherCompany(invoice.number.clone()));
            }
            Some(invoice) => {
                let tax = tax_down(invoice, net)?;
                (tax, (invoice.store_id, invoice.legal_entity_id), invoice.open.as_slice())
            }
        };
        let income = snapshot.invoice.map_or(code::SALES_RETURNS, |invoice| invoice.kind.lessened_on());
        let amount = net.plus(tax.total()?)?;
        let parts = spread(amount, open);
        let applied = Money::sum(parts.iter().map(|part| part.amount))?;

        let (customer_id, name) = snapshot.customer;
        let (event, kind) = (EventId(self.command_id.0), EventKind::CreditMemoIssued);
        let credit_id = credit_of(event);
        let document = post::about(customer_id, credit_id.0);
        let (store, legal_entity) = place;
        let mut draft = Draft::new(store);
        draft.debit(income, net, document);
        post::owe_less_tax(&mut draft, store, &tax, document);
        post::owe_less(&mut draft, &parts)?;
        post::hold(&mut draft, store, customer_id, credit_id, amount.minus(applied)?)?;
        let entry = draft.balance(post::header(ids.draw(), event, kind, (store, legal_entity), moment))?;
        let of = snapshot.invoice.map(|invoice| format!(" on {}", invoice.number)).unwrap_or_default();
        let summary = format!("{name}: {amount}{of}: {reason}");
        let event =
            Event::about(event, kind, (SubjectKind::CustomerCredit, credit_id.0), summary, *moment, *origin);
        let credit = Credit {
            id: credit_id,
            kind: CreditKind::CreditMemo,
            store_id: store,
            customer_id,
            till_id: None,
            session_id: None,
            sale_id: None,
            invoice_id: self.invoice_id,
            received_on: moment.business_date,
            posted_on: moment.business_date,
            amount,
            net,
            tax,
            rounding: Money::ZERO,
            note: Some(reason),
            tenders: Vec::new(),
        };
        let apply =
            |part: &super::Part<'_>| Application::of(part, part.amount, credit_id, moment.business_date);
        let applications = parts.iter().map(apply).collect();
        let changes = Changes { credits: vec![credit], applications, ..Changes::default() };
        Ok(ReceivableOutcome { record: Record { entries: vec![entry], ..Record::of(event) }, changes })
    }
}

/// The tax of what the price goes down by: its share of the invoice's, the last of it taking what remains.
fn tax_down(invoice: &MemoInvoice, net: Money) -> Result<LineTax, ReceivableRefusal> {
    let share = post::share_of_tax(&invoice.tax, net, invoice.net)?;
    if invoice.credited.plus(net)? < invoice.net {
        return Ok(share);
    }
    let rest = invoice.tax.total()?.minus(invoice.credited_tax)?;
    Ok(post::share_of_tax(&invoice.tax, rest, invoice.tax.total()?)?)
}
