//! `cargo xtask build --release`: the one file that a store installs.

use crate::progress::Phases;
use crate::setup::{self, For};
use crate::shell;
use crate::site::{self, Mode};
use crate::workspace::{Workspace, cargo};
use anyhow::{Context, Result};
use std::path::Path;

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
    let parure = workspace.parure("release");
    eprintln!();
    for (what, path) in [
        ("parure, with everything inside", parure.clone()),
        ("wasm", site.join("pkg/parure_bg.wasm")),
        ("wasm as a browser loads it", site.join("pkg/parure_bg.wasm.br")),
        ("JavaScript as a browser loads it", site.join("pkg/parure.js.br")),
        ("styles as a browser loads them", site.join("pkg/parure.css.br")),
    ] {
        eprintln!("{:>9}  {what}", kilobytes(&path)?);
    }
    eprintln!("\n{}", parure.display());
    Ok(())
}

fn kilobytes(path: &Path) -> Result<String> {
    let file = path.metadata().with_context(|| format!("cannot look at {}", path.display()))?;
    Ok(format!("{} kB", file.len().div_ceil(1000)))
}
