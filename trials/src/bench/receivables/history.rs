//! Years of invoices and payments, decided by the rules of the program one after the other, as they would have been day
//! by day. The same each time.

use super::office::Office;
use super::people::People;
use super::rows::{Fate, Rows};
use anyhow::{Context, Result};
use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};
use domain::ids::{CommandId, EventId, Ids, StoreId};
use domain::moment::Moment;
use domain::money::Money;
use domain::receivable::{
    AccountDone, AccountStanding, ApplyTo, ChargeBy, Invoice, InvoiceSnapshot, IssueInvoice, OpenReceivable,
    PaymentSnapshot, TakePayment, TypedInvoice, TypedInvoiceLine, spread,
};
use domain::sale::Tender;
use domain::series::{SeriesKind, account_payment_number, invoice_number};
use domain::settings::StoreConfig;
use fastrand::Rng;
use sqlx::types::Uuid;
use std::collections::BTreeMap;
use std::mem;

/// How much of everything.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    pub customers: usize,
    pub invoices: usize,
    /// Of these, so many are of the first customer and stay open.
    pub of_one: usize,
    pub days: usize,
}

/// Events that are written together.
const PORTION: usize = 20_000;
/// Repairs: labor.
const INCOME: &str = "4030";

/// An invoice that will be paid.
#[derive(Debug)]
struct Expected {
    customer: usize,
    amount: Money,
    dues: Vec<OpenReceivable>,
}

/// What a customer does about an invoice: nothing, or so much on a day.
type Intention = Option<(usize, NaiveDate, Money)>;

/// Years in the making.
#[derive(Debug)]
pub struct History<'o> {
    office: &'o Office,
    size: Size,
    rng: Rng,
    people: People,
    /// By day, from the first.
    expected: Vec<Vec<Expected>>,
    numbers: BTreeMap<(SeriesKind, StoreId), i64>,
    day: NaiveDate,
    /// Commands of the day so far.
    commands: i64,
    rows: Rows,
}

impl<'o> History<'o> {
    /// Years that end yesterday.
    pub fn new(office: &'o Office, today: NaiveDate, size: Size) -> Result<Self> {
        let first = today.checked_sub_days(Days::new(size.days as u64)).context("too long ago")?;
        Ok(Self {
            office,
            size,
            rng: Rng::with_seed(11),
            people: People::new(first),
            expected: (0..size.days).map(|_| Vec::new()).collect(),
            numbers: BTreeMap::new(),
            day: first,
            commands: 0,
            rows: Rows::default(),
        })
    }

    /// Hands out portions in the order in which they can be written.
    pub fn tell(mut self, mut portion: impl FnMut(Rows) -> Result<()>) -> Result<People> {
        let Size { customers, invoices, days, .. } = self.size;
        let mut issued = 0;
        for at in 0..days {
            while at == 0 && self.people.count() < customers {
                let command = self.command();
                self.people.meet(self.office, command, &mut self.rows)?;
                self.hand_over(PORTION, &mut portion)?;
            }
            while issued < invoices * (at + 1) / days {
                self.issue(issued, at)?;
                issued += 1;
            }
            let expected = self.expected.get_mut(at).map(mem::take).unwrap_or_default();
            for one in &expected {
                self.pay(one)?;
            }
            self.hand_over(PORTION, &mut portion)?;
            self.day = self.day.succ_opt().context("the last day")?;
            self.commands = 0;
        }
        self.count_on();
        self.hand_over(0, &mut portion)?;
        Ok(self.people)
    }

    fn hand_over(&mut self, least: usize, portion: &mut impl FnMut(Rows) -> Result<()>) -> Result<()> {
        if self.rows.events.len() < least { Ok(()) } else { portion(mem::take(&mut self.rows)) }
    }

    /// The next command of the day. All of them fit between nine and six in the stores' time.
    fn command(&mut self) -> (CommandId, Moment) {
        let nine = self.day.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(15);
        let at = nine + TimeDelta::milliseconds(self.commands * 150);
        self.commands += 1;
        let mut random = [0; 10];
        self.rng.fill(&mut random);
        let id = CommandId::from_parts(u64::try_from(at.timestamp_millis()).unwrap_or(0), &random);
        (id, Moment::new(at, self.day))
    }

    fn number(&mut self, kind: SeriesKind, store: &StoreConfig) -> String {
        let next = self.numbers.entry((kind, store.store.id)).or_insert(0);
        *next += 1;
        let written = if kind == SeriesKind::Invoice { invoice_number } else { account_payment_number };
        written(&store.store.code, *next)
    }

    fn issue(&mut self, number: usize, at: usize) -> Result<()> {
        let Size { customers, invoices, of_one, .. } = self.size;
        let place = if number.is_multiple_of(invoices / of_one) { 0 } else { self.rng.usize(1..customers) };
        let (person, office) = (self.people.at(place)?, self.office);
        let store = office.store(place)?;
        let (command, moment) = self.command();
        let cents = self.rng.i64(2_000..400_000);
        let line = TypedInvoiceLine {
            description: "Resizing, setting and polish".to_owned(),
            amount: Money::from_minor(cents).to_string(),
            taxed: number.is_multiple_of(5),
            account: INCOME.to_owned(),
        };
        let cmd = IssueInvoice {
            command_id: command,
            store_id: store.store.id,
            customer_id: person.id,
            typed: TypedInvoice { lines: vec![line], ..TypedInvoice::default() },
            approvals: Vec::new(),
        };
        // What a customer owes is no reason here to refuse another invoice.
        let standing =
            AccountStanding { account: Some(person.account.clone()), ..AccountStanding::nothing(person.id) };
        let snapshot = InvoiceSnapshot {
            customer: (person.id, &person.name),
            standing: &standing,
            exemption: None,
            taxes: &office.taxes,
            accounts: &office.accounts,
            approvals: &[],
            hold_after_days: store.policy.receivables.hold_after_days,
            legal_entity: store.store.legal_entity_id,
            today: self.day,
        };
        let by = ChargeBy { actor: office.actor(), origin: &office.origin(place)? };
        let outcome = cmd.decide(&snapshot, &by, &moment, &mut Ids::new(command))?;
        let invoice = outcome.changes.invoices.first().context("no invoice")?;
        let (event, number) = (EventId(command.0), self.number(SeriesKind::Invoice, store));
        let dues = dues(invoice, &number, store);
        let intention = self.intend(place, at, invoice.amount)?;
        let fates = fates(&dues, intention)?;
        let done = AccountDone { event, document: invoice.id.0, number: number.clone() };
        self.rows.record(&outcome.record, &cmd, &done)?;
        self.rows.invoice(invoice, &number, event, fates.iter())?;
        if let Some((day, _, amount)) = intention
            && let Some(expected) = self.expected.get_mut(day)
        {
            expected.push(Expected { customer: place, amount, dues });
        }
        Ok(())
    }

    /// One in eighteen never pays. The others do within two months; one in fifty pays half, one in two hundred too much.
    fn intend(&mut self, customer: usize, at: usize, amount: Money) -> Result<Intention> {
        let (pays, after, how) = (self.rng.u32(0..18) > 0, self.rng.usize(1..60), self.rng.u32(0..200));
        let day = at + after;
        if customer == 0 || !pays || day >= self.size.days {
            return Ok(None);
        }
        let amount = match how {
            0..4 => Money::from_minor(amount.minor() / 2),
            4 => amount.plus(Money::from_minor(2_500))?,
            _ => amount,
        };
        let on = self.day.checked_add_days(Days::new(after as u64)).context("the last day")?;
        Ok(Some((day, on, amount)))
    }

    fn pay(&mut self, expected: &Expected) -> Result<()> {
        let (person, office) = (self.people.at(expected.customer)?, self.office);
        let store = office.store(expected.customer)?;
        let (command, moment) = self.command();
        let invoice = expected.dues.first().context("nothing is due")?.invoice_id;
        let kind = self.rng.choice(&office.means).context("no means of payment")?;
        let tender =
            Tender { kind: kind.code.clone(), amount: expected.amount, reference: "4711".to_owned() };
        let cmd = TakePayment {
            command_id: command,
            store_id: store.store.id,
            session_id: None,
            customer_id: person.id,
            amount: expected.amount.to_string(),
            tenders: vec![tender],
            apply: ApplyTo::Invoice(invoice),
            received_on: String::new(),
            note: String::new(),
        };
        let snapshot = PaymentSnapshot {
            customer: (person.id, &person.name),
            till: None,
            open: &expected.dues,
            tender_kinds: &office.means,
            rounding: store.policy.cash_rounding,
            legal_entity: store.store.legal_entity_id,
            today: self.day,
        };
        let origin = office.origin(expected.customer)?;
        let outcome = cmd.decide(&snapshot, &origin, &moment, &mut Ids::new(command))?;
        let credit = outcome.changes.credits.first().context("no payment")?;
        let (event, number) = (EventId(command.0), self.number(SeriesKind::AccountPayment, store));
        let applied = Money::sum(outcome.changes.applications.iter().map(|one| one.amount))?;
        let done = AccountDone { event, document: credit.id.0, number: number.clone() };
        self.rows.record(&outcome.record, &cmd, &done)?;
        self.rows.payment(credit, &number, event, credit.amount.minus(applied)?)?;
        self.rows.applications(&outcome.changes.applications, event);
        Ok(())
    }

    /// The numbers go on after those that were given.
    fn count_on(&mut self) {
        let customers = i64::try_from(self.people.count()).unwrap_or(i64::MAX);
        let book = (SeriesKind::Customer, self.office.config.organization.id.0, customers);
        let given = self.numbers.iter().map(|((kind, store), last)| (*kind, store.0, *last));
        let row = |(kind, owner, last): (SeriesKind, Uuid, i64)| {
            vec![kind.code().into(), owner.into(), (last + 1).into()]
        };
        self.rows.series.extend(given.chain([book]).map(row));
    }
}

/// The due dates of an invoice as a payment finds them.
fn dues(invoice: &Invoice, number: &str, store: &StoreConfig) -> Vec<OpenReceivable> {
    let due = |due: &domain::receivable::InvoiceDue| OpenReceivable {
        id: due.id,
        invoice_id: invoice.id,
        number: number.to_owned(),
        kind: due.kind,
        store_id: invoice.store_id,
        legal_entity_id: store.store.legal_entity_id,
        customer_id: invoice.customer_id,
        associate_id: invoice.associate_id,
        invoiced_on: invoice.invoiced_on,
        posted_on: invoice.posted_on,
        due_on: due.due_on,
        amount: due.amount,
        open: due.amount,
        touched_on: None,
        voided: false,
    };
    invoice.dues.iter().map(due).collect()
}

/// What the payment that somebody intends leaves of each due date.
fn fates(dues: &[OpenReceivable], intention: Intention) -> Result<Vec<Fate>> {
    let mut fates: Vec<Fate> = dues.iter().map(|due| (due.open, None)).collect();
    if let Some((_, on, amount)) = intention {
        for part in spread(amount, dues) {
            for (due, fate) in dues.iter().zip(&mut fates).filter(|(due, _)| due.id == part.of.id) {
                *fate = (due.open.minus(part.amount)?, Some(on));
            }
        }
    }
    Ok(fates)
}
