//! The parts of lots that a receipt sells and takes back, one step per lot.

use super::{ItemInSale, Refusal, ReturnRefusal, ReturnedFacts, SoldLine};
use crate::ids::EventId;
use crate::item::{LotMove, LotNow, LotReason, Portion};
use crate::money::Money;

/// The steps of the lots on a receipt. A lot that is sold and comes back on the same receipt takes two, the
/// second where the first left it.
#[derive(Debug)]
pub(super) struct Lots {
    event: EventId,
    pub steps: Vec<LotMove>,
}

impl Lots {
    pub const fn new(event: EventId) -> Self {
        Self { event, steps: Vec::new() }
    }

    /// Takes what is sold out of its lots; what each piece of the ticket cost, unique or not.
    pub fn sell(
        &mut self,
        items: &[&ItemInSale],
        portions: &[Option<Portion>],
    ) -> Result<Vec<Money>, Refusal> {
        let mut costs = Vec::with_capacity(items.len());
        for (item, portion) in items.iter().zip(portions) {
            let (Some(lot), Some(portion)) = (item.lot, portion) else {
                costs.push(item.cost);
                continue;
            };
            let now = LotNow { item: item.id, version: item.version, lot, cost: item.cost };
            let step = now
                .sell(portion.quantity, self.event)
                .map_err(|why| Refusal::Lot { tag: item.tag.clone(), why })?;
            costs.push(step.cost.negated()?);
            self.steps.push(step);
        }
        Ok(costs)
    }

    /// Puts what comes back into its lots, at the cost it left with.
    pub fn take_back(&mut self, sold: &[SoldLine], back: &[ReturnedFacts]) -> Result<(), Refusal> {
        for line in back {
            let Some(was) = sold.iter().find(|was| was.line_id == line.line_id) else { continue };
            let (Some(now), Some(quantity)) = (was.lot, line.quantity) else { continue };
            let now = self.as_left(now);
            let step = now.add(LotReason::Returned, quantity, line.cost, self.event);
            self.steps.push(step.map_err(|why| ReturnRefusal::Lot { tag: line.tag.clone(), why })?);
        }
        Ok(())
    }

    /// The lot as the steps so far leave it.
    fn as_left(&self, now: LotNow) -> LotNow {
        self.steps.iter().filter(|step| step.item == now.item).fold(now, LotNow::after)
    }
}
