//! What is owed at once without anything having been sold: a check that came back, its fee, a credit that was paid back
//! and should not have been.

use super::{Invoice, InvoiceKind, ReceivableKind, Terms, post};
use crate::ids::{CustomerId, Ids, SaleId, StoreId};
use crate::ledger::{Draft, code};
use crate::moment::Moment;
use crate::money::{Money, MoneyError};
use crate::tax::LineTax;

/// Who owes it, where, and since when.
pub(super) struct AtOnce<'a> {
    pub store_id: StoreId,
    pub customer_id: CustomerId,
    pub moment: &'a Moment,
}

impl AtOnce<'_> {
    /// What a check had paid for: a receipt, or something else.
    pub(super) fn check(
        &self,
        draft: &mut Draft,
        amount: Money,
        receipt: Option<SaleId>,
        ids: &mut Ids,
    ) -> Result<Option<Invoice>, MoneyError> {
        let (kind, of) = (InvoiceKind::ReturnedCheck, ReceivableKind::Principal);
        let owed = self.owe(draft, kind, of, (amount, LineTax::default()), ids)?;
        Ok(owed.map(|invoice| Invoice { sale_id: receipt, ..invoice }))
    }

    /// What the store asks for it.
    pub(super) fn fee(
        &self,
        draft: &mut Draft,
        fee: Money,
        ids: &mut Ids,
    ) -> Result<Option<Invoice>, MoneyError> {
        let invoice =
            self.owe(draft, InvoiceKind::Fee, ReceivableKind::Fee, (fee, LineTax::default()), ids)?;
        if let Some(invoice) = &invoice {
            let income = post::about(self.customer_id, invoice.id.0);
            draft.credit_in(self.store_id, code::FEE_INCOME, fee, income)?;
        }
        Ok(invoice)
    }

    /// What was paid back of a credit that is taken back, with the tax in it.
    pub(super) fn paid_back(
        &self,
        draft: &mut Draft,
        amount: Money,
        tax: LineTax,
        ids: &mut Ids,
    ) -> Result<Option<Invoice>, MoneyError> {
        self.owe(draft, InvoiceKind::TakenBack, ReceivableKind::Principal, (amount, tax), ids)
    }

    fn owe(
        &self,
        draft: &mut Draft,
        kind: InvoiceKind,
        of: ReceivableKind,
        (amount, tax): (Money, LineTax),
        ids: &mut Ids,
    ) -> Result<Option<Invoice>, MoneyError> {
        if amount.is_zero() {
            return Ok(None);
        }
        let day = self.moment.business_date;
        let invoice = Invoice {
            id: ids.draw(),
            kind,
            store_id: self.store_id,
            customer_id: self.customer_id,
            sale_id: None,
            associate_id: None,
            invoiced_on: day,
            posted_on: day,
            terms: Terms::Net(0),
            net: amount.minus(tax.total()?)?,
            tax,
            amount,
            reference: None,
            note: None,
            lines: Vec::new(),
            dues: Invoice::dues(Terms::Net(0), of, amount, day, ids)?,
        };
        post::owe(draft, self.store_id, self.customer_id, invoice.id, amount);
        Ok(Some(invoice))
    }
}
