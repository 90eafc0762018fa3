//! What stands around every request: who may send it, what the browser may do with the answer.

use crate::assets::is_file;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use leptos::nonce::Nonce;
use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLock};

/// The origins this server is reached under. In a shop's network they may change while it runs.
#[derive(Debug, Clone, Default)]
pub struct OwnOrigins(Arc<RwLock<BTreeSet<String>>>);

impl OwnOrigins {
    pub fn add(&self, origins: &[String]) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).extend(origins.iter().cloned());
    }

    fn holds(&self, origin: &str) -> bool {
        self.0.read().unwrap_or_else(PoisonError::into_inner).contains(origin)
    }
}

/// Lets only our own pages change anything: a browser says where a request comes from, and what it
/// does not say it cannot have been told to say by another site.
pub async fn same_origin(State(own): State<OwnOrigins>, request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS)
        || is_own(&own, request.headers())
    {
        return next.run(request).await;
    }
    (StatusCode::FORBIDDEN, "This request did not come from this server's own pages.").into_response()
}

fn is_own(own: &OwnOrigins, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("sec-fetch-site"), text("origin")) {
        (Some("same-origin"), _) => true,
        (Some(_), _) => false,
        (None, Some(origin)) => own.holds(origin),
        // No browser: a command line tool, which carries no cookie it was not given.
        (None, None) => !headers.contains_key(header::COOKIE),
    }
}

/// Gives every page its nonce and every answer its security headers.
pub async fn security_headers(mut request: Request, next: Next) -> Response {
    let nonce = Nonce::new();
    // Files of the site may be kept, if the browser asks whether they changed; what people see may not.
    let cache = if is_file(request.uri().path()) { "no-cache" } else { "no-store" };
    request.extensions_mut().insert(nonce.clone());
    let mut response = next.run(request).await;
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; connect-src 'self'; font-src 'self'; \
         manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    let headers = response.headers_mut();
    // A file that somebody sent has a stricter one of its own.
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    }
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(self), microphone=(), geolocation=(), payment=()",
        ),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(cache));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(pairs: &[(&'static str, &'static str)]) -> bool {
        let own = OwnOrigins::default();
        own.add(&["http://127.0.0.1:3000".to_owned()]);
        let headers = pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        is_own(&own, &headers.collect())
    }

    #[test]
    fn only_our_own_pages_change_anything() {
        assert!(asks(&[("sec-fetch-site", "same-origin")]));
        assert!(asks(&[("origin", "http://127.0.0.1:3000"), ("cookie", "a=b")]));
        assert!(!asks(&[("sec-fetch-site", "cross-site"), ("origin", "http://127.0.0.1:3000")]));
        assert!(!asks(&[("sec-fetch-site", "same-site")]));
        assert!(!asks(&[("origin", "http://evil.example"), ("cookie", "a=b")]));
        assert!(!asks(&[("origin", "null")]));
        assert!(!asks(&[("cookie", "a=b")]));
        assert!(asks(&[]));
    }
}
