//! Means of payment. Which kinds there are, and which account each goes to, is data.

use crate::codes;
use crate::ledger::AccountCode;
use crate::money::{LARGEST_ENTRY, Money, MoneyError};
use crate::policy::CashRounding;
use crate::rate::round_cash;
use crate::text::{self, TextError};
use serde::{Deserialize, Serialize};

codes! {
    /// What a kind of tender is by nature; it decides about change, rounding and references.
    pub enum TenderNature("nature of a tender") {
        /// Coin and notes: gives change, may be rounded, lies in the drawer.
        Currency = "currency", "Cash";
        /// Goes to the safe, not the drawer (J63).
        Check = "check", "Check";
        /// Charged on a terminal of its own; its reference number is kept.
        CardTerminal = "card_terminal", "Card";
        /// A liability of the store that the customer spends.
        StoredValue = "stored_value", "Stored value";
        /// Charged to the customer's house account: an invoice, not money (J03).
        Account = "account", "House account";
        /// Straight to the bank; the transfer's number is kept.
        BankTransfer = "bank_transfer", "Bank transfer";
    }
}

/// A kind of tender a store takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenderKind {
    pub code: String,
    pub label: String,
    pub nature: TenderNature,
    pub account: AccountCode,
    /// Whether it is still taken.
    pub active: bool,
}

/// One payment on a ticket, as entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tender {
    /// Code of the [`TenderKind`].
    pub kind: String,
    /// What the customer hands over.
    pub amount: Money,
    /// The terminal's or the check's number.
    #[serde(default)]
    pub reference: String,
}

/// One payment as it is posted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenderFacts {
    pub kind: TenderKind,
    /// What pays for the ticket.
    pub amount: Money,
    /// What was handed over; more than `amount` only in cash.
    pub handed_over: Money,
    pub change: Money,
    pub reference: Option<String>,
}

/// How the tenders settle the total.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Settlement {
    pub tenders: Vec<TenderFacts>,
    /// What rounding the cash part added (above zero) or gave away.
    pub rounding: Money,
    pub change: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum TenderRefusal {
    #[error("{0} is still to be paid")]
    TooLittle(Money),
    #[error("{kind} of {amount} is more than the {left} left to pay")]
    TooMuch { kind: String, amount: Money, left: Money },
    #[error("enter an amount above zero")]
    NotPositive,
    #[error("{0} is still to be paid out")]
    NotPaidOut(Money),
    #[error("nothing of it was paid by “{0}”")]
    NotPaidBy(String),
    #[error("{kind} takes back at most {left}")]
    MoreThanPaid { kind: String, left: Money },
    #[error("{0} is paid out twice")]
    RefundTwice(String),
    #[error("the newest payment is paid back first: a manager may choose otherwise")]
    NewestFirst,
    #[error("cash is entered once")]
    CashTwice,
    #[error("this store does not take “{0}”")]
    UnknownKind(String),
    #[error("enter the number the terminal or the check shows")]
    ReferenceMissing,
    #[error("{0}")]
    Reference(TextError),
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// What is still to be paid once the other tenders are counted; in cash it may be rounded.
///
/// # Errors
/// [`MoneyError`] when an amount does not fit.
pub fn amount_due(total: Money, other_tenders: Money, rounding: CashRounding) -> Result<Money, MoneyError> {
    let left = total.minus(other_tenders)?;
    match rounding {
        CashRounding::Exact => Ok(left),
        CashRounding::ToFiveCents => round_cash(left),
    }
}

/// What the payments entered so far leave to pay, while somebody is still entering them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftToPay {
    /// By any means but cash, to the cent.
    pub exactly: Money,
    /// If the rest is paid in cash: rounded where the store rounds.
    pub in_cash: Money,
    /// Whether nothing is left to enter.
    pub settled: bool,
    /// What to hand back of the cash given.
    pub change: Money,
}

/// What is left to pay, by the same rules that [`settle`] goes by.
///
/// # Errors
/// [`MoneyError`] when an amount does not fit.
pub fn left_to_pay(
    total: Money,
    tenders: &[Tender],
    kinds: &[TenderKind],
    rounding: CashRounding,
) -> Result<LeftToPay, MoneyError> {
    let is_cash = |tender: &&Tender| {
        kinds.iter().any(|kind| kind.code == tender.kind && kind.nature == TenderNature::Currency)
    };
    let cash = Money::sum(tenders.iter().filter(is_cash).map(|tender| tender.amount))?;
    let others = Money::sum(tenders.iter().filter(|tender| !is_cash(tender)).map(|tender| tender.amount))?;
    let rest = total.minus(others)?;
    let due = amount_due(rest, Money::ZERO, rounding)?;
    if cash.is_zero() {
        let exactly = rest.max(Money::ZERO);
        let in_cash = due.max(Money::ZERO);
        return Ok(LeftToPay { exactly, in_cash, settled: rest.is_zero(), change: Money::ZERO });
    }
    let short = due.minus(cash)?;
    let left = short.max(Money::ZERO);
    Ok(LeftToPay {
        exactly: left,
        in_cash: left,
        settled: due.is_positive() && !short.is_positive(),
        change: short.negated()?.max(Money::ZERO),
    })
}

/// Settles a total: everything but cash is taken as it is, cash pays the rest and gives change.
///
/// # Errors
/// [`TenderRefusal`] says what does not add up.
pub fn settle(
    total: Money,
    tenders: &[Tender],
    kinds: &[TenderKind],
    rounding: CashRounding,
) -> Result<Settlement, TenderRefusal> {
    let mut settlement = Settlement::default();
    let mut left = total;
    let mut cash: Option<(&TenderKind, Money)> = None;
    for tender in tenders {
        let kind = kinds
            .iter()
            .find(|kind| kind.code == tender.kind)
            .ok_or_else(|| TenderRefusal::UnknownKind(tender.kind.clone()))?;
        if !tender.amount.is_positive() {
            return Err(TenderRefusal::NotPositive);
        }
        if tender.amount > LARGEST_ENTRY {
            return Err(MoneyError::TooLarge.into());
        }
        let reference = text::optional_line(&tender.reference).map_err(TenderRefusal::Reference)?;
        match kind.nature {
            TenderNature::Currency if cash.is_some() => return Err(TenderRefusal::CashTwice),
            TenderNature::Currency => {
                cash = Some((kind, tender.amount));
                continue;
            }
            TenderNature::CardTerminal | TenderNature::Check | TenderNature::BankTransfer
                if reference.is_none() =>
            {
                return Err(TenderRefusal::ReferenceMissing);
            }
            _ => {}
        }
        if tender.amount > left {
            return Err(TenderRefusal::TooMuch { kind: kind.label.clone(), amount: tender.amount, left });
        }
        left = left.minus(tender.amount)?;
        settlement.tenders.push(TenderFacts {
            kind: kind.clone(),
            amount: tender.amount,
            handed_over: tender.amount,
            change: Money::ZERO,
            reference,
        });
    }
    let Some((kind, handed_over)) = cash else {
        return if left.is_zero() { Ok(settlement) } else { Err(TenderRefusal::TooLittle(left)) };
    };
    let due = amount_due(left, Money::ZERO, rounding)?;
    if handed_over < due {
        return Err(TenderRefusal::TooLittle(due.minus(handed_over)?));
    }
    if !due.is_positive() {
        return Err(TenderRefusal::TooMuch { kind: kind.label.clone(), amount: handed_over, left: due });
    }
    settlement.rounding = due.minus(left)?;
    settlement.change = handed_over.minus(due)?;
    settlement.tenders.push(TenderFacts {
        kind: kind.clone(),
        amount: due,
        handed_over,
        change: settlement.change,
        reference: None,
    });
    Ok(settlement)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::ledger::code;
    use proptest::prelude::*;

    pub fn kinds() -> Vec<TenderKind> {
        let kind = |code: &str, nature, account| TenderKind {
            active: true,
            code: code.into(),
            label: code.into(),
            nature,
            account,
        };
        vec![
            kind("cash", TenderNature::Currency, code::TILL_CASH),
            kind("check", TenderNature::Check, code::UNDEPOSITED_FUNDS),
            kind("card", TenderNature::CardTerminal, code::CARD_CLEARING),
            kind("gift", TenderNature::StoredValue, code::GIFT_CARDS),
            kind("credit", TenderNature::StoredValue, code::STORE_CREDIT),
        ]
    }

    pub fn tender(kind: &str, amount: &str) -> Tender {
        Tender { kind: kind.into(), amount: amount.parse().unwrap(), reference: "0042".into() }
    }

    fn settled(
        total: &str,
        tenders: &[Tender],
        rounding: CashRounding,
    ) -> Result<(String, String), TenderRefusal> {
        settle(total.parse().unwrap(), tenders, &kinds(), rounding)
            .map(|s| (s.change.to_string(), s.rounding.to_string()))
    }

    fn cents(text: &str) -> Money {
        text.parse().unwrap()
    }

    #[test]
    fn cash_gives_change() {
        let exact = |tenders: &[Tender]| settled("107.03", tenders, CashRounding::Exact);
        assert_eq!(exact(&[tender("cash", "120")]), Ok(("12.97".into(), "0.00".into())));
        assert_eq!(exact(&[tender("cash", "107.02")]), Err(TenderRefusal::TooLittle(cents("0.01"))));
        assert_eq!(exact(&[]), Err(TenderRefusal::TooLittle(cents("107.03"))));
        assert_eq!(exact(&[tender("cash", "60"), tender("cash", "60")]), Err(TenderRefusal::CashTwice));
        let fortune = Tender { amount: Money::from_minor(i64::MAX), ..tender("cash", "1") };
        assert_eq!(exact(&[fortune]), Err(TenderRefusal::Money(MoneyError::TooLarge)));
    }

    #[test]
    fn only_the_cash_part_is_rounded() {
        let rounded = |tenders: &[Tender]| settled("107.03", tenders, CashRounding::ToFiveCents);
        assert_eq!(rounded(&[tender("cash", "107.05")]), Ok(("0.00".into(), "0.02".into())));
        assert_eq!(rounded(&[tender("card", "107.03")]), Ok(("0.00".into(), "0.00".into())));
        assert_eq!(
            rounded(&[tender("card", "7.01"), tender("cash", "100")]),
            Ok(("0.00".into(), "−0.02".into()))
        );
    }

    #[test]
    fn the_panel_asks_for_what_the_rules_take() {
        let left = |tenders: &[Tender]| {
            let left = left_to_pay(cents("107.03"), tenders, &kinds(), CashRounding::ToFiveCents).unwrap();
            (left.exactly.to_string(), left.in_cash.to_string(), left.settled, left.change.to_string())
        };
        let (exactly, in_cash) = ("107.03".to_owned(), "107.05".to_owned());
        assert_eq!(left(&[]), (exactly, in_cash, false, "0.00".into()));
        assert_eq!(left(&[tender("cash", "107.05")]), ("0.00".into(), "0.00".into(), true, "0.00".into()));
        assert_eq!(left(&[tender("cash", "107.03")]), ("0.02".into(), "0.02".into(), false, "0.00".into()));
        assert_eq!(left(&[tender("cash", "110")]), ("0.00".into(), "0.00".into(), true, "2.95".into()));
        assert_eq!(left(&[tender("card", "7.01")]), ("100.02".into(), "100.00".into(), false, "0.00".into()));
        assert_eq!(left(&[tender("card", "107.03")]), ("0.00".into(), "0.00".into(), true, "0.00".into()));
    }

    #[test]
    fn nothing_but_cash_gives_change() {
        let too_much =
            TenderRefusal::TooMuch { kind: "card".into(), amount: cents("108"), left: cents("107.03") };
        assert_eq!(settled("107.03", &[tender("card", "108")], CashRounding::Exact), Err(too_much));
        let needless = TenderRefusal::TooMuch { kind: "cash".into(), amount: cents("5"), left: Money::ZERO };
        assert_eq!(
            settled("7.00", &[tender("cash", "5"), tender("card", "7")], CashRounding::Exact),
            Err(needless)
        );
    }

    #[test]
    fn a_tender_must_make_sense() {
        let one = |tender: Tender| settled("10.00", &[tender], CashRounding::Exact);
        assert_eq!(one(tender("cash", "-10")), Err(TenderRefusal::NotPositive));
        assert_eq!(one(tender("wampum", "10")), Err(TenderRefusal::UnknownKind("wampum".into())));
        assert_eq!(
            one(Tender { reference: String::new(), ..tender("card", "10") }),
            Err(TenderRefusal::ReferenceMissing)
        );
        let card_number = Tender { reference: "4242 4242 4242 4242".into(), ..tender("card", "10") };
        assert_eq!(one(card_number), Err(TenderRefusal::Reference(TextError::CardNumber)));
    }

    proptest! {
        #[test]
        fn tenders_settle_to_the_cent(total in 1_i64..10_000_000, card in 0_i64..10_000_000, given in 0_i64..20_000_000) {
            let mut tenders = Vec::new();
            if card > 0 { tenders.push(Tender { amount: Money::from_minor(card), ..tender("card", "1") }); }
            if given > 0 { tenders.push(Tender { amount: Money::from_minor(given), ..tender("cash", "1") }); }
            for rounding in [CashRounding::Exact, CashRounding::ToFiveCents] {
                let settled = settle(Money::from_minor(total), &tenders, &kinds(), rounding);
                let left = left_to_pay(Money::from_minor(total), &tenders, &kinds(), rounding).unwrap();
                prop_assert_eq!(left.settled, settled.is_ok(), "the panel and the rules agree");
                if let Ok(s) = settled {
                    prop_assert_eq!(left.change, s.change);
                    let paid = Money::sum(s.tenders.iter().map(|t| t.amount)).unwrap();
                    prop_assert_eq!(paid.minus(s.rounding).unwrap().minor(), total);
                    for t in &s.tenders {
                        prop_assert_eq!(t.handed_over.minus(t.change).unwrap(), t.amount);
                    }
                }
            }
        }
    }
}
