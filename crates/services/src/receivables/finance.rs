//! The finance charges of a month.

use super::{Place, Services, Work};
use crate::context::Ctx;
use crate::days::work_date;
use crate::error::ServiceError;
use crate::services_core::ConfigExt;
use db::Read;
use db::repo::receivable;
use domain::ids::StoreId;
use domain::person::Permission;
use domain::receivable::{
    AccountDone, AssessFinanceCharges, FinanceChargePlan, FinanceSnapshot, ReceivablePolicy,
};

impl Services {
    /// What each overdue account of the store would be charged today.
    ///
    /// # Errors
    /// A refusal where the store assesses no finance charges.
    pub async fn finance_charges(&self, ctx: &Ctx) -> Result<FinanceChargePlan, ServiceError> {
        let store = ctx.store;
        ctx.require(Permission::WriteOff, store)?;
        let config = self.config()?;
        let settings = config.store(store)?;
        // The day that assessing would post on.
        let today = work_date(self.db.read(), store, self.today(store)?).await?;
        let loaded = Loaded::read(self.db.read(), store, today).await?;
        let charges =
            loaded.snapshot(&settings.policy.receivables, settings.store.legal_entity_id).charges(today)?;
        let names = receivable::names_of(self.db.read(), charges.iter().map(|one| one.customer_id)).await?;
        Ok(FinanceChargePlan {
            store_id: store,
            rate: settings.policy.receivables.finance_charge,
            charges,
            names,
            today,
        })
    }

    /// Assesses the finance charges of this month, once for each account.
    ///
    /// # Errors
    /// A refusal where the store assesses none, or something changed since the plan was looked at.
    pub async fn assess_finance_charges(
        &self,
        ctx: &Ctx,
        cmd: AssessFinanceCharges,
    ) -> Result<AccountDone, ServiceError> {
        let work =
            Work { needs: Permission::WriteOff, command: cmd.command_id, place: Place::office(cmd.store_id) };
        self.change_account(ctx, work, cmd, |desk, cmd| {
            Box::pin(async move {
                receivable::lock_store(desk.tx, cmd.store_id).await?;
                let loaded = Loaded::read(desk.tx, cmd.store_id, desk.moment.business_date).await?;
                let settings = desk.config.store(cmd.store_id)?;
                let snapshot = loaded.snapshot(&settings.policy.receivables, settings.store.legal_entity_id);
                Ok(cmd.decide(&snapshot, &desk.origin, &desk.moment, &mut desk.ids)?)
            })
        })
        .await
    }
}

/// What charges are worked out from.
struct Loaded {
    open: Vec<domain::receivable::OpenReceivable>,
    charged: std::collections::BTreeSet<domain::ids::CustomerId>,
}

impl Loaded {
    async fn read(db: &impl Read, store: StoreId, day: chrono::NaiveDate) -> Result<Self, ServiceError> {
        let mut open = receivable::undisputed_in_store(db, store).await?;
        receivable::by_standing_card(db, &mut open).await?;
        Ok(Self { open, charged: receivable::charged_in_month(db, store, day).await? })
    }

    fn snapshot<'a>(
        &'a self,
        policy: &'a ReceivablePolicy,
        legal_entity: domain::ids::LegalEntityId,
    ) -> FinanceSnapshot<'a> {
        FinanceSnapshot { policy, open: &self.open, charged: &self.charged, legal_entity }
    }
}
