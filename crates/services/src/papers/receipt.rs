//! The PDF of a receipt, on a letter page.

use super::{Paper, party, tax_lines};
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::Services;
use documents::lines::{Paid, VoidMark};
use documents::receipt::{Charged, ReceiptPaper, ReturnedLine, SoldLine};
use domain::ids::SaleId;
use domain::money::{Money, MoneyError};
use domain::sale::{ReturnedFacts, SaleFacts, SaleLineFacts, SaleSheet, TenderFacts};

impl Services {
    /// A sale, a return or an exchange as PDF.
    ///
    /// # Errors
    /// As for its page.
    pub async fn receipt_pdf(&self, ctx: &Ctx, id: SaleId) -> Result<Paper, ServiceError> {
        let sheet = self.sale_sheet(ctx, id).await?;
        let customer = match sheet.sale.facts.customer_id {
            Some(id) => {
                let (customer, address) = self.party(id).await?;
                Some(party(customer, address))
            }
            None => None,
        };
        let number = sheet.sale.number.clone();
        let today = self.today(sheet.store.id)?;
        let taxes = self.taxes_of_sale(&sheet.sale.facts)?;
        let said = Said { letterhead: self.letterhead(&sheet.store)?, customer, taxes, today };
        let paper = paper(sheet, said).map_err(ServiceError::internal)?;
        self.typeset(&number, move || documents::receipt(&paper)).await
    }
}

/// What a receipt says that does not stand in the sale.
struct Said {
    letterhead: documents::letterhead::Letterhead,
    customer: Option<documents::letterhead::Party>,
    taxes: Vec<(String, Money)>,
    today: chrono::NaiveDate,
}

fn paper(sheet: SaleSheet, said: Said) -> Result<ReceiptPaper, MoneyError> {
    let SaleSheet { sale, words, .. } = sheet;
    let sold_by = sale.sellers().join(", ");
    let account = sale.customer_name.clone().unwrap_or_default();
    let facts = sale.facts;
    Ok(ReceiptPaper {
        letterhead: said.letterhead,
        customer: said.customer,
        number: sale.number,
        sold_on: sale.business_date,
        sold_at: sale.completed_at.format("%-I:%M %P").to_string(),
        sold_by,
        printed_on: said.today,
        lines: facts.lines.into_iter().map(sold).collect::<Result<_, _>>()?,
        returned: facts.returned.into_iter().map(returned).collect(),
        subtotal: facts.subtotal,
        discount: facts.discount,
        taxes: tax_lines(said.taxes),
        exempt: facts.exemption.map(|exemption| exemption.to_string()),
        returned_worth: facts.returned_worth,
        total: facts.total,
        rounding: facts.rounding,
        paid: facts.tenders.into_iter().map(paid).collect(),
        change: facts.change,
        charged: sale.charged.map(|charged| Charged {
            account,
            invoice_number: charged.number,
            amount: charged.amount,
            due_on: charged.due_on,
        }),
        return_policy: Some(words.return_policy).filter(|policy| !policy.is_empty()),
        footer: Some(words.footer).filter(|footer| !footer.is_empty()),
        note: facts.note,
        void: sale.void.map(|void| VoidMark { on: void.at.date_naive(), reason: Some(void.reason) }),
    })
}

fn sold(line: SaleLineFacts) -> Result<SoldLine, MoneyError> {
    Ok(SoldLine {
        tag: line.tag,
        description: line.description,
        quantity: line.portion.map(|portion| portion.to_string()),
        price: line.price,
        discount: line.line_discount.plus(line.ticket_discount)?,
        net: line.net,
    })
}

fn returned(line: ReturnedFacts) -> ReturnedLine {
    ReturnedLine {
        tag: line.tag,
        description: line.description,
        sold_on_receipt: line.number,
        net: line.net,
        fee: line.fee,
    }
}

fn paid(tender: TenderFacts) -> Paid {
    Paid { means: tender.kind.label, reference: tender.reference, amount: tender.handed_over }
}

impl Services {
    /// The tax of what was sold, by the names of those who levy it; what came back has its tax in its worth.
    fn taxes_of_sale(&self, facts: &SaleFacts) -> Result<Vec<(String, Money)>, ServiceError> {
        let parts = facts.lines.iter().flat_map(|line| &line.tax.parts);
        crate::receivables::taxes_by_name(&*self.config()?, parts)
    }
}
