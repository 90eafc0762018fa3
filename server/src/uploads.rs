//! The two doors through which files pass: a list of goods in, its rejected rows out.

use crate::downloads::as_attachment;
use crate::routes::{IMPORT_REJECTS, IMPORT_UPLOAD};
use app::api::ctx::outside;
use app::error::{AppError, ErrorKind};
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use domain::ids::{CommandId, ImportId};
use domain::import::{FileError, ImportKind, ImportPreview, LARGEST_FILE};
use futures::StreamExt;
use serde::Deserialize;
use services::{Ctx, ServiceError, Services, Upload};
use tokio::io::AsyncWriteExt;
use tower_http::limit::RequestBodyLimitLayer;

/// The routes, with a limit of their own for the size of a body.
pub fn routes(services: Services) -> Router {
    let largest = usize::try_from(LARGEST_FILE).unwrap_or(usize::MAX);
    Router::new()
        .route(IMPORT_UPLOAD, post(upload))
        .route(IMPORT_REJECTS, get(rejects))
        .layer(RequestBodyLimitLayer::new(largest))
        .with_state(services)
}

#[derive(Deserialize)]
struct About {
    command_id: CommandId,
    name: String,
    #[serde(default)]
    kind: ImportKind,
}

fn refusal(error: AppError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, Json(error)).into_response()
}

/// Takes a file in, for whoever may import; nothing of the body is read before that is known.
async fn upload(
    State(services): State<Services>,
    Extension(ctx): Extension<Ctx>,
    Query(about): Query<About>,
    body: Body,
) -> Response {
    match take_in(&services, &ctx, &about, body).await {
        Ok(preview) => Json(preview).into_response(),
        Err(error) => refusal(error),
    }
}

async fn take_in(
    services: &Services,
    ctx: &Ctx,
    about: &About,
    body: Body,
) -> Result<ImportPreview, AppError> {
    let upload = services.begin_upload(ctx, about.command_id).map_err(outside)?;
    if let Err(error) = keep(&upload, body).await {
        services.upload_broke_off(&upload);
        return Err(error);
    }
    services.uploaded(ctx, &upload, &about.name, about.kind).await.map_err(outside)
}

/// Writes the body to its place as it arrives.
async fn keep(upload: &Upload, body: Body) -> Result<(), AppError> {
    let failed = |error: std::io::Error| outside(ServiceError::internal(error));
    let mut file = tokio::fs::File::create(&upload.path).await.map_err(failed)?;
    let mut parts = body.into_data_stream();
    while let Some(part) = parts.next().await {
        // A body ends early when it is too large or the browser went away; only the first hears this.
        let part = part.map_err(|_| AppError::new(ErrorKind::Refused, sentence(&FileError::TooLarge)))?;
        file.write_all(&part).await.map_err(failed)?;
    }
    file.flush().await.map_err(failed)
}

fn sentence(error: &FileError) -> String {
    outside(ServiceError::refused(error)).message
}

/// Hands out the rejected rows of the last import.
async fn rejects(
    State(services): State<Services>,
    Extension(ctx): Extension<Ctx>,
    Path(import): Path<ImportId>,
) -> Response {
    match services.import_rejects(&ctx, import).await {
        Ok((name, bytes)) => {
            let headers = [
                (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
                (header::CONTENT_DISPOSITION, as_attachment(&name)),
            ];
            (headers, bytes).into_response()
        }
        Err(error) => refusal(outside(error)),
    }
}
