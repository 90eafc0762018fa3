//! Styles: the list, one with its variations and their stock, and the form.

mod combine;
mod form;
mod list;
mod page;

pub use form::{EditStylePage, NewStylePage};
pub use list::StylesPage;
pub use page::StylePage;

use crate::api::style::load_style;
use crate::error::{AppError, ErrorKind};
use crate::words::common;
use domain::ids::StyleId;
use domain::style::StyleSheet;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The style of the address.
fn id_in_address() -> Memo<Option<StyleId>> {
    let params = use_params_map();
    Memo::new(move |_| params.read().get("id").and_then(|id| id.parse().ok()))
}

async fn load(id: Option<StyleId>) -> Result<StyleSheet, AppError> {
    match id {
        Some(id) => load_style(id).await,
        None => Err(AppError::new(ErrorKind::NotFound, common::PAGE_UNKNOWN)),
    }
}
