//! Who hears of what, and when a stream ends.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use chrono::Duration;
use db::{Db, Location};
use domain::live::NewsKind;
use domain::person::{Role, SavePerson, SignIn};
use services::{Heard, Listening, ServiceError, Services, Token};
use std::collections::BTreeMap;
use support::{Shop, command};

on_both_databases! {
    a_sale_is_heard_after_it_is_recorded
    a_stream_ends_with_its_session
    a_session_has_room_for_some_streams
    a_stream_that_fell_behind_asks_for_everything
    another_process_hears_too
}

impl Shop {
    async fn listening(&self, session: &Token) -> Listening {
        let mut listening = self.services.listen(Some(session), None).await.unwrap().unwrap();
        assert_eq!(heard(&mut listening).await, Some(NewsKind::Everything), "a stream begins with a look");
        listening
    }

    async fn sign_in(&self, login: &str, password: &str) -> Token {
        let typed = SignIn { login: login.into(), password: password.into() };
        self.services.sign_in(None, None, typed).await.unwrap().token
    }

    async fn hire_and_sign_in(&self, name: &str, role: Role) -> Token {
        let cmd = SavePerson {
            command_id: command(),
            person_id: None,
            version: 0,
            name: name.into(),
            login: name.to_lowercase(),
            active: true,
            roles: BTreeMap::from([(self.set_up.store_id, Some(role))]),
            password: format!("password of {name}"),
            pin: "2580".into(),
        };
        self.services.save_person(&self.owner, cmd).await.unwrap();
        self.sign_in(&name.to_lowercase(), &format!("password of {name}")).await
    }

    async fn sell_a_ring(&self, session: domain::ids::TillSessionId) {
        let ring = self.add_ring("100.00", "40.00").await;
        let cmd = self.sale(session, &[(ring, "100.00")], "107.00", "107");
        self.services.complete_sale(&self.owner, cmd).await.unwrap();
    }
}

async fn heard(listening: &mut Listening) -> Option<NewsKind> {
    loop {
        match listening.next().await? {
            Heard::News(news) => return Some(news.kind),
            Heard::Quiet => {}
        }
    }
}

async fn a_sale_is_heard_after_it_is_recorded(shop: Shop) {
    let session = shop.open_till("0").await;
    let (owner, bench) = (
        shop.sign_in("owner", "correct horse").await,
        shop.hire_and_sign_in("Bench", Role::BenchJeweler).await,
    );
    let (mut owner, mut bench) = (shop.listening(&owner).await, shop.listening(&bench).await);
    let ring = shop.add_ring("100.00", "40.00").await;
    let wrong = shop.sale(session, &[(ring, "100.00")], "107.00", "1");
    assert!(shop.services.complete_sale(&shop.owner, wrong).await.is_err());
    let cmd = shop.sale(session, &[(ring, "100.00")], "107.00", "107");
    let done = shop.services.complete_sale(&shop.owner, cmd).await.unwrap();
    let Some(Heard::News(news)) = owner.next().await else { panic!("no news") };
    assert_eq!((news.kind, news.id), (NewsKind::Sales, done.sale_id.0), "what was refused is no news");
    assert!(shop.services.sale(&shop.owner, done.sale_id).await.is_ok());
    shop.services.end_streams();
    assert_eq!(heard(&mut bench).await, None, "a bench jeweler hears of no sale");
    shop.verifies().await;
}

async fn a_stream_ends_with_its_session(shop: Shop) {
    let (one, other) =
        (shop.sign_in("owner", "correct horse").await, shop.sign_in("owner", "correct horse").await);
    let (mut first, mut second) = (shop.listening(&one).await, shop.listening(&other).await);
    shop.services.sign_out(&one, None).await.unwrap();
    assert_eq!(heard(&mut first).await, None);
    let nobody = shop.services.listen(Some(&one), None).await;
    assert!(matches!(nobody, Err(ServiceError::NotSignedIn)));
    // Two hours without use sign a desk out, and listening is none.
    shop.clock.advance(Duration::minutes(119));
    shop.services.look_who_listens();
    let session = shop.open_till("0").await;
    assert_eq!(heard(&mut second).await, Some(NewsKind::Tills));
    shop.clock.advance(Duration::minutes(2));
    shop.sell_a_ring(session).await;
    shop.services.look_who_listens();
    let mut last = heard(&mut second).await;
    if last == Some(NewsKind::Sales) {
        last = heard(&mut second).await;
    }
    assert_eq!(last, None, "listening kept somebody signed in");
    shop.verifies().await;
}

async fn a_session_has_room_for_some_streams(shop: Shop) {
    let session = shop.sign_in("owner", "correct horse").await;
    let mut streams = Vec::new();
    while let Some(listening) = shop.services.listen(Some(&session), None).await.unwrap() {
        streams.push(listening);
        assert!(streams.len() < 100);
    }
    assert_eq!(streams.len(), 8);
    streams.pop();
    assert!(shop.services.listen(Some(&session), None).await.unwrap().is_some(), "a place is free again");
    let another = shop.sign_in("owner", "correct horse").await;
    assert!(shop.services.listen(Some(&another), None).await.unwrap().is_some());
}

async fn a_stream_that_fell_behind_asks_for_everything(shop: Shop) {
    let owner = shop.sign_in("owner", "correct horse").await;
    let mut owner = shop.listening(&owner).await;
    for _ in 0..300 {
        shop.services.look_who_listens();
    }
    assert_eq!(heard(&mut owner).await, Some(NewsKind::Everything));
}

async fn another_process_hears_too(shop: Shop) {
    if matches!(shop.location, Location::File(_)) {
        // One process has the file.
        return;
    }
    let other = Services::new(Db::open(&shop.location).await.unwrap(), shop.clock.clone()).await.unwrap();
    let hearing = tokio::spawn({
        let other = other.clone();
        async move { other.hear_others().await }
    });
    let owner = shop.sign_in("owner", "correct horse").await;
    let mut there = other.listen(Some(&owner), None).await.unwrap().unwrap();
    let session = shop.open_till("0").await;
    // Until the other process listens it may miss some; from then on it hears all.
    let mut kinds = Vec::new();
    while !kinds.contains(&NewsKind::Sales) {
        shop.sell_a_ring(session).await;
        let next = tokio::time::timeout(std::time::Duration::from_millis(500), heard(&mut there)).await;
        kinds.extend(next.ok().flatten());
        assert!(kinds.len() < 100, "{kinds:?}");
    }
    shop.services.sign_out(&owner, None).await.unwrap();
    while heard(&mut there).await.is_some() {}
    other.end_streams();
    hearing.await.unwrap();
    shop.verifies().await;
}
