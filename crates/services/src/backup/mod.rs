//! Backups: a copy of the whole store in one file, made while it sells, and the way back into an empty place.
//!
//! The file is a compressed tar: `manifest.json` first, then the files it names, each with its length and its
//! digest. Photos and papers lie beside the database in `photos/`. Other folders may follow in later versions; a program that
//! does not know one refuses.

mod archive;
mod rotation;

pub use rotation::{BackupPlan, Kept};

use chrono::{DateTime, Utc};
use db::backup::{Engine, Snapshot};
use db::{DbError, Location};
use serde::{Deserialize, Serialize};
use std::fs;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// What a backup says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Counts up when an older program could not read what a newer one writes.
    format: u32,
    /// The version of the program that made it.
    pub program: String,
    pub made_at: DateTime<Utc>,
    #[serde(flatten)]
    pub database: Snapshot,
    files: Vec<Packed>,
}

/// A file in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Packed {
    name: String,
    bytes: u64,
    blake3: String,
}

const FORMAT: u32 = 1;

/// Why there is no backup, or why one was not restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("{} is there already: name another file", .0.display())]
    Exists(PathBuf),
    #[error("{} is no backup of Parure", .0.display())]
    NotABackup(PathBuf),
    #[error("this backup is damaged: {0}; take another one")]
    Damaged(String),
    #[error("this backup was made by Parure {0}, which is newer: install that version first")]
    Newer(String),
    #[error("this backup is of an embedded database: restore it without DATABASE_URL")]
    Embedded,
    #[error("this backup is of a PostgreSQL database: name an empty one with DATABASE_URL")]
    OfServer,
    #[error("{what}: {error}")]
    Disk { what: String, error: std::io::Error },
    #[error("{0}")]
    Database(#[from] DbError),
    #[error("the backup stopped unexpectedly")]
    Stopped,
}

/// Makes a backup of a store, which may go on selling: what is recorded before this begins is in it. The file
/// can be read by its owner alone, and has its name only when it is complete.
///
/// # Errors
/// [`BackupError`] when the file exists or cannot be written, or the database cannot be read.
pub async fn back_up(
    location: &Location,
    photos: Option<&Path>,
    out: &Path,
    made_at: DateTime<Utc>,
) -> Result<Manifest, BackupError> {
    if out.exists() {
        return Err(BackupError::Exists(out.to_owned()));
    }
    let work = Workspace::beside(out)?;
    let folder = work.0.join("database");
    make_private(&folder)?;
    let database = db::backup::snapshot(location, &folder).await?;
    // Listed after the database: a photo is in its place before any row names it.
    let sources = archive::Sources { work: work.0.clone(), photos: photos.map(Path::to_owned) };
    let out = out.to_owned();
    blocking(move || {
        let names = db::backup::files(&database).into_iter().map(|name| format!("database/{name}"));
        let names = names.chain(sources.photo_names()?);
        let files = names.map(|name| archive::digest(&sources, name)).collect::<Result<_, _>>()?;
        let program = env!("CARGO_PKG_VERSION").to_owned();
        let manifest = Manifest { format: FORMAT, program, made_at, database, files };
        archive::write(&sources, &manifest, &out)?;
        drop(work);
        Ok(manifest)
    })
    .await
}

/// A backup whose files were unpacked and found whole.
#[derive(Debug)]
pub struct Unpacked {
    manifest: Manifest,
    work: Workspace,
}

/// Unpacks a backup into a folder of its own inside `folder` and compares every file with its digest. Nothing
/// else is touched, and the folder goes when the result does.
///
/// # Errors
/// [`BackupError`] when it is not whole, or comes from a newer program.
pub async fn unpack(backup: &Path, folder: &Path) -> Result<Unpacked, BackupError> {
    let (backup, folder) = (backup.to_owned(), folder.to_owned());
    blocking(move || {
        let work = Workspace::beside(&folder.join("restored"))?;
        let manifest = archive::read(&backup, &work.0)?;
        Ok(Unpacked { manifest, work })
    })
    .await
}

impl Unpacked {
    #[must_use]
    pub const fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// How many migrations, of those this program knows, the backup stands on.
    ///
    /// # Errors
    /// [`BackupError::Newer`] when it stands on one that this program does not know.
    pub fn migrations(&self, known: &[String]) -> Result<u32, BackupError> {
        let theirs = &self.manifest.database.migrations;
        let count = u32::try_from(theirs.len()).ok().filter(|_| known.starts_with(theirs));
        count.ok_or_else(|| BackupError::Newer(self.manifest.program.clone()))
    }

    /// Whether this backup belongs in such a place.
    ///
    /// # Errors
    /// [`BackupError::Embedded`] or [`BackupError::OfServer`] when it does not.
    pub const fn fits(&self, location: &Location) -> Result<(), BackupError> {
        match (self.manifest.database.engine, location) {
            (Engine::Sqlite, Location::Server(_)) => Err(BackupError::Embedded),
            (Engine::Postgres, Location::File(_)) => Err(BackupError::OfServer),
            _ => Ok(()),
        }
    }

    /// Puts the data in its place. On `PostgreSQL` the backup's own migrations have run there before.
    ///
    /// # Errors
    /// [`BackupError::Database`] when the database does not take it.
    pub async fn load(&self, location: &Location) -> Result<(), BackupError> {
        let folder = self.work.0.join("database");
        Ok(db::backup::load(location, &folder, &self.manifest.database).await?)
    }
}

impl Unpacked {
    /// Puts the photos in their folder, before anything names them there.
    ///
    /// # Errors
    /// [`BackupError::Disk`] when the folder does not take them.
    pub fn place_photos(&self, folder: &Path) -> Result<(), BackupError> {
        let unpacked = self.work.0.join(archive::PHOTOS);
        if self.manifest.files.iter().any(|file| file.name.starts_with(archive::PHOTOS)) {
            fs::rename(&unpacked, folder).map_err(on_disk("cannot make", folder))?;
        }
        Ok(())
    }
}

/// A folder for work in progress that nobody else can look into. It goes with this value.
#[derive(Debug)]
struct Workspace(PathBuf);

impl Workspace {
    /// Next to a file that is going to be made, so that the file can be moved there.
    fn beside(file: &Path) -> Result<Self, BackupError> {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let folder = file.with_file_name(format!(".{name}.{}", std::process::id()));
        // Of a process with our number that was killed half-way: in a container they all have the same.
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(on_disk("cannot remove", &folder))?;
        }
        make_private(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            tracing::warn!(%error, folder = %self.0.display(), "could not be removed");
        }
    }
}

fn make_private(folder: &Path) -> Result<(), BackupError> {
    fs::DirBuilder::new().mode(0o700).create(folder).map_err(on_disk("cannot make", folder))
}

fn on_disk(doing: &str, path: &Path) -> impl Fn(std::io::Error) -> BackupError {
    move |error| BackupError::Disk { what: format!("{doing} {}", path.display()), error }
}

/// Packing takes seconds of computing; requests go on meanwhile.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, BackupError> + Send + 'static,
) -> Result<T, BackupError> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(BackupError::Stopped))
}
