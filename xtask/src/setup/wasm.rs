//! A Rust standard library for the browser. See [`crate::toolchain`] for the two ways.

use super::For;
use super::debian::{self, Admin};
use crate::shell::{self, find_program};
use crate::toolchain::{Toolchain, WASM};
use anyhow::{Context, Result, bail, ensure};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Without a network rustup usually says so at once, but behind some firewalls it hangs.
const RUSTUP_LIMIT: Duration = Duration::from_secs(60);

/// Where Debian's Rust looks for libraries of the browser target.
const DEBIAN_LIBRARIES: &str = "/usr/lib/rustlib/wasm32-unknown-unknown/lib";

/// The normal way. That it may fail is expected; the Debian way follows.
pub fn try_rustup() {
    if Toolchain::installed_for_wasm().is_some() || find_program(&["rustup"]).is_none() {
        return;
    }
    eprintln!("rustup target add {WASM}");
    let mut command = shell::command("rustup", ["target", "add", WASM]);
    if !shell::succeeds_within(&mut command, RUSTUP_LIMIT) {
        eprintln!("rustup could not fetch it; using Debian's Rust for the browser part");
    }
}

/// What Debian's way needs and this machine lacks.
pub fn debian_packages(purpose: For) -> Vec<String> {
    if Toolchain::Active.compiles_wasm() {
        return Vec::new();
    }
    let mut wanted = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm"].map(str::to_owned).to_vec();
    wanted.extend(debian_linker());
    if purpose == For::Checking {
        wanted.push("rust-web-clippy".to_owned());
    }
    wanted.retain(|package| !debian::is_installed(package));
    wanted
}

/// Debian's Rust calls the linker of its LLVM but does not depend on it: `lld-22` beside `llvm-22`.
fn debian_linker() -> Option<String> {
    let depends = shell::read(&mut shell::command("apt-cache", ["depends", "rust-web-llvm"])).ok()?;
    let version = depends.split_whitespace().find_map(|word| word.strip_prefix("llvm-"))?;
    Some(format!("lld-{version}"))
}

/// Builds the standard library for the browser once and puts it where Debian's Rust looks for it.
///
/// # Errors
/// When building or copying fails; without the right to copy, the sentence holds the lines that would.
pub fn build_std_for_debian() -> Result<()> {
    if Toolchain::installed_for_wasm().is_some() {
        return Ok(());
    }
    eprintln!("building the standard library for {WASM} with Debian's Rust, once");
    let folder = std::env::temp_dir().join(format!("parure-std-{}", std::process::id()));
    let built = build_std(&folder).and_then(|libraries| copy(&libraries));
    // Left for an administrator to copy from.
    if built.is_ok() || Admin::find().is_some() {
        std::fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    built?;
    ensure!(Toolchain::Debian.compiles_wasm(), "Debian's Rust still cannot compile for {WASM}");
    Ok(())
}

/// Builds an empty crate together with its standard library; returns the libraries.
fn build_std(folder: &Path) -> Result<Vec<PathBuf>> {
    std::fs::create_dir_all(folder.join("src"))?;
    std::fs::write(folder.join("src/lib.rs"), "")?;
    std::fs::write(folder.join("Cargo.toml"), "[package]\nname = \"nothing\"\nedition = \"2024\"\n")?;
    let args = ["build", "-Z", "build-std=std,panic_abort", "--target", WASM, "--release"];
    let mut command = Toolchain::Debian.cargo(&args);
    // Debian's Rust is a stable one: the variable lets it use the one unstable flag this needs.
    command.env("RUSTC_BOOTSTRAP", "1").env("CARGO_TARGET_DIR", folder.join("target")).current_dir(folder);
    shell::run(&mut command)?;
    let built = folder.join("target").join(WASM).join("release/deps");
    let mut libraries = Vec::new();
    for entry in std::fs::read_dir(&built).with_context(|| format!("cannot list {}", built.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with("lib") && name.ends_with(".rlib") && !name.starts_with("libnothing") {
            libraries.push(path);
        }
    }
    Ok(libraries)
}

/// Replaces what an older version of Debian's Rust may have left.
fn copy(libraries: &[PathBuf]) -> Result<()> {
    let files =
        libraries.iter().map(|path| path.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ");
    let lines =
        format!("rm -rf {DEBIAN_LIBRARIES} && mkdir -p {DEBIAN_LIBRARIES} && cp {files} {DEBIAN_LIBRARIES}/");
    match Admin::find() {
        Some(admin) => shell::run(&mut admin.command("sh", &["-c", &lines])),
        None => bail!(
            "the browser's standard library is built, but only an administrator may put it in place. Run\n\n    sudo sh -c '{lines}'\n\nand then this command again"
        ),
    }
}
