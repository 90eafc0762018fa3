//! Use cases. Each authorizes, loads what the decision depends on, lets the domain decide, and
//! writes the outcome whole, in that order. Only this crate opens a write.

mod approvals;
mod attachments;
mod auth;
mod backup;
mod clock;
mod command;
mod context;
mod customers;
mod days;
mod demo;
mod drawer;
mod error;
mod export;
mod find;
mod gifts;
mod imports;
mod items;
mod journal;
mod kept;
mod live;
mod lots;
mod manual;
mod pairing;
mod parking;
mod people;
mod periods;
mod photos;
mod recurring;
mod register;
mod returns;
mod sales;
mod secret;
mod settings;
mod setup;
mod statements;
mod styles;
mod tills;
mod today;
mod vault;
mod vendors;
mod verify;

pub use auth::{Browser, SignedIn};
pub use backup::{BackupError, BackupPlan, Kept, Manifest, Unpacked, back_up, unpack};
pub use clock::Clock;
pub use context::Ctx;
pub use demo::{DEMO_PASSWORD, DemoStore, make as make_demo};
pub use error::ServiceError;
pub use imports::{TableFile, Upload, rejects_name};
pub use live::{Heard, Listening};
pub use register::Place;
pub use secret::Token;
pub use services_core::{Services, prepare};
pub use vault::{KEY_FILE, Vault, VaultError};

mod services_core;
