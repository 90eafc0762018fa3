//! The browser tests: Playwright drives Chromium against the real server.

use super::chromium;
use super::counts::{self, Counts};
use crate::postgres::Cluster;
use crate::progress::Phases;
use crate::run::{self, Built};
use crate::shell;
use crate::workspace::{Workspace, read_text};
use anyhow::{Context, Result, ensure};
use std::process::Command;

/// Whether any browser test has such a title; asking takes a second, building takes minutes.
///
/// # Errors
/// When Playwright cannot be started.
pub fn has_tests(workspace: &Workspace, filter: Option<&str>) -> Result<bool> {
    match filter {
        None => Ok(true),
        Some(_) => Ok(shell::succeeds(playwright(workspace, filter)?.arg("--list"))),
    }
}

/// Builds the site and the server, then runs the tests.
///
/// # Errors
/// When something cannot be built or the report cannot be read; a failed test is no error here.
pub fn run(
    workspace: &Workspace,
    phases: &mut Phases,
    postgres: &Cluster,
    filter: Option<&str>,
) -> Result<Counts> {
    let Built { parure, site } = run::build_dev(workspace, phases)?;
    let chromium = chromium().context("Chromium is not installed: run `cargo xtask setup --tests`")?;
    phases.phase("browser tests", || {
        let report = workspace.root.join("end2end/results/report.json");
        // An old report must not be counted when Playwright breaks before it writes one.
        if report.exists() {
            std::fs::remove_file(&report).with_context(|| format!("cannot remove {}", report.display()))?;
        }
        let mut command = playwright(workspace, filter)?;
        command.env("PARURE_BIN", parure).env("PARURE_SITE", site).env("PARURE_CHROMIUM", chromium);
        command.env("PARURE_TEST_POSTGRES", &postgres.url);
        let ended_well = shell::run_allowing_failure(&mut command)?;
        let json = serde_json::from_str(&read_text(&report)?)?;
        let counts = counts::playwright(&json).context("Playwright's report has no counts")?;
        ensure!(ended_well || counts.failed > 0, "{} failed", shell::describe(&command));
        Ok(counts)
    })
}

fn playwright(workspace: &Workspace, filter: Option<&str>) -> Result<Command> {
    let mut command = shell::command(workspace.npm_program("playwright")?, ["test", "--config", "end2end"]);
    command.current_dir(&workspace.root).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    if let Some(filter) = filter {
        command.args(["--grep", filter]);
    }
    Ok(command)
}
