//! Paying back: the newest payment first, each up to what is left of it (`rules.md#returns`).

use super::{Settlement, Tender, TenderFacts, TenderKind, TenderNature, TenderRefusal};
use crate::ledger::code;
use crate::money::{Money, MoneyError};
use crate::policy::CashRounding;
use crate::rate::round_cash;
use crate::text;
use serde::{Deserialize, Serialize};

/// What is left of the payments by one means, of the receipts from which something comes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refundable {
    pub kind: TenderKind,
    pub left: Money,
}

/// What a check paid that the bank sent back was never paid: it goes to the account of whoever owes the check now, before
/// anything leaves the store.
///
/// # Errors
/// [`MoneyError`] when an amount does not fit.
pub fn checks_to_account(
    mut left: Vec<Refundable>,
    bounced: Money,
    account: TenderKind,
) -> Result<Vec<Refundable>, MoneyError> {
    let mut to_account = match left.iter().position(|payment| payment.kind.code == account.code) {
        Some(at) => left.remove(at).left,
        None => Money::ZERO,
    };
    let mut rest = bounced;
    for check in left.iter_mut().filter(|payment| payment.kind.nature == TenderNature::Check) {
        let part = check.left.min(rest).max(Money::ZERO);
        check.left = check.left.minus(part)?;
        rest = rest.minus(part)?;
        to_account = to_account.plus(part)?;
    }
    left.insert(0, Refundable { kind: account, left: to_account });
    Ok(left)
}

/// Proposes how an amount goes back: newest payment first.
#[must_use]
pub fn propose(amount: Money, refundable: &[Refundable]) -> Vec<Tender> {
    let mut left = amount;
    let mut proposed = Vec::new();
    for payment in refundable {
        let part = payment.left.min(left);
        if part.is_positive() {
            left = left.minus(part).unwrap_or(Money::ZERO);
            proposed.push(Tender { kind: payment.kind.code.clone(), amount: part, reference: String::new() });
        }
    }
    proposed
}

/// Pays an amount above zero out. What leaves the store stands below zero in the settlement.
///
/// # Errors
/// [`TenderRefusal`] says what does not add up, is paid back by another means than it was paid by, or, for
/// somebody who may not choose, in another order.
pub fn refund(
    amount: Money,
    refunds: &[Tender],
    refundable: &[Refundable],
    rounding: CashRounding,
    may_choose: bool,
) -> Result<Settlement, TenderRefusal> {
    let mut settlement = Settlement::default();
    let mut left = amount;
    for refund in refunds {
        let payment = refundable
            .iter()
            .find(|payment| payment.kind.code == refund.kind)
            .ok_or_else(|| TenderRefusal::NotPaidBy(refund.kind.clone()))?;
        let kind = &payment.kind;
        if settlement.tenders.iter().any(|earlier| earlier.kind.code == kind.code) {
            return Err(TenderRefusal::RefundTwice(kind.label.clone()));
        }
        if !refund.amount.is_positive() {
            return Err(TenderRefusal::NotPositive);
        }
        if refund.amount > payment.left {
            return Err(TenderRefusal::MoreThanPaid { kind: kind.label.clone(), left: payment.left });
        }
        if refund.amount > left {
            return Err(TenderRefusal::TooMuch { kind: kind.label.clone(), amount: refund.amount, left });
        }
        let reference = text::optional_line(&refund.reference).map_err(TenderRefusal::Reference)?;
        if reference.is_none() && kind.nature == TenderNature::CardTerminal {
            return Err(TenderRefusal::ReferenceMissing);
        }
        left = left.minus(refund.amount)?;
        let out = paid_out(kind, refund.amount, rounding)?;
        settlement.rounding = settlement.rounding.plus(refund.amount.minus(out)?)?;
        let out = out.negated()?;
        // The customer's check is long in the bank: what goes back is a check of the store's own.
        let account = if kind.nature == TenderNature::Check { code::BANK } else { kind.account };
        settlement.tenders.push(TenderFacts {
            kind: TenderKind { account, ..kind.clone() },
            amount: out,
            handed_over: out,
            change: Money::ZERO,
            reference,
        });
    }
    if !left.is_zero() {
        return Err(TenderRefusal::NotPaidOut(left));
    }
    if !may_choose && !newest_first(amount, refunds, refundable) {
        return Err(TenderRefusal::NewestFirst);
    }
    Ok(settlement)
}

/// Cash may be rounded, whichever way it goes.
fn paid_out(kind: &TenderKind, amount: Money, rounding: CashRounding) -> Result<Money, MoneyError> {
    match (kind.nature, rounding) {
        (TenderNature::Currency, CashRounding::ToFiveCents) => round_cash(amount),
        _ => Ok(amount),
    }
}

fn newest_first(amount: Money, refunds: &[Tender], refundable: &[Refundable]) -> bool {
    let proposed = propose(amount, refundable);
    proposed.len() == refunds.len()
        && proposed
            .iter()
            .all(|one| refunds.iter().any(|other| other.kind == one.kind && other.amount == one.amount))
}
