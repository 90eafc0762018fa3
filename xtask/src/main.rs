//! The project's own commands. `cargo xtask --help` lists them.
//!
//! They run on Linux and macOS. Everything that a command needs beyond Rust and Node.js it
//! installs itself (`setup`), or it says in one sentence what is missing.

mod bench;
mod check;
mod layers;
mod postgres;
mod progress;
mod release;
mod run;
mod setup;
mod shell;
mod site;
mod test;
mod toolchain;
mod workspace;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Parure's own commands: set up, run, check, test and build the project.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Install what building needs: the wasm target and the npm packages.
    ///
    /// Safe to repeat: it looks at what is really there and does nothing when nothing is missing.
    Setup {
        /// Also what the tests need: Chromium, PostgreSQL, hledger and beancount.
        #[arg(long)]
        tests: bool,
    },
    /// Build everything for development and start the shop at http://127.0.0.1:3000.
    ///
    /// What follows `--` goes to `parure serve`: `cargo xtask run -- --empty` starts without the
    /// demo store, `-- --lan` serves tablets over HTTPS, `-- --addr 127.0.0.1:4000` takes another port.
    /// Data lies in ./data unless PARURE_DATA says otherwise.
    Run {
        /// Arguments for `parure serve`.
        #[arg(last = true)]
        args: Vec<String>,
    },
    /// Format, layers and lints: everything that needs no test run.
    Check,
    /// Run the tests: Rust on SQLite and a throw-away PostgreSQL, then the browser tests.
    #[command(args_conflicts_with_subcommands = true)]
    Test {
        #[command(subcommand)]
        only: Option<test::Only>,
        /// Run only the tests whose name contains this.
        filter: Option<String>,
    },
    /// Measure whole sales over HTTP on a release build, and what customers owe, beside what the database alone can do.
    ///
    /// Ends with an error when a requirement is not met. Nothing else should work on the machine meanwhile.
    Bench {
        /// On a throw-away PostgreSQL, in place of SQLite.
        #[arg(long)]
        postgres: bool,
        /// Only one part of it: `sales` or `owed`.
        #[arg(long)]
        only: Option<String>,
    },
    /// Build the browser part and the server, for development or as the one file a store installs.
    Build {
        /// Optimized, with the browser part compressed and embedded in the binary.
        #[arg(long)]
        release: bool,
    },
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().task {
        Task::Setup { tests } => setup::run(if tests { setup::For::Tests } else { setup::For::Building }),
        Task::Run { args } => run::run(&args),
        Task::Check => check::run(),
        Task::Test { only, filter } => test::run(&test::Choice::new(only, filter)),
        Task::Bench { postgres, only } => bench::run(postgres, only.as_deref()),
        Task::Build { release: false } => run::build().map(drop),
        Task::Build { release: true } => release::build(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}
