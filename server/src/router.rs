//! Which address leads where.

use crate::layers::{OwnOrigins, same_origin, security_headers};
use crate::rate_limit::{RateLimit, guard};
use crate::routes;
use app::api::ctx::SetupCode;
use app::api::session::Whoami;
use app::{App, shell};
use axum::Router;
use axum::http::{HeaderName, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use leptos::config::{Env, LeptosOptions};
use leptos::nonce::Nonce;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::{LeptosRoutes, generate_route_list};
use services::{Ctx, Services};
use std::net::SocketAddr;
use std::path::Path;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::services::{ServeDir, ServeFile};

/// Nothing that a register sends is larger; photos and imports will have their own doors.
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
            if let Some(ctx) = parts.extensions.get::<Ctx>() {
                provide_context(ctx.clone());
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
        .route("/sales/export.csv", {
            let services = services.clone();
            get(move |ctx, query| crate::downloads::sales(services, ctx, query))
        })
        .nest_service("/pkg", ServeDir::new(site.join("pkg")).precompressed_br().precompressed_gzip())
        .nest_service("/icons", ServeDir::new(site.join("icons")))
        .nest_service("/favicon.svg", file("favicon.svg"))
        .nest_service("/favicon.ico", file("favicon.svg"))
        .nest_service("/manifest.webmanifest", file("manifest.webmanifest"))
        .nest_service("/robots.txt", file("robots.txt"))
        .with_state(options)
        .layer(from_fn_with_state(services, routes::guard))
        .layer(from_fn_with_state(RateLimit::default(), guard))
        .layer(RequestBodyLimitLayer::new(LARGEST_BODY))
        .layer(from_fn_with_state(OwnOrigins::new(address), same_origin))
        .layer(CatchPanicLayer::new())
        .layer(from_fn(security_headers))
        .layer(PropagateRequestIdLayer::new(HeaderName::from_static("x-request-id")))
        .layer(SetRequestIdLayer::new(HeaderName::from_static("x-request-id"), MakeRequestUuid))
}

async fn healthy() -> impl IntoResponse {
    StatusCode::NO_CONTENT
}
