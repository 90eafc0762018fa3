//! Whatever somebody changes behind the program's back, `verify` finds it and names what it is about.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use domain::approval::{About, AskManager, Decide, Decision};
use domain::attachment::{NewFile, WithdrawAttachment};
use domain::customer::{
    AddNote, ChangeHousehold, HouseholdChange, MergeCustomers, Primaries, TypedContact, TypedCustomer,
};
use domain::ids::{ApprovalId, PurchaseOrderId, SaleId, TillSessionId, VendorId};
use domain::item::Quantity;
use domain::ledger::{PostDue, PostEntry, SaveRecurring, TypedEntry, TypedLine, TypedRecurring};
use domain::parking::{ParkTicket, ParkedLine, TicketContent};
use domain::person::{Role, SavePerson};
use domain::sale::{CompleteSale, Condition, ReturnLine, VoidSale};
use domain::till::{CashCount, CloseDay, CloseTill};
use domain::vendor::{
    CloseReturn, Closing, EndOrder, Ending, EnterBill, PayBills, ReceiptSheet, ReceiveGoods, ReturnGoods,
    SaveOrder, SaveVendor, TypedBill, TypedCredit, TypedGoods, TypedOrder, TypedPart, TypedPayment,
    TypedReceipt, TypedReturn, TypedReturned, TypedVendor,
};
use services::Ctx;
use std::collections::BTreeMap;
use support::{Shop, cents, command};

on_both_databases! { whatever_is_changed_is_found }

fn rings(pieces: &str) -> TypedGoods {
    TypedGoods {
        what: "piece".into(),
        kind: "ring".into(),
        pieces: pieces.into(),
        cost: "100".into(),
        price: "200".into(),
        ..TypedGoods::default()
    }
}

/// A change to the rows, what undoes it, and a part of the rule that it breaks.
const CHANGES: &[(&str, &str, &str)] = &[
    (
        "UPDATE customer SET phone = phone || '0'",
        "UPDATE customer SET phone = '+15550102030' WHERE phone IS NOT NULL",
        "those that lists show",
    ),
    (
        "UPDATE customer_contact SET position = 1",
        "UPDATE customer_contact SET position = 0",
        "those that lists show",
    ),
    (
        "UPDATE customer SET merged_into = NULL WHERE last_name = 'Twin'",
        "UPDATE customer SET merged_into = (SELECT m.winner_id FROM customer_merge m) WHERE last_name = 'Twin'",
        "points to the card that stands",
    ),
    (
        "UPDATE customer SET merged_into = id WHERE last_name = 'Other'",
        "UPDATE customer SET merged_into = NULL WHERE last_name = 'Other'",
        "points to the card that stands",
    ),
    (
        "INSERT INTO sale_secret (sale_id, version, until_date, event_id)
         SELECT id, 1, NULL, event_id FROM sale WHERE number = 'S1-T1-000001'",
        "DELETE FROM sale_secret",
        "secret was said by the event",
    ),
    (
        "UPDATE household SET primary_id = id",
        "UPDATE household SET primary_id = (SELECT c.id FROM customer c WHERE c.last_name = 'Example')",
        "partners are each other's",
    ),
    (
        "UPDATE customer SET partner_id = NULL WHERE last_name = 'Other'",
        "UPDATE customer SET partner_id = (SELECT c.id FROM customer c WHERE c.last_name = 'Example') WHERE last_name = 'Other'",
        "partners are each other's",
    ),
    (
        "UPDATE event SET kind = 'customer_saved' WHERE kind = 'customer_noted'",
        "UPDATE event SET kind = 'customer_noted' WHERE id IN (SELECT id FROM customer_note)",
        "written down by the event",
    ),
    (
        "UPDATE receipt_line SET freight_minor = freight_minor + 1",
        "UPDATE receipt_line SET freight_minor = freight_minor - 1",
        "A delivery's lines add up to it",
    ),
    (
        "UPDATE journal_line SET account_code = 2410 WHERE account_code = 2030 AND document_id IS NOT NULL",
        "UPDATE journal_line SET account_code = 2030 WHERE account_code = 2410",
        "received and not billed is in the ledger",
    ),
    (
        "UPDATE vendor_bill SET difference_minor = difference_minor + 1",
        "UPDATE vendor_bill SET difference_minor = difference_minor - 1",
        "A bill is what was delivered",
    ),
    (
        "UPDATE bill_payment_line SET amount_minor = amount_minor - 1",
        "UPDATE bill_payment_line SET amount_minor = amount_minor + 1",
        "What vendors are owed is in the ledger",
    ),
    (
        "UPDATE vendor_credit SET amount_minor = amount_minor + 1",
        "UPDATE vendor_credit SET amount_minor = amount_minor - 1",
        "What vendors are owed is in the ledger",
    ),
    (
        "UPDATE bill_payment_line SET amount_minor = amount_minor + 1000000",
        "UPDATE bill_payment_line SET amount_minor = amount_minor - 1000000",
        "No bill is paid, and no credit used, beyond",
    ),
    (
        "UPDATE bill_payment SET money_minor = money_minor + 1",
        "UPDATE bill_payment SET money_minor = money_minor - 1",
        "A payment to a vendor is what its bills got",
    ),
    (
        "UPDATE journal_line SET account_code = 1270 WHERE account_code = 1280 AND amount_minor > 0",
        "UPDATE journal_line SET account_code = 1280 WHERE account_code = 1270",
        "Goods on their way back to vendors are in the ledger",
    ),
    (
        "UPDATE item SET holder_id = id WHERE status = 'returned_to_vendor'",
        "UPDATE item SET holder_id = (SELECT l.return_id FROM vendor_return_line l WHERE l.item_id = item.id) WHERE status = 'returned_to_vendor'",
        "went back to a vendor is on a return",
    ),
    (
        "UPDATE purchase_order SET state = 'placed'",
        "UPDATE purchase_order SET state = 'partly_received'",
        "Goods are with an order that was placed",
    ),
    (
        "UPDATE series SET next_no = next_no + 1 WHERE kind = 'vendor_return'",
        "UPDATE series SET next_no = next_no - 1 WHERE kind = 'vendor_return'",
        "Numbers of orders, deliveries and returns",
    ),
    (
        "UPDATE sale SET total_minor = total_minor + 1",
        "UPDATE sale SET total_minor = total_minor - 1",
        "lines, taxes and tenders add up",
    ),
    (
        "UPDATE sale_line SET sale_id = item_id WHERE sale_id = (SELECT id FROM sale WHERE number = 'S1-T1-000001')",
        "UPDATE sale_line SET sale_id = (SELECT id FROM sale WHERE number = 'S1-T1-000001') WHERE sale_id = item_id",
        "lines, taxes and tenders add up",
    ),
    (
        "UPDATE return_line SET fee_minor = fee_minor + 1",
        "UPDATE return_line SET fee_minor = fee_minor - 1",
        "lines, taxes and tenders add up",
    ),
    (
        "UPDATE return_line SET net_minor = net_minor + 1, fee_minor = fee_minor + 1",
        "UPDATE return_line SET net_minor = net_minor - 1, fee_minor = fee_minor - 1",
        "What came back is what was sold",
    ),
    (
        "UPDATE return_line SET pieces = pieces + 5 WHERE pieces > 0",
        "UPDATE return_line SET pieces = pieces - 5 WHERE pieces > 0",
        "No more of goods that are alike came back",
    ),
    (
        "UPDATE lot_move SET cost_minor = cost_minor + 1 WHERE reason = 'sold'",
        "UPDATE lot_move SET cost_minor = cost_minor - 1 WHERE reason = 'sold'",
        "What was sold of goods that are alike left their lot",
    ),
    (
        "UPDATE item SET lot_pieces = lot_pieces + 1 WHERE lot_unit IS NOT NULL",
        "UPDATE item SET lot_pieces = lot_pieces - 1 WHERE lot_unit IS NOT NULL",
        "Goods that are alike are as their steps say",
    ),
    (
        "UPDATE journal_line SET account_code = 1260 WHERE account_code = 1200",
        "UPDATE journal_line SET account_code = 1200 WHERE account_code = 1260",
        "Inventory in the ledger is all on pieces",
    ),
    (
        "UPDATE journal_line SET account_code = 4190 WHERE account_code = 4900",
        "UPDATE journal_line SET account_code = 4900 WHERE account_code = 4190",
        "revenue, returns and tax are in the ledger",
    ),
    (
        "UPDATE sale_line_seller SET weight_ppm = weight_ppm - 1",
        "UPDATE sale_line_seller SET weight_ppm = weight_ppm + 1",
        "sellers share the whole line",
    ),
    (
        "UPDATE journal_line SET account_code = 4100 WHERE account_code = 4000",
        "UPDATE journal_line SET account_code = 4000 WHERE account_code = 4100",
        "revenue, returns and tax are in the ledger",
    ),
    (
        "UPDATE journal_line SET amount_minor = amount_minor + 1 WHERE account_code = 4000",
        "UPDATE journal_line SET amount_minor = amount_minor - 1 WHERE account_code = 4000",
        "Entries balance",
    ),
    (
        "UPDATE journal_entry SET narrative = narrative || '!'",
        "UPDATE journal_entry SET narrative = REPLACE(narrative, '!', '')",
        "Entries are as they were written",
    ),
    (
        "UPDATE sale_tender SET account_code = 1010",
        "UPDATE sale_tender SET account_code = 1000",
        "account by account",
    ),
    (
        "UPDATE sale_line SET cost_minor = cost_minor + 1",
        "UPDATE sale_line SET cost_minor = cost_minor - 1",
        "What a sold piece cost",
    ),
    (
        "UPDATE item SET status = 'quarantine' WHERE status = 'in_stock'",
        "UPDATE item SET status = 'in_stock' WHERE status = 'quarantine'",
        "where its last move put it",
    ),
    (
        "UPDATE sale_line SET item_id = (SELECT l.item_id FROM sale_line l JOIN sale s ON s.id = l.sale_id WHERE s.number = 'S1-T1-000001')",
        "UPDATE sale_line SET item_id = (SELECT id FROM item WHERE item.tag = sale_line.tag)",
        "sold at most once",
    ),
    (
        "UPDATE item SET holder_id = id WHERE status = 'sold'",
        "UPDATE item SET holder_id = (SELECT l.sale_id FROM sale_line l WHERE l.item_id = item.id) WHERE status = 'sold'",
        "on a sale that stands",
    ),
    (
        "UPDATE item SET cost_minor = cost_minor + 1",
        "UPDATE item SET cost_minor = cost_minor - 1",
        "what the pieces on hand cost",
    ),
    (
        "UPDATE journal_line SET item_id = NULL, jurisdiction_id = item_id WHERE account_code = 1200",
        "UPDATE journal_line SET item_id = jurisdiction_id, jurisdiction_id = NULL WHERE account_code = 1200",
        "all on pieces",
    ),
    (
        "UPDATE journal_line SET amount_minor = amount_minor + 1 WHERE account_code = 1000",
        "UPDATE journal_line SET amount_minor = amount_minor - 1 WHERE account_code = 1000",
        "drawer is empty",
    ),
    (
        "UPDATE journal_line SET till_id = NULL WHERE account_code = 1000",
        "UPDATE journal_line SET till_id = (SELECT id FROM till) WHERE account_code = 1000",
        "all in drawers",
    ),
    (
        "UPDATE journal_line SET jurisdiction_id = NULL WHERE account_code = 2100",
        "UPDATE journal_line SET jurisdiction_id = (SELECT id FROM jurisdiction) WHERE account_code = 2100",
        "names its jurisdiction",
    ),
    (
        "UPDATE series SET next_no = next_no + 1 WHERE kind = 'receipt'",
        "UPDATE series SET next_no = next_no - 1 WHERE kind = 'receipt'",
        "Receipt numbers have no gap",
    ),
    (
        "UPDATE series SET next_no = next_no + 1 WHERE kind = 'z_report'",
        "UPDATE series SET next_no = next_no - 1 WHERE kind = 'z_report'",
        "Z numbers have no gap",
    ),
    (
        "UPDATE sale_void SET event_id = (SELECT event_id FROM sale WHERE number = 'S1-T1-000001')",
        "UPDATE sale_void SET event_id = (SELECT id FROM event WHERE kind = 'sale_voided')",
        "entries are reversed",
    ),
    (
        "UPDATE journal_line SET account_code = 1130 WHERE account_code = 1000 AND amount_minor < -10000",
        "UPDATE journal_line SET account_code = 1000 WHERE account_code = 1130",
        "undoes its entry to the cent",
    ),
    ("UPDATE z_report SET body = body || ' '", "UPDATE z_report SET body = TRIM(body)", "Z reports"),
    (
        "UPDATE sale SET session_id = id WHERE number = 'S1-T1-000001'",
        "UPDATE sale SET session_id = (SELECT id FROM till_session) WHERE session_id = id",
        "Z reports",
    ),
    (
        "UPDATE z_report SET session_id = till_id",
        "UPDATE z_report SET session_id = (SELECT id FROM till_session)",
        "closed till has its Z",
    ),
    (
        "INSERT INTO imported_stone (store_id, key, item_id, event_id)
         SELECT store_id, hash, store_id, id FROM event, z_report WHERE kind = 'sale_voided'",
        "DELETE FROM imported_stone",
        "imported stone is a piece",
    ),
    (
        "INSERT INTO import_mapping (id, name, kind, columns_digest, content, version, event_id)
         SELECT id, 'x', 'pieces', body_hash, '{}', 1, id FROM event WHERE kind = 'sale_voided'",
        "DELETE FROM import_mapping",
        "mapping of files was saved",
    ),
    (
        "UPDATE store_day SET closed_at = opened_at, opened_at = closed_at",
        "UPDATE store_day SET closed_at = opened_at, opened_at = closed_at",
        "after it was closed",
    ),
    (
        "UPDATE account SET control = (1 = 1) WHERE code = 6100",
        "UPDATE account SET control = (1 = 0) WHERE code = 6100",
        "leave control accounts alone",
    ),
    (
        "UPDATE event SET kind = 'entry_typed' WHERE kind = 'entry_posted'",
        "UPDATE event SET kind = 'entry_posted' WHERE kind = 'entry_typed'",
        "somebody posted by hand",
    ),
    (
        "UPDATE series SET next_no = next_no + 1 WHERE kind = 'journal_entry'",
        "UPDATE series SET next_no = next_no - 1 WHERE kind = 'journal_entry'",
        "Numbers of entries by hand have no gap",
    ),
    (
        "UPDATE legal_entity SET locked_through = (SELECT business_date FROM store_day),
         locked_at = (SELECT opened_at FROM store_day)",
        "UPDATE legal_entity SET locked_through = NULL, locked_at = NULL",
        "posted to a locked period",
    ),
    (
        "UPDATE approval SET decided_by = asked_by",
        "UPDATE approval SET decided_by = (SELECT approver_id FROM event WHERE event.id = used_by)",
        "stands with whoever gave it",
    ),
    (
        "UPDATE parked_ticket SET state = 'opened', closed_by_event = (SELECT id FROM event WHERE kind = 'sale_voided')",
        "UPDATE parked_ticket SET state = 'parked', closed_by_event = NULL",
        "held for a parked ticket or a till",
    ),
    (
        "UPDATE attachment SET event_id = (SELECT id FROM event WHERE kind = 'sale_voided')",
        "UPDATE attachment SET event_id = (SELECT e.event_id FROM journal_entry e WHERE e.id = entry_id)",
        "attached by the event it names",
    ),
    (
        "UPDATE attachment_withdrawal SET event_id = (SELECT id FROM event WHERE kind = 'sale_voided')",
        "UPDATE attachment_withdrawal SET event_id = (SELECT id FROM event WHERE kind = 'file_withdrawn')",
        "attached by the event it names",
    ),
    (
        "UPDATE recurring_post SET event_id = (SELECT id FROM event WHERE kind = 'sale_voided')",
        "UPDATE recurring_post SET event_id = (SELECT e.event_id FROM journal_entry e JOIN manual_entry m
         ON m.entry_id = e.id WHERE m.number = 2)",
        "month of a recurring entry",
    ),
    (
        "UPDATE manual_entry SET seal = (SELECT hash FROM journal_entry WHERE id = entry_id) WHERE number = 1",
        "",
        "one over the other",
    ),
    (
        "UPDATE store_day SET digest = body_hash FROM event WHERE kind = 'sale_voided'",
        "",
        "as they were sealed",
    ),
];

impl Shop {
    /// A day with two sales, a voided one, one that comes back, a count and a Z; when it is closed, two entries by
    /// hand.
    async fn day(&self) {
        let session = self.open_till("100.00").await;
        self.clock.advance(chrono::Duration::minutes(5));
        let ring = self.add_ring("100.00", "40.00").await;
        let band = self.add_ring("200.00", "90.00").await;
        let sold = self.sale(session, &[(ring, "100.00")], "107.00", "107.00");
        self.services.complete_sale(&self.owner, sold).await.unwrap();
        let chain = self.add_ring("50.00", "20.00").await;
        let sold = self.sale(session, &[(chain, "50.00")], "53.50", "53.50");
        self.services.complete_sale(&self.owner, sold).await.unwrap();
        let aster = self.aster().await;
        let voided = self.sale(session, &[(band, "200.00")], "214.00", "214.00");
        let sale_id = self.services.complete_sale(&self.owner, voided).await.unwrap().sale_id;
        let store_id = self.set_up.store_id;
        let void = VoidSale {
            command_id: command(),
            store_id,
            sale_id,
            reason: "rung up twice".into(),
            approvals: vec![self.word_for(&aster, sale_id).await],
        };
        self.services.void_sale(&aster, void).await.unwrap();
        let pearl = self.add_ring("30.00", "9.00").await;
        let sold = self.sale(session, &[(pearl, "30.00")], "32.10", "32.10");
        let number = self.services.complete_sale(&self.owner, sold).await.unwrap().number;
        let offer = self.services.find_return(&self.owner, &number).await.unwrap();
        let back = ReturnLine {
            line_id: offer.lines[0].line_id,
            condition: Condition::AsNew,
            proof: offer.proof,
            fee: cents("0"),
            quantity: None,
        };
        let sale = self.sale(session, &[], "-32.10", "32.10");
        let back = CompleteSale { returns: vec![back], ..sale };
        self.services.complete_sale(&self.owner, back).await.unwrap();
        self.park(session).await;
        self.cloths(session).await;
        let count = CashCount { pieces: Vec::new(), cents: cents("271.20").minor() };
        let close =
            CloseTill { command_id: command(), store_id, session_id: session, count, reason: String::new() };
        self.services.close_till(&self.owner, close).await.unwrap();
        self.clock.advance(chrono::Duration::hours(3));
        self.services.close_day(&self.owner, CloseDay { command_id: command(), store_id }).await.unwrap();
        self.rent().await;
        self.somebody_in_the_book().await;
        self.goods_from_a_vendor().await;
    }

    async fn deliver(
        &self,
        vendor_id: VendorId,
        pieces: &str,
        order_id: Option<PurchaseOrderId>,
    ) -> ReceiptSheet {
        let line = TypedGoods { order_line: "0".into(), ..rings(pieces) };
        let typed = TypedReceipt { lines: vec![line], ..TypedReceipt::default() };
        let store_id = self.set_up.store_id;
        let cmd = ReceiveGoods { command_id: command(), store_id, vendor_id, order_id, typed };
        let id = self.services.receive_goods(&self.owner, cmd).await.unwrap();
        self.services.goods_receipt(&self.owner, id).await.unwrap()
    }

    /// A ring of two that were ordered came, was billed at another price and paid in part; another is not billed;
    /// of two more, one was sent back and credited and one is on its way.
    async fn goods_from_a_vendor(&self) {
        let (services, owner, store_id) = (&self.services, &self.owner, self.set_up.store_id);
        let typed = TypedVendor { code: "GEM".into(), name: "Example Gems".into(), ..TypedVendor::default() };
        let cmd = SaveVendor { command_id: command(), vendor_id: None, version: 0, typed };
        let vendor_id = services.save_vendor(owner, cmd).await.unwrap();
        let typed = TypedOrder { lines: vec![rings("2")], ..TypedOrder::default() };
        let cmd = SaveOrder { command_id: command(), store_id, vendor_id, order_id: None, version: 0, typed };
        let order_id = services.save_order(owner, cmd).await.unwrap();
        let ending = Ending::Place;
        let cmd = EndOrder { command_id: command(), order_id, version: 1, ending, reason: String::new() };
        services.end_order(owner, cmd).await.unwrap();
        let came = self.deliver(vendor_id, "1", Some(order_id)).await;
        self.deliver(vendor_id, "1", None).await;
        let typed = TypedBill {
            number: "1".into(),
            date: "2026-03-02".into(),
            total: "105".into(),
            early: true,
            receipts: vec![came.receipt.id],
            ..TypedBill::default()
        };
        let cmd = EnterBill { command_id: command(), store_id, vendor_id, typed };
        let bill = services.enter_bill(owner, cmd).await.unwrap();
        let typed = TypedPayment {
            account: "1020".into(),
            bills: vec![TypedPart { bill, amount: "40".into() }],
            ..TypedPayment::default()
        };
        let cmd = PayBills { command_id: command(), store_id, vendor_id, typed };
        services.pay_bills(owner, cmd).await.unwrap();
        for piece in self.deliver(vendor_id, "2", None).await.pieces {
            let lines = vec![TypedReturned { tag: piece.tag, ..TypedReturned::default() }];
            let typed = TypedReturn { reason: "loose stone".into(), lines };
            let cmd = ReturnGoods { command_id: command(), store_id, vendor_id, typed };
            let return_id = services.return_goods(owner, cmd).await.unwrap();
            if piece.line.position == 0 {
                let credit = TypedCredit { number: String::new(), amount: "100".into() };
                let cmd = CloseReturn { command_id: command(), return_id, closing: Closing::Credit(credit) };
                services.close_return(owner, cmd).await.unwrap();
            }
        }
    }

    /// A customer with ways to reach them, and a note.
    async fn somebody_in_the_book(&self) {
        let typed = TypedCustomer {
            last_name: "Example".into(),
            phones: vec![TypedContact::new("", "555 010 2030")],
            ..TypedCustomer::default()
        };
        let customer_id = self.meet(typed).await;
        let note = AddNote { command_id: command(), customer_id, text: "Likes sapphires".into() };
        self.services.add_note(&self.owner, note).await.unwrap();
        let with = self.meet(TypedCustomer { last_name: "Other".into(), ..TypedCustomer::default() }).await;
        for change in
            [HouseholdChange::Join { with, name: "Example".into() }, HouseholdChange::Partner { with }]
        {
            let cmd = ChangeHousehold { command_id: command(), customer_id, change };
            self.services.change_household(&self.owner, cmd).await.unwrap();
        }
        let loser_id =
            self.meet(TypedCustomer { last_name: "Twin".into(), ..TypedCustomer::default() }).await;
        let merge = MergeCustomers {
            command_id: command(),
            winner_id: customer_id,
            winner_version: 1,
            loser_id,
            loser_version: 1,
            primaries: Primaries::default(),
        };
        self.services.merge_customers(&self.owner, merge).await.unwrap();
    }

    /// Two of five polishing cloths are sold, one of them comes back.
    async fn cloths(&self, session: TillSessionId) {
        let mut cloths = self.new_ring("10.00", "20.00");
        cloths.typed.unit = "piece".into();
        cloths.typed.quantity.pieces = "5".into();
        let cloths = self.services.save_item(&self.owner, cloths).await.unwrap();
        let mut two = self.sale(session, &[(cloths, "10.00")], "21.40", "21.40");
        two.lines[0].quantity = Some(Quantity::pieces(2));
        let number = self.services.complete_sale(&self.owner, two).await.unwrap().number;
        let offer = self.services.find_return(&self.owner, &number).await.unwrap();
        let back = ReturnLine {
            line_id: offer.lines[0].line_id,
            condition: Condition::AsNew,
            proof: offer.proof,
            fee: cents("0"),
            quantity: Some(Quantity::ONE),
        };
        let sale = self.sale(session, &[], "-10.70", "10.70");
        self.services.complete_sale(&self.owner, CompleteSale { returns: vec![back], ..sale }).await.unwrap();
    }

    /// A ticket that nobody has opened yet.
    async fn park(&self, session_id: TillSessionId) {
        let line = ParkedLine {
            item_id: self.add_ring("70.00", "30.00").await,
            tag: "tag".into(),
            price: cents("70.00"),
            discount: None,
            quantity: None,
        };
        let cmd = ParkTicket {
            command_id: command(),
            store_id: self.set_up.store_id,
            session_id,
            label: "Blue coat".into(),
            ticket: TicketContent { lines: vec![line], ..TicketContent::default() },
            total: cents("74.90"),
        };
        self.services.park_ticket(&self.owner, cmd).await.unwrap();
    }

    /// Somebody who may not void a sale.
    async fn aster(&self) -> Ctx {
        let roles = BTreeMap::from([(self.set_up.store_id, Some(Role::Associate))]);
        let cmd = SavePerson {
            command_id: command(),
            person_id: None,
            version: 0,
            name: "Aster".into(),
            login: "aster".into(),
            active: true,
            roles,
            password: "long enough to use".into(),
            pin: "2580".into(),
        };
        let mut ctx = self.as_role(Role::Associate);
        ctx.actor.person_id = self.services.save_person(&self.owner, cmd).await.unwrap();
        ctx
    }

    /// The owner's approval of a void.
    async fn word_for(&self, asker: &Ctx, sale_id: SaleId) -> ApprovalId {
        let (store_id, about) = (self.set_up.store_id, About::VoidSale { sale_id });
        let ask = AskManager { command_id: command(), store_id, about, reason: "rung up twice".into() };
        let approval_id = self.services.ask_manager(asker, ask).await.unwrap();
        let yes = Decide { command_id: command(), store_id, approval_id, decision: Decision::Approve };
        self.services.decide_approval(&self.owner, yes).await.unwrap();
        approval_id
    }

    /// Rent posted by hand, and again as what comes every month.
    async fn rent(&self) {
        let line = |account: &str, debit: &str, credit: &str| TypedLine {
            account: account.into(),
            store: self.set_up.store_id.to_string(),
            debit: debit.into(),
            credit: credit.into(),
        };
        let (date, memo) = ("2026-03-02".to_owned(), "Rent".to_owned());
        let lines = vec![line("6100", "100", ""), line("1020", "", "100")];
        let typed = TypedEntry {
            date: date.clone(),
            memo: memo.clone(),
            lines: lines.clone(),
            ..TypedEntry::default()
        };
        let folder = std::env::temp_dir().join(format!("parure-verifying-{}", command().0));
        let services = self.services.clone().keeping_photos_in(folder).unwrap();
        let mut files = Vec::new();
        for name in ["invoice.txt", "mistake.txt"] {
            let taken = services.take_paper_in(&self.owner, name, name.as_bytes().to_vec()).await.unwrap();
            files.push(NewFile { file: taken.file, name: taken.name });
        }
        let cmd = PostEntry { command_id: command(), typed, files };
        let event = services.post_entry(&self.owner, cmd).await.unwrap();
        let papers = services.event(&self.owner, event).await.unwrap().files;
        let attachment_id = papers.iter().find(|paper| paper.name == "mistake.txt").unwrap().id;
        let cmd = WithdrawAttachment { command_id: command(), attachment_id, reason: "by mistake".into() };
        services.withdraw_attachment(&self.owner, cmd).await.unwrap();
        let typed = TypedRecurring { memo, from: date, day: "2".into(), lines, ..TypedRecurring::default() };
        let monthly = SaveRecurring { command_id: command(), recurring_id: None, version: 0, typed };
        let recurring_id = self.services.save_recurring(&self.owner, monthly).await.unwrap();
        let month = "2026-03-01".parse().unwrap();
        let due = PostDue { command_id: command(), recurring_id, month };
        self.services.post_due(&self.owner, due).await.unwrap();
    }
}

async fn whatever_is_changed_is_found(shop: Shop) {
    shop.day().await;
    shop.verifies().await;
    for (change, undo, rule) in CHANGES {
        shop.tamper(change).await;
        let found = shop.services.verify().await.unwrap().findings;
        let named = found.iter().any(|finding| finding.check.contains(rule));
        assert!(named, "{change}\nis not found as “{rule}”, but as {found:?}");
        if !undo.is_empty() {
            shop.tamper(undo).await;
            let left = shop.services.verify().await.unwrap().findings;
            assert_eq!(left, [], "{undo}\nleaves something");
        }
    }
}
