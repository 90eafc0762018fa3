//! Installs what building and testing need. Each step looks at what is really there, so repeating is free.

pub mod debian;
mod npm;
mod wasm;

use crate::progress::Phases;
use crate::shell::find_program;
use crate::workspace::Workspace;
use crate::{postgres, test};
use anyhow::Result;

/// What the machine is set up for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// `run` and `build`.
    Building,
    /// `check`: linting too.
    Checking,
    /// `test`: Chromium, its certificate tool, PostgreSQL and the accounting programs that read our exports.
    Tests,
}

/// The command `cargo xtask setup`.
///
/// # Errors
/// When something is missing and cannot be installed; the sentence says what to do.
pub fn run(purpose: For) -> Result<()> {
    let workspace = Workspace::load()?;
    prepare(&workspace, &mut Phases::start(), purpose)?;
    eprintln!("\nEverything that is needed is installed.");
    Ok(())
}

/// The same as a phase of another command.
///
/// # Errors
/// See [`run`].
pub fn prepare(workspace: &Workspace, phases: &mut Phases, purpose: For) -> Result<()> {
    phases.phase("setup", || {
        wasm::try_rustup();
        debian::install(&missing_packages(purpose))?;
        // Which linker is needed is known only once there are package lists, which the first call fetched.
        debian::install(&missing_packages(purpose))?;
        wasm::build_std_for_debian()?;
        npm::install(workspace)
    })
}

/// One list, so that whoever may not install packages needs one line.
fn missing_packages(purpose: For) -> Vec<String> {
    let mut packages = wasm::debian_packages(purpose);
    if purpose == For::Tests {
        packages.extend(test_packages());
    }
    packages
}

/// The Debian packages of those test programs that are not installed in any other way.
fn test_packages() -> Vec<String> {
    let programs = [
        (test::chromium().is_some(), "chromium"),
        (postgres::programs().is_some(), "postgresql"),
        (find_program(&["hledger"]).is_some(), "hledger"),
        (find_program(&["bean-check"]).is_some(), "beancount"),
        // Tells Chromium to trust the authority of the store's network.
        (find_program(&["certutil"]).is_some(), "libnss3-tools"),
    ];
    programs.into_iter().filter(|(installed, _)| !installed).map(|(_, package)| package.to_owned()).collect()
}
