//! The dependencies that our `Cargo.toml` files declare.

use serde_json::Value;

/// One dependency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge<'a> {
    pub from: &'a str,
    pub to: &'a str,
    pub kind: Kind,
}

/// What it leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// No dependency: the crate exists. So that a crate without any is judged too.
    Itself,
    /// A crate of somebody else.
    Foreign,
    /// A crate of ours, always.
    Ours,
    /// A crate of ours, behind a feature.
    OursOptional,
    /// A crate of ours, for tests.
    OursInTests,
}

/// Reads them from `cargo metadata`.
pub fn from_metadata(metadata: &Value) -> Vec<Edge<'_>> {
    let mut edges = Vec::new();
    for package in list(metadata, "packages") {
        let Some(from) = text(package, "name") else { continue };
        edges.push(Edge { from, to: from, kind: Kind::Itself });
        for dependency in list(package, "dependencies") {
            let Some(to) = text(dependency, "name") else { continue };
            edges.push(Edge { from, to, kind: kind(dependency) });
        }
    }
    edges
}

fn kind(dependency: &Value) -> Kind {
    let optional = dependency.get("optional").and_then(Value::as_bool).unwrap_or(false);
    match (text(dependency, "path"), text(dependency, "kind")) {
        (None, _) => Kind::Foreign,
        (Some(_), Some("dev")) => Kind::OursInTests,
        (Some(_), _) if optional => Kind::OursOptional,
        (Some(_), _) => Kind::Ours,
    }
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_kind_of_dependency_is_told_apart() {
        let metadata = json!({"packages": [{"name": "app", "dependencies": [
            {"name": "axum", "kind": null, "optional": true},
            {"name": "domain", "kind": null, "optional": false, "path": "/p/domain"},
            {"name": "services", "kind": null, "optional": true, "path": "/p/services"},
            {"name": "migrations", "kind": "dev", "optional": false, "path": "/p/migrations"},
        ]}]});
        let kinds: Vec<_> = from_metadata(&metadata).iter().map(|edge| (edge.to, edge.kind)).collect();
        let expected = [
            ("app", Kind::Itself),
            ("axum", Kind::Foreign),
            ("domain", Kind::Ours),
            ("services", Kind::OursOptional),
            ("migrations", Kind::OursInTests),
        ];
        assert_eq!(kinds, expected);
    }
}
