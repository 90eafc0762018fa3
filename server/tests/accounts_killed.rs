//! The plug is pulled while an account is paid at several desks, and while its cards are settled: each payment counts
//! once, the invoice is paid once, and the day ties out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use domain::ids::CustomerId;
use domain::ledger::{TieOut, TieOutAsked};
use domain::money::Money;
use domain::receivable::{
    AccountAsked, AccountDone, AccountSheet, ApplyTo, IssueInvoice, SaveHouseAccount, TakePayment, Terms,
    TypedHouseAccount, TypedInvoice, TypedInvoiceLine,
};
use domain::sale::Tender;
use domain::settlement::{CardsAsked, CardsPage, SettleCards, TypedSettlement};
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::{RwLock, mpsc};
use std::thread;
use support::{Place, owner, send};
use trials::{Browser, Shop, fresh_command};

on_both_databases! {
    killed_three_times_while_an_account_is_paid
}

const DESKS: usize = 3;
const PAYMENTS: usize = 120;
const KILLED_AFTER: [usize; 3] = [20, 60, 90];
const EACH: Money = Money::from_minor(1_000);
/// Twenty payments fewer than come.
const OWED: Money = Money::from_minor(100_000);

fn killed_three_times_while_an_account_is_paid(place: &Place) {
    let shop = place.shop(1, 1);
    let customer = shop.customers[0];
    let mut server = place.serve();
    let mut browser = owner(&server);
    owes(&mut browser, &shop, customer);
    let address = RwLock::new(server.address);
    let (tell, told) = mpsc::channel();
    let desks: Vec<Browser> = (0..DESKS).map(|_| owner(&server)).collect();

    let mut documents = BTreeSet::new();
    let resent = thread::scope(|scope| {
        for mut desk in desks {
            let (shop, address, tell) = (&shop, &address, tell.clone());
            scope.spawn(move || {
                for _ in 0..PAYMENTS / DESKS {
                    let cmd = payment(shop, customer);
                    tell.send(until_answered(&mut desk, "/api/v1/account/pay", &cmd, address)).unwrap();
                }
            });
        }
        drop(tell);
        let mut resent = 0;
        for (done, times) in told {
            documents.insert(done.document);
            resent += times - 1;
            if KILLED_AFTER.contains(&documents.len()) {
                let mut address = address.write().unwrap();
                server.kill().unwrap();
                server = place.serve();
                *address = server.address;
            }
        }
        resent
    });
    assert!(resent > 0, "the server was never killed in the middle of a payment");
    assert_eq!(documents.len(), PAYMENTS);

    browser.move_to(server.address);
    let sheet = account(&mut browser, customer);
    let over = Money::from_minor(EACH.minor() * PAYMENTS as i64 - OWED.minor());
    assert_eq!((sheet.standing.owed, sheet.standing.unapplied), (Money::ZERO, over));
    assert_eq!(sheet.movement_count, 1 + PAYMENTS as u64);

    let cmd = settling(&shop, &cards(&mut browser));
    assert_eq!(cmd.slips.len(), PAYMENTS);
    // Whether the first one was heard of is not known; the second one makes it so.
    let sent = serde_json::to_vec(&serde_json::json!({ "cmd": cmd })).unwrap();
    browser.post_and_hang_up("/api/v1/cards/settle", &sent).unwrap();
    server.kill().unwrap();
    server = place.serve();
    browser.move_to(server.address);
    send(&mut browser, "/api/v1/cards/settle", &cmd).unwrap().done::<()>().unwrap();
    let settled = cards(&mut browser);
    assert_eq!((settled.waiting.len(), settled.clearing, settled.batches.len()), (0, Money::ZERO, 1));

    let asked = serde_json::json!({ "asked": TieOutAsked::default() });
    let asked = serde_json::to_vec(&asked).unwrap();
    let day: TieOut = browser.post_json("/api/v1/ledger/tie_out", &asked).unwrap().done().unwrap();
    assert!(day.holds(), "{day:?}");
    place.verifies();
}

/// Opens an account and sends an invoice.
fn owes(browser: &mut Browser, shop: &Shop, customer_id: CustomerId) {
    let store_id = shop.set_up.store_id;
    let typed = TypedHouseAccount::on(Terms::Net(30));
    let account = SaveHouseAccount { command_id: fresh_command(), store_id, customer_id, version: 0, typed };
    send(browser, "/api/v1/account/grant", &account).unwrap().done::<()>().unwrap();
    let line = TypedInvoiceLine {
        description: "Appraisal".into(),
        amount: OWED.to_string(),
        account: "4050".into(),
        ..TypedInvoiceLine::default()
    };
    let typed = TypedInvoice { lines: vec![line], ..TypedInvoice::default() };
    let command_id = fresh_command();
    let invoice = IssueInvoice { command_id, store_id, customer_id, typed, approvals: Vec::new() };
    send(browser, "/api/v1/account/issue_invoice", &invoice).unwrap().done::<AccountDone>().unwrap();
}

fn payment(shop: &Shop, customer_id: CustomerId) -> TakePayment {
    TakePayment {
        command_id: fresh_command(),
        store_id: shop.set_up.store_id,
        session_id: None,
        customer_id,
        amount: EACH.to_string(),
        tenders: vec![Tender { kind: "card".into(), amount: EACH, reference: "1001".into() }],
        apply: ApplyTo::OldestFirst,
        received_on: String::new(),
        note: String::new(),
    }
}

/// Sends a command again until there is an answer, and says how often it was sent.
fn until_answered(
    browser: &mut Browser,
    path: &str,
    cmd: &impl serde::Serialize,
    address: &RwLock<SocketAddr>,
) -> (AccountDone, usize) {
    let mut times = 1;
    loop {
        match send(browser, path, cmd) {
            Ok(answer) => return (answer.done().unwrap(), times),
            Err(_) => {
                times += 1;
                browser.move_to(*address.read().unwrap());
            }
        }
    }
}

fn account(browser: &mut Browser, customer: CustomerId) -> AccountSheet {
    let asked = serde_json::json!({ "asked": AccountAsked { customer, offset: 0, limit: 200 } });
    let asked = serde_json::to_vec(&asked).unwrap();
    browser.post_json("/api/v1/account/get", &asked).unwrap().done().unwrap()
}

fn cards(browser: &mut Browser) -> CardsPage {
    let asked = serde_json::json!({ "asked": CardsAsked { limit: 200, ..CardsAsked::default() } });
    let asked = serde_json::to_vec(&asked).unwrap();
    browser.post_json("/api/v1/cards/load", &asked).unwrap().done().unwrap()
}

/// Everything that waits arrived, less a fee.
fn settling(shop: &Shop, cards: &CardsPage) -> SettleCards {
    let arrived = Money::from_minor(cards.waiting_sum.minor() - 3_400).to_string();
    SettleCards {
        command_id: fresh_command(),
        store_id: shop.set_up.store_id,
        slips: cards.waiting.iter().map(|slip| slip.key).collect(),
        typed: TypedSettlement { arrived, reference: "B-17".into(), ..TypedSettlement::default() },
    }
}
