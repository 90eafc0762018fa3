//! Taking back a credit memo or a write-off that should not be: what it took off is owed again, each on the day it was
//! due, and the books are as if it had not been.

use super::at_once::AtOnce;
use super::credit::{CreditSnapshot, Told, take_off};
use super::write_off::{negated, tax_of_part};
use super::{Changes, CreditKind, CreditOut, CreditOutKind, ReceivableOutcome, ReceivableRefusal, post};
use crate::event::{EventKind, Origin};
use crate::field::FieldReader;
use crate::ids::{CommandId, CustomerCreditId, Ids, StoreId};
use crate::ledger::{AccountCode, Draft, code};
use crate::moment::Moment;
use crate::money::Money;
use crate::tax::LineTax;
use crate::text;
use serde::{Deserialize, Serialize};

/// Takes a credit memo or a write-off back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReverseCredit {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub credit_id: CustomerCreditId,
    pub reason: String,
}

#[derive(Debug, Clone, Copy)]
pub struct ReversalSnapshot<'a> {
    pub credit: CreditSnapshot<'a>,
    pub tax: &'a LineTax,
    /// What of a write-off stands again already.
    pub reinstated: Money,
    /// Whether a memo was taken back before.
    pub reversed: bool,
    /// The account that a memo lessened.
    pub income: AccountCode,
}

impl ReverseCredit {
    /// Decides what is owed again: all that the memo or the write-off still takes off, and at once what was paid back
    /// of a memo.
    ///
    /// # Errors
    /// [`ReceivableRefusal`]: another kind of credit, one that was taken back already; no reason.
    pub fn decide(
        &self,
        snapshot: &ReversalSnapshot<'_>,
        origin: &Origin,
        moment: &Moment,
        ids: &mut Ids,
    ) -> Result<ReceivableOutcome, ReceivableRefusal> {
        let credit = snapshot.credit.credit;
        let mut fields = FieldReader::default();
        let reason = fields.read("reason", text::required_line(&self.reason));
        fields.finish(())?;
        let counter = match credit.kind {
            CreditKind::WriteOff => code::ALLOWANCE,
            CreditKind::CreditMemo => snapshot.income,
            other => return Err(ReceivableRefusal::NotReversed(other)),
        };
        let rest = credit.amount.minus(snapshot.reinstated)?;
        if snapshot.reversed || !rest.is_positive() {
            return Err(ReceivableRefusal::NothingLeft);
        }
        let parts = snapshot.credit.lies_on(None);
        let lies = Money::sum(parts.iter().map(|part| part.amount))?;
        let there = lies.plus(credit.left)?;
        let paid_back = rest.minus(there)?;
        let tax = tax_of_part(snapshot.tax, snapshot.reinstated, rest, credit.amount)?;
        let document = post::about(credit.customer_id, credit.id.0);
        let mut draft = Draft::new(credit.store_id);
        let applications = take_off(&mut draft, &parts, credit.id, moment)?;
        post::hold(&mut draft, credit.store_id, credit.customer_id, credit.id, credit.left.negated()?)?;
        let its_tax = post::share_of_tax(&tax, paid_back, rest)?;
        let there_tax = tax.total()?.minus(its_tax.total()?)?;
        let owes = AtOnce { store_id: credit.store_id, customer_id: credit.customer_id, moment };
        let invoice = owes.paid_back(&mut draft, paid_back, its_tax, ids)?;
        draft.credit(counter, rest.minus(tax.total()?)?, document)?;
        post::owe_less_tax(&mut draft, credit.store_id, &negated(&tax)?, document);
        let summary = format!("{}: {rest} of {}: {reason}", snapshot.credit.customer_name, credit.number);
        let out = CreditOut {
            credit_id: credit.id,
            kind: CreditOutKind::Reinstated,
            amount: there,
            tax: there_tax,
            out_on: moment.business_date,
            note: Some(reason),
            tenders: Vec::new(),
            rounding: Money::ZERO,
            till_id: None,
            session_id: None,
        };
        let told =
            Told { kind: EventKind::CreditReversed, command: self.command_id, summary, origin, moment };
        let outs = Some(out).filter(|out| out.amount.is_positive()).into_iter().collect();
        let invoices = invoice.into_iter().collect();
        told.outcome(credit, draft, Changes { invoices, applications, outs, ..Changes::default() }, ids)
    }
}
