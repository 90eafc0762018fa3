//! How often one address may try a password, a PIN or a code.

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{StatusCode, header};
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

/// Refuses more tries than a person makes.
pub async fn guard(
    State(limit): State<RateLimit>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    if GUARDED.contains(&request.uri().path()) && !limit.allows(peer.ip(), Instant::now()) {
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
}
