//! Sales as they are listed and shown.

use super::{SaleFacts, SaleStatus};
use crate::ids::{CustomerId, EventId, PersonId, SaleId, StoreId};
use crate::money::Money;
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
    pub session_open: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleVoid {
    pub event: EventId,
    pub reason: String,
    /// In the store's own time.
    pub at: DateTime<FixedOffset>,
}

/// Which sales to list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SaleFilter {
    pub stores: Vec<StoreId>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub customer: Option<CustomerId>,
    /// Part of a receipt number.
    pub number: String,
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
    pub total: Money,
    pub status: SaleStatus,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SalePage {
    pub sales: Vec<SaleSummary>,
    pub count: u64,
    /// Of the sales that stand.
    pub total: Money,
}
