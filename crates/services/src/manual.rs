//! Posting by hand, and undoing what was posted so.

use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::Services;
use chrono::NaiveDate;
use db::WriteTx;
use db::repo::config::{self, Config};
use db::repo::{account, attachment, manual, period, record, series};
use domain::ids::{EventId, Ids, StoreId};
use domain::ledger::{
    Account, BooksOf, By, EntryChoices, ManualRefusal, PostEntry, Posting, ReverseEntry, Standing,
};
use domain::person::Permission;
use domain::series::{SeriesKind, entry_number};

impl From<ManualRefusal> for ServiceError {
    fn from(refusal: ManualRefusal) -> Self {
        match refusal {
            ManualRefusal::Fields(fields) => Self::Fields(fields),
            other => Self::refused(other),
        }
    }
}

impl Services {
    /// What somebody chooses from who posts by hand.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] without the right to post.
    pub async fn entry_choices(&self, ctx: &Ctx) -> Result<EntryChoices, ServiceError> {
        let stores = self.stores_with(ctx, Permission::PostJournal)?;
        let mut accounts = account::list(self.db.read()).await?;
        accounts.retain(|account| account.active && !account.control);
        Ok(EntryChoices { accounts, stores, today: self.today(ctx.store)? })
    }

    /// Posts an entry by hand, with its reversal where a day for it is named.
    ///
    /// # Errors
    /// Each field that is wrong; lines that do not balance are told by how much.
    pub async fn post_entry(&self, ctx: &Ctx, cmd: PostEntry) -> Result<EventId, ServiceError> {
        may_post(ctx, &cmd.typed.stores())?;
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
                    let loaded = Loaded::load(tx).await?;
                    let by = By { origin: ctx.origin(ctx.store, None), now };
                    let mut ids = Ids::new(cmd.command_id);
                    let posting = cmd.decide(&loaded.standing(today), &files, &by, &mut ids)?;
                    write(tx, &head, posting).await
                })
            })
            .await
    }

    /// Undoes an entry by hand with another.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`]; a refusal for an entry of the rules, or one that was reversed.
    pub async fn reverse_entry(&self, ctx: &Ctx, cmd: ReverseEntry) -> Result<EventId, ServiceError> {
        ctx.require_anywhere(Permission::PostJournal)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let (ctx, now, today) = (ctx.clone(), self.clock.now(), self.today(ctx.store)?);
        self.db
            .write(move |tx| {
                let (ctx, head, cmd) = (ctx.clone(), head.clone(), cmd.clone());
                Box::pin(async move {
                    if let Some(done) = head.replay(tx, &ctx).await? {
                        return Ok(done);
                    }
                    let loaded = Loaded::load(tx).await?;
                    let original = manual::load_to_reverse(tx, cmd.entry).await?;
                    let original = original.ok_or(ServiceError::NotFound("entry"))?;
                    let stores: Vec<StoreId> = original.entry.lines.iter().map(|line| line.store).collect();
                    may_post(&ctx, &stores)?;
                    let by = By { origin: ctx.origin(ctx.store, None), now };
                    let mut ids = Ids::new(cmd.command_id);
                    let posting = cmd.decide(&original, &loaded.standing(today), &by, &mut ids)?;
                    write(tx, &head, posting).await
                })
            })
            .await
    }
}

/// Whether somebody may post by hand in each of some stores, or anywhere where none is named.
pub(crate) fn may_post(ctx: &Ctx, stores: &[StoreId]) -> Result<(), ServiceError> {
    ctx.require_anywhere(Permission::PostJournal)?;
    stores.iter().try_for_each(|store| ctx.require(Permission::PostJournal, *store))
}

/// What an entry by hand is decided on. The settings are held: no account is closed and nobody else posts by
/// hand meanwhile.
pub(crate) struct Loaded {
    config: Config,
    accounts: Vec<Account>,
    books: Vec<BooksOf>,
}

impl Loaded {
    pub(crate) async fn load(tx: &WriteTx) -> Result<Self, ServiceError> {
        let config = config::load_to_change(tx).await?.ok_or(ServiceError::NotSetUp)?;
        Ok(Self { config, accounts: account::list(tx).await?, books: period::list(tx).await? })
    }

    pub(crate) fn standing(&self, today: NaiveDate) -> Standing<'_> {
        Standing { config: &self.config, accounts: &self.accounts, books: &self.books, today }
    }
}

/// Numbers and writes what a hand posts.
pub(crate) async fn write(tx: &WriteTx, head: &Head, posting: Posting) -> Result<EventId, ServiceError> {
    let Posting { mut record, legal_entity, files } = posting;
    let count = i64::try_from(record.entries.len()).map_err(ServiceError::internal)?;
    let first = series::draw(tx, SeriesKind::JournalEntry, legal_entity.0, count).await?;
    record.event.summary = format!("{} {}", entry_number(first), record.event.summary);
    let event = record.event.id;
    record::insert(tx, &record, head.body_hash(), &event).await?;
    manual::insert(tx, legal_entity, first, &record.entries).await?;
    attachment::insert(tx, &files).await?;
    Ok(event)
}
