//! `parure import stones` as somebody types it, with the real binary.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

const LIST: &str = "\
carat,cut,color,clarity,depth,table,price,x,y,z
0.23,Ideal,E,SI2,61.5,55,326,3.95,3.98,2.43
0.23,Ideal,E,SI2,61.5,55,326,3.95,3.98,2.43
1,Premium,G,SI2,59.1,59,3142,6.55,6.48,0
0.21,Premium,E,SI1,59.8,61,326,3.89,3.84,2.31
";
const SAID: [&str; 6] = ["--cost-percent", "55", "--origin", "natural", "--shape", "round"];

/// A demo store that each test copies.
static STORE: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = fresh_folder();
    let done = parure(&folder, &["demo"]);
    assert!(done.status.success(), "{}", text(&done.stderr));
    folder
});

fn fresh_folder() -> PathBuf {
    static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let number = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("parure-cli-{}-{number}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A folder with the demo store's data and the list.
fn store() -> PathBuf {
    let folder = fresh_folder();
    for name in ["parure.db", "parure.db-wal"] {
        if STORE.join(name).exists() {
            fs::copy(STORE.join(name), folder.join(name)).unwrap();
        }
    }
    fs::write(folder.join("stones.csv"), LIST).unwrap();
    folder
}

fn parure(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_parure"))
        .args(args)
        .arg("--data")
        .arg(folder)
        .current_dir(folder)
        .env_remove("DATABASE_URL")
        .output()
        .unwrap()
}

fn import(folder: &Path, more: &[&str]) -> Output {
    parure(folder, &[&["import", "stones", "stones.csv"], more].concat())
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn last_line(done: &Output) -> String {
    assert!(done.status.success(), "{}", text(&done.stderr));
    text(&done.stdout).lines().last().unwrap_or_default().to_owned()
}

#[test]
fn the_same_list_twice_adds_nothing() {
    let folder = store();
    assert_eq!(last_line(&import(&folder, &SAID)), "imported 3, rejected 1, already there 0");
    let rejects = fs::read_to_string(folder.join("stones-rejects.csv")).unwrap();
    assert!(
        rejects.ends_with("4,z: the measure is zero,1,Premium,G,SI2,59.1,59,3142,6.55,6.48,0\n"),
        "{rejects}"
    );
    let again = import(&folder, &[&SAID[..], &["--rejects", "bad.csv"]].concat());
    assert_eq!(last_line(&again), "imported 0, rejected 1, already there 3");
    assert_eq!(fs::read_to_string(folder.join("bad.csv")).unwrap(), rejects);
    assert!(parure(&folder, &["verify"]).status.success());
    // The file somebody may be mending is not written over.
    import(&folder, &SAID);
    assert!(folder.join("stones-rejects-2.csv").exists());
}

#[test]
fn what_is_missing_is_asked_for_with_its_option() {
    let folder = store();
    let refused = import(&folder, &["--shape", "round"]);
    assert!(!refused.status.success());
    let said = text(&refused.stderr);
    assert!(said.contains("--cost-percent 55") && said.contains("--origin natural"), "{said}");
    let refused = import(&folder, &["--map", "weight=carat"]);
    assert!(text(&refused.stderr).contains("the file has no column “weight”"));
    let refused = import(&folder, &[&SAID[..], &["--rejects", "stones.csv"]].concat());
    assert!(text(&refused.stderr).contains("need a file of their own"));
    assert_eq!(fs::read_to_string(folder.join("stones.csv")).unwrap(), LIST);
    let refused = import(&folder, &[&SAID[..], &["--by", "nobody"]].concat());
    assert!(text(&refused.stderr).contains("nobody signs in as “nobody”"));
}

#[test]
fn a_server_at_work_is_left_alone() {
    let folder = store();
    let lock = File::create(folder.join("parure.lock")).unwrap();
    lock.lock().unwrap();
    let refused = import(&folder, &SAID);
    assert!(!refused.status.success());
    assert!(text(&refused.stderr).contains("import on its screen"), "{}", text(&refused.stderr));
    drop(lock);
    assert_eq!(last_line(&import(&folder, &SAID)), "imported 3, rejected 1, already there 0");
}

#[test]
fn no_store_and_no_list_are_said() {
    let folder = fresh_folder();
    assert!(text(&import(&folder, &SAID).stderr).contains("cannot read stones.csv"));
    fs::write(folder.join("stones.csv"), LIST).unwrap();
    assert!(text(&import(&folder, &SAID).stderr).contains("there is no store in"));
    fs::write(folder.join("stones.csv"), [0, 1, 2]).unwrap();
    assert!(text(&import(&folder, &SAID).stderr).contains("this is not a table in text"));
}
