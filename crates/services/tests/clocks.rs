//! A computer's clock that jumps: no sale is lost, no day is dated wrong, and a doubtful date is asked about.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use chrono::Duration;
use domain::ids::TillSessionId;
use domain::moment::Confirmed;
use domain::person::SignIn;
use domain::till::{CashCount, CloseDay, CloseTill, OpenTill};
use services::ServiceError;
use support::{Shop, command};

on_both_databases! {
    a_clock_that_jumps_back
    a_clock_that_jumps_ahead
}

async fn a_clock_that_jumps_back(shop: Shop) {
    let session = shop.open_till("0").await;
    let before = sell(&shop, session).await;
    shop.clock.advance(-Duration::days(3));
    let after = sell(&shop, session).await;
    assert_eq!((before.as_str(), after.as_str()), ("2026-03-02", "2026-03-02"), "the till's day goes on");
    close(&shop, session).await;
    shop.verifies().await;

    let ServiceError::Fields(doubt) = open(&shop, Confirmed::No).await.unwrap_err() else { panic!() };
    assert_eq!(doubt[0].field, "date_confirmed");
    assert_eq!(
        doubt[0].message,
        "the clock says 2026-02-27, the last closed day is 2026-03-02: check the clock, or confirm the date"
    );
    let session = open(&shop, Confirmed::Yes).await.unwrap();
    assert_eq!(sell(&shop, session).await, "2026-03-03", "a closed day is never opened again");
    shop.verifies().await;
}

async fn a_clock_that_jumps_ahead(shop: Shop) {
    let session = shop.open_till("0").await;
    let typed = SignIn { login: "owner".into(), password: "correct horse".into() };
    let signed_in = shop.services.sign_in(None, None, typed).await.unwrap();
    shop.clock.advance(Duration::days(40));
    let gone = shop.services.authenticate(Some(&signed_in.token), None).await;
    assert!(matches!(gone, Err(ServiceError::NotSignedIn)));
    assert_eq!(sell(&shop, session).await, "2026-03-02", "the till's day goes on");
    close(&shop, session).await;
    let ServiceError::Fields(doubt) = open(&shop, Confirmed::No).await.unwrap_err() else { panic!() };
    assert!(doubt[0].message.starts_with("the clock says 2026-04-11"), "{doubt:?}");

    shop.clock.advance(-Duration::days(39));
    let session = open(&shop, Confirmed::No).await.unwrap();
    assert_eq!(sell(&shop, session).await, "2026-03-03", "set right again, nothing needs to be confirmed");
    shop.verifies().await;
}

/// Sells a ring for cash and gives the date on the receipt.
async fn sell(shop: &Shop, session: TillSessionId) -> String {
    let ring = shop.add_ring("100.00", "40.00").await;
    let cmd = shop.sale(session, &[(ring, "100.00")], "107.00", "107");
    let done = shop.services.complete_sale(&shop.owner, cmd).await.unwrap();
    let detail = shop.services.sale(&shop.owner, done.sale_id).await.unwrap();
    detail.business_date.to_string()
}

async fn close(shop: &Shop, session: TillSessionId) {
    let store_id = shop.set_up.store_id;
    let drawer = shop.services.till_report(&shop.owner, session).await.unwrap().total;
    let count = CashCount { pieces: Vec::new(), cents: drawer.minor() };
    let cmd =
        CloseTill { command_id: command(), store_id, session_id: session, count, reason: String::new() };
    shop.services.close_till(&shop.owner, cmd).await.unwrap();
    let day = CloseDay { command_id: command(), store_id };
    shop.services.close_day(&shop.owner, day).await.unwrap();
}

async fn open(shop: &Shop, date_confirmed: Confirmed) -> Result<TillSessionId, ServiceError> {
    let cmd = OpenTill {
        command_id: command(),
        store_id: shop.set_up.store_id,
        till_id: shop.set_up.till_id,
        float: support::cents("0"),
        date_confirmed,
    };
    shop.services.open_till(&shop.owner, cmd).await
}
