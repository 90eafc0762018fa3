//! Files that browsers get as they are: manifest, service worker, icons.

use anyhow::{Context, Result};
use std::path::Path;

/// Makes the site's top folder like `public/`; `pkg/` is not touched, nor a file that did not change.
///
/// # Errors
/// When a file cannot be read or written.
pub fn mirror(public: &Path, site: &Path) -> Result<()> {
    remove_strangers(public, site, Some("pkg"))?;
    copy_changed(public, site)
}

fn remove_strangers(from: &Path, to: &Path, keep: Option<&str>) -> Result<()> {
    for name in names(to)? {
        if keep.is_some_and(|keep| name == keep) {
            continue;
        }
        let (original, copy) = (from.join(&name), to.join(&name));
        if copy.is_dir() && original.is_dir() {
            remove_strangers(&original, &copy, None)?;
        } else if copy.is_dir() {
            std::fs::remove_dir_all(&copy).with_context(|| format!("cannot remove {}", copy.display()))?;
        } else if !original.is_file() {
            std::fs::remove_file(&copy).with_context(|| format!("cannot remove {}", copy.display()))?;
        }
    }
    Ok(())
}

fn copy_changed(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to).with_context(|| format!("cannot create {}", to.display()))?;
    for name in names(from)? {
        let (original, copy) = (from.join(&name), to.join(&name));
        if original.is_dir() {
            copy_changed(&original, &copy)?;
            continue;
        }
        let bytes =
            std::fs::read(&original).with_context(|| format!("cannot read {}", original.display()))?;
        if std::fs::read(&copy).is_ok_and(|old| old == bytes) {
            continue;
        }
        std::fs::write(&copy, bytes).with_context(|| format!("cannot write {}", copy.display()))?;
    }
    Ok(())
}

/// The names in a folder; a folder that is not there is empty.
///
/// # Errors
/// When the folder cannot be listed.
pub fn names(folder: &Path) -> Result<Vec<std::ffi::OsString>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    Ok(entries.map(|entry| entry.map(|entry| entry.file_name())).collect::<std::io::Result<_>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_site_follows_public_and_keeps_pkg() {
        let top = std::env::temp_dir().join(format!("parure-mirror-{}", std::process::id()));
        let (public, site) = (top.join("public"), top.join("site"));
        for folder in [public.join("icons"), site.join("pkg"), site.join("old")] {
            std::fs::create_dir_all(folder).unwrap();
        }
        std::fs::write(public.join("icons/ring.svg"), "new").unwrap();
        std::fs::write(site.join("pkg/parure.js"), "built").unwrap();
        std::fs::write(site.join("old/gone.svg"), "").unwrap();
        mirror(&public, &site).unwrap();
        assert_eq!(std::fs::read_to_string(site.join("icons/ring.svg")).unwrap(), "new");
        assert!(site.join("pkg/parure.js").exists());
        assert!(!site.join("old").exists());
        std::fs::remove_dir_all(top).unwrap();
    }
}
