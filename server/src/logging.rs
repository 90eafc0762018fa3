//! What the log says. A request has an id, which its answer carries too and which stands beside everything
//! that happened in it. What a browser or a person keeps secret does not go in, whatever the filter is.

use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use std::time::Duration;
use tower_http::classify::{ServerErrorsAsFailures, SharedClassifier};
use tower_http::trace::TraceLayer;
use tracing::Span;
use tracing_subscriber::EnvFilter;

/// At their finest these write down headers, bodies and parameters, cookies and passwords among them.
const TALKATIVE: [&str; 6] =
    ["h2=info", "hyper=info", "hyper_util=info", "rustls=info", "sqlx=warn", "sea_orm=warn"];

/// Logs to standard error.
///
/// # Errors
/// A sentence for a filter that cannot be read.
pub fn start(filter: &str) -> Result<(), String> {
    let wrong = |error: &dyn std::fmt::Display| format!("--log {filter} cannot be read: {error}");
    let mut capped = EnvFilter::builder().parse(filter).map_err(|error| wrong(&error))?;
    for cap in TALKATIVE {
        capped = capped.add_directive(cap.parse().map_err(|error| wrong(&error))?);
    }
    tracing_subscriber::fmt().with_env_filter(capped).with_writer(std::io::stderr).init();
    Ok(())
}

type Layer = TraceLayer<
    SharedClassifier<ServerErrorsAsFailures>,
    fn(&Request<Body>) -> Span,
    (),
    fn(&Response<Body>, Duration, &Span),
    (),
    (),
    (),
>;

/// Puts each request into a span of its own, and notes how it was answered.
pub fn requests() -> Layer {
    TraceLayer::new_for_http()
        .make_span_with(span as fn(&Request<Body>) -> Span)
        .on_request(())
        .on_response(answered as fn(&Response<Body>, Duration, &Span))
        .on_body_chunk(())
        .on_eos(())
        .on_failure(())
}

fn span(request: &Request<Body>) -> Span {
    let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default();
    let path = without_secret(request.uri().path());
    tracing::info_span!("request", id, method = %request.method(), path)
}

/// A pairing link is worth a till. What people search for, in the query, is nobody's business either.
fn without_secret(path: &str) -> &str {
    if path.starts_with("/pair/") { "/pair/…" } else { path }
}

fn answered(response: &Response<Body>, took: Duration, _: &Span) {
    let (status, ms) = (response.status().as_u16(), took.as_millis());
    if response.status() >= StatusCode::INTERNAL_SERVER_ERROR {
        tracing::error!(status, ms, "failed");
    } else {
        tracing::debug!(status, ms, "answered");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pairing_code_stays_out() {
        assert_eq!(without_secret("/pair/0123abcd"), "/pair/…");
        assert_eq!(without_secret("/sales/17"), "/sales/17");
    }
}
