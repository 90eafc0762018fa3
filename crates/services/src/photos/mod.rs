//! Photos of pieces and variations: taken in, kept, shown to whoever may see them.

mod picture;

use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::kept::FileStore;
use crate::services_core::Services;
use db::WriteTx;
use db::repo::{attachment, item, photo, record, sale, style};
use domain::event::{EventKind, SubjectKind};
use domain::ids::{CommandId, EventId, StoreId};
use domain::kept::KeptName;
use domain::ledger::{Finding, VerifyReport};
use domain::person::Permission;
use domain::photo::{
    ArrangePhotos, Photo, PhotoName, PhotoRefusal, Pictured, arranged, photo_record, with_one_more,
};
use picture::{NotAPicture, Picture};
use serde::Serialize;
use std::path::PathBuf;
use uuid::Uuid;

/// What a command says that adds a photo: the picture itself is in its name.
#[derive(Serialize)]
struct AddPhoto<'a> {
    of: Pictured,
    photo: &'a Photo,
}

impl Services {
    /// Keeps photos and papers in a folder. On a `PostgreSQL` database with several servers it has to be one that all share.
    ///
    /// # Errors
    /// [`ServiceError`] when the folder cannot be made.
    pub fn keeping_photos_in(mut self, folder: PathBuf) -> Result<Self, ServiceError> {
        self.files = FileStore::in_folder(folder).map_err(ServiceError::internal)?;
        Ok(self)
    }

    /// Whether somebody may give a piece or a variation a photo: known before a byte of it is read.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`], or [`ServiceError::Forbidden`] for people who may not edit it.
    pub async fn may_add_photo(&self, ctx: &Ctx, of: Pictured) -> Result<(), ServiceError> {
        let store = match of {
            Pictured::Item(id) => {
                item::get(self.db.read(), id).await?.ok_or(ServiceError::NotFound("piece"))?.store_id
            }
            // Styles belong to all stores, and are edited by whoever edits pieces in their own.
            Pictured::Variation(_) => ctx.store,
        };
        ctx.require(Permission::EditItems, store)
    }

    /// Makes a photo of what was sent and gives it to a piece or a variation. The files are on the disk before
    /// anything names them.
    ///
    /// # Errors
    /// A refusal in words: no picture, too large a one, too many of them.
    pub async fn add_photo(
        &self,
        ctx: &Ctx,
        command: CommandId,
        of: Pictured,
        bytes: Vec<u8>,
    ) -> Result<Photo, ServiceError> {
        self.may_add_photo(ctx, of).await?;
        // One at a time: a picture takes much memory while it is read.
        let turn = self.files.gate.clone().acquire_owned().await.map_err(ServiceError::internal)?;
        let photos = self.files.clone();
        let kept = tokio::task::spawn_blocking(move || {
            let Picture { large, small, width, height } = picture::read(&bytes)?;
            drop(bytes);
            let (name, small_name) = (PhotoName::of(&large), PhotoName::of(&small));
            photos.keep(&name, &large).map_err(ServiceError::internal)?;
            photos.keep(&small_name, &small).map_err(ServiceError::internal)?;
            Ok::<_, ServiceError>(Photo { name, small: small_name, width, height })
        });
        let kept = kept.await.map_err(ServiceError::internal)??;
        drop(turn);
        let head = Head::of(command, &AddPhoto { of, photo: &kept })?;
        let more = kept.clone();
        self.change_photos(ctx, head, of, EventKind::PhotoAdded, move |now| with_one_more(now, &more))
            .await?;
        Ok(kept)
    }

    /// Puts the photos of a piece or a variation in another order, or takes some off.
    ///
    /// # Errors
    /// A refusal in words.
    pub async fn arrange_photos(&self, ctx: &Ctx, cmd: ArrangePhotos) -> Result<Vec<Photo>, ServiceError> {
        self.may_add_photo(ctx, cmd.of).await?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let order = cmd.photos;
        let arrange = move |now: &[Photo]| arranged(now, &order);
        self.change_photos(ctx, head, cmd.of, EventKind::PhotosArranged, arrange).await
    }

    async fn change_photos(
        &self,
        ctx: &Ctx,
        head: Head,
        of: Pictured,
        kind: EventKind,
        change: impl Fn(&[Photo]) -> Result<Vec<Photo>, PhotoRefusal> + Clone + Send + Sync + 'static,
    ) -> Result<Vec<Photo>, ServiceError> {
        let now = self.now_in(ctx.store)?;
        let ctx = ctx.clone();
        self.db
            .write(move |tx| {
                let (ctx, head, change) = (ctx.clone(), head.clone(), change.clone());
                Box::pin(async move {
                    if let Some(done) = head.replay(tx, &ctx).await? {
                        return Ok(done);
                    }
                    let (store, subject, called) = locked(tx, &ctx, of).await?;
                    ctx.require(Permission::EditItems, store)?;
                    let moment = now.work_moment(tx, store).await?;
                    let before = photo::list(tx, [of.id()]).await?.remove(&of.id()).unwrap_or_default();
                    let after = change(&before).map_err(ServiceError::refused)?;
                    let origin = ctx.origin(store, None);
                    let photos = (before.as_slice(), after.as_slice());
                    let record = photo_record(head.id(), kind, subject, &called, photos, &origin, &moment);
                    record::insert(tx, &record, head.body_hash(), &after).await?;
                    photo::replace(tx, of, &after).await?;
                    Ok(after)
                })
            })
            .await
    }

    /// A photo's bytes, for whoever may see a piece or a variation that has it.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for everybody else.
    pub async fn photo(&self, ctx: &Ctx, name: PhotoName) -> Result<Vec<u8>, ServiceError> {
        let seen = photo::seen_at(self.db.read(), &name).await?;
        let in_stock = seen.stores.iter().any(|store| ctx.actor.may(Permission::ViewItems, *store));
        let on_style = seen.on_variation && ctx.require_anywhere(Permission::ViewItems).is_ok();
        if !in_stock && !on_style {
            return Err(ServiceError::NotFound("photo"));
        }
        let photos = self.files.clone();
        let read = tokio::task::spawn_blocking(move || photos.read(&name));
        read.await.map_err(ServiceError::internal)?.map_err(ServiceError::internal)
    }

    /// Removes files that no piece and no entry names.
    ///
    /// # Errors
    /// [`ServiceError`] when the folder cannot be read.
    pub async fn sweep_photos(&self) -> Result<usize, ServiceError> {
        let named = attachment::all_kept(self.db.read()).await?;
        let photos = self.files.clone();
        let swept = tokio::task::spawn_blocking(move || photos.sweep(&named));
        swept.await.map_err(ServiceError::internal)?.map_err(ServiceError::internal)
    }

    /// Every photo that a piece names is there and still what it was.
    pub(crate) async fn verify_photos(&self, report: &mut VerifyReport) -> Result<(), ServiceError> {
        let named = photo::all_names(self.db.read()).await?;
        let named = named.into_iter().map(|name| (name, None)).collect();
        self.verify_files("Photos are there and as they were taken in", "photo", named, report).await
    }

    /// Every file that something names, with the event that says so, is there and still what it was. Where no folder
    /// is known, nobody can tell.
    pub(crate) async fn verify_files(
        &self,
        check: &str,
        what: &str,
        named: Vec<(KeptName, Option<EventId>)>,
        report: &mut VerifyReport,
    ) -> Result<(), ServiceError> {
        if self.files.folder().is_none() {
            return Ok(());
        }
        report.checked.push((check.to_owned(), named.len() as u64));
        let files = self.files.clone();
        let wrong = tokio::task::spawn_blocking(move || {
            named.into_iter().filter(|(name, _)| !files.is_whole(name)).collect::<Vec<_>>()
        });
        let wrong = wrong.await.map_err(ServiceError::internal)?;
        report.findings.extend(wrong.into_iter().map(|(name, event)| Finding {
            check: check.to_owned(),
            event,
            detail: format!("{what} {name}"),
        }));
        Ok(())
    }
}

/// Locks a piece or a variation, and with it its photos: the store that changes them, and what the event is about.
async fn locked(
    tx: &WriteTx,
    ctx: &Ctx,
    of: Pictured,
) -> Result<(StoreId, (SubjectKind, Uuid), String), ServiceError> {
    match of {
        Pictured::Item(id) => {
            let found = sale::load_items(tx, &[id]).await?.pop().ok_or(ServiceError::NotFound("piece"))?;
            Ok((found.store_id, (SubjectKind::Item, id.0), found.tag))
        }
        Pictured::Variation(id) => {
            let found = style::get_locked(tx, id).await?.ok_or(ServiceError::NotFound("variation"))?;
            Ok((ctx.store, (SubjectKind::Style, found.style_id.0), found.sku))
        }
    }
}

impl From<NotAPicture> for ServiceError {
    fn from(error: NotAPicture) -> Self {
        Self::refused(error)
    }
}
