//! How often one address may try a password, a PIN or a code.

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A till with several people switching by PIN stays far below this; guessing does not.
const TRIES: u32 = 30;
const WINDOW: Duration = Duration::from_secs(60);
/// More addresses than this at once are forgotten together: memory stays bounded.
const MOST_ADDRESSES: usize = 10_000;

const GUARDED: [&str; 6] = [
    "/api/v1/session/sign_in",
    "/api/v1/session/switch",
    "/api/v1/session/secrets",
    "/api/v1/setup/first_run",
    "/api/v1/setup/pair",
    "/api/v1/register/approve",
];

/// Tries per address in the current minute.
#[derive(Debug, Clone, Default)]
pub struct RateLimit(Arc<Mutex<HashMap<IpAddr, (Instant, u32)>>>);

impl RateLimit {
    fn allows(&self, address: IpAddr, now: Instant) -> bool {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tries.len() >= MOST_ADDRESSES {
            tries.clear();
        }
        let (since, count) = tries.entry(address).or_insert((now, 0));
        if now.duration_since(*since) > WINDOW {
            (*since, *count) = (now, 0);
        }
        *count += 1;
        *count <= TRIES
    }
}

/// Where the address of whoever asks is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peers {
    /// The other end of the connection.
    Connected,
    /// What the proxy before us wrote. The last address is its own word; those before it are the browser's.
    Forwarded,
}

impl Peers {
    fn address(self, connected: SocketAddr, headers: &HeaderMap) -> IpAddr {
        let forwarded = || {
            let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
            last.rsplit(',').next()?.trim().parse().ok()
        };
        let address = match self {
            Self::Connected => connected.ip(),
            Self::Forwarded => forwarded().unwrap_or(connected.ip()),
        };
        address.to_canonical()
    }
}

/// Refuses more tries than a person makes.
pub async fn guard(
    State((limit, peers)): State<(RateLimit, Peers)>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    if GUARDED.contains(&request.uri().path())
        && !limit.allows(peers.address(peer, request.headers()), Instant::now())
    {
        let wait = [(header::RETRY_AFTER, "60")];
        return (StatusCode::TOO_MANY_REQUESTS, wait, "Too many tries: wait a minute.").into_response();
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_run_out_and_come_back() {
        let (limit, now) = (RateLimit::default(), Instant::now());
        let (here, there) = (IpAddr::from([127, 0, 0, 1]), IpAddr::from([127, 0, 0, 2]));
        assert!((0..TRIES).all(|_| limit.allows(here, now)));
        assert!(!limit.allows(here, now));
        assert!(limit.allows(there, now));
        assert!(limit.allows(here, now + WINDOW + Duration::from_secs(1)));
    }

    #[test]
    fn a_browser_cannot_choose_its_address() {
        let peer: SocketAddr = "10.0.0.9:4000".parse().unwrap();
        let headers = |texts: &[&'static str]| -> HeaderMap {
            let name = axum::http::HeaderName::from_static("x-forwarded-for");
            texts.iter().map(|text| (name.clone(), axum::http::HeaderValue::from_static(text))).collect()
        };
        let asked = |peers: Peers, texts: &[&'static str]| peers.address(peer, &headers(texts)).to_string();
        assert_eq!(asked(Peers::Connected, &["1.2.3.4"]), "10.0.0.9");
        assert_eq!(asked(Peers::Forwarded, &["1.2.3.4, 203.0.113.7"]), "203.0.113.7");
        assert_eq!(asked(Peers::Forwarded, &["1.2.3.4", "203.0.113.7"]), "203.0.113.7");
        assert_eq!(asked(Peers::Forwarded, &["nonsense"]), "10.0.0.9");
        assert_eq!(asked(Peers::Forwarded, &[]), "10.0.0.9");
        let mapped: SocketAddr = "[::ffff:10.0.0.9]:4000".parse().unwrap();
        assert_eq!(Peers::Connected.address(mapped, &HeaderMap::new()), peer.ip());
    }
}
