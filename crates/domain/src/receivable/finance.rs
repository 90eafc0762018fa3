//! Finance charges on what is overdue, once a month and only where the store has switched Regulation Z on (J11).

use super::{
    Changes, Due, Invoice, InvoiceDue, InvoiceKind, OpenReceivable, ReceivableKind, ReceivableOutcome,
    ReceivablePolicy, ReceivableRefusal, Terms, post,
};
use crate::event::{Event, EventKind, Origin, Record, SubjectKind};
use crate::ids::{CommandId, CustomerId, EventId, Ids, LegalEntityId, StoreId};
use crate::ledger::{Draft, code};
use crate::moment::Moment;
use crate::money::Money;
use crate::tax::LineTax;
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A periodic statement gives at least so many days to pay (Regulation Z).
const DAYS_TO_PAY: u64 = 21;

/// Assesses the finance charges of a month for all house accounts of a store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssessFinanceCharges {
    pub command_id: CommandId,
    pub store_id: StoreId,
    /// How many accounts and how much stood on the screen: what changed meanwhile is looked at again.
    pub accounts: u64,
    pub total: Money,
}

#[derive(Debug, Clone, Copy)]
pub struct FinanceSnapshot<'a> {
    pub policy: &'a ReceivablePolicy,
    /// What is open in this store and not disputed: while a billing error is looked into, nothing is charged for it
    /// (12 CFR 1026.13(d)).
    pub open: &'a [OpenReceivable],
    /// The customers who were charged this month already.
    pub charged: &'a BTreeSet<CustomerId>,
    pub legal_entity: LegalEntityId,
}

/// What one account is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FinanceCharge {
    pub customer_id: CustomerId,
    pub overdue: Money,
    pub charge: Money,
}

impl FinanceSnapshot<'_> {
    /// What each account would be charged on a day: the rate on what is overdue of prices, never on charges and fees.
    ///
    /// # Errors
    /// [`ReceivableRefusal`] where the store assesses none.
    pub fn charges(&self, today: NaiveDate) -> Result<Vec<FinanceCharge>, ReceivableRefusal> {
        if !self.policy.reg_z {
            return Err(ReceivableRefusal::NoFinanceCharges);
        }
        let mut overdue: BTreeMap<CustomerId, Money> = BTreeMap::new();
        let counts = |item: &&OpenReceivable| {
            item.kind == ReceivableKind::Principal
                && item.due_on < today
                && !self.charged.contains(&item.customer_id)
        };
        for item in self.open.iter().filter(counts) {
            let sum = overdue.entry(item.customer_id).or_default();
            *sum = sum.plus(item.open)?;
        }
        let mut charges = Vec::with_capacity(overdue.len());
        for (customer_id, overdue) in overdue {
            let charge = self.policy.finance_charge.of(overdue)?;
            if charge.is_positive() {
                charges.push(FinanceCharge { customer_id, overdue, charge });
            }
        }
        Ok(charges)
    }
}

impl AssessFinanceCharges {
    /// Decides about the charges of a month.
    ///
    /// # Errors
    /// [`ReceivableRefusal`] where the store assesses none, or something changed since the screen was made.
    pub fn decide(
        &self,
        snapshot: &FinanceSnapshot<'_>,
        origin: &Origin,
        moment: &Moment,
        ids: &mut Ids,
    ) -> Result<ReceivableOutcome, ReceivableRefusal> {
        let today = moment.business_date;
        let charges = snapshot.charges(today)?;
        let total = Money::sum(charges.iter().map(|one| one.charge))?;
        if charges.is_empty() {
            return Err(ReceivableRefusal::NothingOwed);
        }
        if u64::try_from(charges.len()) != Ok(self.accounts) || total != self.total {
            return Err(ReceivableRefusal::Changed);
        }
        let (event, kind) = (EventId(self.command_id.0), EventKind::FinanceChargesAssessed);
        let due_on = today.checked_add_days(Days::new(DAYS_TO_PAY)).unwrap_or(today);
        let mut draft = Draft::new(self.store_id);
        let mut invoices = Vec::with_capacity(charges.len());
        for FinanceCharge { customer_id, charge, .. } in charges {
            let invoice = Invoice {
                id: ids.draw(),
                kind: InvoiceKind::FinanceCharge,
                store_id: self.store_id,
                customer_id,
                sale_id: None,
                associate_id: None,
                invoiced_on: today,
                posted_on: today,
                terms: Terms::Net(u32::try_from(DAYS_TO_PAY).unwrap_or_default()),
                net: charge,
                tax: LineTax::default(),
                amount: charge,
                reference: None,
                note: None,
                lines: Vec::new(),
                dues: vec![of_due(Due { on: due_on, amount: charge }, ids)],
            };
            post::owe(&mut draft, self.store_id, customer_id, invoice.id, charge);
            draft.credit(code::FINANCE_CHARGE_INCOME, charge, post::about(customer_id, invoice.id.0))?;
            invoices.push(invoice);
        }
        let place = (self.store_id, snapshot.legal_entity);
        let entry = draft.balance(post::header(ids.draw(), event, kind, place, moment))?;
        let summary = format!("{} accounts, {total}", invoices.len());
        let subject = (SubjectKind::Store, self.store_id.0);
        let event = Event::about(event, kind, subject, summary, *moment, *origin);
        let changes = Changes { invoices, ..Changes::default() };
        Ok(ReceivableOutcome { record: Record { entries: vec![entry], ..Record::of(event) }, changes })
    }
}

fn of_due(due: Due, ids: &mut Ids) -> InvoiceDue {
    InvoiceDue { id: ids.draw(), kind: ReceivableKind::FinanceCharge, due_on: due.on, amount: due.amount }
}
