//! Which address leads where.

use crate::assets::Site;
use crate::events;
use crate::layers::{OwnOrigins, same_origin, security_headers};
use crate::ledger_file;
use crate::logging;
use crate::papers;
use crate::photos;
use crate::rate_limit::{Peers, RateLimit, guard};
use crate::routes;
use crate::uploads;
use app::api::ctx::SetupCode;
use app::api::session::Whoami;
use app::pages::home;
use app::{App, shell};
use axum::extract::State;
use axum::http::{HeaderName, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::Redirect;
use axum::routing::{get, post};
use axum::{Extension, Router};
use leptos::config::{Env, LeptosOptions};
use leptos::nonce::Nonce;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::{LeptosRoutes, generate_route_list};
use services::{Ctx, Services};
use std::net::SocketAddr;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};

/// Nothing that a register sends is larger; files to import have their own door.
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
            if let Some(ctx) = parts.extensions.get::<Ctx>() {
                provide_context(ctx.clone());
            }
        }
    };
    Router::new()
        .leptos_routes_with_context(&options, generate_route_list(App), context, move || {
            shell(shell_options.clone())
        })
        .route(routes::HEALTH, get(healthy).with_state(services.clone()))
        .route(routes::LEDGER_FILE, post(ledger_file::export).with_state(services.clone()))
        .route(routes::EVENTS, get(events::stream_news).with_state(services.clone()))
        .route(routes::START, get(start))
        .route(routes::SALES_FILE, {
            let services = services.clone();
            get(move |ctx, query| crate::downloads::sales(services, ctx, query))
        })
        .route(routes::OWED_FILE, {
            let services = services.clone();
            get(move |ctx, query| crate::downloads::owed(services, ctx, query))
        })
        .route(routes::AGING_FILE, {
            let services = services.clone();
            get(move |ctx, query| crate::downloads::aging(services, ctx, query))
        })
        .merge(site.routes())
        .with_state(options)
        .layer(RequestBodyLimitLayer::new(LARGEST_BODY))
        .merge(uploads::routes(services.clone()))
        .merge(photos::routes(services.clone()))
        .merge(papers::routes(services.clone()))
        .merge(crate::pdfs::routes(services.clone()))
        .layer(from_fn_with_state(services, routes::guard))
        .layer(from_fn_with_state((RateLimit::default(), reach.peers), guard))
        .layer(from_fn_with_state(reach.own, same_origin))
        .layer(CatchPanicLayer::new())
        .layer(from_fn(security_headers))
        .layer(logging::requests())
        .layer(PropagateRequestIdLayer::new(HeaderName::from_static("x-request-id")))
        .layer(SetRequestIdLayer::new(HeaderName::from_static("x-request-id"), MakeRequestUuid))
}

/// Where somebody's role begins.
async fn start(Extension(who): Extension<Whoami>) -> Redirect {
    Redirect::to(&home(&who.permissions))
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
