//! The days of a store: sealed once, whoever works meanwhile.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use chrono::Duration;
use domain::ids::TillSessionId;
use domain::till::{CashCount, CloseDay, CloseTill, Deposit, DropCash};
use support::{Shop, cents, command};

on_both_databases! {
    a_day_without_a_till_is_sealed_too
    a_closed_day_is_never_changed
    the_safe_is_emptied_once
    nothing_slips_into_a_day_that_is_being_closed
}

/// How many days are sealed, while everything holds.
async fn sealed(shop: &Shop) -> u64 {
    shop.verifies().await;
    let report = shop.services.verify().await.unwrap();
    report.checked.iter().find(|(check, _)| check == "Closed days are as they were sealed").unwrap().1
}

async fn count_and_close(shop: &Shop, session: TillSessionId) {
    let cmd = CloseTill {
        command_id: command(),
        store_id: shop.set_up.store_id,
        session_id: session,
        count: CashCount::default(),
        reason: String::new(),
    };
    shop.services.close_till(&shop.owner, cmd).await.unwrap();
}

async fn a_day_without_a_till_is_sealed_too(shop: Shop) {
    shop.add_ring("100.00", "40.00").await;
    shop.clock.advance(Duration::days(1));
    shop.add_ring("100.00", "40.00").await;
    shop.clock.advance(Duration::days(2));
    assert_eq!(sealed(&shop).await, 0);
    let session = shop.open_till("0").await;
    assert_eq!(sealed(&shop).await, 2, "the two days on which pieces came");
    count_and_close(&shop, session).await;
    shop.clock.advance(Duration::days(1));
    shop.open_till("0").await;
    assert_eq!(sealed(&shop).await, 3, "and the day before");
}

async fn a_closed_day_is_never_changed(shop: Shop) {
    let session = shop.open_till("0").await;
    count_and_close(&shop, session).await;
    let day = CloseDay { command_id: command(), store_id: shop.set_up.store_id };
    shop.services.close_day(&shop.owner, day).await.unwrap();
    let connection = db::Db::connect_for_migration(&shop.location).await.unwrap();
    for statement in [
        "UPDATE store_day SET closed_at = NULL",
        "UPDATE store_day SET digest = NULL",
        "UPDATE store_day SET opened_at = closed_at",
        "DELETE FROM store_day",
    ] {
        let refused = migrations::run_sql(&connection, statement).await.unwrap_err();
        assert!(refused.to_string().contains("append_only:store_day"), "{statement}: {refused}");
    }
    assert_eq!(sealed(&shop).await, 1);
}

async fn the_safe_is_emptied_once(shop: Shop) {
    let session = shop.open_till("0").await;
    let ring = shop.add_ring("100.00", "40.00").await;
    let sale = shop.sale(session, &[(ring, "100.00")], "107.00", "107");
    shop.services.complete_sale(&shop.owner, sale).await.unwrap();
    let store_id = shop.set_up.store_id;
    let drop = DropCash { command_id: command(), store_id, session_id: session, amount: cents("107") };
    shop.services.drop_cash(&shop.owner, drop).await.unwrap();
    let tries = (0..8).map(|_| {
        let (services, owner) = (shop.services.clone(), shop.owner.clone());
        let cmd = Deposit { command_id: command(), store_id, amount: cents("107") };
        tokio::spawn(async move { services.deposit_safe(&owner, cmd).await })
    });
    let mut deposited = 0;
    for attempt in tries.collect::<Vec<_>>() {
        deposited += usize::from(attempt.await.unwrap().is_ok());
    }
    assert_eq!(deposited, 1);
    assert_eq!(shop.services.safe(&shop.owner).await.unwrap().balance, cents("0"));
    shop.verifies().await;
}

async fn nothing_slips_into_a_day_that_is_being_closed(shop: Shop) {
    let session = shop.open_till("0").await;
    count_and_close(&shop, session).await;
    let mut work = Vec::new();
    for number in 0..12 {
        let (services, owner, store_id) = (shop.services.clone(), shop.owner.clone(), shop.set_up.store_id);
        if number == 6 {
            let cmd = CloseDay { command_id: command(), store_id };
            work.push(tokio::spawn(async move { services.close_day(&owner, cmd).await.unwrap() }));
        } else {
            let cmd = shop.new_ring("100.00", "40.00");
            work.push(tokio::spawn(
                async move { services.save_item(&owner, cmd).await.map(|_| ()).unwrap() },
            ));
        }
    }
    for done in work {
        done.await.unwrap();
    }
    assert_eq!(sealed(&shop).await, 1);
}
