//! The photos of pieces and variations. The pictures themselves have a door of their own.

use crate::error::AppError;
use domain::photo::{ArrangePhotos, Photo};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

#[cfg(feature = "ssr")]
use super::ctx;

#[server(name = ArrangePhotosFn, prefix = "/api", endpoint = "v1/photo/arrange", input = Json, output = Json)]
pub async fn arrange_photos(cmd: ArrangePhotos) -> Result<Vec<Photo>, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.arrange_photos(&ctx, cmd).await)
}
