//! Working with overdue accounts: what was said, what was promised, what a customer does not agree with, who is left in
//! peace, whose account it is, and whom to contact today. Nothing here moves money. See `rules.md#collecting`.

mod change;
mod collector;
mod desk;
mod dispute;
mod note;
mod pause;
mod promise;
mod view;

pub use change::{CollectChange, CollectOutcome, CollectSnapshot};
pub use collector::{AssignCollector, Assigned, Collector};
pub use desk::{DeskInvoice, DeskRow, Ranked, Reason, Turn, rank};
pub use dispute::{Dispute, DisputeEnd, OpenDispute, SettleDispute};
pub use note::{AddCollectionNote, CollectionNote, ContactKind, MOST_FOLLOW_UP_DAYS, TypedContact};
pub use pause::{MOST_PAUSE_DAYS, PauseReminders, Pausing, ReminderPause, in_force};
pub use promise::{
    MOST_PROMISE_DAYS, MakePromise, Promise, PromiseEnd, PromiseStanding, PromiseState, TypedPromise,
    WithdrawPromise,
};
pub use view::{
    CollectionSheet, ContactLine, DeskAsked, DeskPage, DisputeLine, InvoiceNamed, KEPT_DAYS, PauseLine,
    PromiseLine, PromisesKept, Whose,
};
