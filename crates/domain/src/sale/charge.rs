//! The part of a receipt that goes to the customer's account: charged to it (J03), or taken off it again (J65).

use super::complete::{CompleteSale, Snapshot};
use super::{SaleFacts, Settlement, TenderFacts, TenderKind, TenderNature};
use crate::ids::{CustomerCreditId, EventId, Ids, PersonId, SaleId};
use crate::ledger::{Draft, code};
use crate::moment::Moment;
use crate::money::{Money, MoneyError};
use crate::person::Actor;
use crate::receivable::{
    Application, Changes, ChargeAsked, Credit, CreditKind, Invoice, InvoiceKind, LetThrough, ReceivableKind,
    ReceivableRefusal, first_seller, post, spread, together,
};
use crate::tax::LineTax;
use crate::text;
use std::collections::BTreeSet;

/// What a receipt does to the account.
#[derive(Debug, Clone, Default)]
pub(super) struct OnAccount {
    pub changes: Changes,
    /// Who let a charge through that something spoke against, and what that was, in words.
    pub approver: Option<PersonId>,
    pub against: String,
}

/// Who rings a receipt up, and when.
#[derive(Debug, Clone, Copy)]
pub(super) struct At<'a> {
    pub actor: &'a Actor,
    pub moment: &'a Moment,
}

impl Settlement {
    /// What goes to the account; below zero it is taken off it.
    pub(super) fn on_account(&self) -> Result<Money, MoneyError> {
        let account = |tender: &&TenderFacts| tender.kind.nature == TenderNature::Account;
        Money::sum(self.tenders.iter().filter(account).map(|tender| tender.amount))
    }
}

impl OnAccount {
    /// Decides about the part of a receipt that goes to the account. What comes back lessens what is still open of the
    /// charged receipts; the rest is the customer's credit, and the tenders say which is which.
    ///
    /// # Errors
    /// [`ReceivableRefusal`]: no customer, no account, something against a charge that nobody approved.
    pub fn of(
        snapshot: &Snapshot,
        cmd: &CompleteSale,
        sale: &mut SaleFacts,
        settlement: &Settlement,
        at: At<'_>,
        ids: &mut Ids,
    ) -> Result<Self, ReceivableRefusal> {
        let amount = settlement.on_account()?;
        if amount.is_zero() {
            return Ok(Self::default());
        }
        let standing = snapshot.account.as_ref().ok_or(ReceivableRefusal::NoCustomer)?;
        if amount.is_negative() {
            return Self::take_off(snapshot, sale, EventId(cmd.command_id.0), amount.negated()?, at.moment);
        }
        let reason = text::optional_line(&cmd.override_reason)
            .map_err(|why| ReceivableRefusal::at("override_reason", why))?;
        let asked = ChargeAsked {
            amount,
            store: cmd.store_id,
            hold_after_days: snapshot.policy.receivables.hold_after_days,
            today: at.moment.business_date,
            actor: at.actor,
            approvals: &snapshot.approvals,
            reason: reason.as_deref(),
            now: at.moment.recorded_at,
        };
        let through = asked.check(standing)?;
        let against = through.in_words(reason.as_deref());
        let LetThrough { approver, .. } = through;
        let terms = standing.account.as_ref().map(|account| account.terms).unwrap_or_default();
        let sold = sale.net.plus(sale.tax)?;
        let tax = together(sale.lines.iter().map(|line| &line.tax))?;
        let tax = post::share_of_tax(&tax, amount, sold)?;
        let day = at.moment.business_date;
        let invoice = Invoice {
            id: ids.draw(),
            kind: InvoiceKind::Sale,
            store_id: cmd.store_id,
            customer_id: standing.customer_id,
            sale_id: Some(sale.id),
            associate_id: sale.lines.first().and_then(|line| first_seller(&line.sellers)),
            invoiced_on: day,
            posted_on: day,
            terms,
            net: amount.minus(tax.total()?)?,
            tax,
            amount,
            reference: None,
            note: None,
            lines: Vec::new(),
            dues: Invoice::dues(terms, ReceivableKind::Principal, amount, day, ids)?,
        };
        let changes = Changes { invoices: vec![invoice], ..Changes::default() };
        Ok(Self { changes, approver, against })
    }

    fn take_off(
        snapshot: &Snapshot,
        sale: &mut SaleFacts,
        event: EventId,
        amount: Money,
        moment: &Moment,
    ) -> Result<Self, ReceivableRefusal> {
        let standing = snapshot.account.as_ref().ok_or(ReceivableRefusal::NoCustomer)?;
        if let Some(first) = snapshot.charged.first()
            && snapshot.charged_to != BTreeSet::from([standing.customer_id])
        {
            return Err(ReceivableRefusal::OtherCustomer(first.number.clone()));
        }
        let day = moment.business_date;
        let id = CustomerCreditId(event.0);
        let parts = spread(amount, &snapshot.charged);
        let applied = Money::sum(parts.iter().map(|part| part.amount))?;
        split_tender(&mut sale.tenders, applied)?;
        let credit = Credit {
            id,
            kind: CreditKind::Return,
            store_id: sale.store_id,
            customer_id: standing.customer_id,
            till_id: Some(sale.till_id),
            session_id: Some(sale.session_id),
            sale_id: Some(sale.id),
            invoice_id: None,
            received_on: day,
            posted_on: day,
            amount,
            net: amount,
            tax: LineTax::default(),
            rounding: Money::ZERO,
            note: None,
            tenders: Vec::new(),
        };
        let applications = parts.iter().map(|part| Application::of(part, part.amount, id, day)).collect();
        let changes = Changes { credits: vec![credit], applications, ..Changes::default() };
        Ok(Self { changes, ..Self::default() })
    }

    /// The lines of the journal.
    pub fn post(&self, draft: &mut Draft) -> Result<(), MoneyError> {
        for invoice in &self.changes.invoices {
            post::owe(draft, invoice.store_id, invoice.customer_id, invoice.id, invoice.amount);
        }
        for one in &self.changes.applications {
            post::owe(draft, one.store_id, one.customer_id, one.invoice_id, one.amount.negated()?);
        }
        let applied = Money::sum(self.changes.applications.iter().map(|one| one.amount))?;
        for credit in &self.changes.credits {
            let left = credit.amount.minus(applied)?;
            post::hold(draft, credit.store_id, credit.customer_id, credit.id, left)?;
        }
        Ok(())
    }
}

/// Says of what was taken off the account how much lessened what is owed, and how much stays as credit.
fn split_tender(tenders: &mut Vec<TenderFacts>, applied: Money) -> Result<(), MoneyError> {
    let Some(at) = tenders.iter().position(|tender| tender.kind.nature == TenderNature::Account) else {
        return Ok(());
    };
    let whole = tenders.remove(at);
    let credit = TenderKind { account: code::UNAPPLIED_CREDITS, ..whole.kind.clone() };
    let rest = whole.amount.plus(applied)?;
    for (kind, amount) in [(whole.kind, applied.negated()?), (credit, rest)] {
        if !amount.is_zero() {
            tenders.push(TenderFacts {
                kind,
                amount,
                handed_over: amount,
                change: Money::ZERO,
                reference: whole.reference.clone(),
            });
        }
    }
    Ok(())
}

/// The credit that a void leaves on the invoice of a charged sale: nothing is owed on it any more. The journal is
/// reversed as a whole.
pub(super) fn void_invoice(
    sale: SaleId,
    open: &[crate::receivable::OpenReceivable],
    event: EventId,
    moment: &Moment,
) -> Result<Changes, ReceivableRefusal> {
    let Some(first) = open.first() else { return Ok(Changes::default()) };
    if open.iter().any(|item| item.open != item.amount) {
        return Err(ReceivableRefusal::InvoicePaid(first.number.clone()));
    }
    let day = moment.business_date;
    let id = CustomerCreditId(event.0);
    let amount = Money::sum(open.iter().map(|item| item.open))?;
    let parts = spread(amount, open);
    let credit = Credit {
        id,
        kind: CreditKind::Void,
        store_id: first.store_id,
        customer_id: first.customer_id,
        till_id: None,
        session_id: None,
        sale_id: Some(sale),
        invoice_id: Some(first.invoice_id),
        received_on: day,
        posted_on: day,
        amount,
        net: amount,
        tax: LineTax::default(),
        rounding: Money::ZERO,
        note: None,
        tenders: Vec::new(),
    };
    let applications = parts.iter().map(|part| Application::of(part, part.amount, id, day)).collect();
    Ok(Changes { credits: vec![credit], applications, ..Changes::default() })
}
