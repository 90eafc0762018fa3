//! Files that people take away.

use crate::ledger_file::refused;
use app::api::sale::filter_in;
use axum::Extension;
use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use services::{Ctx, Services};
use std::collections::BTreeMap;

/// The sales that the list shows under the same address, as a file for spreadsheets.
pub async fn sales(
    services: Services,
    Extension(ctx): Extension<Ctx>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    match services.sales_csv(&ctx, filter_in(|name| query.get(name).cloned())).await {
        Ok(text) => {
            let headers = [
                (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"sales.csv\""),
            ];
            (headers, text).into_response()
        }
        Err(error) => refused(error),
    }
}
