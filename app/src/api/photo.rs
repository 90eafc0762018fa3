//! The photos of a piece. The pictures themselves have a door of their own.

use crate::error::AppError;
use domain::ids::ItemId;
use domain::photo::{ArrangePhotos, Photo};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};

#[cfg(feature = "ssr")]
use super::ctx;

#[server(name = ListPhotos, prefix = "/api", endpoint = "v1/photo/list", input = GetUrl, output = Json)]
pub async fn list_photos(id: ItemId) -> Result<Vec<Photo>, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.photos(&ctx, id).await)
}

#[server(name = ArrangePhotosFn, prefix = "/api", endpoint = "v1/photo/arrange", input = Json, output = Json)]
pub async fn arrange_photos(cmd: ArrangePhotos) -> Result<Vec<Photo>, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.arrange_photos(&ctx, cmd).await)
}
