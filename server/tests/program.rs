//! The program as somebody runs it: what it says, what it ends with, and what it keeps to itself.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

fn parure(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parure"));
    command.args(arguments).arg("--data").arg(data).stdin(Stdio::null());
    for variable in ["DATABASE_URL", "PARURE_DATA", "PARURE_LOG", "PARURE_PUBLIC_URL", "PARURE_SITE"] {
        command.env_remove(variable);
    }
    command
}

fn run(data: &Path, arguments: &[&str]) -> Output {
    parure(data, arguments).output().unwrap()
}

fn folder() -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("parure-program-{}-{count}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir(&folder).unwrap();
    folder
}

/// Ends with 1 and says one sentence on standard error.
#[track_caller]
fn refuses(output: &Output, expected: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.starts_with("parure: ") && said.trim_end().lines().count() == 1, "not one sentence: {said}");
    assert!(said.contains(expected), "{said}");
}

#[track_caller]
fn succeeds(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn every_command_explains_itself() {
    let here = folder();
    let commands: [&[&str]; 9] = [
        &["serve"],
        &["demo"],
        &["export"],
        &["export", "ledger"],
        &["backup"],
        &["restore"],
        &["migrate"],
        &["verify"],
        &[],
    ];
    for command in commands {
        let help = succeeds(&run(&here, &[command, &["--help"]].concat()));
        assert!(help.contains("Usage: parure") && help.contains("--data"), "{command:?}: {help}");
    }
    assert!(succeeds(&run(&here, &["--version"])).starts_with("parure "));
    for wrong in
        [&["sell"][..], &["serve", "--addr", "here"], &["export", "ledger", "--format", "pdf", "--out", "x"]]
    {
        assert_eq!(run(&here, wrong).status.code(), Some(2), "{wrong:?}");
    }
}

#[test]
fn what_cannot_be_done_is_said_in_one_sentence() {
    let here = folder();
    refuses(&run(&here, &["verify"]), "there is no store in");
    refuses(&run(&here, &["backup", "--out", "x.tar.gz"]), "there is no store in");
    refuses(&run(&here, &["export", "ledger", "--format", "csv", "--out", "x.csv"]), "there is no store in");
    assert_eq!(std::fs::read_dir(&here).unwrap().count(), 0, "a question made files");
    refuses(&run(&here, &["serve", "--addr", "0.0.0.0:0"]), "use --lan, or --tls-cert, or --behind-proxy");
    let proxy = ["serve", "--behind-proxy", "--public-url", "http://shop.example"];
    refuses(&run(&here, &proxy), "is not an address like https://");
    let name = ["serve", "--addr", "127.0.0.1:0", "--lan", "--name", "bank.example"];
    refuses(&run(&here, &name), "is no name for a shop's network");
    refuses(&run(&here, &["verify", "--log", "a=b=c"]), "--log a=b=c cannot be read");
    refuses(&run(&here, &["restore", "nowhere.tar.gz"]), "cannot read nowhere.tar.gz");
}

#[test]
fn a_store_moves_to_another_machine_in_a_file() {
    let (old, new) = (folder(), folder());
    succeeds(&run(&old, &["demo"]));
    succeeds(&run(&old, &["verify"]));
    let file = new.with_extension("tar.gz");
    let _ = std::fs::remove_file(&file);
    let file = file.to_str().unwrap();
    let said = succeeds(&run(&old, &["backup", "--out", file]));
    assert!(said.starts_with("backed up ") && said.contains(" sales to "), "{said}");
    refuses(&run(&old, &["backup", "--out", file]), "is there already");
    refuses(&run(&old, &["restore", file]), "is not empty: restore into a new folder");

    let half = std::fs::read(file).unwrap();
    let damaged = format!("{file}.half");
    std::fs::write(&damaged, &half[..half.len() / 2]).unwrap();
    refuses(&run(&new, &["restore", &damaged]), "this backup is damaged");
    // A refused restore leaves the folder as good as new.
    let said = succeeds(&run(&new, &["restore", file]));
    assert!(
        said.starts_with("Restored the store as it was on ") && said.ends_with("Everything holds.\n"),
        "{said}"
    );
    let journal = |data: &Path, name: &str| {
        let out = data.join(name);
        succeeds(&run(data, &["export", "ledger", "--format", "csv", "--out", out.to_str().unwrap()]));
        std::fs::read(out).unwrap()
    };
    assert_eq!(journal(&old, "journal.csv"), journal(&new, "journal.csv"));
}

/// A running server with what it printed, and what it logged once it ends.
struct Server {
    child: Child,
    address: String,
    printed: String,
}

impl Server {
    fn start(data: &Path, arguments: &[&str]) -> Self {
        let mut command = parure(data, &[&["serve", "--demo", "--addr", "127.0.0.1:0"], arguments].concat());
        let log = std::fs::File::create(data.join("log")).unwrap();
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut printed = String::new();
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            printed.push_str(&line.unwrap());
            printed.push('\n');
            if printed.contains("Demo PINs") {
                break;
            }
        }
        let address = between(&printed, "Parure is at http://", " ");
        Self { child, address, printed }
    }

    /// One request; the whole answer as text.
    fn ask(&self, method: &str, path: &str, cookies: &str, form: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\n\
             Cookie: {cookies}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            self.address,
            form.len()
        )
        .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn stop(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[track_caller]
fn between(text: &str, start: &str, end: &str) -> String {
    let rest = text.split_once(start).unwrap_or_else(|| panic!("no {start} in {text}")).1;
    rest.split(end).next().unwrap().trim().to_owned()
}

/// The value of a cookie that an answer sets.
#[track_caller]
fn cookie(answer: &str, name: &str) -> String {
    between(answer, &format!("set-cookie: {name}="), ";")
}

#[test]
fn the_log_knows_requests_and_no_secrets() {
    let data = folder();
    let server = Server::start(&data, &["--log", "trace"]);
    let code = between(&server.printed, "/pair/", "\n");
    let paired = server.ask("POST", "/api/v1/setup/pair", "", &format!("code={code}"));
    let till = cookie(&paired, "__Host-till");
    let tills = format!("__Host-till={till}");
    server.ask("GET", &format!("/pair/{code}"), &tills, "");

    let wrong =
        server.ask("POST", "/api/v1/session/sign_in", &tills, "login=owner&password=not-the-password");
    assert!(wrong.starts_with("HTTP/1.1 422") || wrong.starts_with("HTTP/1.1 302"), "{wrong}");
    let signed_in =
        server.ask("POST", "/api/v1/session/sign_in", &tills, "login=owner&password=demo-store-owner");
    let session = cookie(&signed_in, "__Host-session");
    let both = format!("{tills}; __Host-session={session}");
    let people = server.ask("GET", "/api/v1/session/page", &both, "");
    let owner =
        people.split("\",\"Olive Vane\"").next().and_then(|before| before.rsplit('"').next()).unwrap();
    let with_pin =
        server.ask("POST", "/api/v1/session/switch", &both, &format!("person_id={owner}&pin=1357"));
    let switched = cookie(&with_pin, "__Host-session");
    let page = server.ask("GET", "/customers?q=wexford", &format!("{tills}; __Host-session={switched}"), "");
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    let request = between(&page, "x-request-id: ", "\r\n");
    assert!(server.ask("GET", "/healthz", "", "").starts_with("HTTP/1.1 204"));
    server.stop();

    let log = std::fs::read_to_string(data.join("log")).unwrap();
    assert!(log.contains(&request), "the answer's id is not in the log");
    let secrets = [
        ("password", "demo-store-owner"),
        ("wrong password", "not-the-password"),
        ("PIN", "1357"),
        ("till's cookie", till.as_str()),
        ("session's cookie", session.as_str()),
        ("second session's cookie", switched.as_str()),
        ("pairing code", code.as_str()),
        ("what was searched", "wexford"),
    ];
    for (what, secret) in secrets {
        let line = log.lines().find(|line| line.contains(secret));
        // Digits of a PIN may stand by chance in an id or a time.
        if let Some(line) = line.filter(|line| what != "PIN" || line.contains(&format!("pin={secret}"))) {
            panic!("the log holds the {what}: {line}");
        }
    }
}
