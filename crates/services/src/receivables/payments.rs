//! Payments on account.

use super::{Place, Services, Work};
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::ConfigExt;
use db::repo::receivable;
use domain::ids::{CustomerId, InvoiceId};
use domain::person::Permission;
use domain::receivable::{AccountDone, AccountPaymentChoices, ApplyTo, PaymentSnapshot, TakePayment};
use domain::sale::{TenderKind, TenderNature};

/// The invoices that somebody names.
pub(super) fn named_invoices(apply: &ApplyTo) -> Vec<InvoiceId> {
    /// More than a person types.
    const MOST: usize = 500;
    match apply {
        ApplyTo::OldestFirst | ApplyTo::Nothing => Vec::new(),
        ApplyTo::Invoice(id) => vec![*id],
        ApplyTo::ByHand(rows) => rows.iter().take(MOST).map(|row| row.invoice_id).collect(),
    }
}

/// The means by which an account may be paid.
pub(super) fn means(kinds: &[TenderKind]) -> Vec<TenderKind> {
    let may = |kind: &&TenderKind| kind.active && kind.nature != TenderNature::Account;
    kinds.iter().filter(may).cloned().collect()
}

impl Services {
    /// Takes a payment on account, at an open till or in the office.
    ///
    /// # Errors
    /// Each field that is wrong; tenders that do not add up; a till that is closed.
    pub async fn take_payment(&self, ctx: &Ctx, cmd: TakePayment) -> Result<AccountDone, ServiceError> {
        let place = Place { store: cmd.store_id, session: cmd.session_id };
        let work = Work { needs: Permission::TakePayment, command: cmd.command_id, place };
        self.change_account(ctx, work, cmd, |desk, cmd| {
            Box::pin(async move {
                let held = desk.customer(cmd.customer_id).await?;
                let open = receivable::open_with(desk.tx, held.id, &named_invoices(&cmd.apply)).await?;
                let store = desk.config.store(cmd.store_id)?;
                let kinds: Vec<TenderKind> =
                    desk.config.tender_kinds.iter().filter(|kind| kind.active).cloned().collect();
                let snapshot = PaymentSnapshot {
                    customer: (held.id, &held.name),
                    till: desk.till.as_ref(),
                    open: &open,
                    tender_kinds: &kinds,
                    rounding: store.policy.cash_rounding,
                    legal_entity: store.store.legal_entity_id,
                    today: desk.now.today.max(desk.moment.business_date),
                };
                Ok(cmd.decide(&snapshot, &desk.origin, &desk.moment, &mut desk.ids)?)
            })
        })
        .await
    }

    /// What somebody needs who takes a payment of a customer.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`], or [`ServiceError::Forbidden`] for people who take no payments here.
    pub async fn account_payment_choices(
        &self,
        ctx: &Ctx,
        id: CustomerId,
    ) -> Result<AccountPaymentChoices, ServiceError> {
        ctx.require(Permission::TakePayment, ctx.store)?;
        let db = self.db.read();
        let (config, today) = (self.config()?, self.today(ctx.store)?);
        let customer = self.named_customer(id).await?;
        let session = match ctx.till {
            Some(till) => self.open_session(till).await?.map(|session| session.id),
            None => None,
        };
        let mut tender_kinds = means(&config.tender_kinds);
        if session.is_none() {
            tender_kinds.retain(|kind| kind.nature != TenderNature::Currency);
        }
        Ok(AccountPaymentChoices {
            store_id: ctx.store,
            session_id: session,
            standing: receivable::load_standing(db, customer.id, today).await?,
            invoices: receivable::list_open_invoices(db, customer.id, today).await?,
            credits: receivable::list_open_credits(db, customer.id).await?,
            customer,
            tender_kinds,
            policy: config.store(ctx.store)?.policy.clone(),
            today,
        })
    }
}
