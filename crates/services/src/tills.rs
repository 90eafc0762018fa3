//! Opening, dropping, counting and closing tills; closing the store day.

use crate::clock::local_time;
use crate::command::Head;
use crate::context::Ctx;
use crate::days::Calendar;
use crate::error::ServiceError;
use crate::sales::LONGEST_PAGE;
use crate::services_core::{ConfigExt, Services};
use db::WriteTx;
use db::repo::config::{self, Config};
use db::repo::till::Days;
use db::repo::{ledger, record, series, till};
use domain::ids::{EventId, Ids, StoreId, TillId, TillSessionId};
use domain::ledger::{LineFilter, code};
use domain::live::{News, NewsKind};
use domain::moment::{Confirmed, Moment};
use domain::person::Permission;
use domain::series::SeriesKind;
use domain::till::{
    self as rules, CloseDay, CloseTill, Deposit, DrawerState, OpenTill, Safe, SessionFilter, SessionPage,
    TillRefusal, TillReport, TillSession,
};

impl From<TillRefusal> for ServiceError {
    fn from(refusal: TillRefusal) -> Self {
        use domain::field::FieldError;
        match refusal {
            TillRefusal::ReasonMissing | TillRefusal::WhyMissing | TillRefusal::Reason(_) => {
                Self::Fields(vec![FieldError::new("reason", refusal)])
            }
            TillRefusal::NotAnAccount => Self::Fields(vec![FieldError::new("account", refusal)]),
            other => Self::refused(other),
        }
    }
}

impl Services {
    /// Opens a till; the first one of a store opens its day.
    ///
    /// # Errors
    /// A refusal in words: open already, a float that makes no sense, a clock to look at.
    pub async fn open_till(&self, ctx: &Ctx, cmd: OpenTill) -> Result<TillSessionId, ServiceError> {
        ctx.require(Permission::RunTill, cmd.store_id)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        if cmd.date_confirmed == Confirmed::Yes {
            ctx.require(Permission::CloseDay, cmd.store_id)?;
        }
        let (ctx, now) = (ctx.clone(), self.now_in(cmd.store_id)?);
        let store = cmd.store_id;
        self.db
            .write(move |tx| {
                let (ctx, head, cmd) = (ctx.clone(), head.clone(), cmd.clone());
                Box::pin(async move {
                    if let Some(done) = head.replay(tx, &ctx).await? {
                        return Ok(done);
                    }
                    // Read here: a till that was taken out a moment ago must not be opened.
                    let config = config::load(tx).await?.ok_or(ServiceError::NotSetUp)?;
                    let (store, till) = config.till(cmd.till_id)?;
                    if store.store.id != cmd.store_id || !till.active {
                        return Err(ServiceError::refused(TillRefusal::Unknown));
                    }
                    let mut ids = Ids::new(cmd.command_id);
                    let id: TillSessionId = ids.draw();
                    let calendar = Calendar { tx, ctx: &ctx, head: &head, store: cmd.store_id, now };
                    let date = calendar.open(cmd.date_confirmed, &mut ids).await?;
                    let open = till::find_open(tx, cmd.till_id).await?;
                    let drawer =
                        till::drawer_state(tx, cmd.till_id, cmd.store_id, id, open.is_some()).await?;
                    let moment = Moment::new(now.at, date);
                    let origin = ctx.origin(cmd.store_id, Some(id));
                    let opened = rules::open(&drawer, &cmd, &origin, &moment, &mut ids)?;
                    record::insert(tx, &opened.record, head.body_hash(), &id).await?;
                    let session = TillSession {
                        id,
                        till_id: cmd.till_id,
                        store_id: cmd.store_id,
                        business_date: date,
                        opened_at: moment.recorded_at,
                        opened_by: ctx.person(),
                        float: cmd.float,
                        closed_at: None,
                        closed_by: None,
                    };
                    till::insert_session(tx, &session).await?;
                    Ok(id)
                })
            })
            .await
            .inspect(|id| self.live.tell(News::of(NewsKind::Tills, store, *id)))
    }

    /// Counts a till blind, closes it and writes its Z.
    ///
    /// # Errors
    /// A refusal in words, or the field of a missing reason.
    pub async fn close_till(&self, ctx: &Ctx, cmd: CloseTill) -> Result<TillReport, ServiceError> {
        ctx.require(Permission::RunTill, cmd.store_id)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let config = self.config()?;
        let (ctx, now) = (ctx.clone(), self.clock.now());
        let news = News::of(NewsKind::Tills, cmd.store_id, cmd.session_id);
        self.db
            .write(move |tx| {
                let (ctx, head, cmd, config) = (ctx.clone(), head.clone(), cmd.clone(), config.clone());
                Box::pin(async move {
                    if let Some(done) = head.replay(tx, &ctx).await? {
                        return Ok(done);
                    }
                    let (drawer, date) = drawer_of(tx, cmd.session_id, cmd.store_id).await?;
                    let moment = Moment::new(now, date);
                    let origin = ctx.origin(cmd.store_id, Some(cmd.session_id));
                    let limit = config.store(cmd.store_id)?.policy.over_short_without_reason;
                    let (moved, counted) =
                        rules::close(&drawer, &cmd, limit, &origin, &moment, &mut Ids::new(cmd.command_id))?;
                    till::close_session(tx, cmd.session_id, ctx.person(), moment.recorded_at).await?;
                    let session =
                        till::get(tx, cmd.session_id).await?.ok_or(ServiceError::NotFound("till session"))?;
                    let mut report =
                        till::read_report(tx, &session, &config.jurisdictions, Some(counted)).await?;
                    in_store_time(&mut report, &config)?;
                    let number = series::draw(tx, SeriesKind::ZReport, drawer.till_id.0, 1).await?;
                    report.number = Some(number);
                    record::insert(tx, &moved.record, head.body_hash(), &report).await?;
                    till::insert_z(tx, &report, number).await?;
                    Ok(report)
                })
            })
            .await
            .inspect(|_| self.live.tell(news))
    }

    /// Closes the day of a store and seals it with a digest over all its entries.
    ///
    /// # Errors
    /// A refusal while a till is open.
    pub async fn close_day(&self, ctx: &Ctx, cmd: CloseDay) -> Result<(), ServiceError> {
        ctx.require(Permission::CloseDay, cmd.store_id)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let (ctx, now) = (ctx.clone(), self.now_in(cmd.store_id)?);
        let news = News::of(NewsKind::Tills, cmd.store_id, cmd.store_id);
        self.db
            .write(move |tx| {
                let (ctx, head, cmd) = (ctx.clone(), head.clone(), cmd.clone());
                Box::pin(async move {
                    if let Some(()) = head.replay(tx, &ctx).await? {
                        return Ok(());
                    }
                    till::hold_days(tx, cmd.store_id, Days::Change).await?;
                    let date = till::open_day(tx, cmd.store_id).await?;
                    let date = date.ok_or_else(|| ServiceError::refused("No day is open in this store."))?;
                    if till::count_open(tx, cmd.store_id).await? > 0 {
                        return Err(ServiceError::refused("A till is still open: count and close it first."));
                    }
                    let calendar = Calendar { tx, ctx: &ctx, head: &head, store: cmd.store_id, now };
                    calendar.close(date, EventId(cmd.command_id.0)).await
                })
            })
            .await
            .inspect(|()| self.live.tell(news))
    }

    /// Takes money from the safe to the bank.
    ///
    /// # Errors
    /// A refusal in words.
    pub async fn deposit_safe(&self, ctx: &Ctx, cmd: Deposit) -> Result<(), ServiceError> {
        ctx.require(Permission::MoveSafeMoney, cmd.store_id)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let (ctx, now) = (ctx.clone(), self.now_in(cmd.store_id)?);
        self.db
            .write(move |tx| {
                let (ctx, head, cmd) = (ctx.clone(), head.clone(), cmd.clone());
                Box::pin(async move {
                    if let Some(()) = head.replay(tx, &ctx).await? {
                        return Ok(());
                    }
                    till::hold_days(tx, cmd.store_id, Days::Change).await?;
                    let moment = now.work_moment(tx, cmd.store_id).await?;
                    let safe = ledger::store_balance(tx, code::UNDEPOSITED_FUNDS, cmd.store_id).await?;
                    let entity = till::legal_entity_of(tx, cmd.store_id).await?;
                    let origin = ctx.origin(cmd.store_id, None);
                    let record = rules::deposit_safe(
                        safe,
                        entity,
                        &cmd,
                        &origin,
                        &moment,
                        &mut Ids::new(cmd.command_id),
                    )?;
                    record::insert(tx, &record, head.body_hash(), &()).await?;
                    Ok(())
                })
            })
            .await
    }

    /// The X of an open till, or the Z of a closed one exactly as it was written.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`], or [`ServiceError::Forbidden`] in another store.
    pub async fn till_report(&self, ctx: &Ctx, id: TillSessionId) -> Result<TillReport, ServiceError> {
        let session = till::get(self.db.read(), id).await?.ok_or(ServiceError::NotFound("till session"))?;
        may_see_tills(ctx, session.store_id)?;
        if let Some(z) = till::get_z(self.db.read(), id).await? {
            return Ok(z);
        }
        let config = self.config()?;
        let mut report = till::read_report(self.db.read(), &session, &config.jurisdictions, None).await?;
        in_store_time(&mut report, &config)?;
        Ok(report)
    }

    /// The till sessions of the store, newest first, each with the figures of its Z.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for people who neither run tills nor see the ledger.
    pub async fn till_history(
        &self,
        ctx: &Ctx,
        mut filter: SessionFilter,
    ) -> Result<SessionPage, ServiceError> {
        may_see_tills(ctx, ctx.store)?;
        filter.limit = filter.limit.min(LONGEST_PAGE);
        let mut page = till::history(self.db.read(), ctx.store, &filter).await?;
        for session in &mut page.sessions {
            self.in_store_time(&mut session.opened_at, ctx.store)?;
            if let Some(closed_at) = &mut session.closed_at {
                self.in_store_time(closed_at, ctx.store)?;
            }
        }
        Ok(page)
    }

    /// The open session of a till.
    ///
    /// # Errors
    /// [`ServiceError`] when the database fails.
    pub async fn open_session(&self, till: TillId) -> Result<Option<TillSession>, ServiceError> {
        Ok(till::find_open(self.db.read(), till).await?)
    }

    /// What the ledger says lies in the store's safe, and what moved it last.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] without the right to move it.
    pub async fn safe(&self, ctx: &Ctx) -> Result<Safe, ServiceError> {
        /// Drops, counts and deposits of a few days.
        const SHOWN: u64 = 20;
        let store_id = ctx.store;
        ctx.require(Permission::MoveSafeMoney, store_id)?;
        let balance = ledger::store_balance(self.db.read(), code::UNDEPOSITED_FUNDS, store_id).await?;
        let filter = LineFilter {
            stores: vec![store_id],
            account: Some(code::UNDEPOSITED_FUNDS),
            ..LineFilter::default()
        };
        let (mut moves, _) = ledger::lines(self.db.read(), &filter, ledger::First::Newest, 0, SHOWN).await?;
        for line in &mut moves {
            self.in_store_time(&mut line.recorded_at, line.store)?;
        }
        Ok(Safe { store_id, balance, moves })
    }
}

/// Whoever works at tills, and whoever keeps the books that come from them.
fn may_see_tills(ctx: &Ctx, store: StoreId) -> Result<(), ServiceError> {
    if ctx.actor.may(Permission::ViewLedger, store) {
        Ok(())
    } else {
        ctx.require(Permission::RunTill, store)
    }
}

/// Turns the times of a report to the store's own.
fn in_store_time(report: &mut TillReport, config: &Config) -> Result<(), ServiceError> {
    let zone = &config.till(report.till_id)?.0.store.time_zone;
    report.opened_at = local_time(report.opened_at, zone)?;
    report.closed_at = report.closed_at.map(|at| local_time(at, zone)).transpose()?;
    Ok(())
}

pub(crate) async fn drawer_of(
    tx: &WriteTx,
    session: TillSessionId,
    store: StoreId,
) -> Result<(DrawerState, chrono::NaiveDate), ServiceError> {
    let session_row = till::get(tx, session).await?.filter(|row| row.store_id == store);
    session_row.ok_or_else(|| ServiceError::refused(TillRefusal::Unknown))?;
    till::load_drawer(tx, session).await?.ok_or(ServiceError::NotFound("till session"))
}
