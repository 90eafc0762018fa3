//! `cargo xtask check`: what can be judged without running a test. It goes on after a failure, to show all of them.

use crate::layers;
use crate::progress::Phases;
use crate::setup::{self, For};
use crate::shell;
use crate::toolchain::{Toolchain, WASM};
use crate::workspace::{Workspace, cargo};
use anyhow::{Result, bail};
use std::process::Command;

/// Cheap phases first.
///
/// # Errors
/// When a phase failed; they are named.
pub fn run() -> Result<()> {
    let workspace = Workspace::load()?;
    let mut phases = Phases::start();
    let mut failed = Vec::new();
    setup::prepare(&workspace, &mut phases, For::Checking)?;
    let mut phase = |name: &'static str, work: &dyn Fn() -> Result<()>| {
        if let Err(error) = phases.phase(name, work) {
            eprintln!("{error:#}");
            failed.push(name);
        }
    };
    let run = |mut command: Command| shell::run(command.current_dir(&workspace.root));
    phase("fmt", &|| run(shell::command(cargo(), ["fmt", "--all", "--check"])));
    phase("layers", &|| layers::check(&workspace));
    phase("clippy host", &|| run(shell::command(cargo(), HOST_LINTS)));
    phase("clippy wasm", &|| run(wasm_lints()?));
    phases.print_times();
    if failed.is_empty() { Ok(()) } else { bail!("failed: {}", failed.join(", ")) }
}

/// Everything but the browser's part, with the program that only `bench` builds.
const HOST_LINTS: [&str; 10] = [
    "clippy",
    "--workspace",
    "--exclude",
    "frontend",
    "--all-targets",
    "--features",
    "trials/bench",
    "--",
    "-D",
    "warnings",
];

/// The frontend, and with it our crates it is made of, as the browser gets them. In the profile of the
/// development build, so that cargo compiles procedural macros and build scripts once for both.
fn wasm_lints() -> Result<Command> {
    let toolchain = Toolchain::for_wasm()?;
    if !toolchain.has_clippy() {
        bail!(
            "clippy is missing for the browser part: `rustup component add clippy`, or Debian's rust-web-clippy"
        );
    }
    let args = ["--package", "frontend", "--target", WASM, "--profile", "wasm-dev", "--", "-D", "warnings"];
    Ok(toolchain.clippy(&args))
}
