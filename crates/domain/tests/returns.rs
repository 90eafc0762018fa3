//! What comes back, with the amounts of the rule book.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use domain::approval::{Answer, Approval, ApprovalKind, NotApproved, lifetime};
use domain::ids::*;
use domain::item::{ItemStatus, Quantity};
use domain::ledger::code;
use domain::money::Money;
use domain::person::Role;
use domain::policy::CashRounding;
use domain::rate::Rate;
use domain::sale::*;
use domain::tax::{LineTax, TaxPart};
use proptest::prelude::*;
use support::*;
use uuid::Uuid;

/// A piece sold earlier for a net price, with 7 % tax.
fn sold(number: u128, net: &str, tax: &str, cost: &str) -> SoldLine {
    let jurisdiction_id = JurisdictionId(Uuid::from_u128(5));
    let tax = cents(tax);
    SoldLine {
        line_id: SaleLineId(Uuid::from_u128(number)),
        sale_id: SaleId(Uuid::from_u128(900)),
        number: "S1-T1-000007".into(),
        store_id: store(),
        customer_id: None,
        sold_on: "2026-02-20".parse().unwrap(),
        voided: false,
        item_id: ItemId(Uuid::from_u128(number)),
        tag: format!("P{number}"),
        description: "Ring".into(),
        net: cents(net),
        tax: LineTax {
            parts: vec![TaxPart { jurisdiction_id, rate: Rate::from_ppm(70_000), base: cents(net), tax }],
        },
        tax_total: tax,
        cost: cents(cost),
        sellers: Vec::new(),
        portion: None,
        came_back: Quantity::ZERO,
        lot: None,
        inventory: code::INVENTORY_SHOWCASE,
        returned_on: None,
        gift: false,
        status: ItemStatus::Sold,
        version: 2,
    }
}

fn back(line: &SoldLine, fee: &str) -> ReturnLine {
    ReturnLine {
        line_id: line.line_id,
        condition: Condition::AsNew,
        proof: Proof::Receipt,
        fee: cents(fee),
        quantity: None,
    }
}

/// Everything in `sold` comes back, paid for by the means named.
fn returning(sold: Vec<SoldLine>, paid: &[(&str, &str)]) -> Snapshot {
    let s = snapshot(Vec::new());
    let refundable = paid
        .iter()
        .map(|(code, left)| {
            let kind = s.tender_kinds.iter().find(|kind| kind.code == *code).unwrap().clone();
            Refundable { kind, left: cents(left) }
        })
        .collect();
    Snapshot { sold, refundable, ..s }
}

fn take_back(s: &Snapshot, fee: &str, total: &str, refunds: Vec<Tender>) -> CompleteSale {
    CompleteSale {
        returns: s.sold.iter().map(|line| back(line, fee)).collect(),
        ..command(s, total, refunds)
    }
}

#[test]
fn j37_full_refund_to_the_card() {
    let s = returning(vec![sold(10, "5,000", "350", "2,200")], &[("card", "5,350")]);
    posts(
        &s,
        &take_back(&s, "0", "-5,350", vec![tender("card", "5,350")]),
        &[(1030, "-5,350"), (1200, "2,200"), (2100, "350"), (4900, "5,000"), (5000, "-2,200")],
    );
}

#[test]
fn j38_return_with_a_restocking_fee_of_ten_percent() {
    let mut s = returning(vec![sold(10, "5,000", "350", "2,200")], &[("card", "5,350")]);
    s.policy.restocking_fee = Rate::from_ppm(100_000);
    posts(
        &s,
        &take_back(&s, "500", "-4,850", vec![tender("card", "4,850")]),
        &[
            (1030, "-4,850"),
            (1200, "2,200"),
            (2100, "350"),
            (4080, "-500"),
            (4900, "5,000"),
            (5000, "-2,200"),
        ],
    );
}

#[test]
fn j39_exchange_up() {
    let s = Snapshot {
        items: vec![item(11, "6,200", "2,700")],
        ..returning(vec![sold(10, "5,000", "350", "2,200")], &[])
    };
    posts(
        &s,
        &take_back(&s, "0", "1,284", vec![tender("card", "1,284")]),
        &[(1030, "1,284"), (1200, "-500"), (2100, "-84"), (4000, "-6,200"), (4900, "5,000"), (5000, "500")],
    );
}

#[test]
fn an_exchange_down_pays_the_rest_out_and_an_even_one_nothing() {
    let cheaper = item(11, "1,000", "400");
    let s = Snapshot {
        items: vec![cheaper],
        ..returning(vec![sold(10, "5,000", "350", "2,200")], &[("card", "5,350")])
    };
    assert!(run(&s, &take_back(&s, "0", "-4,280", vec![tender("card", "4,280")])).is_ok());
    let even = Snapshot { items: vec![item(11, "5,000", "400")], ..s };
    let outcome = run(&even, &take_back(&even, "0", "0", Vec::new())).unwrap();
    assert_eq!(outcome.sale.tenders, []);
}

#[test]
fn the_piece_goes_where_its_condition_sends_it() {
    for (condition, status) in [
        (Condition::AsNew, ItemStatus::InStock),
        (Condition::ToCheck, ItemStatus::Quarantine),
        (Condition::ToRepair, ItemStatus::AtBench),
    ] {
        let s = returning(vec![sold(10, "100", "7", "40")], &[("cash", "107")]);
        let mut cmd = take_back(&s, "0", "-107", vec![tender("cash", "107")]);
        cmd.returns[0].condition = condition;
        let outcome = run(&s, &cmd).unwrap();
        assert_eq!(outcome.record.moves[0].to(), status);
    }
}

#[test]
fn what_cannot_come_back_is_refused() {
    let ring = sold(10, "100", "7", "40");
    let refused = |line: SoldLine| {
        let s = returning(vec![line], &[("cash", "107")]);
        run(&s, &take_back(&s, "0", "-107", vec![tender("cash", "107")])).unwrap_err().to_string()
    };
    let elsewhere = StoreId(Uuid::from_u128(8));
    assert_eq!(
        refused(SoldLine { returned_on: Some("S1-T1-000009".into()), ..ring.clone() }),
        "P10 came back already, on S1-T1-000009"
    );
    assert!(refused(SoldLine { store_id: elsewhere, ..ring.clone() }).contains("another store"));
    assert!(refused(SoldLine { voided: true, ..ring.clone() }).contains("voided"));
    assert!(refused(SoldLine { status: ItemStatus::AtBench, ..ring.clone() }).contains("no longer with"));

    let s = returning(vec![ring.clone()], &[("cash", "107")]);
    let cash = || vec![tender("cash", "107")];
    let mut twice = take_back(&s, "0", "-214", cash());
    twice.returns.push(back(&ring, "0"));
    assert_eq!(run(&s, &twice).unwrap_err(), ReturnRefusal::Twice("P10".into()).into());
    let unknown = CompleteSale {
        returns: vec![back(&sold(99, "1", "0", "0"), "0")],
        ..take_back(&s, "0", "0", cash())
    };
    assert_eq!(run(&s, &unknown).unwrap_err(), ReturnRefusal::UnknownLine.into());
    for fee in ["-1", "100.01"] {
        assert!(
            matches!(run(&s, &take_back(&s, fee, "0", cash())), Err(Refusal::Return(_))),
            "a fee of {fee}"
        );
    }
}

#[test]
fn money_goes_back_the_way_it_came_newest_first() {
    let s = returning(vec![sold(10, "100", "7", "40")], &[("card", "50"), ("cash", "57")]);
    let pay =
        |refunds: Vec<Tender>| run(&s, &take_back(&s, "0", "-107", refunds)).map(|o| o.sale.tenders.len());
    assert_eq!(pay(vec![tender("card", "50"), tender("cash", "57")]), Ok(2));
    let refused = |refunds| pay(refunds).unwrap_err().to_string();
    assert_eq!(refused(vec![tender("card", "57"), tender("cash", "50")]), "card takes back at most 50.00");
    assert_eq!(refused(vec![tender("check", "107")]), "nothing of it was paid by “check”");
    assert_eq!(refused(vec![tender("card", "50")]), "57.00 is still to be paid out");
    assert_eq!(
        refused(vec![tender("card", "25"), tender("card", "25"), tender("cash", "57")]),
        "card is paid out twice"
    );

    let fee = returning(vec![sold(10, "100", "7", "40")], &[("card", "50"), ("cash", "57")]);
    let by_cash_first = take_back(&fee, "50", "-57", vec![tender("cash", "57")]);
    assert_eq!(run(&fee, &by_cash_first).unwrap_err(), TenderRefusal::NewestFirst.into());
    let manager = complete(
        &fee,
        &by_cash_first,
        &actor(Role::Manager),
        &origin(),
        &moment(),
        &mut Ids::new(command_id()),
    );
    assert!(manager.is_ok(), "a manager may choose otherwise: {manager:?}");
    assert_eq!(propose(cents("80"), &fee.refundable).len(), 2);
}

#[test]
fn what_a_bad_check_paid_goes_to_the_account() {
    let paid = returning(vec![], &[("check", "70"), ("card", "50"), ("account", "-20")]).refundable;
    let account = paid[2].kind.clone();
    let left = |bounced: &str| {
        let left = checks_to_account(paid.clone(), cents(bounced), account.clone()).unwrap();
        left.into_iter().map(|payment| (payment.kind.code, payment.left)).collect::<Vec<_>>()
    };
    let of = |all: [(&str, &str); 3]| all.map(|(kind, left)| (kind.to_owned(), cents(left))).to_vec();
    // Whatever came back before, what is owed goes first.
    assert_eq!(left("70"), of([("account", "50"), ("check", "0"), ("card", "50")]));
    assert_eq!(left("30"), of([("account", "10"), ("check", "40"), ("card", "50")]));
    // A part of the check was paid back before it came back: that much went out and is owed.
    assert_eq!(left("100"), left("70"));
}

#[test]
fn a_cash_refund_is_rounded_like_a_payment() {
    let mut s = returning(vec![sold(10, "100.03", "7.00", "0")], &[("cash", "107.05")]);
    s.policy.cash_rounding = CashRounding::ToFiveCents;
    posts(
        &s,
        &take_back(&s, "0", "-107.03", vec![tender("cash", "107.03")]),
        &[(1000, "-107.05"), (2100, "7.00"), (4900, "100.03"), (6050, "0.02")],
    );
}

#[test]
fn what_is_not_by_the_rules_needs_a_manager() {
    let ring = sold(10, "100", "7", "40");
    type Break = fn(&mut Snapshot, &mut CompleteSale);
    let exceptions: [(&str, Break); 4] = [
        ("without a receipt", |_, cmd| cmd.returns[0].proof = Proof::Nothing),
        ("was a gift", |_, cmd| cmd.returns[0].proof = Proof::GiftReceipt),
        ("back after 2026-02-25", |s, _| s.policy.return_days = 5),
        ("a fee for P10 below 10.00", |s, _| s.policy.restocking_fee = Rate::from_ppm(100_000)),
    ];
    for (what, make) in exceptions {
        let mut s = returning(vec![ring.clone()], &[("cash", "107")]);
        let mut cmd = take_back(&s, "0", "-107", vec![tender("cash", "107")]);
        make(&mut s, &mut cmd);
        let refused = run(&s, &cmd).unwrap_err();
        assert!(refused.to_string().contains(what), "{what}: {refused}");
        let approval = Approval {
            id: ApprovalId(Uuid::from_u128(60)),
            kind: ApprovalKind::Return,
            store_id: store(),
            till_id: None,
            subject: return_subject(&cmd.returns, true),
            asked_by: actor(Role::Associate).person_id,
            asked_at: moment().recorded_at,
            reason: "known customer".into(),
            sheet: None,
            answer: Answer::Given { by: manager(), at: moment().recorded_at },
            expires_at: moment().recorded_at + lifetime(),
            used_by: None,
        };
        cmd.approvals = vec![approval.id];
        s.approvals = vec![approval];
        let outcome = run(&s, &cmd).unwrap();
        assert_eq!(outcome.record.event.approver, Some(manager()), "{what}");
        cmd.returns[0].condition = Condition::ToCheck;
        let changed = run(&s, &cmd).unwrap_err();
        assert!(
            matches!(
                changed,
                Refusal::Return(ReturnRefusal::NeedsApproval { why: NotApproved::ForSomethingElse, .. })
            ),
            "{what}: {changed:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Whatever is sold and comes back in full leaves revenue less returns, tax and cost at zero.
    #[test]
    fn a_sale_and_its_return_cancel_out(prices in prop::collection::vec(1_i64..1_000_000, 1..6), percent in 0_i64..90) {
        let items: Vec<_> = (10_u128..).zip(&prices).map(|(id, minor)| {
            let price = Money::from_minor(*minor).to_string();
            item(id, &price, &Money::from_minor(minor / 2).to_string())
        }).collect();
        let mut s = snapshot(items);
        s.policy.discount_limits.associate = Rate::ONE;
        let off = Discount { off: DiscountOff::Percent(Rate::from_ppm(percent * 10_000)), reason: "test".into() };
        let mut cmd = command(&s, "0", Vec::new());
        cmd.discount = Some(off);
        let total = match run(&s, &cmd) {
            Err(Refusal::TotalChanged { now, .. }) => now,
            other => panic!("{other:?}"),
        };
        cmd.expected_total = total;
        cmd.tenders = if total.is_positive() { vec![tender("card", &total.to_string())] } else { Vec::new() };
        let sale = run(&s, &cmd).unwrap();
        let lines = sale.sale.lines.iter().map(|line| SoldLine {
            line_id: line.id,
            item_id: line.item_id,
            net: line.net,
            tax: line.tax.clone(),
            tax_total: line.tax_total,
            cost: line.cost,
            ..sold(1, "0", "0", "0")
        }).collect();
        let r = returning(lines, &[("card", &total.to_string())]);
        let refunds = if total.is_positive() { vec![tender("card", &total.to_string())] } else { Vec::new() };
        let returned = run(&r, &take_back(&r, "0", &total.negated().unwrap().to_string(), refunds)).unwrap();
        let mut left = std::collections::BTreeMap::<i32, i64>::new();
        for (code, amount) in sums(&sale.record).into_iter().chain(sums(&returned.record)) {
            let code = if code == 4900 { 4000 } else { code };
            *left.entry(code).or_default() += cents(&amount).minor();
        }
        prop_assert!(left.values().all(|sum| *sum == 0), "{left:?}");
    }
}
