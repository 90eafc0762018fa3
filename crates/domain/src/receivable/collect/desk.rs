//! Whom to contact today, and why.
//!
//! An account is looked at today when something of it is overdue that nothing speaks for waiting with, or when somebody
//! wanted to look again by today. It waits, last in the list and with the reason said, while the customer is left in
//! peace, the account is on hold, a promise is open, somebody looks again later, or all that is overdue is disputed.
//!
//! Among those of today the order is by amount, age and broken promises: each cent that is overdue counts once for every
//! column of the aging it has reached (1–30 days once, over 120 days five times), and the whole once more for each
//! promise that was broken, up to three times.

use super::{Assigned, ContactKind, PromiseStanding, PromiseState};
use crate::codes;
use crate::customer::NamedCustomer;
use crate::ids::InvoiceId;
use crate::money::{Money, MoneyError};
use crate::receivable::Bucket;
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// Whoever breaks a fourth promise is called first already.
const MOST_HELD_AGAINST: usize = 3;

/// An invoice of which something is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskInvoice {
    pub id: InvoiceId,
    pub number: String,
    /// What is open of each due date.
    pub dues: Vec<(NaiveDate, Money)>,
    pub disputed: bool,
    /// Nobody asks for it through this day.
    pub paused_until: Option<NaiveDate>,
}

/// A customer of whom something is overdue, or whom somebody wanted to look at again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskRow {
    pub customer: NamedCustomer,
    pub phone: Option<String>,
    /// Nothing goes to them that an associate has not looked at.
    pub vip: bool,
    pub invoices: Vec<DeskInvoice>,
    /// Those that were not withdrawn.
    pub promises: Vec<PromiseStanding>,
    /// They are left in peace through this day.
    pub paused_until: Option<NaiveDate>,
    /// When somebody wants to look again, by the last note.
    pub follow_up_on: Option<NaiveDate>,
    /// In the store's own time.
    pub last_contact: Option<(DateTime<FixedOffset>, ContactKind)>,
    /// Why the account is on hold.
    pub hold: Option<String>,
    /// The last check that the bank sent back and that is not made good.
    pub returned_check_on: Option<NaiveDate>,
    pub collector: Assigned,
}

/// Why a customer stands where they stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The last one that was broken, and how many there are.
    PromiseBroken {
        amount: Money,
        came_in: Money,
        promised_on: NaiveDate,
        times: usize,
    },
    CheckReturned {
        on: NaiveDate,
    },
    /// Somebody wanted to look again.
    FollowUp {
        on: NaiveDate,
    },
    /// What may be asked for, and for how long the oldest of it is overdue.
    Overdue {
        amount: Money,
        days: i64,
    },
    Disputed {
        amount: Money,
    },
    Paused {
        until: NaiveDate,
    },
    OnHold {
        why: String,
    },
    Promised {
        amount: Money,
        by: NaiveDate,
    },
    /// Somebody looks again then.
    LooksAgain {
        on: NaiveDate,
    },
}

codes! {
    pub enum Turn("turn") {
        Today = "today", "Contact today";
        Later = "later", "Waiting";
    }
}

/// A customer in their place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ranked {
    pub row: DeskRow,
    pub reasons: Vec<Reason>,
    pub turn: Turn,
}

impl Ranked {
    /// What may be asked for today.
    #[must_use]
    pub fn to_collect(&self) -> Money {
        let asked = |reason: &Reason| match reason {
            Reason::Overdue { amount, .. } => Some(*amount),
            _ => None,
        };
        self.reasons.iter().find_map(asked).unwrap_or_default()
    }
}

impl DeskInvoice {
    /// # Errors
    /// [`MoneyError`] when the sum does not fit.
    pub fn open(&self) -> Result<Money, MoneyError> {
        Money::sum(self.dues.iter().map(|(_, open)| *open))
    }

    fn overdue(&self, today: NaiveDate) -> impl Iterator<Item = (NaiveDate, Money)> {
        self.dues.iter().copied().filter(move |(due_on, _)| *due_on < today)
    }
}

impl DeskRow {
    /// # Errors
    /// [`MoneyError`] when the sum does not fit.
    pub fn owed(&self) -> Result<Money, MoneyError> {
        Money::sum(self.invoices.iter().flat_map(|invoice| &invoice.dues).map(|(_, open)| *open))
    }

    /// # Errors
    /// [`MoneyError`] when the sum does not fit.
    pub fn overdue(&self, today: NaiveDate) -> Result<Money, MoneyError> {
        Money::sum(self.invoices.iter().flat_map(|invoice| invoice.overdue(today)).map(|(_, open)| open))
    }

    /// For how many days the oldest of what is overdue has been so; zero where nothing is.
    #[must_use]
    pub fn days_overdue(&self, today: NaiveDate) -> i64 {
        oldest_of(self.invoices.iter().flat_map(|invoice| invoice.overdue(today)), today)
    }

    fn open_promises(&self, today: NaiveDate) -> impl Iterator<Item = &PromiseStanding> {
        self.promises.iter().filter(move |one| one.state(today) == PromiseState::Open)
    }

    /// What speaks for waiting with the whole account.
    fn waits_for(&self, today: NaiveDate) -> Vec<Reason> {
        let mut reasons = Vec::new();
        reasons
            .extend(self.paused_until.filter(|until| *until >= today).map(|until| Reason::Paused { until }));
        reasons.extend(self.hold.clone().map(|why| Reason::OnHold { why }));
        let whole = self.open_promises(today).filter(|one| one.promise.invoice_id.is_none()).map(promised);
        reasons.extend(whole);
        reasons.extend(self.follow_up_on.filter(|on| *on > today).map(|on| Reason::LooksAgain { on }));
        reasons
    }

    /// What speaks for waiting with one invoice.
    fn waits_with(&self, invoice: &DeskInvoice, today: NaiveDate) -> Option<Reason> {
        if let Some(until) = invoice.paused_until.filter(|until| *until >= today) {
            return Some(Reason::Paused { until });
        }
        self.open_promises(today).find(|one| one.promise.invoice_id == Some(invoice.id)).map(promised)
    }

    fn broken(&self, today: NaiveDate) -> Vec<&PromiseStanding> {
        self.promises.iter().filter(|one| one.is_held_against(today)).collect()
    }
}

fn promised(standing: &PromiseStanding) -> Reason {
    Reason::Promised { amount: standing.promise.amount, by: standing.promise.promised_on }
}

/// The days since the earliest of these due dates.
fn oldest_of(dues: impl Iterator<Item = (NaiveDate, Money)>, today: NaiveDate) -> i64 {
    let oldest = dues.map(|(due_on, _)| due_on).min();
    oldest.map_or(0, |oldest| today.signed_duration_since(oldest).num_days())
}

/// Each cent once for every column it has reached.
fn weight(dues: &[(NaiveDate, Money)], today: NaiveDate) -> i128 {
    let columns =
        |due_on| Bucket::ALL.iter().position(|bucket| *bucket == Bucket::of(due_on, today)).unwrap_or(0);
    let of = |(due_on, open): &(NaiveDate, Money)| {
        i128::from(open.minor()).saturating_mul(i128::try_from(columns(*due_on)).unwrap_or(0))
    };
    dues.iter().map(of).sum()
}

/// How far up: by weight, then by age, then by amount.
type Place = (bool, i128, i64, Money);

/// Where one customer stands; nowhere when nothing is overdue and nobody wanted to look again.
fn judge(row: DeskRow, today: NaiveDate) -> Result<Option<(Place, Ranked)>, MoneyError> {
    let (mut asked, mut waiting, mut disputed) = (Vec::new(), Vec::new(), Money::ZERO);
    for invoice in &row.invoices {
        let overdue: Vec<_> = invoice.overdue(today).collect();
        if overdue.is_empty() {
            continue;
        }
        if invoice.disputed {
            disputed = disputed.plus(Money::sum(overdue.iter().map(|(_, open)| *open))?)?;
        } else if let Some(reason) = row.waits_with(invoice, today) {
            waiting.push(reason);
        } else {
            asked.extend(overdue);
        }
    }
    let follow_up = row.follow_up_on.filter(|on| *on <= today);
    let overdue = row.overdue(today)?;
    if !overdue.is_positive() && follow_up.is_none() {
        return Ok(None);
    }
    let amount = Money::sum(asked.iter().map(|(_, open)| *open))?;
    let days = |dues: &[(NaiveDate, Money)]| oldest_of(dues.iter().copied(), today);
    let broken = row.broken(today);
    let times = broken.len();
    let mut reasons = Vec::new();
    reasons.extend(broken.iter().max_by_key(|one| one.promise.promised_on).map(|last| {
        Reason::PromiseBroken {
            amount: last.promise.amount,
            came_in: last.came_in,
            promised_on: last.promise.promised_on,
            times,
        }
    }));
    reasons.extend(row.returned_check_on.map(|on| Reason::CheckReturned { on }));
    reasons.extend(follow_up.map(|on| Reason::FollowUp { on }));
    if amount.is_positive() {
        reasons.push(Reason::Overdue { amount, days: days(&asked) });
    }
    if disputed.is_positive() {
        reasons.push(Reason::Disputed { amount: disputed });
    }
    let waits_for = row.waits_for(today);
    let now = waits_for.is_empty() && (amount.is_positive() || follow_up.is_some());
    reasons.extend(waits_for);
    for reason in waiting {
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    let counted =
        if now { asked } else { row.invoices.iter().flat_map(|invoice| invoice.overdue(today)).collect() };
    let held_against = i128::try_from(times.min(MOST_HELD_AGAINST)).unwrap_or(0);
    let score = weight(&counted, today).saturating_mul(held_against + 1);
    let place = (now, score, days(&counted), if now { amount } else { overdue });
    let turn = if now { Turn::Today } else { Turn::Later };
    Ok(Some((place, Ranked { row, reasons, turn })))
}

/// The customers in the order in which they are worked on: those to contact today, then those that wait. Whoever owes
/// nothing overdue, and whom nobody wanted to look at again, is left out.
///
/// # Errors
/// [`MoneyError`] when a sum does not fit.
pub fn rank(rows: Vec<DeskRow>, today: NaiveDate) -> Result<Vec<Ranked>, MoneyError> {
    let placed = rows.into_iter().map(|row| judge(row, today));
    let mut placed: Vec<(Place, Ranked)> =
        placed.filter_map(Result::transpose).collect::<Result<_, MoneyError>>()?;
    placed.sort_by(|(place, one), (other_place, other)| {
        let last = |ranked: &Ranked| (ranked.row.customer.name.clone(), ranked.row.customer.id);
        (Reverse(place), last(one)).cmp(&(Reverse(other_place), last(other)))
    });
    Ok(placed.into_iter().map(|(_, ranked)| ranked).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{CustomerId, PersonId, PromiseId, StoreId};
    use crate::receivable::collect::Promise;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    const TODAY: &str = "2026-06-30";

    fn owes(number: u128, dues: &[(&str, &str)]) -> DeskRow {
        let invoice = |(at, (due_on, open)): (usize, &(&str, &str))| DeskInvoice {
            id: InvoiceId(Uuid::from_u128(number * 100 + at as u128)),
            number: format!("S1-INV-{:05}", number * 100 + at as u128),
            dues: vec![(day(due_on), open.parse().unwrap())],
            disputed: false,
            paused_until: None,
        };
        let id = CustomerId(Uuid::from_u128(number));
        DeskRow {
            customer: NamedCustomer { id, number: format!("C-{number}"), name: format!("Person {number}") },
            phone: None,
            vip: false,
            invoices: dues.iter().enumerate().map(invoice).collect(),
            promises: Vec::new(),
            paused_until: None,
            follow_up_on: None,
            last_contact: None,
            hold: None,
            returned_check_on: None,
            collector: Assigned::default(),
        }
    }

    fn promise(invoice: Option<InvoiceId>, by: &str, came_in: &str) -> PromiseStanding {
        let promise = Promise {
            id: PromiseId(Uuid::from_u128(7)),
            customer_id: CustomerId(Uuid::from_u128(1)),
            store_id: StoreId(Uuid::nil()),
            invoice_id: invoice,
            person_id: PersonId(Uuid::nil()),
            amount: "100".parse().unwrap(),
            made_on: day("2026-05-01"),
            promised_on: day(by),
        };
        PromiseStanding { promise, came_in: came_in.parse().unwrap(), still_owed: true, ended: false }
    }

    fn told(rows: Vec<DeskRow>) -> Vec<(String, Turn, Vec<String>)> {
        let word = |reason: &Reason| match reason {
            Reason::PromiseBroken { times, .. } => format!("broken {times}"),
            Reason::CheckReturned { .. } => "check".to_owned(),
            Reason::FollowUp { .. } => "look again".to_owned(),
            Reason::Overdue { amount, days } => format!("{amount} for {days}"),
            Reason::Disputed { amount } => format!("disputed {amount}"),
            Reason::Paused { until } => format!("paused {until}"),
            Reason::OnHold { why } => format!("hold {why}"),
            Reason::Promised { amount, by } => format!("promised {amount} {by}"),
            Reason::LooksAgain { on } => format!("later {on}"),
        };
        let ranked = rank(rows, day(TODAY)).unwrap();
        ranked
            .into_iter()
            .map(|one| (one.row.customer.number, one.turn, one.reasons.iter().map(word).collect()))
            .collect()
    }

    fn one(row: DeskRow) -> (Turn, Vec<String>) {
        let (_, turn, reasons) = told(vec![row]).remove(0);
        (turn, reasons)
    }

    fn line(turn: Turn, reasons: &[&str]) -> (Turn, Vec<String>) {
        (turn, reasons.iter().map(|reason| (*reason).to_owned()).collect())
    }

    #[test]
    fn why_a_customer_is_contacted_or_left_in_peace() {
        use Turn::{Later, Today};
        let late = || owes(1, &[("2026-05-31", "400"), ("2026-07-15", "600")]);
        let first = late().invoices[0].id;
        assert_eq!(one(late()), line(Today, &["400.00 for 30"]));
        assert!(told(vec![owes(1, &[("2026-06-30", "400")])]).is_empty());
        let overdue_for = |row: DeskRow| row.days_overdue(day(TODAY));
        assert_eq!((overdue_for(late()), overdue_for(owes(1, &[("2026-06-30", "400")]))), (30, 0));
        let again = DeskRow { follow_up_on: Some(day(TODAY)), ..owes(1, &[("2026-07-15", "600")]) };
        assert_eq!(one(again), line(Today, &["look again"]));
        let later = DeskRow { follow_up_on: Some(day("2026-07-01")), ..late() };
        assert_eq!(one(later), line(Later, &["400.00 for 30", "later 2026-07-01"]));
        let broken = DeskRow { promises: vec![promise(None, "2026-06-29", "99.99")], ..late() };
        assert_eq!(one(broken), line(Today, &["broken 1", "400.00 for 30"]));
        let open = DeskRow { promises: vec![promise(None, TODAY, "99.99")], ..late() };
        assert_eq!(one(open), line(Later, &["400.00 for 30", "promised 100.00 2026-06-30"]));
        let kept = DeskRow { promises: vec![promise(None, "2026-07-10", "100")], ..late() };
        assert_eq!(one(kept), line(Today, &["400.00 for 30"]));
        let of_one = DeskRow { promises: vec![promise(Some(first), "2026-07-10", "0")], ..late() };
        assert_eq!(one(of_one), line(Later, &["promised 100.00 2026-07-10"]));
        let paused = DeskRow { paused_until: Some(day(TODAY)), follow_up_on: Some(day(TODAY)), ..late() };
        assert_eq!(one(paused), line(Later, &["look again", "400.00 for 30", "paused 2026-06-30"]));
        let over = DeskRow { paused_until: Some(day("2026-06-29")), ..late() };
        assert_eq!(one(over), line(Today, &["400.00 for 30"]));
        let held = DeskRow { hold: Some("with the lawyer".into()), ..late() };
        assert_eq!(one(held), line(Later, &["400.00 for 30", "hold with the lawyer"]));
        let check = DeskRow { returned_check_on: Some(day("2026-06-20")), ..late() };
        assert_eq!(one(check), line(Today, &["check", "400.00 for 30"]));
        let mut disputed = late();
        disputed.invoices[0].disputed = true;
        assert_eq!(one(disputed), line(Later, &["disputed 400.00"]));
        let mut one_paused = owes(1, &[("2026-05-31", "400"), ("2026-06-15", "50")]);
        one_paused.invoices[0].paused_until = Some(day("2026-07-31"));
        assert_eq!(one(one_paused), line(Today, &["50.00 for 15", "paused 2026-07-31"]));
    }

    #[test]
    fn amount_age_and_broken_promises_rank() {
        let rows = vec![
            owes(1, &[("2026-06-15", "1,000")]),
            // Five columns: 250 counts as 1,250.
            owes(2, &[("2026-01-15", "250")]),
            // 700 counts twice for one broken promise.
            DeskRow { promises: vec![promise(None, "2026-06-01", "0")], ..owes(3, &[("2026-06-15", "700")]) },
            DeskRow { hold: Some("x".into()), ..owes(4, &[("2026-01-15", "90,000")]) },
            owes(5, &[("2026-06-14", "1,000")]),
        ];
        let order: Vec<_> = told(rows).into_iter().map(|(number, ..)| number).collect();
        assert_eq!(order, ["C-3", "C-2", "C-5", "C-1", "C-4"]);
    }

    fn any_row(number: u128) -> impl Strategy<Value = DeskRow> {
        let dues = prop::collection::vec((-40_i64..200, 1_i64..900_000, any::<bool>()), 1..4);
        let waits = (0_u8..6, -3_i64..4, 0_usize..5);
        (dues, waits).prop_map(move |(dues, (kind, in_days, broken))| {
            let from_today = |days: i64| day(TODAY) + chrono::Duration::days(days);
            let mut row = owes(number, &[]);
            row.invoices = (0_u128..)
                .zip(dues)
                .map(|(at, (days, open, disputed))| DeskInvoice {
                    id: InvoiceId(Uuid::from_u128(number * 100 + at)),
                    number: String::new(),
                    dues: vec![(from_today(-days), Money::from_minor(open))],
                    disputed,
                    paused_until: None,
                })
                .collect();
            match kind {
                0 => row.paused_until = Some(from_today(in_days)),
                1 => row.follow_up_on = Some(from_today(in_days)),
                2 => row.hold = Some("held".into()),
                _ => {}
            }
            row.promises = (0..broken).map(|_| promise(None, "2026-06-01", "0")).collect();
            row
        })
    }

    fn at(ranked: &[Ranked], number: u128) -> Option<usize> {
        ranked.iter().position(|one| one.row.customer.id.0.as_u128() == number)
    }

    proptest! {
        #[test]
        fn more_or_older_never_ranks_lower(row in any_row(1), others in prop::collection::vec((2_u128..9).prop_flat_map(any_row), 0..6), more in 0_i64..500_000, days in 0_i64..100) {
            let today = day(TODAY);
            let before = rank(std::iter::once(row.clone()).chain(others.clone()).collect(), today).unwrap();
            let mut worse = row;
            for due in worse.invoices.iter_mut().flat_map(|invoice| &mut invoice.dues) {
                *due = (due.0 - chrono::Duration::days(days), due.1.plus(Money::from_minor(more)).unwrap());
            }
            let after = rank(std::iter::once(worse).chain(others).collect(), today).unwrap();
            if let Some(was) = at(&before, 1) {
                prop_assert!(at(&after, 1).unwrap() <= was);
            }
        }

        #[test]
        fn whoever_waits_is_never_contacted_today_and_stands_last(rows in prop::collection::vec((1_u128..30).prop_flat_map(any_row), 0..12)) {
            let today = day(TODAY);
            let ranked = rank(rows, today).unwrap();
            prop_assert!(ranked.windows(2).all(|pair| pair[0].turn <= pair[1].turn));
            for one in &ranked {
                let waits = one.row.paused_until.is_some_and(|until| until >= today)
                    || one.row.hold.is_some()
                    || one.row.follow_up_on.is_some_and(|on| on > today);
                prop_assert!(!waits || one.turn == Turn::Later);
                prop_assert!(!one.reasons.is_empty());
                prop_assert!(one.to_collect() <= one.row.overdue(today).unwrap());
            }
        }
    }
}
