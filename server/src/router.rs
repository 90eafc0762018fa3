//! Which address leads where.

use crate::assets::{self, Site};
use crate::layers::{OwnOrigins, same_origin, security_headers};
use crate::ledger_file;
use crate::logging;
use crate::rate_limit::{Peers, RateLimit, guard};
use app::api::ctx::{SESSION_COOKIE, SetupCode, TILL_COOKIE, cookie_in};
use app::api::session::Whoami;
use app::{App, shell};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use leptos::config::{Env, LeptosOptions};
use leptos::nonce::Nonce;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::{LeptosRoutes, generate_route_list};
use services::{ServiceError, Services};
use std::net::SocketAddr;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};

/// Nothing that a register sends is larger; photos and imports will have their own doors.
const LARGEST_BODY: usize = 256 * 1024;

/// Who reaches us, and how.
#[derive(Debug, Clone)]
pub struct Reach {
    pub own: OwnOrigins,
    pub peers: Peers,
    /// Where the first listener is.
    pub address: SocketAddr,
}

/// The whole site.
pub fn build(services: Services, code: SetupCode, site: &Site, reach: Reach) -> Router {
    let options = LeptosOptions::builder()
        .output_name("parure")
        .site_pkg_dir(site.pkg_dir())
        .env(Env::PROD)
        .site_addr(reach.address)
        .build();
    let shell_options = options.clone();
    let context = {
        let services = services.clone();
        move || {
            provide_context(services.clone());
            provide_context(code.clone());
            let Some(parts) = use_context::<axum::http::request::Parts>() else { return };
            if let Some(nonce) = parts.extensions.get::<Nonce>() {
                provide_context(nonce.clone());
            }
            if let Some(who) = parts.extensions.get::<Whoami>() {
                provide_context(who.clone());
            }
        }
    };
    Router::new()
        .leptos_routes_with_context(&options, generate_route_list(App), context, move || {
            shell(shell_options.clone())
        })
        .route("/healthz", get(healthy).with_state(services.clone()))
        .route("/api/v1/ledger/file", post(ledger_file::export).with_state(services.clone()))
        .route("/", get(|| async { Redirect::to("/register") }))
        .merge(site.routes())
        .with_state(options)
        .layer(from_fn_with_state(services, signed_in_pages))
        .layer(from_fn_with_state((RateLimit::default(), reach.peers), guard))
        .layer(RequestBodyLimitLayer::new(LARGEST_BODY))
        .layer(from_fn_with_state(reach.own, same_origin))
        .layer(CatchPanicLayer::new())
        .layer(from_fn(security_headers))
        .layer(logging::requests())
        .layer(PropagateRequestIdLayer::new(HeaderName::from_static("x-request-id")))
        .layer(SetRequestIdLayer::new(HeaderName::from_static("x-request-id"), MakeRequestUuid))
}

/// For whoever watches the server: it answers when the database does.
async fn healthy(State(services): State<Services>) -> StatusCode {
    match services.reads().await {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(error) => {
            tracing::warn!(%error, "the database cannot be read");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}

/// Pages that show themselves to anybody. The register's page holds nothing until it is alive.
fn is_public(path: &str) -> bool {
    const PUBLIC: [&str; 6] = ["/sign-in", "/setup", "/pair/", "/register", "/api/", "/healthz"];
    path == "/" || assets::is_file(path) || PUBLIC.iter().any(|public| path.starts_with(public))
}

/// Leads whoever is not signed in to the sign-in page, and the first visitor to the first run.
async fn signed_in_pages(State(services): State<Services>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if !services.is_set_up() && (path == "/" || path == "/register" || path == "/sign-in") {
        return Redirect::to("/setup").into_response();
    }
    if !is_public(path) {
        let headers = request.headers();
        let (session, till) = (cookie_in(headers, SESSION_COOKIE), cookie_in(headers, TILL_COOKIE));
        match services.authenticate(session.as_ref(), till.as_ref()).await {
            Ok(ctx) => {
                if let Ok(place) = services.place(&ctx) {
                    request.extensions_mut().insert(Whoami::from(place));
                }
            }
            Err(ServiceError::NotSignedIn | ServiceError::Locked | ServiceError::NotSetUp) => {
                return Redirect::to("/sign-in").into_response();
            }
            Err(error) => {
                let outside = app::api::ctx::outside(error);
                let status =
                    StatusCode::from_u16(outside.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                return (status, outside.message).into_response();
            }
        }
    }
    next.run(request).await
}
