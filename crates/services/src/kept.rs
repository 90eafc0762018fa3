//! The files that are kept: in one folder, named by what is in them, written once and never changed.

use domain::kept::KeptName;
use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};
use tokio::sync::Semaphore;

/// A picture takes up to 400 MB while it is read.
const AT_ONCE: usize = 1;
/// A file is in its place before the row that names it, so what nobody names yet is left alone for a while.
const LEFT_ALONE: Duration = Duration::from_secs(60 * 60);
/// How a file is called until it is whole.
const PARTIAL: &str = "partial-";

/// Two who keep the same file at once write it side by side.
static WRITTEN: AtomicU64 = AtomicU64::new(0);

fn touch(path: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).open(path)?.set_modified(SystemTime::now())
}

/// Where files are kept; nowhere for commands that need none.
#[derive(Debug, Clone)]
pub(crate) struct FileStore {
    folder: Option<Arc<PathBuf>>,
    pub(crate) gate: Arc<Semaphore>,
}

impl Default for FileStore {
    fn default() -> Self {
        Self { folder: None, gate: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl FileStore {
    /// # Errors
    /// When the folder cannot be made.
    pub(crate) fn in_folder(folder: PathBuf) -> io::Result<Self> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
        Ok(Self { folder: Some(Arc::new(folder)), ..Self::default() })
    }

    pub(crate) fn folder(&self) -> Option<&Path> {
        self.folder.as_ref().map(|folder| folder.as_path())
    }

    fn place(&self) -> io::Result<&Path> {
        self.folder().ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "no folder for files"))
    }

    /// Keeps bytes under their name. When this returns they are on the disk.
    pub(crate) fn keep(&self, name: &KeptName, bytes: &[u8]) -> io::Result<()> {
        let folder = self.place()?;
        let path = folder.join(name.to_string());
        if path.exists() {
            // Somebody is about to name it again.
            return touch(&path);
        }
        let number = WRITTEN.fetch_add(1, Ordering::Relaxed);
        let partial = folder.join(format!("{PARTIAL}{name}-{}-{number}", std::process::id()));
        let mut file =
            OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&partial)?;
        let written = file.write_all(bytes).and_then(|()| file.sync_all());
        if let Err(error) = written.and_then(|()| fs::rename(&partial, &path)) {
            drop(fs::remove_file(&partial));
            return Err(error);
        }
        File::open(folder)?.sync_all()
    }

    pub(crate) fn read(&self, name: &KeptName) -> io::Result<Vec<u8>> {
        fs::read(self.place()?.join(name.to_string()))
    }

    /// A file that somebody is about to name: it is left alone for a while from now on.
    pub(crate) fn read_to_name(&self, name: &KeptName) -> io::Result<Vec<u8>> {
        touch(&self.place()?.join(name.to_string()))?;
        self.read(name)
    }

    /// Whether a file is there and still what it was. It is read piece by piece, whatever its size.
    pub(crate) fn is_whole(&self, name: &KeptName) -> bool {
        let digest = || {
            let mut hasher = blake3::Hasher::new();
            hasher.update_reader(File::open(self.place()?.join(name.to_string()))?)?;
            Ok::<_, io::Error>(hasher.finalize())
        };
        digest().is_ok_and(|digest| digest.as_bytes() == name.bytes())
    }

    /// The names of all files in the folder.
    pub(crate) fn names(&self) -> io::Result<BTreeSet<KeptName>> {
        let Some(folder) = self.folder() else { return Ok(BTreeSet::new()) };
        let mut names = BTreeSet::new();
        for entry in fs::read_dir(folder)? {
            if let Ok(name) = entry?.file_name().to_string_lossy().parse() {
                names.insert(name);
            }
        }
        Ok(names)
    }

    /// Removes what no row names and nobody is about to name; gives how many.
    pub(crate) fn sweep(&self, named: &BTreeSet<KeptName>) -> io::Result<usize> {
        let Some(folder) = self.folder() else { return Ok(0) };
        let mut swept = 0;
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let file_name = entry.file_name();
            let name = file_name.to_string_lossy();
            let ours = match name.parse::<KeptName>() {
                Ok(file) => !named.contains(&file),
                Err(_) => name.starts_with(PARTIAL),
            };
            let age =
                entry.metadata()?.modified().ok().and_then(|at| SystemTime::now().duration_since(at).ok());
            if ours && age.is_some_and(|age| age > LEFT_ALONE) {
                fs::remove_file(entry.path())?;
                swept += 1;
            }
        }
        Ok(swept)
    }
}
