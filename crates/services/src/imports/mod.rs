//! Bringing in goods that come as a file, a few at a time, so that tills sell meanwhile.

mod desk;
mod file;
mod look;
mod mappings;
mod pace;
mod place;
mod portion;

pub(crate) use desk::ImportDesk;
pub use desk::{Upload, rejects_name};
pub use file::TableFile;

use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::{ConfigExt, Services};
use domain::event::{Event, EventKind, Record, SubjectKind};
use domain::field::FieldError;
use domain::ids::{CommandId, EventId, ImportId, LegalEntityId, OrganizationId, StoreId};
use domain::import::{
    Arrival, CheckedImport, Identities, ImportCounts, ImportKind, ImportPlan, Imported, RowRead, StartImport,
    Surveyed,
};
use domain::moment::Moment;
use domain::person::Permission;
use file::Rejects;
use pace::Pace;
use portion::Waiting;
use std::sync::Arc;

/// Rows read before others get the processor for a moment.
const ROWS_AT_ONCE: u64 = 2_000;

/// One run over one file.
struct Run {
    ctx: Ctx,
    store: StoreId,
    import: ImportId,
    kind: ImportKind,
    file: String,
    /// The column of the number on the tag, for complaints.
    tag_name: String,
    organization: OrganizationId,
    legal_entity: LegalEntityId,
}

impl Services {
    /// Whether the person may bring goods into the store: that takes the right to import and to know cost.
    pub(crate) fn may_import(&self, ctx: &Ctx, store: StoreId) -> Result<(), ServiceError> {
        ctx.require(Permission::ImportItems, store)?;
        ctx.require(Permission::ViewCost, store)
    }

    /// Brings in the rows of a file as opening stock (J74): good rows become pieces and lots, bad rows come back
    /// with their reasons, rows that an earlier run brought in are left alone. Whatever stops it, running
    /// it again brings the rest and nothing twice.
    ///
    /// # Errors
    /// What is missing in the plan, field by field; under `warnings` what looks wrong over the whole file and nobody
    /// has said to be right; a failure of the database, after which what came in stays.
    pub async fn import_file(
        &self,
        ctx: &Ctx,
        cmd: &StartImport,
        file: &TableFile,
        progress: impl Fn(ImportCounts) + Send + Sync,
    ) -> Result<Imported, ServiceError> {
        self.may_import(ctx, cmd.store_id)?;
        let plan = checked(file, &cmd.plan).await?;
        let config = self.config()?;
        let run = Arc::new(Run {
            ctx: ctx.clone(),
            store: cmd.store_id,
            import: cmd.import_id,
            kind: plan.kind(),
            file: file.name.clone(),
            tag_name: plan.tag_name().to_owned(),
            organization: config.organization.id,
            legal_entity: config.store(cmd.store_id)?.store.legal_entity_id,
        });
        let said = serde_json::to_value(&cmd.plan).map_err(ServiceError::internal)?;
        let summary = format!("{}, {} rows", file.name, file.rows);
        self.note(&run, cmd.command_id, EventKind::ImportStarted, summary, said).await?;

        let mut counts = ImportCounts { rows: file.rows, ..ImportCounts::default() };
        let (mut seen, mut rejects, mut pace) =
            (Identities::of(plan.kind()), Rejects::of(file), Pace::default());
        let mut waiting: Vec<Waiting> = Vec::new();
        let mut reader = plan.reader();
        let mut read = 0_u64;
        for (line, mut cells) in file.rows() {
            read += 1;
            let row = match reader.read(&mut cells) {
                RowRead::Good(row) => row,
                RowRead::Bad(reasons) => {
                    rejects.add(line, &reasons, cells);
                    counts.rejected += 1;
                    continue;
                }
                RowRead::LeftOut(reason) => {
                    if let Some(reason) = reason {
                        rejects.add(line, &[reason], cells);
                    }
                    counts.left_out += 1;
                    continue;
                }
            };
            match seen.key(&row, line) {
                Ok(key) => waiting.push(Waiting { arrival: Arrival { line, key, row: *row }, cells }),
                Err(earlier) => {
                    rejects.add(line, &[same_number(plan.kind(), earlier)], cells);
                    counts.rejected += 1;
                }
            }
            if waiting.len() >= pace.size() {
                self.receive_some(&run, &mut waiting, &mut counts, &mut pace, &mut rejects).await?;
                progress(counts);
            }
            if read.is_multiple_of(ROWS_AT_ONCE) {
                progress(counts);
                tokio::task::yield_now().await;
            }
        }
        self.receive_some(&run, &mut waiting, &mut counts, &mut pace, &mut rejects).await?;
        progress(counts);

        let said = serde_json::to_value(counts).map_err(ServiceError::internal)?;
        let finished = self.fresh_command(&run, u64::MAX);
        let summary = format!("{}: {counts}", file.name);
        self.note(&run, finished, EventKind::ImportFinished, summary, said).await?;
        Ok(Imported { counts, rejects: rejects.finish().map_err(ServiceError::internal)? })
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
                    Ok(db::repo::record::insert(tx, &Record::of(event), head.body_hash(), &()).await?)
                })
            })
            .await
    }
}

fn same_number(kind: ImportKind, earlier: u64) -> FieldError {
    let number = match kind {
        ImportKind::Stones => "stock number",
        ImportKind::Pieces | ImportKind::Lots | ImportKind::Shopify => "number",
    };
    FieldError::new("row", format!("line {earlier} has the same {number}"))
}

/// A plan that fits the file, and of which nothing looks wrong but what was said to be right.
async fn checked(file: &TableFile, plan: &ImportPlan) -> Result<CheckedImport, ServiceError> {
    if let ImportPlan::Stones(_) = plan {
        return Ok(plan.check(&file.headers, file.delimiter, &[])?);
    }
    let (file, plan) = (file.clone(), plan.clone());
    let looked = tokio::task::spawn_blocking(move || {
        let checked = plan.check(&file.headers, file.delimiter, &file.figures());
        checked.map(|checked| (look::survey(&file, &checked), checked))
    });
    let (surveyed, checked) = looked.await.map_err(ServiceError::internal)??;
    match surveyed.map(|surveyed| unconfirmed(&surveyed)) {
        Some(open) if !open.is_empty() => Err(ServiceError::Fields(open)),
        _ => Ok(checked),
    }
}

/// What looks wrong and nobody has said to be right.
fn unconfirmed(surveyed: &Surveyed) -> Vec<FieldError> {
    surveyed.open().map(|warning| FieldError::new("warnings", &warning.sentence)).collect()
}
