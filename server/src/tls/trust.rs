//! The page on which a new device learns to trust this store, and the certificate it downloads there. It is
//! served over plain HTTP, because the device cannot use HTTPS with us before; it shows nothing of the store.

use super::ShopNetwork;
use crate::assets::Site;
use crate::layers::security_headers;
use app::pages::trust::{TrustFacts, document};
use axum::Router;
use axum::http::header;
use axum::middleware::from_fn;
use axum::response::{Html, IntoResponse};
use axum::routing::get;

const CERTIFICATE: &str = "/parure-authority.crt";

pub fn router(network: ShopNetwork, site: &Site) -> Router {
    let certificate = network.authority.certificate();
    let styles = format!("/{}/parure.css", site.pkg_dir());
    let page = move || async move { Html(document(facts(&network), styles)) };
    Router::new()
        .route("/", get(page))
        .route(CERTIFICATE, get(move || async move { download(certificate) }))
        .merge(site.routes())
        .layer(from_fn(security_headers))
}

fn facts(network: &ShopNetwork) -> TrustFacts {
    let first = |addresses: Vec<String>| addresses.into_iter().next().unwrap_or_default();
    TrustFacts {
        store: first(network.origins()),
        this_page: first(network.addresses("http", network.trust_port)),
        certificate: CERTIFICATE.to_owned(),
        fingerprint: network.authority.fingerprint(),
    }
}

/// With this type an iPad offers to install it and Android saves it.
fn download(certificate: Vec<u8>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/x-x509-ca-cert")], certificate)
}
