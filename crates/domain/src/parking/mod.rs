//! A ticket put aside with its pieces held for it, opened again at any till of the store.

mod hold;
mod lease;
mod open;
mod park;
mod view;

pub use hold::{Held, ReleasePiece, ReleaseRefusal, held, release};
pub use lease::{Away, KeepOnTicket, Kept, Lease, begins, keep, lease_words, leased_for};
pub use open::{Change, OpenParked, OpenRefusal, Opened, ThrowAway, open, throw_away};
pub use park::{ParkRefusal, ParkTicket, Parked, TicketState, park};
pub use view::{HeldView, OpenedTicket, ParkedView};

use crate::ids::{CustomerId, ItemId};
use crate::item::Quantity;
use crate::money::Money;
use crate::sale::{Condition, Discount, OfferedLine, Proof, SellerShare, TypedExemption, VoidedLine};
use chrono::Duration;
use serde::{Deserialize, Serialize};

/// A piece on a parked ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParkedLine {
    pub item_id: ItemId,
    pub tag: String,
    /// The price that the customer was told.
    pub price: Money,
    pub discount: Option<Discount>,
    /// How much of goods that are alike; they are held for nobody.
    #[serde(default)]
    pub quantity: Option<Quantity>,
}

/// Something that comes back, on a parked ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParkedReturn {
    pub line: OfferedLine,
    /// The receipt it was sold on.
    pub number: String,
    pub proof: Proof,
    pub condition: Condition,
    pub fee: Money,
    #[serde(default)]
    pub quantity: Option<Quantity>,
}

/// A ticket as the register has it, without what was paid and approved: both were for that moment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketContent {
    pub lines: Vec<ParkedLine>,
    pub returns: Vec<ParkedReturn>,
    pub discount: Option<Discount>,
    pub customer_id: Option<CustomerId>,
    pub sellers: Vec<SellerShare>,
    pub exemption: Option<TypedExemption>,
    pub voided: Vec<VoidedLine>,
    /// The day until which the sale is to be a secret, as typed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub secret_until: String,
}

/// A customer who thinks it over comes back today; tomorrow the piece is for whoever is there.
#[must_use]
pub fn parked_for() -> Duration {
    Duration::hours(12)
}

/// As long as a customer stands at the till. A tablet that dies holds nothing for longer.
#[must_use]
pub fn opened_for() -> Duration {
    Duration::minutes(30)
}

#[cfg(test)]
mod tests;
