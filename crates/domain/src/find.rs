//! Finding anything by what stands on it: a tag, a name, a receipt, an amount.

use crate::customer::Customer;
use crate::item::ShownItem;
use crate::sale::SaleSummary;
use serde::{Deserialize, Serialize};

/// What was found, each kind with its best few. What the person may not see is not looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Found {
    pub items: Vec<ShownItem>,
    pub customers: Vec<Customer>,
    pub sales: Vec<SaleSummary>,
}
