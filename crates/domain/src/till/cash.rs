//! Cash that goes into or out of a drawer without a sale, and a drawer that is opened for nothing.

use super::session::{Doing, DrawerState, TillMove, TillRefusal, at_open, in_drawer, record};
use crate::codes;
use crate::event::{EventKind, Origin};
use crate::ids::{CommandId, Ids, StoreId, TillSessionId};
use crate::ledger::{Account, AccountCode, Draft, code};
use crate::moment::Moment;
use crate::money::{LARGEST_ENTRY, Money, MoneyError};
use crate::text::{self, TextError};
use serde::{Deserialize, Serialize};

codes! {
    pub enum CashWay("way of cash") {
        PaidIn = "paid_in", "Paid in";
        PaidOut = "paid_out", "Paid out";
    }
}

impl CashWay {
    const fn event(self) -> EventKind {
        match self {
            Self::PaidIn => EventKind::CashPaidIn,
            Self::PaidOut => EventKind::CashPaidOut,
        }
    }
}

/// Pays cash into a drawer or out of it, for something that is no sale (J62).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoveCash {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub session_id: TillSessionId,
    pub way: CashWay,
    pub amount: Money,
    /// What it was for: the other side of the entry.
    pub account: AccountCode,
    pub reason: String,
}

/// Opens a drawer without a sale, such as to change a note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoSale {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub session_id: TillSessionId,
    pub reason: String,
}

/// What somebody may pay out, and for what.
#[derive(Debug, Clone)]
pub struct PayRules<'a> {
    /// The account named, if there is one.
    pub account: Option<&'a Account>,
    /// More than this needs somebody who may approve.
    pub limit: Money,
    pub may_approve: bool,
}

/// Whether cash may be paid in from an account or out to it: from the safe, and what no rule posts to.
#[must_use]
pub fn is_for_cash(account: &Account) -> bool {
    let free = !account.control && !code::BY_RULES.contains(&account.code);
    account.active && (free || account.code == code::UNDEPOSITED_FUNDS)
}

/// Pays cash in or out (J62).
///
/// # Errors
/// [`TillRefusal`]: a closed till, an amount or account that makes no sense, more than there is or than the role
/// allows.
pub fn move_cash(
    drawer: &DrawerState,
    cmd: &MoveCash,
    rules: &PayRules<'_>,
    origin: &Origin,
    moment: &Moment,
    ids: &mut Ids,
) -> Result<TillMove, TillRefusal> {
    at_open(drawer, origin)?;
    if !cmd.amount.is_positive() {
        return Err(TillRefusal::NotPositive);
    }
    let reason = why(&cmd.reason)?;
    if cmd.amount > LARGEST_ENTRY {
        return Err(TillRefusal::from(MoneyError::TooLarge));
    }
    let account = rules.account.filter(|account| is_for_cash(account)).ok_or(TillRefusal::NotAnAccount)?;
    let from_safe = account.code == code::UNDEPOSITED_FUNDS;
    if from_safe && cmd.way == CashWay::PaidOut {
        return Err(TillRefusal::DropInstead);
    }
    if from_safe && cmd.amount > drawer.safe {
        return Err(TillRefusal::MoreThanSafe(drawer.safe));
    }
    let mut draft = Draft::new(cmd.store_id);
    match cmd.way {
        CashWay::PaidIn => {
            draft.debit(code::TILL_CASH, cmd.amount, in_drawer(drawer));
            draft.credit(account.code, cmd.amount, in_drawer(drawer))?;
        }
        CashWay::PaidOut => {
            if cmd.amount > rules.limit && !rules.may_approve {
                return Err(TillRefusal::AbovePayOutLimit(rules.limit));
            }
            if cmd.amount > drawer.expected {
                return Err(TillRefusal::MoreThanDrawer(drawer.expected));
            }
            draft.debit(account.code, cmd.amount, in_drawer(drawer));
            draft.credit(code::TILL_CASH, cmd.amount, in_drawer(drawer))?;
        }
    }
    let summary = format!("{} {}, {}: {reason}", cmd.way, cmd.amount, account.name);
    let doing = Doing { command: cmd.command_id, kind: cmd.way.event(), summary };
    record(drawer, doing, draft, origin, moment, ids)
}

/// Records that a drawer was opened without a sale.
///
/// # Errors
/// [`TillRefusal`]: a closed till, or no reason.
pub fn no_sale(
    drawer: &DrawerState,
    cmd: &NoSale,
    origin: &Origin,
    moment: &Moment,
    ids: &mut Ids,
) -> Result<TillMove, TillRefusal> {
    at_open(drawer, origin)?;
    let summary = format!("Drawer opened: {}", why(&cmd.reason)?);
    let doing = Doing { command: cmd.command_id, kind: EventKind::DrawerOpened, summary };
    record(drawer, doing, Draft::new(cmd.store_id), origin, moment, ids)
}

fn why(typed: &str) -> Result<String, TillRefusal> {
    text::required_line(typed).map_err(|error| match error {
        TextError::Missing => TillRefusal::WhyMissing,
        other => TillRefusal::Reason(other),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{LegalEntityId, PersonId, TillId};
    use crate::ledger::standard_chart;
    use uuid::Uuid;

    fn cents(text: &str) -> Money {
        text.parse().unwrap()
    }

    fn drawer() -> DrawerState {
        DrawerState {
            till_id: TillId(Uuid::from_u128(2)),
            session_id: TillSessionId(Uuid::from_u128(3)),
            legal_entity_id: LegalEntityId(Uuid::from_u128(4)),
            open: true,
            expected: cents("200"),
            safe: cents("900"),
        }
    }

    fn origin() -> Origin {
        Origin {
            actor: PersonId(Uuid::from_u128(5)),
            store: StoreId(Uuid::from_u128(1)),
            till: Some(TillId(Uuid::from_u128(2))),
            session: None,
            device: None,
        }
    }

    fn run(
        way: CashWay,
        amount: &str,
        account: i32,
        reason: &str,
        may_approve: bool,
    ) -> Result<TillMove, TillRefusal> {
        let moment = Moment::new("2026-03-01T12:00:00Z".parse().unwrap(), "2026-03-01".parse().unwrap());
        let cmd = MoveCash {
            command_id: CommandId(Uuid::from_u128(77)),
            store_id: StoreId(Uuid::from_u128(1)),
            session_id: TillSessionId(Uuid::from_u128(3)),
            way,
            amount: cents(amount),
            account: AccountCode::new(account).unwrap(),
            reason: reason.into(),
        };
        let account = standard_chart().iter().find(|row| row.code == cmd.account);
        let rules = PayRules { account, limit: cents("50"), may_approve };
        move_cash(&drawer(), &cmd, &rules, &origin(), &moment, &mut Ids::new(cmd.command_id))
    }

    #[test]
    fn j62_pay_out_for_supplies() {
        let moved = run(CashWay::PaidOut, "18.50", 6100, "window cleaner", false).unwrap();
        let lines: Vec<_> = moved.record.entries[0]
            .entry()
            .lines
            .iter()
            .map(|line| (line.account.get(), line.amount))
            .collect();
        assert_eq!(lines, [(6100, cents("18.50")), (1000, cents("-18.50"))]);
        assert_eq!(moved.record.event.summary, "Paid out 18.50, Store expenses: window cleaner");
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        use CashWay::{PaidIn, PaidOut};
        let refused =
            |way, amount, account, reason, boss| run(way, amount, account, reason, boss).unwrap_err();
        assert_eq!(refused(PaidOut, "0", 6100, "x", false), TillRefusal::NotPositive);
        assert_eq!(refused(PaidOut, "-5", 6100, "x", false), TillRefusal::NotPositive);
        assert_eq!(refused(PaidOut, "5", 6100, " ", false), TillRefusal::WhyMissing);
        assert_eq!(refused(PaidOut, "5", 1200, "x", true), TillRefusal::NotAnAccount);
        assert_eq!(refused(PaidOut, "5", 9999, "x", true), TillRefusal::NotAnAccount);
        assert_eq!(refused(PaidOut, "50.01", 6100, "x", false), TillRefusal::AbovePayOutLimit(cents("50")));
        assert_eq!(refused(PaidOut, "200.01", 6100, "x", true), TillRefusal::MoreThanDrawer(cents("200")));
        assert_eq!(refused(PaidIn, "5", 4000, "x", true), TillRefusal::NotAnAccount);
        assert_eq!(refused(PaidOut, "5", 6040, "x", true), TillRefusal::NotAnAccount);
        assert_eq!(refused(PaidOut, "5", 1010, "x", true), TillRefusal::DropInstead);
        assert_eq!(refused(PaidIn, "900.01", 1010, "x", true), TillRefusal::MoreThanSafe(cents("900")));
        assert!(run(PaidIn, "900", 1010, "for a refund", false).is_ok());
        assert!(run(PaidOut, "200", 6100, "x", true).is_ok());
        assert!(run(PaidIn, "900", 3000, "change from the bank", false).is_ok());
    }
}
