//! What is done with credits: applied, taken off, paid back, a check that came back, a credit memo.

use super::payments::named_invoices;
use super::{Place, Services, Work, as_snapshot, drawer};
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::ConfigExt;
use db::repo::{receivable, sale};
use domain::person::Permission;
use domain::receivable::{
    AccountDone, ApplyCredit, CreditKind, InvoiceKind, IssueCreditMemo, MemoSnapshot, OpenReceivable,
    RefundCredit, RefundSnapshot, ReturnCheck, ReturnSaleCheck, ReturnedCheckSnapshot, ReversalSnapshot,
    ReverseCredit, SaleCheckSnapshot, UnapplyCredit,
};
use domain::sale::TenderKind;
use std::collections::BTreeSet;

impl Services {
    /// Applies what is left of a credit to invoices.
    ///
    /// # Errors
    /// More than is open, at its field; a refusal when nothing is left of it.
    pub async fn apply_credit(&self, ctx: &Ctx, cmd: ApplyCredit) -> Result<AccountDone, ServiceError> {
        let work = Work {
            needs: Permission::AdjustReceivables,
            command: cmd.command_id,
            place: Place::office(cmd.store_id),
        };
        self.change_account(ctx, work, cmd, |desk, cmd| {
            Box::pin(async move {
                let (held, row) = desk.credit(cmd.credit_id).await?;
                let open = receivable::open_with(desk.tx, held.id, &named_invoices(&cmd.apply)).await?;
                let snapshot = as_snapshot(&held, &row, &open);
                Ok(cmd.decide(&snapshot, &desk.origin, &desk.moment, &mut desk.ids)?)
            })
        })
        .await
    }

    /// Takes a credit off an invoice again.
    ///
    /// # Errors
    /// A refusal when nothing of it lies there; a missing reason at its field.
    pub async fn unapply_credit(&self, ctx: &Ctx, cmd: UnapplyCredit) -> Result<AccountDone, ServiceError> {
        let work = Work {
            needs: Permission::AdjustReceivables,
            command: cmd.command_id,
            place: Place::office(cmd.store_id),
        };
        self.change_account(ctx, work, cmd, |desk, cmd| {
            Box::pin(async move {
                let (held, row) = desk.credit(cmd.credit_id).await?;
                desk.may(Permission::AdjustReceivables, row.credit.store_id)?;
                let snapshot = as_snapshot(&held, &row, &row.lies_on);
                Ok(cmd.decide(&snapshot, &desk.origin, &desk.moment, &mut desk.ids)?)
            })
        })
        .await
    }

    /// Takes a credit memo or a write-off back that should not be.
    ///
    /// # Errors
    /// A refusal for other credits, and for one that was taken back already; a missing reason at its field.
    /// [`ServiceError::Forbidden`] for a write-off without the right to write off.
    pub async fn reverse_credit(&self, ctx: &Ctx, cmd: ReverseCredit) -> Result<AccountDone, ServiceError> {
        let work = Work {
            needs: Permission::AdjustReceivables,
            command: cmd.command_id,
            place: Place::office(cmd.store_id),
        };
        self.change_account(ctx, work, cmd, |desk, cmd| {
            Box::pin(async move {
                let (held, row) = desk.credit(cmd.credit_id).await?;
                desk.issued_here("credit", row.credit.store_id)?;
                if row.credit.kind == CreditKind::WriteOff {
                    desk.may(Permission::WriteOff, row.credit.store_id)?;
                }
                let of = match row.invoice {
                    Some(id) => receivable::find_invoice(desk.tx, id).await?,
                    None => None,
                };
                let snapshot = ReversalSnapshot {
                    credit: as_snapshot(&held, &row, &row.lies_on),
                    tax: &row.tax,
                    reinstated: receivable::reinstated(desk.tx, cmd.credit_id).await?,
                    reversed: receivable::reversed(desk.tx, cmd.credit_id).await?,
                    income: of.map_or(InvoiceKind::Sale, |invoice| invoice.kind).lessened_on(),
                };
                Ok(cmd.decide(&snapshot, &desk.origin, &desk.moment, &mut desk.ids)?)
            })
        })
        .await
    }

    /// Pays back what is left of a credit.
    ///
    /// # Errors
    /// More than is left, at its field; by other means than it came; more cash than the drawer holds.
    pub async fn refund_credit(&self, ctx: &Ctx, cmd: RefundCredit) -> Result<AccountDone, ServiceError> {
        let place = Place { store: cmd.store_id, session: cmd.session_id };
        let work = Work { needs: Permission::AdjustReceivables, command: cmd.command_id, place };
        self.change_account(ctx, work, cmd, |desk, cmd| {
            Box::pin(async move {
                let (held, row) = desk.credit(cmd.credit_id).await?;
                let kinds: Vec<TenderKind> = desk.config.tender_kinds.clone();
                let snapshot = RefundSnapshot {
                    customer_name: &held.name,
                    credit: &row.credit,
                    till: desk.till.as_ref(),
                    paid: &receivable::paid_by(&row.tenders)?,
                    tender_kinds: &kinds,
                    rounding: desk.config.store(cmd.store_id)?.policy.cash_rounding,
                    drawer: drawer(desk).await?,
                };
                Ok(cmd.decide(&snapshot, &desk.origin, &desk.moment, &mut desk.ids)?)
            })
        })
        .await
    }

    /// Says that the bank sent a payment's check back: what it paid is owed again.
    ///
    /// # Errors
    /// A refusal when the payment had no check, or it came back before; a fee above the limit at its field.
    pub async fn return_check(&self, ctx: &Ctx, cmd: ReturnCheck) -> Result<AccountDone, ServiceError> {
        let work = Work {
            needs: Permission::AdjustReceivables,
            command: cmd.command_id,
            place: Place::office(cmd.store_id),
        };
        self.change_account(ctx, work, cmd, |desk, cmd| {
            Box::pin(async move {
                let (held, row) = desk.credit(cmd.credit_id).await?;
                desk.issued_here("credit", row.credit.store_id)?;
                let snapshot = ReturnedCheckSnapshot {
                    payment: as_snapshot(&held, &row, &row.lies_on),
                    tenders: &row.tenders,
                    came_back: receivable::came_back(desk.tx, cmd.credit_id).await?,
                    highest_fee: desk.config.store(cmd.store_id)?.policy.receivables.highest_check_fee,
                };
                Ok(cmd.decide(&snapshot, &desk.origin, &desk.moment, &mut desk.ids)?)
            })
        })
        .await
    }

    /// Says that the bank sent the check of a receipt back: its customer owes it.
    ///
    /// # Errors
    /// A refusal when the receipt had no check, it came back before, or nobody knows whose it was; a fee above the
    /// limit at its field.
    pub async fn return_sale_check(
        &self,
        ctx: &Ctx,
        cmd: ReturnSaleCheck,
    ) -> Result<AccountDone, ServiceError> {
        let work = Work {
            needs: Permission::AdjustReceivables,
            command: cmd.command_id,
            place: Place::office(cmd.store_id),
        };
        self.change_account(ctx, work, cmd, |desk, cmd| {
            Box::pin(async move {
                sale::lock(desk.tx, &BTreeSet::from([cmd.sale_id])).await?;
                let sold = sale::get(desk.tx, cmd.sale_id).await?.ok_or(ServiceError::NotFound("sale"))?;
                desk.issued_here("sale", sold.facts.store_id)?;
                let held = match sold.facts.customer_id {
                    Some(id) => Some(desk.customer(id).await?),
                    None => None,
                };
                let snapshot = SaleCheckSnapshot {
                    number: &sold.number,
                    customer: held.as_ref().map(|held| (held.id, held.name.as_str())),
                    store_id: sold.facts.store_id,
                    legal_entity: desk.legal_entity()?,
                    tenders: &sold.facts.tenders,
                    voided: sold.void.is_some(),
                    came_back: sold.check_returned.is_some(),
                    highest_fee: desk.config.store(cmd.store_id)?.policy.receivables.highest_check_fee,
                };
                Ok(cmd.decide(&snapshot, &desk.origin, &desk.moment, &mut desk.ids)?)
            })
        })
        .await
    }

    /// Issues a credit memo, on an invoice or on the account.
    ///
    /// # Errors
    /// More than the invoice's price, at its field; a refusal for a voided invoice, or somebody else's.
    pub async fn issue_credit_memo(
        &self,
        ctx: &Ctx,
        cmd: IssueCreditMemo,
    ) -> Result<AccountDone, ServiceError> {
        let work = Work {
            needs: Permission::AdjustReceivables,
            command: cmd.command_id,
            place: Place::office(cmd.store_id),
        };
        self.change_account(ctx, work, cmd, |desk, cmd| {
            Box::pin(async move {
                let held = desk.customer(cmd.customer_id).await?;
                let invoice = match cmd.invoice_id {
                    None => None,
                    Some(id) => {
                        let found = receivable::load_for_memo(desk.tx, id).await?;
                        let (_, invoice) = found.ok_or(ServiceError::NotFound("invoice"))?;
                        desk.issued_here("invoice", invoice.store_id)?;
                        let theirs = receivable::open_with(desk.tx, held.id, &[id]).await?;
                        if !theirs.iter().any(|item: &OpenReceivable| item.invoice_id == id) {
                            return Err(
                                domain::receivable::ReceivableRefusal::OtherCustomer(invoice.number).into()
                            );
                        }
                        Some(invoice)
                    }
                };
                let snapshot = MemoSnapshot {
                    customer: (held.id, &held.name),
                    invoice: invoice.as_ref(),
                    legal_entity: desk.legal_entity()?,
                };
                Ok(cmd.decide(&snapshot, &desk.origin, &desk.moment, &mut desk.ids)?)
            })
        })
        .await
    }
}
