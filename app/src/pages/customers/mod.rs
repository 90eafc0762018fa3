//! The customer book: the list, one customer with history, and the form.

mod detail;
mod duplicates;
mod form;
mod history;
mod household;
mod list;
mod merge;
mod merged;
mod notes;
mod pick;
mod private;
mod rows;

pub use detail::CustomerPage;
pub use duplicates::DuplicatesPage;
pub use form::{EditCustomerPage, NewCustomerPage};
pub use history::HistoryPage;
pub use list::{CustomersPage, Vip};
pub use merge::MergePage;
pub use pick::PickCustomer;

use crate::api::customer::load_customer;
use crate::error::{AppError, ErrorKind};
use crate::words::common;
use domain::customer::CustomerDetail;
use domain::ids::CustomerId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The customer of the address.
fn id_in_address() -> Memo<Option<CustomerId>> {
    let params = use_params_map();
    Memo::new(move |_| params.read().get("id").and_then(|id| id.parse().ok()))
}

async fn load(id: Option<CustomerId>) -> Result<CustomerDetail, AppError> {
    match id {
        Some(id) => load_customer(id).await,
        None => Err(AppError::new(ErrorKind::NotFound, common::PAGE_UNKNOWN)),
    }
}
