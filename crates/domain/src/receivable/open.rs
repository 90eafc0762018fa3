//! What is open: invoices with their due dates, and what lies on none of them.

use super::CreditKind;
use crate::codes;
use crate::ids::{CustomerCreditId, CustomerId, InvoiceId, LegalEntityId, PersonId, ReceivableId, StoreId};
use crate::money::Money;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

codes! {
    /// What a due date of an invoice is for, in the order in which a payment covers them.
    pub enum ReceivableKind("kind of receivable") {
        FinanceCharge = "finance_charge", "Finance charge";
        Fee = "fee", "Fee";
        Principal = "principal", "Principal";
    }
}

/// One due date of an invoice as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenReceivable {
    pub id: ReceivableId,
    pub invoice_id: InvoiceId,
    /// The invoice's.
    pub number: String,
    pub kind: ReceivableKind,
    /// The store that sold.
    pub store_id: StoreId,
    pub legal_entity_id: LegalEntityId,
    pub customer_id: CustomerId,
    pub associate_id: Option<PersonId>,
    pub invoiced_on: NaiveDate,
    /// The day it counts toward.
    pub posted_on: NaiveDate,
    pub due_on: NaiveDate,
    pub amount: Money,
    pub open: Money,
    /// The last day on which something was applied to it or taken off.
    pub touched_on: Option<NaiveDate>,
    /// Whether the invoice was voided.
    pub voided: bool,
}

impl OpenReceivable {
    /// The order in which money covers what is owed: what is due first, and of one day charges and fees before the
    /// price, older invoices before newer ones.
    fn order(&self) -> impl Ord + use<> {
        (self.due_on, self.kind, self.invoiced_on, self.invoice_id, self.id)
    }

    /// Days past due on a day; below zero while it is not due.
    #[must_use]
    pub fn days_past_due(&self, today: NaiveDate) -> i64 {
        today.signed_duration_since(self.due_on).num_days()
    }
}

/// A credit of which something is left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenCredit {
    pub id: CustomerCreditId,
    pub kind: CreditKind,
    pub number: String,
    pub store_id: StoreId,
    pub legal_entity_id: LegalEntityId,
    pub customer_id: CustomerId,
    pub received_on: NaiveDate,
    /// The day it counts toward.
    pub posted_on: NaiveDate,
    pub amount: Money,
    pub left: Money,
}

/// So much of one due date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part<'a> {
    pub of: &'a OpenReceivable,
    pub amount: Money,
}

/// An amount over what is owed, oldest due first: what each gets. Nothing gets more than is open.
#[must_use]
pub fn spread<'a>(amount: Money, open: impl IntoIterator<Item = &'a OpenReceivable>) -> Vec<Part<'a>> {
    let whole = open.into_iter().map(|of| Part { of, amount: of.open });
    take(amount, Order::OldestDue, whole.collect())
}

/// Which end of what is due comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    OldestDue,
    /// What was paid last is the first to be owed again.
    NewestDue,
}

/// So much of these parts, one after the other.
pub(super) fn take(amount: Money, order: Order, mut parts: Vec<Part<'_>>) -> Vec<Part<'_>> {
    parts.sort_by_key(|part| part.of.order());
    if order == Order::NewestDue {
        parts.reverse();
    }
    let mut left = amount;
    let mut taken = Vec::new();
    for Part { of, amount } in parts {
        let amount = left.min(amount);
        if amount.is_positive() {
            taken.push(Part { of, amount });
            left = left.minus(amount).unwrap_or_default();
        }
    }
    taken
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    /// A due date of an invoice with this number, of customer 1 in store 4 and company 3.
    pub(crate) fn owed(number: u128, due_on: &str, open: &str) -> OpenReceivable {
        OpenReceivable {
            id: ReceivableId(Uuid::from_u128(1_000 + number)),
            invoice_id: InvoiceId(Uuid::from_u128(number)),
            number: format!("S1-INV-{number:05}"),
            kind: ReceivableKind::Principal,
            store_id: StoreId(Uuid::from_u128(4)),
            legal_entity_id: LegalEntityId(Uuid::from_u128(3)),
            customer_id: CustomerId(Uuid::from_u128(1)),
            associate_id: None,
            invoiced_on: "2026-01-01".parse().unwrap(),
            posted_on: "2026-01-01".parse().unwrap(),
            due_on: due_on.parse().unwrap(),
            amount: open.parse().unwrap(),
            open: open.parse().unwrap(),
            touched_on: None,
            voided: false,
        }
    }

    #[test]
    fn what_is_due_first_is_paid_first_and_fees_before_the_price() {
        let fee = OpenReceivable { kind: ReceivableKind::Fee, ..owed(4, "2026-02-01", "25") };
        let open =
            [owed(1, "2026-03-01", "500"), owed(2, "2026-02-01", "300"), fee, owed(3, "2026-01-15", "10")];
        let parts = spread("400".parse().unwrap(), &open);
        let shown: Vec<_> =
            parts.iter().map(|part| (part.of.invoice_id.0.as_u128(), part.amount.to_string())).collect();
        let expected = [(3, "10.00"), (4, "25.00"), (2, "300.00"), (1, "65.00")];
        assert_eq!(shown, expected.map(|(id, amount)| (id, amount.to_owned())));
        assert!(spread(Money::ZERO, &open).is_empty());
    }

    proptest! {
        #[test]
        fn nothing_gets_more_than_is_open(amount in 0_i64..100_000, open in prop::collection::vec(0_i64..20_000, 0..8)) {
            let items: Vec<OpenReceivable> = (1_u128..).zip(&open).map(|(number, open)| {
                OpenReceivable { open: Money::from_minor(*open), ..owed(number, "2026-02-01", "1") }
            }).collect();
            let parts = spread(Money::from_minor(amount), &items);
            let paid: i64 = parts.iter().map(|part| part.amount.minor()).sum();
            prop_assert_eq!(paid, amount.min(open.iter().sum()));
            prop_assert!(parts.iter().all(|part| part.amount <= part.of.open && part.amount.is_positive()));
        }
    }
}
