//! The PDF of an invoice.

use super::{Paper, in_words, party, tax_lines};
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::Services;
use documents::invoice::{Due, Installment, InvoicePaper};
use documents::lines::{Line, Paid, VoidMark};
use domain::ids::InvoiceId;
use domain::money::Money;
use domain::receivable::{AppliedLine, CreditKind, DueLine};

impl Services {
    /// An invoice as PDF.
    ///
    /// # Errors
    /// As for its page; a refusal when it is longer than a paper.
    pub async fn invoice_pdf(&self, ctx: &Ctx, id: InvoiceId) -> Result<Paper, ServiceError> {
        let sheet = self.invoice(ctx, id).await?;
        let void = sheet.applied.iter().find(|one| one.credit_kind == CreditKind::Void);
        let subtotal = Money::sum(sheet.lines.iter().map(|line| line.net)).map_err(ServiceError::internal)?;
        let total = sheet.amount.plus(sheet.at_register).map_err(ServiceError::internal)?;
        let lines = sheet.lines.into_iter().map(|line| Line {
            description: line.description,
            detail: None,
            quantity: None,
            amount: line.net,
        });
        let at_register = (!sheet.at_register.is_zero()).then(|| Paid {
            means: "Paid at the register".to_owned(),
            reference: None,
            amount: sheet.at_register,
        });
        let paper = InvoicePaper {
            letterhead: self.letterhead(&sheet.store)?,
            bill_to: party(sheet.customer, sheet.address),
            number: sheet.number.clone(),
            issued_on: sheet.invoiced_on,
            printed_on: sheet.today,
            po_reference: sheet.reference,
            receipt_number: sheet.sale.map(|(_, number)| number),
            lines: lines.collect(),
            subtotal,
            taxes: tax_lines(sheet.taxes),
            exempt: None,
            total,
            paid: at_register.into_iter().chain(sheet.applied.iter().map(paid)).collect(),
            open: sheet.open,
            due: due(&sheet.dues),
            terms: Some(sheet.terms.to_string()),
            note: sheet.note,
            void: void.map(|void| VoidMark { on: void.applied_on, reason: None }),
        };
        self.typeset(&sheet.number, move || documents::invoice(&paper)).await
    }
}

fn paid(applied: &AppliedLine) -> Paid {
    Paid {
        means: format!("{} {}", applied.credit_kind.label(), applied.credit_number),
        reference: Some(in_words(applied.applied_on)),
        amount: applied.amount,
    }
}

fn due(dues: &[DueLine]) -> Due {
    match dues {
        [one] => Due::On(one.due_on),
        several => Due::Installments(
            several
                .iter()
                .map(|due| Installment { due_on: due.due_on, amount: due.amount, open: due.open })
                .collect(),
        ),
    }
}
