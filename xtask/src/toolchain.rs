//! Which Rust compiles for the browser.
//!
//! Normally the active one, after `rustup target add wasm32-unknown-unknown`. Where the Rust download
//! site is out of reach, Debian's own Rust in /usr does it, with a standard library that `setup` builds once.

use crate::shell;
use crate::workspace::cargo;
use anyhow::{Result, bail};
use std::path::Path;
use std::process::Command;

/// What browsers run.
pub const WASM: &str = "wasm32-unknown-unknown";

/// A Rust that can compile for the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toolchain {
    /// The one that runs this command.
    Active,
    /// Debian's packages in /usr, beside the active one.
    Debian,
}

impl Toolchain {
    /// The first toolchain that really has a standard library for the browser.
    ///
    /// # Errors
    /// When none has: `cargo xtask setup` installs one.
    pub fn for_wasm() -> Result<Self> {
        match Self::installed_for_wasm() {
            Some(toolchain) => Ok(toolchain),
            None => bail!("no installed Rust can compile for {WASM}: run `cargo xtask setup`"),
        }
    }

    /// Like [`Toolchain::for_wasm`], for those who can install one.
    pub fn installed_for_wasm() -> Option<Self> {
        [Self::Active, Self::Debian].into_iter().find(|toolchain| toolchain.compiles_wasm())
    }

    /// Compiles and links an empty program. Looking for files would miss a library left by another version,
    /// or a linker that is only a link to nothing.
    ///
    /// Into a folder of its own: rustc replaces its output file, and as root it would replace even a device.
    pub fn compiles_wasm(self) -> bool {
        let folder = std::env::temp_dir().join(format!("parure-probe-{}", std::process::id()));
        if std::fs::create_dir_all(&folder).is_err() {
            return false;
        }
        let args =
            ["--target", WASM, "--crate-type", "lib", "--crate-name", "probe", "--emit", "metadata", "-"];
        let compiles = shell::succeeds(self.command("rustc", args).arg("--out-dir").arg(&folder));
        // A folder left behind in the temporary place harms nobody.
        drop(std::fs::remove_dir_all(&folder));
        compiles
    }

    /// Whether it can lint for the browser.
    pub fn has_clippy(self) -> bool {
        match self {
            Self::Active => shell::succeeds(&mut self.command("cargo", ["clippy", "--version"])),
            Self::Debian => Path::new("/usr/bin/cargo-clippy").exists(),
        }
    }

    /// `cargo` of this toolchain.
    pub fn cargo(self, args: &[&str]) -> Command {
        self.command("cargo", args.iter().copied())
    }

    /// `cargo clippy` of this toolchain.
    pub fn clippy(self, args: &[&str]) -> Command {
        let args = std::iter::once("clippy").chain(args.iter().copied());
        match self {
            Self::Active => self.command("cargo", args),
            // Called by its path: the `clippy` that cargo finds through PATH may be another toolchain's.
            Self::Debian => self.command("cargo-clippy", args),
        }
    }

    /// A program of this toolchain, with surroundings in which it calls only its own companions.
    pub fn command<'a>(self, program: &str, args: impl IntoIterator<Item = &'a str>) -> Command {
        match self {
            Self::Active if program == "cargo" => shell::command(cargo(), args),
            Self::Active => shell::command(program, args),
            Self::Debian => {
                let mut command = shell::command(Path::new("/usr/bin").join(program), args);
                command.env("CARGO", "/usr/bin/cargo").env("RUSTC", "/usr/bin/rustc");
                command.env_remove("RUSTUP_TOOLCHAIN").env_remove("LD_LIBRARY_PATH");
                command
            }
        }
    }
}
