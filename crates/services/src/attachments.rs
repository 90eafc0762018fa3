//! Papers of the books: taken in, attached, withdrawn, handed out.

use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::manual::may_post;
use crate::recurring;
use crate::services_core::Services;
use db::Read;
use db::repo::{attachment, ledger, record, recurring as monthly};
use domain::attachment::{
    AttachFiles, AttachedTo, Attachment, AttachmentRefusal, NewFile, TakenIn, WithdrawAttachment, look_at,
};
use domain::event::AuditLine;
use domain::ids::{AttachmentId, Ids, StoreId};
use domain::ledger::{Entry, VerifyReport};
use domain::moment::Moment;
use domain::person::Permission;
use uuid::Uuid;

impl Services {
    /// Whether somebody may send a paper: known before a byte of it is read.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for people who may not post by hand.
    pub fn may_send_paper(&self, ctx: &Ctx) -> Result<(), ServiceError> {
        ctx.require_anywhere(Permission::PostJournal)
    }

    /// Takes a paper in, to be attached to something next. It is on the disk when this answers.
    ///
    /// # Errors
    /// A refusal in words: too large, of another kind, not what its name says.
    pub async fn take_paper_in(
        &self,
        ctx: &Ctx,
        said: &str,
        bytes: Vec<u8>,
    ) -> Result<TakenIn, ServiceError> {
        self.may_send_paper(ctx)?;
        let taken = look_at(said, &bytes).map_err(ServiceError::refused)?;
        let (files, name) = (self.files.clone(), taken.file.clone());
        let kept = tokio::task::spawn_blocking(move || files.keep(&name, &bytes));
        kept.await.map_err(ServiceError::internal)?.map_err(ServiceError::internal)?;
        Ok(taken)
    }

    /// Attaches papers to an entry that was posted by hand, or to one that comes every month.
    ///
    /// # Errors
    /// A refusal in words at the field.
    pub async fn attach_files(&self, ctx: &Ctx, cmd: AttachFiles) -> Result<Vec<Attachment>, ServiceError> {
        ctx.require_anywhere(Permission::PostJournal)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let files = self.taken_in(&cmd.files).await?;
        let (ctx, now, today) = (ctx.clone(), self.clock.now(), self.today(ctx.store)?);
        self.db
            .write(move |tx| {
                let (ctx, head, cmd, files) = (ctx.clone(), head.clone(), cmd.clone(), files.clone());
                Box::pin(async move {
                    if let Some(done) = head.replay(tx, &ctx).await? {
                        return Ok(done);
                    }
                    let stores = stores_of(tx, cmd.to).await?;
                    may_post(&ctx, &stores)?;
                    if !attachment::lock_owner(tx, cmd.to).await? {
                        return Err(AttachmentRefusal::NotByHand.at("files").into());
                    }
                    let there = attachment::list(tx, &[cmd.to.id()]).await?;
                    let origin = ctx.origin(stores.first().copied().unwrap_or(ctx.store), None);
                    let (moment, mut ids) = (Moment::new(now, today), Ids::new(cmd.command_id));
                    let decided = cmd.decide(&there, &files, &origin, &moment, &mut ids);
                    let (attached, record) = decided.map_err(|refused| refused.at("files"))?;
                    record::insert(tx, &record, head.body_hash(), &attached).await?;
                    attachment::insert(tx, &attached).await?;
                    Ok(attached)
                })
            })
            .await
    }

    /// Says that a paper does not belong where it is.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`]; no reason, or one that was withdrawn before.
    pub async fn withdraw_attachment(&self, ctx: &Ctx, cmd: WithdrawAttachment) -> Result<(), ServiceError> {
        ctx.require_anywhere(Permission::PostJournal)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let (ctx, now, today) = (ctx.clone(), self.clock.now(), self.today(ctx.store)?);
        self.db
            .write(move |tx| {
                let (ctx, head, cmd) = (ctx.clone(), head.clone(), cmd.clone());
                Box::pin(async move {
                    if let Some(()) = head.replay(tx, &ctx).await? {
                        return Ok(());
                    }
                    let missing = || ServiceError::NotFound("file");
                    let to = attachment::find(tx, cmd.attachment_id).await?.ok_or_else(missing)?.to;
                    let stores = stores_of(tx, to).await?;
                    may_post(&ctx, &stores)?;
                    attachment::lock_owner(tx, to).await?;
                    // Read again behind the lock: somebody may have withdrawn it meanwhile.
                    let found = attachment::find(tx, cmd.attachment_id).await?.ok_or_else(missing)?;
                    let origin = ctx.origin(stores.first().copied().unwrap_or(ctx.store), None);
                    let (withdrawn, record) = cmd.decide(&found, &origin, &Moment::new(now, today))?;
                    record::insert(tx, &record, head.body_hash(), &()).await?;
                    attachment::insert_withdrawal(tx, found.id, &withdrawn).await?;
                    Ok(())
                })
            })
            .await
    }

    /// A paper with its bytes, for whoever may see the ledger of a store that it is about. One that was withdrawn is
    /// for the owner.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for everybody else.
    pub async fn attachment(
        &self,
        ctx: &Ctx,
        id: AttachmentId,
    ) -> Result<(Attachment, Vec<u8>), ServiceError> {
        ctx.require_anywhere(Permission::ViewLedger)?;
        let missing = || ServiceError::NotFound("file");
        let found = attachment::find(self.db.read(), id).await?.ok_or_else(missing)?;
        let needed =
            if found.withdrawn.is_some() { Permission::ViewWithdrawn } else { Permission::ViewLedger };
        let stores = stores_of(self.db.read(), found.to).await?;
        if !stores.iter().any(|store| ctx.actor.may(needed, *store)) {
            return Err(missing());
        }
        let (files, name) = (self.files.clone(), found.file.clone());
        let read = tokio::task::spawn_blocking(move || files.read(&name));
        let bytes = read.await.map_err(ServiceError::internal)?.map_err(ServiceError::internal)?;
        Ok((found, bytes))
    }

    /// The papers that somebody looks for at an event: of its entries, of those that they reverse, and of what comes
    /// every month and posted it.
    pub(crate) async fn papers_of_event(
        &self,
        event: &AuditLine,
        entries: &[Entry],
    ) -> Result<Vec<Attachment>, ServiceError> {
        let mut owners: Vec<Uuid> = vec![event.subject_id];
        for entry in entries {
            owners.push(entry.header.id.0);
            owners.extend(entry.header.reverses.map(|original| original.0));
        }
        owners.extend(attachment::recurring_behind(self.db.read(), event.id).await?.map(|id| id.0));
        Ok(attachment::list(self.db.read(), &owners).await?)
    }

    /// Files that were taken in before, as their bytes tell: what the browser says of them is not believed.
    pub(crate) async fn taken_in(&self, files: &[NewFile]) -> Result<Vec<TakenIn>, ServiceError> {
        let (store, files) = (self.files.clone(), files.to_vec());
        let read = tokio::task::spawn_blocking(move || {
            files
                .iter()
                .map(|file| match store.read_to_name(&file.file) {
                    Ok(bytes) => look_at(&file.name, &bytes),
                    Err(_) => Err(AttachmentRefusal::Gone(file.name.clone())),
                })
                .collect::<Result<Vec<_>, _>>()
        });
        Ok(read.await.map_err(ServiceError::internal)?.map_err(|refused| refused.at("files"))?)
    }

    /// Every paper is there and still what it was.
    pub(crate) async fn verify_papers(&self, report: &mut VerifyReport) -> Result<(), ServiceError> {
        let named = attachment::all_files(self.db.read()).await?;
        let named = named.into_iter().map(|(name, event)| (name, Some(event))).collect();
        self.verify_files("Attached files are there and as they were taken in", "file", named, report).await
    }
}

/// The stores that a paper is about: those of the lines it belongs to.
async fn stores_of(db: &impl Read, to: AttachedTo) -> Result<Vec<StoreId>, ServiceError> {
    Ok(match to {
        AttachedTo::Entry(id) => {
            let entry = ledger::find_entry(db, id).await?.ok_or(ServiceError::NotFound("entry"))?;
            entry.lines.iter().map(|line| line.store).collect()
        }
        AttachedTo::Recurring(id) => {
            let found = monthly::find(db, id).await?.ok_or(ServiceError::NotFound("recurring entry"))?;
            recurring::stores_of(&found)
        }
    })
}
