//! One folder or file per area of the screen. Pages hold no rule and no SQL.

pub mod customers;
pub mod export;
mod frame;
pub mod inventory;
mod journal;
pub mod ledger;
pub mod more;
pub mod not_found;
mod paging;
pub mod pair;
mod receipt;
pub mod register;
pub mod sales;
mod sending;
pub mod setup;
pub mod sign_in;
pub mod till;
#[cfg(feature = "ssr")]
pub mod trust;
mod when;
