//! The Rust tests: cargo-nextest where it is installed, else `cargo test`.

use super::counts::{self, Counts};
use crate::postgres::Cluster;
use crate::progress::Phases;
use crate::shell::{self, Stream};
use crate::workspace::{Workspace, cargo};
use anyhow::{Result, bail, ensure};
use std::process::Command;

/// Selections that are built apart. `frontend` is for browsers only; `xtask` would change the features of
/// what it shares with the server, and cargo would compile most of the server a second time.
const SELECTIONS: [&[&str]; 2] =
    [&["--workspace", "--exclude", "frontend", "--exclude", "xtask"], &["--package", "xtask"]];

/// Builds and runs them.
///
/// # Errors
/// When they cannot be built or the runner's counts cannot be read; a failed test is no error here.
pub fn run(
    workspace: &Workspace,
    phases: &mut Phases,
    postgres: &Cluster,
    filter: Option<&str>,
) -> Result<Counts> {
    let nextest = shell::succeeds(&mut shell::command(cargo(), ["nextest", "--version"]));
    let runner = Runner { workspace, postgres, filter };
    phases.phase("rust tests: build", || {
        for selection in SELECTIONS {
            shell::run(&mut runner.cargo(&["test", "--no-run", "--tests"], selection))?;
        }
        Ok(())
    })?;
    phases.phase("rust tests", || {
        let mut results = Vec::new();
        for selection in SELECTIONS {
            results.push(if nextest { runner.nextest(selection)? } else { runner.cargo_test(selection)? });
        }
        if let Some(first) = SELECTIONS.first() {
            results.push(runner.doctests(first)?);
        }
        Ok(results.into_iter().sum())
    })
}

struct Runner<'a> {
    workspace: &'a Workspace,
    postgres: &'a Cluster,
    filter: Option<&'a str>,
}

impl Runner<'_> {
    fn cargo(&self, args: &[&str], selection: &[&str]) -> Command {
        let mut command = shell::command(cargo(), args);
        command.args(selection).current_dir(&self.workspace.root);
        command.env("PARURE_TEST_POSTGRES", &self.postgres.url);
        command
    }

    fn nextest(&self, selection: &[&str]) -> Result<Counts> {
        let args = ["nextest", "run", "--tests", "--cargo-quiet", "--no-fail-fast", "--no-tests=pass"];
        let mut command = self.cargo(&args, selection);
        command.args(["--status-level=fail", "--final-status-level=fail"]).args(self.filter);
        let (ended_well, lines) = shell::run_and_read(&mut command, Stream::Err, |_| true)?;
        let Some(counts) = lines.iter().rev().find_map(|line| counts::nextest(line)) else {
            bail!("cannot read the counts of {}", shell::describe(&command));
        };
        ensure!(ended_well || counts.failed > 0, "{} failed", shell::describe(&command));
        Ok(counts)
    }

    fn cargo_test(&self, selection: &[&str]) -> Result<Counts> {
        let mut command = self.cargo(&["test", "--tests", "--no-fail-fast", "--quiet"], selection);
        command.args(self.filter);
        read_libtest(command)
    }

    fn doctests(&self, selection: &[&str]) -> Result<Counts> {
        let mut command = self.cargo(&["test", "--doc", "--no-fail-fast", "--quiet"], selection);
        command.args(self.filter);
        read_libtest(command)
    }
}

fn read_libtest(mut command: Command) -> Result<Counts> {
    // Most crates have no documentation examples; that is not news.
    let worth_showing = |line: &str| {
        !line.is_empty() && line != "running 0 tests" && counts::libtest(line) != Some(Counts::default())
    };
    let (ended_well, lines) = shell::run_and_read(&mut command, Stream::Out, worth_showing)?;
    let counts: Counts = lines.iter().filter_map(|line| counts::libtest(line)).sum();
    ensure!(ended_well || counts.failed > 0, "{} failed", shell::describe(&command));
    Ok(counts)
}
