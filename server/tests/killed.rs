//! The plug is pulled while tills sell: what was answered is in the books, once, and nothing is half there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::{RwLock, mpsc};
use std::thread;
use support::{Place, numbers};
use trials::{Clerk, Shop, Ticket};

on_both_databases! {
    killed_three_times_in_the_middle_of_300_sales
}

const TILLS: usize = 4;
const SALES: usize = 300;
const KILLED_AFTER: [usize; 3] = [60, 140, 230];

fn killed_three_times_in_the_middle_of_300_sales(place: &Place) {
    let shop = place.shop(TILLS, SALES);
    let mut server = place.serve();
    // Whoever lost the server waits here until there is one again.
    let address = RwLock::new(server.address);
    let (tell, told) = mpsc::channel();
    let mut clerks: Vec<Clerk<'_>> =
        (0..TILLS).map(|till| Clerk::sign_in(server.address, &shop, till).unwrap()).collect();

    let receipts = thread::scope(|scope| {
        for (till, clerk) in clerks.iter_mut().enumerate() {
            let (shop, address, tell) = (&shop, &address, tell.clone());
            scope.spawn(move || sell_my_part(clerk, till, shop, address, &tell));
        }
        drop(tell);
        let mut receipts = Vec::new();
        let mut resent = 0;
        for (number, times) in told {
            receipts.push(number);
            resent += times - 1;
            if KILLED_AFTER.contains(&receipts.len()) {
                let mut address = address.write().unwrap();
                server.kill().unwrap();
                server = place.serve();
                *address = server.address;
            }
        }
        assert!(resent > 0, "the server was never killed in the middle of a sale");
        receipts
    });

    assert_eq!(receipts.len(), SALES);
    let told: BTreeSet<&String> = receipts.iter().collect();
    assert_eq!(told.len(), SALES, "two sales got one receipt number");
    // Whoever was done early has not noticed that the server moved.
    clerks[0].browser.move_to(server.address);
    let in_books = numbers(&mut clerks[0]);
    assert_eq!(in_books.len(), SALES, "each piece is sold once");
    assert_eq!(in_books.iter().collect::<BTreeSet<_>>(), told);
    place.verifies();
}

/// Sells every piece of this till; a sale without an answer is sent again until there is one. Tells the number
/// of each receipt and how often its sale was sent.
fn sell_my_part(
    clerk: &mut Clerk<'_>,
    till: usize,
    shop: &Shop,
    address: &RwLock<SocketAddr>,
    tell: &mpsc::Sender<(String, usize)>,
) {
    for piece in shop.pieces.iter().skip(till).step_by(TILLS) {
        let customer = shop.customers.first().copied();
        let sale = clerk.cash_sale(Ticket { pieces: &[*piece], customer }).unwrap();
        let mut times = 1;
        let answer = loop {
            match clerk.send(&sale) {
                Ok(answer) => break answer,
                Err(_) => {
                    times += 1;
                    clerk.browser.move_to(*address.read().unwrap());
                }
            }
        };
        let done: domain::sale::SaleDone = answer.done().unwrap();
        tell.send((done.number, times)).unwrap();
    }
}
