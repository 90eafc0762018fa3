//! Server functions: doors to the use cases, one file per noun. They hold no rule.

pub mod account;
pub mod approval;
pub mod books;
pub mod customer;
pub mod find;
pub mod import;
pub mod item;
pub mod ledger;
pub mod parking;
pub mod photo;
pub mod proof;
pub mod receivable_collect;
pub mod receivable_reports;
pub mod register;
pub mod sale;
pub mod session;
pub mod settings;
pub mod setup;
pub mod style;
pub mod till;
pub mod today;
pub mod vendor;

#[cfg(feature = "ssr")]
pub mod ctx;

/// Rows on a page of a list.
pub const PAGE: u64 = 50;
