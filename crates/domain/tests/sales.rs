//! The journal of a sale, with the amounts of the rule book.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use domain::approval::{Answer, Approval, ApprovalKind, NotApproved, lifetime};
use domain::customer::Exemption;
use domain::ids::*;
use domain::item::{Holder, ItemStatus};
use domain::money::Money;
use domain::person::Role;
use domain::policy::CashRounding;
use domain::rate::Rate;
use domain::sale::*;
use domain::tax::Taxability;
use proptest::prelude::*;
use std::collections::BTreeMap;
use support::*;
use uuid::Uuid;

#[test]
fn j01_card() {
    let s = snapshot(vec![item(10, "5,000.00", "2,200.00")]);
    let cmd = command(&s, "5,350.00", vec![tender("card", "5,350.00")]);
    posts(
        &s,
        &cmd,
        &[
            (1030, "5,350.00"),
            (1200, "-2,200.00"),
            (2100, "-350.00"),
            (4000, "-5,000.00"),
            (5000, "2,200.00"),
        ],
    );
}

#[test]
fn j02_split_tender() {
    let s = snapshot(vec![item(10, "5,000.00", "2,200.00")]);
    let tenders = vec![
        tender("card", "3,000"),
        tender("cash", "1,000"),
        tender("gift", "1,000"),
        tender("credit", "350"),
    ];
    posts(
        &s,
        &command(&s, "5,350.00", tenders),
        &[
            (1000, "1,000.00"),
            (1030, "3,000.00"),
            (1200, "-2,200.00"),
            (2100, "-350.00"),
            (2300, "1,000.00"),
            (2310, "350.00"),
            (4000, "-5,000.00"),
            (5000, "2,200.00"),
        ],
    );
}

#[test]
fn j05_cash_rounded_to_five_cents() {
    let mut s = snapshot(vec![item(10, "100.03", "0")]);
    s.policy.cash_rounding = CashRounding::ToFiveCents;
    let cmd = command(&s, "107.03", vec![tender("cash", "107.05")]);
    posts(&s, &cmd, &[(1000, "107.05"), (2100, "-7.00"), (4000, "-100.03"), (6050, "-0.02")]);
}

#[test]
fn j63_check_goes_to_the_safe() {
    let s = snapshot(vec![item(10, "5,000.00", "2,200.00")]);
    let cmd = command(&s, "5,350.00", vec![tender("check", "5,350.00")]);
    posts(
        &s,
        &cmd,
        &[
            (1010, "5,350.00"),
            (1200, "-2,200.00"),
            (2100, "-350.00"),
            (4000, "-5,000.00"),
            (5000, "2,200.00"),
        ],
    );
}

#[test]
fn a_void_leaves_nothing_on_any_account() {
    let s = snapshot(vec![item(10, "5,000.00", "2,200.00"), item(11, "19.99", "7.00")]);
    let sold =
        run(&s, &command(&s, "5,371.39", vec![tender("card", "5,000"), tender("cash", "400")])).unwrap();
    let to_void = SaleToVoid {
        id: sold.sale.id,
        store_id: store(),
        number: "S1-T1-000001".into(),
        status: SaleStatus::Completed,
        session_id: sold.sale.session_id,
        till_id: TillId(Uuid::from_u128(3)),
        session_open: true,
        took_back: false,
        items: s.items.iter().map(|i| (i.id, ItemStatus::Sold, 2, Some(sold.sale.id.0))).collect(),
        came_back: false,
        lots: Vec::new(),
        entries: sold.record.entries.iter().map(|e| e.entry().clone()).collect(),
        approvals: Vec::new(),
        charged: Vec::new(),
        check_returned: false,
        lessened: None,
    };
    let cmd = VoidSale {
        command_id: CommandId::from_parts(1_790_000_000_001, &[4; 10]),
        store_id: store(),
        sale_id: sold.sale.id,
        reason: "wrong customer".into(),
        approvals: Vec::new(),
    };
    let void_as = |sale: &SaleToVoid, cmd: &VoidSale, role| {
        void(sale, cmd, &actor(role), &origin(), &moment(), &mut Ids::new(cmd.command_id))
    };
    let undone = void_as(&to_void, &cmd, Role::Manager).unwrap();
    let mut both = sold.record.clone();
    both.entries.extend(undone.record.entries.clone());
    assert_eq!(sums(&both), []);
    assert!(
        undone.record.moves.iter().all(|m| m.to() == ItemStatus::InStock && m.holder() == Holder::default())
    );

    let refused = |sale: SaleToVoid, cmd: &VoidSale, role| void_as(&sale, cmd, role).map(|_| ()).unwrap_err();
    let again = SaleToVoid { status: SaleStatus::Voided, ..to_void.clone() };
    assert_eq!(refused(again, &cmd, Role::Manager), VoidRefusal::AlreadyVoided);
    let bounced = SaleToVoid { check_returned: true, ..to_void.clone() };
    assert_eq!(refused(bounced, &cmd, Role::Manager), VoidRefusal::CheckReturned);
    let closed = SaleToVoid { session_open: false, ..to_void.clone() };
    assert_eq!(refused(closed, &cmd, Role::Manager), VoidRefusal::TillClosed);
    let elsewhere = SaleToVoid { store_id: StoreId(Uuid::from_u128(99)), ..to_void.clone() };
    assert_eq!(refused(elsewhere, &cmd, Role::Manager), VoidRefusal::Unknown);
    let mut moved = to_void.clone();
    moved.items[0].1 = ItemStatus::AtBench;
    assert_eq!(refused(moved, &cmd, Role::Manager), VoidRefusal::PieceMovedOn);
    assert_eq!(
        refused(to_void.clone(), &VoidSale { reason: " ".into(), ..cmd.clone() }, Role::Manager),
        VoidRefusal::ReasonMissing
    );
    assert_eq!(refused(to_void, &cmd, Role::Associate), VoidRefusal::Approval(NotApproved::Missing));
}

#[test]
fn a_sale_that_does_not_hold_is_refused() {
    let s = snapshot(vec![item(10, "100.00", "40.00")]);
    let good = command(&s, "107.00", vec![tender("cash", "110")]);
    assert_eq!(run(&s, &good).unwrap().sale.change, cents("3"));
    let refused = |s: &Snapshot, cmd: &CompleteSale| run(s, cmd).map(|_| ()).unwrap_err();

    let with_item = |change: fn(&mut ItemInSale)| {
        let mut s = s.clone();
        change(&mut s.items[0]);
        refused(&s, &good)
    };
    assert_eq!(
        with_item(|i| i.price = cents("120")),
        Refusal::PriceChanged { tag: "P10".into(), was: cents("100"), now: cents("120") }
    );
    assert_eq!(with_item(|i| i.store_id = StoreId(Uuid::nil())), Refusal::OtherStore { tag: "P10".into() });
    for status in ItemStatus::ALL.iter().filter(|status| **status != ItemStatus::InStock) {
        let mut held = s.clone();
        held.items[0].status = *status;
        held.items[0].held_by = Some("Till 2".into());
        let expected =
            Refusal::NotForSale { tag: "P10".into(), status: *status, held_by: Some("Till 2".into()) };
        assert_eq!(refused(&held, &good), expected);
        assert!(expected.to_string().contains("(Till 2)"));
    }
    let mut closed = s.clone();
    closed.till.as_mut().unwrap().open = false;
    assert_eq!(refused(&closed, &good), Refusal::TillClosed);

    let with = |change: fn(&mut CompleteSale)| {
        let mut cmd = good.clone();
        change(&mut cmd);
        refused(&s, &cmd)
    };
    assert_eq!(with(|c| c.lines.clear()), Refusal::Empty);
    assert_eq!(with(|c| c.lines.push(c.lines[0].clone())), Refusal::Twice("P10".into()));
    assert_eq!(with(|c| c.lines[0].item_id = ItemId(Uuid::nil())), Refusal::UnknownItem);
    assert_eq!(
        with(|c| c.expected_total = cents("100")),
        Refusal::TotalChanged { was: cents("100"), now: cents("107") }
    );
    assert_eq!(with(|c| c.customer_id = Some(CustomerId(Uuid::nil()))), Refusal::UnknownCustomer);
    assert_eq!(with(|c| c.tenders.clear()), Refusal::Tender(TenderRefusal::TooLittle(cents("107"))));
    assert_eq!(
        with(|c| c.sellers = vec![SellerShare { person_id: PersonId(Uuid::nil()), weight: Rate::ONE }]),
        Refusal::Sellers(SellersRefusal::Stranger)
    );
    assert_eq!(
        with(|c| c.lines = vec![c.lines[0].clone(); MOST_LINES + 1]),
        Refusal::Price(PriceError::TooManyLines)
    );
    assert!(matches!(with(|c| c.note = "4242424242424242".into()), Refusal::Note(_)));
}

#[test]
fn sellers_share_a_line() {
    let s = snapshot(vec![item(10, "100.00", "40.00")]);
    let mut cmd = command(&s, "107.00", vec![tender("cash", "107")]);
    let two: Vec<_> = s.staff.iter().take(2).map(|(id, _)| *id).collect();
    cmd.sellers = even_shares(&two).unwrap();
    assert_eq!(run(&s, &cmd).unwrap().sale.lines[0].sellers, cmd.sellers);
    cmd.sellers[0].weight = Rate::from_ppm(400_000);
    assert_eq!(
        run(&s, &cmd).map(|_| ()),
        Err(Refusal::Sellers(SellersRefusal::NotWhole(Rate::from_ppm(900_000))))
    );
}

#[test]
fn a_discount_above_the_limit_needs_a_manager() {
    let mut s = snapshot(vec![item(10, "100.00", "40.00")]);
    let mut cmd = command(&s, "74.90", vec![tender("cash", "80")]);
    cmd.lines[0].discount =
        Some(Discount { off: DiscountOff::Percent(Rate::from_ppm(300_000)), reason: "Price match".into() });
    let needed = |why| Refusal::DiscountNeedsApproval {
        rate: Rate::from_ppm(300_000),
        limit: Rate::from_ppm(100_000),
        why,
    };
    assert_eq!(run(&s, &cmd).map(|_| ()), Err(needed(NotApproved::Missing)));

    let approval = Approval {
        id: ApprovalId(Uuid::from_u128(30)),
        kind: ApprovalKind::Discount,
        store_id: store(),
        till_id: None,
        subject: override_subject(&cmd.lines, None),
        asked_by: origin().actor,
        asked_at: moment().recorded_at,
        reason: "Price match".into(),
        sheet: None,
        answer: Answer::Given { by: manager(), at: moment().recorded_at },
        expires_at: moment().recorded_at + lifetime(),
        used_by: None,
    };
    s.approvals = vec![approval];
    assert_eq!(run(&s, &cmd).map(|_| ()), Err(needed(NotApproved::Missing)), "an approval must be named");
    cmd.approvals = vec![s.approvals[0].id];
    let outcome = run(&s, &cmd).unwrap();
    assert_eq!(
        (outcome.record.event.approver, outcome.record.approvals),
        (Some(manager()), cmd.approvals.clone())
    );

    cmd.lines[0].discount =
        Some(Discount { off: DiscountOff::Percent(Rate::from_ppm(310_000)), reason: "Price match".into() });
    cmd.expected_total = cents("73.83");
    assert!(matches!(
        run(&s, &cmd),
        Err(Refusal::DiscountNeedsApproval { why: NotApproved::ForSomethingElse, .. })
    ));
    cmd.lines[0].discount =
        Some(Discount { off: DiscountOff::Percent(Rate::from_ppm(50_000)), reason: String::new() });
    cmd.expected_total = cents("101.65");
    assert_eq!(run(&s, &cmd).map(|_| ()), Err(Refusal::DiscountReason));
}

#[test]
fn a_valid_certificate_takes_the_tax_away() {
    let mut s = snapshot(vec![item(10, "100.00", "40.00")]);
    let id = CustomerId(Uuid::from_u128(50));
    let until = |day: &str| {
        Some(CustomerInSale {
            id,
            exemption: Some(Exemption {
                certificate: "R-1".into(),
                expires_on: Some(day.parse().unwrap()),
                reason: None,
            }),
        })
    };
    let mut cmd = command(&s, "100.00", vec![tender("cash", "100")]);
    cmd.customer_id = Some(id);
    s.customer = until("2026-03-01");
    assert_eq!(
        sums(&run(&s, &cmd).unwrap().record),
        [(1000, "100.00".into()), (1200, "−40.00".into()), (4000, "−100.00".into()), (5000, "40.00".into())]
    );
    s.customer = until("2026-02-28");
    assert_eq!(
        run(&s, &cmd).map(|_| ()),
        Err(Refusal::TotalChanged { was: cents("100"), now: cents("107") })
    );
}

#[test]
fn a_certificate_shown_at_the_counter_takes_the_tax_away() {
    let s = snapshot(vec![item(10, "100.00", "40.00")]);
    let mut cmd = command(&s, "100.00", vec![tender("cash", "100")]);
    let shown = |certificate: &str| {
        Some(TypedExemption { certificate: certificate.into(), reason: ExemptReason::Resale })
    };
    cmd.exemption = shown("IL-77");
    let outcome = run(&s, &cmd).unwrap();
    assert_eq!(outcome.sale.tax, Money::ZERO);
    assert_eq!(outcome.record.event.summary, "Sold 1 piece for 100.00, no tax: Resale IL-77");
    cmd.exemption = shown(" ");
    assert_eq!(run(&s, &cmd).map(|_| ()), Err(Refusal::Certificate(domain::text::TextError::Missing)));
}

#[test]
fn what_was_taken_off_the_ticket_is_recorded_beside_the_sale() {
    let s = snapshot(vec![item(10, "100.00", "40.00")]);
    let mut cmd = command(&s, "107.00", vec![tender("cash", "107")]);
    assert!(run(&s, &cmd).unwrap().voided.is_none());
    cmd.voided =
        vec![VoidedLine { item_id: ItemId(Uuid::from_u128(11)), tag: "P11".into(), price: cents("90") }];
    let outcome = run(&s, &cmd).unwrap();
    let event = outcome.voided.unwrap().event;
    assert_eq!(event.summary, "Taken off the ticket: P11 at 90.00");
    assert_eq!(event.subject_id, outcome.sale.id.0);
    assert_ne!(event.id, outcome.record.event.id);
    cmd.voided = vec![cmd.voided[0].clone(); MOST_LINES + 1];
    assert_eq!(run(&s, &cmd).map(|_| ()), Err(Refusal::Price(PriceError::TooManyLines)));
}

proptest! {
    /// Whatever is sold at whatever discount: the entry balances, cash is what the drawer gained,
    /// inventory falls by exactly the cost, tax payable is the tax on the receipt.
    #[test]
    fn any_cart_posts_to_the_cent(
        pieces in prop::collection::vec((1_i64..5_000_000, 0_i64..3_000_000, 0_i64..=1_000_000), 1..12),
        ticket_off in 0_i64..=900_000,
        given in 0_i64..1_000_000,
    ) {
        let items: Vec<_> = pieces.iter().enumerate().map(|(at, (price, cost, _))| ItemInSale {
            price: Money::from_minor(*price), cost: Money::from_minor(*cost), ..item(100 + at as u128, "1", "0")
        }).collect();
        let s = snapshot(items);
        let mut cmd = command(&s, "0", Vec::new());
        let off = |ppm| Some(Discount { off: DiscountOff::Percent(Rate::from_ppm(ppm)), reason: "Clearance".into() });
        for (line, (_, _, ppm)) in cmd.lines.iter_mut().zip(&pieces) { line.discount = off(*ppm); }
        cmd.discount = off(ticket_off);
        let cart = Cart {
            lines: cmd.lines.iter().map(|l| CartLine::new(l.item_id, l.price, None, Taxability::Taxable, l.discount.clone()).unwrap()).collect(),
            discount: cmd.discount.clone(),
        };
        cmd.expected_total = price(&cart, &s.taxes).unwrap().total;
        if cmd.expected_total.is_positive() {
            cmd.tenders = vec![Tender { amount: cmd.expected_total.plus(Money::from_minor(given)).unwrap(), ..tender("cash", "1") }];
        }
        let owner = actor(Role::Owner);
        let outcome = complete(&s, &cmd, &owner, &origin(), &moment(), &mut Ids::new(cmd.command_id)).unwrap();
        let sums: BTreeMap<i32, String> = sums(&outcome.record).into_iter().collect();
        let on = |code: i32| sums.get(&code).map_or(Money::ZERO, |sum| cents(sum));
        let cost = Money::sum(s.items.iter().map(|i| i.cost)).unwrap();
        prop_assert_eq!(on(1000), outcome.sale.total);
        prop_assert_eq!(on(1200), cost.negated().unwrap());
        prop_assert_eq!(on(5000), cost);
        prop_assert_eq!(on(2100), outcome.sale.tax.negated().unwrap());
        prop_assert_eq!(on(4000), outcome.sale.net.negated().unwrap());
        prop_assert_eq!(outcome.record.moves.len(), s.items.len());
        prop_assert_eq!(outcome.sale.change, Money::from_minor(if outcome.sale.total.is_zero() { 0 } else { given }));
    }
}
