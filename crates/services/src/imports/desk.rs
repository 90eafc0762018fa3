//! Files that were handed in on the screen, and the imports that run over them: one per store at a time.

use super::file::{TableFile, bad_rows};
use super::place::{Kept, Phase, Place, Table};
use super::unconfirmed;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::{ConfigExt, Services};
use domain::event::{Event, EventKind, Record, SubjectKind};
use domain::ids::{CommandId, EventId, ImportId, MappingId, StoreId};
use domain::import::{
    BadRows, FileError, ImportCounts, ImportKind, ImportOutcome, ImportPlan, ImportPreview, ImportState,
    ImportView, StartImport,
};
use domain::moment::Moment;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Where files lie while they are needed, and what becomes of them. Beside each lies what was said about it, so that
/// a server that was stopped finds it again; what was in the middle is not begun by itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct ImportDesk {
    folder: Option<Arc<PathBuf>>,
    places: Arc<Mutex<BTreeMap<StoreId, Place>>>,
}

impl ImportDesk {
    /// A desk that keeps its files in a folder, with what lies there from before.
    fn in_folder(folder: PathBuf) -> std::io::Result<Self> {
        let desk = Self { folder: Some(Arc::new(folder.clone())), places: Arc::default() };
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries.collect::<Result<Vec<_>, _>>()?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error),
        };
        let paths: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
        for note in paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == NOTE)) {
            if let Some(place) = found_again(note) {
                desk.places().insert(place.kept.store, place);
            }
        }
        // What belongs to no import that was found is of no use to anybody.
        let kept: Vec<String> = desk.places().values().map(|place| place.kept.import.to_string()).collect();
        for path in paths {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if !kept.iter().any(|import| name.starts_with(import)) {
                std::fs::remove_file(&path)?;
            }
        }
        Ok(desk)
    }

    fn places(&self) -> MutexGuard<'_, BTreeMap<StoreId, Place>> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn path(&self, import: ImportId, what: &str) -> Result<PathBuf, ServiceError> {
        let folder = self.folder.as_ref().ok_or_else(|| ServiceError::internal("no folder for files"))?;
        Ok(folder.join(format!("{import}.{what}")))
    }

    /// Writes down what is known of an import. Without the note a stopped server forgets it, and the file is chosen
    /// again; nothing else depends on it.
    fn note_down(&self, kept: &Kept) {
        let written = self.path(kept.import, NOTE).map_err(|error| error.to_string()).and_then(|path| {
            let text = serde_json::to_vec(kept).map_err(|error| error.to_string())?;
            // Whole or not at all.
            let fresh = path.with_extension("new");
            std::fs::write(&fresh, text)
                .and_then(|()| std::fs::rename(&fresh, &path))
                .map_err(|error| error.to_string())
        });
        if let Err(error) = written {
            tracing::warn!(%error, import = %kept.import, "an import is not noted down");
        }
    }

    /// Removes the files of an import; one that is not there is as good as removed.
    fn forget(&self, import: ImportId) {
        for what in [FILE, REJECTS, NOTE] {
            self.remove(import, what);
        }
    }

    fn remove(&self, import: ImportId, what: &str) {
        if let Ok(path) = self.path(import, what)
            && let Err(error) = std::fs::remove_file(&path)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(%error, path = %path.display(), "a file of an import stays");
        }
    }

    /// How far a run has come; the way between its beginning and its end is not noted down.
    fn goes_on(&self, store: StoreId, import: ImportId, counts: ImportCounts) {
        if let Some(place) = self.places().get_mut(&store).filter(|place| place.kept.import == import) {
            place.kept.phase = Phase::Running(counts);
        }
    }

    /// The end of a run. It is noted down before its file goes and before anybody is shown it: what was seen once is
    /// found again by the next server.
    fn ends(&self, store: StoreId, import: ImportId, phase: Phase) {
        let found = self.places().get(&store).filter(|place| place.kept.import == import).cloned();
        let Some(mut place) = found else { return };
        let finished = matches!(phase, Phase::Ended(_, ImportOutcome::Finished));
        place.kept.phase = phase;
        self.note_down(&place.kept);
        if finished {
            self.remove(import, FILE);
        }
        self.places().insert(store, place);
    }
}

/// The import that a note tells of, if it can still be read.
fn found_again(note: &Path) -> Option<Place> {
    let kept: Kept = serde_json::from_slice(&std::fs::read(note).ok()?).ok()?;
    let file = std::fs::read(note.with_extension(FILE)).ok();
    let file = file.and_then(|bytes| TableFile::read(&kept.name, &bytes).ok());
    // An import that is not done is nothing without its file.
    let done = matches!(kept.phase, Phase::Ended(_, ImportOutcome::Finished));
    (done || file.is_some()).then(|| Place::found_again(kept, file.as_ref()))
}

const FILE: &str = "csv";
const REJECTS: &str = "rejects.csv";
const NOTE: &str = "note";

/// A file that is about to be handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    pub store: StoreId,
    pub import: ImportId,
    /// Where its bytes are to be written.
    pub path: PathBuf,
}

impl Services {
    /// The same use cases, with a folder for files that are handed in on the screen.
    ///
    /// # Errors
    /// [`ServiceError`] when what lies there from before cannot be removed.
    pub fn keeping_files_in(mut self, folder: PathBuf) -> Result<Self, ServiceError> {
        self.desk = ImportDesk::in_folder(folder).map_err(ServiceError::internal)?;
        Ok(self)
    }

    /// Says where to put a file, for whoever may import.
    ///
    /// # Errors
    /// A refusal while another import of the store runs.
    pub fn begin_upload(&self, ctx: &Ctx, command: CommandId) -> Result<Upload, ServiceError> {
        self.may_import(ctx, ctx.store)?;
        let import = ImportId(command.checked().map_err(ServiceError::refused)?.0);
        if let Some(place) = self.desk.places().get(&ctx.store)
            && matches!(place.kept.phase, Phase::Running(_))
        {
            return Err(running());
        }
        let path = self.desk.path(import, FILE)?;
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(ServiceError::internal)?;
        }
        Ok(Upload { store: ctx.store, import, path })
    }

    /// Looks at the file that was handed in; it takes the place of the one before.
    ///
    /// # Errors
    /// A refusal when it is no table; the file is removed then.
    pub async fn uploaded(
        &self,
        ctx: &Ctx,
        upload: &Upload,
        name: &str,
        kind: ImportKind,
    ) -> Result<ImportPreview, ServiceError> {
        let looked = self.look_at_upload(ctx, upload, name, kind).await;
        if looked.is_err() {
            self.desk.forget(upload.import);
        }
        looked
    }

    /// Removes what arrived of a file that did not arrive whole.
    pub fn upload_broke_off(&self, upload: &Upload) {
        self.desk.forget(upload.import);
    }

    async fn look_at_upload(
        &self,
        ctx: &Ctx,
        upload: &Upload,
        name: &str,
        kind: ImportKind,
    ) -> Result<ImportPreview, ServiceError> {
        self.may_import(ctx, upload.store)?;
        let name = shown_name(name);
        let read = read_file(upload.path.clone(), name.clone()).await?;
        self.note_upload(ctx, upload, &name, read.rows).await?;
        let mappings = self.mappings_for(kind, &read.headers).await?;
        // A mapping that was saved for just such a file is proposed.
        let plan = match mappings.iter().find(|mapping| mapping.fits) {
            Some(mapping) => self.mapped(mapping.id, &read.headers).await?,
            None => ImportPlan::guessed(kind, &read.headers),
        };
        let (table, plan) = blocking(move || (Table::of(&read, &plan, None), plan)).await?;
        let kept = Kept { store: upload.store, import: upload.import, name, plan, phase: Phase::Waiting };
        let place = Place { kept, table: Some(Arc::new(table)) };
        let preview = place.preview(mappings).ok_or(GONE)?;
        self.desk.note_down(&place.kept);
        let before = {
            let mut places = self.desk.places();
            if places.get(&upload.store).is_some_and(|place| matches!(place.kept.phase, Phase::Running(_))) {
                return Err(running());
            }
            places.insert(upload.store, place)
        };
        if let Some(before) = before.filter(|before| before.kept.import != upload.import) {
            self.desk.forget(before.kept.import);
        }
        Ok(preview)
    }

    async fn note_upload(
        &self,
        ctx: &Ctx,
        upload: &Upload,
        name: &str,
        rows: u64,
    ) -> Result<(), ServiceError> {
        let summary = format!("{name}, {rows} rows");
        let command = CommandId(upload.import.0);
        let head = crate::command::Head::of(command, &(&summary, upload.store))?;
        let event = Event::about(
            EventId(command.0),
            EventKind::ImportUploaded,
            (SubjectKind::Import, upload.import.0),
            summary,
            Moment::new(self.clock.now(), self.today(upload.store)?),
            ctx.origin(upload.store, None),
        );
        let ctx = ctx.clone();
        self.db
            .write(move |tx| {
                let (ctx, head, event) = (ctx.clone(), head.clone(), event.clone());
                Box::pin(async move {
                    if let Some(()) = head.replay(tx, &ctx).await? {
                        return Ok(());
                    }
                    Ok(db::repo::record::insert(tx, &Record::of(event), head.body_hash(), &()).await?)
                })
            })
            .await
    }

    /// Where the import of the person's store stands.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] without the right to import.
    pub async fn import_view(&self, ctx: &Ctx) -> Result<ImportView, ServiceError> {
        self.may_import(ctx, ctx.store)?;
        let config = self.config()?;
        let store_name = config.store(ctx.store)?.store.name.clone();
        let place = self.desk.places().get(&ctx.store).cloned();
        let preview = match &place {
            Some(place) => self.preview_of(place).await?,
            None => None,
        };
        let state = place.as_ref().map(Place::state).unwrap_or_default();
        Ok(ImportView { store: ctx.store, store_name, state, preview })
    }

    async fn preview_of(&self, place: &Place) -> Result<Option<ImportPreview>, ServiceError> {
        let Some(table) = &place.table else { return Ok(None) };
        Ok(place.preview(self.mappings_for(place.kept.plan.kind(), &table.headers).await?))
    }

    /// How far the import of the person's store has come.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] without the right to import.
    pub fn import_state(&self, ctx: &Ctx) -> Result<ImportState, ServiceError> {
        self.may_import(ctx, ctx.store)?;
        Ok(self.desk.places().get(&ctx.store).map(Place::state).unwrap_or_default())
    }

    /// The file under another plan.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] when the file is gone.
    pub async fn look_at_import(
        &self,
        ctx: &Ctx,
        import: ImportId,
        plan: ImportPlan,
    ) -> Result<ImportPreview, ServiceError> {
        self.may_import(ctx, ctx.store)?;
        let place = self.looked_again(ctx.store, import, plan).await?;
        self.preview_of(&place).await?.ok_or(GONE)
    }

    /// The file under a mapping that was saved.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] when the file or the mapping is gone.
    pub async fn map_import(
        &self,
        ctx: &Ctx,
        import: ImportId,
        mapping: MappingId,
    ) -> Result<ImportPreview, ServiceError> {
        self.may_import(ctx, ctx.store)?;
        let (_, table) = self.desk.table(ctx.store, import)?;
        let plan = self.mapped(mapping, &table.headers).await?;
        let place = self.looked_again(ctx.store, import, plan).await?;
        self.preview_of(&place).await?.ok_or(GONE)
    }

    /// Looks over the file once more, and keeps what was found while it still waits.
    async fn looked_again(
        &self,
        store: StoreId,
        import: ImportId,
        plan: ImportPlan,
    ) -> Result<Place, ServiceError> {
        let (name, table) = self.desk.table(store, import)?;
        let file = read_file(self.desk.path(import, FILE)?, name).await?;
        let figures = Some(Arc::clone(&table.figures));
        let (table, plan) = blocking(move || (Table::of(&file, &plan, figures), plan)).await?;
        let place = {
            let mut places = self.desk.places();
            let place = places.get_mut(&store).filter(|place| place.kept.import == import).ok_or(GONE)?;
            if matches!(place.kept.phase, Phase::Running(_)) {
                return Err(running());
            }
            place.kept.plan = plan;
            place.table = Some(Arc::new(table));
            place.clone()
        };
        self.desk.note_down(&place.kept);
        Ok(place)
    }

    /// Starts the import of a file that lies ready. It goes on when the page is closed.
    ///
    /// # Errors
    /// What is missing in the plan, field by field; under `warnings` what looks wrong and nobody has said to be right.
    pub async fn start_import(&self, ctx: &Ctx, cmd: StartImport) -> Result<(), ServiceError> {
        self.may_import(ctx, cmd.store_id)?;
        let path = self.desk.path(cmd.import_id, FILE)?;
        if self.desk.has_begun(cmd.store_id, cmd.import_id)? {
            return Ok(());
        }
        let looked = self.looked_again(cmd.store_id, cmd.import_id, cmd.plan.clone()).await?;
        let table = looked.table.ok_or(GONE)?;
        if !table.looked.missing.is_empty() {
            return Err(ServiceError::Fields(table.looked.missing.clone()));
        }
        let open = table.looked.surveyed.as_ref().map(unconfirmed).unwrap_or_default();
        if !open.is_empty() {
            return Err(ServiceError::Fields(open));
        }
        let counts = ImportCounts { rows: table.rows, ..ImportCounts::default() };
        // Of two who press the button at once, one starts it.
        if !self.desk.begin(cmd.store_id, cmd.import_id, counts)? {
            return Ok(());
        }
        let (services, ctx, name) = (self.clone(), ctx.clone(), looked.kept.name);
        tokio::spawn(async move {
            let (store, import) = (cmd.store_id, cmd.import_id);
            let desk = services.desk.clone();
            // A task of its own, so that even a panic leaves a sentence on the screen.
            let run = tokio::spawn(async move { services.run_upload(&ctx, &cmd, path, name).await });
            let ended = match run.await {
                Ok(Ok(counts)) => Phase::Ended(counts, ImportOutcome::Finished),
                Ok(Err(error)) => Phase::Ended(desk.counts(store), stopped(&error)),
                Err(error) => Phase::Ended(desk.counts(store), stopped(&ServiceError::internal(error))),
            };
            desk.ends(store, import, ended);
        });
        Ok(())
    }

    async fn run_upload(
        &self,
        ctx: &Ctx,
        cmd: &StartImport,
        path: PathBuf,
        name: String,
    ) -> Result<ImportCounts, ServiceError> {
        let file = read_file(path, name).await?;
        let (desk, store, import) = (self.desk.clone(), cmd.store_id, cmd.import_id);
        let done = self.import_file(ctx, cmd, &file, |counts| desk.goes_on(store, import, counts)).await?;
        if !done.rejects.is_empty() {
            tokio::fs::write(self.desk.path(import, REJECTS)?, &done.rejects)
                .await
                .map_err(ServiceError::internal)?;
        }
        Ok(done.counts)
    }

    /// The rejected rows of the last import of the person's store, with the name to save them under.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] when there are none.
    pub async fn import_rejects(
        &self,
        ctx: &Ctx,
        import: ImportId,
    ) -> Result<(String, Vec<u8>), ServiceError> {
        self.may_import(ctx, ctx.store)?;
        let name = {
            let places = self.desk.places();
            let place = places.get(&ctx.store).filter(|place| place.kept.import == import).ok_or(GONE)?;
            place.kept.name.clone()
        };
        let bytes = tokio::fs::read(self.desk.path(import, REJECTS)?).await.map_err(|_| GONE)?;
        Ok((rejects_name(&name), bytes))
    }

    /// A page of the rows of the last import that did not come in.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] when there are none.
    pub async fn import_bad_rows(
        &self,
        ctx: &Ctx,
        import: ImportId,
        offset: u64,
        limit: u64,
    ) -> Result<BadRows, ServiceError> {
        let (_, bytes) = self.import_rejects(ctx, import).await?;
        let limit = limit.min(crate::sales::LONGEST_PAGE);
        blocking(move || bad_rows(&bytes, offset, limit)).await?.map_err(ServiceError::internal)
    }

    /// Puts the file away without importing it, or the result once it was looked at.
    ///
    /// # Errors
    /// A refusal while the import runs.
    pub fn discard_import(&self, ctx: &Ctx, import: ImportId) -> Result<(), ServiceError> {
        self.may_import(ctx, ctx.store)?;
        let mut places = self.desk.places();
        match places.get(&ctx.store) {
            Some(place) if place.kept.import == import => {
                if matches!(place.kept.phase, Phase::Running(_)) {
                    return Err(running());
                }
                places.remove(&ctx.store);
            }
            _ => return Ok(()),
        }
        drop(places);
        self.desk.forget(import);
        Ok(())
    }
}

impl ImportDesk {
    /// What was counted until now.
    fn counts(&self, store: StoreId) -> ImportCounts {
        match self.places().get(&store).map(|place| &place.kept.phase) {
            Some(Phase::Running(counts) | Phase::Ended(counts, _)) => *counts,
            Some(Phase::Waiting) | None => ImportCounts::default(),
        }
    }

    /// The name of a file that lies there, and what is known of it.
    fn table(&self, store: StoreId, import: ImportId) -> Result<(String, Arc<Table>), ServiceError> {
        let places = self.places();
        let place = places.get(&store).filter(|place| place.kept.import == import).ok_or(GONE)?;
        let table = place.table.clone().ok_or(GONE)?;
        Ok((place.kept.name.clone(), table))
    }

    /// Says that an import is under way, unless it is already.
    fn begin(&self, store: StoreId, import: ImportId, counts: ImportCounts) -> Result<bool, ServiceError> {
        let kept = {
            let mut places = self.places();
            let place = places.get_mut(&store).filter(|place| place.kept.import == import).ok_or(GONE)?;
            if place.has_begun() {
                return Ok(false);
            }
            place.kept.phase = Phase::Running(counts);
            place.kept.clone()
        };
        self.note_down(&kept);
        Ok(true)
    }

    /// Whether an import is under way, or done: the button was pressed twice.
    fn has_begun(&self, store: StoreId, import: ImportId) -> Result<bool, ServiceError> {
        let places = self.places();
        let place = places.get(&store).filter(|place| place.kept.import == import).ok_or(GONE)?;
        Ok(place.has_begun())
    }
}

const GONE: ServiceError = ServiceError::NotFound("file");

fn running() -> ServiceError {
    ServiceError::refused("an import into this store is under way: wait until it is done")
}

/// Why it stopped, in a sentence; what only the log may know goes there.
fn stopped(error: &ServiceError) -> ImportOutcome {
    tracing::error!(%error, ?error, "an import stopped");
    ImportOutcome::Stopped(error.to_string())
}

/// The name of the file with the rejected rows of a file.
#[must_use]
pub fn rejects_name(file: &str) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    format!("{stem}-rejects.csv")
}

/// Runs what takes long beside the threads that serve requests.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, ServiceError> {
    tokio::task::spawn_blocking(work).await.map_err(ServiceError::internal)
}

/// Reads and parses a file.
async fn read_file(path: PathBuf, name: String) -> Result<TableFile, ServiceError> {
    let read = blocking(move || {
        let bytes = std::fs::read(path).map_err(ServiceError::internal)?;
        TableFile::read(&name, &bytes).map_err(|refused: FileError| ServiceError::refused(refused))
    });
    read.await?
}

/// The last part of what a browser calls the file, fit to be shown.
fn shown_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    domain::text::optional_line(last).ok().flatten().unwrap_or_else(|| "goods.csv".to_owned())
}
