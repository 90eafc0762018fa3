//! `cargo xtask run` and `cargo xtask build`: the site and the server for development.

use crate::progress::Phases;
use crate::setup::{self, For};
use crate::shell;
use crate::site::{self, Mode};
use crate::workspace::{Workspace, cargo};
use anyhow::{Context, Result};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// What a development build made.
#[derive(Debug)]
pub struct Built {
    /// The server.
    pub parure: PathBuf,
    /// The folder it hands to browsers.
    pub site: PathBuf,
}

/// Sets up and builds everything for development.
///
/// # Errors
/// When a step fails.
pub fn build() -> Result<Built> {
    let workspace = Workspace::load()?;
    let mut phases = Phases::start();
    setup::prepare(&workspace, &mut phases, For::Building)?;
    let built = build_dev(&workspace, &mut phases)?;
    phases.print_times();
    Ok(built)
}

/// The builds alone, as phases of another command.
///
/// # Errors
/// When a step fails.
pub fn build_dev(workspace: &Workspace, phases: &mut Phases) -> Result<Built> {
    let site = site::build(workspace, phases, Mode::Dev)?;
    phases.phase("server build", || {
        // Cargo's default members, not `--package server`: with the same selection as the tests, cargo
        // gives shared dependencies the same features and compiles them once.
        shell::run(shell::command(cargo(), ["build", "--bin", "parure"]).current_dir(&workspace.root))
    })?;
    Ok(Built { parure: workspace.parure("debug"), site })
}

/// Builds and then becomes the server.
///
/// # Errors
/// When a step fails or the server cannot be started.
pub fn run(args: &[String]) -> Result<()> {
    let Built { parure, site } = build()?;
    // A newcomer sees a store with something in it; `--empty` says no.
    let mut command = shell::command(&parure, ["serve", "--demo"]);
    command.args(args).env("PARURE_SITE", site).stdin(Stdio::inherit());
    if std::env::var_os("PARURE_DATA").is_none() {
        command.env("PARURE_DATA", Path::new("data"));
    }
    eprintln!("\n==> {}", shell::describe(&command));
    Err(command.exec()).with_context(|| format!("cannot start {}", parure.display()))
}
