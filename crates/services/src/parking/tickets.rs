//! Parking, opening, throwing away, releasing.

use super::pieces;
use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::register::without_secret_cost;
use crate::services_core::{ConfigExt, Services};
use db::repo::sale::AtTill;
use db::repo::{customer, item, parking, record, sale};
use domain::ids::{EventId, ItemId, ParkedId, SaleLineId};
use domain::item::ShownItem;
use domain::live::{News, NewsKind};
use domain::moment::Moment;
use domain::parking::{
    self as rules, OpenParked, OpenRefusal, Opened, OpenedTicket, ParkRefusal, ParkTicket, ReleasePiece,
    ThrowAway, TicketState,
};
use domain::person::Permission;
use std::sync::Arc;

impl Services {
    /// Puts a ticket aside and holds its pieces for it.
    ///
    /// # Errors
    /// A refusal in words, or the field of the label.
    pub async fn park_ticket(&self, ctx: &Ctx, cmd: ParkTicket) -> Result<ParkedId, ServiceError> {
        ctx.require(Permission::Sell, cmd.store_id)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let (store, now, ctx, cmd) = (cmd.store_id, self.clock.now(), ctx.clone(), Arc::new(cmd));
        let parked = self
            .db
            .write(move |tx| {
                let (ctx, head, cmd) = (ctx.clone(), head.clone(), Arc::clone(&cmd));
                Box::pin(async move {
                    if let Some(done) = head.replay(tx, &ctx).await? {
                        return Ok(done);
                    }
                    let asked = AtTill { command: cmd.command_id, session: cmd.session_id, customer: None };
                    let till = sale::load_till(tx, asked).await?.ok_or(ParkRefusal::TillClosed)?;
                    let on_ticket = cmd.ticket.lines.iter().map(|line| line.item_id);
                    let items = pieces(tx, cmd.store_id, on_ticket, now).await?;
                    let origin = ctx.origin(cmd.store_id, Some(cmd.session_id));
                    let moment = Moment::new(now, till.business_date);
                    let (parked, record) = rules::park(&till.till, &items, &cmd, &origin, &moment)?;
                    record::insert(tx, &record, head.body_hash(), &parked.id).await?;
                    parking::insert(tx, &parked).await?;
                    Ok::<ParkedId, ServiceError>(parked.id)
                })
            })
            .await?;
        self.live.tell(News::of(NewsKind::Tickets, store, parked));
        Ok(parked)
    }

    /// Opens a parked ticket at a till. The answer says what changed since it was parked.
    ///
    /// # Errors
    /// A refusal in words; of two tills that open it at once, one does.
    pub async fn open_parked(&self, ctx: &Ctx, cmd: OpenParked) -> Result<OpenedTicket, ServiceError> {
        ctx.require(Permission::Sell, cmd.store_id)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let (store, id, now) = (cmd.store_id, cmd.parked_id, self.clock.now());
        let policy = Arc::new(self.config()?.store(store)?.policy.clone());
        let (theirs, cmd) = (ctx.clone(), Arc::new(cmd));
        let (ticket, changes) = self
            .db
            .write(move |tx| {
                let (ctx, head, cmd) = (theirs.clone(), head.clone(), Arc::clone(&cmd));
                let policy = Arc::clone(&policy);
                Box::pin(async move {
                    if let Some(done) = head.replay(tx, &ctx).await? {
                        return Ok(done);
                    }
                    let asked = AtTill { command: cmd.command_id, session: cmd.session_id, customer: None };
                    let till = sale::load_till(tx, asked).await?.ok_or(OpenRefusal::TillClosed)?;
                    let parked = parking::load(tx, cmd.parked_id).await?.ok_or(OpenRefusal::Unknown)?;
                    let on_ticket = parked.ticket.lines.iter().map(|line| line.item_id);
                    let items = pieces(tx, cmd.store_id, on_ticket, now).await?;
                    let origin = ctx.origin(cmd.store_id, Some(cmd.session_id));
                    let moment = Moment::new(now, till.business_date);
                    let back: Vec<SaleLineId> =
                        parked.ticket.returns.iter().map(|back| back.line.line_id).collect();
                    let sold = if back.is_empty() { Vec::new() } else { sale::load_sold(tx, &back).await? };
                    let now_sold = (sold.as_slice(), &*policy);
                    let (opened, record) =
                        rules::open(&parked, &till.till, &items, now_sold, &cmd, &origin, &moment)?;
                    let Opened { ticket, changes } = opened;
                    let answer = (ticket, changes);
                    record::insert(tx, &record, head.body_hash(), &answer).await?;
                    let event = EventId(cmd.command_id.0);
                    parking::close(tx, parked.id, TicketState::Opened, event).await?;
                    Ok::<_, ServiceError>(answer)
                })
            })
            .await?;
        self.live.tell(News::of(NewsKind::Tickets, store, id));
        let ids: Vec<ItemId> = ticket.lines.iter().map(|line| line.item_id).collect();
        let items = item::get_many(self.db.read(), &ids).await?;
        let items: Vec<ShownItem> = items.into_iter().map(|item| without_secret_cost(ctx, item)).collect();
        let customer = match ticket.customer_id {
            Some(id) => customer::get(self.db.read(), id).await?,
            None => None,
        };
        Ok(OpenedTicket { ticket, items, customer, changes })
    }

    /// Throws a parked ticket away; what stood on it stays in the audit trail.
    ///
    /// # Errors
    /// A refusal when it is no longer there.
    pub async fn throw_away_parked(&self, ctx: &Ctx, cmd: ThrowAway) -> Result<(), ServiceError> {
        ctx.require(Permission::Sell, cmd.store_id)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let news = News::of(NewsKind::Tickets, cmd.store_id, cmd.parked_id);
        let (now, ctx) = (self.now_in(cmd.store_id)?, ctx.clone());
        let done: Result<(), ServiceError> = self
            .db
            .write(move |tx| {
                let (ctx, head, cmd) = (ctx.clone(), head.clone(), cmd.clone());
                Box::pin(async move {
                    if let Some(()) = head.replay(tx, &ctx).await? {
                        return Ok(());
                    }
                    let moment = now.work_moment(tx, cmd.store_id).await?;
                    let parked = parking::load(tx, cmd.parked_id).await?.ok_or(OpenRefusal::Unknown)?;
                    let on_ticket = parked.ticket.lines.iter().map(|line| line.item_id);
                    let items = pieces(tx, cmd.store_id, on_ticket, now.at).await?;
                    let origin = ctx.origin(cmd.store_id, None);
                    let record = rules::throw_away(&parked, &items, &cmd, &origin, &moment)?;
                    record::insert(tx, &record, head.body_hash(), &()).await?;
                    let event = EventId(cmd.command_id.0);
                    parking::close(tx, parked.id, TicketState::ThrownAway, event).await?;
                    Ok(())
                })
            })
            .await;
        done.inspect(|()| self.live.tell(news))
    }

    /// Puts a held piece back in the case: one that this till holds, one whose time is over, or, by a manager, any.
    ///
    /// # Errors
    /// A refusal in words.
    pub async fn release_piece(&self, ctx: &Ctx, cmd: ReleasePiece) -> Result<(), ServiceError> {
        ctx.require(Permission::Sell, cmd.store_id)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let news = News::of(NewsKind::Tickets, cmd.store_id, cmd.item_id);
        let (now, ctx) = (self.now_in(cmd.store_id)?, ctx.clone());
        let done: Result<(), ServiceError> = self
            .db
            .write(move |tx| {
                let (ctx, head, cmd) = (ctx.clone(), head.clone(), cmd.clone());
                Box::pin(async move {
                    if let Some(()) = head.replay(tx, &ctx).await? {
                        return Ok(());
                    }
                    let moment = now.work_moment(tx, cmd.store_id).await?;
                    let items = sale::load_items(tx, &[cmd.item_id]).await?;
                    let origin = ctx.origin(cmd.store_id, None);
                    let record = rules::release(items.first(), &cmd, &ctx.actor, &origin, &moment)?;
                    record::insert(tx, &record, head.body_hash(), &()).await?;
                    Ok(())
                })
            })
            .await;
        done.inspect(|()| self.live.tell(news))
    }
}
