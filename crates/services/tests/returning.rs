//! Taking pieces back, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use domain::approval::{ApprovalKind, AskApproval};
use domain::ids::{ItemId, StoreId, TillSessionId};
use domain::item::ItemStatus;
use domain::person::{Actor, Role};
use domain::sale::{
    CompleteSale, Condition, Proof, ReturnLine, ReturnOffer, SaleDone, SaleFilter, Tender, VoidSale,
    return_subject,
};
use domain::settings::{SettingsEdit, TypedLimits};
use domain::till::{CashWay, DropCash, MoveCash};
use services::{Ctx, ServiceError};
use std::collections::BTreeMap;
use support::{Shop, cents, command};
use uuid::Uuid;

on_both_databases! {
    a_piece_comes_back_once
    a_receipt_comes_back_in_parts
    an_exchange_and_the_return_of_what_was_exchanged
    a_gift_and_a_piece_without_a_receipt
    what_cannot_come_back
    cash_that_was_rounded_comes_back_in_parts
    payments_are_shared_by_receipts_that_hang_together
    a_gift_stays_one_however_often_it_is_exchanged
    a_check_goes_back_from_the_bank_and_cash_only_from_the_drawer
    several_take_the_same_piece_back
    what_came_back_is_sold_again
    the_books_and_lists_know_of_it
}

fn cash(amount: &str) -> Vec<Tender> {
    vec![Tender { kind: "cash".into(), amount: cents(amount), reference: String::new() }]
}

fn card(amount: &str) -> Vec<Tender> {
    vec![Tender { kind: "card".into(), amount: cents(amount), reference: "0042".into() }]
}

impl Shop {
    async fn sell(
        &self,
        session: TillSessionId,
        pieces: &[(ItemId, &str)],
        total: &str,
        tenders: Vec<Tender>,
    ) -> SaleDone {
        let cmd = CompleteSale { tenders, ..self.sale(session, pieces, total, total) };
        self.services.complete_sale(&self.owner, cmd).await.unwrap()
    }

    async fn offer(&self, shown: &str) -> ReturnOffer {
        self.services.find_return(&self.owner, shown).await.unwrap()
    }

    /// All lines of an offer come back as new, and nothing is bought.
    fn back(
        &self,
        session: TillSessionId,
        offer: &ReturnOffer,
        total: &str,
        refunds: Vec<Tender>,
    ) -> CompleteSale {
        let line = |line: &domain::sale::OfferedLine| ReturnLine {
            line_id: line.line_id,
            condition: Condition::AsNew,
            proof: offer.proof,
            fee: line.fee,
            quantity: None,
        };
        CompleteSale {
            returns: offer.lines.iter().map(line).collect(),
            tenders: refunds,
            ..self.sale(session, &[], total, "0")
        }
    }

    async fn status(&self, piece: ItemId) -> ItemStatus {
        self.services.item(&self.owner, piece).await.unwrap().item.status
    }
}

async fn a_piece_comes_back_once(shop: Shop) {
    let session = shop.open_till("500.00").await;
    let ring = shop.add_ring("100.00", "40.00").await;
    let sold = shop.sell(session, &[(ring, "100.00")], "107.00", cash("107.00")).await;
    let offer = shop.offer(&sold.number).await;
    assert_eq!((offer.proof, offer.lines.len()), (Proof::Receipt, 1));
    let cmd = shop.back(session, &offer, "-107.00", cash("107.00"));
    let done = shop.services.complete_sale(&shop.owner, cmd.clone()).await.unwrap();
    assert_eq!(done.total, cents("-107.00"));
    assert_eq!(
        shop.services.complete_sale(&shop.owner, cmd.clone()).await.unwrap(),
        done,
        "sent twice, done once"
    );
    assert_eq!(shop.status(ring).await, ItemStatus::InStock);

    let again = CompleteSale { command_id: command(), ..cmd };
    let refused = shop.services.complete_sale(&shop.owner, again).await.unwrap_err();
    assert!(refused.to_string().contains("came back already"), "{refused}");
    assert!(shop.offer(&sold.number).await.lines[0].refused.is_some());
    let seen = shop.services.sale(&shop.as_role(Role::Associate), done.sale_id).await.unwrap();
    assert!(seen.facts.returned[0].cost.is_zero(), "nobody sees a cost who may not");
    // A receipt with nothing but returns has nothing that could come back.
    let nothing = shop.services.find_return(&shop.owner, &done.number).await;
    assert!(matches!(nothing, Err(ServiceError::Refused(_))), "{nothing:?}");
    let void = VoidSale {
        command_id: command(),
        store_id: shop.set_up.store_id,
        sale_id: done.sale_id,
        reason: "mistake".into(),
        approvals: Vec::new(),
    };
    let refused = shop.services.void_sale(&shop.owner, void).await.unwrap_err();
    assert!(refused.to_string().contains("sell them again"), "{refused}");
    shop.verifies().await;
}

async fn a_receipt_comes_back_in_parts(shop: Shop) {
    let session = shop.open_till("0").await;
    let (ring, band) = (shop.add_ring("100.03", "40.00").await, shop.add_ring("200.01", "90.00").await);
    let tenders = [card("300.00"), cash("21.04")].concat();
    let sold = shop.sell(session, &[(ring, "100.03"), (band, "200.01")], "321.04", tenders).await;
    let offer = shop.offer(&sold.number).await;
    let worth = |n: usize| offer.lines[n].net.plus(offer.lines[n].tax).unwrap();
    let first = ReturnOffer { lines: vec![offer.lines[0].clone()], ..offer.clone() };
    let second = ReturnOffer { lines: vec![offer.lines[1].clone()], ..offer.clone() };
    let minus = |amount: domain::money::Money| amount.negated().unwrap().to_string();
    let cmd = shop.back(session, &first, &minus(worth(0)), card(&worth(0).to_string()));
    let associate = shop.as_role(Role::Associate);
    let newest = shop.services.complete_sale(&associate, cmd.clone()).await.unwrap_err();
    assert!(newest.to_string().contains("newest payment"), "{newest}");
    shop.services.complete_sale(&shop.owner, CompleteSale { command_id: command(), ..cmd }).await.unwrap();
    // The card takes what is left of it, the cash the rest.
    let left = shop.services.refundable(&shop.owner, &[offer.lines[1].line_id]).await.unwrap();
    let of = |code: &str| left.iter().find(|payment| payment.kind.code == code).unwrap().left;
    assert_eq!(of("card").plus(worth(0)).unwrap(), cents("300.00"));
    let too_much = shop.back(session, &second, &minus(worth(1)), card(&worth(1).to_string()));
    let refused = shop.services.complete_sale(&shop.owner, too_much).await.unwrap_err();
    assert!(refused.to_string().contains("takes back at most"), "{refused}");
    let refunds =
        [card(&of("card").to_string()), cash(&worth(1).minus(of("card")).unwrap().to_string())].concat();
    let cmd = shop.back(session, &second, &minus(worth(1)), refunds);
    shop.services.complete_sale(&shop.owner, cmd).await.unwrap();
    assert_eq!(worth(0).plus(worth(1)).unwrap(), cents("321.04"), "to the cent");
    shop.verifies().await;
}

async fn an_exchange_and_the_return_of_what_was_exchanged(shop: Shop) {
    let session = shop.open_till("0").await;
    let (ring, band) = (shop.add_ring("1000.00", "400.00").await, shop.add_ring("300.00", "90.00").await);
    let sold = shop.sell(session, &[(ring, "1000.00")], "1070.00", card("1070.00")).await;
    let offer = shop.offer(&sold.number).await;
    let exchange = CompleteSale {
        returns: shop.back(session, &offer, "0", Vec::new()).returns,
        tenders: card("749.00"),
        ..shop.sale(session, &[(band, "300.00")], "-749.00", "0")
    };
    let exchanged = shop.services.complete_sale(&shop.owner, exchange).await.unwrap();
    assert_eq!((shop.status(ring).await, shop.status(band).await), (ItemStatus::InStock, ItemStatus::Sold));
    // What was exchanged was paid for by the first receipt.
    let offer = shop.offer(&exchanged.number).await;
    let left = shop.services.refundable(&shop.owner, &[offer.lines[0].line_id]).await.unwrap();
    assert_eq!(left.iter().map(|payment| payment.left).collect::<Vec<_>>(), [cents("321.00")]);
    let cmd = shop.back(session, &offer, "-321.00", card("321.00"));
    shop.services.complete_sale(&shop.owner, cmd).await.unwrap();
    shop.verifies().await;
}

async fn a_gift_and_a_piece_without_a_receipt(shop: Shop) {
    let session = shop.open_till("500.00").await;
    let (ring, band) = (shop.add_ring("100.00", "40.00").await, shop.add_ring("100.00", "40.00").await);
    let sold = shop.sell(session, &[(ring, "100.00")], "107.00", cash("107.00")).await;
    shop.sell(session, &[(band, "100.00")], "107.00", cash("107.00")).await;
    let gift = shop.offer(&format!("g-{}", sold.number)).await;
    assert_eq!((gift.proof, gift.customer.is_none()), (Proof::GiftReceipt, true));
    let tag = shop.services.item(&shop.owner, band).await.unwrap().item.tag;
    let found = shop.offer(&tag).await;
    assert_eq!((found.proof, found.lines.len()), (Proof::Nothing, 1));

    let manager = PersonWithPin::hire(&shop).await;
    let associate = shop.as_role(Role::Associate);
    for offer in [gift, found] {
        let cmd = shop.back(session, &offer, "-107.00", cash("107.00"));
        let alone = shop.services.complete_sale(&associate, cmd.clone()).await;
        assert!(matches!(alone, Err(ServiceError::NeedsApproval { .. })), "{alone:?}");
        let ask = AskApproval {
            command_id: command(),
            store_id: shop.set_up.store_id,
            kind: ApprovalKind::Return,
            subject: return_subject(&cmd.returns, true),
            manager: manager.0,
            reason: "known customer".into(),
        };
        let approval = shop.services.approve_at_till(&associate, ask, "8642".into()).await.unwrap();
        let cmd = CompleteSale { command_id: command(), approvals: vec![approval], ..cmd };
        let done = shop.services.complete_sale(&associate, cmd.clone()).await.unwrap();
        assert_eq!(
            shop.services.sale(&shop.owner, done.sale_id).await.unwrap().approved_by.as_deref(),
            Some("Mona Test")
        );
    }
    shop.verifies().await;
}

/// A manager who can approve.
struct PersonWithPin(domain::ids::PersonId);

impl PersonWithPin {
    async fn hire(shop: &Shop) -> Self {
        let cmd = domain::person::SavePerson {
            command_id: command(),
            person_id: None,
            version: 0,
            name: "Mona Test".into(),
            login: "mona".into(),
            active: true,
            roles: BTreeMap::from([(shop.set_up.store_id, Some(Role::Manager))]),
            password: String::new(),
            pin: "8642".into(),
        };
        Self(shop.services.save_person(&shop.owner, cmd).await.unwrap())
    }
}

async fn what_cannot_come_back(shop: Shop) {
    let session = shop.open_till("500.00").await;
    let ring = shop.add_ring("100.00", "40.00").await;
    let sold = shop.sell(session, &[(ring, "100.00")], "107.00", cash("107.00")).await;
    for nothing in ["S1-T1-000099", "P999999", "", "'; DROP TABLE sale; --"] {
        let found = shop.services.find_return(&shop.owner, nothing).await;
        assert!(matches!(found, Err(ServiceError::Refused(_))), "{nothing}: {found:?}");
    }
    // Another store of the same company sends the customer to the right one.
    let elsewhere = StoreId(Uuid::from_u128(99));
    let actor = Actor { roles: BTreeMap::from([(elsewhere, Role::Owner)]), ..shop.owner.actor.clone() };
    let foreign = Ctx { actor, store: elsewhere, ..shop.owner.clone() };
    let found = shop.services.find_return(&foreign, &sold.number).await.unwrap_err();
    assert!(found.to_string().contains("Main Street: take it back there"), "{found}");

    let offer = shop.offer(&sold.number).await;
    let nothing_paid = shop.back(session, &offer, "-107.00", Vec::new());
    let refused = shop.services.complete_sale(&shop.owner, nothing_paid).await.unwrap_err();
    assert_eq!(refused.to_string(), "107.00 is still to be paid out");
    let other_total = shop.back(session, &offer, "-100.00", cash("100.00"));
    assert!(shop.services.complete_sale(&shop.owner, other_total).await.is_err());
    assert_eq!(shop.status(ring).await, ItemStatus::Sold, "nothing has happened");
    shop.verifies().await;
}

async fn several_take_the_same_piece_back(shop: Shop) {
    let session = shop.open_till("500.00").await;
    let ring = shop.add_ring("100.00", "40.00").await;
    let sold = shop.sell(session, &[(ring, "100.00")], "107.00", cash("107.00")).await;
    let offer = shop.offer(&sold.number).await;
    let take_back = |_| {
        let cmd = shop.back(session, &offer, "-107.00", cash("107.00"));
        let (services, owner) = (shop.services.clone(), shop.owner.clone());
        tokio::spawn(async move { services.complete_sale(&owner, cmd).await })
    };
    let answers = futures::future::join_all((0..4).map(take_back)).await;
    let paid = answers.into_iter().filter(|answer| answer.as_ref().unwrap().is_ok()).count();
    assert_eq!(paid, 1, "paid out once");
    shop.verifies().await;
}

async fn what_came_back_is_sold_again(shop: Shop) {
    let session = shop.open_till("500.00").await;
    let ring = shop.add_ring("100.00", "40.00").await;
    for _ in 0..2 {
        let sold = shop.sell(session, &[(ring, "100.00")], "107.00", cash("107.00")).await;
        let offer = shop.offer(&sold.number).await;
        let cmd = shop.back(session, &offer, "-107.00", cash("107.00"));
        shop.services.complete_sale(&shop.owner, cmd).await.unwrap();
    }
    shop.sell(session, &[(ring, "100.00")], "107.00", cash("107.00")).await;
    shop.verifies().await;
}

async fn the_books_and_lists_know_of_it(shop: Shop) {
    let session = shop.open_till("500.00").await;
    let ring = shop.add_ring("100.00", "40.00").await;
    let sold = shop.sell(session, &[(ring, "100.00")], "107.00", cash("107.00")).await;
    let offer = shop.offer(&sold.number).await;
    let mut cmd = shop.back(session, &offer, "-97.00", cash("97.00"));
    cmd.returns[0].fee = cents("10.00");
    cmd.returns[0].condition = Condition::ToCheck;
    let done = shop.services.complete_sale(&shop.owner, cmd).await.unwrap();
    assert_eq!(shop.status(ring).await, ItemStatus::Quarantine);
    let page =
        shop.services.sales(&shop.owner, SaleFilter { limit: 10, ..SaleFilter::default() }).await.unwrap();
    assert_eq!((page.totals.returned, page.totals.total), (cents("97.00"), cents("10.00")));
    let report = shop.services.till_report(&shop.owner, session).await.unwrap();
    assert_eq!(
        (report.returned, report.total, report.tenders[0].amount),
        (cents("97.00"), cents("10.00"), cents("10.00"))
    );
    let today = shop.services.today_in_stores(&shop.owner).await.unwrap();
    let store = &today.stores[0];
    assert_eq!((store.sales, store.returns, store.open_tills, store.day_open), (2, 1, 1, true));
    assert_eq!((store.net, store.returned, store.total), (cents("100.00"), cents("97.00"), cents("10.00")));
    assert_eq!(store.payments, [("Cash".to_owned(), cents("10.00"))]);
    let first = shop.services.sale(&shop.owner, sold.sale_id).await.unwrap();
    assert_eq!(first.came_back.into_values().next().unwrap(), (done.sale_id, done.number));
    let second = shop.services.sale(&shop.owner, done.sale_id).await.unwrap();
    assert_eq!(second.facts.returned[0].number, sold.number);
    shop.verifies().await;
}

async fn cash_that_was_rounded_comes_back_in_parts(shop: Shop) {
    let typed = TypedLimits { five_cents: true, ..TypedLimits::from(&shop.policy()) };
    let edit = SettingsEdit::Limits { store_id: shop.set_up.store_id, typed };
    shop.edit(&shop.owner, edit).await.unwrap();
    let session = shop.open_till("500.00").await;
    let (ring, band) = (shop.add_ring("50.03", "4.00").await, shop.add_ring("50.03", "4.00").await);
    let sold = shop.sell(session, &[(ring, "50.03"), (band, "50.03")], "107.06", cash("107.05")).await;
    for _ in 0..2 {
        let mut offer = shop.offer(&sold.number).await;
        offer.lines.retain(|line| line.refused.is_none());
        offer.lines.truncate(1);
        let worth = offer.lines[0].net.plus(offer.lines[0].tax).unwrap();
        let left = shop.services.refundable(&shop.owner, &[offer.lines[0].line_id]).await.unwrap();
        let refunds = domain::sale::propose(worth, &left);
        let cmd = shop.back(session, &offer, &worth.negated().unwrap().to_string(), refunds);
        shop.services.complete_sale(&shop.owner, cmd).await.unwrap();
    }
    shop.verifies().await;
}

async fn payments_are_shared_by_receipts_that_hang_together(shop: Shop) {
    let session = shop.open_till("500.00").await;
    let mut pieces = Vec::new();
    for _ in 0..4 {
        pieces.push(shop.add_ring("100.00", "40.00").await);
    }
    let price = |n: usize| (pieces[n], "100.00");
    // Two rings, half in cash, half by card; both are exchanged evenly, on two receipts.
    let tenders = [card("107.00"), cash("107.00")].concat();
    let first = shop.sell(session, &[price(0), price(1)], "214.00", tenders).await;
    let mut exchanged = Vec::new();
    for new in [2, 3] {
        let mut offer = shop.offer(&first.number).await;
        offer.lines.retain(|line| line.refused.is_none());
        offer.lines.truncate(1);
        let cmd = CompleteSale {
            returns: shop.back(session, &offer, "0", Vec::new()).returns,
            tenders: Vec::new(),
            ..shop.sale(session, &[price(new)], "0", "0")
        };
        exchanged.push(shop.services.complete_sale(&shop.owner, cmd).await.unwrap());
    }
    let offer = shop.offer(&exchanged[0].number).await;
    let cmd = shop.back(session, &offer, "-107.00", cash("107.00"));
    shop.services.complete_sale(&shop.owner, cmd).await.unwrap();
    // The cash is paid back: for the other there is the card alone.
    let offer = shop.offer(&exchanged[1].number).await;
    let again = shop.back(session, &offer, "-107.00", cash("107.00"));
    let refused = shop.services.complete_sale(&shop.owner, again).await.unwrap_err();
    assert!(refused.to_string().contains("nothing of it was paid"), "{refused}");
    let cmd = shop.back(session, &offer, "-107.00", card("107.00"));
    shop.services.complete_sale(&shop.owner, cmd).await.unwrap();
    shop.verifies().await;
}

async fn a_gift_stays_one_however_often_it_is_exchanged(shop: Shop) {
    let session = shop.open_till("500.00").await;
    let (ring, band) = (shop.add_ring("100.00", "40.00").await, shop.add_ring("100.00", "40.00").await);
    let mut number =
        format!("G-{}", shop.sell(session, &[(ring, "100.00")], "107.00", cash("107.00")).await.number);
    let associate = shop.as_role(Role::Associate);
    for piece in [band, ring] {
        let offer = shop.offer(&number).await;
        let cmd = CompleteSale {
            returns: shop.back(session, &offer, "0", Vec::new()).returns,
            tenders: Vec::new(),
            ..shop.sale(session, &[(piece, "100.00")], "0", "0")
        };
        number = shop.services.complete_sale(&associate, cmd).await.unwrap().number;
        let offer = shop.offer(&number).await;
        let cmd = shop.back(session, &offer, "-107.00", cash("107.00"));
        let refused = shop.services.complete_sale(&associate, cmd).await.unwrap_err();
        assert!(refused.to_string().contains("which was a gift"), "{refused}");
    }
    shop.verifies().await;
}

async fn a_check_goes_back_from_the_bank_and_cash_only_from_the_drawer(shop: Shop) {
    let session = shop.open_till("50.00").await;
    let (ring, band) = (shop.add_ring("100.00", "40.00").await, shop.add_ring("100.00", "40.00").await);
    let check =
        |amount: &str| vec![Tender { kind: "check".into(), amount: cents(amount), reference: "1001".into() }];
    let sold = shop.sell(session, &[(ring, "100.00")], "107.00", check("107.00")).await;
    let offer = shop.offer(&sold.number).await;
    let cmd = shop.back(session, &offer, "-107.00", check("107.00"));
    let back = shop.services.complete_sale(&shop.owner, cmd).await.unwrap();
    let tenders = shop.services.sale(&shop.owner, back.sale_id).await.unwrap().facts.tenders;
    assert_eq!((tenders[0].kind.account, back.paid_out), (domain::ledger::code::BANK, cents("107.00")));

    let sold = shop.sell(session, &[(band, "100.00")], "107.00", cash("107.00")).await;
    let drop = DropCash {
        command_id: command(),
        store_id: shop.set_up.store_id,
        session_id: session,
        amount: cents("100.00"),
    };
    shop.services.drop_cash(&shop.owner, drop).await.unwrap();
    let offer = shop.offer(&sold.number).await;
    let cmd = shop.back(session, &offer, "-107.00", cash("107.00"));
    let refused = shop.services.complete_sale(&shop.owner, cmd.clone()).await.unwrap_err();
    assert!(refused.to_string().contains("from the safe first"), "{refused}");
    let from_safe = MoveCash {
        command_id: command(),
        store_id: shop.set_up.store_id,
        session_id: session,
        way: CashWay::PaidIn,
        amount: cents("100.00"),
        account: domain::ledger::code::UNDEPOSITED_FUNDS,
        reason: "for a refund".into(),
    };
    shop.services.move_cash(&shop.owner, from_safe).await.unwrap();
    shop.services.complete_sale(&shop.owner, CompleteSale { command_id: command(), ..cmd }).await.unwrap();
    shop.verifies().await;
}
