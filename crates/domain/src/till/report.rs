//! The X and the Z: what went through a drawer since it was opened.

use super::Counted;
use crate::ids::{CommandId, PersonId, StoreId, TillId, TillSessionId};
use crate::ledger::PostedLine;
use crate::money::Money;
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A reading of one till session. An X is computed when asked for; a Z is written once at the close
/// and never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TillReport {
    pub session_id: TillSessionId,
    pub till_id: TillId,
    pub till_name: String,
    pub store_name: String,
    pub business_date: NaiveDate,
    /// In the store's own time.
    pub opened_at: DateTime<FixedOffset>,
    pub opened_by: String,
    pub closed_at: Option<DateTime<FixedOffset>>,
    pub closed_by: Option<String>,
    /// Running number of the Z on its till.
    pub number: Option<i64>,
    pub float: Money,
    pub sales: i64,
    pub voids: i64,
    pub first_receipt: Option<String>,
    pub last_receipt: Option<String>,
    /// Of the sales that stand: tag prices, what came off, net, tax, total.
    pub subtotal: Money,
    pub discounts: Money,
    pub net: Money,
    pub tax: Money,
    /// What customers got for what came back.
    #[serde(default)]
    pub returned: Money,
    pub total: Money,
    pub tenders: Vec<ReportLine>,
    pub taxes: Vec<ReportLine>,
    /// What came in on account by each means, less what of credits was paid back.
    #[serde(default)]
    pub on_account: Vec<ReportLine>,
    pub drops: Money,
    /// Paid in and out for what is no sale, and how often the drawer was opened for nothing.
    #[serde(default)]
    pub paid_in: Money,
    #[serde(default)]
    pub paid_out: Money,
    #[serde(default)]
    pub no_sales: i64,
    /// What the ledger says lies in the drawer. An X does not say it: counts are blind.
    pub expected: Option<Money>,
    pub counted: Option<Counted>,
}

/// One named sum of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportLine {
    pub label: String,
    pub count: i64,
    pub amount: Money,
}

/// A till from float to count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TillSession {
    pub id: TillSessionId,
    pub till_id: TillId,
    pub store_id: StoreId,
    pub business_date: NaiveDate,
    pub opened_at: DateTime<Utc>,
    pub opened_by: PersonId,
    pub float: Money,
    pub closed_at: Option<DateTime<Utc>>,
    pub closed_by: Option<PersonId>,
}

/// One till session in the history: when, who, and what its Z came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionLine {
    pub id: TillSessionId,
    pub till_name: String,
    pub business_date: NaiveDate,
    /// In the store's own time.
    pub opened_at: DateTime<FixedOffset>,
    pub opened_by: String,
    pub closed_at: Option<DateTime<FixedOffset>>,
    pub closed_by: Option<String>,
    /// What the Z says; nothing while the till is open.
    pub z: Option<ZFigures>,
}

/// The figures of a Z that a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ZFigures {
    pub number: i64,
    pub sales: i64,
    pub total: Money,
    pub over_short: Money,
}

/// Which till sessions to list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SessionFilter {
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub offset: u64,
    pub limit: u64,
}

/// What lies in a store's safe by the ledger, and what moved it last, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Safe {
    pub store_id: StoreId,
    pub balance: Money,
    pub moves: Vec<PostedLine>,
}

/// A page of till sessions and how many there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionPage {
    pub sessions: Vec<SessionLine>,
    pub count: u64,
}

/// Closes the day of a store once all its tills are closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CloseDay {
    pub command_id: CommandId,
    pub store_id: StoreId,
}
