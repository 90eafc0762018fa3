//! Bringing in stones that come as a file, a few at a time, so that tills sell meanwhile.

mod desk;
mod file;
mod pace;

pub(crate) use desk::ImportDesk;
pub use desk::{Upload, rejects_name};
pub use file::StoneFile;

use crate::command::Head;
use crate::context::Ctx;
use crate::days::Now;
use crate::error::ServiceError;
use crate::services_core::{ConfigExt, Services};
use chrono::{DateTime, Utc};
use db::repo::{import, item, record};
use domain::event::{Event, EventKind, Record, SubjectKind};
use domain::field::FieldError;
use domain::ids::{CommandId, EventId, Ids, ImportId, LegalEntityId, OrganizationId, StoreId};
use domain::import::{
    CheckedPlan, Identities, ImportCounts, Imported, ImportedStone, PreviewRow, Receipt, StartImport,
    StonePlan, StonePreview, receive,
};
use domain::moment::Moment;
use domain::person::Permission;
use file::Rejects;
use pace::Pace;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Rows that a preview shows as pieces.
const ROWS_SHOWN: usize = 10;
/// Rows read before others get the processor for a moment.
const ROWS_AT_ONCE: u64 = 2_000;

/// One run over one file.
struct Run {
    ctx: Ctx,
    store: StoreId,
    import: ImportId,
    file: String,
    organization: OrganizationId,
    legal_entity: LegalEntityId,
}

/// What is written in one transaction.
struct Chunk {
    run: Arc<Run>,
    stones: Vec<ImportedStone>,
    command: CommandId,
    head: Head,
    now: DateTime<Utc>,
    today: chrono::NaiveDate,
}

impl Services {
    /// Whether the person may bring stones into the store: that takes the right to import and to know cost.
    pub(crate) fn may_import(&self, ctx: &Ctx, store: StoreId) -> Result<(), ServiceError> {
        ctx.require(Permission::ImportItems, store)?;
        ctx.require(Permission::ViewCost, store)
    }

    /// Brings in the stones of a file as opening stock (J74): good rows become pieces, bad rows come back
    /// with their reasons, rows that an earlier run brought in are left alone. Whatever stops it, running
    /// it again brings the rest and nothing twice.
    ///
    /// # Errors
    /// What is missing in the plan, field by field; a failure of the database, after which what came in
    /// stays.
    pub async fn import_stones(
        &self,
        ctx: &Ctx,
        cmd: &StartImport,
        file: &StoneFile,
        progress: impl Fn(ImportCounts) + Send + Sync,
    ) -> Result<Imported, ServiceError> {
        self.may_import(ctx, cmd.store_id)?;
        let plan = cmd.plan.check(&file.headers, file.delimiter)?;
        let config = self.config()?;
        let run = Arc::new(Run {
            ctx: ctx.clone(),
            store: cmd.store_id,
            import: cmd.import_id,
            file: file.name.clone(),
            organization: config.organization.id,
            legal_entity: config.store(cmd.store_id)?.store.legal_entity_id,
        });
        let said = serde_json::to_value(&cmd.plan).map_err(ServiceError::internal)?;
        let summary = format!("{}, {} rows", file.name, file.rows);
        self.note(&run, cmd.command_id, EventKind::ImportStarted, summary, said).await?;

        let mut counts = ImportCounts { rows: file.rows, ..ImportCounts::default() };
        let (mut seen, mut rejects, mut pace) = (Identities::default(), Rejects::of(file), Pace::default());
        let mut waiting: Vec<ImportedStone> = Vec::new();
        let mut read = 0_u64;
        for (line, cells) in file.rows() {
            read += 1;
            match read_row(&plan, &mut seen, line, &cells) {
                Ok(stone) => waiting.push(stone),
                Err(reasons) => {
                    rejects.add(line, &reasons, &cells).map_err(ServiceError::internal)?;
                    counts.rejected += 1;
                }
            }
            if waiting.len() >= pace.size() {
                self.receive_some(&run, &mut waiting, &mut counts, &mut pace).await?;
                progress(counts);
            }
            if read.is_multiple_of(ROWS_AT_ONCE) {
                progress(counts);
                tokio::task::yield_now().await;
            }
        }
        self.receive_some(&run, &mut waiting, &mut counts, &mut pace).await?;
        progress(counts);

        let said = serde_json::to_value(counts).map_err(ServiceError::internal)?;
        let finished = self.fresh_command(&run, u64::MAX);
        let summary = format!("{}: {counts}", file.name);
        self.note(&run, finished, EventKind::ImportFinished, summary, said).await?;
        Ok(Imported { counts, rejects: rejects.finish().map_err(ServiceError::internal)? })
    }

    /// The beginning of a file as the pieces it would become under a plan.
    pub(crate) fn preview(
        name: &str,
        rows: u64,
        headers: &[String],
        delimiter: domain::import::Delimiter,
        first: &[(u64, Vec<String>)],
        plan: StonePlan,
    ) -> StonePreview {
        let (checked, missing) = match plan.check(headers, delimiter) {
            Ok(checked) => (Some(checked), Vec::new()),
            Err(missing) => (None, missing),
        };
        let shown = first.iter().map(|(line, cells)| {
            let (piece, reasons) = match checked.as_ref().map(|plan| plan.read(cells)) {
                Some(Ok(stone)) => (Some((stone.details, stone.price, stone.cost)), Vec::new()),
                Some(Err(reasons)) => (None, reasons),
                None => (None, Vec::new()),
            };
            PreviewRow { line: *line, cells: cells.clone(), piece, reasons }
        });
        StonePreview {
            file: name.to_owned(),
            rows,
            headers: headers.to_vec(),
            first: shown.collect(),
            plan,
            missing,
        }
    }

    /// The id of the next command of a run, which no other run has.
    fn fresh_command(&self, run: &Run, number: u64) -> CommandId {
        let mut hasher = blake3::Hasher::new();
        hasher.update(run.import.0.as_bytes());
        hasher.update(&number.to_be_bytes());
        let mut random = [0; 10];
        hasher.finalize_xof().fill(&mut random);
        CommandId::from_parts(u64::try_from(self.clock.now().timestamp_millis()).unwrap_or(0), &random)
    }

    /// An event about a run as a whole.
    async fn note(
        &self,
        run: &Arc<Run>,
        command: CommandId,
        kind: EventKind,
        summary: String,
        after: serde_json::Value,
    ) -> Result<(), ServiceError> {
        let moment = Moment::new(self.clock.now(), self.today(run.store)?);
        let head = Head::of(command, &(run.import, &summary, &after))?;
        let event = Event {
            after: Some(after),
            ..Event::about(
                EventId(command.0),
                kind,
                (SubjectKind::Import, run.import.0),
                summary,
                moment,
                run.ctx.origin(run.store, None),
            )
        };
        let run = Arc::clone(run);
        self.db
            .write(move |tx| {
                let (head, event, run) = (head.clone(), event.clone(), Arc::clone(&run));
                Box::pin(async move {
                    if let Some(()) = head.replay(tx, &run.ctx).await? {
                        return Ok(());
                    }
                    Ok(record::insert(tx, &Record::of(event), head.body_hash(), &()).await?)
                })
            })
            .await
    }

    /// Brings in the stones that wait, in one transaction.
    async fn receive_some(
        &self,
        run: &Arc<Run>,
        waiting: &mut Vec<ImportedStone>,
        counts: &mut ImportCounts,
        pace: &mut Pace,
    ) -> Result<(), ServiceError> {
        let stones = std::mem::take(waiting);
        // What is there already is found by reading: a second run never stands in a till's way.
        let known = import::known(self.db.read(), run.store, stones.iter().map(|stone| stone.key)).await?;
        counts.already_there += known.len() as u64;
        let stones: Vec<ImportedStone> =
            stones.into_iter().filter(|stone| !known.contains(&stone.key)).collect();
        if stones.is_empty() {
            return Ok(());
        }
        let all = stones.len() as u64;
        let command = self.fresh_command(run, counts.done());
        let keys: Vec<[u8; 32]> = stones.iter().map(|stone| stone.key.0).collect();
        let chunk = Arc::new(Chunk {
            run: Arc::clone(run),
            command,
            head: Head::of(command, &(run.import, keys))?,
            now: self.clock.now(),
            today: self.today(run.store)?,
            stones,
        });
        let (imported, took) = self
            .db
            .write(move |tx| {
                let chunk = Arc::clone(&chunk);
                Box::pin(async move { write_chunk(tx, &chunk).await })
            })
            .await?;
        pace.took(imported, took);
        counts.imported += imported;
        counts.already_there += all - imported;
        Ok(())
    }
}

/// A row as a stone that nobody else in the file is, or why it is none.
fn read_row(
    plan: &CheckedPlan,
    seen: &mut Identities,
    line: u64,
    cells: &[String],
) -> Result<ImportedStone, Vec<FieldError>> {
    let stone = plan.read(cells)?;
    let key = seen.key(&stone, line).map_err(|earlier| {
        vec![FieldError::new("row", format!("line {earlier} has the same stock number"))]
    })?;
    Ok(ImportedStone { line, key, stone })
}

/// Gives how many came in, and how long it held the writer.
async fn write_chunk(tx: &db::WriteTx, chunk: &Chunk) -> Result<(u64, Duration), ServiceError> {
    let begun = Instant::now();
    let run = &chunk.run;
    if let Some(imported) = chunk.head.replay(tx, &run.ctx).await? {
        return Ok((imported, begun.elapsed()));
    }
    import::lock_store(tx, run.store).await?;
    let known = import::known(tx, run.store, chunk.stones.iter().map(|stone| stone.key)).await?;
    let stones: Vec<ImportedStone> =
        chunk.stones.iter().filter(|stone| !known.contains(&stone.key)).cloned().collect();
    if stones.is_empty() {
        return Ok((0, begun.elapsed()));
    }
    let imported = stones.len() as u64;
    let moment = Now { at: chunk.now, today: chunk.today }.work_moment(tx, run.store).await?;
    let tags = crate::items::draw_tags(tx, run.organization, stones.len()).await?;
    let at = Receipt {
        event: EventId(chunk.command.0),
        import: run.import,
        file: &run.file,
        origin: run.ctx.origin(run.store, None),
        legal_entity: run.legal_entity,
        moment,
    };
    let received =
        receive(&stones, tags, &at, &mut Ids::new(chunk.command)).map_err(ServiceError::internal)?;
    item::insert_many(tx, &received.items, chunk.now).await?;
    record::insert(tx, &received.record, chunk.head.body_hash(), &imported).await?;
    import::insert(tx, run.store, at.event, &received.keys).await?;
    Ok((imported, begun.elapsed()))
}

/// The beginning of a file, kept while its plan is made.
fn first_rows(file: &StoneFile) -> Vec<(u64, Vec<String>)> {
    file.rows().take(ROWS_SHOWN).collect()
}
