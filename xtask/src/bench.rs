//! `cargo xtask bench`: the release build under load, beside the databases without us.

use crate::postgres::Cluster;
use crate::progress::Phases;
use crate::setup::{self, For};
use crate::shell;
use crate::workspace::{Workspace, cargo};
use anyhow::{Context, Result};

/// The server as a store runs it, and the load, in one build so that cargo compiles what they share once.
const BUILD: [&str; 8] =
    ["build", "--release", "--package", "server", "--package", "trials", "--features", "trials/bench"];

/// Builds both and measures; the bench itself knows its parts.
///
/// # Errors
/// When a step fails or a requirement is not met.
pub fn run(postgres: bool, only: Option<&str>) -> Result<()> {
    let workspace = Workspace::load()?;
    let mut phases = Phases::start();
    if postgres {
        setup::prepare(&workspace, &mut phases, For::Tests)?;
    }
    phases
        .phase("release build", || shell::run(shell::command(cargo(), BUILD).current_dir(&workspace.root)))?;
    let cluster = if postgres { Some(phases.phase("PostgreSQL", Cluster::start)?) } else { None };
    // Beside the build and not in a temporary folder: that may be memory, which waits for nothing.
    let data = workspace.target.join("bench");
    if data.exists() {
        std::fs::remove_dir_all(&data).with_context(|| format!("cannot empty {}", data.display()))?;
    }
    phases.phase("bench", || {
        let mut command = shell::command::<_, &str>(workspace.target.join("release/bench"), []);
        command.arg("--parure").arg(workspace.parure("release")).arg("--data").arg(&data);
        if let Some(cluster) = &cluster {
            command.arg("--postgres").arg(&cluster.socket_url);
        }
        if let Some(only) = only {
            command.arg("--only").arg(only);
        }
        shell::run(&mut command)
    })
}
