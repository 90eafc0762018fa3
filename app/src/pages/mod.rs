//! One folder or file per area of the screen. Pages hold no rule and no SQL.

pub mod accounts;
mod approval;
pub mod approvals;
mod asking;
pub mod customers;
pub mod export;
mod find;
mod frame;
pub mod inventory;
mod journal;
pub mod ledger;
mod loading;
mod lock;
pub mod me;
pub mod more;
pub mod not_found;
mod paging;
pub mod pair;
mod pin;
mod receipt;
pub mod receivables;
pub mod register;
pub mod sales;
mod secret;
mod sending;
pub mod settings;
pub mod setup;
pub mod sign_in;
pub mod till;
pub mod today;
#[cfg(feature = "ssr")]
pub mod trust;
mod typed;
pub mod vendors;
mod when;
mod zones;

pub use frame::home;
pub use sign_in::{destination, door_from};
