//! Writing off, and what comes in after all.

use super::{Place, Services, Work, as_snapshot};
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::ConfigExt;
use db::repo::receivable;
use domain::person::Permission;
use domain::receivable::{AccountDone, RecoverWriteOff, RecoverySnapshot, WriteOff, WriteOffSnapshot};
use domain::sale::TenderKind;

impl Services {
    /// Writes off what is open of an invoice, or a part of it.
    ///
    /// # Errors
    /// A refusal when nothing is open; more than that, or no reason, at its field.
    pub async fn write_off(&self, ctx: &Ctx, cmd: WriteOff) -> Result<AccountDone, ServiceError> {
        let work =
            Work { needs: Permission::WriteOff, command: cmd.command_id, place: Place::office(cmd.store_id) };
        self.change_account(ctx, work, cmd, |desk, cmd| {
            Box::pin(async move {
                let invoice = receivable::find_invoice(desk.tx, cmd.invoice_id).await?;
                let invoice = invoice.ok_or(ServiceError::NotFound("invoice"))?;
                desk.issued_here("invoice", invoice.store_id)?;
                let held = desk.customer(invoice.customer_id).await?;
                let open = receivable::open_of_invoices(desk.tx, &[cmd.invoice_id]).await?;
                let policy = &desk.config.store(invoice.store_id)?.policy.receivables;
                let snapshot = WriteOffSnapshot {
                    customer: (held.id, &held.name),
                    number: &invoice.number,
                    store_id: invoice.store_id,
                    legal_entity: invoice.legal_entity,
                    amount: invoice.amount,
                    tax: &invoice.tax,
                    open: &open,
                    written_off: receivable::written_off(desk.tx, cmd.invoice_id).await?,
                    tax_relief: policy.bad_debt_tax_relief,
                };
                Ok(cmd.decide(&snapshot, &desk.origin, &desk.moment, &mut desk.ids)?)
            })
        })
        .await
    }

    /// Takes money for what was written off: the debt stands again, and is paid.
    ///
    /// # Errors
    /// More than is still written off, at its field; tenders that do not add up; a till that is closed.
    pub async fn recover_write_off(
        &self,
        ctx: &Ctx,
        cmd: RecoverWriteOff,
    ) -> Result<AccountDone, ServiceError> {
        let place = Place { store: cmd.store_id, session: cmd.session_id };
        let work = Work { needs: Permission::WriteOff, command: cmd.command_id, place };
        self.change_account(ctx, work, cmd, |desk, cmd| {
            Box::pin(async move {
                let (held, row) = desk.credit(cmd.credit_id).await?;
                desk.issued_here("credit", row.credit.store_id)?;
                let kinds: Vec<TenderKind> =
                    desk.config.tender_kinds.iter().filter(|kind| kind.active).cloned().collect();
                let snapshot = RecoverySnapshot {
                    write_off: as_snapshot(&held, &row, &row.lies_on),
                    till: desk.till.as_ref(),
                    amount: row.credit.amount,
                    tax: &row.tax,
                    reinstated: receivable::reinstated(desk.tx, cmd.credit_id).await?,
                    tender_kinds: &kinds,
                    rounding: desk.config.store(cmd.store_id)?.policy.cash_rounding,
                };
                Ok(cmd.decide(&snapshot, &desk.origin, &desk.moment, &mut desk.ids)?)
            })
        })
        .await
    }
}
