//! `cargo xtask build --release`: the one file that a store installs.

use crate::progress::Phases;
use crate::setup::{self, For};
use crate::shell;
use crate::site::{self, Mode};
use crate::workspace::{Workspace, cargo};
use anyhow::Result;

/// How the server with the site inside is built. It finds the site through PARURE_SITE while it compiles.
const SERVER: [&str; 6] = ["build", "--release", "--package", "server", "--features", "embed-assets"];

/// Builds it and says where it lies.
///
/// # Errors
/// When a step fails.
pub fn build() -> Result<()> {
    let workspace = Workspace::load()?;
    let mut phases = Phases::start();
    setup::prepare(&workspace, &mut phases, For::Building)?;
    let site = site::build(&workspace, &mut phases, Mode::Release)?;
    phases.phase("compress", || {
        let script = workspace.root.join("xtask/compress.mjs");
        shell::run(&mut shell::command("node", [script.as_os_str(), site.as_os_str()]))
    })?;
    phases.phase("server build", || {
        shell::run(shell::command(cargo(), SERVER).env("PARURE_SITE", &site).current_dir(&workspace.root))
    })?;
    phases.print_times();
    eprintln!("\n{}", workspace.parure("release").display());
    Ok(())
}
