//! Debian packages: as root, through a password-less sudo, or by asking for one line.

use crate::shell::{self, find_program};
use anyhow::{Result, bail, ensure};
use std::process::Command;

/// Installs these packages; an empty list needs nothing.
///
/// # Errors
/// When they cannot be installed; the sentence holds the line that would.
pub fn install(packages: &[String]) -> Result<()> {
    if packages.is_empty() {
        return Ok(());
    }
    let names = packages.join(" ");
    if find_program(&["apt-get"]).is_none() {
        bail!("this system has no apt-get; install what Debian calls: {names}");
    }
    let Some(admin) = Admin::find() else {
        bail!(
            "system packages are missing and only an administrator may install them. Run\n\n    \
             sudo apt-get install -y {names}\n\nand then this command again"
        );
    };
    eprintln!("installing {names}");
    if packages.iter().all(|package| is_known(package)) && apt_install(admin, packages)? {
        return Ok(());
    }
    // The package lists are missing or older than the archive.
    shell::run(&mut admin.command("apt-get", &["update", "-q"]))?;
    ensure!(apt_install(admin, packages)?, "apt-get could not install {names}");
    Ok(())
}

/// Whether the package is installed.
pub fn is_installed(package: &str) -> bool {
    let mut command = shell::command("dpkg-query", ["--show", "--showformat=${db:Status-Status}", package]);
    shell::read(&mut command).is_ok_and(|status| status == "installed")
}

fn is_known(package: &str) -> bool {
    let mut command = shell::command("apt-cache", ["show", "--no-all-versions", package]);
    shell::read(&mut command).is_ok_and(|description| !description.is_empty())
}

fn apt_install(admin: Admin, packages: &[String]) -> Result<bool> {
    let mut args = vec!["DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-qq"];
    args.extend(["--no-install-recommends", "-o", "Dpkg::Use-Pty=0"]);
    args.extend(packages.iter().map(String::as_str));
    shell::run_allowing_failure(&mut admin.command("env", &args))
}

/// A way to act as root without a question.
#[derive(Debug, Clone, Copy)]
pub enum Admin {
    /// We are root.
    Root,
    /// `sudo` asks for no password.
    Sudo,
}

impl Admin {
    /// How this user may act as root, if at all.
    pub fn find() -> Option<Self> {
        if is_root() {
            Some(Self::Root)
        } else if shell::succeeds(&mut shell::command("sudo", ["-n", "true"])) {
            Some(Self::Sudo)
        } else {
            None
        }
    }

    /// A program run as root.
    pub fn command(self, program: &str, args: &[&str]) -> Command {
        match self {
            Self::Root => shell::command(program, args),
            Self::Sudo => {
                let mut command = shell::command("sudo", ["-n", program]);
                command.args(args);
                command
            }
        }
    }
}

/// Whether we are root.
pub fn is_root() -> bool {
    shell::read(&mut shell::command("id", ["-u"])).is_ok_and(|id| id.trim() == "0")
}
