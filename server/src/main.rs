//! The binary a store installs: `parure serve`, and commands over the same data.

mod commands;
mod config;
mod layers;
mod rate_limit;
mod router;

use clap::Parser;
use config::Cli;
use mimalloc::MiMalloc;
use std::process::ExitCode;

/// Gives memory back. The system's allocator keeps the 20 MB of every password check, once per thread.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("PARURE_LOG")
                .unwrap_or_else(|_| "warn,server=info".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    match commands::run(Cli::parse()).await {
        Ok(code) => code,
        Err(sentence) => {
            eprintln!("parure: {sentence}");
            ExitCode::FAILURE
        }
    }
}
