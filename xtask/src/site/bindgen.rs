//! From compiled wasm to the JavaScript and wasm that a page loads.

use super::Mode;
use crate::shell;
use crate::workspace::{Workspace, read_text};
use anyhow::{Context, Result, ensure};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use wasm_bindgen_cli_support::Bindgen;

/// Writes `pkg/parure.js` and `pkg/parure_bg.wasm`, unless they were made from this very wasm.
///
/// # Errors
/// When the wasm cannot be processed.
pub fn generate(workspace: &Workspace, mode: Mode, wasm: &Path, site: &Path) -> Result<()> {
    let pkg = site.join("pkg");
    let stamp_file = site.with_extension("stamp");
    let stamp = stamp(wasm)?;
    if pkg.join("parure_bg.wasm").exists()
        && std::fs::read_to_string(&stamp_file).is_ok_and(|old| old == stamp)
    {
        return Ok(());
    }
    // Made beside the site and moved in at the end: a broken attempt leaves no half a file.
    let fresh = site.with_extension("new");
    remove(&fresh)?;
    Bindgen::new()
        .input_path(wasm)
        .out_name("parure")
        .web(true)?
        .typescript(false)
        .keep_debug(false)
        .remove_name_section(mode == Mode::Release)
        .generate(&fresh)
        .context("wasm-bindgen")?;
    if mode == Mode::Release {
        optimize(workspace, &fresh.join("parure_bg.wasm"))?;
    }
    remove(&pkg)?;
    std::fs::create_dir_all(site).with_context(|| format!("cannot create {}", site.display()))?;
    std::fs::rename(&fresh, &pkg).with_context(|| format!("cannot create {}", pkg.display()))?;
    std::fs::write(&stamp_file, stamp).with_context(|| format!("cannot write {}", stamp_file.display()))
}

/// What rustc emits for browsers by default; our stripped wasm no longer says so itself.
/// `--all-features` would emit what browsers refuse.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Makes the wasm smaller in place.
fn optimize(workspace: &Workspace, wasm: &Path) -> Result<()> {
    eprintln!("wasm-opt -Oz");
    let mut command = shell::command(workspace.npm_program("wasm-opt")?, WASM_FEATURES);
    shell::run(command.arg("-Oz").arg(wasm).arg("--output").arg(wasm)).context("making the wasm smaller")
}

/// Tells this wasm, processed by this very program, from any other.
fn stamp(wasm: &Path) -> Result<String> {
    let bytes = std::fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    std::env::current_exe()?.metadata()?.modified()?.hash(&mut hasher);
    Ok(format!("{:016x}\n", hasher.finish()))
}

fn remove(folder: &Path) -> Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}

/// The compiled code and the program that processes it speak a private format: both must be of one version.
///
/// # Errors
/// When `Cargo.lock` holds two versions.
pub fn check_versions(workspace: &Workspace) -> Result<()> {
    compare_versions(&read_text(&workspace.root.join("Cargo.lock"))?)
}

fn compare_versions(lock: &str) -> Result<()> {
    let library = locked_version(lock, "wasm-bindgen")?;
    let tool = locked_version(lock, "wasm-bindgen-cli-support")?;
    ensure!(
        library == tool,
        "Cargo.lock has wasm-bindgen {library} but wasm-bindgen-cli-support {tool}: write the same version in \
         Cargo.toml (wasm-bindgen) and xtask/Cargo.toml (wasm-bindgen-cli-support)"
    );
    Ok(())
}

fn locked_version<'a>(lock: &'a str, package: &str) -> Result<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    let version = lines.nth(1).and_then(|line| line.strip_prefix("version = \""));
    version
        .and_then(|version| version.strip_suffix('"'))
        .with_context(|| format!("Cargo.lock has no {package}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock(library: &str, tool: &str) -> String {
        let package = |name, version| format!("[[package]]\nname = \"{name}\"\nversion = \"{version}\"\n\n");
        package("wasm-bindgen", library) + &package("wasm-bindgen-cli-support", tool)
    }

    #[test]
    fn one_version_passes() {
        assert!(compare_versions(&lock("0.2.130", "0.2.130")).is_ok());
    }

    #[test]
    fn two_versions_are_named() {
        let said = compare_versions(&lock("0.2.131", "0.2.130")).unwrap_err().to_string();
        assert!(said.contains("wasm-bindgen 0.2.131 but wasm-bindgen-cli-support 0.2.130"), "{said}");
    }
}
