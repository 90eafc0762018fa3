//! The npm packages of the top `package.json`: bundling, optimizing, browser tests.

use crate::shell::{self, find_program};
use crate::workspace::{Workspace, read_text};
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::path::Path;

/// Runs `npm ci` when a package is missing or has another version than the lock file says.
///
/// # Errors
/// When Node.js is missing or npm fails.
pub fn install(workspace: &Workspace) -> Result<()> {
    let lock = workspace.root.join("package-lock.json");
    let lock: Value = serde_json::from_str(&read_text(&lock)?).context("package-lock.json")?;
    if all_installed(&lock, &workspace.root) {
        return Ok(());
    }
    ensure!(find_program(&["npm"]).is_some(), "npm is missing: install Node.js 20 or newer");
    let mut command = shell::command("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    command.current_dir(&workspace.root).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    shell::run(&mut command)
}

/// Compares versions; packages for other systems are optional and may be missing.
fn all_installed(lock: &Value, root: &Path) -> bool {
    let Some(packages) = lock.get("packages").and_then(Value::as_object) else { return false };
    packages.iter().filter(|(place, _)| !place.is_empty()).all(|(place, package)| {
        let installed = std::fs::read_to_string(root.join(place).join("package.json")).ok();
        let installed = installed.and_then(|text| serde_json::from_str::<Value>(&text).ok());
        match installed {
            Some(installed) => installed.get("version") == package.get("version"),
            None => package.get("optional").and_then(Value::as_bool).unwrap_or(false),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_missing_package_is_noticed_unless_optional() {
        let nowhere = Path::new("/nonexistent");
        let lock = json!({"packages": {"": {}, "node_modules/a": {"version": "1.0.0"}}});
        assert!(!all_installed(&lock, nowhere));
        let lock = json!({"packages": {"": {}, "node_modules/a": {"version": "1.0.0", "optional": true}}});
        assert!(all_installed(&lock, nowhere));
    }
}
