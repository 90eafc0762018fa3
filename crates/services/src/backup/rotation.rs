//! One backup a day, and the oldest ones make room.

use super::{BackupError, back_up, on_disk};
use crate::services_core::Services;
use chrono::NaiveDate;
use db::Location;
use std::fs;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// Where the daily backups go, and how many stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupPlan {
    pub folder: PathBuf,
    pub keep: usize,
}

/// What a look at the plan led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// Today's backup was made.
    Made(PathBuf),
    /// It was there before, or there is no store yet.
    Nothing,
}

impl Services {
    /// Makes today's backup if it is not there yet, and removes the oldest of those it made. Only files with
    /// its own kind of name are ever removed. Today is the first store's.
    ///
    /// # Errors
    /// [`BackupError`] when the backup cannot be made or an old one not be removed.
    pub async fn back_up_today(&self, location: &Location, plan: &BackupPlan) -> Result<Kept, BackupError> {
        let Some(today) = self.first_stores_date() else { return Ok(Kept::Nothing) };
        let folder = &plan.folder;
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .map_err(on_disk("cannot make", folder))?;
        let path = folder.join(name_of(today));
        if path.exists() {
            return Ok(Kept::Nothing);
        }
        back_up(location, self.files.folder(), &path, self.clock.now()).await?;
        for old in too_old(&names_in(folder)?, plan.keep) {
            let old = folder.join(old);
            fs::remove_file(&old).map_err(on_disk("cannot remove", &old))?;
        }
        Ok(Kept::Made(path))
    }

    fn first_stores_date(&self) -> Option<NaiveDate> {
        let config = self.config().ok()?;
        let store = config.stores.first()?;
        crate::clock::local_date(self.clock.now(), &store.store.time_zone).ok()
    }
}

const START: &str = "parure-";
const END: &str = ".tar.gz";

fn name_of(date: NaiveDate) -> String {
    format!("{START}{date}{END}")
}

fn date_of(name: &str) -> Option<NaiveDate> {
    name.strip_prefix(START)?.strip_suffix(END)?.parse().ok()
}

fn names_in(folder: &Path) -> Result<Vec<String>, BackupError> {
    let cannot = on_disk("cannot list", folder);
    let entries = fs::read_dir(folder).map_err(&cannot)?;
    let names = entries.map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned()));
    names.collect::<Result<_, _>>().map_err(cannot)
}

/// All of ours but the newest.
fn too_old(names: &[String], keep: usize) -> Vec<String> {
    let mut ours: Vec<&String> = names.iter().filter(|name| date_of(name).is_some()).collect();
    ours.sort_by_key(|name| std::cmp::Reverse(date_of(name)));
    ours.into_iter().skip(keep).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_make_room_and_other_files_are_left_alone() {
        let names = [
            "parure-2026-03-02.tar.gz",
            "parure-2026-02-28.tar.gz",
            "notes.txt",
            "parure-2026-03-01.tar.gz",
            "parure-before-the-move.tar.gz",
            ".parure-2026-01-01.tar.gz.17",
        ];
        let names = names.map(str::to_owned);
        assert_eq!(too_old(&names, 2), ["parure-2026-02-28.tar.gz"]);
        assert!(too_old(&names, 14).is_empty());
    }
}
