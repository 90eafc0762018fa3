//! The files that browsers get as they are: wasm, JavaScript, styles, icons. They lie inside the binary that a
//! store installs, and in a folder while somebody works on them.

use axum::Router;
use axum::extract::Path as UrlPath;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::path::{Path, PathBuf};
use tower_http::services::{ServeDir, ServeFile};

/// Files at the top of the site, apart from the folders `pkg/` and `icons/`.
const TOP: [&str; 4] = ["/favicon.svg", "/favicon.ico", "/manifest.webmanifest", "/robots.txt"];

/// Whether an address is one of these files and no page: anybody may have it, and a browser may keep it.
pub fn is_file(path: &str) -> bool {
    path.starts_with("/pkg/") || path.starts_with("/icons/") || TOP.contains(&path)
}

/// Where the files come from.
#[derive(Debug, Clone)]
pub enum Site {
    /// A folder that may change at any time.
    Folder(PathBuf),
    /// The binary itself.
    Inside(Embedded),
}

impl Site {
    /// The named folder, else what the binary holds, else where a development build leaves the files.
    pub fn choose(folder: Option<PathBuf>) -> Self {
        match (folder, Embedded::in_this_binary()) {
            (Some(folder), _) => Self::Folder(folder),
            (None, Some(embedded)) => Self::Inside(embedded),
            (None, None) => Self::Folder(PathBuf::from("target/site")),
        }
    }

    /// A file without which no page comes alive, if it is missing.
    pub fn missing(&self) -> Option<PathBuf> {
        match self {
            Self::Folder(folder) => Some(folder.join("pkg/parure.js")).filter(|path| !path.exists()),
            Self::Inside(_) => None,
        }
    }

    /// The folder that pages name in their links. It holds the version of the embedded files, so that a browser
    /// keeps them for good and asks for none twice.
    pub fn pkg_dir(&self) -> String {
        match self {
            Self::Folder(_) => "pkg".to_owned(),
            Self::Inside(embedded) => format!("pkg/{}", embedded.version),
        }
    }

    /// Leads the addresses of the files to them.
    pub fn routes<S: Clone + Send + Sync + 'static>(&self) -> Router<S> {
        match self {
            Self::Folder(folder) => in_folder(folder),
            Self::Inside(embedded) => embedded.routes(),
        }
    }
}

fn in_folder<S: Clone + Send + Sync + 'static>(folder: &Path) -> Router<S> {
    let pkg = ServeDir::new(folder.join("pkg")).precompressed_br().precompressed_gzip();
    let router =
        Router::new().nest_service("/pkg", pkg).nest_service("/icons", ServeDir::new(folder.join("icons")));
    TOP.iter().fold(router, |router, path| {
        router.route_service(path, ServeFile::new(folder.join(file_of(path.trim_start_matches('/')))))
    })
}

/// Browsers ask for `favicon.ico` without being told to.
fn file_of(name: &str) -> &str {
    if name == "favicon.ico" { "favicon.svg" } else { name }
}

/// A file with its compressed forms.
#[derive(Debug)]
pub struct Asset {
    path: &'static str,
    etag: &'static str,
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

/// Files inside a binary.
#[derive(Debug, Clone, Copy)]
pub struct Embedded {
    files: &'static [Asset],
    version: &'static str,
}

#[cfg(feature = "embed-assets")]
include!(concat!(env!("OUT_DIR"), "/site.rs"));

/// The files under this address never change: another build has another address.
const FOR_GOOD: &str = "public, max-age=31536000, immutable";
/// A browser asks each time whether the file changed.
const ASK_AGAIN: &str = "no-cache";

impl Embedded {
    const fn in_this_binary() -> Option<Self> {
        #[cfg(feature = "embed-assets")]
        return Some(Self { files: FILES, version: VERSION });
        #[cfg(not(feature = "embed-assets"))]
        None
    }

    fn routes<S: Clone + Send + Sync + 'static>(self) -> Router<S> {
        let in_folder = |folder: &'static str| {
            get(move |UrlPath(rest): UrlPath<String>, headers: HeaderMap| async move {
                self.answer(folder, &rest, &headers)
            })
        };
        let router =
            Router::new().route("/pkg/{*rest}", in_folder("pkg")).route("/icons/{*rest}", in_folder("icons"));
        TOP.iter().fold(router, |router, path| {
            let name = file_of(path.trim_start_matches('/'));
            router.route(path, get(move |headers: HeaderMap| async move { self.answer("", name, &headers) }))
        })
    }

    fn answer(self, folder: &str, rest: &str, headers: &HeaderMap) -> Response {
        let versioned = rest.strip_prefix(self.version).and_then(|rest| rest.strip_prefix('/'));
        let path = if folder.is_empty() {
            rest.to_owned()
        } else {
            format!("{folder}/{}", versioned.unwrap_or(rest))
        };
        let Some(asset) = self.files.iter().find(|asset| asset.path == path) else {
            return StatusCode::NOT_FOUND.into_response();
        };
        let keep = if versioned.is_some() { FOR_GOOD } else { ASK_AGAIN };
        let about =
            [(header::ETAG, asset.etag), (header::CACHE_CONTROL, keep), (header::VARY, "accept-encoding")];
        if text(headers, header::IF_NONE_MATCH).split(',').any(|known| known.trim() == asset.etag) {
            return (StatusCode::NOT_MODIFIED, about).into_response();
        }
        let (encoding, bytes) = asset.smallest(&text(headers, header::ACCEPT_ENCODING));
        let mut response = (about, [(header::CONTENT_TYPE, kind(&path))], bytes).into_response();
        if let Some(encoding) = encoding {
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        response
    }
}

impl Asset {
    /// The smallest form that a browser takes.
    fn smallest(&self, accepted: &str) -> (Option<&'static str>, &'static [u8]) {
        [("br", self.brotli), ("gzip", self.gzip)]
            .into_iter()
            .find_map(|(name, form)| form.filter(|_| accepts(accepted, name)).map(|form| (Some(name), form)))
            .unwrap_or((None, self.plain))
    }
}

/// Whether `br, gzip;q=0` takes this encoding.
fn accepts(accepted: &str, encoding: &str) -> bool {
    accepted.split(',').any(|offer| {
        let (name, quality) = offer.split_once(';').unwrap_or((offer, ""));
        let zero = quality.trim().strip_prefix("q=").is_some_and(|q| q.trim_matches(['0', '.']).is_empty());
        name.trim().eq_ignore_ascii_case(encoding) && !zero
    })
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> String {
    let values = headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
    values.collect::<Vec<_>>().join(",")
}

fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("wasm") => "application/wasm",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("txt") => "text/plain; charset=utf-8",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Body, to_bytes};
    use axum::http::Request;
    use tower::ServiceExt;

    static FILES: &[Asset] = &[
        Asset {
            path: "pkg/parure_bg.wasm",
            etag: "\"w1\"",
            plain: b"wasm as it is",
            brotli: Some(b"wasm br"),
            gzip: Some(b"wasm gz"),
        },
        Asset { path: "icons/icon-192.png", etag: "\"i1\"", plain: b"png", brotli: None, gzip: None },
        Asset { path: "favicon.svg", etag: "\"f1\"", plain: b"<svg/>", brotli: Some(b"svg br"), gzip: None },
    ];

    async fn ask(path: &str, headers: &[(&str, &str)]) -> (StatusCode, HeaderMap, Vec<u8>) {
        let site = Site::Inside(Embedded { files: FILES, version: "v1" });
        let mut request = Request::get(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).unwrap();
        let response = site.routes::<()>().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        (parts.status, parts.headers, to_bytes(body, 1_000).await.unwrap().to_vec())
    }

    #[tokio::test]
    async fn a_browser_gets_the_smallest_form_it_takes() {
        let wasm = "/pkg/parure_bg.wasm";
        for (accepted, encoding, expected) in [
            ("gzip, deflate, br", Some("br"), "wasm br"),
            ("gzip", Some("gzip"), "wasm gz"),
            ("br;q=0, gzip;q=0.5", Some("gzip"), "wasm gz"),
            ("identity", None, "wasm as it is"),
            ("", None, "wasm as it is"),
        ] {
            let (status, headers, body) = ask(wasm, &[("accept-encoding", accepted)]).await;
            let said = headers.get("content-encoding").map(|value| value.to_str().unwrap());
            assert_eq!((status, said), (StatusCode::OK, encoding), "{accepted}");
            assert_eq!(body, expected.as_bytes(), "{accepted}");
            assert_eq!(headers["content-type"], "application/wasm");
            assert_eq!(headers["vary"], "accept-encoding");
        }
        let (_, headers, body) = ask("/icons/icon-192.png", &[("accept-encoding", "br")]).await;
        assert!(!headers.contains_key("content-encoding"));
        assert_eq!((headers["content-type"].as_bytes(), body.as_slice()), (&b"image/png"[..], &b"png"[..]));
    }

    #[tokio::test]
    async fn a_version_is_kept_for_good_and_everything_else_is_asked_again() {
        let (_, headers, _) = ask("/pkg/v1/parure_bg.wasm", &[]).await;
        assert_eq!(headers["cache-control"], FOR_GOOD);
        let (_, headers, _) = ask("/pkg/parure_bg.wasm", &[]).await;
        assert_eq!(headers["cache-control"], ASK_AGAIN);
        let (status, _, body) = ask("/pkg/parure_bg.wasm", &[("if-none-match", "\"old\", \"w1\"")]).await;
        assert_eq!((status, body.len()), (StatusCode::NOT_MODIFIED, 0));
        let (_, headers, body) = ask("/favicon.ico", &[("if-none-match", "\"w1\"")]).await;
        assert_eq!(
            (headers["content-type"].as_bytes(), body.as_slice()),
            (&b"image/svg+xml"[..], &b"<svg/>"[..])
        );
    }

    #[tokio::test]
    async fn what_is_not_there_is_not_found() {
        for path in [
            "/pkg/v0/parure_bg.wasm",
            "/pkg/",
            "/pkg/../favicon.svg",
            "/icons/none.png",
            "/manifest.webmanifest",
        ] {
            assert_eq!(ask(path, &[]).await.0, StatusCode::NOT_FOUND, "{path}");
        }
    }

    #[test]
    fn pages_name_the_version() {
        assert_eq!(Site::Inside(Embedded { files: FILES, version: "v1" }).pkg_dir(), "pkg/v1");
        assert_eq!(Site::Folder(PathBuf::from("x")).pkg_dir(), "pkg");
    }
}
