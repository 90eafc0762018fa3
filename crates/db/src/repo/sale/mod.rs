//! Sales: what a decision needs, what it wrote, and lists of them.

mod back;
mod detail;
mod list;
mod load;
mod refunds;
mod secret;
mod write;

pub use back::{load_sold, sold_by_number, sold_by_tag};
pub use detail::get;
pub use list::{find, list, totals};
pub use load::{
    AtTill, TillNow, holder_name, load_items, load_staff, load_till, load_to_void, lock, lock_items,
};
pub use refunds::{connected, refundable};
pub use secret::{insert_secret, load_secret, store_of, until};
pub use write::{insert, insert_void};
