//! Pieces: the list, one piece, and the form.

mod form;
mod held;
mod import;
mod list;
mod photos;
mod piece;

pub use form::{EditItemPage, NewItemPage};
pub use import::ImportPage;
pub use list::InventoryPage;
pub use piece::ItemPage;

use crate::api::item::load_item;
use crate::error::{AppError, ErrorKind};
use crate::words::common;
use domain::ids::ItemId;
use domain::item::{MoveLine, ShownItem};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The piece of the address.
fn id_in_address() -> Memo<Option<ItemId>> {
    let params = use_params_map();
    Memo::new(move |_| params.read().get("id").and_then(|id| id.parse().ok()))
}

async fn load(id: Option<ItemId>) -> Result<(ShownItem, Vec<MoveLine>), AppError> {
    match id {
        Some(id) => load_item(id).await,
        None => Err(AppError::new(ErrorKind::NotFound, common::PAGE_UNKNOWN)),
    }
}
