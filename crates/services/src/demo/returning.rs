//! What customers of the demo stores bring back.

use super::Maker;
use super::chain::Branch;
use crate::error::ServiceError;
use domain::ids::TillSessionId;
use domain::money::Money;
use domain::sale::{CompleteSale, Condition, OfferedLine, ReturnLine, ReturnOffer, TicketLine, propose};
use domain::tax::Taxability;

impl Maker<'_> {
    /// The first line of a receipt of the last weeks comes back, for money or for a dearer piece.
    pub(super) async fn take_back(
        &mut self,
        branch: &mut Branch,
        session: TillSessionId,
    ) -> Result<(), ServiceError> {
        /// Later ones would need a manager.
        const RECENT: usize = 25;
        let recent = branch.receipts.len().saturating_sub(RECENT);
        if recent == branch.receipts.len() {
            return Ok(());
        }
        let number = branch.receipts.remove(self.rng.usize(recent..branch.receipts.len()));
        let Some(head) = branch.head() else { return Ok(()) };
        let ctx = branch.ctx_of(head);
        let offer = self.services.find_return(&ctx, &number).await?;
        let Some(line) = offer.lines.iter().find(|line| line.refused.is_none()) else { return Ok(()) };
        let worth = line.worth_of(None).map_err(ServiceError::internal)?;
        let back = returned(&offer, line);
        let exchange = match self.rng.u8(0..3) {
            0 => self.dearer(branch, worth)?,
            _ => None,
        };
        let cmd = match exchange {
            Some((piece, price)) => {
                let total = price.minus(worth).map_err(ServiceError::internal)?;
                CompleteSale {
                    lines: vec![piece],
                    returns: vec![back],
                    tenders: self.tenders(total),
                    ..self.blank(branch, session, total)
                }
            }
            None => {
                let refundable = self.services.refundable(&ctx, &[line.line_id]).await?;
                let drawer = db::repo::till::drawer_balance(self.services.db.read(), branch.till).await?;
                let mut tenders = propose(worth, &refundable);
                let cash = Money::sum(tenders.iter().filter(|t| t.kind == "cash").map(|t| t.amount));
                if cash.is_err() || cash.is_ok_and(|cash| cash > drawer) {
                    return Ok(());
                }
                for tender in tenders.iter_mut().filter(|tender| tender.kind != "cash") {
                    tender.reference = self.reference();
                }
                let total = worth.negated().map_err(ServiceError::internal)?;
                CompleteSale { returns: vec![back], tenders, ..self.blank(branch, session, total) }
            }
        };
        self.services.complete_sale(&ctx, cmd).await?;
        Ok(())
    }

    /// A piece from the case that costs more than what comes back.
    fn dearer(
        &mut self,
        branch: &mut Branch,
        than: Money,
    ) -> Result<Option<(TicketLine, Money)>, ServiceError> {
        let Some(at) = branch.stock.iter().position(|(_, price)| *price > than) else { return Ok(None) };
        let (item_id, price) = branch.stock.swap_remove(at);
        let piece = TicketLine { item_id, price, discount: None, quantity: None };
        let total = self.total_of(branch, std::slice::from_ref(&piece), Taxability::Taxable)?;
        Ok(Some((piece, total)))
    }
}

fn returned(offer: &ReturnOffer, line: &OfferedLine) -> ReturnLine {
    ReturnLine {
        line_id: line.line_id,
        condition: Condition::AsNew,
        proof: offer.proof,
        fee: Money::ZERO,
        quantity: None,
    }
}
