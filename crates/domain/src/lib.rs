//! The rules of the trade, as pure functions from values to values.
//!
//! Nothing here asks the time, draws a random number, waits or touches a disk: `now` and fresh
//! identifiers are arguments. The same code prices a ticket in the browser and on the server.
//! The rules and their sources are told in `docs/rules.md`.

pub mod approval;
pub mod attachment;
pub mod code;
pub mod csv;
pub mod customer;
pub mod event;
pub mod field;
pub mod find;
pub mod ids;
pub mod import;
pub mod item;
pub mod kept;
pub mod ledger;
pub mod live;
pub mod moment;
pub mod money;
pub mod parking;
pub mod people;
pub mod person;
pub mod photo;
pub mod policy;
pub mod rate;
pub mod receivable;
pub mod register;
pub mod sale;
pub mod series;
pub mod settings;
pub mod settlement;
pub mod store;
pub mod style;
pub mod tax;
pub mod text;
pub mod till;
pub mod today;
pub mod tries;
pub mod vendor;
