//! Finding what a customer brings back.

use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::{ConfigExt, Services};
use db::repo::{customer, receivable, sale};
use domain::ids::SaleLineId;
use domain::person::Permission;
use domain::sale::{Audience, Proof, Refundable, ReturnOffer, Shown, SoldLine, shown_for_return, visible_to};
use std::collections::BTreeSet;

impl Services {
    /// What may come back, by what the customer shows: the number of a receipt, the code of a gift receipt, or
    /// nothing but the piece with its tag.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for people who do not sell here, a refusal when nothing is found.
    pub async fn find_return(&self, ctx: &Ctx, typed: &str) -> Result<ReturnOffer, ServiceError> {
        ctx.require(Permission::Sell, ctx.store)?;
        let Shown { mut proof, text } = shown_for_return(typed);
        let mut sold = match proof {
            Proof::Receipt | Proof::GiftReceipt => sale::sold_by_number(self.db.read(), &text).await?,
            Proof::Nothing => Vec::new(),
        };
        if sold.is_empty() {
            // A tag may look like the number of a receipt.
            proof = Proof::Nothing;
            sold = sale::sold_by_tag(self.db.read(), &text).await?;
        }
        let Some(first) = sold.first() else {
            return Err(ServiceError::refused(format!(
                "No receipt and no sold piece has the number “{text}”."
            )));
        };
        // What was sold elsewhere is nobody's business here but for where to take it.
        if first.store_id != ctx.store {
            let store = self.config()?.store(first.store_id)?.store.name.clone();
            return Err(ServiceError::refused(format!("This was sold in {store}: take it back there.")));
        }
        let together = sale::connected(self.db.read(), receipts(&sold)).await?;
        if let Some(lessened) = receivable::lessened(self.db.read(), &together).await? {
            return Err(ServiceError::refused(lessened));
        }
        let customer = match first.customer_id.filter(|_| proof == Proof::Receipt) {
            Some(id) => customer::get(self.db.read(), id).await?,
            None => None,
        };
        let config = self.config()?;
        let policy = &config.store(ctx.store)?.policy;
        let today = self.now_in(ctx.store)?.today;
        let secret = sale::until(self.db.read(), &[first.sale_id.0]).await?.remove(&first.sale_id.0);
        let secret_until = secret.filter(|until| !visible_to(Audience::Buyer, Some(*until), today));
        let check_returned = !receivable::bounced(self.db.read(), &together).await?.is_zero();
        let offer = ReturnOffer::new(proof, &sold, customer, policy).map_err(ServiceError::internal)?;
        Ok(ReturnOffer { secret_until, check_returned, ..offer })
    }

    /// By which means the payments for these lines can be paid back, and how much by each, newest first.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for people who do not sell where the lines were sold.
    pub async fn refundable(&self, ctx: &Ctx, lines: &[SaleLineId]) -> Result<Vec<Refundable>, ServiceError> {
        ctx.require(Permission::Sell, ctx.store)?;
        let sold = sale::load_sold(self.db.read(), lines).await?;
        for line in &sold {
            ctx.require(Permission::Sell, line.store_id)?;
        }
        let together = sale::connected(self.db.read(), receipts(&sold)).await?;
        Ok(sale::refundable(self.db.read(), &together).await?)
    }
}

/// The receipts that lines are on.
pub(crate) fn receipts(sold: &[SoldLine]) -> BTreeSet<domain::ids::SaleId> {
    sold.iter().map(|line| line.sale_id).collect()
}
