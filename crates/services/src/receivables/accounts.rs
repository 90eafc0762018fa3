//! House accounts, and how a customer stands at the counter.

use super::Services;
use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::ConfigExt;
use db::repo::{receivable, record};
use domain::ids::CustomerId;
use domain::live::{News, NewsKind};
use domain::money::Money;
use domain::person::Permission;
use domain::receivable::{SaveHouseAccount, StandingShown, warnings};

impl Services {
    /// Opens a house account, or changes its terms, limit or state.
    ///
    /// # Errors
    /// Each field that does not read; a conflict when somebody else changed it meanwhile.
    pub async fn save_house_account(&self, ctx: &Ctx, cmd: SaveHouseAccount) -> Result<(), ServiceError> {
        ctx.require(Permission::GrantCredit, cmd.store_id)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let (ctx, now) = (ctx.clone(), self.now_in(cmd.store_id)?);
        let news = News::of(NewsKind::Receivables, cmd.store_id, cmd.customer_id);
        self.db
            .write(move |tx| {
                let (ctx, head, cmd) = (ctx.clone(), head.clone(), cmd.clone());
                Box::pin(async move {
                    if let Some(()) = head.replay(tx, &ctx).await? {
                        return Ok(());
                    }
                    let moment = now.work_moment(tx, cmd.store_id).await?;
                    let held = receivable::lock_customer(tx, cmd.customer_id).await?;
                    let (customer, name) = held.ok_or(ServiceError::NotFound("customer"))?;
                    let before = receivable::find_account(tx, customer).await?;
                    if before.as_ref().map_or(0, |before| before.version) != cmd.version {
                        return Err(ServiceError::Conflict("house_account".to_owned()));
                    }
                    let origin = ctx.origin(cmd.store_id, None);
                    let (account, record) =
                        cmd.decide(before.as_ref(), (customer, &name), &origin, &moment)?;
                    record::insert(tx, &record, head.body_hash(), &()).await?;
                    Ok(receivable::save_account(tx, &account).await?)
                })
            })
            .await
            .inspect(|()| self.live.tell(news))
    }

    /// How a customer stands, and what speaks against charging them more.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for people who do not see what customers owe.
    pub async fn account_standing(&self, ctx: &Ctx, id: CustomerId) -> Result<StandingShown, ServiceError> {
        ctx.require(Permission::ViewReceivables, ctx.store)?;
        let today = self.today(ctx.store)?;
        let (id, _) = self.named(id).await?;
        let standing = receivable::load_standing(self.db.read(), id, today).await?;
        let config = self.config()?;
        let policy = &config.store(ctx.store)?.policy.receivables;
        let warnings = warnings(&standing, Money::ZERO, policy.hold_after_days, today);
        Ok(StandingShown {
            warnings: warnings.map_err(ServiceError::internal)?,
            standing,
            store_id: ctx.store,
            terms: policy.terms,
        })
    }
}
