//! Files that people take away.

use crate::ledger_file::refused;
use app::api::sale::filter_in;
use app::api::vendor::bills_in;
use axum::Extension;
use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use services::{Ctx, ServiceError, Services};
use std::collections::BTreeMap;

/// The sales that the list shows under the same address, as a file for spreadsheets.
pub async fn sales(
    services: Services,
    Extension(ctx): Extension<Ctx>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    let wanted = filter_in(|name| query.get(name).cloned());
    csv("sales.csv", services.sales_csv(&ctx, wanted).await)
}

/// The open bills that the list shows under the same address, as a file for spreadsheets.
pub async fn owed(
    services: Services,
    Extension(ctx): Extension<Ctx>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    let wanted = bills_in(|name| query.get(name).cloned());
    csv("owed.csv", services.open_bills_csv(&ctx, wanted).await)
}

fn csv(name: &str, text: Result<String, ServiceError>) -> Response {
    match text {
        Ok(text) => {
            let headers = [
                (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
                (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
            ];
            (headers, text).into_response()
        }
        Err(error) => refused(error),
    }
}
