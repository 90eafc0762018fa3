//! Everything the register page needs, in one value.

use crate::ids::{PersonId, TillSessionId};
use crate::person::{Permission, Role};
use crate::policy::StorePolicy;
use crate::rate::Rate;
use crate::sale::{TaxTable, TenderKind};
use crate::store::{Store, Till};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The state of a register: who, where, taxes, means of payment. The page renders the same without
/// it, so that it can be served before anybody is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterSnapshot {
    pub organization: String,
    pub demo: bool,
    pub store: Store,
    pub till: Option<Till>,
    pub session_id: Option<TillSessionId>,
    pub person_id: PersonId,
    pub person: String,
    pub role: Role,
    pub permissions: Vec<Permission>,
    /// The store day that sales now count toward.
    pub business_date: NaiveDate,
    pub taxes: TaxTable,
    pub policy: StorePolicy,
    pub tender_kinds: Vec<TenderKind>,
    pub discount_limit: Rate,
    pub staff: Vec<(PersonId, String)>,
    pub approvers: Vec<(PersonId, String)>,
}

impl RegisterSnapshot {
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions.contains(&permission)
    }
}
