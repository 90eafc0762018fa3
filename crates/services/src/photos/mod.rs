//! Photos of pieces: taken in, kept, shown to whoever may see the piece.

mod picture;

use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::kept::FileStore;
use crate::services_core::Services;
use db::repo::{attachment, item, photo, record, sale};
use domain::event::EventKind;
use domain::ids::{CommandId, EventId, ItemId};
use domain::kept::KeptName;
use domain::ledger::{Finding, VerifyReport};
use domain::person::Permission;
use domain::photo::{ArrangePhotos, Photo, PhotoName, PhotoRefusal, arranged, photo_record, with_one_more};
use picture::{NotAPicture, Picture};
use serde::Serialize;
use std::path::PathBuf;

/// What a command says that adds a photo: the picture itself is in its name.
#[derive(Serialize)]
struct AddPhoto<'a> {
    item_id: ItemId,
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

    /// Whether somebody may give a piece a photo: known before a byte of it is read.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`], or [`ServiceError::Forbidden`] for people who may not edit it.
    pub async fn may_add_photo(&self, ctx: &Ctx, id: ItemId) -> Result<(), ServiceError> {
        let found = item::get(self.db.read(), id).await?.ok_or(ServiceError::NotFound("piece"))?;
        ctx.require(Permission::EditItems, found.store_id)
    }

    /// Makes a photo of what was sent and gives it to a piece. The files are on the disk before the piece names them.
    ///
    /// # Errors
    /// A refusal in words: no picture, too large a one, too many of them.
    pub async fn add_photo(
        &self,
        ctx: &Ctx,
        command: CommandId,
        id: ItemId,
        bytes: Vec<u8>,
    ) -> Result<Photo, ServiceError> {
        self.may_add_photo(ctx, id).await?;
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
        let head = Head::of(command, &AddPhoto { item_id: id, photo: &kept })?;
        let more = kept.clone();
        self.change_photos(ctx, head, id, EventKind::PhotoAdded, move |now| with_one_more(now, &more))
            .await?;
        Ok(kept)
    }

    /// Puts the photos of a piece in another order, or takes some off.
    ///
    /// # Errors
    /// A refusal in words.
    pub async fn arrange_photos(&self, ctx: &Ctx, cmd: ArrangePhotos) -> Result<Vec<Photo>, ServiceError> {
        let found = item::get(self.db.read(), cmd.item_id).await?.ok_or(ServiceError::NotFound("piece"))?;
        ctx.require(Permission::EditItems, found.store_id)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let order = cmd.photos;
        let arrange = move |now: &[Photo]| arranged(now, &order);
        self.change_photos(ctx, head, cmd.item_id, EventKind::PhotosArranged, arrange).await
    }

    async fn change_photos(
        &self,
        ctx: &Ctx,
        head: Head,
        id: ItemId,
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
                    // Locks the piece, and with it its photos.
                    let found = sale::load_items(tx, &[id]).await?;
                    let found = found.first().ok_or(ServiceError::NotFound("piece"))?;
                    ctx.require(Permission::EditItems, found.store_id)?;
                    let moment = now.work_moment(tx, found.store_id).await?;
                    let before = photo::list(tx, id).await?;
                    let after = change(&before).map_err(ServiceError::refused)?;
                    let origin = ctx.origin(found.store_id, None);
                    let record =
                        photo_record(head.id(), kind, id, &found.tag, (&before, &after), &origin, &moment);
                    record::insert(tx, &record, head.body_hash(), &after).await?;
                    photo::replace(tx, id, &after).await?;
                    Ok(after)
                })
            })
            .await
    }

    /// The photos of a piece.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`], or [`ServiceError::Forbidden`] in another store.
    pub async fn photos(&self, ctx: &Ctx, id: ItemId) -> Result<Vec<Photo>, ServiceError> {
        let found = item::get(self.db.read(), id).await?.ok_or(ServiceError::NotFound("piece"))?;
        ctx.require(Permission::ViewItems, found.store_id)?;
        Ok(photo::list(self.db.read(), id).await?)
    }

    /// A photo's bytes, for whoever may see a piece that has it.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for everybody else.
    pub async fn photo(&self, ctx: &Ctx, name: PhotoName) -> Result<Vec<u8>, ServiceError> {
        let stores = photo::stores_of(self.db.read(), &name).await?;
        if !stores.iter().any(|store| ctx.actor.may(Permission::ViewItems, *store)) {
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

impl From<NotAPicture> for ServiceError {
    fn from(error: NotAPicture) -> Self {
        Self::refused(error)
    }
}
