//! The binary a store installs.

use app::{App, shell};
use axum::Router;
use clap::{Parser, Subcommand};
use leptos::config::{Env, LeptosOptions};
use leptos_axum::{LeptosRoutes, generate_route_list};
use std::net::SocketAddr;
use std::path::PathBuf;

#[derive(Debug, Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve {
        #[arg(long, default_value = "127.0.0.1:3000")]
        addr: SocketAddr,
        /// Where the built browser part lies.
        #[arg(long, env = "PARURE_SITE", default_value = "target/site")]
        site: PathBuf,
    },
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let Command::Serve { addr, site } = Cli::parse().command;
    let options = LeptosOptions::builder()
        .output_name("parure")
        .site_root(site.to_string_lossy().into_owned())
        .site_pkg_dir("pkg")
        .env(Env::PROD)
        .site_addr(addr)
        .build();
    let routes = generate_route_list(App);
    let router = Router::new()
        .leptos_routes(&options, routes, {
            let options = options.clone();
            move || shell(options.clone())
        })
        .nest_service("/pkg", tower_http::services::ServeDir::new(site.join("pkg")))
        .with_state(options);
    let listener = tokio::net::TcpListener::bind(addr).await?;
    axum::serve(listener, router).await
}
