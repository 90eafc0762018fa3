//! Working with overdue accounts.

mod cards;
mod desk;
mod dispute;
mod facts;
mod note;
mod pause;
mod promise;
mod write;

pub use cards::assigned;
pub use desk::{Desk, DeskNarrow, load_desk};
pub use dispute::{find_dispute, list_disputes};
pub use note::list_contacts;
pub use pause::list_pauses;
pub use promise::{PromiseRow, count_kept, find_promise, list_promises};
pub(super) use promise::{came_in, still_owed};
pub use write::insert_collect;
