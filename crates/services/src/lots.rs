//! Goods that are alike: more of them arrive, and they are counted.

use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::items::{At, other_side, with_cost_entry};
use crate::services_core::{ConfigExt, Services};
use db::repo::{item, record};
use domain::event::{Event, EventKind, Record, SubjectKind};
use domain::field::FieldReader;
use domain::ids::{CommandId, EventId, Ids, ItemId, StoreId};
use domain::item::{CountLot, Item, LotMove, LotNow, LotReason, Quantity, ReceiveLot};
use domain::ledger::{AccountCode, code};
use domain::money::{Money, MoneyError};
use domain::person::Permission;
use domain::text;

/// A step of a lot with the words and the account around it.
struct Decided {
    kind: EventKind,
    summary: String,
    step: LotMove,
    other_side: AccountCode,
}

impl Services {
    /// Receives more of a lot (J64, J74): its average cost changes, its price does not.
    ///
    /// # Errors
    /// Each field that does not read; [`ServiceError::Forbidden`] for people who may not see cost.
    pub async fn receive_lot(&self, ctx: &Ctx, cmd: ReceiveLot) -> Result<(), ServiceError> {
        let store = self.store_of(cmd.item_id).await?;
        ctx.require(Permission::EditItems, store)?;
        ctx.require(Permission::ViewCost, store)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        self.step(ctx, head, (cmd.command_id, cmd.item_id, store), move |piece, now, event| {
            let mut fields = FieldReader::default();
            let added = cmd.quantity.read(now.lot.unit, &mut fields);
            let cost = fields.read("cost", cost(&cmd.cost));
            fields.finish(())?;
            let step = now.add(LotReason::Received, added, cost, event).map_err(ServiceError::refused)?;
            Ok(Decided {
                kind: EventKind::LotReceived,
                summary: format!("{}: {} more", piece.tag, added.show(now.lot.unit)),
                step,
                other_side: other_side(cmd.source),
            })
        })
        .await
    }

    /// Takes a count or a weighing for what is there; what is missing or found goes to 5090 at the average cost.
    ///
    /// # Errors
    /// Each field that does not read; a conflict when some was sold since the count was begun.
    pub async fn count_lot(&self, ctx: &Ctx, cmd: CountLot) -> Result<(), ServiceError> {
        let store = self.store_of(cmd.item_id).await?;
        ctx.require(Permission::EditItems, store)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        self.step(ctx, head, (cmd.command_id, cmd.item_id, store), move |piece, now, event| {
            let unit = now.lot.unit;
            let mut fields = FieldReader::default();
            let there =
                if cmd.there.is_nothing(unit) { Quantity::ZERO } else { cmd.there.read(unit, &mut fields) };
            let reason = fields.read("reason", text::required_line(&cmd.reason));
            fields.finish(())?;
            if now.version != cmd.version {
                return Err(ServiceError::refused(format!(
                    "{} changed while it was counted: there are {} in the books now. Look again.",
                    piece.tag,
                    now.lot.on_hand.show(unit)
                )));
            }
            let step = now.count(there, event).map_err(ServiceError::refused)?;
            let (was, is) = (now.lot.on_hand.show(unit), there.show(unit));
            Ok(Decided {
                kind: EventKind::LotCounted,
                summary: format!("{}: {was} in the books, {is} counted: {reason}", piece.tag),
                step,
                other_side: code::INVENTORY_ADJUSTMENTS,
            })
        })
        .await
    }

    async fn store_of(&self, id: ItemId) -> Result<StoreId, ServiceError> {
        let piece = item::get(self.db.read(), id).await?.ok_or(ServiceError::NotFound("piece"))?;
        Ok(piece.store_id)
    }

    /// Runs a step of a lot once, with the entry of what it changes the cost by.
    async fn step(
        &self,
        ctx: &Ctx,
        head: Head,
        (command, id, store): (CommandId, ItemId, StoreId),
        decide: impl Fn(&Item, LotNow, EventId) -> Result<Decided, ServiceError> + Send + Sync + Clone + 'static,
    ) -> Result<(), ServiceError> {
        let legal_entity = self.config()?.store(store)?.store.legal_entity_id;
        let (ctx, now) = (ctx.clone(), self.now_in(store)?);
        self.db
            .write(move |tx| {
                let (ctx, head, decide) = (ctx.clone(), head.clone(), decide.clone());
                Box::pin(async move {
                    if let Some(()) = head.replay(tx, &ctx).await? {
                        return Ok(());
                    }
                    let moment = now.work_moment(tx, store).await?;
                    let piece = item::get_locked(tx, id).await?.ok_or(ServiceError::NotFound("piece"))?;
                    let lot = LotNow::of(&piece)
                        .ok_or_else(|| ServiceError::refused(format!("{} is a unique piece.", piece.tag)))?;
                    let decided = decide(&piece, lot, EventId(command.0))?;
                    let event = Event::about(
                        EventId(command.0),
                        decided.kind,
                        (SubjectKind::Item, id.0),
                        decided.summary,
                        moment,
                        ctx.origin(store, None),
                    );
                    let at = At { ctx: &ctx, head: &head, moment, legal_entity };
                    let sides = (piece.account, decided.other_side);
                    let entry = Ids::new(command).draw();
                    let record = with_cost_entry(&at, event, entry, decided.step.cost, sides, id)?;
                    let record = Record { lots: vec![decided.step], ..record };
                    Ok(record::insert(tx, &record, head.body_hash(), &()).await?)
                })
            })
            .await
    }
}

/// What a delivery cost: zero or more.
fn cost(typed: &str) -> Result<Money, MoneyError> {
    let cost = Money::parse(typed)?;
    if cost.is_negative() { Err(MoneyError::NotPositive) } else { Ok(cost) }
}
