//! The journal of a receipt: what was sold, what came back, how it was paid.

use super::charge::OnAccount;
use super::{ReturnedFacts, SaleFacts, SaleLineFacts, SellerShare, TenderNature};
use crate::ids::{ItemId, JurisdictionId};
use crate::ledger::{BalancedEntry, Dimensions, Draft, EntryError, EntryHeader, code};
use crate::money::{Money, MoneyError};
use crate::tax::LineTax;

/// The entry of a receipt; none where nothing was paid for something that cost nothing.
pub(super) fn post(
    sale: &SaleFacts,
    account: &OnAccount,
    header: EntryHeader,
) -> Result<Option<BalancedEntry>, EntryError> {
    let mut draft = Draft::new(sale.store_id);
    let document =
        Dimensions { document: Some(sale.id.0), customer: sale.customer_id, ..Dimensions::default() };
    account.post(&mut draft)?;
    // What goes to the account names the invoice or the credit, not the receipt.
    for tender in sale.tenders.iter().filter(|tender| tender.kind.nature != TenderNature::Account) {
        let drawer = (tender.kind.account == code::TILL_CASH).then_some(sale.till_id);
        draft.debit(tender.kind.account, tender.amount, Dimensions { till: drawer, ..document });
    }
    draft.credit(code::CASH_ROUNDING, sale.rounding, document)?;
    for line in &sale.lines {
        post_sold(&mut draft, line, document)?;
    }
    for (jurisdiction, tax) in tax_by_jurisdiction(sale.lines.iter().map(|line| &line.tax))? {
        let owed_to = Dimensions { jurisdiction: Some(jurisdiction), ..document };
        draft.credit(code::SALES_TAX_PAYABLE, tax, owed_to)?;
    }
    for line in &sale.returned {
        post_returned(&mut draft, line, document)?;
    }
    for (jurisdiction, tax) in tax_by_jurisdiction(sale.returned.iter().map(|line| &line.tax))? {
        let owed_to = Dimensions { jurisdiction: Some(jurisdiction), ..document };
        draft.debit(code::SALES_TAX_PAYABLE, tax, owed_to);
    }
    if draft.is_empty() { Ok(None) } else { draft.balance(header).map(Some) }
}

/// Revenue is the net price; the cost is that of exactly this piece, or of this part of a lot at its average.
fn post_sold(draft: &mut Draft, line: &SaleLineFacts, document: Dimensions) -> Result<(), EntryError> {
    let item = about(line.item_id, &line.sellers, document);
    draft.credit(code::SALES_SHOWCASE, line.net, item)?;
    draft.debit(code::COGS_SHOWCASE, line.cost, item);
    draft.credit(line.inventory, line.cost, item)?;
    Ok(())
}

/// The piece comes back at the cost it left with; what the store keeps is income of its own (J37, J38).
fn post_returned(draft: &mut Draft, line: &ReturnedFacts, document: Dimensions) -> Result<(), EntryError> {
    let item = about(line.item_id, &line.sellers, document);
    draft.debit(code::SALES_RETURNS, line.net, item);
    draft.credit(code::FEE_INCOME, line.fee, item)?;
    draft.debit(line.inventory, line.cost, item);
    draft.credit(code::COGS_SHOWCASE, line.cost, item)?;
    Ok(())
}

fn about(item: ItemId, sellers: &[SellerShare], document: Dimensions) -> Dimensions {
    let associate = sellers.first().map(|share| share.person_id);
    Dimensions { item: Some(item), associate, ..document }
}

fn tax_by_jurisdiction<'t>(
    taxes: impl Iterator<Item = &'t LineTax>,
) -> Result<Vec<(JurisdictionId, Money)>, MoneyError> {
    let mut sums: Vec<(JurisdictionId, Money)> = Vec::new();
    for part in taxes.flat_map(|tax| &tax.parts) {
        match sums.iter_mut().find(|(id, _)| *id == part.jurisdiction_id) {
            Some((_, sum)) => *sum = sum.plus(part.tax)?,
            None => sums.push((part.jurisdiction_id, part.tax)),
        }
    }
    Ok(sums)
}
