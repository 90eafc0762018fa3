use super::*;
use crate::ids::{OrganizationId, PersonId, RecurringId};
use crate::ledger::{EntryError, FiscalYear, standard_chart};
use crate::money::Money;
use crate::policy::StorePolicy;
use crate::settings::StoreConfig;
use crate::store::{Organization, Store};
use std::collections::BTreeSet;
use uuid::Uuid;

const HERE: StoreId = StoreId(Uuid::from_u128(1));
const THERE: StoreId = StoreId(Uuid::from_u128(2));
const ELSEWHERE: StoreId = StoreId(Uuid::from_u128(3));
const COMPANY: LegalEntityId = LegalEntityId(Uuid::from_u128(8));

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn config() -> Config {
    let store = |id: StoreId, legal_entity_id: LegalEntityId| StoreConfig {
        store: Store {
            id,
            legal_entity_id,
            code: "S".into(),
            name: "Main Street".into(),
            time_zone: "America/Chicago".into(),
            street: String::new(),
            city: String::new(),
            state: String::new(),
            postal_code: String::new(),
            phone: String::new(),
        },
        policy: StorePolicy::default(),
        tills: Vec::new(),
        jurisdictions: Vec::new(),
    };
    let other = LegalEntityId(Uuid::from_u128(9));
    Config {
        version: 1,
        organization: Organization {
            id: OrganizationId(Uuid::from_u128(7)),
            name: "Test Jewelers".into(),
            currency: "USD".into(),
            demo: false,
            fiscal_year: FiscalYear::default(),
        },
        stores: vec![store(HERE, COMPANY), store(THERE, COMPANY), store(ELSEWHERE, other)],
        tender_kinds: Vec::new(),
        jurisdictions: Vec::new(),
    }
}

/// Today is March 2; the books are locked through January.
fn with_standing<T>(decide: impl FnOnce(&Standing<'_>, &By, &mut Ids) -> T) -> T {
    let mut accounts = standard_chart().to_vec();
    accounts.iter_mut().find(|account| account.code.get() == 6070).unwrap().active = false;
    let locked_through = Some(day("2026-01-31"));
    let books = [BooksOf { legal_entity: COMPANY, name: "Test Jewelers".into(), locked_through }];
    let config = config();
    let standing = Standing { config: &config, accounts: &accounts, books: &books, today: day("2026-03-02") };
    let actor = PersonId(Uuid::from_u128(5));
    let origin = Origin { actor, store: ELSEWHERE, till: None, session: None, device: None };
    let by = By { origin, now: "2026-03-02T18:00:00Z".parse().unwrap() };
    decide(&standing, &by, &mut Ids::new(CommandId(Uuid::from_u128(77))))
}

fn line(account: &str, store: StoreId, debit: &str, credit: &str) -> TypedLine {
    TypedLine {
        account: account.into(),
        store: store.to_string(),
        debit: debit.into(),
        credit: credit.into(),
    }
}

fn rent() -> TypedEntry {
    TypedEntry {
        date: "2026-02-28".into(),
        memo: "Rent".into(),
        reverse_on: String::new(),
        lines: vec![
            line("6100", HERE, "1,000", ""),
            line("6100", THERE, "500", ""),
            line("1020", HERE, "", "1,500.00"),
            TypedLine { store: HERE.to_string(), ..TypedLine::default() },
        ],
    }
}

fn post(typed: TypedEntry) -> Result<Posting, ManualRefusal> {
    let cmd = PostEntry { command_id: CommandId(Uuid::from_u128(77)), typed, files: Vec::new() };
    with_standing(|standing, by, ids| cmd.decide(standing, &[], by, ids))
}

fn complaints(refused: ManualRefusal) -> Vec<(String, String)> {
    let ManualRefusal::Fields(fields) = refused else { panic!("{refused:?}") };
    fields.into_iter().map(|error| (error.field, error.message)).collect()
}

fn wrong(typed: TypedEntry) -> (String, String) {
    complaints(post(typed).map(|_| ()).unwrap_err()).remove(0)
}

fn wrong_line(change: impl FnOnce(&mut TypedLine)) -> (String, String) {
    let mut typed = rent();
    change(&mut typed.lines[0]);
    wrong(typed)
}

fn entry(posting: &Posting, at: usize) -> &crate::ledger::Entry {
    posting.record.entries[at].entry()
}

#[test]
fn an_entry_keeps_its_day_and_when_it_was_recorded() {
    let posting = post(rent()).unwrap();
    let header = &entry(&posting, 0).header;
    assert_eq!(header.moment.business_date, day("2026-02-28"));
    assert_eq!(header.moment.recorded_at.to_rfc3339(), "2026-03-02T18:00:00+00:00");
    assert_eq!((header.store, posting.record.event.origin.store), (HERE, HERE));
    assert_eq!((posting.legal_entity, posting.record.entries.len()), (COMPANY, 1));
    let stores: Vec<_> = entry(&posting, 0).lines.iter().map(|line| line.store).collect();
    assert_eq!(stores, [HERE, THERE, HERE], "a row that nobody typed into is no line");
    assert_eq!(rent().stores(), [HERE, THERE]);
}

#[test]
fn what_does_not_balance_is_told_by_how_much() {
    let (field, message) = wrong_line(|line| line.debit = "1,010.00".into());
    assert_eq!((field.as_str(), message.as_str()), ("lines", "the debits are above the credits by 10.00"));
    let (_, message) = wrong_line(|line| line.debit = "990".into());
    assert_eq!(message, "the credits are above the debits by 10.00");
    let mut typed = rent();
    typed.lines.truncate(1);
    assert_eq!(wrong(typed).1, "an entry has at least two lines");
    assert_eq!(wrong(TypedEntry { lines: Vec::new(), ..rent() }).1, "an entry has at least two lines");
}

#[test]
fn a_line_is_wrong_in_its_field() {
    let field = |change: fn(&mut TypedLine)| wrong_line(change).0;
    assert_eq!(field(|line| line.account = "1200".into()), "lines.0.account", "control");
    assert_eq!(field(|line| line.account = "6070".into()), "lines.0.account", "closed");
    assert_eq!(field(|line| line.account = "9999".into()), "lines.0.account");
    assert_eq!(field(|line| line.account = String::new()), "lines.0.account");
    assert_eq!(field(|line| line.store = "here".into()), "lines.0.store");
    assert_eq!(field(|line| line.credit = "1".into()), "lines.0.credit");
    assert_eq!(field(|line| line.debit = "0".into()), "lines.0.debit");
    assert_eq!(field(|line| line.debit = "-5".into()), "lines.0.debit");
    assert_eq!(field(|line| line.debit = "1.005".into()), "lines.0.debit");
    assert_eq!(field(|line| line.store = ELSEWHERE.to_string()), "lines", "another company");
}

#[test]
fn no_entry_in_a_locked_period_or_in_the_future() {
    let on = |date: &str| wrong(TypedEntry { date: date.into(), ..rent() }).1;
    assert_eq!(on("2026-03-03"), "this day is still to come");
    assert!(on("2026-01-31").starts_with("the books are locked through 2026-01-31"));
    assert_eq!(on("soon"), "enter a date");
    assert!(post(TypedEntry { date: "2026-02-01".into(), ..rent() }).is_ok());
    assert_eq!(wrong(TypedEntry { memo: " ".into(), ..rent() }).0, "memo");
}

#[test]
fn an_accrual_comes_with_its_reversal() {
    let on = |date: &str| TypedEntry { reverse_on: date.into(), ..rent() };
    let posting = post(on("2026-04-01")).unwrap();
    let undone = entry(&posting, 1);
    assert_eq!(undone.header.reverses, Some(entry(&posting, 0).header.id));
    assert_eq!(undone.header.moment.business_date, day("2026-04-01"));
    assert_eq!(undone.header.narrative, "Reversal: Rent");
    assert!(post(on("2026-02-28")).is_ok(), "on the day itself");
    assert_eq!(wrong(on("2026-02-27")).0, "reverse_on");
    assert_eq!(wrong(on("2027-03-02")).0, "reverse_on");
}

#[test]
fn an_entry_by_hand_is_reversed_once() {
    let original = |by_hand: bool, reversed: bool| Original {
        entry: entry(&post(rent()).unwrap(), 0).clone(),
        by_hand,
        reversed,
    };
    let reverse = |original: &Original, date: &str, reason: &str| {
        let cmd = ReverseEntry {
            command_id: CommandId(Uuid::from_u128(78)),
            entry: original.entry.header.id,
            date: date.into(),
            reason: reason.into(),
        };
        with_standing(|standing, by, ids| cmd.decide(original, standing, by, ids))
    };
    let undone = reverse(&original(true, false), "", "typed twice").unwrap();
    assert_eq!(entry(&undone, 0).header.moment.business_date, day("2026-03-02"));
    assert_eq!(undone.record.event.summary, "Rent: typed twice");
    assert_eq!(undone.record.event.kind, EventKind::EntryReversed);
    let no = |original: &Original| reverse(original, "", "typed twice").map(|_| ()).unwrap_err();
    assert_eq!(no(&original(false, false)), ManualRefusal::NotByHand);
    assert_eq!(no(&original(true, true)), ManualRefusal::Reversed);
    let reversal = Original { entry: entry(&undone, 0).clone(), by_hand: true, reversed: false };
    assert_eq!(no(&reversal), ManualRefusal::IsReversal);
    let fields = |date: &str, reason: &str| {
        complaints(reverse(&original(true, false), date, reason).map(|_| ()).unwrap_err()).remove(0).0
    };
    assert_eq!(fields("2026-02-27", "typed twice"), "date");
    assert_eq!(fields("2026-03-03", "typed twice"), "date");
    assert_eq!(fields("", ""), "reason");
}

fn monthly(typed: &TypedRecurring) -> Result<Recurring, Vec<FieldError>> {
    with_standing(|standing, _, _| typed.check(standing, RecurringId(Uuid::from_u128(4)), 1))
}

fn lease() -> TypedRecurring {
    TypedRecurring {
        memo: "Lease".into(),
        day: "31".into(),
        from: "2026-01-15".into(),
        to: "2026-06-30".into(),
        active: true,
        lines: rent().lines,
    }
}

#[test]
fn a_month_without_the_day_has_it_on_its_last() {
    let lease = monthly(&lease()).unwrap();
    let due = |posted: &[&str], today: &str| {
        let posted: BTreeSet<_> = posted.iter().map(|month| day(month)).collect();
        lease.due(&posted, day(today)).iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(due(&[], "2026-03-31"), ["2026-01-31", "2026-02-28", "2026-03-31"]);
    assert_eq!(due(&["2026-02-01"], "2026-03-30"), ["2026-01-31"]);
    assert_eq!(due(&[], "2026-08-31").last().map(String::as_str), Some("2026-06-30"));
    assert_eq!(lease.in_month(day("2025-12-01")), None);
    assert_eq!(monthly(&TypedRecurring::from(&lease)).unwrap(), lease, "what is shown reads back the same");
}

#[test]
fn what_is_due_is_posted_once() {
    let lease = monthly(&lease()).unwrap();
    let post = |recurring: &Recurring, month: &str, posted: &[&str]| {
        let cmd = PostDue {
            command_id: CommandId(Uuid::from_u128(77)),
            recurring_id: recurring.id,
            month: day(month),
        };
        let posted: BTreeSet<_> = posted.iter().map(|month| day(month)).collect();
        with_standing(|standing, by, ids| cmd.decide(recurring, &posted, standing, by, ids))
            .map(|posting| entry(&posting, 0).header.moment.business_date)
    };
    assert_eq!(post(&lease, "2026-02-17", &[]).unwrap(), day("2026-02-28"));
    let no = |month: &str, posted: &[&str]| post(&lease, month, posted).unwrap_err().to_string();
    assert_eq!(no("2026-02-01", &["2026-02-01"]), "2026-02-28 was posted already");
    assert_eq!(no("2026-03-01", &[]), "2026-03-31 is not due");
    assert!(no("2026-01-01", &[]).contains("locked through 2026-01-31"));
    let stopped = Recurring { active: false, ..lease.clone() };
    assert!(post(&stopped, "2026-02-01", &[]).is_err());
    assert!(stopped.due(&BTreeSet::new(), day("2026-03-31")).is_empty());
}

#[test]
fn a_recurring_entry_is_wrong_in_its_field() {
    let wrong = |change: fn(&mut TypedRecurring)| {
        let mut typed = lease();
        change(&mut typed);
        monthly(&typed).unwrap_err().remove(0).field
    };
    assert_eq!(wrong(|typed| typed.day = "32".into()), "day");
    assert_eq!(wrong(|typed| typed.from = String::new()), "from");
    assert_eq!(wrong(|typed| typed.to = "2026-01-01".into()), "to");
    assert_eq!(wrong(|typed| typed.lines.clear()), "lines");
    assert_eq!(wrong(|typed| typed.memo.clear()), "memo");
}

#[test]
fn nothing_unbalanced_gets_around_the_checks() {
    let lines =
        [ManualLine { account: crate::ledger::code::BANK, store: HERE, amount: Money::from_minor(1) }];
    let refused = with_standing(|_, by, ids| {
        posted(CommandId(Uuid::nil()), COMPANY, &lines, day("2026-02-28"), "Rent", by, ids).map(|_| ())
    });
    assert_eq!(refused, Err(ManualRefusal::No(EntryError::TooFewLines.to_string())));
}
