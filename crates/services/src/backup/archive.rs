//! The file a backup is: written so that it appears whole or not at all, read so that nothing is believed
//! before its digest was compared.

use super::{BackupError, FORMAT, Manifest, Packed, make_private, on_disk};
use crate::kept::FileStore;
use domain::kept::KeptName;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use std::fs::{self, File, OpenOptions};
use std::io::{BufReader, BufWriter, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

const MANIFEST: &str = "manifest.json";
/// A manifest names some dozens of tables and each kept file, with some 200 bytes; more than this is none.
const LARGEST_MANIFEST: u64 = 64 * 1024 * 1024;
/// The folder of photos and papers, here and in the data folder.
pub(super) const PHOTOS: &str = "photos";
/// A database packs well even quickly, and a till may be waiting for the processor.
const LEVEL: Compression = Compression::new(3);
const PRIVATE: u32 = 0o600;

/// Where the files of a backup come from.
#[derive(Debug)]
pub(super) struct Sources {
    pub work: PathBuf,
    pub photos: Option<PathBuf>,
}

impl Sources {
    /// Photos and papers are packed from where they lie: they never change.
    fn path(&self, name: &str) -> PathBuf {
        match (photo_in(name), &self.photos) {
            (Some(photo), Some(folder)) => folder.join(photo.to_string()),
            _ => self.work.join(name),
        }
    }

    /// Every photo and paper that is there.
    pub(super) fn photo_names(&self) -> Result<Vec<String>, BackupError> {
        let Some(folder) = self.photos.as_ref().filter(|folder| folder.exists()) else {
            return Ok(Vec::new());
        };
        let names = FileStore::in_folder(folder.clone()).and_then(|photos| photos.names());
        let names = names.map_err(on_disk("cannot list", folder))?;
        Ok(names.into_iter().map(|name| format!("{PHOTOS}/{name}")).collect())
    }
}

fn photo_in(name: &str) -> Option<KeptName> {
    name.strip_prefix(PHOTOS)?.strip_prefix('/')?.parse().ok()
}

/// A file as the manifest names it.
pub(super) fn digest(sources: &Sources, name: String) -> Result<Packed, BackupError> {
    let path = sources.path(&name);
    let cannot = on_disk("cannot read", &path);
    let mut hasher = blake3::Hasher::new();
    let bytes = std::io::copy(&mut File::open(&path).map_err(&cannot)?, &mut hasher).map_err(&cannot)?;
    Ok(Packed { name, bytes, blake3: hasher.finalize().to_hex().to_string() })
}

/// Packs the files of a manifest. The archive is complete and on the disk before it gets its name.
pub(super) fn write(sources: &Sources, manifest: &Manifest, out: &Path) -> Result<(), BackupError> {
    let partial = sources.work.join("archive");
    let cannot = on_disk("cannot write", out);
    let file = OpenOptions::new().write(true).create_new(true).mode(PRIVATE).open(&partial);
    let packed = GzEncoder::new(BufWriter::new(file.map_err(&cannot)?), LEVEL);
    let mut tar = tar::Builder::new(packed);
    let made_at = u64::try_from(manifest.made_at.timestamp()).unwrap_or(0);
    let header = |bytes: u64| {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes);
        header.set_mode(PRIVATE);
        header.set_mtime(made_at);
        header
    };
    let text = serde_json::to_vec_pretty(manifest).map_err(|error| cannot(error.into()))?;
    tar.append_data(&mut header(text.len() as u64), MANIFEST, text.as_slice()).map_err(&cannot)?;
    for packed in &manifest.files {
        let file = File::open(sources.path(&packed.name)).map_err(&cannot)?;
        tar.append_data(&mut header(packed.bytes), &packed.name, file).map_err(&cannot)?;
    }
    let packed = tar.into_inner().and_then(GzEncoder::finish).map_err(&cannot)?;
    let file = packed.into_inner().map_err(|error| cannot(error.into_error()))?;
    file.sync_all().map_err(&cannot)?;
    fs::rename(&partial, out).map_err(&cannot)?;
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(&cannot)
}

/// Unpacks into an empty folder and returns the manifest once everything was found to be as it says.
pub(super) fn read(backup: &Path, work: &Path) -> Result<Manifest, BackupError> {
    let file = File::open(backup).map_err(on_disk("cannot read", backup))?;
    let mut tar = tar::Archive::new(GzDecoder::new(BufReader::new(file)));
    let mut entries = tar.entries().map_err(damaged)?;
    let manifest = match entries.next() {
        Some(Ok(entry)) if entry.path().is_ok_and(|path| path.as_os_str() == MANIFEST) => entry,
        _ => return Err(BackupError::NotABackup(backup.to_owned())),
    };
    let manifest = read_manifest(manifest)?;
    make_private(&work.join("database"))?;
    make_private(&work.join(PHOTOS))?;
    for packed in &manifest.files {
        let entry = entries.next().ok_or_else(|| missing(&packed.name))?.map_err(damaged)?;
        if entry.path().map_err(damaged)?.as_os_str() != packed.name.as_str() {
            return Err(missing(&packed.name));
        }
        unpack(entry, packed, &work.join(&packed.name))?;
    }
    if entries.next().is_some() {
        return Err(BackupError::Damaged("it holds more than it says".to_owned()));
    }
    // The end of the compressed stream carries its checksum; what is never read is never compared.
    std::io::copy(&mut tar.into_inner(), &mut std::io::sink()).map_err(damaged)?;
    Ok(manifest)
}

fn read_manifest(entry: impl Read) -> Result<Manifest, BackupError> {
    /// What every version of a manifest says.
    #[derive(serde::Deserialize)]
    struct Head {
        format: u32,
        program: String,
    }
    let mut text = Vec::new();
    entry.take(LARGEST_MANIFEST).read_to_end(&mut text).map_err(damaged)?;
    let unreadable = |_| BackupError::Damaged("its manifest cannot be read".to_owned());
    let head: Head = serde_json::from_slice(&text).map_err(unreadable)?;
    if head.format > FORMAT {
        return Err(BackupError::Newer(head.program));
    }
    let manifest: Manifest = serde_json::from_slice(&text).map_err(unreadable)?;
    let expected: Vec<_> =
        db::backup::files(&manifest.database).into_iter().map(|name| format!("database/{name}")).collect();
    let plain = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '/'));
    let known = |name: &String| (plain(name) && expected.contains(name)) || photo_in(name).is_some();
    let of_database = manifest.files.iter().filter(|file| expected.contains(&file.name)).count();
    if manifest.files.iter().any(|file| !known(&file.name)) || of_database != expected.len() {
        return Err(BackupError::Damaged("its manifest names other files than its database has".to_owned()));
    }
    Ok(manifest)
}

/// Writes one file and compares it with its digest.
fn unpack(entry: impl Read, packed: &Packed, path: &Path) -> Result<(), BackupError> {
    let cannot = on_disk("cannot write", path);
    let file = OpenOptions::new().write(true).create_new(true).mode(PRIVATE).open(path).map_err(&cannot)?;
    let (mut file, mut hasher) = (BufWriter::new(file), blake3::Hasher::new());
    let mut entry = entry.take(packed.bytes.saturating_add(1));
    let (mut chunk, mut bytes) = (vec![0; 64 * 1024], 0_u64);
    loop {
        let length = entry.read(&mut chunk).map_err(damaged)?;
        let read = chunk.get(..length).unwrap_or_default();
        if read.is_empty() {
            break;
        }
        hasher.update(read);
        file.write_all(read).map_err(&cannot)?;
        bytes += length as u64;
    }
    let file = file.into_inner().map_err(|error| cannot(error.into_error()))?;
    file.sync_all().map_err(&cannot)?;
    if bytes == packed.bytes && hasher.finalize().to_hex().as_str() == packed.blake3 {
        Ok(())
    } else {
        Err(BackupError::Damaged(format!("{} is not what was backed up", packed.name)))
    }
}

fn missing(name: &str) -> BackupError {
    BackupError::Damaged(format!("{name} is missing"))
}

fn damaged(error: std::io::Error) -> BackupError {
    BackupError::Damaged(error.to_string())
}
