//! What no screen of ours would send, over HTTP: it is refused, and nothing is written.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use serde_json::{Value, json};
use support::{Place, numbers};
use trials::{Clerk, Ticket};

on_both_databases! {
    amounts_that_make_no_sense
}

fn amounts_that_make_no_sense(place: &Place) {
    let shop = place.shop(1, 1);
    let server = place.serve();
    let mut clerk = Clerk::sign_in(server.address, &shop, 0).unwrap();
    let sale = clerk.cash_sale(Ticket { pieces: &shop.pieces, customer: None }).unwrap();
    let good = serde_json::to_value(&sale).unwrap();
    let total = good["expected_total"].as_i64().unwrap();
    let amounts = [
        json!(-total),
        json!(-1),
        json!(0),
        json!(total - 1),
        json!(i64::MAX),
        json!(i64::MIN),
        json!(1e300),
        json!(100.5),
        json!("100"),
        json!("a lot"),
        json!(null),
        json!([total]),
        serde_json::from_str("99999999999999999999999999").unwrap(),
    ];
    for field in ["/tenders/0/amount", "/expected_total", "/lines/0/price"] {
        for amount in &amounts {
            let mut bad = good.clone();
            *bad.pointer_mut(field).unwrap() = amount.clone();
            let answer = clerk.send_raw(&bad).unwrap();
            let (expected, status) = if amount.is_i64() { ("refused", 422) } else { ("garbled", 400) };
            let said: Value = serde_json::from_slice(&answer.body).unwrap();
            assert_eq!(
                (&said["kind"], answer.status),
                (&json!(expected), status),
                "{field} = {amount}: {said}"
            );
            assert!(said["message"].as_str().is_some_and(|said| said.ends_with('.')), "{said}");
        }
    }
    assert_eq!(numbers(&mut clerk), [""; 0]);
    assert_eq!(clerk.send_raw(&good).unwrap().status, 200, "the same command without nonsense");
    place.verifies();
}

/// None of these reaches a database, so one is enough.
#[test]
fn a_note_of_ten_megabytes() {
    let place = Place::on_sqlite();
    let shop = place.shop(1, 1);
    let server = place.serve();
    let mut clerk = Clerk::sign_in(server.address, &shop, 0).unwrap();
    let mut sale = clerk.cash_sale(Ticket { pieces: &shop.pieces, customer: None }).unwrap();
    sale.note = "x".repeat(10 * 1024 * 1024);
    assert_eq!(clerk.send(&sale).unwrap().status, 413);
    sale.note = "x".repeat(10 * 1024);
    let answer = clerk.send(&sale).unwrap();
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("longer than 2000 characters"), "{}", answer.text());
    assert_eq!(numbers(&mut clerk), [""; 0]);
    sale.note = "for the anniversary".to_owned();
    assert_eq!(clerk.send(&sale).unwrap().status, 200);
    place.verifies();
}

#[test]
fn a_session_after_sign_out() {
    let place = Place::on_sqlite();
    let shop = place.shop(1, 1);
    let server = place.serve();
    let mut clerk = Clerk::sign_in(server.address, &shop, 0).unwrap();
    let sale = clerk.cash_sale(Ticket { pieces: &shop.pieces, customer: None }).unwrap();
    let kept = clerk.browser.cookie("__Host-session").unwrap().to_owned();
    assert!(clerk.browser.post_form("/api/v1/session/sign_out", "").unwrap().status < 400);
    clerk.browser.set_cookie("__Host-session", &kept);
    let answer = clerk.send(&sale).unwrap();
    assert_eq!(answer.status, 401, "{}", answer.text());
    let mut again = Clerk::sign_in(server.address, &shop, 0).unwrap();
    assert_eq!(again.send(&sale).unwrap().status, 200);
    assert_eq!(numbers(&mut again).len(), 1);
    place.verifies();
}
