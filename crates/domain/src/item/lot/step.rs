//! One step of a lot: what came in or went out, and what was there then.

use super::{Lot, LotRefusal, Quantity};
use crate::codes;
use crate::ids::{EventId, ItemId};
use crate::item::Item;
use crate::money::Money;
use serde::{Deserialize, Serialize};

codes! {
    /// Why a lot changed.
    pub enum LotReason("reason of a change") {
        Received = "received", "Received";
        Sold = "sold", "Sold";
        Returned = "returned", "Came back";
        Voided = "voided", "Sale voided";
        Counted = "counted", "Counted";
        Billed = "billed", "Billed at another price";
        SentBack = "sent_back", "Sent back to vendor";
        Refused = "refused", "Refused by vendor";
    }
}

/// A step of a lot, the only thing that changes how much is there and what it cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LotMove {
    pub item: ItemId,
    /// The version this step starts from: of two steps from one version only one is written.
    pub from_version: i64,
    pub reason: LotReason,
    pub event: EventId,
    pub before: Quantity,
    pub after: Quantity,
    /// What the step adds to the cost of the lot, below zero where goods left.
    pub cost: Money,
    pub cost_after: Money,
}

/// A lot as a step begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LotNow {
    pub item: ItemId,
    pub version: i64,
    pub lot: Lot,
    pub cost: Money,
}

impl LotNow {
    /// The lot of a piece; `None` for a unique one.
    #[must_use]
    pub fn of(item: &Item) -> Option<Self> {
        item.lot.map(|lot| Self { item: item.id, version: item.version, lot, cost: item.cost })
    }

    /// # Errors
    /// [`LotRefusal`] when there is not so much.
    pub fn sell(self, taken: Quantity, event: EventId) -> Result<LotMove, LotRefusal> {
        let (after, cost) = self.lot.issue(self.cost, taken)?;
        self.step(LotReason::Sold, after, cost.negated()?, event)
    }

    /// # Errors
    /// [`LotRefusal`] when the figures make no sense for the unit.
    pub fn add(
        self,
        reason: LotReason,
        added: Quantity,
        cost: Money,
        event: EventId,
    ) -> Result<LotMove, LotRefusal> {
        self.step(reason, self.lot.receive(added)?, cost, event)
    }

    /// Takes a part out for another reason than a sale, at the average cost.
    ///
    /// # Errors
    /// [`LotRefusal`] when there is not so much.
    pub fn send_back(self, taken: Quantity, event: EventId) -> Result<LotMove, LotRefusal> {
        let (after, cost) = self.lot.issue(self.cost, taken)?;
        self.step(LotReason::SentBack, after, cost.negated()?, event)
    }

    /// What is there costs more or less than was thought; how much is there stays.
    ///
    /// # Errors
    /// [`LotRefusal`] when the figures do not fit.
    pub fn cost_more(self, difference: Money, event: EventId) -> Result<LotMove, LotRefusal> {
        self.step(LotReason::Billed, self.lot, difference, event)
    }

    /// # Errors
    /// [`LotRefusal`] when the figures make no sense for the unit.
    pub fn count(self, there: Quantity, event: EventId) -> Result<LotMove, LotRefusal> {
        let (after, change) = self.lot.counted(self.cost, there)?;
        self.step(LotReason::Counted, after, change, event)
    }

    /// The lot behind a step of it.
    #[must_use]
    pub const fn after(self, step: &LotMove) -> Self {
        let lot = Lot { on_hand: step.after, ..self.lot };
        Self { version: step.from_version + 1, lot, cost: step.cost_after, ..self }
    }

    fn step(self, reason: LotReason, after: Lot, cost: Money, event: EventId) -> Result<LotMove, LotRefusal> {
        Ok(LotMove {
            item: self.item,
            from_version: self.version,
            reason,
            event,
            before: self.lot.on_hand,
            after: after.on_hand,
            cost,
            cost_after: self.cost.plus(cost)?,
        })
    }
}
