//! Sales as they are listed and shown.

use super::{SaleFacts, SaleLineFacts, SaleStatus};
use crate::csv;
use crate::ids::{CustomerId, EventId, InvoiceId, PersonId, SaleId, SaleLineId, StoreId};
use crate::money::Money;
use crate::policy::ReceiptWords;
use crate::store::Store;
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the till is told about a recorded sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleDone {
    pub sale_id: SaleId,
    pub number: String,
    pub total: Money,
    pub change: Money,
    /// What was handed back, by all means together, as it was rounded.
    #[serde(default)]
    pub paid_out: Money,
}

/// A sale as it is shown: the facts with the words around them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleDetail {
    pub facts: SaleFacts,
    pub number: String,
    pub event: EventId,
    pub business_date: NaiveDate,
    /// In the store's own time.
    pub completed_at: DateTime<FixedOffset>,
    pub customer_name: Option<String>,
    pub cashier_name: String,
    /// Name of everybody who sold a line.
    pub names: BTreeMap<PersonId, String>,
    pub void: Option<SaleVoid>,
    /// The bank sent its check back.
    pub check_returned: Option<EventId>,
    /// A gift that nobody should hear of before this day.
    pub secret_until: Option<NaiveDate>,
    /// The receipts on which lines of it came back.
    pub came_back: BTreeMap<SaleLineId, (SaleId, String)>,
    pub session_open: bool,
    /// Who approved the discount, where it needed somebody.
    pub approved_by: Option<String>,
    /// What was taken off the ticket before it was paid, in words.
    pub taken_off: Option<String>,
    /// The invoice for what was charged to the customer's account.
    pub charged: Option<ChargedSale>,
}

/// What of a sale was charged, and on which invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargedSale {
    pub invoice: InvoiceId,
    pub number: String,
    pub amount: Money,
    /// When the last of it is due.
    pub due_on: NaiveDate,
}

impl SaleDetail {
    /// Whether a line, or a part of it, may still be with the customer.
    #[must_use]
    pub fn may_come_back(&self, line: &SaleLineFacts) -> bool {
        line.portion.is_some() || !self.came_back.contains_key(&line.id)
    }

    /// The names of everybody who sold a line, in the order of the ticket; of a return, whoever took it back.
    #[must_use]
    pub fn sellers(&self) -> Vec<&str> {
        let shares = self.facts.lines.iter().flat_map(|line| &line.sellers);
        let mut names: Vec<&str> = Vec::new();
        for name in shares.filter_map(|share| self.names.get(&share.person_id)) {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        if names.is_empty() { vec![&self.cashier_name] } else { names }
    }
}

/// A sale with what stands around it on paper, and whether it can still be voided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleSheet {
    pub sale: SaleDetail,
    pub store: Store,
    pub words: ReceiptWords,
    pub void_by: VoidBy,
    /// What the store asks for a check that came back.
    pub check_fee: Money,
}

/// Who of those at the screen may void a sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum VoidBy {
    Oneself,
    /// Only if one of these approves it.
    WithApproval(Vec<(PersonId, String)>),
    /// It is voided already, its till is closed, or the role does not sell.
    Nobody,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleVoid {
    pub event: EventId,
    pub reason: String,
    /// In the store's own time.
    pub at: DateTime<FixedOffset>,
    pub by: String,
    pub approved_by: Option<String>,
}

/// Which sales to list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SaleFilter {
    pub stores: Vec<StoreId>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    /// Sold to one of these, under whatever card; to anybody where none is named.
    pub customers: Vec<CustomerId>,
    /// Leaves out what is a secret on that day.
    pub without_secrets_on: Option<NaiveDate>,
    /// Somebody who sold a line of it.
    pub seller: Option<PersonId>,
    /// Code of a kind of tender it was paid with.
    pub tender: Option<String>,
    pub status: Option<SaleStatus>,
    /// Words of a receipt number, a customer or a piece; or the total.
    pub words: String,
    /// Only sales before this one: the next piece of a long list.
    pub before: Option<SaleId>,
    pub offset: u64,
    pub limit: u64,
}

/// One line of the list of sales.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleSummary {
    pub id: SaleId,
    pub store: StoreId,
    pub number: String,
    pub business_date: NaiveDate,
    /// In the store's own time.
    pub completed_at: DateTime<FixedOffset>,
    pub customer_name: Option<String>,
    pub cashier_name: String,
    pub discount: Money,
    pub net: Money,
    pub tax: Money,
    /// What the customer got for what came back on it.
    pub returned: Money,
    /// Below zero where more came back than was sold.
    pub total: Money,
    pub status: SaleStatus,
    /// A gift that nobody should hear of before this day.
    pub secret_until: Option<NaiveDate>,
}

/// What the sales of a list that stand come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SaleTotals {
    pub discount: Money,
    pub net: Money,
    pub tax: Money,
    pub returned: Money,
    pub total: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SalePage {
    pub sales: Vec<SaleSummary>,
    pub count: u64,
    pub totals: SaleTotals,
}

/// What a list of sales can be narrowed by.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SaleChoices {
    pub people: Vec<(PersonId, String)>,
    /// Code and label of each kind of tender.
    pub tenders: Vec<(String, String)>,
}

/// The heads of [`SaleSummary::csv`].
pub const SALES_CSV_HEAD: &str =
    "receipt,date,time,customer,sold by,status,discount,net,tax,returned,total,gift secret\n";

impl SaleSummary {
    /// The sale as a list may show it while it is a secret: that there is one, not whose and not what it came to.
    #[must_use]
    pub fn in_a_list(self) -> Self {
        if self.secret_until.is_none() {
            return self;
        }
        let nothing = Money::ZERO;
        let (discount, net, tax, returned, total) = (nothing, nothing, nothing, nothing, nothing);
        Self { customer_name: None, discount, net, tax, returned, total, ..self }
    }

    /// The sale as a line of a spreadsheet file. The file leaves the store: of a secret it does not say whose it is.
    #[must_use]
    pub fn csv(&self) -> String {
        let cells = [
            csv::cell(&self.number),
            self.business_date.to_string(),
            self.completed_at.format("%H:%M").to_string(),
            csv::cell(
                self.customer_name.as_deref().filter(|_| self.secret_until.is_none()).unwrap_or_default(),
            ),
            csv::cell(&self.cashier_name),
            self.status.code().to_owned(),
            csv::decimal(self.discount),
            csv::decimal(self.net),
            csv::decimal(self.tax),
            csv::decimal(self.returned),
            csv::decimal(self.total),
            self.secret_until.map(|until| format!("secret until {until}")).unwrap_or_default(),
        ];
        cells.join(",") + "\n"
    }
}
