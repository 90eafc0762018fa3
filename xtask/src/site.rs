//! The folder that the server hands to browsers: `pkg/` with wasm, JavaScript and styles, and all of `public/`.

mod bindgen;
mod public;

use crate::progress::Phases;
use crate::shell;
use crate::toolchain::{Toolchain, WASM};
use crate::workspace::Workspace;
use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};

/// What the site is built for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Quick to rebuild.
    Dev,
    /// Small to load.
    Release,
}

impl Mode {
    /// The cargo profile of the browser part.
    fn profile(self) -> &'static str {
        match self {
            Self::Dev => "wasm-dev",
            Self::Release => "wasm-release",
        }
    }

    fn folder(self) -> &'static str {
        match self {
            Self::Dev => "site-dev",
            Self::Release => "site-release",
        }
    }
}

/// Builds the site and returns its folder.
///
/// # Errors
/// When a step fails.
pub fn build(workspace: &Workspace, phases: &mut Phases, mode: Mode) -> Result<PathBuf> {
    let site = workspace.target.join(mode.folder());
    phases.phase("wasm build", || {
        let wasm = compile(workspace, mode)?;
        bindgen::generate(workspace, mode, &wasm, &site)?;
        bundle_styles(workspace, mode, &site)?;
        public::mirror(&workspace.root.join("public"), &site)
    })?;
    Ok(site)
}

/// Compiles the frontend; cargo knows what changed.
fn compile(workspace: &Workspace, mode: Mode) -> Result<PathBuf> {
    bindgen::check_versions(workspace)?;
    let args = ["build", "--package", "frontend", "--target", WASM, "--profile", mode.profile()];
    shell::run(Toolchain::for_wasm()?.cargo(&args).current_dir(&workspace.root))?;
    let wasm = workspace.target.join(WASM).join(mode.profile()).join("frontend.wasm");
    ensure!(wasm.exists(), "cargo built no {}", wasm.display());
    Ok(wasm)
}

/// Puts the style sheets that `main.css` imports into one file.
fn bundle_styles(workspace: &Workspace, mode: Mode, site: &Path) -> Result<()> {
    let program = workspace.npm_program("esbuild")?;
    let mut command = shell::command(program, ["app/style/main.css", "--bundle", "--log-level=warning"]);
    command.arg(format!("--outfile={}", site.join("pkg/parure.css").display()));
    // `url(/icons/...)` is a file of `public/`, to be left as it is. Not `/*`: that would match every path here.
    for name in public::names(&workspace.root.join("public"))? {
        let name = name.to_string_lossy();
        command.args([format!("--external:/{name}"), format!("--external:/{name}/*")]);
    }
    if mode == Mode::Release {
        command.arg("--minify");
    }
    shell::run(command.current_dir(&workspace.root)).context("bundling the styles")
}
