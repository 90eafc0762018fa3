//! The daily tie-out, and settling card payments.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

#[path = "support/accounts.rs"]
mod accounts;

use accounts::on;
use chrono::NaiveDate;
use domain::ids::*;
use domain::ledger::{Tie, TieOut, TieOutAsked};
use domain::money::Money;
use domain::person::Role;
use domain::receivable::*;
use domain::sale::{CompleteSale, VoidSale};
use domain::settlement::*;
use domain::till::{CashCount, CloseDay, CloseTill, Deposit};
use std::collections::BTreeMap;
use support::{Shop, cents, command, complaint};

on_both_databases! {
    a_batch_settles_what_cards_paid
    a_batch_is_settled_once
    a_batch_is_taken_back
    what_makes_no_sense_is_told_at_its_field
    a_day_ties_out_and_stays_so
    whatever_is_changed_turns_the_day_red
    whatever_is_changed_about_accounts_is_found
    a_drawer_that_was_short_ties_out
}

impl Shop {
    async fn cards(&self) -> CardsPage {
        let asked = CardsAsked { limit: 50, ..CardsAsked::default() };
        self.services.cards(&self.owner, asked).await.unwrap()
    }

    fn settling(&self, slips: &[WaitingSlip], arrived: &str) -> SettleCards {
        SettleCards {
            command_id: command(),
            store_id: self.set_up.store_id,
            slips: slips.iter().map(|slip| slip.key).collect(),
            typed: TypedSettlement {
                arrived: arrived.into(),
                reference: "B-17".into(),
                ..TypedSettlement::default()
            },
        }
    }

    async fn settles(&self, arrived: &str) {
        let cmd = self.settling(&self.cards().await.waiting, arrived);
        self.services.settle_cards(&self.owner, cmd).await.unwrap();
    }

    async fn paid_by_card(&self, session: TillSessionId, price: &str) -> SaleId {
        let ring = self.add_ring(price, "2,200.00").await;
        let total = cents(price).plus(cents(price).share(7, 100).unwrap()).unwrap().to_string();
        let cmd = CompleteSale {
            tenders: vec![on("card", &total)],
            ..self.sale(session, &[(ring, price)], &total, "0")
        };
        self.services.complete_sale(&self.owner, cmd).await.unwrap().sale_id
    }

    async fn tie_out(&self, day: Option<&str>) -> TieOut {
        let day = day.map(|day| day.parse::<NaiveDate>().unwrap());
        let asked = TieOutAsked { store: None, day };
        self.services.tie_out(&self.owner, asked).await.unwrap()
    }

    async fn closes(&self, session_id: TillSessionId, counted: &str, reason: &str) {
        let store_id = self.set_up.store_id;
        let count = CashCount { pieces: Vec::new(), cents: cents(counted).minor() };
        let close = CloseTill { command_id: command(), store_id, session_id, count, reason: reason.into() };
        self.services.close_till(&self.owner, close).await.unwrap();
    }

    async fn closes_day(&self) {
        let close = CloseDay { command_id: command(), store_id: self.set_up.store_id };
        self.services.close_day(&self.owner, close).await.unwrap();
    }
}

fn tie(sheet: &TieOut, account: i32) -> &Tie {
    sheet.ties.iter().find(|tie| tie.account.get() == account).unwrap()
}

async fn a_batch_settles_what_cards_paid(shop: Shop) {
    let session = shop.open_till("0").await;
    shop.paid_by_card(session, "5,000.00").await;
    let waiting = shop.cards().await;
    assert_eq!((waiting.waiting_sum, waiting.clearing), (cents("5,350"), cents("5,350")));
    assert_eq!((waiting.waiting.len(), waiting.waiting[0].number.as_str()), (1, "S1-T1-000001"));
    // J54: 2.9 % and 0.30 stay with the processor.
    shop.settles("5,194.55").await;
    assert_eq!(shop.balance_text(1030).await, "0.00");
    assert_eq!(shop.balance_text(1020).await, "5,194.55");
    assert_eq!(shop.balance_text(6010).await, "155.45");
    let settled = shop.cards().await;
    assert_eq!((settled.waiting.len(), settled.waiting_sum), (0, Money::ZERO));
    let batch = &settled.batches[0];
    assert_eq!((batch.count, batch.batch.fee, batch.batch.gross), (1, cents("155.45"), cents("5,350")));
    let sheet = shop.services.card_batch(&shop.owner, batch.batch.id).await.unwrap();
    assert_eq!(sheet.slips[0].amount, cents("5,350"));
    assert!(shop.tie_out(None).await.holds());
    shop.verifies().await;
}

async fn a_batch_is_settled_once(shop: Shop) {
    let session = shop.open_till("0").await;
    shop.paid_by_card(session, "100.00").await;
    let waiting = shop.cards().await.waiting;
    let tries: Vec<_> = (0..4)
        .map(|_| {
            let (services, owner, cmd) =
                (shop.services.clone(), shop.owner.clone(), shop.settling(&waiting, "107.00"));
            tokio::spawn(async move { services.settle_cards(&owner, cmd).await })
        })
        .collect();
    let mut refused = 0;
    for one in tries {
        if let Err(error) = one.await.unwrap() {
            assert!(error.to_string().contains("settled already"), "{error}");
            refused += 1;
        }
    }
    assert_eq!(refused, 3);
    let again = shop.settling(&waiting, "107.00");
    assert!(shop.services.settle_cards(&shop.owner, again).await.is_err());
    // The same command twice is one.
    shop.paid_by_card(session, "200.00").await;
    let cmd = shop.settling(&shop.cards().await.waiting, "214.00");
    shop.services.settle_cards(&shop.owner, cmd.clone()).await.unwrap();
    shop.services.settle_cards(&shop.owner, cmd).await.unwrap();
    assert_eq!(shop.cards().await.batch_count, 2);
    shop.verifies().await;
}

async fn a_batch_is_taken_back(shop: Shop) {
    let session = shop.open_till("0").await;
    let sale_id = shop.paid_by_card(session, "100.00").await;
    shop.settles("100.00").await;
    let batch_id = shop.cards().await.batches[0].batch.id;
    let undo = |reason: &str| UndoCardBatch {
        command_id: command(),
        store_id: shop.set_up.store_id,
        batch_id,
        reason: reason.into(),
    };
    let refused = shop.services.undo_card_batch(&shop.owner, undo(" ")).await.unwrap_err();
    complaint(refused, "reason");
    shop.services.undo_card_batch(&shop.owner, undo("wrong deposit")).await.unwrap();
    let refused = shop.services.undo_card_batch(&shop.owner, undo("again")).await.unwrap_err();
    assert_eq!(refused.to_string(), "this batch was undone already");
    let page = shop.cards().await;
    assert_eq!((page.waiting_sum, page.clearing), (cents("107"), cents("107")));
    assert_eq!(page.batches[0].undone.as_deref(), Some("wrong deposit"));
    assert_eq!(
        (shop.balance_text(1020).await, shop.balance_text(6010).await),
        ("0.00".into(), "0.00".into())
    );
    shop.settles("105.00").await;
    // A sale that is voided after its payment was settled is paid back out of the next deposit.
    let void = VoidSale {
        command_id: command(),
        store_id: shop.set_up.store_id,
        sale_id,
        reason: "wrong ring".into(),
        approvals: Vec::new(),
    };
    shop.services.void_sale(&shop.owner, void).await.unwrap();
    assert_eq!(shop.cards().await.waiting_sum, cents("-107"));
    shop.settles("-107").await;
    assert_eq!(shop.balance_text(1030).await, "0.00");
    assert!(shop.tie_out(None).await.holds());
    shop.verifies().await;
}

async fn what_makes_no_sense_is_told_at_its_field(shop: Shop) {
    let session = shop.open_till("0").await;
    shop.paid_by_card(session, "100.00").await;
    let waiting = shop.cards().await.waiting;
    let settle = |cmd: SettleCards| shop.services.settle_cards(&shop.owner, cmd);
    let refused = settle(shop.settling(&[], "1")).await.unwrap_err();
    assert_eq!(complaint(refused, "slips"), "choose the payments that arrived");
    let refused = settle(shop.settling(&waiting, "107.01")).await.unwrap_err();
    assert_eq!(complaint(refused, "arrived"), "that is more than the 107.00 that was paid");
    let refused = settle(shop.settling(&waiting, "much")).await.unwrap_err();
    complaint(refused, "arrived");
    let mut cmd = shop.settling(&waiting, "107.00");
    cmd.typed.arrived_on = "2026-03-03".into();
    assert_eq!(complaint(settle(cmd).await.unwrap_err(), "arrived_on"), "this day is still to come");
    let mut cmd = shop.settling(&waiting, "107.00");
    cmd.typed.arrived_on = "soon".into();
    assert_eq!(complaint(settle(cmd).await.unwrap_err(), "arrived_on"), "choose a day");
    // Not what another store was paid.
    let (elsewhere, mut bookkeeper) = shop.second_store().await;
    bookkeeper.actor.roles = BTreeMap::from([(elsewhere, Role::Bookkeeper)]);
    let theirs = SettleCards { store_id: elsewhere, ..shop.settling(&waiting, "107.00") };
    let refused = shop.services.settle_cards(&bookkeeper, theirs).await.unwrap_err();
    assert!(refused.to_string().contains("not of this store"), "{refused}");
    let asked = TieOutAsked { store: None, day: Some("2026-03-03".parse().unwrap()) };
    let refused = shop.services.tie_out(&shop.owner, asked).await.unwrap_err();
    assert_eq!(refused.to_string(), "this day is still to come");
    shop.verifies().await;
}

/// A day of everything that moves a sub-ledger.
async fn a_full_day(shop: &Shop, session: TillSessionId) {
    let customer = shop.with_account("Person", "").await;
    let (_, invoice) = shop.charged(session, "100.00", customer).await;
    shop.paid_by_card(session, "50.00").await;
    shop.pays(customer, "card", "120.00").await;
    let credit_id = shop.account(customer).await.credits[0].id;
    let refund = RefundCredit {
        command_id: command(),
        store_id: shop.set_up.store_id,
        session_id: None,
        credit_id,
        amount: "3".into(),
        tenders: vec![on("card", "3")],
        reason: "wants it back".into(),
    };
    shop.services.refund_credit(&shop.owner, refund).await.unwrap();
    let memo = IssueCreditMemo {
        command_id: command(),
        store_id: shop.set_up.store_id,
        customer_id: customer,
        invoice_id: Some(invoice),
        net: "10".into(),
        reason: "scratch".into(),
    };
    shop.services.issue_credit_memo(&shop.owner, memo).await.unwrap();
    let (_, second) = shop.charged(session, "1,000.00", customer).await;
    let write_off = WriteOff {
        command_id: command(),
        store_id: shop.set_up.store_id,
        invoice_id: second,
        amount: "400".into(),
        reason: "no address".into(),
    };
    shop.services.write_off(&shop.owner, write_off).await.unwrap();
    let written_off = CustomerCreditId(shop.account(customer).await.movements[0].document);
    let recover = RecoverWriteOff {
        command_id: command(),
        store_id: shop.set_up.store_id,
        session_id: None,
        credit_id: written_off,
        amount: "100".into(),
        tenders: vec![on("check", "100")],
    };
    let in_cash = RecoverWriteOff {
        command_id: command(),
        session_id: Some(session),
        amount: "40".into(),
        tenders: vec![on("cash", "40")],
        ..recover.clone()
    };
    for cmd in [recover, in_cash] {
        shop.services.recover_write_off(&shop.owner, cmd).await.unwrap();
    }
    let (voided, _) = shop.charged(session, "10.00", customer).await;
    let void = VoidSale {
        command_id: command(),
        store_id: shop.set_up.store_id,
        sale_id: voided.sale_id,
        reason: "wrong ring".into(),
        approvals: Vec::new(),
    };
    shop.services.void_sale(&shop.owner, void).await.unwrap();
}

async fn a_day_ties_out_and_stays_so(shop: Shop) {
    let session = shop.open_till("0").await;
    a_full_day(&shop, session).await;
    let first = shop.tie_out(None).await;
    assert!(first.holds(), "{first:#?}");
    assert_eq!((first.uncounted(), first.closed), (1, false));
    // 53.50 + 120 − 3, and what the invoices still come to: 1,070 − 400.
    assert_eq!(tie(&first, 1030).ledger, cents("170.50"));
    assert_eq!(tie(&first, 1100).sub_ledger, cents("670"));
    shop.closes(session, "40.00", "").await;
    shop.closes_day().await;
    let closed = shop.tie_out(Some("2026-03-02")).await;
    assert!(closed.holds() && closed.closed && closed.uncounted() == 0);
    // What comes later does not change it.
    shop.clock.advance(chrono::Duration::days(1));
    shop.settles("160.00").await;
    let today = shop.tie_out(None).await;
    assert_eq!((today.day.to_string(), tie(&today, 1030).ledger), ("2026-03-03".into(), Money::ZERO));
    assert!(today.holds(), "{today:#?}");
    let before = shop.tie_out(Some("2026-03-02")).await;
    assert_eq!(before.ties, closed.ties);
    shop.verifies().await;
}

async fn a_drawer_that_was_short_ties_out(shop: Shop) {
    let session = shop.open_till("300.00").await;
    // J56: 2.50 are missing; all that was counted goes to the bank.
    shop.closes(session, "297.50", "a wrong change").await;
    let store_id = shop.set_up.store_id;
    // The float came out of a safe that held nothing by the books; the bank gets what was counted over it.
    let deposit = Deposit { command_id: command(), store_id, amount: cents("297.50") };
    assert!(shop.services.deposit_safe(&shop.owner, deposit).await.is_err());
    let sheet = shop.tie_out(None).await;
    assert!(sheet.holds(), "{sheet:#?}");
    let count = sheet.drawers[0].count.as_ref().unwrap();
    assert_eq!((count.counted, count.posted), (cents("297.50"), cents("297.50")));
    assert_eq!((count.over_short, count.posted_over_short), (cents("-2.50"), cents("-2.50")));
    assert_eq!(count.reason.as_deref(), Some("a wrong change"));
    shop.verifies().await;
}

/// What is changed, how it is put back, and the account that does not tie out then.
const CHANGES: &[(&str, &str, i32)] = &[
    (
        "UPDATE receivable SET amount_minor = amount_minor + 1 WHERE amount_minor = 107000",
        "UPDATE receivable SET amount_minor = amount_minor - 1 WHERE amount_minor = 107001",
        1100,
    ),
    (
        "UPDATE application SET amount_minor = amount_minor + 1 WHERE amount_minor = 10700",
        "UPDATE application SET amount_minor = amount_minor - 1 WHERE amount_minor = 10701",
        1100,
    ),
    (
        "UPDATE customer_credit SET amount_minor = amount_minor - 1 WHERE amount_minor = 12000",
        "UPDATE customer_credit SET amount_minor = amount_minor + 1 WHERE amount_minor = 11999",
        2250,
    ),
    (
        "UPDATE customer_credit SET tax_minor = tax_minor + 1 WHERE kind = 'credit_memo'",
        "UPDATE customer_credit SET tax_minor = tax_minor - 1 WHERE kind = 'credit_memo'",
        2100,
    ),
    (
        "UPDATE sale_tender SET amount_minor = amount_minor + 1 WHERE account_code = 1030",
        "UPDATE sale_tender SET amount_minor = amount_minor - 1 WHERE account_code = 1030",
        1030,
    ),
    (
        "UPDATE card_batch_line SET amount_minor = amount_minor - 1",
        "UPDATE card_batch_line SET amount_minor = amount_minor + 1",
        1030,
    ),
    (
        "UPDATE item SET cost_minor = cost_minor + 1 WHERE status = 'in_stock'",
        "UPDATE item SET cost_minor = cost_minor - 1 WHERE status = 'in_stock'",
        1200,
    ),
    (
        "UPDATE journal_line SET account_code = 2300 WHERE account_code = 2250 AND amount_minor = -1300",
        "UPDATE journal_line SET account_code = 2250 WHERE account_code = 2300",
        2300,
    ),
];

async fn whatever_is_changed_turns_the_day_red(shop: Shop) {
    let session = shop.open_till("0").await;
    a_full_day(&shop, session).await;
    shop.add_ring("30.00", "9.00").await;
    shop.settles("160.00").await;
    for (change, undo, account) in CHANGES {
        shop.tamper(change).await;
        let sheet = shop.tie_out(None).await;
        let red = tie(&sheet, *account);
        assert!(!red.holds() && !sheet.holds(), "{change}: {red:#?}");
        // Each opens to its event, but an account that nothing may post to: its page tells.
        if *account != 2300 {
            assert!(!red.differences.is_empty(), "{change}");
            let event = red.differences[0].event;
            assert!(shop.services.event(&shop.owner, event).await.is_ok());
        }
        assert!(!shop.services.verify().await.unwrap().findings.is_empty(), "{change}");
        shop.tamper(undo).await;
        let sheet = shop.tie_out(None).await;
        assert!(sheet.holds(), "{undo}: {sheet:#?}");
    }
    // A Z that says something else than was posted.
    shop.closes(session, "1.00", "found in the drawer").await;
    assert!(shop.tie_out(None).await.holds());
    shop.tamper("UPDATE event SET kind = 'cash_dropped' WHERE kind = 'till_closed'").await;
    let sheet = shop.tie_out(None).await;
    assert!(!sheet.drawers[0].holds() && !sheet.holds());
    shop.tamper("UPDATE event SET kind = 'till_closed' WHERE kind = 'cash_dropped'").await;
    shop.verifies().await;
}

/// A change to what customers owe, what undoes it, and a part of the rule that it breaks.
const ACCOUNTS: &[(&str, &str, &str)] = &[
    (
        "UPDATE invoice SET net_minor = net_minor + 1",
        "UPDATE invoice SET net_minor = net_minor - 1",
        "due dates and lines add up",
    ),
    (
        "UPDATE receivable SET open_minor = open_minor - 1 WHERE open_minor > 0",
        "UPDATE receivable SET open_minor = open_minor + 1 WHERE open_minor > 0",
        "A due date is as its invoice and its applications say",
    ),
    (
        "UPDATE customer_credit SET left_minor = left_minor - 1 WHERE kind = 'credit_memo'",
        "UPDATE customer_credit SET left_minor = left_minor + 1 WHERE kind = 'credit_memo'",
        "What is left of a credit",
    ),
    (
        "UPDATE application SET due_on = applied_on",
        "UPDATE application SET due_on = (SELECT r.due_on FROM receivable r WHERE r.id = receivable_id)",
        "An application is what its due date",
    ),
    (
        "UPDATE receivable SET open_minor = open_minor + 1, amount_minor = amount_minor + 1",
        "UPDATE receivable SET open_minor = open_minor - 1, amount_minor = amount_minor - 1",
        "What customers owe is in the ledger",
    ),
    (
        "UPDATE journal_line SET account_code = 2240 WHERE account_code = 2250",
        "UPDATE journal_line SET account_code = 2250 WHERE account_code = 2240",
        "Unapplied credits are in the ledger",
    ),
    (
        "UPDATE sale_tender SET amount_minor = amount_minor + 1 WHERE nature = 'account'",
        "UPDATE sale_tender SET amount_minor = amount_minor - 1 WHERE nature = 'account'",
        "What was charged on a receipt is its invoice",
    ),
    (
        "UPDATE customer_credit SET kind = 'return' WHERE kind = 'void'",
        "UPDATE customer_credit SET kind = 'void' WHERE kind = 'return'",
        "A voided sale leaves nothing owed",
    ),
    (
        "UPDATE account_tender SET account_code = 1020 WHERE kind = 'check'",
        "UPDATE account_tender SET account_code = 1010 WHERE kind = 'check'",
        "How an account was paid, and paid back",
    ),
    (
        "UPDATE account_tender SET amount_minor = amount_minor + 1 WHERE kind = 'check'",
        "UPDATE account_tender SET amount_minor = amount_minor - 1 WHERE kind = 'check'",
        "A payment is what it was paid with",
    ),
    (
        "UPDATE series SET next_no = next_no + 1 WHERE kind = 'invoice'",
        "UPDATE series SET next_no = next_no - 1 WHERE kind = 'invoice'",
        "Numbers of invoices, credit memos and payments",
    ),
    (
        "UPDATE card_batch_line SET amount_minor = amount_minor - 1",
        "UPDATE card_batch_line SET amount_minor = amount_minor + 1",
        "Sub-ledgers move as their control accounts do",
    ),
    (
        "UPDATE card_batch SET fee_minor = fee_minor + 1",
        "UPDATE card_batch SET fee_minor = fee_minor - 1",
        "A card batch is its payments, and its entry",
    ),
];

async fn whatever_is_changed_about_accounts_is_found(shop: Shop) {
    let session = shop.open_till("0").await;
    a_full_day(&shop, session).await;
    shop.settles("160.00").await;
    for (change, undo, rule) in ACCOUNTS {
        shop.tamper(change).await;
        let found = shop.services.verify().await.unwrap().findings;
        let named = found.iter().any(|finding| finding.check.contains(rule));
        assert!(named, "{change}\nis not found as “{rule}”, but as {found:?}");
        shop.tamper(undo).await;
        shop.verifies().await;
    }
}
