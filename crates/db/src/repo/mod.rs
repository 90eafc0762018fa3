//! Reading and writing, one file per noun. Everything here is a function over a [`crate::WriteTx`]
//! or a [`crate::Reader`].

pub mod account;
pub mod approval;
pub mod attachment;
pub mod audit;
pub mod config;
pub mod customer;
pub mod import;
pub mod import_mapping;
pub mod item;
pub mod lease;
pub mod ledger;
pub mod manual;
pub mod parking;
pub mod period;
pub mod person;
pub mod photo;
pub mod receivable;
pub mod record;
pub mod recurring;
pub mod sale;
pub mod search;
pub mod series;
pub mod session;
pub mod settlement;
pub mod style;
pub mod tie_out;
pub mod till;
pub mod today;
pub mod vendor;
pub mod verify;
