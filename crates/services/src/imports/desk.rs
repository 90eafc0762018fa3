//! Files that were handed in on the screen, and the imports that run over them: one per store at a time.

use super::file::StoneFile;
use super::first_rows;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::{ConfigExt, Services};
use domain::event::{Event, EventKind, Record, SubjectKind};
use domain::ids::{CommandId, EventId, ImportId, StoreId};
use domain::import::{
    Delimiter, FileError, ImportCounts, ImportOutcome, ImportState, ImportView, StartImport, StonePlan,
    StonePreview,
};
use domain::moment::Moment;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Where files lie while they are needed, and what becomes of them. Nothing of it outlives the process:
/// after a restart the file is handed in again, and what is there already stays as it is.
#[derive(Debug, Clone, Default)]
pub(crate) struct ImportDesk {
    folder: Option<Arc<PathBuf>>,
    places: Arc<Mutex<BTreeMap<StoreId, Place>>>,
}

#[derive(Debug, Clone)]
struct Place {
    import: ImportId,
    name: String,
    rows: u64,
    headers: Vec<String>,
    delimiter: Delimiter,
    first: Vec<(u64, Vec<String>)>,
    plan: StonePlan,
    phase: Phase,
}

#[derive(Debug, Clone)]
enum Phase {
    Waiting,
    Running(ImportCounts),
    Ended(ImportCounts, ImportOutcome),
}

impl Place {
    fn state(&self) -> ImportState {
        let name = self.name.clone();
        match &self.phase {
            Phase::Waiting => ImportState::Waiting(self.import, name),
            Phase::Running(counts) => ImportState::Running(self.import, name, *counts),
            Phase::Ended(counts, outcome) => ImportState::Ended(self.import, name, *counts, outcome.clone()),
        }
    }

    fn preview(&self) -> StonePreview {
        Services::preview(
            &self.name,
            self.rows,
            &self.headers,
            self.delimiter,
            &self.first,
            self.plan.clone(),
        )
    }
}

impl ImportDesk {
    /// A desk that keeps its files in a folder. What lies there from before is removed.
    fn in_folder(folder: PathBuf) -> std::io::Result<Self> {
        match std::fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        Ok(Self { folder: Some(Arc::new(folder)), places: Arc::default() })
    }

    fn places(&self) -> MutexGuard<'_, BTreeMap<StoreId, Place>> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn path(&self, import: ImportId, what: &str) -> Result<PathBuf, ServiceError> {
        let folder = self.folder.as_ref().ok_or_else(|| ServiceError::internal("no folder for files"))?;
        Ok(folder.join(format!("{import}.{what}")))
    }

    /// Removes the files of an import; one that is not there is as good as removed.
    fn forget(&self, import: ImportId) {
        for what in [FILE, REJECTS] {
            if let Ok(path) = self.path(import, what)
                && let Err(error) = std::fs::remove_file(&path)
                && error.kind() != std::io::ErrorKind::NotFound
            {
                tracing::warn!(%error, path = %path.display(), "a file of an import stays");
            }
        }
    }

    fn set_phase(&self, store: StoreId, import: ImportId, phase: Phase) {
        if let Some(place) = self.places().get_mut(&store)
            && place.import == import
        {
            place.phase = phase;
        }
    }
}

const FILE: &str = "csv";
const REJECTS: &str = "rejects.csv";

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

    /// Says where to put a file of stones, for whoever may import.
    ///
    /// # Errors
    /// A refusal while another import of the store runs.
    pub fn begin_upload(&self, ctx: &Ctx, command: CommandId) -> Result<Upload, ServiceError> {
        self.may_import(ctx, ctx.store)?;
        let import = ImportId(command.checked().map_err(ServiceError::refused)?.0);
        if let Some(place) = self.desk.places().get(&ctx.store)
            && matches!(place.phase, Phase::Running(_))
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
    ) -> Result<StonePreview, ServiceError> {
        let looked = self.look_at_upload(ctx, upload, name).await;
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
    ) -> Result<StonePreview, ServiceError> {
        self.may_import(ctx, upload.store)?;
        let file = Arc::new(read_file(upload.path.clone(), name.to_owned()).await?);
        let place = Place {
            import: upload.import,
            name: file.name.clone(),
            rows: file.rows,
            plan: StonePlan::guessed(&file.headers),
            headers: file.headers.clone(),
            delimiter: file.delimiter,
            first: first_rows(&file),
            phase: Phase::Waiting,
        };
        self.note_upload(ctx, upload, &place).await?;
        let preview = place.preview();
        let before = {
            let mut places = self.desk.places();
            if places.get(&upload.store).is_some_and(|place| matches!(place.phase, Phase::Running(_))) {
                return Err(running());
            }
            places.insert(upload.store, place)
        };
        if let Some(before) = before.filter(|before| before.import != upload.import) {
            self.desk.forget(before.import);
        }
        Ok(preview)
    }

    async fn note_upload(&self, ctx: &Ctx, upload: &Upload, place: &Place) -> Result<(), ServiceError> {
        let summary = format!("{}, {} rows", place.name, place.rows);
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
    pub fn import_view(&self, ctx: &Ctx) -> Result<ImportView, ServiceError> {
        self.may_import(ctx, ctx.store)?;
        let config = self.config()?;
        let places = self.desk.places();
        let place = places.get(&ctx.store);
        Ok(ImportView {
            store: ctx.store,
            store_name: config.store(ctx.store)?.store.name.clone(),
            state: place.map(Place::state).unwrap_or_default(),
            preview: place.filter(|place| matches!(place.phase, Phase::Waiting)).map(Place::preview),
        })
    }

    /// How far the import of the person's store has come.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] without the right to import.
    pub fn import_state(&self, ctx: &Ctx) -> Result<ImportState, ServiceError> {
        self.may_import(ctx, ctx.store)?;
        Ok(self.desk.places().get(&ctx.store).map(Place::state).unwrap_or_default())
    }

    /// The beginning of the file under another plan.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] when the file is gone.
    pub fn look_at_import(
        &self,
        ctx: &Ctx,
        import: ImportId,
        plan: StonePlan,
    ) -> Result<StonePreview, ServiceError> {
        self.may_import(ctx, ctx.store)?;
        let mut places = self.desk.places();
        let place = places.get_mut(&ctx.store).filter(|place| place.import == import).ok_or(GONE)?;
        place.plan = plan;
        Ok(place.preview())
    }

    /// Starts the import of a file that lies ready. It goes on when the page is closed.
    ///
    /// # Errors
    /// What is missing in the plan, field by field.
    pub fn start_import(&self, ctx: &Ctx, cmd: StartImport) -> Result<(), ServiceError> {
        self.may_import(ctx, cmd.store_id)?;
        let path = self.desk.path(cmd.import_id, FILE)?;
        let name = {
            let mut places = self.desk.places();
            let place =
                places.get_mut(&cmd.store_id).filter(|place| place.import == cmd.import_id).ok_or(GONE)?;
            match place.phase {
                Phase::Waiting | Phase::Ended(_, ImportOutcome::Stopped(_)) => {}
                // The button was pressed twice: it is under way, or done.
                Phase::Running(_) | Phase::Ended(_, ImportOutcome::Finished) => return Ok(()),
            }
            cmd.plan.check(&place.headers, place.delimiter)?;
            place.plan = cmd.plan.clone();
            place.phase = Phase::Running(ImportCounts { rows: place.rows, ..ImportCounts::default() });
            place.name.clone()
        };
        let (services, ctx) = (self.clone(), ctx.clone());
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
            desk.set_phase(store, import, ended);
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
        let file = read_file(path.clone(), name).await?;
        let (desk, store, import) = (self.desk.clone(), cmd.store_id, cmd.import_id);
        let done = self
            .import_stones(ctx, cmd, &file, |counts| desk.set_phase(store, import, Phase::Running(counts)))
            .await?;
        if !done.rejects.is_empty() {
            tokio::fs::write(self.desk.path(import, REJECTS)?, &done.rejects)
                .await
                .map_err(ServiceError::internal)?;
        }
        tokio::fs::remove_file(path).await.map_err(ServiceError::internal)?;
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
            let place = places.get(&ctx.store).filter(|place| place.import == import).ok_or(GONE)?;
            place.name.clone()
        };
        let bytes = tokio::fs::read(self.desk.path(import, REJECTS)?).await.map_err(|_| GONE)?;
        Ok((rejects_name(&name), bytes))
    }

    /// Puts the file away without importing it, or the result once it was looked at.
    ///
    /// # Errors
    /// A refusal while the import runs.
    pub fn discard_import(&self, ctx: &Ctx, import: ImportId) -> Result<(), ServiceError> {
        self.may_import(ctx, ctx.store)?;
        let mut places = self.desk.places();
        match places.get(&ctx.store) {
            Some(place) if place.import == import => {
                if matches!(place.phase, Phase::Running(_)) {
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
        match self.places().get(&store).map(|place| &place.phase) {
            Some(Phase::Running(counts) | Phase::Ended(counts, _)) => *counts,
            Some(Phase::Waiting) | None => ImportCounts::default(),
        }
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

/// Reads and parses a file beside the threads that serve requests.
async fn read_file(path: PathBuf, name: String) -> Result<StoneFile, ServiceError> {
    let name = shown_name(&name);
    let read = tokio::task::spawn_blocking(move || {
        let bytes = std::fs::read(path).map_err(ServiceError::internal)?;
        StoneFile::read(&name, &bytes).map_err(|refused: FileError| ServiceError::refused(refused))
    });
    read.await.map_err(ServiceError::internal)?
}

/// The last part of what a browser calls the file, fit to be shown.
fn shown_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    domain::text::optional_line(last).ok().flatten().unwrap_or_else(|| "stones.csv".to_owned())
}
