//! The PDF of a payment's receipt or of a credit memo.

use super::{Paper, party, tax_lines};
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::Services;
use db::repo::receivable;
use documents::credit_memo::CreditMemoPaper;
use documents::lines::{AppliedTo, Line, Paid, VoidMark};
use documents::payment::PaymentPaper;
use domain::ids::{CustomerCreditId, InvoiceId};
use domain::money::Money;
use domain::receivable::{AppliedLine, CreditKind, CreditSheet, OutLine};
use domain::sale::TenderFacts;
use std::collections::BTreeMap;

impl Services {
    /// A payment's receipt or a credit memo as PDF.
    ///
    /// # Errors
    /// As for its page; [`ServiceError::NotFound`] for what no customer gets a paper of, such as a write-off.
    pub async fn credit_pdf(&self, ctx: &Ctx, id: CustomerCreditId) -> Result<Paper, ServiceError> {
        let sheet = self.customer_credit(ctx, id).await?;
        let number = sheet.number.clone();
        match sheet.kind {
            CreditKind::Payment => {
                let paper = self.payment_paper(sheet).await?;
                self.typeset(&number, move || documents::payment_receipt(&paper)).await
            }
            CreditKind::CreditMemo | CreditKind::Return => {
                let paper = self.memo_paper(sheet).await?;
                self.typeset(&number, move || documents::credit_memo(&paper)).await
            }
            CreditKind::Void | CreditKind::WriteOff => Err(ServiceError::NotFound("paper")),
        }
    }

    async fn payment_paper(&self, sheet: CreditSheet) -> Result<PaymentPaper, ServiceError> {
        let standing = receivable::load_standing(self.db.read(), sheet.customer.id, sheet.today).await?;
        let came_in = sheet.tenders.iter().filter(|tender| tender.amount.is_positive()).map(came_in);
        let paid: Vec<Paid> =
            came_in.chain(sheet.outs.iter().map(gone).collect::<Result<Vec<_>, _>>()?).collect();
        let bounced = sheet.came_back.then(|| VoidMark {
            on: sheet.outs.iter().map(|out| out.out_on).max().unwrap_or(sheet.today),
            reason: Some("The bank returned the check".to_owned()),
        });
        Ok(PaymentPaper {
            letterhead: self.letterhead(&sheet.store)?,
            number: sheet.number,
            received_on: sheet.received_on,
            received_by: sheet.by,
            printed_on: sheet.today,
            total: Money::sum(paid.iter().map(|paid| paid.amount)).map_err(ServiceError::internal)?,
            paid,
            applied: self.applied_to(&sheet.applied).await?,
            credit: sheet.left,
            balance: standing.balance().map_err(ServiceError::internal)?,
            note: sheet.note,
            void: bounced,
            received_from: party(sheet.customer, sheet.address),
        })
    }

    async fn memo_paper(&self, sheet: CreditSheet) -> Result<CreditMemoPaper, ServiceError> {
        let reason = sheet.note.unwrap_or_else(|| sheet.kind.label().to_owned());
        let refunded = Money::sum(sheet.outs.iter().map(|out| out.amount)).map_err(ServiceError::internal)?;
        let line = Line { description: reason.clone(), detail: None, quantity: None, amount: sheet.net };
        Ok(CreditMemoPaper {
            letterhead: self.letterhead(&sheet.store)?,
            credit_to: party(sheet.customer, sheet.address),
            number: sheet.number,
            issued_on: sheet.received_on,
            printed_on: sheet.today,
            reason,
            corrects: sheet.invoice.map(|(_, number)| number),
            lines: vec![line],
            subtotal: sheet.net,
            taxes: tax_lines(sheet.taxes),
            total: sheet.amount,
            applied: self.applied_to(&sheet.applied).await?,
            refunded,
            left: sheet.left,
            note: None,
            void: None,
        })
    }

    /// Where a credit lies now, invoice by invoice, and what is still open of each.
    async fn applied_to(&self, applied: &[AppliedLine]) -> Result<Vec<AppliedTo>, ServiceError> {
        let mut lies: BTreeMap<InvoiceId, Money> = BTreeMap::new();
        for one in applied {
            let sum = lies.entry(one.invoice_id).or_default();
            *sum = sum.plus(one.amount).map_err(ServiceError::internal)?;
        }
        lies.retain(|_, sum| !sum.is_zero());
        let ids: Vec<InvoiceId> = lies.keys().copied().collect();
        let mut told: BTreeMap<InvoiceId, AppliedTo> = BTreeMap::new();
        for due in receivable::open_of_invoices(self.db.read(), &ids).await? {
            let row = told.entry(due.invoice_id).or_insert_with(|| AppliedTo {
                document: format!("Invoice {}", due.number),
                dated: due.invoiced_on,
                applied: lies.get(&due.invoice_id).copied().unwrap_or_default(),
                open: Money::ZERO,
            });
            row.open = row.open.plus(due.open).map_err(ServiceError::internal)?;
        }
        Ok(told.into_values().collect())
    }
}

fn came_in(tender: &TenderFacts) -> Paid {
    Paid { means: tender.kind.label.clone(), reference: tender.reference.clone(), amount: tender.amount }
}

fn gone(out: &OutLine) -> Result<Paid, ServiceError> {
    let amount = out.amount.negated().map_err(ServiceError::internal)?;
    Ok(Paid { means: out.label.clone(), reference: out.note.clone(), amount })
}
