//! HTTPS: with a certificate that Parure makes for the shop's network, or with one that somebody brings.

mod authority;
mod names;
mod trust;

use crate::assets::Site;
use crate::config::Serve;
use crate::layers::OwnOrigins;
use authority::{Authority, Issued};
use axum::Router;
use axum_server::tls_rustls::RustlsConfig;
use chrono::{NaiveDate, Utc};
use names::Names;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

/// A tablet that was carried to another network, or a renewed certificate, is noticed this soon.
const BETWEEN_LOOKS: Duration = Duration::from_secs(60);

/// What rustls serves: HTTP/2, and HTTP/1.1 for whoever cannot.
fn server_config(
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<Arc<ServerConfig>, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

/// A certificate from files.
pub fn load(cert: &Path, key: &Path) -> Result<RustlsConfig, String> {
    read_files(cert, key).map(RustlsConfig::from_config)
}

fn read_files(cert: &Path, key: &Path) -> Result<Arc<ServerConfig>, String> {
    let unreadable = |path: &Path, error: rustls::pki_types::pem::Error| {
        format!("cannot read {}: {error}", path.display())
    };
    let chain = CertificateDer::pem_file_iter(cert)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| unreadable(cert, error))?;
    let private = PrivateKeyDer::from_pem_file(key).map_err(|error| unreadable(key, error))?;
    server_config(chain, private)
        .map_err(|error| format!("{} and {} do not serve HTTPS: {error}", cert.display(), key.display()))
}

/// Takes a renewed certificate into use.
pub async fn follow_files(config: RustlsConfig, cert: PathBuf, key: PathBuf) {
    let changed = |path: &Path| path.metadata().and_then(|meta| meta.modified()).ok();
    let stamp = || -> [Option<SystemTime>; 2] { [changed(&cert), changed(&key)] };
    let mut known = stamp();
    loop {
        tokio::time::sleep(BETWEEN_LOOKS).await;
        if stamp() == known {
            continue;
        }
        match read_files(&cert, &key) {
            Ok(fresh) => {
                known = stamp();
                config.reload_from_config(fresh);
                tracing::info!("the certificate was read again");
            }
            // Perhaps only one of the two is there yet; the old one serves on.
            Err(error) => tracing::warn!(%error, "the changed certificate cannot be used"),
        }
    }
}

/// The doors of the shop's network: its names, and a certificate for them that its own authority signs.
#[derive(Clone)]
pub struct ShopNetwork {
    authority: Arc<Authority>,
    further_names: Vec<String>,
    lan_port: u16,
    trust_port: u16,
    served: Arc<RwLock<Served>>,
    config: RustlsConfig,
}

/// What the certificate in use is for, and since when.
struct Served {
    names: Names,
    since: NaiveDate,
}

impl ShopNetwork {
    /// Finds this computer's names, and makes the authority on the first start.
    pub fn open(data: &Path, serve: &Serve) -> Result<Self, String> {
        let names = Names::find(&serve.names)?;
        let today = Utc::now().date_naive();
        let authority = Authority::open(&data.join("tls"), today)?;
        let config = RustlsConfig::from_config(certify(&authority, &names, today)?);
        Ok(Self {
            authority: Arc::new(authority),
            further_names: serve.names.clone(),
            lan_port: serve.lan_port,
            trust_port: serve.trust_port,
            served: Arc::new(RwLock::new(Served { names, since: today })),
            config,
        })
    }

    pub fn config(&self) -> RustlsConfig {
        self.config.clone()
    }

    /// Where the store is in the shop's network, the best address first.
    pub fn origins(&self) -> Vec<String> {
        self.addresses("https", self.lan_port)
    }

    fn addresses(&self, scheme: &str, port: u16) -> Vec<String> {
        let served = self.served.read().unwrap_or_else(PoisonError::into_inner);
        served.names.in_addresses().map(|name| format!("{scheme}://{name}:{port}")).collect()
    }

    /// The page for a device that does not trust us yet, so without HTTPS.
    pub fn trust_page(&self, site: &Site) -> Router {
        trust::router(self.clone(), site)
    }

    /// Says on the console where tablets go.
    pub fn print(&self) {
        println!("In the shop's network it is at {}", self.origins().join(" and "));
        let Some(page) = self.addresses("http", self.trust_port).into_iter().next() else { return };
        println!("A new tablet first learns to trust it at {page}");
        println!("  (its authority has the fingerprint {})", self.authority.fingerprint());
        if std::io::stdout().is_terminal()
            && let Ok(code) = qrcode::QrCode::new(&page)
        {
            println!("{}", code.render::<qrcode::render::unicode::Dense1x2>().build());
        }
    }

    /// Makes a new certificate when the addresses change, and long before the old one ends.
    pub async fn follow_addresses(self, own: OwnOrigins) {
        loop {
            tokio::time::sleep(BETWEEN_LOOKS).await;
            match self.renew(Utc::now().date_naive()) {
                Ok(true) => {
                    own.add(&self.origins());
                    tracing::info!(addresses = ?self.origins(), "a new certificate is in use");
                }
                Ok(false) => {}
                Err(error) => tracing::warn!(%error, "the certificate could not be renewed"),
            }
        }
    }

    /// Whether it was time to.
    fn renew(&self, today: NaiveDate) -> Result<bool, String> {
        let names = Names::find(&self.further_names)?;
        let mut served = self.served.write().unwrap_or_else(PoisonError::into_inner);
        if served.names == names && !authority::is_worn(served.since, today) {
            return Ok(false);
        }
        self.config.reload_from_config(certify(&self.authority, &names, today)?);
        *served = Served { names, since: today };
        Ok(true)
    }
}

fn certify(authority: &Authority, names: &Names, today: NaiveDate) -> Result<Arc<ServerConfig>, String> {
    let Issued { chain, key } = authority.issue(names, today)?;
    server_config(chain, key).map_err(|error| format!("the certificate does not serve HTTPS: {error}"))
}
