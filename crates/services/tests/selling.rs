//! Selling on a real database: to the cent, once, and by one till only.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use domain::item::{ItemSheet, ItemStatus};
use domain::ledger::LineFilter;
use domain::sale::VoidSale;
use domain::till::{CashCount, CloseTill};
use services::ServiceError;
use support::{Shop, cents, command};

on_both_databases! {
    a_sale_agrees_everywhere
    a_repeated_command_happens_once
    two_tills_race_for_one_piece
    a_void_takes_everything_back
    a_till_closes_to_the_cent
    a_refusal_leaves_no_trace
    history_cannot_be_changed
}

async fn a_sale_agrees_everywhere(shop: Shop) {
    let session = shop.open_till("200").await;
    let (ring, band) = (shop.add_ring("5,000.00", "2,200.00").await, shop.add_ring("19.99", "7.00").await);
    let cmd = shop.sale(session, &[(ring, "5,000.00"), (band, "19.99")], "5,371.39", "5,400");
    let done = shop.services.complete_sale(&shop.owner, cmd).await.unwrap();
    assert_eq!((done.number.as_str(), done.change), ("S1-T1-000001", cents("28.61")));

    let ItemSheet { item, moves, .. } = shop.services.item(&shop.owner, ring).await.unwrap();
    assert_eq!((item.status, item.holder.id), (ItemStatus::Sold, Some(done.sale_id.0)));
    assert_eq!(moves.len(), 2);
    let detail = shop.services.sale(&shop.owner, done.sale_id).await.unwrap();
    assert_eq!((detail.facts.total, detail.facts.lines.len()), (cents("5,371.39"), 2));
    let sums = shop.services.trial_balance(&shop.owner, LineFilter::default()).await.unwrap();
    let balance = |code: i32| {
        sums.iter().find(|sum| sum.account.get() == code).map(|s| s.debit.minus(s.credit).unwrap()).unwrap()
    };
    assert_eq!(balance(1000), cents("5,571.39"));
    assert_eq!(balance(1200), cents("0"));
    assert_eq!(balance(2100), cents("-351.40"));
    assert_eq!(balance(4000), cents("-5,019.99"));
    assert_eq!(balance(5000), cents("2,207.00"));
    let report = shop.services.till_report(&shop.owner, session).await.unwrap();
    assert_eq!((report.expected, report.total, report.sales), (None, cents("5,371.39"), 1));
    shop.verifies().await;
}

async fn a_repeated_command_happens_once(shop: Shop) {
    let session = shop.open_till("0").await;
    let ring = shop.add_ring("100.00", "40.00").await;
    let cmd = shop.sale(session, &[(ring, "100.00")], "107.00", "107");
    let (first, second) = tokio::join!(
        shop.services.complete_sale(&shop.owner, cmd.clone()),
        shop.services.complete_sale(&shop.owner, cmd.clone()),
    );
    let done = first.unwrap();
    assert_eq!(second.unwrap(), done);
    assert_eq!(shop.services.complete_sale(&shop.owner, cmd.clone()).await.unwrap(), done);
    let mut other = cmd;
    other.note = "something else".into();
    let refused = shop.services.complete_sale(&shop.owner, other).await;
    assert!(matches!(refused, Err(ServiceError::SameIdOtherBody)));
    let page = shop
        .services
        .sales(&shop.owner, domain::sale::SaleFilter { limit: 10, ..Default::default() })
        .await
        .unwrap();
    assert_eq!((page.count, page.totals.total), (1, cents("107.00")));
    shop.verifies().await;
}

async fn two_tills_race_for_one_piece(shop: Shop) {
    let session = shop.open_till("0").await;
    let ring = shop.add_ring("100.00", "40.00").await;
    let mut tries = Vec::new();
    for _ in 0..8 {
        let (services, owner) = (shop.services.clone(), shop.owner.clone());
        let cmd = shop.sale(session, &[(ring, "100.00")], "107.00", "107");
        tries.push(tokio::spawn(async move { services.complete_sale(&owner, cmd).await }));
    }
    let mut sold = 0;
    for attempt in tries {
        match attempt.await.unwrap() {
            Ok(_) => sold += 1,
            Err(refused) => assert!(refused.to_string().contains("Sold (receipt S1-T1-000001)"), "{refused}"),
        }
    }
    assert_eq!(sold, 1);
    shop.verifies().await;
}

async fn a_void_takes_everything_back(shop: Shop) {
    let session = shop.open_till("50").await;
    let ring = shop.add_ring("100.00", "40.00").await;
    let cmd = shop.sale(session, &[(ring, "100.00")], "107.00", "107");
    let done = shop.services.complete_sale(&shop.owner, cmd).await.unwrap();
    let void = VoidSale {
        command_id: command(),
        store_id: shop.set_up.store_id,
        sale_id: done.sale_id,
        reason: "wrong piece".into(),
        approvals: Vec::new(),
    };
    shop.services.void_sale(&shop.owner, void.clone()).await.unwrap();
    shop.services.void_sale(&shop.owner, void.clone()).await.unwrap();
    let again = VoidSale { command_id: command(), ..void };
    let refused = shop.services.void_sale(&shop.owner, again).await.unwrap_err();
    assert_eq!(refused.to_string(), "the sale is voided already");
    assert_eq!(shop.services.item(&shop.owner, ring).await.unwrap().item.status, ItemStatus::InStock);
    let report = shop.services.till_report(&shop.owner, session).await.unwrap();
    assert_eq!((report.float, report.total, report.voids), (cents("50"), cents("0"), 1));
    let cmd = shop.sale(session, &[(ring, "100.00")], "107.00", "107");
    assert_eq!(shop.services.complete_sale(&shop.owner, cmd).await.unwrap().number, "S1-T1-000002");
    shop.verifies().await;
}

async fn a_till_closes_to_the_cent(shop: Shop) {
    let session = shop.open_till("200").await;
    let ring = shop.add_ring("1,000.00", "400.00").await;
    let cmd = shop.sale(session, &[(ring, "1,000.00")], "1,070.00", "1,070");
    shop.services.complete_sale(&shop.owner, cmd).await.unwrap();
    let close = |pieces: Vec<i64>, reason: &str| CloseTill {
        command_id: command(),
        store_id: shop.set_up.store_id,
        session_id: session,
        count: CashCount { pieces, cents: 0 },
        reason: reason.into(),
    };
    let refused = shop.services.close_till(&shop.owner, close(vec![12], "")).await;
    assert!(matches!(refused, Err(ServiceError::Fields(fields)) if fields[0].field == "reason"));
    let z = shop.services.close_till(&shop.owner, close(vec![12, 1], "a twenty is missing")).await.unwrap();
    let counted = z.counted.clone().unwrap();
    assert_eq!((z.number, counted.over_short, z.total), (Some(1), cents("-20"), cents("1,070")));
    assert_eq!(shop.services.till_report(&shop.owner, session).await.unwrap(), z);
    let closed = shop.services.close_till(&shop.owner, close(vec![12], "x")).await.unwrap_err();
    assert_eq!(closed.to_string(), "this till is closed");
    let day = domain::till::CloseDay { command_id: command(), store_id: shop.set_up.store_id };
    shop.services.close_day(&shop.owner, day).await.unwrap();
    shop.verifies().await;
    shop.clock.advance(chrono::Duration::days(1));
    shop.open_till("100").await;
    shop.verifies().await;
}

async fn a_refusal_leaves_no_trace(shop: Shop) {
    let session = shop.open_till("0").await;
    let ring = shop.add_ring("100.00", "40.00").await;
    let cmd = shop.sale(session, &[(ring, "100.00")], "107.00", "106.99");
    let refused = shop.services.complete_sale(&shop.owner, cmd.clone()).await.unwrap_err();
    assert_eq!(refused.to_string(), "0.01 is still to be paid");
    let mut mended = cmd;
    mended.tenders[0].amount = cents("107");
    let done = shop.services.complete_sale(&shop.owner, mended).await.unwrap();
    assert_eq!(done.number, "S1-T1-000001", "a refused sale draws no number and keeps no id");
    shop.verifies().await;
}

async fn history_cannot_be_changed(shop: Shop) {
    let session = shop.open_till("0").await;
    let ring = shop.add_ring("100.00", "40.00").await;
    let cmd = shop.sale(session, &[(ring, "100.00")], "107.00", "107");
    shop.services.complete_sale(&shop.owner, cmd).await.unwrap();
    let connection = db::Db::connect_for_migration(&shop.location).await.unwrap();
    for statement in [
        "UPDATE journal_line SET amount_minor = amount_minor + 1",
        "DELETE FROM journal_line",
        "DELETE FROM journal_entry",
        "UPDATE event SET summary = ''",
        "UPDATE sale SET total_minor = 0",
        "DELETE FROM sale_tender",
        "UPDATE item SET status = 'in_stock'",
        "INSERT INTO item_move (item_id, version, from_status, to_status, event_id) SELECT id, version + 1, 'sold', 'sold', (SELECT id FROM event ORDER BY id LIMIT 1) FROM item",
    ] {
        let done = migrations::run_sql(&connection, statement).await;
        assert!(done.is_err(), "{statement}");
    }
    shop.verifies().await;
}
