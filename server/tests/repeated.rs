//! The same command more than once, over HTTP: tapped twice, sent again, its answer lost, its id borrowed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use domain::sale::SaleDone;
use std::sync::Barrier;
use std::thread;
use support::{Place, numbers};
use trials::{Answer, Clerk, Ticket};

on_both_databases! {
    a_double_tap_sells_once
    a_lost_reply_is_given_again
    an_id_is_not_lent_to_another_sale
    two_tills_race_for_one_piece
}

fn a_double_tap_sells_once(place: &Place) {
    let shop = place.shop(1, 1);
    let server = place.serve();
    let mut taps: Vec<Clerk<'_>> =
        (0..4).map(|_| Clerk::sign_in(server.address, &shop, 0).unwrap()).collect();
    let sale = taps[0].cash_sale(Ticket { pieces: &shop.pieces, customer: None }).unwrap();
    let together = Barrier::new(taps.len());
    let answers: Vec<SaleDone> = thread::scope(|scope| {
        let tap = |clerk: &mut Clerk<'_>| {
            together.wait();
            clerk.send(&sale).unwrap().done().unwrap()
        };
        let tapping: Vec<_> = taps.iter_mut().map(|clerk| scope.spawn(move || tap(clerk))).collect();
        tapping.into_iter().map(|tap| tap.join().unwrap()).collect()
    });
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    let later: SaleDone = taps[0].send(&sale).unwrap().done().unwrap();
    assert_eq!(later, answers[0]);
    assert_eq!(numbers(&mut taps[0]), ["S1-T1-000001"]);
    place.verifies();
}

fn a_lost_reply_is_given_again(place: &Place) {
    const TIMES: usize = 20;
    let shop = place.shop(1, TIMES);
    let server = place.serve();
    let mut clerk = Clerk::sign_in(server.address, &shop, 0).unwrap();
    let mut given = Vec::new();
    for piece in &shop.pieces {
        let sale = clerk.cash_sale(Ticket { pieces: &[*piece], customer: None }).unwrap();
        clerk.send_and_hang_up(&sale).unwrap();
        let done: SaleDone = clerk.send(&sale).unwrap().done().unwrap();
        given.push(done.number);
    }
    let mut in_books = numbers(&mut clerk);
    in_books.sort();
    assert_eq!(in_books, given);
    place.verifies();
}

fn an_id_is_not_lent_to_another_sale(place: &Place) {
    let shop = place.shop(1, 2);
    let server = place.serve();
    let mut clerk = Clerk::sign_in(server.address, &shop, 0).unwrap();
    let first = clerk.cash_sale(Ticket { pieces: &shop.pieces[..1], customer: None }).unwrap();
    let mut second = clerk.cash_sale(Ticket { pieces: &shop.pieces[1..], customer: None }).unwrap();
    second.command_id = first.command_id;
    assert_eq!(clerk.send(&first).unwrap().status, 200);
    refused(&clerk.send(&second).unwrap(), "This was sent before with another content.");
    assert_eq!(numbers(&mut clerk).len(), 1);
    place.verifies();
}

fn two_tills_race_for_one_piece(place: &Place) {
    const RACES: usize = 10;
    let shop = place.shop(2, RACES);
    let server = place.serve();
    let mut clerks: Vec<Clerk<'_>> =
        (0..2).map(|till| Clerk::sign_in(server.address, &shop, till).unwrap()).collect();
    let start = Barrier::new(2);
    for piece in &shop.pieces {
        let mut answers: Vec<Answer> = thread::scope(|scope| {
            let race = |clerk: &mut Clerk<'_>| {
                let sale = clerk.cash_sale(Ticket { pieces: &[*piece], customer: None }).unwrap();
                start.wait();
                clerk.send(&sale).unwrap()
            };
            let racing: Vec<_> = clerks.iter_mut().map(|clerk| scope.spawn(move || race(clerk))).collect();
            racing.into_iter().map(|race| race.join().unwrap()).collect()
        });
        answers.sort_by_key(|answer| answer.status);
        let won: SaleDone = answers[0].done().unwrap();
        refused(&answers[1], &format!("is not for sale here: Sold (receipt {}).", won.number));
    }
    assert_eq!(numbers(&mut clerks[0]).len(), RACES);
    place.verifies();
}

#[track_caller]
fn refused(answer: &Answer, said: &str) {
    assert_eq!(answer.status, 422, "{}", answer.text());
    assert!(answer.text().contains(said), "{}", answer.text());
}
