//! A throw-away PostgreSQL for one run of the tests.

use crate::setup::debian::is_root;
use crate::shell::{self, find_program};
use anyhow::{Context, Result, bail};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

/// The cluster that Ctrl-C must remove.
static RUNNING: Mutex<Option<Server>> = Mutex::new(None);

/// A running cluster; dropping it stops the server and removes its folder.
#[derive(Debug)]
pub struct Cluster {
    /// Where the tests connect, as superuser and without a password, from this machine only.
    pub url: String,
    /// The same by the socket in its folder, as a server on the machine of its database may connect.
    pub socket_url: String,
}

#[derive(Debug, Clone)]
struct Server {
    programs: PathBuf,
    folder: PathBuf,
    owner: Option<Owner>,
}

/// The system user that runs the server when we are root: PostgreSQL refuses root.
#[derive(Debug, Clone, Copy)]
struct Owner {
    user: u32,
    group: u32,
}

impl Cluster {
    /// Makes a cluster in a temporary folder and starts it on a free port of the loopback address.
    ///
    /// # Errors
    /// When PostgreSQL is not installed or does not start.
    pub fn start() -> Result<Self> {
        let programs = programs().context("PostgreSQL is not installed: run `cargo xtask setup --tests`")?;
        let folder = std::env::temp_dir().join(format!("parure-postgres-{}", std::process::id()));
        std::fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        let owner = if is_root() { Some(Owner::postgres()?) } else { None };
        if let Some(Owner { user, group }) = owner {
            std::os::unix::fs::chown(&folder, Some(user), Some(group))
                .context("cannot hand over the folder")?;
        }
        let server = Server { programs, folder, owner };
        remove_on_interrupt(server.clone())?;
        let socket = server.folder.display().to_string().replace('/', "%2F");
        match server.create().and_then(|()| server.start()) {
            Ok(port) => Ok(Self {
                url: format!("postgres://postgres@127.0.0.1:{port}/postgres"),
                socket_url: format!("postgres://postgres@{socket}:{port}/postgres"),
            }),
            Err(error) => {
                remove_running();
                Err(error)
            }
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        remove_running();
    }
}

impl Owner {
    fn postgres() -> Result<Self> {
        let id = |what| {
            let said = shell::read(&mut shell::command("id", [what, "postgres"]))?;
            said.trim().parse::<u32>().context("the system has no user postgres")
        };
        Ok(Self { user: id("-u")?, group: id("-g")? })
    }
}

impl Server {
    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn create(&self) -> Result<()> {
        let mut command = self.command("initdb");
        command.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "--pgdata"]);
        shell::read(command.arg(self.data())).map(drop)
    }

    /// Starts the server, on another port if somebody took the free one in between.
    fn start(&self) -> Result<u16> {
        let mut last = None;
        for _ in 0..3 {
            let port = free_port()?;
            let options = format!(
                "-p {port} -c listen_addresses=127.0.0.1 -c max_connections=200 -c unix_socket_directories={}",
                self.folder.display()
            );
            let log = self.folder.join("log");
            let mut command = self.command("pg_ctl");
            command.args(["start", "--wait", "--silent", "--options", &options, "--pgdata"]);
            // The server keeps these streams open for as long as it lives.
            command.arg(self.data()).arg("--log").arg(&log).stdout(std::process::Stdio::null());
            if shell::run_allowing_failure(&mut command)? {
                return Ok(port);
            }
            last = std::fs::read_to_string(&log).ok();
        }
        bail!("PostgreSQL does not start:\n{}", last.unwrap_or_default())
    }

    /// As well as possible: this runs when things have already gone wrong, too.
    fn remove(&self) {
        let mut stop = self.command("pg_ctl");
        stop.args(["stop", "--mode=immediate", "--wait", "--silent", "--pgdata"]);
        shell::succeeds(stop.arg(self.data()));
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            eprintln!("cannot remove {}: {error}", self.folder.display());
        }
    }

    fn command(&self, program: &str) -> Command {
        let mut command = shell::command::<_, &str>(self.programs.join(program), []);
        command.current_dir(&self.folder);
        if let Some(Owner { user, group }) = self.owner {
            command.uid(user).gid(group);
        }
        command
    }
}

/// The folder with `initdb` and `pg_ctl`; Debian keeps it out of PATH.
pub fn programs() -> Option<PathBuf> {
    if let Some(initdb) = find_program(&["initdb"]) {
        return initdb.parent().map(Path::to_owned);
    }
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let version = |path: &PathBuf| path.file_name()?.to_str()?.parse::<u32>().ok();
    let newest = versions.filter_map(|entry| Some(entry.ok()?.path())).max_by_key(version)?;
    let folder = newest.join("bin");
    folder.join("initdb").exists().then_some(folder)
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port")?;
    Ok(listener.local_addr()?.port())
}

/// Ctrl-C also reaches the runners, which end by themselves; we remove the cluster and end too.
fn remove_on_interrupt(server: Server) -> Result<()> {
    if let Ok(mut running) = RUNNING.lock() {
        *running = Some(server);
    }
    ctrlc::set_handler(|| {
        remove_running();
        std::process::exit(130);
    })
    .context("cannot watch for Ctrl-C")
}

fn remove_running() {
    let server = RUNNING.lock().ok().and_then(|mut running| running.take());
    if let Some(server) = server {
        server.remove();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_free_port_can_be_bound() {
        let port = free_port().unwrap();
        assert!(TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok());
    }
}
