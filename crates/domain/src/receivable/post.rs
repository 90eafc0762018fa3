//! The journal of receivables: each line names the customer, and the invoice or the credit that it is of.

use super::Part;
use crate::event::EventKind;
use crate::ids::{CustomerCreditId, CustomerId, EntryId, EventId, InvoiceId, LegalEntityId, StoreId, TillId};
use crate::ledger::{Dimensions, Draft, EntryHeader, code};
use crate::moment::Moment;
use crate::money::{Money, MoneyError};
use crate::sale::TenderFacts;
use crate::tax::LineTax;

/// A customer's invoice or credit.
pub(crate) fn about(customer: CustomerId, document: uuid::Uuid) -> Dimensions {
    Dimensions { customer: Some(customer), document: Some(document), ..Dimensions::default() }
}

/// More is owed on an invoice; less where the amount is below zero.
pub(crate) fn owe(
    draft: &mut Draft,
    store: StoreId,
    customer: CustomerId,
    invoice: InvoiceId,
    amount: Money,
) {
    draft.debit_in(store, code::RECEIVABLES, amount, about(customer, invoice.0));
}

/// Less is owed on what these parts are of, invoice by invoice.
pub(crate) fn owe_less(draft: &mut Draft, parts: &[Part<'_>]) -> Result<(), MoneyError> {
    let mut sums: Vec<(&Part<'_>, Money)> = Vec::new();
    for part in parts {
        match sums.iter_mut().find(|(first, _)| first.of.invoice_id == part.of.invoice_id) {
            Some((_, sum)) => *sum = sum.plus(part.amount)?,
            None => sums.push((part, part.amount)),
        }
    }
    for (Part { of, .. }, amount) in sums {
        owe(draft, of.store_id, of.customer_id, of.invoice_id, amount.negated()?);
    }
    Ok(())
}

/// More lies on a credit without being applied; less where the amount is below zero.
pub(crate) fn hold(
    draft: &mut Draft,
    store: StoreId,
    customer: CustomerId,
    credit: CustomerCreditId,
    amount: Money,
) -> Result<(), MoneyError> {
    draft.credit_in(store, code::UNAPPLIED_CREDITS, amount, about(customer, credit.0))
}

/// What came in by each means, or went out where it is below zero, and what rounding the cash made of it.
pub(crate) fn tenders(
    draft: &mut Draft,
    tenders: &[TenderFacts],
    rounding: Money,
    till: Option<TillId>,
    about: Dimensions,
) -> Result<(), MoneyError> {
    for tender in tenders {
        let drawer = till.filter(|_| tender.kind.account == code::TILL_CASH);
        draft.debit(tender.kind.account, tender.amount, Dimensions { till: drawer, ..about });
    }
    draft.credit(code::CASH_ROUNDING, rounding, about)
}

/// Less tax is owed to each jurisdiction; more where the amount is below zero.
pub(crate) fn owe_less_tax(draft: &mut Draft, store: StoreId, tax: &LineTax, about: Dimensions) {
    for part in &tax.parts {
        let owed_to = Dimensions { jurisdiction: Some(part.jurisdiction_id), ..about };
        draft.debit_in(store, code::SALES_TAX_PAYABLE, part.tax, owed_to);
    }
}

/// The head of an entry of an event.
pub(crate) fn header(
    id: EntryId,
    event: EventId,
    kind: EventKind,
    (store, legal_entity): (StoreId, LegalEntityId),
    moment: &Moment,
) -> EntryHeader {
    EntryHeader {
        id,
        event,
        legal_entity,
        store,
        moment: *moment,
        narrative: kind.label().to_owned(),
        reverses: None,
    }
}

/// The share of a tax that belongs to a part of an amount, jurisdiction by jurisdiction; all of it together is rounded
/// once.
pub(crate) fn share_of_tax(tax: &LineTax, part: Money, whole: Money) -> Result<LineTax, MoneyError> {
    let total = tax.total()?.share(part.minor(), whole.minor())?;
    let weights: Vec<i64> = tax.parts.iter().map(|part| part.tax.minor()).collect();
    let shares = crate::tax::allocate(total, &weights)?;
    let parts = tax.parts.iter().zip(shares).map(|(was, tax)| {
        Ok(crate::tax::TaxPart { base: was.base.share(part.minor(), whole.minor())?, tax, ..*was })
    });
    Ok(LineTax { parts: parts.collect::<Result<_, MoneyError>>()? })
}
