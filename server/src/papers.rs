//! The doors for papers of the books: one in, one out.

use crate::downloads::as_attachment;
use crate::ledger_file::refused;
use crate::routes::{PAPER, PAPER_UPLOAD};
use app::api::ctx::outside;
use app::error::AppError;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use domain::attachment::{AttachmentRefusal, LARGEST_ATTACHMENT, TakenIn};
use leptos::prelude::FromServerFnError;
use serde::Deserialize;
use services::{Ctx, ServiceError, Services};

/// Should a browser show the file in spite of all, nothing in it runs and nothing is loaded.
const SANDBOX: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";

/// The routes. How much is read is limited by the one that reads, so that its answer has words.
pub fn routes(services: Services) -> Router {
    Router::new().route(PAPER_UPLOAD, post(upload)).route(PAPER, get(paper)).with_state(services)
}

#[derive(Deserialize)]
struct About {
    name: String,
}

/// Takes a paper in. Whether the person may is known before a byte of it is read, and until the last one has come it is
/// nowhere but in memory: a connection that breaks leaves nothing behind.
async fn upload(
    State(services): State<Services>,
    Extension(ctx): Extension<Ctx>,
    Query(about): Query<About>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    match take_in(&services, &ctx, &about.name, &headers, body).await {
        Ok(taken) => Json(taken).into_response(),
        Err(error) => {
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, [(header::CONTENT_TYPE, "application/json")], error.ser()).into_response()
        }
    }
}

async fn take_in(
    services: &Services,
    ctx: &Ctx,
    name: &str,
    headers: &HeaderMap,
    body: Body,
) -> Result<TakenIn, AppError> {
    services.may_send_paper(ctx).map_err(outside)?;
    let too_large = || outside(ServiceError::refused(AttachmentRefusal::TooLarge(name.to_owned())));
    let told = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if told.is_some_and(|told: usize| told > LARGEST_ATTACHMENT) {
        return Err(too_large());
    }
    let whole = to_bytes(body, LARGEST_ATTACHMENT).await.map_err(|error| {
        // It ends early when it is too large or the browser went away; only the first hears this.
        tracing::debug!(%error, "an upload ended early");
        too_large()
    })?;
    services.take_paper_in(ctx, name, whole.into()).await.map_err(outside)
}

/// Hands a paper out, to be kept and not to be shown.
async fn paper(
    State(services): State<Services>,
    Extension(ctx): Extension<Ctx>,
    Path(id): Path<String>,
) -> Response {
    let Ok(id) = id.parse() else { return refused(ServiceError::NotFound("file")) };
    match services.attachment(&ctx, id).await {
        Ok((paper, bytes)) => {
            let headers = [
                (header::CONTENT_TYPE, paper.kind.media_type().to_owned()),
                (header::CONTENT_DISPOSITION, as_attachment(&paper.name)),
                (header::CONTENT_SECURITY_POLICY, SANDBOX.to_owned()),
            ];
            (headers, bytes).into_response()
        }
        Err(error) => refused(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::error::ErrorKind;

    #[test]
    fn what_is_too_large_is_said_as_in_the_rules() {
        let error = outside(ServiceError::refused(AttachmentRefusal::TooLarge("a.pdf".into())));
        assert_eq!(
            (error.kind, error.message.as_str()),
            (ErrorKind::Refused, "“a.pdf” is larger than 10 MB.")
        );
    }
}
