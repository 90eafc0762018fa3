//! The doors for papers that customers take along.

use crate::downloads::as_attachment;
use crate::ledger_file::refused;
use crate::routes::{CREDIT_PDF, INVOICE_PDF, RECEIPT_PDF, STATEMENT_PDF};
use app::api::account::statement_in;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use domain::ids::{CustomerCreditId, CustomerId, InvoiceId, SaleId};
use services::{Ctx, Paper, ServiceError, Services};
use std::collections::BTreeMap;

pub fn routes(services: Services) -> Router {
    Router::new()
        .route(INVOICE_PDF, get(invoice))
        .route(CREDIT_PDF, get(credit))
        .route(RECEIPT_PDF, get(receipt))
        .route(STATEMENT_PDF, get(statement))
        .with_state(services)
}

type About<Id> = (State<Services>, Extension<Ctx>, Path<Id>);

async fn invoice((State(services), Extension(ctx), Path(id)): About<InvoiceId>) -> Response {
    answer(services.invoice_pdf(&ctx, id).await)
}

async fn credit((State(services), Extension(ctx), Path(id)): About<CustomerCreditId>) -> Response {
    answer(services.credit_pdf(&ctx, id).await)
}

async fn receipt((State(services), Extension(ctx), Path(id)): About<SaleId>) -> Response {
    answer(services.receipt_pdf(&ctx, id).await)
}

async fn statement(
    (State(services), Extension(ctx), Path(id)): About<CustomerId>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    let asked = statement_in(id, |name| query.get(name).cloned());
    answer(services.statement_pdf(&ctx, asked).await)
}

fn answer(paper: Result<Paper, ServiceError>) -> Response {
    match paper {
        Ok(paper) => {
            let headers = [
                (header::CONTENT_TYPE, "application/pdf".to_owned()),
                (header::CONTENT_DISPOSITION, as_attachment(&paper.name)),
            ];
            (headers, paper.pdf).into_response()
        }
        Err(error) => refused(error),
    }
}
