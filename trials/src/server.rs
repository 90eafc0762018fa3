//! The binary itself, as a process of its own.

use anyhow::{Context, Result, bail, ensure};
use db::Location;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running `parure serve`; dropping it kills it.
#[derive(Debug)]
pub struct Server {
    child: Child,
    pub address: SocketAddr,
    /// From the start of the process until it took requests.
    pub ready_after: Duration,
}

/// What a process has used up so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spent {
    pub cpu: Duration,
    pub written: u64,
}

/// Resident memory in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Memory(pub u64);

impl Server {
    /// Starts `parure serve` on a free port and waits until it takes requests.
    ///
    /// # Errors
    /// When it ends instead; what it said goes to our own error output.
    pub fn start(parure: &Path, location: &Location) -> Result<Self> {
        Self::spawn(&mut serve(parure, location))
    }

    /// The same with the log of a level in a file.
    ///
    /// # Errors
    /// As above.
    pub fn start_logging(parure: &Path, location: &Location, level: &str, log: &Path) -> Result<Self> {
        let mut command = serve(parure, location);
        Self::spawn(command.env("PARURE_LOG", level).stderr(File::create(log)?))
    }

    /// Starts a command that becomes `parure serve`.
    ///
    /// # Errors
    /// As above.
    pub fn spawn(command: &mut Command) -> Result<Self> {
        let began = Instant::now();
        let mut child = command.spawn().with_context(|| format!("cannot start {command:?}"))?;
        let out = child.stdout.take().context("no output to read")?;
        let mut lines = BufReader::new(out).lines();
        let address = loop {
            let Some(line) = lines.next() else {
                child.wait()?;
                bail!("the server did not start");
            };
            if let Some(address) = address_in(&line?) {
                break address;
            }
        };
        let ready_after = began.elapsed();
        // What else it says is read, so that it never waits for us.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(Self { child, address, ready_after })
    }

    /// Ends it without a warning, in the middle of whatever it does.
    ///
    /// # Errors
    /// When it is gone already.
    pub fn kill(&mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Asks it to end, as a service manager does, and waits until it has.
    ///
    /// # Errors
    /// When it cannot be asked, or ends with an error.
    pub fn stop(&mut self) -> Result<()> {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status()?;
        ensure!(asked.success(), "the server cannot be asked to end");
        let ended = self.child.wait()?;
        ensure!(ended.success(), "the server ended with {ended}");
        Ok(())
    }

    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// # Errors
    /// Where there is no /proc.
    pub fn spent(&self) -> Result<Spent> {
        /// Linux counts time for us in hundredths, whatever the kernel itself uses.
        const TICK: Duration = Duration::from_millis(10);
        let stat = fs::read_to_string(self.proc("stat"))?;
        let (_, after_name) = stat.rsplit_once(')').context("an unreadable stat")?;
        let ticks = |field: usize| -> Result<u32> {
            Ok(after_name.split_whitespace().nth(field).context("a short stat")?.parse()?)
        };
        let written = number_after(&fs::read_to_string(self.proc("io"))?, "write_bytes:")?;
        Ok(Spent { cpu: TICK * (ticks(11)? + ticks(12)?), written })
    }

    /// # Errors
    /// Where there is no /proc.
    pub fn memory(&self) -> Result<Memory> {
        Ok(Memory(number_after(&fs::read_to_string(self.proc("status"))?, "VmRSS:")? * 1_024))
    }

    fn proc(&self, file: &str) -> PathBuf {
        PathBuf::from(format!("/proc/{}/{file}", self.child.id()))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Killed before, or gone by itself: either way it is not there any more.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// `parure serve` over this data, without anything of our own surroundings.
#[must_use]
pub fn serve(parure: &Path, location: &Location) -> Command {
    let mut command = parure_at(parure, location);
    command.args(["serve", "--empty", "--addr", "127.0.0.1:0"]).stdout(Stdio::piped());
    command
}

/// Any subcommand over this data.
#[must_use]
pub fn parure_at(parure: &Path, location: &Location) -> Command {
    let mut command = Command::new(parure);
    command
        .stdin(Stdio::null())
        .env_remove("DATABASE_URL")
        .env_remove("PARURE_DATA")
        .env_remove("PARURE_LOG");
    match location {
        Location::File(file) => {
            command.arg("--data").arg(file.parent().map_or_else(|| OsStr::new("."), Path::as_os_str));
        }
        Location::Server(url) => {
            // Photos lie in a folder whatever the database: one for each.
            let name = url.rsplit('/').next().unwrap_or("server");
            command.env("DATABASE_URL", url);
            command.arg("--data").arg(std::env::temp_dir().join(format!("parure-data-{name}")));
        }
    }
    command
}

/// Runs `parure verify`; what it found is the error.
///
/// # Errors
/// When something does not hold.
pub fn verify(parure: &Path, location: &Location) -> Result<String> {
    let output = parure_at(parure, location).arg("verify").output()?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    ensure!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    Ok(said)
}

fn address_in(line: &str) -> Option<SocketAddr> {
    line.split("http://").nth(1)?.split_whitespace().next()?.parse().ok()
}

fn number_after(text: &str, label: &str) -> Result<u64> {
    let after = text.lines().find_map(|line| line.strip_prefix(label));
    Ok(after.and_then(|rest| rest.split_whitespace().next()).context("an unreadable /proc")?.parse()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_read_from_what_the_server_says() {
        let said = "Parure is at http://127.0.0.1:3000 (ready in 41 ms)";
        assert_eq!(address_in(said), Some("127.0.0.1:3000".parse().unwrap()));
        assert_eq!(address_in("Making the demo store…"), None);
    }
}
