//! The one double-entry ledger under every screen.

mod account;
mod chart;
mod entry;
mod export;
mod view;

pub use account::{Account, AccountCode, AccountError, AccountKind, SaveAccount, code};
pub use chart::standard_chart;
pub use entry::{
    BalancedEntry, Digest, Dimensions, Draft, Entry, EntryError, EntryHeader, Line, chain_digest, digest_of,
};
pub use export::{
    DIMENSIONS, EndsBeforeItBegins, ExportFormat, ExportLedger, ExportedEntry, Exporter, Period,
};
pub use view::{
    AccountSum, AccountView, EventView, Finding, LineFilter, PostedLine, RunningLine, VerifyReport, running,
};
