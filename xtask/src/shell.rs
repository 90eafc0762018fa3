//! Running other programs, with errors that name the program.

use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A program with its arguments; standard input is closed, so nothing can wait for an answer.
pub fn command<I, S>(program: impl AsRef<OsStr>, args: I) -> Command
where
    I: IntoIterator<Item = S>,
    S: AsRef<OsStr>,
{
    let mut command = Command::new(program);
    command.args(args).stdin(Stdio::null());
    // Cargo tells us about our own package, and a cargo we run would pass that on to build scripts. Some ask to
    // run again when it changes (`ring` does), so `cargo build` and `cargo xtask build` would undo each other.
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| OF_OUR_PACKAGE.iter().any(|start| name.starts_with(start))) {
            command.env_remove(name);
        }
    }
    command
}

/// What cargo tells a program about the package it belongs to.
const OF_OUR_PACKAGE: [&str; 2] = ["CARGO_PKG_", "CARGO_MANIFEST_"];

/// Runs a program whose output the user sees.
///
/// # Errors
/// When it cannot be started or ends with an error.
pub fn run(command: &mut Command) -> Result<()> {
    if run_allowing_failure(command)? { Ok(()) } else { bail!("{} failed", describe(command)) }
}

/// Runs a program whose output the user sees, and tells whether it ended well.
///
/// # Errors
/// When it cannot be started.
pub fn run_allowing_failure(command: &mut Command) -> Result<bool> {
    let status = command.status().with_context(|| format!("cannot start {}", describe(command)))?;
    Ok(status.success())
}

/// Runs a program silently and returns what it printed.
///
/// # Errors
/// When it cannot be started or ends with an error; the error holds what it said.
pub fn read(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("cannot start {}", describe(command)))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("{} failed:\n{}", describe(command), said.trim_end());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program can be started and ends well; its output goes nowhere.
pub fn succeeds(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Like [`succeeds`], but gives up after `limit`.
pub fn succeeds_within(command: &mut Command, limit: Duration) -> bool {
    let Ok(mut child) = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn() else { return false };
    let deadline = Instant::now() + limit;
    while Instant::now() < deadline {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) => std::thread::sleep(Duration::from_millis(100)),
            Err(_) => break,
        }
    }
    // Whether it could be ended or not, it did not succeed in time.
    drop(child.kill());
    drop(child.wait());
    false
}

/// Where a runner prints the lines that we read as well as show.
#[derive(Debug, Clone, Copy)]
pub enum Stream {
    Out,
    Err,
}

/// Runs a program and returns the lines of one stream, with whether it ended well. The user sees those that
/// are `worth_showing`, as they come.
///
/// # Errors
/// When it cannot be started, or its output is not text.
pub fn run_and_read(
    command: &mut Command,
    stream: Stream,
    worth_showing: fn(&str) -> bool,
) -> Result<(bool, Vec<String>)> {
    match stream {
        Stream::Out => command.stdout(Stdio::piped()),
        Stream::Err => command.stderr(Stdio::piped()),
    };
    let mut child = command.spawn().with_context(|| format!("cannot start {}", describe(command)))?;
    let piped: Box<dyn std::io::Read> = match (stream, child.stdout.take(), child.stderr.take()) {
        (Stream::Out, Some(out), _) => Box::new(out),
        (Stream::Err, _, Some(err)) => Box::new(err),
        _ => bail!("{} gave no output to read", describe(command)),
    };
    let mut lines = Vec::new();
    for line in BufReader::new(piped).lines() {
        let line = line.with_context(|| format!("cannot read what {} prints", describe(command)))?;
        if worth_showing(&line) {
            println!("{line}");
        }
        lines.push(line);
    }
    let status = child.wait().with_context(|| format!("cannot wait for {}", describe(command)))?;
    Ok((status.success(), lines))
}

/// The first of these programs that PATH knows.
pub fn find_program(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    names
        .iter()
        .flat_map(|name| std::env::split_paths(&path).map(move |folder| folder.join(name)))
        .find(|candidate| is_program(candidate))
}

fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

/// The command as a person would type it, for messages.
pub fn describe(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_cargo_does_not_hear_of_our_package() {
        // The test runner is told about this package as `cargo xtask` is.
        assert!(std::env::var_os("CARGO_PKG_NAME").is_some());
        let heard = read(&mut command("env", [] as [&str; 0])).unwrap();
        assert!(!heard.contains("CARGO_PKG_") && !heard.contains("CARGO_MANIFEST_"), "{heard}");
        assert!(heard.contains("PATH="));
    }
}
