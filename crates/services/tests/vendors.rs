//! Buying from vendors: orders, deliveries, bills, payments, and goods that go back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use chrono::Duration;
use domain::ids::{BillId, GoodsReceiptId, ItemId, PurchaseOrderId, StoreId, VendorId, VendorReturnId};
use domain::item::{ItemFilter, ItemStatus, Quantity, ShownItem};
use domain::ledger::LockPeriod;
use domain::money::Money;
use domain::person::Role;
use domain::vendor::{
    BillFilter, CloseReturn, Closing, EndOrder, Ending, EnterBill, OrderState, PayBills, ReceiptSheet,
    ReceiveGoods, ReturnGoods, ReturnState, SaveOrder, SaveVendor, TypedBill, TypedBilled, TypedCredit,
    TypedGoods, TypedOrder, TypedPart, TypedPayment, TypedReceipt, TypedReturn, TypedReturned, TypedVendor,
    VendorFilter,
};
use services::ServiceError;
use support::{Shop, cents, command};

on_both_databases! {
    stock_received_billed_and_paid
    freight_is_part_of_what_goods_cost
    lots_take_a_step_at_the_average
    a_bill_of_another_amount_changes_what_goods_cost
    a_bill_is_entered_once_and_as_it_was_written
    bills_are_paid_in_parts_and_never_beyond
    an_order_comes_in_parts
    an_order_is_changed_closed_and_cancelled
    goods_go_back_and_are_credited
    goods_go_back_and_come_home
    what_is_sold_held_or_elsewhere_does_not_go_back
    nothing_comes_in_a_locked_period
    a_vendor_is_known_once
    a_piece_names_its_vendor
}

fn said(error: &ServiceError) -> String {
    match error {
        ServiceError::Fields(fields) => {
            fields.iter().map(|e| format!("{}: {}", e.field, e.message)).collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}

/// So many rings at a cost each.
fn rings(pieces: &str, cost: &str) -> TypedGoods {
    TypedGoods {
        what: "piece".into(),
        kind: "ring".into(),
        metal: "platinum".into(),
        pieces: pieces.into(),
        cost: cost.into(),
        price: "5,000.00".into(),
        ..TypedGoods::default()
    }
}

impl Shop {
    async fn vendor(&self, code: &str) -> VendorId {
        let typed =
            TypedVendor { code: code.into(), name: format!("Example {code}"), ..TypedVendor::default() };
        let cmd = SaveVendor { command_id: command(), vendor_id: None, version: 0, typed };
        self.services.save_vendor(&self.owner, cmd).await.unwrap()
    }

    fn delivery(&self, vendor_id: VendorId, lines: Vec<TypedGoods>) -> ReceiveGoods {
        let typed = TypedReceipt { lines, ..TypedReceipt::default() };
        ReceiveGoods {
            command_id: command(),
            store_id: self.set_up.store_id,
            vendor_id,
            order_id: None,
            typed,
        }
    }

    async fn receive(&self, vendor: VendorId, lines: Vec<TypedGoods>) -> GoodsReceiptId {
        self.services.receive_goods(&self.owner, self.delivery(vendor, lines)).await.unwrap()
    }

    async fn came(&self, id: GoodsReceiptId) -> ReceiptSheet {
        self.services.goods_receipt(&self.owner, id).await.unwrap()
    }

    fn billed(
        &self,
        vendor_id: VendorId,
        number: &str,
        total: &str,
        receipts: &[GoodsReceiptId],
    ) -> EnterBill {
        let typed = TypedBill {
            number: number.into(),
            date: "2026-03-02".into(),
            total: total.into(),
            receipts: receipts.to_vec(),
            ..TypedBill::default()
        };
        EnterBill { command_id: command(), store_id: self.set_up.store_id, vendor_id, typed }
    }

    async fn bill(&self, vendor: VendorId, number: &str, total: &str, receipt: GoodsReceiptId) -> BillId {
        let cmd = self.billed(vendor, number, total, &[receipt]);
        self.services.enter_bill(&self.owner, cmd).await.unwrap()
    }

    fn payment(&self, vendor_id: VendorId, parts: &[(BillId, &str)]) -> PayBills {
        let bills =
            parts.iter().map(|(bill, amount)| TypedPart { bill: *bill, amount: (*amount).into() }).collect();
        let typed = TypedPayment { account: "1020".into(), bills, ..TypedPayment::default() };
        PayBills { command_id: command(), store_id: self.set_up.store_id, vendor_id, typed }
    }

    async fn balances(&self, expected: &[(i32, &str)]) {
        for (code, amount) in expected {
            assert_eq!(self.balance(*code).await, cents(amount), "account {code}");
        }
    }

    async fn piece(&self, id: ItemId) -> ShownItem {
        self.services.item(&self.owner, id).await.unwrap().item
    }

    async fn order_of(&self, vendor_id: VendorId, lines: Vec<TypedGoods>) -> PurchaseOrderId {
        let typed = TypedOrder { expected_on: "2026-03-20".into(), lines, ..TypedOrder::default() };
        let store_id = self.set_up.store_id;
        let cmd = SaveOrder { command_id: command(), store_id, vendor_id, order_id: None, version: 0, typed };
        self.services.save_order(&self.owner, cmd).await.unwrap()
    }

    async fn step(&self, order_id: PurchaseOrderId, ending: Ending) -> Result<(), ServiceError> {
        let version = self.services.order(&self.owner, order_id).await.unwrap().order.version;
        let cmd = EndOrder { command_id: command(), order_id, version, ending, reason: "as agreed".into() };
        self.services.end_order(&self.owner, cmd).await
    }

    fn sends_back(&self, vendor_id: VendorId, lines: &[(&str, &str)]) -> ReturnGoods {
        let line = |(tag, pieces): &(&str, &str)| TypedReturned {
            tag: (*tag).into(),
            pieces: (*pieces).into(),
            ..TypedReturned::default()
        };
        let typed = TypedReturn { reason: "loose stone".into(), lines: lines.iter().map(line).collect() };
        ReturnGoods { command_id: command(), store_id: self.set_up.store_id, vendor_id, typed }
    }

    async fn answer(&self, return_id: VendorReturnId, closing: Closing) -> Result<(), ServiceError> {
        let cmd = CloseReturn { command_id: command(), return_id, closing };
        self.services.close_return(&self.owner, cmd).await
    }

    /// Ten packs of ear backs at 2.00 each, on a delivery of their own.
    async fn ear_backs(&self, vendor: VendorId) -> (GoodsReceiptId, ItemId, String) {
        let goods = TypedGoods {
            what: "new_lot".into(),
            kind: "finding".into(),
            title: "Ear backs".into(),
            unit: "piece".into(),
            pieces: "10".into(),
            cost: "2.00".into(),
            price: "6.00".into(),
            ..TypedGoods::default()
        };
        let id = self.receive(vendor, vec![goods]).await;
        let sheet = self.came(id).await;
        (id, sheet.pieces[0].line.item, sheet.pieces[0].tag.clone())
    }
}

async fn stock_received_billed_and_paid(shop: Shop) {
    let vendor = shop.vendor("GEM").await;
    let cmd = shop.delivery(vendor, vec![rings("2", "1,100.00")]);
    let receipt = shop.services.receive_goods(&shop.owner, cmd.clone()).await.unwrap();
    assert_eq!(
        shop.services.receive_goods(&shop.owner, cmd).await.unwrap(),
        receipt,
        "sent twice, came once"
    );
    let sheet = shop.came(receipt).await;
    assert_eq!((sheet.receipt.number.as_str(), sheet.pieces.len()), ("S1-GR-00001", 2));
    assert_ne!(sheet.pieces[0].tag, sheet.pieces[1].tag, "each piece has a tag of its own");
    shop.balances(&[(1200, "2,200.00"), (2030, "-2,200.00"), (2000, "0")]).await;
    // The tags of exactly this delivery.
    shop.add_ring("10", "5").await;
    let filter = ItemFilter { receipt: Some(receipt), limit: 10, ..ItemFilter::default() };
    assert_eq!(shop.services.items(&shop.owner, filter).await.unwrap().items.len(), 2);
    let cmd = shop.billed(vendor, "inv-1", "2,200.00", &[receipt]);
    let bill = shop.services.enter_bill(&shop.owner, cmd.clone()).await.unwrap();
    assert_eq!(shop.services.enter_bill(&shop.owner, cmd).await.unwrap(), bill);
    shop.balances(&[(1200, "2,205.00"), (2030, "0"), (2000, "-2,200.00")]).await;
    let sheet = shop.services.bill(&shop.owner, bill).await.unwrap();
    assert_eq!((sheet.bill.number.as_str(), sheet.bill.due_on.to_string().as_str()), ("INV-1", "2026-04-01"));
    let page = shop
        .services
        .vendors(&shop.owner, VendorFilter { limit: 10, ..VendorFilter::default() })
        .await
        .unwrap();
    assert_eq!((page.owed, page.vendors[0].owed), (cents("2,200"), cents("2,200")));
    let cmd = shop.payment(vendor, &[(bill, "2,200.00")]);
    let paid = shop.services.pay_bills(&shop.owner, cmd.clone()).await.unwrap();
    assert_eq!(shop.services.pay_bills(&shop.owner, cmd).await.unwrap(), paid);
    shop.balances(&[(1200, "2,205.00"), (2030, "0"), (2000, "0"), (1020, "-2,200.00")]).await;
    let sheet = shop.services.vendor(&shop.owner, vendor).await.unwrap();
    assert_eq!((sheet.owed, sheet.on_hand, sheet.open_bills.len()), (Money::ZERO, 2, 0));
    shop.verifies().await;
}

async fn freight_is_part_of_what_goods_cost(shop: Shop) {
    let vendor = shop.vendor("GEM").await;
    let mut cmd = shop.delivery(vendor, vec![rings("2", "100"), rings("1", "100")]);
    cmd.typed.freight = "10.00".into();
    let receipt = shop.services.receive_goods(&shop.owner, cmd).await.unwrap();
    let sheet = shop.came(receipt).await;
    let freight: Vec<_> = sheet.pieces.iter().map(|piece| piece.line.freight.to_string()).collect();
    assert_eq!(freight, ["3.34", "3.33", "3.33"]);
    assert_eq!(sheet.receipt.total, cents("310"));
    assert_eq!(shop.piece(sheet.pieces[0].line.item).await.cost, Some(cents("103.34")));
    shop.balances(&[(1200, "310"), (2030, "-310")]).await;
    shop.verifies().await;
}

async fn lots_take_a_step_at_the_average(shop: Shop) {
    let vendor = shop.vendor("FIND").await;
    let (_, lot, tag) = shop.ear_backs(vendor).await;
    shop.balances(&[(1260, "20"), (2030, "-20")]).await;
    let more = |pieces: &str, cost: &str| TypedGoods {
        what: "lot".into(),
        of: tag.to_lowercase(),
        pieces: pieces.into(),
        cost: cost.into(),
        ..TypedGoods::default()
    };
    // Twice on one delivery: 5 at 3.00 and 5 at 4.00.
    shop.receive(vendor, vec![more("5", "3"), more("5", "4")]).await;
    let now = shop.piece(lot).await;
    assert_eq!((now.lot.unwrap().on_hand, now.cost), (Quantity::pieces(20), Some(cents("55"))));
    let wrong = shop.delivery(vendor, vec![TypedGoods { of: "NOTHING".into(), ..more("1", "1") }]);
    let refused = shop.services.receive_goods(&shop.owner, wrong).await.unwrap_err();
    assert_eq!(said(&refused), "lines.0.of: no lot of this store has the tag NOTHING");
    let nothing = shop.delivery(vendor, vec![TypedGoods { pieces: String::new(), ..rings("1", "") }]);
    let refused = shop.services.receive_goods(&shop.owner, nothing).await.unwrap_err();
    assert!(said(&refused).starts_with("lines.0.pieces: enter a count"), "{}", said(&refused));
    assert!(said(&refused).contains("lines.0.cost: "), "{}", said(&refused));
    shop.verifies().await;
}

async fn a_bill_of_another_amount_changes_what_goods_cost(shop: Shop) {
    let vendor = shop.vendor("GEM").await;
    let session = shop.open_till("0").await;
    let receipt = shop.receive(vendor, vec![rings("2", "100")]).await;
    let (lots, lot, _) = shop.ear_backs(vendor).await;
    let pieces: Vec<ItemId> = shop.came(receipt).await.pieces.iter().map(|piece| piece.line.item).collect();
    let sold = shop.sale(session, &[(pieces[1], "5000.00")], "5350.00", "5350.00");
    shop.services.complete_sale(&shop.owner, sold).await.unwrap();
    let mut four = shop.sale(session, &[(lot, "6.00")], "25.68", "25.68");
    four.lines[0].quantity = Some(Quantity::pieces(4));
    shop.services.complete_sale(&shop.owner, four).await.unwrap();
    shop.balances(&[(5000, "108"), (1200, "100"), (1260, "12")]).await;
    // The rings cost 110.00 each by the bill, the ear backs 30.00; and 12.50 of freight belongs to all by value.
    let mut cmd = shop.billed(vendor, "7", "262.50", &[receipt, lots]);
    cmd.typed.lines =
        (0..2).map(|position| TypedBilled { receipt, position, amount: "110".into() }).collect();
    cmd.typed.lines.push(TypedBilled { receipt: lots, position: 0, amount: "30".into() });
    let bill = shop.services.enter_bill(&shop.owner, cmd).await.unwrap();
    assert_eq!(shop.services.bill(&shop.owner, bill).await.unwrap().bill.difference, cents("42.50"));
    // Each ring 5.50 of freight: 15.50 more. The ear backs 11.50 more, six tenths of which are still here.
    assert_eq!(shop.piece(pieces[0]).await.cost, Some(cents("115.50")));
    assert_eq!(shop.piece(pieces[1]).await.cost, Some(cents("100")), "what is sold stays as it was sold");
    assert_eq!(shop.piece(lot).await.cost, Some(cents("18.90")));
    shop.balances(&[(1200, "115.50"), (1260, "18.90"), (5000, "128.10"), (2030, "0"), (2000, "-262.50")])
        .await;
    shop.verifies().await;
}

async fn a_bill_is_entered_once_and_as_it_was_written(shop: Shop) {
    let (vendor, other) = (shop.vendor("GEM").await, shop.vendor("FIND").await);
    let one = shop.receive(vendor, vec![rings("1", "100")]).await;
    let two = shop.receive(vendor, vec![rings("1", "50")]).await;
    shop.bill(vendor, "A-1", "100", one).await;
    let again = shop.billed(vendor, "a-1", "50", &[two]);
    let refused = shop.services.enter_bill(&shop.owner, again).await.unwrap_err();
    assert_eq!(said(&refused), "number: this bill of the vendor was entered before");
    for (cmd, reason) in [
        (shop.billed(vendor, "A-2", "100", &[one]), "S1-GR-00001 was billed already"),
        (shop.billed(vendor, "A-2", "100", &[two, two]), "S1-GR-00002 was billed already"),
        (shop.billed(other, "A-1", "50", &[two]), "S1-GR-00002 is a delivery of another store or vendor"),
        (shop.billed(vendor, "A-2", "50", &[]), "choose at least one delivery"),
    ] {
        let refused = shop.services.enter_bill(&shop.owner, cmd).await.unwrap_err();
        assert_eq!(said(&refused), reason);
    }
    let dated = |date: &str, early: bool| {
        let mut cmd = shop.billed(vendor, "A-2", "50", &[two]);
        (cmd.typed.date, cmd.typed.early) = (date.into(), early);
        cmd
    };
    let future = shop.services.enter_bill(&shop.owner, dated("2026-03-03", true)).await.unwrap_err();
    assert_eq!(said(&future), "date: this day is still to come");
    let before = shop.services.enter_bill(&shop.owner, dated("2026-02-27", false)).await.unwrap_err();
    assert!(
        said(&before).starts_with("date: the goods came on 2026-03-02, after this date"),
        "{}",
        said(&before)
    );
    shop.services.enter_bill(&shop.owner, dated("2026-02-27", true)).await.unwrap();
    shop.verifies().await;
}

async fn bills_are_paid_in_parts_and_never_beyond(shop: Shop) {
    let vendor = shop.vendor("GEM").await;
    let one = shop.receive(vendor, vec![rings("1", "100")]).await;
    let two = shop.receive(vendor, vec![rings("1", "50")]).await;
    let (one, two) = (shop.bill(vendor, "1", "100", one).await, shop.bill(vendor, "2", "50", two).await);
    let too_much = shop.payment(vendor, &[(one, "40"), (two, "50.01")]);
    let refused = shop.services.pay_bills(&shop.owner, too_much).await.unwrap_err();
    assert_eq!(said(&refused), "bills.1.amount: 50.00 is open of this bill");
    let mut elsewhere = shop.payment(vendor, &[(one, "1")]);
    elsewhere.typed.account = "1200".into();
    let refused = shop.services.pay_bills(&shop.owner, elsewhere).await.unwrap_err();
    assert_eq!(said(&refused), "account: choose an account that bills are paid from");
    let nothing = shop.services.pay_bills(&shop.owner, shop.payment(vendor, &[(one, "")])).await.unwrap_err();
    assert_eq!(said(&nothing), "choose at least one bill");
    shop.services.pay_bills(&shop.owner, shop.payment(vendor, &[(one, "40"), (two, "50")])).await.unwrap();
    let open = BillFilter { vendor: Some(vendor), limit: 10, ..BillFilter::default() };
    let page = shop.services.open_bills(&shop.owner, open.clone()).await.unwrap();
    assert_eq!((page.count, page.open, page.overdue), (1, cents("60"), Money::ZERO));
    // Two desks pay the rest at once: one of them does.
    let (a, b) = (shop.payment(vendor, &[(one, "60")]), shop.payment(vendor, &[(one, "60")]));
    let (a, b) =
        tokio::join!(shop.services.pay_bills(&shop.owner, a), shop.services.pay_bills(&shop.owner, b));
    assert_eq!(u8::from(a.is_ok()) + u8::from(b.is_ok()), 1);
    let refused = a.err().or(b.err()).unwrap();
    assert_eq!(said(&refused), "bills.0.amount: 0.00 is open of this bill");
    shop.balances(&[(2000, "0"), (1020, "-150")]).await;
    // A month later nothing is overdue, and the file has its head alone.
    shop.clock.advance(Duration::days(40));
    let page = shop.services.open_bills(&shop.owner, open.clone()).await.unwrap();
    assert_eq!((page.count, page.overdue), (0, Money::ZERO));
    let late = shop.receive(vendor, vec![rings("1", "70")]).await;
    let mut cmd = shop.billed(vendor, "3", "70", &[late]);
    cmd.typed.early = true;
    shop.services.enter_bill(&shop.owner, cmd).await.unwrap();
    let page = shop.services.open_bills(&shop.owner, open.clone()).await.unwrap();
    assert_eq!((page.count, page.overdue), (1, cents("70")));
    let file = shop.services.open_bills_csv(&shop.owner, open).await.unwrap();
    assert!(file.ends_with("\"GEM\",\"Example GEM\",\"3\",2026-03-02,2026-04-01,70.00,70.00\n"), "{file}");
    shop.verifies().await;
}

async fn an_order_comes_in_parts(shop: Shop) {
    let vendor = shop.vendor("GEM").await;
    let order = shop.order_of(vendor, vec![rings("3", "100")]).await;
    let sheet = shop.services.order(&shop.owner, order).await.unwrap();
    assert_eq!(
        (sheet.order.number.as_str(), sheet.order.state, sheet.total),
        ("S1-PO-00001", OrderState::Draft, cents("300"))
    );
    let on_it = |pieces: &str, over: bool| {
        let line = TypedGoods { order_line: "0".into(), ..rings(pieces, "100") };
        let mut cmd = shop.delivery(vendor, vec![line]);
        (cmd.order_id, cmd.typed.over) = (Some(order), over);
        cmd
    };
    let early = shop.services.receive_goods(&shop.owner, on_it("1", false)).await.unwrap_err();
    assert_eq!(said(&early), "S1-PO-00001 is “Draft”: nothing comes on it any more");
    shop.step(order, Ending::Place).await.unwrap();
    shop.services.receive_goods(&shop.owner, on_it("2", false)).await.unwrap();
    let sheet = shop.services.order(&shop.owner, order).await.unwrap();
    assert_eq!(
        (sheet.order.state, sheet.order.lines[0].received),
        (OrderState::PartlyReceived, Quantity::pieces(2))
    );
    assert_eq!(sheet.order.to_come()[0].pieces, "1");
    let over = shop.services.receive_goods(&shop.owner, on_it("2", false)).await.unwrap_err();
    assert_eq!(
        said(&over),
        "lines.0.pieces: 3 pieces were ordered and 2 pieces came before: confirm that more came"
    );
    let mut unasked = shop.delivery(vendor, vec![rings("1", "100")]);
    unasked.order_id = Some(order);
    let refused = shop.services.receive_goods(&shop.owner, unasked).await.unwrap_err();
    assert!(said(&refused).starts_with("lines.0.pieces: this was not ordered"), "{}", said(&refused));
    shop.services.receive_goods(&shop.owner, on_it("2", true)).await.unwrap();
    let sheet = shop.services.order(&shop.owner, order).await.unwrap();
    assert_eq!((sheet.order.state, sheet.receipts.len()), (OrderState::Received, 2));
    let other = shop.vendor("FIND").await;
    let mut cmd = on_it("1", true);
    cmd.vendor_id = other;
    let refused = shop.services.receive_goods(&shop.owner, cmd).await.unwrap_err();
    assert_eq!(said(&refused), "S1-PO-00001 is an order to another vendor");
    shop.verifies().await;
}

async fn an_order_is_changed_closed_and_cancelled(shop: Shop) {
    let vendor = shop.vendor("GEM").await;
    let order = shop.order_of(vendor, vec![rings("3", "100"), rings("1", "40")]).await;
    shop.step(order, Ending::Place).await.unwrap();
    let line = TypedGoods { order_line: "0".into(), ..rings("2", "100") };
    let mut cmd = shop.delivery(vendor, vec![line]);
    cmd.order_id = Some(order);
    shop.services.receive_goods(&shop.owner, cmd).await.unwrap();
    let version = shop.services.order(&shop.owner, order).await.unwrap().order.version;
    let change = |version: i64, lines: Vec<TypedGoods>| SaveOrder {
        command_id: command(),
        store_id: shop.set_up.store_id,
        vendor_id: vendor,
        order_id: Some(order),
        version,
        typed: TypedOrder { lines, ..TypedOrder::default() },
    };
    let fewer =
        shop.services.save_order(&shop.owner, change(version, vec![rings("1", "100")])).await.unwrap_err();
    assert_eq!(said(&fewer), "lines.0.pieces: 2 pieces came on this line: it stays what it is");
    shop.services.save_order(&shop.owner, change(version, vec![rings("3", "90")])).await.unwrap();
    let stale =
        shop.services.save_order(&shop.owner, change(version, vec![rings("3", "90")])).await.unwrap_err();
    assert!(matches!(stale, ServiceError::Conflict(_)), "{stale}");
    let trail = domain::event::AuditFilter { limit: 1, ..Default::default() };
    let last = shop.services.audit(&shop.owner, trail).await.unwrap().lines.remove(0);
    assert_eq!(last.kind, domain::event::EventKind::OrderChanged);
    assert!(
        last.before.unwrap().to_string().contains("10000")
            && last.after.unwrap().to_string().contains("9000")
    );
    let cancelled = shop.step(order, Ending::Cancel).await.unwrap_err();
    assert_eq!(said(&cancelled), "S1-PO-00001 is “Partly received” now");
    shop.step(order, Ending::CloseShort).await.unwrap();
    assert_eq!(shop.services.order(&shop.owner, order).await.unwrap().order.state, OrderState::ClosedShort);
    let second = shop.order_of(vendor, vec![rings("1", "1")]).await;
    shop.step(second, Ending::Cancel).await.unwrap();
    assert!(shop.step(second, Ending::Place).await.is_err(), "what is cancelled stays so");
    shop.verifies().await;
}

async fn goods_go_back_and_are_credited(shop: Shop) {
    let vendor = shop.vendor("GEM").await;
    let receipt = shop.receive(vendor, vec![rings("2", "100")]).await;
    let (lots, lot, lot_tag) = shop.ear_backs(vendor).await;
    let sheet = shop.came(receipt).await;
    let (ring, tag) = (sheet.pieces[0].line.item, sheet.pieces[0].tag.clone());
    let bill = shop.bill(vendor, "1", "200", receipt).await;
    shop.bill(vendor, "2", "20", lots).await;
    let cmd = shop.sends_back(vendor, &[(&tag, ""), (&lot_tag, "4")]);
    let sent = shop.services.return_goods(&shop.owner, cmd.clone()).await.unwrap();
    assert_eq!(shop.services.return_goods(&shop.owner, cmd).await.unwrap(), sent);
    shop.balances(&[(1280, "108"), (1200, "100"), (1260, "12")]).await;
    assert_eq!(shop.piece(ring).await.status, ItemStatus::ReturnedToVendor);
    assert_eq!(shop.piece(lot).await.lot.unwrap().on_hand, Quantity::pieces(6));
    shop.verifies().await;
    // The vendor keeps eight for taking it back.
    let credit = TypedCredit { number: "CM-9".into(), amount: "100".into() };
    shop.answer(sent, Closing::Credit(credit.clone())).await.unwrap();
    shop.balances(&[(1280, "0"), (5090, "8"), (2000, "-120")]).await;
    let twice = shop.answer(sent, Closing::Credit(credit)).await.unwrap_err();
    assert_eq!(said(&twice), "this return was closed already");
    let sheet = shop.services.vendor(&shop.owner, vendor).await.unwrap();
    assert_eq!((sheet.owed, sheet.credit), (cents("120"), cents("100")));
    // It pays a part of the bill, with money for the rest.
    let mut pays = shop.payment(vendor, &[(bill, "150")]);
    pays.typed.credit = "100.01".into();
    let refused = shop.services.pay_bills(&shop.owner, pays.clone()).await.unwrap_err();
    assert_eq!(said(&refused), "credit: there is 100.00 of credit left");
    (pays.command_id, pays.typed.credit) = (command(), "100".into());
    shop.services.pay_bills(&shop.owner, pays).await.unwrap();
    shop.balances(&[(2000, "-70"), (1020, "-50")]).await;
    let sheet = shop.services.vendor(&shop.owner, vendor).await.unwrap();
    assert_eq!((sheet.owed, sheet.credit), (cents("70"), Money::ZERO));
    shop.verifies().await;
}

async fn goods_go_back_and_come_home(shop: Shop) {
    let vendor = shop.vendor("GEM").await;
    let receipt = shop.receive(vendor, vec![rings("1", "100")]).await;
    let (_, lot, lot_tag) = shop.ear_backs(vendor).await;
    let sheet = shop.came(receipt).await;
    let (ring, tag) = (sheet.pieces[0].line.item, sheet.pieces[0].tag.clone());
    let cmd = shop.sends_back(vendor, &[(&tag, ""), (&lot_tag, "4")]);
    let sent = shop.services.return_goods(&shop.owner, cmd).await.unwrap();
    let silent = shop.answer(sent, Closing::Refused(" ".into())).await.unwrap_err();
    assert_eq!(said(&silent), "reason: this is needed");
    shop.answer(sent, Closing::Refused("worn".into())).await.unwrap();
    shop.balances(&[(1280, "0"), (1200, "100"), (1260, "20")]).await;
    assert_eq!(shop.piece(ring).await.status, ItemStatus::InStock);
    let home = shop.piece(lot).await;
    assert_eq!((home.lot.unwrap().on_hand, home.cost), (Quantity::pieces(10), Some(cents("20"))));
    let sheet = shop.services.vendor_return(&shop.owner, sent).await.unwrap();
    assert_eq!((sheet.sent.state, sheet.sent.number.as_str()), (ReturnState::Refused, "S1-RTV-00001"));
    // It can be sold, and sent back once more.
    let again = shop.sends_back(vendor, &[(&tag, "")]);
    shop.services.return_goods(&shop.owner, again).await.unwrap();
    shop.verifies().await;
}

async fn what_is_sold_held_or_elsewhere_does_not_go_back(shop: Shop) {
    let vendor = shop.vendor("GEM").await;
    let session = shop.open_till("0").await;
    let receipt = shop.receive(vendor, vec![rings("1", "100")]).await;
    let (_, _, lot_tag) = shop.ear_backs(vendor).await;
    let piece = shop.came(receipt).await.pieces.remove(0);
    let sold = shop.sale(session, &[(piece.line.item, "5000.00")], "5350.00", "5350.00");
    shop.services.complete_sale(&shop.owner, sold).await.unwrap();
    for (lines, reason) in [
        (vec![(piece.tag.as_str(), "")], format!("lines.0.tag: {} is “Sold” now", piece.tag)),
        (vec![(lot_tag.as_str(), "11")], "lines.0.pieces: there is 10 pieces left, not 11 pieces".to_owned()),
        (vec![("NONE", "")], "lines.0.tag: no piece of this store has the tag NONE".to_owned()),
        (
            vec![(lot_tag.as_str(), "1"), (lot_tag.as_str(), "1")],
            format!("lines.1.tag: {lot_tag} stands here twice"),
        ),
    ] {
        let refused =
            shop.services.return_goods(&shop.owner, shop.sends_back(vendor, &lines)).await.unwrap_err();
        assert_eq!(said(&refused), reason);
    }
    let mut foreign = shop.sends_back(vendor, &[(&lot_tag, "1")]);
    foreign.store_id = StoreId(uuid::Uuid::from_u128(9));
    let refused = shop.services.return_goods(&shop.owner, foreign).await.unwrap_err();
    assert!(matches!(refused, ServiceError::Forbidden(_)), "{refused}");
    // A vendor one buys from no more is still paid, and gets nothing and sends nothing.
    let now = shop.services.vendor(&shop.owner, vendor).await.unwrap().vendor;
    let typed = TypedVendor { active: false, ..TypedVendor::from(&now.file) };
    let cmd = SaveVendor { command_id: command(), vendor_id: Some(vendor), version: now.version, typed };
    shop.services.save_vendor(&shop.owner, cmd).await.unwrap();
    let retired = "Example GEM is retired: nothing is bought from them any more";
    let refused = shop
        .services
        .return_goods(&shop.owner, shop.sends_back(vendor, &[(&lot_tag, "1")]))
        .await
        .unwrap_err();
    assert_eq!(said(&refused), retired);
    let refused = shop
        .services
        .receive_goods(&shop.owner, shop.delivery(vendor, vec![rings("1", "1")]))
        .await
        .unwrap_err();
    assert_eq!(said(&refused), retired);
    let bill = shop.bill(vendor, "1", "100", receipt).await;
    shop.services.pay_bills(&shop.owner, shop.payment(vendor, &[(bill, "100")])).await.unwrap();
    shop.verifies().await;
}

async fn nothing_comes_in_a_locked_period(shop: Shop) {
    let vendor = shop.vendor("GEM").await;
    let legal_entity = shop.services.config().unwrap().stores[0].store.legal_entity_id;
    let lock = LockPeriod { command_id: command(), legal_entity, through: "2026-03-01".into() };
    shop.services.lock_period(&shop.as_role(Role::Bookkeeper), lock).await.unwrap();
    shop.clock.advance(Duration::days(-1));
    let cmd = shop.delivery(vendor, vec![rings("1", "100")]);
    let refused = shop.services.receive_goods(&shop.owner, cmd.clone()).await.unwrap_err();
    assert!(said(&refused).starts_with("the books are locked through 2026-03-01"), "{refused}");
    shop.clock.advance(Duration::days(1));
    let receipt = shop.services.receive_goods(&shop.owner, cmd).await.unwrap();
    assert_eq!(shop.came(receipt).await.receipt.number, "S1-GR-00001", "what was refused took no number");
    shop.verifies().await;
}

async fn a_vendor_is_known_once(shop: Shop) {
    let vendor = shop.vendor("GEM").await;
    let save = |code: &str, name: &str, vendor_id: Option<VendorId>, version: i64| SaveVendor {
        command_id: command(),
        vendor_id,
        version,
        typed: TypedVendor { code: code.into(), name: name.into(), ..TypedVendor::default() },
    };
    let same_code = shop.services.save_vendor(&shop.owner, save("gem", "Other", None, 0)).await.unwrap_err();
    assert_eq!(said(&same_code), "code: another vendor has this code");
    let same_name =
        shop.services.save_vendor(&shop.owner, save("X", "example gem", None, 0)).await.unwrap_err();
    assert_eq!(said(&same_name), "name: another vendor has this name");
    shop.services.save_vendor(&shop.owner, save("GEM", "Example Gems", Some(vendor), 1)).await.unwrap();
    let stale =
        shop.services.save_vendor(&shop.owner, save("GEM", "Gems", Some(vendor), 1)).await.unwrap_err();
    assert!(matches!(stale, ServiceError::Conflict(_)), "{stale}");
    let found = |words: &str| VendorFilter { words: words.into(), limit: 10, ..VendorFilter::default() };
    let page = shop.services.vendors(&shop.owner, found("exam gems")).await.unwrap();
    assert_eq!((page.count, page.vendors[0].name.as_str()), (1, "Example Gems"));
    assert_eq!(shop.services.vendors(&shop.owner, found("nobody")).await.unwrap().count, 0);
    shop.verifies().await;
}

async fn a_piece_names_its_vendor(shop: Shop) {
    let vendor = shop.vendor("GEM").await;
    let mut cmd = shop.new_ring("100", "40");
    (cmd.typed.vendor, cmd.typed.vendor_style) = (Some("nobody".into()), Some("MV-7".into()));
    let refused = shop.services.save_item(&shop.owner, cmd.clone()).await.unwrap_err();
    assert_eq!(said(&refused), "vendor: no vendor has the code NOBODY");
    cmd.typed.vendor = Some("gem".into());
    let ring = shop.services.save_item(&shop.owner, cmd).await.unwrap();
    shop.add_ring("1", "1").await;
    let item = shop.piece(ring).await;
    assert_eq!((item.vendor.unwrap().code.as_str(), item.vendor_style.as_deref()), ("GEM", Some("MV-7")));
    let filter = ItemFilter { vendor: Some(vendor), limit: 10, ..ItemFilter::default() };
    assert_eq!(shop.services.items(&shop.owner, filter.clone()).await.unwrap().count, 1);
    let words = ItemFilter { words: "platinum".into(), ..filter.clone() };
    assert_eq!(shop.services.items(&shop.owner, words).await.unwrap().count, 1);
    // Whoever may not know what it cost does not learn whom it came from.
    let associate = shop.as_role(Role::Associate);
    let shown = shop.services.item(&associate, ring).await.unwrap().item;
    assert_eq!((shown.cost, shown.vendor, shown.vendor_style), (None, None, None));
    assert!(matches!(shop.services.items(&associate, filter).await, Err(ServiceError::Forbidden(_))));
    shop.verifies().await;
}
