//! The stream of news over HTTP.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::time::{Duration, Instant};
use support::{Place, parure};
use trials::{Browser, Clerk, Events, Server, Ticket, serve};

on_both_databases! {
    a_till_hears_what_another_sells
    signing_out_ends_the_stream
    a_stream_does_not_hold_up_the_end
}

/// The kinds of news that come, the first look left out.
fn begun(clerk: &Clerk<'_>) -> Events {
    let mut events = clerk.browser.listen("/events").unwrap();
    assert!(events.heard().unwrap().unwrap().contains(r#""kind":"everything""#));
    events
}

fn a_till_hears_what_another_sells(place: &Place) {
    let shop = place.shop(2, 1);
    let server = place.serve();
    let mut one = Clerk::sign_in(server.address, &shop, 0).unwrap();
    let other = Clerk::sign_in(server.address, &shop, 1).unwrap();
    let mut events = begun(&other);
    let done = one.sell(Ticket { pieces: &shop.pieces, customer: None }).unwrap();
    let news: serde_json::Value = serde_json::from_str(&events.heard().unwrap().unwrap()).unwrap();
    let expected = serde_json::json!({
        "kind": "sales", "store": shop.set_up.store_id, "id": done.sale_id,
    });
    assert_eq!(news, expected, "kind and ids, and nothing else");
    let stranger = Browser::at(server.address).listen("/events").unwrap_err();
    assert!(stranger.to_string().contains("204"), "{stranger}");
    place.verifies();
}

fn signing_out_ends_the_stream(place: &Place) {
    let shop = place.shop(1, 1);
    let server = place.serve();
    let mut clerk = Clerk::sign_in(server.address, &shop, 0).unwrap();
    let mut events = begun(&clerk);
    let began = Instant::now();
    let locked = clerk.browser.post_form("/api/v1/session/lock", "").unwrap();
    assert_eq!(locked.status, 200, "{}", locked.text());
    assert_eq!(events.heard().unwrap(), None, "a locked till hears nothing");
    assert!(clerk.browser.listen("/events").is_err());

    let mut again = Clerk::sign_in(server.address, &shop, 0).unwrap();
    let mut events = begun(&again);
    again.browser.post_form("/api/v1/session/sign_out", "").unwrap();
    assert_eq!(events.heard().unwrap(), None);
    assert!(began.elapsed() < Duration::from_secs(10), "it ends at once, not at the next look");
}

fn a_stream_does_not_hold_up_the_end(place: &Place) {
    let shop = place.shop(1, 1);
    let mut server = Server::spawn(&mut serve(parure(), &place.location)).unwrap();
    let clerk = Clerk::sign_in(server.address, &shop, 0).unwrap();
    let mut events = begun(&clerk);
    let began = Instant::now();
    server.stop().unwrap();
    assert_eq!(events.heard().unwrap_or_default(), None);
    assert!(began.elapsed() < Duration::from_secs(8), "{:?}", began.elapsed());
}
