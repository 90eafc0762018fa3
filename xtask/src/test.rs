//! `cargo xtask test`: the Rust tests, then the browser tests, then the counts of both.

mod browser;
mod counts;
mod rust;

use crate::postgres::Cluster;
use crate::progress::Phases;
use crate::setup::{self, For};
use crate::shell::find_program;
use crate::workspace::Workspace;
use anyhow::{Result, ensure};
use clap::Subcommand;
use counts::Counts;
use std::path::PathBuf;

/// One runner alone.
#[derive(Debug, Subcommand)]
pub enum Only {
    /// Only the Rust tests.
    Rust {
        /// Run only the tests whose name contains this.
        filter: Option<String>,
    },
    /// Only the browser tests.
    Browser {
        /// Run only the tests whose title matches this.
        filter: Option<String>,
    },
}

/// Which tests to run.
#[derive(Debug)]
pub struct Choice {
    rust: bool,
    browser: bool,
    filter: Option<String>,
}

impl Choice {
    /// From the command line.
    pub fn new(only: Option<Only>, filter: Option<String>) -> Self {
        match only {
            None => Self { rust: true, browser: true, filter },
            Some(Only::Rust { filter }) => Self { rust: true, browser: false, filter },
            Some(Only::Browser { filter }) => Self { rust: false, browser: true, filter },
        }
    }
}

/// The Chromium that runs the browser tests; PARURE_CHROMIUM names another.
pub fn chromium() -> Option<PathBuf> {
    let chosen = std::env::var_os("PARURE_CHROMIUM").map(PathBuf::from);
    chosen.or_else(|| find_program(&["chromium", "chromium-browser", "google-chrome"]))
}

/// Runs the chosen tests; the last lines are the counts.
///
/// # Errors
/// When a test failed, none ran, or something needed does not work.
pub fn run(choice: &Choice) -> Result<()> {
    let workspace = Workspace::load()?;
    let mut phases = Phases::start();
    setup::prepare(&workspace, &mut phases, For::Tests)?;
    let postgres = phases.phase("PostgreSQL", Cluster::start)?;
    let mut results = Vec::new();
    if choice.rust {
        let counts = rust::run(&workspace, &mut phases, &postgres, choice.filter.as_deref())?;
        results.push(("rust", counts));
    }
    if choice.browser && browser::has_tests(&workspace, choice.filter.as_deref())? {
        let counts = browser::run(&workspace, &mut phases, &postgres, choice.filter.as_deref())?;
        results.push(("browser", counts));
    }
    drop(postgres);
    phases.print_times();
    conclude(&results)
}

fn conclude(results: &[(&str, Counts)]) -> Result<()> {
    println!();
    for (runner, counts) in results {
        println!("{runner}: {counts}");
    }
    let sum: Counts = results.iter().map(|(_, counts)| *counts).sum();
    println!("{sum}");
    ensure!(sum.failed == 0, "{} failed", if sum.failed == 1 { "a test" } else { "tests" });
    ensure!(sum.passed > 0, "no test ran");
    Ok(())
}
