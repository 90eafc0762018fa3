//! The one double-entry ledger under every screen.

mod account;
mod chart;
mod entry;
mod export;
mod fiscal;
mod manual;
mod period;
mod statement;
mod tie;
mod view;

pub use account::{Account, AccountCode, AccountError, AccountKind, SaveAccount, code};
pub use chart::standard_chart;
pub use entry::{
    BalancedEntry, Digest, Dimensions, Draft, Entry, EntryError, EntryHeader, Line, chain_digest, digest_of,
};
pub use export::{
    DIMENSIONS, EndsBeforeItBegins, ExportFormat, ExportLedger, ExportedEntry, Exporter, Period,
};
pub use fiscal::{FiscalYear, NotAMonth, StatementPeriod};
pub use manual::{
    By, Due, EntryChoices, ManualEntry, ManualLine, ManualRefusal, Original, PostDue, PostEntry, Posting,
    Recurring, RecurringPage, ReverseEntry, SaveRecurring, Standing, TypedEntry, TypedLine, TypedRecurring,
};
pub use period::{BooksOf, LockPeriod, PeriodLocked, UnlockPeriod};
pub use statement::{
    AskBalanceSheet, AskProfitAndLoss, BalanceSheet, BalanceSheetPage, Figure, Part, ProfitAndLoss,
    ProfitAndLossPage, Scope, Section,
};
pub use tie::{DrawerCount, DrawerTie, Tie, TieDifference, TieOut, TieOutAsked};
pub use view::{
    AccountSum, AccountView, EventView, Finding, LineFilter, PostedLine, RunningLine, VerifyReport, running,
};
