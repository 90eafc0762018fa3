//! Files that people take away.

use crate::ledger_file::refused;
use app::api::receivable_reports::aging_in;
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

/// The aging that the list shows under the same address, as a file for spreadsheets.
pub async fn aging(
    services: Services,
    Extension(ctx): Extension<Ctx>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    let wanted = aging_in(|name| query.get(name).cloned());
    csv("aging.csv", services.aging_csv(&ctx, wanted).await)
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

/// What says that a file is to be kept under a name and not to be shown: for every browser with plain letters, for those
/// that read it with all of them.
pub fn as_attachment(name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "-_. ".contains(c) { c } else { '_' }).collect();
    let whole: String = name
        .bytes()
        .map(|byte| match byte {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_header() {
        let said = as_attachment("März \"1\"; x=\r\n.pdf");
        assert_eq!(
            said,
            "attachment; filename=\"M_rz _1__ x___.pdf\"; filename*=UTF-8''M%C3%A4rz%20%221%22%3B%20x%3D%0D%0A.pdf"
        );
    }
}
