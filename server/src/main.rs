//! The binary a store installs: `parure serve`, and commands over the same data.

mod assets;
mod commands;
mod config;
mod downloads;
mod events;
mod imports;
mod layers;
mod ledger_file;
mod logging;
mod papers;
mod pdfs;
mod photos;
mod rate_limit;
mod router;
mod routes;
mod serve;
mod tls;
mod uploads;

use clap::Parser;
use config::Cli;
use mimalloc::MiMalloc;
use std::process::ExitCode;

/// Gives memory back. The system's allocator keeps the 20 MB of every password check, once per thread. It asks for no
/// huge pages (`no_thp`): a part of one is not given back.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match logging::start(&cli.log) {
        Ok(()) => commands::run(cli).await,
        Err(sentence) => Err(sentence),
    };
    match outcome {
        Ok(code) => code,
        Err(sentence) => {
            eprintln!("parure: {sentence}");
            ExitCode::FAILURE
        }
    }
}
