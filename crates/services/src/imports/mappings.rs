//! How the columns of a file are read, saved under a name.

use super::file::TableFile;
use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::Services;
use db::repo::import_mapping::{self, Mapping};
use db::repo::record;
use domain::event::{Event, EventKind, Record, SubjectKind};
use domain::field::FieldError;
use domain::ids::{EventId, Ids, MappingId};
use domain::import::{DeleteMapping, ImportKind, ImportPlan, SaveMapping, SavedMapping, columns_digest};
use domain::moment::Moment;
use domain::text;
use std::sync::Arc;

/// More layouts of files than any store has seen; the list of them stays bounded.
const MOST_MAPPINGS: u64 = 200;
/// The widest list has 200 names of 120 letters, and some 30 fields.
const LONGEST_MAPPING: usize = 200_000;

impl Services {
    /// The saved mappings, those for a file with exactly these columns first.
    pub(super) async fn mappings_for(
        &self,
        kind: ImportKind,
        headers: &[String],
    ) -> Result<Vec<SavedMapping>, ServiceError> {
        let digest = columns_digest(headers).0;
        let lines = import_mapping::list(self.db.read(), MOST_MAPPINGS).await?;
        let line = |line: import_mapping::MappingLine| SavedMapping {
            fits: line.kind == kind && line.columns_digest == digest,
            id: line.id,
            name: line.name,
            kind: line.kind,
            version: line.version,
        };
        let mut mappings: Vec<SavedMapping> = lines.into_iter().map(line).collect();
        mappings.sort_by_key(|mapping| !mapping.fits);
        Ok(mappings)
    }

    /// The plan that a saved mapping makes for a file.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] when it was thrown away.
    pub(super) async fn mapped(&self, id: MappingId, headers: &[String]) -> Result<ImportPlan, ServiceError> {
        let mapping =
            import_mapping::get(self.db.read(), id).await?.ok_or(ServiceError::NotFound("mapping"))?;
        Ok(mapping.content.plan_for(headers).into())
    }

    /// The plan of the saved mapping with this name, for a file from the command line.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] without the right to import, a refusal when there is none of this name.
    pub async fn mapping_named(
        &self,
        ctx: &Ctx,
        name: &str,
        file: &TableFile,
    ) -> Result<ImportPlan, ServiceError> {
        self.may_import(ctx, ctx.store)?;
        let found = import_mapping::named(self.db.read(), name.trim()).await?;
        let mapping =
            found.ok_or_else(|| ServiceError::refused(format!("no mapping is named “{}”", name.trim())))?;
        Ok(mapping.content.plan_for(&file.headers).into())
    }

    /// Saves a mapping under a name, or gives it another name.
    ///
    /// # Errors
    /// A name that is taken, missing or too long, at the field `name`.
    pub async fn save_mapping(&self, ctx: &Ctx, cmd: SaveMapping) -> Result<MappingId, ServiceError> {
        self.may_import(ctx, ctx.store)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let at_name = |message: String| ServiceError::Fields(vec![FieldError::new("name", message)]);
        let name = text::required_line(&cmd.name).map_err(|error| at_name(error.to_string()))?;
        if let Some(content) = &cmd.content {
            let length = serde_json::to_vec(content).map_err(ServiceError::internal)?.len();
            if content.plan.kind == ImportKind::Stones || length > LONGEST_MAPPING {
                return Err(ServiceError::refused("this is no mapping of a list"));
            }
        }
        let moment = Moment::new(self.clock.now(), self.today(ctx.store)?);
        let (ctx, cmd) = (ctx.clone(), Arc::new(cmd));
        self.db
            .write(move |tx| {
                let (ctx, head, cmd, name) = (ctx.clone(), head.clone(), Arc::clone(&cmd), name.clone());
                Box::pin(async move {
                    if let Some(done) = head.replay(tx, &ctx).await? {
                        return Ok(done);
                    }
                    let before = match cmd.mapping_id {
                        None => None,
                        Some(id) => Some(
                            import_mapping::get(tx, id).await?.ok_or(ServiceError::NotFound("mapping"))?,
                        ),
                    };
                    let content =
                        cmd.content.clone().or_else(|| before.as_ref().map(|before| before.content.clone()));
                    let mapping = Mapping {
                        id: before
                            .as_ref()
                            .map_or_else(|| Ids::new(cmd.command_id).draw(), |before| before.id),
                        name,
                        content: content.ok_or(ServiceError::NotFound("mapping"))?,
                        version: before.as_ref().map_or(1, |before| before.version + 1),
                        event: EventId(cmd.command_id.0),
                    };
                    let event = Event {
                        after: serde_json::to_value(&mapping.content).ok(),
                        ..Event::about(
                            mapping.event,
                            EventKind::MappingSaved,
                            (SubjectKind::ImportMapping, mapping.id.0),
                            mapping.name.clone(),
                            moment,
                            ctx.origin(ctx.store, None),
                        )
                    };
                    record::insert(tx, &Record::of(event), head.body_hash(), &mapping.id).await?;
                    match &before {
                        Some(before) => import_mapping::update(tx, &mapping, before.version).await?,
                        None if import_mapping::count(tx).await? >= MOST_MAPPINGS => {
                            return Err(ServiceError::refused(format!(
                                "there are {MOST_MAPPINGS} mappings already: delete one first"
                            )));
                        }
                        None => import_mapping::insert(tx, &mapping).await?,
                    }
                    Ok(mapping.id)
                })
            })
            .await
            .map_err(|error| match error {
                ServiceError::Conflict(what) if what.contains("name") => {
                    at_name("another mapping has this name".to_owned())
                }
                other => other,
            })
    }

    /// Throws a mapping away. What came in with it stays.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] when it is gone already.
    pub async fn delete_mapping(&self, ctx: &Ctx, cmd: DeleteMapping) -> Result<(), ServiceError> {
        self.may_import(ctx, ctx.store)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let moment = Moment::new(self.clock.now(), self.today(ctx.store)?);
        let (ctx, id) = (ctx.clone(), cmd.mapping_id);
        self.db
            .write(move |tx| {
                let (ctx, head) = (ctx.clone(), head.clone());
                Box::pin(async move {
                    if let Some(()) = head.replay(tx, &ctx).await? {
                        return Ok(());
                    }
                    let before =
                        import_mapping::get(tx, id).await?.ok_or(ServiceError::NotFound("mapping"))?;
                    let event = Event {
                        before: serde_json::to_value(&before.content).ok(),
                        ..Event::about(
                            EventId(head.id().0),
                            EventKind::MappingDeleted,
                            (SubjectKind::ImportMapping, id.0),
                            before.name,
                            moment,
                            ctx.origin(ctx.store, None),
                        )
                    };
                    record::insert(tx, &Record::of(event), head.body_hash(), &()).await?;
                    Ok(import_mapping::delete(tx, id).await?)
                })
            })
            .await
    }
}
