//! Which address leads where.

use crate::layers::{OwnOrigins, same_origin, security_headers};
use crate::rate_limit::{RateLimit, guard};
use crate::uploads;
use app::api::ctx::{SESSION_COOKIE, SetupCode, TILL_COOKIE, cookie_in};
use app::api::session::Whoami;
use app::{App, shell};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use leptos::config::{Env, LeptosOptions};
use leptos::nonce::Nonce;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::{LeptosRoutes, generate_route_list};
use services::{ServiceError, Services};
use std::net::SocketAddr;
use std::path::Path;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::services::{ServeDir, ServeFile};

/// Nothing that a register sends is larger; files to import have their own door.
const LARGEST_BODY: usize = 256 * 1024;

/// The whole site.
pub fn build(services: Services, code: SetupCode, site: &Path, address: SocketAddr) -> Router {
    let options = LeptosOptions::builder()
        .output_name("parure")
        .site_root(site.to_string_lossy().into_owned())
        .site_pkg_dir("pkg")
        .env(Env::PROD)
        .site_addr(address)
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
    let file = |name: &str| ServeFile::new(site.join(name));
    Router::new()
        .leptos_routes_with_context(&options, generate_route_list(App), context, move || {
            shell(shell_options.clone())
        })
        .route("/healthz", get(healthy))
        .route("/", get(|| async { Redirect::to("/register") }))
        .nest_service("/pkg", ServeDir::new(site.join("pkg")).precompressed_br().precompressed_gzip())
        .nest_service("/icons", ServeDir::new(site.join("icons")))
        .nest_service("/favicon.svg", file("favicon.svg"))
        .nest_service("/favicon.ico", file("favicon.svg"))
        .nest_service("/manifest.webmanifest", file("manifest.webmanifest"))
        .nest_service("/robots.txt", file("robots.txt"))
        .with_state(options)
        .layer(RequestBodyLimitLayer::new(LARGEST_BODY))
        .merge(uploads::routes(services.clone()))
        .layer(from_fn_with_state(services, signed_in_pages))
        .layer(from_fn_with_state(RateLimit::default(), guard))
        .layer(from_fn_with_state(OwnOrigins::new(address), same_origin))
        .layer(CatchPanicLayer::new())
        .layer(from_fn(security_headers))
        .layer(PropagateRequestIdLayer::new(HeaderName::from_static("x-request-id")))
        .layer(SetRequestIdLayer::new(HeaderName::from_static("x-request-id"), MakeRequestUuid))
}

async fn healthy() -> impl IntoResponse {
    StatusCode::NO_CONTENT
}

/// Pages that show themselves to anybody. The register's page holds nothing until it is alive.
fn is_public(path: &str) -> bool {
    const PUBLIC: [&str; 9] =
        ["/sign-in", "/setup", "/pair/", "/register", "/api/", "/pkg/", "/icons/", "/healthz", "/robots.txt"];
    PUBLIC.iter().any(|public| path.starts_with(public))
        || matches!(path, "/" | "/favicon.svg" | "/favicon.ico" | "/manifest.webmanifest")
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
