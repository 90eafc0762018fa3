//! Invoices without a sale.

use super::{Place, Services, Work};
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::ConfigExt;
use db::repo::{account, approval, customer, receivable};
use domain::ids::CustomerId;
use domain::money::Money;
use domain::person::Permission;
use domain::receivable::{
    AccountDone, ChargeBy, InvoiceChoices, InvoiceSnapshot, IssueInvoice, TypedInvoice, warnings,
};
use domain::sale::TaxTable;

impl Services {
    /// Issues an invoice without a sale.
    ///
    /// # Errors
    /// Each field that does not read; [`ServiceError::NeedsApproval`] where something speaks against it.
    pub async fn issue_invoice(&self, ctx: &Ctx, cmd: IssueInvoice) -> Result<AccountDone, ServiceError> {
        let needs = Permission::IssueInvoice;
        let work = Work { needs, command: cmd.command_id, place: Place::office(cmd.store_id) };
        self.change_account(ctx, work, cmd, |desk, cmd| {
            Box::pin(async move {
                let held = desk.customer(cmd.customer_id).await?;
                let today = desk.now.today.max(desk.moment.business_date);
                let card =
                    customer::get(desk.tx, held.id).await?.ok_or(ServiceError::NotFound("customer"))?;
                let store = desk.config.store(cmd.store_id)?;
                let snapshot = InvoiceSnapshot {
                    customer: (held.id, &held.name),
                    standing: &receivable::load_standing(desk.tx, held.id, today).await?,
                    exemption: card.card.exemption.as_ref(),
                    taxes: &desk.config.taxes(cmd.store_id, cmd.typed.taxed_on(today))?,
                    accounts: &account::list(desk.tx).await?,
                    approvals: &approval::list_by_id(desk.tx, &cmd.approvals).await?,
                    hold_after_days: store.policy.receivables.hold_after_days,
                    legal_entity: store.store.legal_entity_id,
                    today,
                };
                let by = ChargeBy { actor: &desk.actor, origin: &desk.origin };
                Ok(cmd.decide(&snapshot, &by, &desk.moment, &mut desk.ids)?)
            })
        })
        .await
    }

    /// What somebody needs who writes an invoice for a customer.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`], or [`ServiceError::Forbidden`] for people who write none here.
    pub async fn invoice_choices(&self, ctx: &Ctx, id: CustomerId) -> Result<InvoiceChoices, ServiceError> {
        ctx.require(Permission::IssueInvoice, ctx.store)?;
        let db = self.db.read();
        let (config, today) = (self.config()?, self.today(ctx.store)?);
        let card = customer::get(db, id).await?.ok_or(ServiceError::NotFound("customer"))?;
        let standing = receivable::load_standing(db, card.id, today).await?;
        let after = config.store(ctx.store)?.policy.receivables.hold_after_days;
        Ok(InvoiceChoices {
            customer: self.named_customer(card.id).await?,
            store_id: ctx.store,
            warnings: warnings(&standing, Money::ZERO, after, today).map_err(ServiceError::internal)?,
            standing,
            accounts: InvoiceChoices::income(&account::list(db).await?),
            taxes: config.taxes(ctx.store, today)?,
            exempt: card.card.exemption.is_some_and(|exemption| exemption.is_valid_on(today)),
            today,
        })
    }

    /// The taxes of the day of an invoice in the making, as somebody types it; today's where it does not read.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for people who write none here.
    pub fn invoice_taxes(&self, ctx: &Ctx, date: String) -> Result<TaxTable, ServiceError> {
        ctx.require(Permission::IssueInvoice, ctx.store)?;
        let day = TypedInvoice { date, ..TypedInvoice::default() }.taxed_on(self.today(ctx.store)?);
        self.config()?.taxes(ctx.store, day)
    }
}
