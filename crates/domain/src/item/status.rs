//! The lock on a unique piece: one status, one holder, and a table of the moves there are.

use crate::codes;
use crate::ids::{EventId, ItemId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

codes! {
    /// Where a piece stands. See `rules.md#one-holder`.
    pub enum ItemStatus("status of a piece") {
        /// Not in the books yet: where every piece comes from.
        New = "new", "New";
        OnOrder = "on_order", "On order";
        InTransit = "in_transit", "In transit";
        InStock = "in_stock", "In the case";
        Reserved = "reserved", "Reserved";
        OfflineLease = "offline_lease", "Held by an offline till";
        Layaway = "layaway", "On layaway";
        SpecialOrder = "special_order", "For a special order";
        Quarantine = "quarantine", "Set aside";
        MemoOut = "memo_out", "Out on memo";
        AtVendor = "at_vendor", "At the vendor";
        AtBench = "at_bench", "At the bench";
        OnPoliceHold = "police_hold", "On police hold";
        Sold = "sold", "Sold";
        ReturnedToVendor = "returned_to_vendor", "Returned to vendor";
        Scrapped = "scrapped", "Scrapped";
        Assembled = "assembled", "Built into another piece";
        Missing = "missing", "Missing";
    }
}

/// Who has the piece, beside its status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Holder {
    /// The ticket, layaway, order, job, vendor or sale that the status names.
    pub id: Option<Uuid>,
    /// Until when a reservation or lease holds.
    pub until: Option<DateTime<Utc>>,
}

impl ItemStatus {
    /// The statuses a piece may go to from here. This table is the lock: the database takes no
    /// move that is not in it.
    #[must_use]
    pub const fn next(self) -> &'static [Self] {
        use ItemStatus as S;
        match self {
            S::New => {
                &[S::InStock, S::OnOrder, S::InTransit, S::SpecialOrder, S::Quarantine, S::OnPoliceHold]
            }
            S::OnOrder => &[S::InStock, S::SpecialOrder, S::InTransit],
            S::InTransit => &[S::InStock, S::SpecialOrder, S::Quarantine, S::Missing],
            S::InStock => &[
                S::Reserved,
                S::OfflineLease,
                S::Layaway,
                S::SpecialOrder,
                S::Quarantine,
                S::MemoOut,
                S::AtVendor,
                S::AtBench,
                S::OnPoliceHold,
                S::InTransit,
                S::Sold,
                S::ReturnedToVendor,
                S::Scrapped,
                S::Assembled,
                S::Missing,
            ],
            S::Reserved => &[S::InStock, S::Sold, S::Layaway, S::SpecialOrder, S::MemoOut],
            S::OfflineLease => &[S::InStock, S::Sold],
            S::Layaway => &[S::InStock, S::Sold, S::Missing],
            S::SpecialOrder => &[S::InStock, S::Sold, S::AtBench, S::AtVendor, S::Missing],
            S::Quarantine => {
                &[S::InStock, S::AtBench, S::AtVendor, S::ReturnedToVendor, S::Scrapped, S::Missing]
            }
            S::MemoOut => &[S::InStock, S::Sold, S::Quarantine, S::Missing],
            S::AtVendor => &[S::InStock, S::SpecialOrder, S::Quarantine, S::ReturnedToVendor, S::Missing],
            S::AtBench => {
                &[S::InStock, S::SpecialOrder, S::Quarantine, S::Scrapped, S::Assembled, S::Missing]
            }
            S::OnPoliceHold => &[S::InStock, S::Scrapped, S::Missing],
            S::Sold => &[S::InStock, S::Quarantine, S::AtBench],
            // What a vendor does not take back comes home.
            S::Assembled | S::Missing | S::ReturnedToVendor => &[S::InStock],
            S::Scrapped => &[],
        }
    }

    /// Whether the store owns the piece and can still sell it some day.
    #[must_use]
    pub const fn is_on_hand(self) -> bool {
        !matches!(
            self,
            Self::New
                | Self::OnOrder
                | Self::Sold
                | Self::ReturnedToVendor
                | Self::Scrapped
                | Self::Assembled
                | Self::Missing
        )
    }
}

/// Every pair of the table, as the database keeps it.
pub fn transitions() -> impl Iterator<Item = (ItemStatus, ItemStatus)> {
    ItemStatus::ALL.iter().flat_map(|from| from.next().iter().map(move |to| (*from, *to)))
}

/// One step of one piece. It can only be made where the table allows it, and it is the only thing
/// that changes a status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemMove {
    item: ItemId,
    /// The version this step starts from: of two steps from the same version only one is written.
    version: i64,
    from: ItemStatus,
    to: ItemStatus,
    holder: Holder,
    event: EventId,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("a piece that is “{from}” cannot become “{to}”")]
pub struct MoveError {
    pub from: ItemStatus,
    pub to: ItemStatus,
}

impl ItemMove {
    /// # Errors
    /// [`MoveError`] when the table has no such step.
    pub fn new(
        item: ItemId,
        version: i64,
        from: ItemStatus,
        to: ItemStatus,
        holder: Holder,
        event: EventId,
    ) -> Result<Self, MoveError> {
        if from.next().contains(&to) {
            Ok(Self { item, version, from, to, holder, event })
        } else {
            Err(MoveError { from, to })
        }
    }

    #[must_use]
    pub const fn item(&self) -> ItemId {
        self.item
    }

    #[must_use]
    pub const fn from_version(&self) -> i64 {
        self.version
    }

    #[must_use]
    pub const fn to_version(&self) -> i64 {
        self.version + 1
    }

    #[must_use]
    pub const fn from(&self) -> ItemStatus {
        self.from
    }

    #[must_use]
    pub const fn to(&self) -> ItemStatus {
        self.to
    }

    #[must_use]
    pub const fn holder(&self) -> Holder {
        self.holder
    }

    #[must_use]
    pub const fn event(&self) -> EventId {
        self.event
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn step(from: ItemStatus, to: ItemStatus) -> Result<ItemMove, MoveError> {
        ItemMove::new(ItemId(Uuid::nil()), 1, from, to, Holder::default(), EventId(Uuid::nil()))
    }

    #[test]
    fn what_is_gone_cannot_be_sold() {
        use ItemStatus as S;
        for from in [
            S::Sold,
            S::Scrapped,
            S::ReturnedToVendor,
            S::Missing,
            S::Quarantine,
            S::AtBench,
            S::OnPoliceHold,
        ] {
            assert_eq!(step(from, S::Sold), Err(MoveError { from, to: S::Sold }));
        }
        for from in [S::InStock, S::Reserved, S::Layaway, S::OfflineLease, S::SpecialOrder, S::MemoOut] {
            assert!(step(from, S::Sold).is_ok(), "{from}");
        }
    }

    #[test]
    fn nothing_becomes_new_and_nothing_stays() {
        assert!(transitions().all(|(from, to)| to != ItemStatus::New && from != to));
    }

    proptest! {
        /// However a piece wanders, it was never sold twice without coming back in between.
        #[test]
        fn sold_once_until_it_returns(choices in prop::collection::vec(0_usize..20, 1..60)) {
            let mut status = ItemStatus::New;
            for choice in choices {
                let Some(to) = status.next().get(choice % status.next().len().max(1)) else { break };
                prop_assert!(step(status, *to).is_ok());
                prop_assert!(!(status == ItemStatus::Sold && *to == ItemStatus::Sold));
                status = *to;
            }
        }
    }
}
