//! Goods that are alike, sold and taken back in parts.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use domain::ids::*;
use domain::item::*;
use domain::ledger::code;
use domain::money::Money;
use domain::person::Role;
use domain::sale::*;
use support::{actor, cents, command, item, moment, origin, snapshot, sums, tender};
use uuid::Uuid;

fn run(s: &Snapshot, cmd: &CompleteSale) -> Result<Outcome, Refusal> {
    complete(s, cmd, &actor(Role::Owner), &origin(), &moment(), &mut Ids::new(cmd.command_id))
}

/// A parcel of melee: 100 stones of 10.00 ct that cost 2,500.00, at 695.00 per carat.
fn melee() -> ItemInSale {
    let on_hand = Quantity { pieces: 100, milli: 10_000 };
    ItemInSale {
        lot: Some(Lot { unit: Unit::Carat, on_hand }),
        account: code::INVENTORY_STONES_AND_FINDINGS,
        ..item(20, "695", "2500")
    }
}

fn on(outcome: &Outcome, account: i32) -> String {
    let sums = sums(&outcome.record);
    sums.into_iter().find(|(code, _)| *code == account).map_or_else(|| "0.00".into(), |(_, sum)| sum)
}

#[test]
fn a_part_of_a_parcel_leaves_at_its_average_from_stones_and_findings() {
    let s = snapshot(vec![melee(), item(10, "5000", "2200")]);
    // 1.23 ct at 695.00 are 854.85; with the ring and 7 % tax 6,264.69.
    let mut cmd = command(&s, "6264.69", vec![tender("card", "6264.69")]);
    cmd.lines[0].quantity = Some(Quantity { pieces: 12, milli: 1_230 });
    let sold = run(&s, &cmd).unwrap();
    assert_eq!(on(&sold, 1260), "−307.50");
    assert_eq!(on(&sold, 1200), "−2,200.00");
    assert_eq!(on(&sold, 5000), "2,507.50");
    assert_eq!(on(&sold, 4000), "−5,854.85");
    let [step] = sold.record.lots.as_slice() else { panic!("one step of one lot") };
    assert_eq!((step.after, step.cost), (Quantity { pieces: 88, milli: 8_770 }, cents("-307.50")));
    assert_eq!(step.cost_after, cents("2,192.50"));
    assert_eq!(sold.record.moves.len(), 1, "the ring moves, the lot steps");
    assert_eq!(sold.sale.lines[0].portion.unwrap().to_string(), "12 pieces, 1.23 ct at 695.00 per carat");
}

#[test]
fn a_parcel_is_not_sold_below_zero_and_a_ring_not_in_parts() {
    let s = snapshot(vec![melee(), item(10, "5000", "2200")]);
    let refused = |at: usize, quantity: Option<Quantity>| {
        let mut cmd = command(&s, "0", Vec::new());
        cmd.lines[0].quantity = Some(Quantity { pieces: 1, milli: 100 });
        cmd.lines[at].quantity = quantity;
        match run(&s, &cmd) {
            // The rest of the ticket would do.
            Err(Refusal::TotalChanged { now, .. }) => {
                let cmd = CompleteSale {
                    expected_total: now,
                    tenders: vec![tender("card", &now.to_string())],
                    ..cmd
                };
                run(&s, &cmd).unwrap_err().to_string()
            }
            other => other.unwrap_err().to_string(),
        }
    };
    let much = Quantity { pieces: 101, milli: 9_000 };
    assert_eq!(refused(0, Some(much)), "P20: there is 100 pieces, 10.00 ct left, not 101 pieces, 9.00 ct");
    let heavy = Quantity { pieces: 99, milli: 10_001 };
    assert!(refused(0, Some(heavy)).contains("10.00 ct left, not 99 pieces, 10.001 ct"));
    assert!(refused(0, None).starts_with("P20: say how much: a count and a weight"));
    assert_eq!(refused(1, Some(Quantity::ONE)), "P10 is sold as a whole, not in parts");
}

/// Seven of a lot sold at 10.01 each less ten percent, of which some came back.
fn sold_seven(came_back: i64) -> SoldLine {
    let quantity = Quantity::pieces(7);
    let lot = Lot { unit: Unit::Piece, on_hand: Quantity::pieces(3) };
    let item_id = ItemId(Uuid::from_u128(30));
    let jurisdiction_id = JurisdictionId(Uuid::from_u128(5));
    let (net, tax) = (cents("63.06"), cents("4.41"));
    let part =
        domain::tax::TaxPart { jurisdiction_id, rate: domain::rate::Rate::from_ppm(70_000), base: net, tax };
    SoldLine {
        line_id: SaleLineId(Uuid::from_u128(300)),
        sale_id: SaleId(Uuid::from_u128(900)),
        number: "S1-T1-000007".into(),
        store_id: support::store(),
        customer_id: None,
        sold_on: "2026-02-20".parse().unwrap(),
        voided: false,
        item_id,
        tag: "L30".into(),
        description: "Ear backs".into(),
        net,
        tax: domain::tax::LineTax { parts: vec![part] },
        tax_total: tax,
        cost: cents("20.00"),
        sellers: Vec::new(),
        returned_on: (came_back > 0).then(|| "S1-T1-000008".into()),
        portion: Some(Portion { unit: Unit::Piece, quantity, unit_price: cents("10.01") }),
        came_back: Quantity::pieces(came_back),
        lot: Some(LotNow { item: item_id, version: 4, lot, cost: cents("9.00") }),
        inventory: code::INVENTORY_SHOWCASE,
        gift: false,
        status: ItemStatus::InStock,
        version: 4,
    }
}

fn take_back(line: &SoldLine, quantity: Option<i64>) -> Result<Outcome, Refusal> {
    let mut s = snapshot(Vec::new());
    s.drawer = cents("1000");
    s.refundable = vec![Refundable { kind: s.tender_kinds[0].clone(), left: cents("1000") }];
    s.sold = vec![line.clone()];
    let mut cmd = command(&s, "0", Vec::new());
    cmd.returns = vec![ReturnLine {
        line_id: line.line_id,
        condition: Condition::AsNew,
        proof: Proof::Receipt,
        fee: Money::ZERO,
        quantity: quantity.map(Quantity::pieces),
    }];
    let total = match run(&s, &cmd) {
        Err(Refusal::TotalChanged { now, .. }) => now,
        other => return other,
    };
    cmd.expected_total = total;
    cmd.tenders = vec![tender("cash", &total.negated().unwrap().to_string())];
    run(&s, &cmd)
}

#[test]
fn parts_come_back_and_the_last_takes_the_remainder() {
    let back = |came_back, quantity| {
        let outcome = take_back(&sold_seven(came_back), quantity).unwrap();
        let line = &outcome.sale.returned[0];
        let step = &outcome.record.lots[0];
        assert_eq!(step.cost, line.cost);
        assert_eq!(on(&outcome, 1200), line.cost.to_string());
        [line.net, line.tax_total, line.cost].map(|amount| amount.to_string())
    };
    // 63.06, 4.41 and 20.00 over seven: two, then four, then the last one.
    assert_eq!(back(0, Some(2)), ["18.02", "1.26", "5.71"]);
    assert_eq!(back(2, Some(4)), ["36.03", "2.52", "11.43"]);
    assert_eq!(back(6, None), ["9.01", "0.63", "2.86"]);
    assert_eq!(back(0, None), ["63.06", "4.41", "20.00"]);
}

#[test]
fn no_more_comes_back_than_was_sold() {
    let refused = |came_back, quantity| take_back(&sold_seven(came_back), quantity).unwrap_err().to_string();
    assert_eq!(refused(5, Some(3)), "L30: 2 pieces can still come back, not 3 pieces");
    assert_eq!(refused(7, None), "L30 came back already, on S1-T1-000008");
    assert!(refused(0, Some(0)).starts_with("L30: say how much"));
    assert!(refused(0, Some(-1)).starts_with("L30: say how much"));
}

#[test]
fn what_is_not_as_new_does_not_go_back_among_the_others() {
    let mut s = snapshot(Vec::new());
    s.sold = vec![sold_seven(0)];
    let mut cmd = command(&s, "0", Vec::new());
    cmd.returns = vec![ReturnLine {
        line_id: s.sold[0].line_id,
        condition: Condition::ToRepair,
        proof: Proof::Receipt,
        fee: Money::ZERO,
        quantity: None,
    }];
    assert_eq!(run(&s, &cmd).unwrap_err(), Refusal::Return(ReturnRefusal::OnlyAsNew("L30".into())));
}
