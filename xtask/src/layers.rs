//! Who may use whom. ARCHITECTURE.md says why; here it is enforced, in seconds and without building.

mod edges;
mod reach;

use crate::shell;
use crate::toolchain::WASM;
use crate::workspace::{Workspace, cargo};
use anyhow::{Result, bail};
use edges::{Edge, Kind};

/// One of our crates and those of ours it may use.
struct Layer {
    name: &'static str,
    may_use: &'static [&'static str],
    /// Only behind a feature, so that browsers never get it.
    may_use_optionally: &'static [&'static str],
}

const fn layer(name: &'static str, may_use: &'static [&'static str]) -> Layer {
    Layer { name, may_use, may_use_optionally: &[] }
}

/// A new crate needs a line here and a paragraph in ARCHITECTURE.md.
const LAYERS: &[Layer] = &[
    layer("domain", &[]),
    layer("documents", &["domain"]),
    layer("db", &["domain"]),
    layer("migrations", &[]),
    layer("services", &["domain", "db", "documents"]),
    Layer { name: "app", may_use: &["domain"], may_use_optionally: &["services"] },
    layer("frontend", &["app"]),
    layer("server", &["domain", "services", "db", "migrations", "app"]),
    layer("trials", &["domain", "services", "db", "migrations"]),
    layer("xtask", &[]),
];

/// What the tests of a layer may use beyond it: a database to test on has to be migrated first.
const TESTS_MAY_USE: &[(&str, &str)] =
    &[("db", "migrations"), ("services", "migrations"), ("server", "trials")];

/// Talking to the database is for `db` alone, for the frozen history of the schema, and for measuring how
/// fast the databases are without us.
const DATABASE_CRATES: &[&str] = &["sea-orm", "sea-query", "sqlx", "rusqlite"];
const DATABASE_LAYERS: &[&str] = &["db", "migrations", "trials"];

/// Rules compute: no runtime, no network, no randomness, no screen.
const NOT_IN_DOMAIN: &[&str] =
    &["tokio", "async-std", "futures", "leptos", "axum", "sea-orm", "sqlx", "reqwest", "rand", "getrandom"];

/// What a browser must never have to load.
const NOT_IN_BROWSER: &[&str] = &[
    "sea-orm",
    "sea-query",
    "sqlx",
    "rusqlite",
    "reqwest",
    "lettre",
    "tokio",
    "axum",
    "argon2",
    "chrono-tz",
    "typst",
];

/// Checks every rule.
///
/// # Errors
/// Names every edge that is not allowed.
pub fn check(workspace: &Workspace) -> Result<()> {
    let mut violations = violations(&edges::from_metadata(&workspace.metadata));
    let tree = |package: &str, more: &[&str]| {
        let args = [
            "tree",
            "--package",
            package,
            "--edges",
            "normal,no-proc-macro",
            "--prefix",
            "depth",
            "--format",
            "{p}",
        ];
        shell::read(shell::command(cargo(), args).args(more).current_dir(&workspace.root))
    };
    for path in reach::forbidden_paths(&tree("domain", &[])?, NOT_IN_DOMAIN) {
        violations.push(format!("domain only computes, but {path}"));
    }
    for path in reach::forbidden_paths(&tree("frontend", &["--target", WASM])?, NOT_IN_BROWSER) {
        violations.push(format!("a browser must not load this, but {path}"));
    }
    if violations.is_empty() { Ok(()) } else { bail!("{}", violations.join("\n")) }
}

/// The edges that no rule allows, each as a sentence.
fn violations(edges: &[Edge<'_>]) -> Vec<String> {
    edges.iter().filter_map(violation).collect()
}

fn violation(edge: &Edge<'_>) -> Option<String> {
    let Edge { from, to, kind } = *edge;
    let Some(layer) = LAYERS.iter().find(|layer| layer.name == from) else {
        return Some(format!("{from} is in no layer: give it a line in xtask/src/layers.rs"));
    };
    let allowed = match kind {
        Kind::Itself => true,
        Kind::Foreign => !is_one_of(to, DATABASE_CRATES) || DATABASE_LAYERS.contains(&from),
        Kind::Ours => layer.may_use.contains(&to),
        Kind::OursOptional => layer.may_use.contains(&to) || layer.may_use_optionally.contains(&to),
        Kind::OursInTests => layer.may_use.contains(&to) || TESTS_MAY_USE.contains(&(from, to)),
    };
    (!allowed).then(|| match kind {
        Kind::Ours if layer.may_use_optionally.contains(&to) => format!("{from} -> {to} must be optional"),
        Kind::OursInTests => format!("{from} -> {to} is not allowed, not even for tests"),
        _ => format!("{from} -> {to} is not allowed"),
    })
}

/// Whether a crate is one of these or of their families: `sqlx-core` belongs to `sqlx`.
fn is_one_of(name: &str, families: &[&str]) -> bool {
    families.iter().any(|family| {
        name.strip_prefix(family).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(from: &str, kind: Kind, to: &str, expected: Option<&str>) {
        assert_eq!(violation(&Edge { from, to, kind }).as_deref(), expected, "{from} {kind:?} {to}");
    }

    #[test]
    fn layers_point_downward() {
        check("services", Kind::Ours, "db", None);
        check("app", Kind::Ours, "domain", None);
        check("db", Kind::Ours, "services", Some("db -> services is not allowed"));
        check("domain", Kind::Ours, "db", Some("domain -> db is not allowed"));
        check("frontend", Kind::Ours, "services", Some("frontend -> services is not allowed"));
    }

    #[test]
    fn the_screens_reach_the_services_only_behind_a_feature() {
        check("app", Kind::OursOptional, "services", None);
        check("app", Kind::Ours, "services", Some("app -> services must be optional"));
        check("app", Kind::OursOptional, "db", Some("app -> db is not allowed"));
    }

    #[test]
    fn tests_may_migrate_a_database() {
        check("db", Kind::OursInTests, "migrations", None);
        check("db", Kind::Ours, "migrations", Some("db -> migrations is not allowed"));
        check("domain", Kind::OursInTests, "db", Some("domain -> db is not allowed, not even for tests"));
    }

    #[test]
    fn the_database_is_for_db_and_migrations() {
        check("db", Kind::Foreign, "sea-orm", None);
        check("migrations", Kind::Foreign, "sea-orm-migration", None);
        check("services", Kind::Foreign, "sea-orm", Some("services -> sea-orm is not allowed"));
        check("server", Kind::Foreign, "sqlx-core", Some("server -> sqlx-core is not allowed"));
        check("server", Kind::Foreign, "axum", None);
    }

    #[test]
    fn an_unknown_crate_is_noticed_even_alone() {
        let said = "helper is in no layer: give it a line in xtask/src/layers.rs";
        check("helper", Kind::Itself, "helper", Some(said));
    }

    #[test]
    fn families_end_at_a_dash() {
        assert!(is_one_of("rand_core", &["rand"]));
        assert!(!is_one_of("random-words", &["rand"]));
    }
}
