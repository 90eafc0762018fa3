//! Where things lie: the checkout, cargo's target folder, the built site.

use crate::shell;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The checkout and cargo's view of it.
#[derive(Debug)]
pub struct Workspace {
    /// The folder with the top `Cargo.toml`.
    pub root: PathBuf,
    /// Where cargo puts what it builds; `CARGO_TARGET_DIR` may move it.
    pub target: PathBuf,
    /// `cargo metadata` of our own crates, without their dependencies' details.
    pub metadata: Value,
}

impl Workspace {
    /// Asks cargo. Takes a tenth of a second.
    ///
    /// # Errors
    /// When cargo cannot read the workspace.
    pub fn load() -> Result<Self> {
        let mut command = shell::command(cargo(), ["metadata", "--format-version", "1", "--no-deps"]);
        let metadata: Value = serde_json::from_str(&shell::read(&mut command)?)?;
        let folder = |key: &str| {
            let path = metadata.get(key).and_then(Value::as_str);
            path.map(PathBuf::from).with_context(|| format!("cargo metadata names no {key}"))
        };
        Ok(Self { root: folder("workspace_root")?, target: folder("target_directory")?, metadata })
    }

    /// The `parure` binary of a profile's folder (`debug` or `release`).
    pub fn parure(&self, profile: &str) -> PathBuf {
        self.target.join(profile).join("parure")
    }

    /// A program that npm installed for us.
    ///
    /// # Errors
    /// When it is not there.
    pub fn npm_program(&self, name: &str) -> Result<PathBuf> {
        let path = self.root.join("node_modules/.bin").join(name);
        ensure!(path.exists(), "{name} is not installed: run `cargo xtask setup`");
        Ok(path)
    }
}

/// The cargo that runs us.
pub fn cargo() -> PathBuf {
    std::env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from)
}

/// A text file, with its name in the error.
///
/// # Errors
/// When it cannot be read.
pub fn read_text(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}
