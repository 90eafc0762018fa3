//! The doors for photos: one in, one out.

use crate::ledger_file::refused;
use crate::routes::{PHOTO, PHOTO_UPLOAD};
use app::api::ctx::outside;
use app::error::{AppError, ErrorKind};
use axum::body::{Body, to_bytes};
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use domain::ids::{CommandId, ItemId, VariationId};
use domain::photo::{LARGEST_UPLOAD, Photo, Pictured};
use leptos::prelude::FromServerFnError;
use serde::Deserialize;
use services::{Ctx, ServiceError, Services};
use tower_http::limit::RequestBodyLimitLayer;

/// The routes, with a limit of their own for the size of a body.
pub fn routes(services: Services) -> Router {
    Router::new()
        .route(PHOTO_UPLOAD, post(upload))
        .route(PHOTO, get(photo))
        .layer(RequestBodyLimitLayer::new(LARGEST_UPLOAD))
        .with_state(services)
}

#[derive(Deserialize)]
struct About {
    command_id: CommandId,
    item_id: Option<ItemId>,
    variation_id: Option<VariationId>,
}

impl About {
    /// What the photo is for: one thing.
    fn of(&self) -> Result<Pictured, AppError> {
        match (self.item_id, self.variation_id) {
            (Some(id), None) => Ok(Pictured::Item(id)),
            (None, Some(id)) => Ok(Pictured::Variation(id)),
            _ => Err(outside(ServiceError::NotFound("piece"))),
        }
    }
}

/// Takes a photo in. Whether the person may is known before a byte of it is read, and until the last one has come it
/// is nowhere but in memory: a connection that breaks leaves nothing behind.
async fn upload(
    State(services): State<Services>,
    Extension(ctx): Extension<Ctx>,
    Query(about): Query<About>,
    body: Body,
) -> Response {
    match take_in(&services, &ctx, &about, body).await {
        Ok(photo) => Json(photo).into_response(),
        Err(error) => {
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, [(header::CONTENT_TYPE, "application/json")], error.ser()).into_response()
        }
    }
}

async fn take_in(services: &Services, ctx: &Ctx, about: &About, body: Body) -> Result<Photo, AppError> {
    let of = about.of()?;
    services.may_add_photo(ctx, of).await.map_err(outside)?;
    let whole = to_bytes(body, LARGEST_UPLOAD).await.map_err(|_| {
        // It ends early when it is too large or the browser went away; only the first hears this.
        let megabytes = LARGEST_UPLOAD / 1024 / 1024;
        AppError::new(ErrorKind::Refused, format!("A photo has at most {megabytes} MB."))
    })?;
    let added = services.add_photo(ctx, about.command_id, of, whole.into()).await;
    added.map_err(outside)
}

/// Shows a photo. It never changes, so a browser keeps it, but only for whoever is signed in now.
async fn photo(
    State(services): State<Services>,
    Extension(ctx): Extension<Ctx>,
    Path(name): Path<String>,
) -> Response {
    let Ok(name) = name.parse() else { return refused(ServiceError::NotFound("photo")) };
    match services.photo(&ctx, name).await {
        Ok(bytes) => {
            let headers = [
                (header::CONTENT_TYPE, "image/jpeg"),
                (header::CACHE_CONTROL, "private, max-age=31536000, immutable"),
                // Another session is another person, perhaps.
                (header::VARY, "Cookie"),
            ];
            (headers, bytes).into_response()
        }
        Err(error) => refused(error),
    }
}
