//! The organization, its stores and their tills.

use crate::ids::{LegalEntityId, OrganizationId, StoreId, TillId};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    pub id: OrganizationId,
    pub name: String,
    /// ISO 4217; one for all stores, for ever.
    pub currency: String,
    /// Whether what is in here is made up, so that a banner says so.
    pub demo: bool,
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
}
