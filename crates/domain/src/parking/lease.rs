//! What stands on a ticket that is being made: until it is sold or parked, no other till takes it. A lease is short and
//! renewed as long as the ticket is open; a tablet that dies keeps nothing.

use super::{Held, held};
use crate::ids::{ItemId, StoreId, TillId};
use crate::item::Holder;
use crate::sale::ItemInSale;
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

/// Three times as long as a register takes to say again what stands on its ticket.
#[must_use]
pub fn leased_for() -> Duration {
    Duration::minutes(3)
}

/// A piece on the open ticket of a till.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    pub till: TillId,
    pub until: DateTime<Utc>,
    /// Whose ticket it is, in words.
    pub said: String,
}

impl Lease {
    /// Whether it keeps the piece from whoever stands at this till, or at none.
    #[must_use]
    pub fn keeps_from(&self, till: Option<TillId>, now: DateTime<Utc>) -> bool {
        till != Some(self.till) && now <= self.until
    }
}

/// Whose ticket it is, as others read it.
#[must_use]
pub fn lease_words(person: &str, till: &str) -> String {
    format!("on {person}'s ticket at {till}")
}

/// Says what stands on the ticket of a till now: those pieces and no others are kept for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeepOnTicket {
    pub store_id: StoreId,
    pub pieces: Vec<ItemId>,
}

/// A piece that cannot be kept for a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Away {
    pub item: ItemId,
    pub tag: String,
    /// Where it is, in words.
    pub why: String,
}

/// What is kept for a ticket, and what is not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    pub ours: Vec<ItemId>,
    pub away: Vec<Away>,
}

impl ItemInSale {
    /// Whose open ticket keeps the piece from a till, if any does.
    #[must_use]
    pub fn on_another_ticket(&self, till: TillId, now: DateTime<Utc>) -> Option<&str> {
        let lease = self.lease.as_ref().filter(|lease| lease.keeps_from(Some(till), now));
        lease.map(|lease| lease.said.as_str())
    }
}

/// Keeps what can be kept for the ticket of a till. Of goods that are alike there are more: they are kept for nobody.
#[must_use]
pub fn keep(till: TillId, items: &[ItemInSale], cmd: &KeepOnTicket, now: DateTime<Utc>) -> Kept {
    let mut kept = Kept::default();
    let here = |id: &ItemId| items.iter().find(|item| item.id == *id && item.store_id == cmd.store_id);
    for item in cmd.pieces.iter().filter_map(here).filter(|item| item.lot.is_none()) {
        let mut away = |why: String| {
            kept.away.push(Away { item: item.id, tag: item.tag.clone(), why });
        };
        if let Some(said) = item.on_another_ticket(till, now) {
            away(said.to_owned());
        } else if held(item.status, item.holder, till.0, now) == Held::Away {
            let who = item.held_by.as_ref().map(|who| format!(" ({who})")).unwrap_or_default();
            away(format!("{}{who}", item.status));
        } else {
            kept.ours.push(item.id);
        }
    }
    kept
}

/// Whether others see a piece otherwise than before: it was for nobody, or its time was over.
#[must_use]
pub fn begins(item: &ItemInSale, till: TillId, now: DateTime<Utc>) -> bool {
    let stands = |lease: &Lease| lease.till == till && now <= lease.until;
    item.holder == Holder::default() && !item.lease.as_ref().is_some_and(stands)
}
