//! Asking those who are elsewhere, and taking the question back.

use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::{ConfigExt, Services};
use chrono::NaiveDate;
use db::WriteTx;
use db::repo::{approval, receivable, record, sale};
use domain::approval::{
    About, AskManager, AskRefusal, Sheet, Withdraw, asked_of_all, credit_sheet, discount_sheet, return_sheet,
    void_sheet, withdraw,
};
use domain::field::FieldError;
use domain::ids::{ApprovalId, ItemId, PersonId, SaleLineId, StoreId};
use domain::live::{News, NewsKind};
use domain::person::Permission;
use domain::receivable::warnings;
use domain::sale::MOST_LINES;
use std::collections::BTreeSet;
use std::sync::Arc;

impl Services {
    /// Asks everybody who may approve in the store. What they will read is made here from the books.
    ///
    /// # Errors
    /// A refusal in words.
    pub async fn ask_manager(&self, ctx: &Ctx, cmd: AskManager) -> Result<ApprovalId, ServiceError> {
        ctx.require(Permission::Sell, cmd.store_id)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let (store, asker, now) = (cmd.store_id, ctx.person(), self.now_in(cmd.store_id)?);
        let hold_after_days = self.config()?.store(store)?.policy.receivables.hold_after_days;
        let (ctx, cmd) = (ctx.clone(), Arc::new(cmd));
        let asked = self
            .db
            .write(move |tx| {
                let (ctx, head, cmd) = (ctx.clone(), head.clone(), Arc::clone(&cmd));
                Box::pin(async move {
                    if let Some(done) = head.replay(tx, &ctx).await? {
                        return Ok(done);
                    }
                    let moment = now.work_moment(tx, cmd.store_id).await?;
                    let sheet = sheet_of(tx, &cmd, (moment.business_date, hold_after_days)).await?;
                    let waiting = approval::count_waiting_of(tx, cmd.store_id, ctx.person(), now.at).await?;
                    let origin = ctx.origin(cmd.store_id, None);
                    let (asked, record) = asked_of_all(&cmd, sheet, waiting, &origin, &moment)?;
                    record::insert(tx, &record, head.body_hash(), &asked.id).await?;
                    approval::insert(tx, &asked).await?;
                    Ok::<ApprovalId, ServiceError>(asked.id)
                })
            })
            .await?;
        self.tell_of_approval(store, asked, asker);
        Ok(asked)
    }

    /// Takes back what one asked.
    ///
    /// # Errors
    /// A refusal with what became of it meanwhile.
    pub async fn withdraw_approval(&self, ctx: &Ctx, cmd: Withdraw) -> Result<(), ServiceError> {
        ctx.require(Permission::Sell, cmd.store_id)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let (store, id, asker, now) =
            (cmd.store_id, cmd.approval_id, ctx.person(), self.now_in(cmd.store_id)?);
        let ctx = ctx.clone();
        let done: Result<(), ServiceError> = self
            .db
            .write(move |tx| {
                let (ctx, head, cmd) = (ctx.clone(), head.clone(), cmd.clone());
                Box::pin(async move {
                    if let Some(()) = head.replay(tx, &ctx).await? {
                        return Ok(());
                    }
                    let moment = now.work_moment(tx, cmd.store_id).await?;
                    let found = approval::load(tx, cmd.approval_id).await?;
                    let found = found.ok_or(ServiceError::NotFound("approval"))?;
                    let origin = ctx.origin(cmd.store_id, None);
                    let (taken_back, record) =
                        withdraw(&found, &cmd, &origin, &moment).map_err(ServiceError::refused)?;
                    record::insert(tx, &record, head.body_hash(), &()).await?;
                    approval::answer(tx, &taken_back).await?;
                    Ok(())
                })
            })
            .await;
        done.inspect(|()| self.tell_of_approval(store, id, asker))
    }

    /// Tells those who may approve, and whoever asked.
    pub(super) fn tell_of_approval(&self, store: StoreId, id: ApprovalId, asked_by: PersonId) {
        self.live.tell(News { asked_by: Some(asked_by), ..News::of(NewsKind::Approvals, store, id) });
    }
}

/// What is asked, as the books have it.
async fn sheet_of(
    tx: &WriteTx,
    cmd: &AskManager,
    (today, hold_after_days): (NaiveDate, u32),
) -> Result<Sheet, ServiceError> {
    let elsewhere = || ServiceError::refused("This is not in this store's books.");
    match &cmd.about {
        About::Discount { lines, discount } => {
            let ids: BTreeSet<ItemId> = lines.iter().take(MOST_LINES + 1).map(|line| line.item_id).collect();
            let items = sale::load_items(tx, &ids.iter().copied().collect::<Vec<_>>()).await?;
            if items.len() != lines.len() || items.iter().any(|item| item.store_id != cmd.store_id) {
                return Err(elsewhere());
            }
            discount_sheet(lines, discount.as_ref(), &items).map_err(ServiceError::refused)
        }
        About::Return { lines, pays_out } => {
            let ids: Vec<SaleLineId> = lines.iter().take(MOST_LINES + 1).map(|line| line.line_id).collect();
            let sold = sale::load_sold(tx, &ids).await?;
            if sold.len() != lines.len() || sold.iter().any(|line| line.store_id != cmd.store_id) {
                return Err(elsewhere());
            }
            return_sheet(lines, &sold, *pays_out).map_err(ServiceError::refused)
        }
        About::VoidSale { sale_id } => {
            let found = sale::get(tx, *sale_id).await?;
            let found = found.filter(|found| found.facts.store_id == cmd.store_id).ok_or_else(elsewhere)?;
            void_sheet(&found).map_err(ServiceError::refused)
        }
        About::Credit { customer_id, amount } => {
            let held = receivable::lock_customer(tx, *customer_id).await?;
            let (customer, name) = held.ok_or(ServiceError::NotFound("customer"))?;
            let standing = receivable::load_standing(tx, customer, today).await?;
            let warnings =
                warnings(&standing, *amount, hold_after_days, today).map_err(ServiceError::internal)?;
            credit_sheet(&name, &standing, *amount, &warnings).map_err(ServiceError::refused)
        }
    }
}

impl From<AskRefusal> for ServiceError {
    fn from(refusal: AskRefusal) -> Self {
        match refusal {
            AskRefusal::Reason(error) => Self::Fields(vec![FieldError::new("reason", error)]),
            AskRefusal::TooMany => Self::refused(refusal),
        }
    }
}
