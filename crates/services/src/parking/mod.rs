//! Tickets put aside with their pieces held for them, and opened again at any till of the store.
//!
//! A hold runs out by the clock. Every command here also puts back in the case what is held for nobody any more; a
//! sale needs no such help, and no task runs for it.

mod leases;
mod list;
mod tickets;

use crate::error::ServiceError;
use chrono::{DateTime, Utc};
use db::WriteTx;
use db::repo::{parking, sale};
use domain::ids::{ItemId, StoreId};
use domain::parking::{OpenRefusal, ParkRefusal, ReleaseRefusal};
use domain::sale::{ItemInSale, MOST_LINES};
use std::collections::BTreeSet;

/// So many holds that ran out are put back along with a command; the next one takes the others.
const SWEPT_AT_ONCE: u64 = 50;

/// The pieces that a command is about, and those whose time is over, locked in one order.
async fn pieces(
    tx: &WriteTx,
    store: StoreId,
    about: impl Iterator<Item = ItemId>,
    now: DateTime<Utc>,
) -> Result<Vec<ItemInSale>, ServiceError> {
    let mut ids: BTreeSet<ItemId> = about.take(MOST_LINES + 1).collect();
    ids.extend(parking::ran_out(tx, store, now, SWEPT_AT_ONCE).await?);
    let ids: Vec<ItemId> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(sale::load_items(tx, &ids).await?)
}

impl From<ParkRefusal> for ServiceError {
    fn from(refusal: ParkRefusal) -> Self {
        match refusal {
            ParkRefusal::Label(error) => Self::Fields(vec![domain::field::FieldError::new("label", error)]),
            other => Self::refused(other),
        }
    }
}

impl From<OpenRefusal> for ServiceError {
    fn from(refusal: OpenRefusal) -> Self {
        Self::refused(refusal)
    }
}

impl From<ReleaseRefusal> for ServiceError {
    fn from(refusal: ReleaseRefusal) -> Self {
        Self::refused(refusal)
    }
}
