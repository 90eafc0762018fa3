//! A store's name and place.

use crate::field::FieldReader;
use crate::ids::{LegalEntityId, StoreId};
use crate::store::Store;
use crate::text;
use serde::{Deserialize, Serialize};

/// A store as typed, at the first run and in the settings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedStore {
    pub store_code: String,
    pub store_name: String,
    pub time_zone: String,
    pub street: String,
    pub city: String,
    pub state: String,
    pub postal_code: String,
    pub phone: String,
}

impl From<&Store> for TypedStore {
    fn from(store: &Store) -> Self {
        let Store { code, name, time_zone, street, city, state, postal_code, phone, .. } = store.clone();
        Self { store_code: code, store_name: name, time_zone, street, city, state, postal_code, phone }
    }
}

/// Reads a store; every complaint goes to its field. Whether a time zone exists is told by `is_zone`:
/// the rules carry no table of them.
pub fn check_store(
    typed: &TypedStore,
    id: StoreId,
    legal_entity_id: LegalEntityId,
    is_zone: impl Fn(&str) -> bool,
    fields: &mut FieldReader,
) -> Store {
    let code = fields.read("store_code", text::required_line(&typed.store_code)).to_uppercase();
    if code.len() > 6 || !code.chars().all(|c| c.is_ascii_alphanumeric()) {
        fields.complain("store_code", "at most 6 letters and digits, such as S1");
    }
    let time_zone = typed.time_zone.trim().to_owned();
    if !is_zone(&time_zone) {
        fields.complain("time_zone", "choose a time zone such as America/Chicago");
    }
    let name = fields.read("store_name", text::required_line(&typed.store_name));
    let mut line =
        |field: &str, typed: &str| fields.read(field, text::optional_line(typed)).unwrap_or_default();
    Store {
        id,
        legal_entity_id,
        code,
        name,
        time_zone,
        street: line("street", &typed.street),
        city: line("city", &typed.city),
        state: line("state", &typed.state),
        postal_code: line("postal_code", &typed.postal_code),
        phone: line("phone", &typed.phone),
    }
}
