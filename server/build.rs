//! Puts the built site into the binary when the feature `embed-assets` asks for it. The site's folder is
//! named by PARURE_SITE while compiling; `cargo xtask build --release` builds it, compresses it and says so.

use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=PARURE_SITE");
    if std::env::var_os("CARGO_FEATURE_EMBED_ASSETS").is_none() {
        return Ok(());
    }
    let site = std::env::var_os("PARURE_SITE").map(PathBuf::from);
    let site = site.ok_or("PARURE_SITE names no folder to embed: use `cargo xtask build --release`")?;
    println!("cargo::rerun-if-changed={}", site.display());
    let out = std::env::var_os("OUT_DIR").map(PathBuf::from).ok_or("cargo gave no OUT_DIR")?;
    std::fs::write(out.join("site.rs"), table(&site)?)?;
    Ok(())
}

/// The files as Rust: each with its digest and, where the build made them, its compressed forms.
fn table(site: &Path) -> Result<String, Box<dyn Error>> {
    let mut paths = Vec::new();
    collect(site, &mut paths)?;
    paths.sort();
    let mut whole = blake3::Hasher::new();
    let mut text = String::from("static FILES: &[Asset] = &[\n");
    for path in paths.iter().filter(|path| !is_compressed(path)) {
        let name = path.strip_prefix(site)?.to_str().ok_or("a file name is not text")?;
        let digest = blake3::hash(&std::fs::read(path)?).to_hex();
        whole.update(name.as_bytes()).update(digest.as_bytes());
        let form = |ending: &str| {
            let other = PathBuf::from(format!("{}.{ending}", path.display()));
            if other.exists() { format!("Some(include_bytes!({other:?}))") } else { "None".to_owned() }
        };
        let (brotli, gzip) = (form("br"), form("gz"));
        writeln!(
            text,
            "Asset {{ path: {name:?}, etag: \"\\\"{digest:.32}\\\"\", plain: include_bytes!({path:?}), \
             brotli: {brotli}, gzip: {gzip} }},"
        )?;
    }
    writeln!(text, "];\nstatic VERSION: &str = \"{:.16}\";", whole.finalize().to_hex())?;
    Ok(text)
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { collect(&path, paths)? } else { paths.push(path) }
    }
    Ok(())
}

fn is_compressed(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "br" || ending == "gz")
}
