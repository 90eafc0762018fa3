//! Card payments and what arrived at the bank for them, with the amounts of the rule book.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use chrono::NaiveDate;
use domain::event::Origin;
use domain::ids::*;
use domain::moment::Moment;
use domain::money::Money;
use domain::settlement::*;
use proptest::prelude::*;
use std::collections::BTreeMap;
use uuid::Uuid;

fn cents(text: &str) -> Money {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn store() -> StoreId {
    StoreId(Uuid::from_u128(1))
}

fn moment() -> Moment {
    Moment::new("2026-03-02T12:00:00Z".parse().unwrap(), day("2026-03-02"))
}

fn origin() -> Origin {
    Origin { actor: PersonId(Uuid::from_u128(2)), store: store(), till: None, session: None, device: None }
}

fn slip(number: u128, amount: Money) -> CardSlip {
    let key = SlipKey { event: EventId(Uuid::from_u128(number)), position: 0 };
    CardSlip { key, store_id: store(), waiting: amount }
}

fn settle(slips: &[CardSlip], arrived: &str) -> Result<SettlementOutcome, SettlementRefusal> {
    let command_id = CommandId::from_parts(1_700_000_000_000, &[7; 10]);
    let typed = TypedSettlement { arrived: arrived.into(), ..TypedSettlement::default() };
    let cmd = SettleCards {
        command_id,
        store_id: store(),
        slips: slips.iter().map(|slip| slip.key).collect(),
        typed,
    };
    let place = (LegalEntityId(Uuid::from_u128(3)), day("2026-03-03"));
    cmd.decide(slips, place, &origin(), &moment(), &mut Ids::new(command_id))
}

fn posted(done: &SettlementOutcome) -> BTreeMap<i32, String> {
    let mut sums: BTreeMap<i32, Money> = BTreeMap::new();
    for line in done.record.entries.iter().flat_map(|entry| &entry.entry().lines) {
        let sum = sums.entry(line.account.get()).or_default();
        *sum = sum.plus(line.amount).unwrap();
    }
    sums.into_iter().map(|(account, sum)| (account, sum.to_string())).collect()
}

fn rows(rows: &[(i32, &str)]) -> BTreeMap<i32, String> {
    rows.iter().map(|(account, amount)| (*account, (*amount).to_owned())).collect()
}

fn wrong(refused: SettlementRefusal) -> (String, String) {
    let SettlementRefusal::Fields(fields) = refused else { panic!("{refused:?}") };
    (fields[0].field.clone(), fields[0].message.clone())
}

#[test]
fn what_arrived_and_what_the_processor_kept() {
    // J54: 2.9 % and 0.30 of 5,350.00.
    let done = settle(&[slip(10, cents("5,350"))], "5,194.55").unwrap();
    assert_eq!(posted(&done), rows(&[(1020, "5,194.55"), (1030, "−5,350.00"), (6010, "155.45")]));
    let SettlementChange::Settled { batch, slips } = &done.change else { panic!("{:?}", done.change) };
    assert_eq!((batch.fee, batch.net().unwrap(), slips.len()), (cents("155.45"), cents("5,194.55"), 1));
    // The store day is still the one before; the bank already shows today.
    assert_eq!((batch.arrived_on, batch.settled_on), (day("2026-03-03"), day("2026-03-02")));
}

#[test]
fn more_went_back_than_came_in() {
    let slips = [slip(10, cents("50")), slip(11, cents("-150"))];
    let done = settle(&slips, "-101.50").unwrap();
    assert_eq!(posted(&done), rows(&[(1020, "−101.50"), (1030, "100.00"), (6010, "1.50")]));
    // A payment that was voided: nothing arrives, and nothing is posted.
    let nothing = settle(&[slip(10, cents("50")), slip(11, cents("-50"))], "0").unwrap();
    assert!(nothing.record.entries.is_empty());
}

#[test]
fn what_makes_no_sense_is_refused() {
    let one = [slip(10, cents("50"))];
    assert_eq!(wrong(settle(&[], "1").unwrap_err()).0, "slips");
    assert_eq!(wrong(settle(&one, "much").unwrap_err()).0, "arrived");
    let more = ("arrived".to_owned(), "that is more than the 50.00 that was paid".to_owned());
    assert_eq!(wrong(settle(&one, "50.01").unwrap_err()), more);
    let settled = CardSlip { waiting: Money::ZERO, ..one[0] };
    assert_eq!(settle(&[settled], "50").unwrap_err(), SettlementRefusal::NotWaiting);
    let elsewhere = CardSlip { store_id: StoreId(Uuid::from_u128(9)), ..one[0] };
    assert_eq!(settle(&[elsewhere], "50").unwrap_err(), SettlementRefusal::NotWaiting);
    let many: Vec<CardSlip> = (0..=MOST_SLIPS as u128).map(|n| slip(n, cents("1"))).collect();
    assert_eq!(wrong(settle(&many, "1").unwrap_err()).0, "slips");
}

proptest! {
    #[test]
    fn clearing_falls_by_what_was_paid_and_undoing_brings_it_back(
        amounts in prop::collection::vec(1_i64..1_000_000, 1..20),
        kept in 0_i64..1_000,
    ) {
        let slips: Vec<CardSlip> =
            (10..).zip(&amounts).map(|(n, minor)| slip(n, Money::from_minor(*minor))).collect();
        let gross: i64 = amounts.iter().sum();
        let fee = kept.min(gross);
        let done = settle(&slips, &Money::from_minor(gross - fee).to_string()).unwrap();
        let SettlementChange::Settled { batch, slips } = &done.change else { panic!() };
        prop_assert_eq!((batch.gross.minor(), batch.fee.minor()), (gross, fee));
        let entries: Vec<_> = done.record.entries.iter().map(|entry| entry.entry().clone()).collect();
        let command_id = CommandId::from_parts(1_700_000_000_001, &[7; 10]);
        let reason = "wrong".to_owned();
        let undo = UndoCardBatch { command_id, store_id: store(), batch_id: batch.id, reason };
        let back = undo
            .decide((batch, false), slips, &entries, &origin(), &moment(), &mut Ids::new(command_id))
            .unwrap();
        let SettlementChange::Undone { slips: again, .. } = &back.change else { panic!() };
        prop_assert!(slips.iter().zip(again).all(|(one, other)| one.1.minor() == -other.1.minor()));
        prop_assert_eq!(back.record.entries.len(), entries.len());
    }
}
