//! Taking back a credit memo or a write-off that should not be: what it took off is owed again, each on the day it was
//! due, and the books are as if it had not been.

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
    /// The account that a memo lessened.
    pub income: AccountCode,
}

impl ReverseCredit {
    /// Decides what is owed again: all that the memo or the write-off still takes off.
    ///
    /// # Errors
    /// [`ReceivableRefusal`]: another kind of credit, nothing of it is there any more, a memo of which something was
    /// paid back; no reason.
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
        if !rest.is_positive() {
            return Err(ReceivableRefusal::NothingLeft);
        }
        let parts = snapshot.credit.lies_on(None);
        let lies = Money::sum(parts.iter().map(|part| part.amount))?;
        if lies.plus(credit.left)? != rest {
            return Err(ReceivableRefusal::PaidBack(credit.number.clone()));
        }
        let tax = tax_of_part(snapshot.tax, snapshot.reinstated, rest, credit.amount)?;
        let document = post::about(credit.customer_id, credit.id.0);
        let mut draft = Draft::new(credit.store_id);
        let applications = take_off(&mut draft, &parts, credit.id, moment)?;
        post::hold(&mut draft, credit.store_id, credit.customer_id, credit.id, credit.left.negated()?)?;
        draft.credit(counter, rest.minus(tax.total()?)?, document)?;
        post::owe_less_tax(&mut draft, credit.store_id, &negated(&tax)?, document);
        let summary = format!("{}: {rest} of {}: {reason}", snapshot.credit.customer_name, credit.number);
        let out = CreditOut {
            credit_id: credit.id,
            kind: CreditOutKind::Reinstated,
            amount: rest,
            tax: tax.total()?,
            out_on: moment.business_date,
            note: Some(reason),
            tenders: Vec::new(),
            rounding: Money::ZERO,
            till_id: None,
            session_id: None,
        };
        let told =
            Told { kind: EventKind::CreditReversed, command: self.command_id, summary, origin, moment };
        told.outcome(credit, draft, Changes { applications, outs: vec![out], ..Changes::default() }, ids)
    }
}
