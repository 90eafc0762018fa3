//! Two server processes over one PostgreSQL, as a chain runs them: they race for the same pieces and commands, and
//! one is killed while both sell.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use domain::sale::SaleDone;
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::{Barrier, RwLock, mpsc};
use std::thread;
use support::{Place, numbers};
use trials::{Answer, Clerk, Shop, Ticket};

#[test]
fn tills_of_two_servers_race_for_one_piece() {
    const RACES: usize = 20;
    let place = Place::on_postgres();
    let shop = place.shop(4, RACES);
    let servers = [place.serve(), place.serve()];
    let mut clerks = clerks(&shop, &servers.each_ref().map(|server| server.address));
    let start = Barrier::new(clerks.len());
    for piece in &shop.pieces {
        let answers: Vec<Answer> = thread::scope(|scope| {
            let race = |clerk: &mut Clerk<'_>| {
                let sale = clerk.cash_sale(Ticket { pieces: &[*piece], customer: None }).unwrap();
                start.wait();
                clerk.send(&sale).unwrap()
            };
            let racing: Vec<_> = clerks.iter_mut().map(|clerk| scope.spawn(move || race(clerk))).collect();
            racing.into_iter().map(|race| race.join().unwrap()).collect()
        });
        let won = answers.iter().filter(|answer| answer.status == 200).count();
        assert_eq!(won, 1, "{:?}", answers.iter().map(Answer::text).collect::<Vec<_>>());
        let lost = answers.iter().filter(|answer| answer.status != 200);
        assert!(lost.clone().all(|answer| answer.status == 422), "{:?}", lost.collect::<Vec<_>>());
    }
    assert_eq!(numbers(&mut clerks[0]).len(), RACES);
    place.verifies();
}

#[test]
fn one_command_at_both_servers_happens_once() {
    const TIMES: usize = 20;
    let place = Place::on_postgres();
    let shop = place.shop(1, TIMES);
    let servers = [place.serve(), place.serve()];
    // The same person at the same till, through one server and the other.
    let mut taps: Vec<Clerk<'_>> =
        servers.iter().map(|server| Clerk::sign_in(server.address, &shop, 0).unwrap()).collect();
    let together = Barrier::new(taps.len());
    for piece in &shop.pieces {
        let sale = taps[0].cash_sale(Ticket { pieces: &[*piece], customer: None }).unwrap();
        let answers: Vec<SaleDone> = thread::scope(|scope| {
            let tap = |clerk: &mut Clerk<'_>| {
                together.wait();
                clerk.send(&sale).unwrap().done().unwrap()
            };
            let tapping: Vec<_> = taps.iter_mut().map(|clerk| scope.spawn(move || tap(clerk))).collect();
            tapping.into_iter().map(|tap| tap.join().unwrap()).collect()
        });
        assert_eq!(answers[0], answers[1]);
    }
    assert_eq!(numbers(&mut taps[0]).len(), TIMES);
    place.verifies();
}

const TILLS: usize = 4;
const SALES: usize = 300;
const KILLED_AFTER: [usize; 3] = [60, 140, 230];

#[test]
fn one_of_two_servers_is_killed_three_times_in_the_middle_of_300_sales() {
    let place = Place::on_postgres();
    let shop = place.shop(TILLS, SALES);
    let (mut doomed, steady) = (place.serve(), place.serve());
    // Whoever loses the one goes on at the other, and comes back when it is there again.
    let open = RwLock::new(vec![doomed.address, steady.address]);
    let (tell, told) = mpsc::channel();
    let mut clerks = clerks(&shop, &[doomed.address, steady.address]);
    let receipts = thread::scope(|scope| {
        for (till, clerk) in clerks.iter_mut().enumerate() {
            let (shop, open, tell) = (&shop, &open, tell.clone());
            scope.spawn(move || sell_my_part(clerk, till, shop, open, &tell));
        }
        drop(tell);
        let (mut receipts, mut resent) = (Vec::new(), 0);
        for (number, times) in told {
            receipts.push(number);
            resent += times - 1;
            if KILLED_AFTER.contains(&receipts.len()) {
                *open.write().unwrap() = vec![steady.address];
                doomed.kill().unwrap();
                doomed = place.serve();
                *open.write().unwrap() = vec![doomed.address, steady.address];
            }
        }
        assert!(resent > 0, "the server was never killed in the middle of a sale");
        receipts
    });
    let told: BTreeSet<&String> = receipts.iter().collect();
    assert_eq!((receipts.len(), told.len()), (SALES, SALES), "each sale has its number");
    clerks[0].browser.move_to(steady.address);
    let in_books = numbers(&mut clerks[0]);
    assert_eq!(in_books.iter().collect::<BTreeSet<_>>(), told);
    assert_eq!(in_books.len(), SALES, "each piece is sold once");
    place.verifies();
}

/// A clerk at each till, at one server and the other in turn.
fn clerks<'s>(shop: &'s Shop, servers: &[SocketAddr; 2]) -> Vec<Clerk<'s>> {
    (0..4).map(|till| Clerk::sign_in(servers[till % 2], shop, till).unwrap()).collect()
}

/// Sells every piece of this till, each sale at a server that is open; without an answer it is sent again.
fn sell_my_part(
    clerk: &mut Clerk<'_>,
    till: usize,
    shop: &Shop,
    open: &RwLock<Vec<SocketAddr>>,
    tell: &mpsc::Sender<(String, usize)>,
) {
    for (round, piece) in shop.pieces.iter().skip(till).step_by(TILLS).enumerate() {
        let sale = clerk.cash_sale(Ticket { pieces: &[*piece], customer: None }).unwrap();
        let mut times = 1;
        let answer = loop {
            match clerk.send(&sale) {
                Ok(answer) => break answer,
                Err(_) => {
                    times += 1;
                    let open = open.read().unwrap();
                    clerk.browser.move_to(open[(round + times) % open.len()]);
                }
            }
        };
        let done: SaleDone = answer.done().unwrap();
        tell.send((done.number, times)).unwrap();
        if round % 10 == 9 {
            let open = open.read().unwrap();
            clerk.browser.move_to(open[(till + round / 10) % open.len()]);
        }
    }
}
