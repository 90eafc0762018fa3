//! Pieces.

use crate::error::AppError;
use domain::ids::{ItemId, StoreId};
use domain::item::{
    BulkPreview, ChangeItems, CountLot, ItemFilter, ItemPage, ItemSheet, ReceiveLot, SaveItem, SetAside,
    TypedBulk,
};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};

#[cfg(feature = "ssr")]
use super::ctx;
#[cfg(feature = "ssr")]
use domain::vendor::MOST_PIECES;

#[server(name = ListItems, prefix = "/api", endpoint = "v1/item/list", input = Json, output = Json)]
pub async fn list_items(filter: ItemFilter) -> Result<ItemPage, AppError> {
    let (services, ctx) = ctx::extract().await?;
    // The tags of a delivery are printed in one run.
    let limit = if filter.receipt.is_some() { MOST_PIECES as u64 } else { super::PAGE };
    let filter = ItemFilter { limit, ..filter };
    ctx::answer(services.items(&ctx, filter).await)
}

#[server(name = LoadItem, prefix = "/api", endpoint = "v1/item/get", input = GetUrl, output = Json)]
pub async fn load_item(id: ItemId) -> Result<ItemSheet, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.item(&ctx, id).await)
}

#[server(name = SaveItemFn, prefix = "/api", endpoint = "v1/item/save", input = Json, output = Json)]
pub async fn save_item(cmd: SaveItem) -> Result<ItemId, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.save_item(&ctx, cmd).await)
}

#[server(name = SetAsideFn, prefix = "/api", endpoint = "v1/item/set_aside", input = Json, output = Json)]
pub async fn set_aside(cmd: SetAside) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.set_aside(&ctx, cmd).await)
}

#[server(name = PreviewBulk, prefix = "/api", endpoint = "v1/item/preview_bulk", input = Json, output = Json)]
pub async fn preview_bulk(
    store: StoreId,
    filter: ItemFilter,
    typed: TypedBulk,
) -> Result<BulkPreview, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.preview_bulk(&ctx, store, filter, typed).await)
}

#[server(name = ChangeItemsFn, prefix = "/api", endpoint = "v1/item/change", input = Json, output = Json)]
pub async fn change_items(cmd: ChangeItems) -> Result<usize, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.change_items(&ctx, cmd).await)
}

#[server(name = ReceiveLotFn, prefix = "/api", endpoint = "v1/item/receive", input = Json, output = Json)]
pub async fn receive_lot(cmd: ReceiveLot) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.receive_lot(&ctx, cmd).await)
}

#[server(name = CountLotFn, prefix = "/api", endpoint = "v1/item/count", input = Json, output = Json)]
pub async fn count_lot(cmd: CountLot) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.count_lot(&ctx, cmd).await)
}
