//! Pieces: the list, one piece, and the form.

mod bulk;
mod form;
mod held;
mod import;
mod list;
mod lot;
mod photos;
mod piece;
mod styles;
mod tag;

pub use bulk::BulkPage;
pub(in crate::pages) use form::choices;
pub use form::{EditItemPage, NewItemPage, QuantityFields, typed_quantity};
pub use import::ImportPage;
pub use list::InventoryPage;
pub use piece::ItemPage;
pub use styles::{EditStylePage, NewStylePage, StylePage, StylesPage};
pub use tag::TagsPage;

use crate::api::item::load_item;
use crate::error::{AppError, ErrorKind};
use crate::words::common;
use domain::ids::ItemId;
use domain::item::ItemSheet;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The piece of the address.
fn id_in_address() -> Memo<Option<ItemId>> {
    let params = use_params_map();
    Memo::new(move |_| params.read().get("id").and_then(|id| id.parse().ok()))
}

async fn load(id: Option<ItemId>) -> Result<ItemSheet, AppError> {
    match id {
        Some(id) => load_item(id).await,
        None => Err(AppError::new(ErrorKind::NotFound, common::PAGE_UNKNOWN)),
    }
}
