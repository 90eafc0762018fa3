//! The organization, its stores and their tills.

use crate::ids::{LegalEntityId, OrganizationId, PersonId, StoreId, TillId};
use crate::ledger::FiscalYear;
use crate::settings::TypedStore;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    pub id: OrganizationId,
    pub name: String,
    /// ISO 4217; one for all stores, for ever.
    pub currency: String,
    /// Whether what is in here is made up, so that a banner says so.
    pub demo: bool,
    #[serde(default)]
    pub fiscal_year: FiscalYear,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Store {
    pub id: StoreId,
    pub legal_entity_id: LegalEntityId,
    /// Stands in every receipt number: `S1`.
    pub code: String,
    pub name: String,
    /// IANA name of the zone whose calendar the store lives by.
    pub time_zone: String,
    pub street: String,
    pub city: String,
    pub state: String,
    pub postal_code: String,
    pub phone: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Till {
    pub id: TillId,
    pub store_id: StoreId,
    /// Stands in every receipt number: `T1`.
    pub code: String,
    pub name: String,
    /// Whether it still is a till; one that was taken out keeps its reports.
    pub active: bool,
}

/// What the first-run page asks for, as typed.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FirstRun {
    pub organization: String,
    #[serde(flatten)]
    pub store: TypedStore,
    pub taxes: Vec<TypedTax>,
    pub till_name: String,
    pub receipt_header: String,
    pub receipt_footer: String,
    pub owner_name: String,
    pub owner_login: String,
    pub owner_password: String,
    pub owner_pin: String,
    #[serde(skip)]
    pub demo: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedTax {
    pub name: String,
    pub percent: String,
    /// Only this much of each item is taxed; empty for no cap.
    pub cap: String,
}

impl std::fmt::Debug for FirstRun {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FirstRun").field("organization", &self.organization).finish_non_exhaustive()
    }
}

/// What the first run made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetUp {
    pub store_id: StoreId,
    pub till_id: TillId,
    pub owner_id: PersonId,
}
