//! What happens to the money in a drawer outside of sales.

use super::{CashCount, CountError};
use crate::event::{Event, EventKind, Origin, Record, SubjectKind};
use crate::ids::{CommandId, EventId, Ids, LegalEntityId, StoreId, TillId, TillSessionId};
use crate::ledger::{AccountCode, Dimensions, Draft, EntryError, EntryHeader, code};
use crate::moment::{ClockDoubt, Confirmed, Moment};
use crate::money::{Money, MoneyError};
use crate::text::{self, TextError};
use serde::{Deserialize, Serialize};

/// More than this is no float but a transport of cash.
pub const MAX_FLOAT: Money = Money::from_minor(500_000);

/// Puts a float into a drawer and opens it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenTill {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub till_id: TillId,
    pub float: Money,
    /// A manager looked at a date that seemed wrong and confirmed it.
    pub date_confirmed: Confirmed,
}

/// Takes cash out of the drawer and into the safe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DropCash {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub session_id: TillSessionId,
    pub amount: Money,
}

/// Counts the drawer blind, empties it into the safe and makes the Z.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CloseTill {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub session_id: TillSessionId,
    pub count: CashCount,
    /// Needed where the drawer is over or short by more than the store's limit.
    pub reason: String,
}

/// Takes what lies in the safe to the bank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deposit {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub amount: Money,
}

/// A drawer as the decision needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DrawerState {
    pub till_id: TillId,
    pub session_id: TillSessionId,
    pub legal_entity_id: LegalEntityId,
    pub open: bool,
    /// What the ledger says lies in the drawer.
    pub expected: Money,
    /// What the ledger says lies in the store's safe.
    pub safe: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum TillRefusal {
    #[error("this till is open already")]
    AlreadyOpen,
    #[error("this till is closed")]
    Closed,
    #[error("this till is not in this store")]
    Unknown,
    #[error("this browser is not paired with that till")]
    OtherTill,
    #[error("enter an amount above zero")]
    NotPositive,
    #[error("a float is at most {MAX_FLOAT}")]
    FloatTooLarge,
    #[error("say what it is for")]
    WhyMissing,
    #[error("choose what it is for: an account that is open and not kept by rules")]
    NotAnAccount,
    #[error("cash for the safe is dropped, not paid out")]
    DropInstead,
    #[error("more than {0} is paid out by a manager")]
    AbovePayOutLimit(Money),
    #[error("there is {0} in the drawer")]
    MoreThanDrawer(Money),
    #[error("there is {0} in the safe")]
    MoreThanSafe(Money),
    /// It does not say by how much: a second count must be as blind as the first.
    #[error(
        "the count and the ledger differ by more than the store allows: count again, or say what you know of it"
    )]
    ReasonMissing,
    #[error("{0}")]
    Reason(TextError),
    #[error(transparent)]
    Count(#[from] CountError),
    #[error(transparent)]
    Clock(#[from] ClockDoubt),
    #[error(transparent)]
    Entry(#[from] EntryError),
}

impl From<MoneyError> for TillRefusal {
    fn from(error: MoneyError) -> Self {
        Self::Entry(EntryError::Money(error))
    }
}

/// What a till event writes.
#[derive(Debug, Clone)]
pub struct TillMove {
    pub session_id: TillSessionId,
    pub record: Record,
}

/// What the count found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    pub expected: Money,
    pub counted: Money,
    /// Above zero when there is more than there should be.
    pub over_short: Money,
    pub reason: Option<String>,
}

/// Opens a drawer with a float from the safe (J60).
///
/// # Errors
/// [`TillRefusal`] when it is open already or the float makes no sense.
pub fn open(
    drawer: &DrawerState,
    cmd: &OpenTill,
    origin: &Origin,
    moment: &Moment,
    ids: &mut Ids,
) -> Result<TillMove, TillRefusal> {
    here(drawer, origin)?;
    if drawer.open {
        return Err(TillRefusal::AlreadyOpen);
    }
    if cmd.float.is_negative() {
        return Err(TillRefusal::NotPositive);
    }
    if cmd.float > MAX_FLOAT {
        return Err(TillRefusal::FloatTooLarge);
    }
    let mut draft = Draft::new(cmd.store_id);
    draft.debit(code::TILL_CASH, cmd.float, in_drawer(drawer));
    draft.credit(code::UNDEPOSITED_FUNDS, cmd.float, Dimensions::default())?;
    let doing = Doing {
        command: cmd.command_id,
        kind: EventKind::TillOpened,
        summary: format!("Opened with {}", cmd.float),
    };
    record(drawer, doing, draft, origin, moment, ids)
}

/// Drops cash from a drawer into the safe (J61).
///
/// # Errors
/// [`TillRefusal`] when the till is closed or holds less.
pub fn drop_cash(
    drawer: &DrawerState,
    cmd: &DropCash,
    origin: &Origin,
    moment: &Moment,
    ids: &mut Ids,
) -> Result<TillMove, TillRefusal> {
    at_open(drawer, origin)?;
    if !cmd.amount.is_positive() {
        return Err(TillRefusal::NotPositive);
    }
    if cmd.amount > drawer.expected {
        return Err(TillRefusal::MoreThanDrawer(drawer.expected));
    }
    let mut draft = Draft::new(cmd.store_id);
    draft.debit(code::UNDEPOSITED_FUNDS, cmd.amount, Dimensions::default());
    draft.credit(code::TILL_CASH, cmd.amount, in_drawer(drawer))?;
    let doing = Doing {
        command: cmd.command_id,
        kind: EventKind::CashDropped,
        summary: format!("Dropped {}", cmd.amount),
    };
    record(drawer, doing, draft, origin, moment, ids)
}

/// Closes a drawer: what was counted goes to the safe, what is missing or too much to 6040 (J56).
///
/// # Errors
/// [`TillRefusal`] when the count makes no sense or a large difference has no reason.
pub fn close(
    drawer: &DrawerState,
    cmd: &CloseTill,
    without_reason: Money,
    origin: &Origin,
    moment: &Moment,
    ids: &mut Ids,
) -> Result<(TillMove, Counted), TillRefusal> {
    at_open(drawer, origin)?;
    let counted = cmd.count.total()?;
    let over_short = counted.minus(drawer.expected)?;
    let reason = text::optional_line(&cmd.reason).map_err(TillRefusal::Reason)?;
    if over_short.minor().abs() > without_reason.minor() && reason.is_none() {
        return Err(TillRefusal::ReasonMissing);
    }
    let mut draft = Draft::new(cmd.store_id);
    draft.debit(code::UNDEPOSITED_FUNDS, counted, Dimensions::default());
    draft.credit(code::CASH_OVER_SHORT, over_short, in_drawer(drawer))?;
    draft.credit(code::TILL_CASH, drawer.expected, in_drawer(drawer))?;
    let summary = format!("Counted {counted}, off by {over_short}");
    let doing = Doing { command: cmd.command_id, kind: EventKind::TillClosed, summary };
    let moved = record(drawer, doing, draft, origin, moment, ids)?;
    Ok((moved, Counted { expected: drawer.expected, counted, over_short, reason }))
}

/// Takes money from the safe to the bank (J56, second entry).
///
/// # Errors
/// [`TillRefusal::MoreThanSafe`] when the safe holds less.
pub fn deposit_safe(
    safe: Money,
    legal_entity: LegalEntityId,
    cmd: &Deposit,
    origin: &Origin,
    moment: &Moment,
    ids: &mut Ids,
) -> Result<Record, TillRefusal> {
    if !cmd.amount.is_positive() {
        return Err(TillRefusal::NotPositive);
    }
    if cmd.amount > safe {
        return Err(TillRefusal::MoreThanSafe(safe));
    }
    let mut draft = Draft::new(cmd.store_id);
    move_money(&mut draft, code::UNDEPOSITED_FUNDS, code::BANK, cmd.amount)?;
    let event = Event::about(
        EventId(cmd.command_id.0),
        EventKind::SafeDeposited,
        (SubjectKind::Store, cmd.store_id.0),
        format!("Deposited {}", cmd.amount),
        *moment,
        *origin,
    );
    let header = header(&event, legal_entity, ids);
    Ok(Record { entries: vec![draft.balance(header)?], ..Record::of(event) })
}

/// A drawer is worked only from the browser that stands on it.
fn here(drawer: &DrawerState, origin: &Origin) -> Result<(), TillRefusal> {
    if origin.till == Some(drawer.till_id) { Ok(()) } else { Err(TillRefusal::OtherTill) }
}

/// The same for what takes an open drawer.
pub(super) fn at_open(drawer: &DrawerState, origin: &Origin) -> Result<(), TillRefusal> {
    here(drawer, origin)?;
    if drawer.open { Ok(()) } else { Err(TillRefusal::Closed) }
}

fn move_money(
    draft: &mut Draft,
    from: AccountCode,
    to: AccountCode,
    amount: Money,
) -> Result<(), MoneyError> {
    draft.debit(to, amount, Dimensions::default());
    draft.credit(from, amount, Dimensions::default())
}

pub(super) fn in_drawer(drawer: &DrawerState) -> Dimensions {
    Dimensions { till: Some(drawer.till_id), ..Dimensions::default() }
}

/// What is done to a drawer, before it is recorded.
pub(super) struct Doing {
    pub command: CommandId,
    pub kind: EventKind,
    pub summary: String,
}

pub(super) fn record(
    drawer: &DrawerState,
    doing: Doing,
    draft: Draft,
    origin: &Origin,
    moment: &Moment,
    ids: &mut Ids,
) -> Result<TillMove, TillRefusal> {
    let event = Event::about(
        EventId(doing.command.0),
        doing.kind,
        (SubjectKind::TillSession, drawer.session_id.0),
        doing.summary,
        *moment,
        *origin,
    );
    let header = header(&event, drawer.legal_entity_id, ids);
    let entries = if draft.is_empty() { Vec::new() } else { vec![draft.balance(header)?] };
    Ok(TillMove { session_id: drawer.session_id, record: Record { entries, ..Record::of(event) } })
}

fn header(event: &Event, legal_entity: LegalEntityId, ids: &mut Ids) -> EntryHeader {
    EntryHeader {
        id: ids.draw(),
        event: event.id,
        legal_entity,
        store: event.origin.store,
        moment: event.moment,
        narrative: event.kind.label().to_owned(),
        reverses: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::PersonId;
    use uuid::Uuid;

    fn cents(text: &str) -> Money {
        text.parse().unwrap()
    }

    fn command() -> CommandId {
        CommandId::from_parts(1_790_000_000_000, &[1; 10])
    }

    fn store() -> StoreId {
        StoreId(Uuid::from_u128(1))
    }

    fn drawer(open: bool, expected: &str) -> DrawerState {
        DrawerState {
            till_id: TillId(Uuid::from_u128(2)),
            session_id: TillSessionId(Uuid::from_u128(3)),
            legal_entity_id: LegalEntityId(Uuid::from_u128(4)),
            open,
            expected: cents(expected),
            safe: cents("1,000"),
        }
    }

    fn origin() -> Origin {
        Origin {
            actor: PersonId(Uuid::from_u128(5)),
            store: store(),
            till: Some(TillId(Uuid::from_u128(2))),
            session: None,
            device: None,
        }
    }

    fn moment() -> Moment {
        Moment::new("2026-03-01T12:00:00Z".parse().unwrap(), "2026-03-01".parse().unwrap())
    }

    fn sums(record: &Record) -> Vec<(i32, String)> {
        let lines = record.entries.iter().flat_map(|entry| &entry.entry().lines);
        lines.map(|line| (line.account.get(), line.amount.to_string())).collect()
    }

    fn closing(
        expected: &str,
        hundreds: i64,
        cents: i64,
        reason: &str,
    ) -> Result<(TillMove, Counted), TillRefusal> {
        let count = CashCount { pieces: vec![hundreds], cents };
        let cmd = CloseTill {
            command_id: command(),
            store_id: store(),
            session_id: drawer(true, expected).session_id,
            count,
            reason: reason.into(),
        };
        close(
            &drawer(true, expected),
            &cmd,
            Money::from_minor(500),
            &origin(),
            &moment(),
            &mut Ids::new(command()),
        )
    }

    #[test]
    fn j60_float_and_j61_drop() {
        let open_till = |float: &str| OpenTill {
            command_id: command(),
            store_id: store(),
            till_id: TillId(Uuid::from_u128(2)),
            float: cents(float),
            date_confirmed: Confirmed::No,
        };
        let opened =
            open(&drawer(false, "0"), &open_till("200"), &origin(), &moment(), &mut Ids::new(command()))
                .unwrap();
        assert_eq!(sums(&opened.record), [(1000, "200.00".into()), (1010, "−200.00".into())]);
        let refused = |drawer: &DrawerState, float| {
            open(drawer, &open_till(float), &origin(), &moment(), &mut Ids::new(command())).map(|_| ())
        };
        assert_eq!(refused(&drawer(true, "0"), "200"), Err(TillRefusal::AlreadyOpen));
        assert_eq!(refused(&drawer(false, "0"), "-1"), Err(TillRefusal::NotPositive));
        assert_eq!(refused(&drawer(false, "0"), "5000.01"), Err(TillRefusal::FloatTooLarge));

        let drop = |amount: &str| {
            let cmd = DropCash {
                command_id: command(),
                store_id: store(),
                session_id: drawer(true, "600").session_id,
                amount: cents(amount),
            };
            drop_cash(&drawer(true, "600"), &cmd, &origin(), &moment(), &mut Ids::new(command()))
        };
        assert_eq!(sums(&drop("500").unwrap().record), [(1010, "500.00".into()), (1000, "−500.00".into())]);
        assert_eq!(drop("600.01").map(|_| ()), Err(TillRefusal::MoreThanDrawer(cents("600"))));
        assert_eq!(drop("0").map(|_| ()), Err(TillRefusal::NotPositive));
    }

    #[test]
    fn j56_short_drawer_then_deposit() {
        let (moved, counted) = closing("1,243.50", 12, 4_100, "").unwrap();
        assert_eq!(
            sums(&moved.record),
            [(1010, "1,241.00".into()), (6040, "2.50".into()), (1000, "−1,243.50".into())]
        );
        assert_eq!(counted.over_short, cents("-2.50"));

        let deposit = |amount: &str| {
            let cmd = Deposit { command_id: command(), store_id: store(), amount: cents(amount) };
            deposit_safe(
                cents("1,241.00"),
                LegalEntityId(Uuid::nil()),
                &cmd,
                &origin(),
                &moment(),
                &mut Ids::new(command()),
            )
        };
        assert_eq!(sums(&deposit("1,241").unwrap()), [(1020, "1,241.00".into()), (1010, "−1,241.00".into())]);
        assert_eq!(deposit("1,241.01").map(|_| ()), Err(TillRefusal::MoreThanSafe(cents("1,241.00"))));
    }

    #[test]
    fn a_large_difference_needs_a_reason() {
        let missing = closing("1,300", 12, 0, " ").map(|_| ());
        assert_eq!(missing, Err(TillRefusal::ReasonMissing));
        assert!(closing("1,300", 12, 0, "gave change twice").is_ok());
        assert!(closing("1,195", 12, 0, "").is_ok());
    }
}
