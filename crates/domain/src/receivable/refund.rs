//! Paying back what is left of a credit: the way it came, or with a check of the store's own (J08).

use super::apply::positive_or_zero;
use super::credit::Told;
use super::payment::at_till;
use super::{Changes, CreditOut, CreditOutKind, OpenCredit, ReceivableOutcome, ReceivableRefusal, post};
use crate::event::{EventKind, Origin};
use crate::field::FieldReader;
use crate::ids::{CommandId, CustomerCreditId, Ids, StoreId, TillSessionId};
use crate::ledger::{Draft, code};
use crate::moment::Moment;
use crate::money::Money;
use crate::policy::CashRounding;
use crate::sale::{Refundable, Tender, TenderKind, TenderNature, TillInSale, refund};
use crate::text;
use serde::{Deserialize, Serialize};

/// Pays back what is left of a credit, or a part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundCredit {
    pub command_id: CommandId,
    pub store_id: StoreId,
    /// The open till that cash comes from.
    pub session_id: Option<TillSessionId>,
    pub credit_id: CustomerCreditId,
    pub amount: String,
    pub tenders: Vec<Tender>,
    pub reason: String,
}

#[derive(Debug, Clone, Copy)]
pub struct RefundSnapshot<'a> {
    pub customer_name: &'a str,
    pub credit: &'a OpenCredit,
    pub till: Option<&'a TillInSale>,
    /// What is left of each means it was paid by.
    pub paid: &'a [Refundable],
    pub tender_kinds: &'a [TenderKind],
    pub rounding: CashRounding,
    /// What the ledger says lies in the drawer.
    pub drawer: Money,
}

/// The ways a credit may go back: as it came, up to what is left of each means; and always with a check, which is
/// drawn on the bank.
#[must_use]
pub fn ways_back(left: Money, paid: &[Refundable], kinds: &[TenderKind]) -> Vec<Refundable> {
    let mut ways: Vec<Refundable> =
        paid.iter().map(|way| Refundable { left: way.left.min(left), ..way.clone() }).collect();
    ways.retain(|way| way.kind.nature != TenderNature::Account && way.left.is_positive());
    let check = kinds.iter().find(|kind| kind.nature == TenderNature::Check && kind.active);
    if let Some(kind) = check {
        ways.retain(|way| way.kind.code != kind.code);
        ways.push(Refundable { kind: kind.clone(), left });
    }
    ways
}

impl RefundCredit {
    /// Decides about a refund.
    ///
    /// # Errors
    /// [`ReceivableRefusal`]: more than is left, by other means than it came, more cash than the drawer holds.
    pub fn decide(
        &self,
        snapshot: &RefundSnapshot<'_>,
        origin: &Origin,
        moment: &Moment,
        ids: &mut Ids,
    ) -> Result<ReceivableOutcome, ReceivableRefusal> {
        let credit = snapshot.credit;
        if !credit.left.is_positive() {
            return Err(ReceivableRefusal::NothingLeft);
        }
        let till = at_till(self.session_id, snapshot.till, self.store_id, origin)?;
        let mut fields = FieldReader::default();
        let amount = fields.read("amount", positive_or_zero(&self.amount));
        let reason = fields.read("reason", text::required_line(&self.reason));
        if amount.is_zero() && fields.is_clean() {
            fields.complain("amount", "enter an amount above zero");
        } else if amount > credit.left {
            fields.complain("amount", format!("{} is left of this credit", credit.left));
        }
        fields.finish(())?;
        let ways = ways_back(credit.left, snapshot.paid, snapshot.tender_kinds);
        let paid_out = refund(amount, &self.tenders, &ways, snapshot.rounding, true)?;
        let cash = paid_out.tenders.iter().filter(|tender| tender.kind.account == code::TILL_CASH);
        let cash = Money::sum(cash.map(|tender| tender.amount))?;
        if !cash.is_zero() && till.is_none() {
            return Err(ReceivableRefusal::CashWithoutTill);
        }
        if snapshot.drawer.plus(cash)?.is_negative() {
            return Err(ReceivableRefusal::DrawerTooEmpty);
        }
        let mut draft = Draft::new(self.store_id);
        post::hold(&mut draft, credit.store_id, credit.customer_id, credit.id, amount.negated()?)?;
        let document = post::about(credit.customer_id, credit.id.0);
        post::tenders(&mut draft, &paid_out.tenders, paid_out.rounding, till, document)?;
        let summary = format!("{}: {amount} of {}: {reason}", snapshot.customer_name, credit.number);
        let out = CreditOut {
            credit_id: credit.id,
            kind: CreditOutKind::Refunded,
            amount,
            tax: Money::ZERO,
            out_on: moment.business_date,
            note: Some(reason),
            tenders: paid_out.tenders,
            rounding: paid_out.rounding,
            till_id: till,
            session_id: self.session_id,
        };
        let told =
            Told { kind: EventKind::CreditRefunded, command: self.command_id, summary, origin, moment };
        told.outcome(credit, draft, Changes { outs: vec![out], ..Changes::default() }, ids)
    }
}
