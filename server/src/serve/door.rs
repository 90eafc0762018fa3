//! Which way browsers come in, and which ways are refused.

use crate::config::Serve;
use axum::http::Uri;
use std::net::SocketAddr;
use std::path::PathBuf;

/// How browsers reach the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Door {
    /// Plain HTTP for browsers on this computer.
    ThisComputer,
    /// That, and HTTPS with a certificate of our own for the devices of the shop's network.
    ShopNetwork,
    /// HTTPS with a certificate that somebody else made.
    Certificate { cert: PathBuf, key: PathBuf, url: String },
    /// Plain HTTP for a proxy that speaks HTTPS with browsers.
    Proxy(String),
}

impl Door {
    /// # Errors
    /// A sentence for an address that no browser could sign in under.
    pub fn choose(serve: &Serve) -> Result<Self, String> {
        let url = || serve.public_url.as_deref().ok_or("name the address people type with --public-url");
        if let (Some(cert), Some(key)) = (&serve.tls_cert, &serve.tls_key) {
            let url = public_url(url()?)?;
            return Ok(Self::Certificate { cert: cert.clone(), key: key.clone(), url });
        }
        if serve.behind_proxy {
            return Ok(Self::Proxy(public_url(url()?)?));
        }
        if !serve.addr.ip().is_loopback() {
            return Err(format!(
                "over plain HTTP a browser elsewhere could not even sign in, so {} is refused: \
                 use --lan, or --tls-cert, or --behind-proxy",
                serve.addr
            ));
        }
        Ok(if serve.lan { Self::ShopNetwork } else { Self::ThisComputer })
    }

    /// The origins of pages that come in by the first listener.
    pub fn local_origins(&self, address: SocketAddr) -> Vec<String> {
        let port = address.port();
        match self {
            Self::Certificate { url, .. } | Self::Proxy(url) => vec![url.clone()],
            Self::ThisComputer | Self::ShopNetwork => vec![
                format!("http://{address}"),
                format!("http://localhost:{port}"),
                format!("http://127.0.0.1:{port}"),
            ],
        }
    }
}

/// `https://shop.example` without anything behind it: cookies are refused by browsers over plain HTTP.
fn public_url(text: &str) -> Result<String, String> {
    let text = text.trim_end_matches('/');
    let uri: Option<Uri> = text.parse().ok();
    let right = uri.is_some_and(|uri| {
        uri.scheme_str() == Some("https")
            && uri.host().is_some_and(|host| !host.is_empty())
            && matches!(uri.path(), "" | "/")
            && uri.query().is_none()
    });
    if right {
        Ok(text.to_owned())
    } else {
        Err(format!("{text} is not an address like https://shop.example"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Cli, Command};
    use clap::Parser;

    fn door(arguments: &str) -> Result<Door, String> {
        let words = ["parure", "serve"].into_iter().chain(arguments.split_whitespace());
        let Command::Serve(serve) = Cli::try_parse_from(words).unwrap().command else { unreachable!() };
        Door::choose(&serve)
    }

    #[test]
    fn plain_http_stays_on_this_computer() {
        assert_eq!(door(""), Ok(Door::ThisComputer));
        assert_eq!(door("--addr [::1]:80"), Ok(Door::ThisComputer));
        assert_eq!(door("--lan"), Ok(Door::ShopNetwork));
        for address in ["0.0.0.0:3000", "192.168.1.20:3000", "[::]:3000"] {
            let said = door(&format!("--addr {address}")).unwrap_err();
            assert!(said.contains("is refused: use --lan, or --tls-cert, or --behind-proxy"), "{said}");
            assert!(door(&format!("--lan --addr {address}")).is_err());
            let behind = door(&format!("--behind-proxy --public-url https://shop.example --addr {address}"));
            assert_eq!(behind, Ok(Door::Proxy("https://shop.example".to_owned())));
        }
    }

    #[test]
    fn a_public_address_is_https_and_nothing_more() {
        assert_eq!(public_url("https://shop.example:8443/"), Ok("https://shop.example:8443".to_owned()));
        for wrong in
            ["http://shop.example", "shop.example", "https://shop.example/pos", "https://", "", "https://a?b"]
        {
            assert!(public_url(wrong).is_err(), "{wrong}");
        }
        let door = door("--tls-cert c.pem --tls-key k.pem --public-url https://shop.example").unwrap();
        assert_eq!(door.local_origins("0.0.0.0:443".parse().unwrap()), ["https://shop.example"]);
    }
}
