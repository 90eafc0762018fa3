//! Files that people take away.

use app::api::ctx::{SESSION_COOKIE, TILL_COOKIE, cookie_in, outside};
use app::api::sale::filter_in;
use axum::extract::Query;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use services::{ServiceError, Services};
use std::collections::BTreeMap;

/// The sales that the list shows under the same address, as a file for spreadsheets.
pub async fn sales(
    services: Services,
    headers: HeaderMap,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    match sales_text(&services, &headers, &query).await {
        Ok(text) => (
            [
                (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"sales.csv\""),
            ],
            text,
        )
            .into_response(),
        Err(error) => {
            let error = outside(error);
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, error.message).into_response()
        }
    }
}

async fn sales_text(
    services: &Services,
    headers: &HeaderMap,
    query: &BTreeMap<String, String>,
) -> Result<String, ServiceError> {
    let (session, till) = (cookie_in(headers, SESSION_COOKIE), cookie_in(headers, TILL_COOKIE));
    let ctx = services.authenticate(session.as_ref(), till.as_ref()).await?;
    services.sales_csv(&ctx, filter_in(|name| query.get(name).cloned())).await
}
