//! What a crate reaches through the crates it uses.

use super::is_one_of;

/// Reads `cargo tree --prefix depth` and returns the way to each forbidden crate: `app -> x -> tokio`.
/// Each is named once, however many ways lead there, and what lies behind it is not news.
pub fn forbidden_paths(tree: &str, forbidden: &[&str]) -> Vec<String> {
    let mut path: Vec<&str> = Vec::new();
    let mut found: Vec<&str> = Vec::new();
    let mut paths = Vec::new();
    for (depth, name) in tree.lines().filter_map(read_line) {
        path.truncate(depth);
        let behind_another = path.iter().any(|step| is_one_of(step, forbidden));
        path.push(name);
        if is_one_of(name, forbidden) && !behind_another && !found.contains(&name) {
            found.push(name);
            paths.push(path.join(" -> "));
        }
    }
    paths
}

/// `2tokio v1.54.0 (*)` is `tokio`, two steps from the top.
fn read_line(line: &str) -> Option<(usize, &str)> {
    let name_at = line.find(|character: char| !character.is_ascii_digit())?;
    let (depth, rest) = line.split_at_checked(name_at)?;
    Some((depth.parse().ok()?, rest.split_whitespace().next()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TREE: &str = "0frontend v0.1.0 (/p/frontend)\n1app v0.1.0 (/p/app)\n2leptos v0.8.23\n3tokio v1.54.0\n\
                        2serde v1.0.0\n1tokio v1.54.0 (*)\n";

    #[test]
    fn the_way_to_a_forbidden_crate_is_named_once() {
        assert_eq!(forbidden_paths(TREE, &["tokio", "sqlx"]), ["frontend -> app -> leptos -> tokio"]);
    }

    #[test]
    fn what_lies_behind_a_forbidden_crate_is_not_named() {
        assert_eq!(
            forbidden_paths(TREE, &["leptos", "tokio"]),
            ["frontend -> app -> leptos", "frontend -> tokio"]
        );
    }

    #[test]
    fn nothing_forbidden_is_nothing_to_say() {
        assert!(forbidden_paths(TREE, &["sea-orm"]).is_empty());
    }
}
