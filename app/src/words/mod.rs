//! Every word on the screens, by area. Sentences of the rules live with the rules.

pub mod approvals;
pub mod books;
pub mod common;
pub mod customers;
pub mod find;
pub mod import;
pub mod inventory;
pub mod ledger;
pub mod lock;
pub mod me;
pub mod nav;
pub mod pair;
pub mod parking;
pub mod photos;
pub mod register;
pub mod returns;
pub mod sales;
pub mod settings;
pub mod setup;
pub mod sign_in;
pub mod styles;
pub mod till;
pub mod today;
#[cfg(feature = "ssr")]
pub mod trust;
pub mod vendors;
