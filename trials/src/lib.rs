//! A real server with a made-up store, driven over HTTP as browsers do it. The bench measures it with this,
//! and the tests of faults kill it, hang up on it and lie to it.

mod browser;
mod clerk;
mod server;
mod shop;

pub use browser::{Answer, Browser, Events};
pub use clerk::{Clerk, Ticket};
pub use server::{Memory, Server, Spent, parure_at, serve, verify};
pub use shop::{PIN, Shop, Stock, TillInShop, fresh_command, location_of};
