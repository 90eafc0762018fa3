//! Who writes, and to whom.

use serde::Serialize;

/// The store, as it stands at the top of every paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Letterhead {
    pub store_name: String,
    /// Street, then city with state and postal code; empty lines are left out.
    pub address: Vec<String>,
    /// Empty where there is none.
    pub phone: String,
    /// The store's own words under its address.
    pub header: Option<String>,
    /// ISO 4217 code of the currency of every amount on the paper.
    pub currency: String,
}

/// A customer, as a paper names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Party {
    pub name: String,
    /// Empty lines are left out.
    pub address: Vec<String>,
    /// What the customer's account is called in the store.
    pub customer_number: Option<String>,
}
