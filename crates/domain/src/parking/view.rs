//! Parked tickets as people see them.

use super::{Change, TicketContent};
use crate::customer::Customer;
use crate::ids::ParkedId;
use crate::item::ShownItem;
use crate::money::Money;
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParkedView {
    pub id: ParkedId,
    pub label: String,
    pub parked_by: String,
    pub till: String,
    /// In the store's own time, as the next.
    pub parked_at: DateTime<FixedOffset>,
    pub held_until: DateTime<FixedOffset>,
    /// Whether its pieces are for everybody again.
    pub ran_out: bool,
    pub pieces: u64,
    pub total: Money,
}

/// A ticket opened at a till, with what stands on it as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedTicket {
    pub ticket: TicketContent,
    pub items: Vec<ShownItem>,
    pub customer: Option<Customer>,
    pub changes: Vec<Change>,
}

/// Who holds a piece, and until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldView {
    /// A till or a parked ticket, in words.
    pub by: Option<String>,
    /// In the store's own time.
    pub until: DateTime<FixedOffset>,
    /// Whether it is for everybody again.
    pub ran_out: bool,
}
