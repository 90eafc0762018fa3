//! Vendors' bills are paid.

use super::{AT_ONCE, held};
use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::{ConfigExt, Services};
use db::repo::vendor::{self, bill};
use db::repo::{account, record};
use domain::ids::{BillId, EventId, Ids, VendorId};
use domain::ledger::Account;
use domain::money::Money;
use domain::person::Permission;
use domain::vendor::{BillFilter, PayBills, PaySnapshot, PaymentChoices};
use std::sync::Arc;

impl Services {
    /// Pays bills of a vendor, whole or in part, with money and with what the vendor credited.
    ///
    /// # Errors
    /// Each field that is wrong: more than is open of a bill, more credit than there is.
    pub async fn pay_bills(&self, ctx: &Ctx, cmd: PayBills) -> Result<EventId, ServiceError> {
        ctx.require(Permission::PayVendors, cmd.store_id)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let legal_entity = self.config()?.store(cmd.store_id)?.store.legal_entity_id;
        let (ctx, now, cmd) = (ctx.clone(), self.now_in(cmd.store_id)?, Arc::new(cmd));
        self.db
            .write(move |tx| {
                let (ctx, head, cmd) = (ctx.clone(), head.clone(), Arc::clone(&cmd));
                Box::pin(async move {
                    if let Some(done) = head.replay(tx, &ctx).await? {
                        return Ok(done);
                    }
                    let vendor = held(tx, cmd.vendor_id).await?;
                    let ids: Vec<BillId> = cmd.typed.bills.iter().map(|part| part.bill).collect();
                    let snapshot = PaySnapshot {
                        vendor: &vendor,
                        bills: &bill::get_many(tx, &ids).await?,
                        credits: &bill::open_credits(tx, &[cmd.store_id], cmd.vendor_id).await?,
                        accounts: &account::list(tx).await?,
                        legal_entity,
                    };
                    let moment = now.work_moment(tx, cmd.store_id).await?;
                    let origin = ctx.origin(cmd.store_id, None);
                    let done = cmd.decide(&snapshot, &origin, &moment, &mut Ids::new(cmd.command_id))?;
                    let id = done.payment.id;
                    record::insert(tx, &done.record, head.body_hash(), &id).await?;
                    bill::insert_payment(tx, &done.payment).await?;
                    Ok(id)
                })
            })
            .await
    }

    /// What somebody needs who pays a vendor from this store.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`], or [`ServiceError::Forbidden`] for people who pay nobody here.
    pub async fn payment_choices(&self, ctx: &Ctx, id: VendorId) -> Result<PaymentChoices, ServiceError> {
        ctx.require(Permission::PayVendors, ctx.store)?;
        let db = self.db.read();
        let stores = vec![ctx.store];
        let vendor = vendor::get(db, id).await?.ok_or(ServiceError::NotFound("vendor"))?;
        let credits = bill::open_credits(db, &stores, id).await?;
        let filter = BillFilter { stores, vendor: Some(id), limit: AT_ONCE, ..BillFilter::default() };
        let accounts = account::list(db).await?;
        Ok(PaymentChoices {
            vendor,
            store_id: ctx.store,
            bills: bill::list_open(db, &filter).await?.into_iter().map(|line| line.bill).collect(),
            credit: Money::sum(credits.iter().map(|credit| credit.open)).map_err(ServiceError::internal)?,
            accounts: accounts
                .into_iter()
                .filter(Account::pays_vendors)
                .map(|account| (account.code, account.name))
                .collect(),
            today: self.today(ctx.store)?,
        })
    }
}
