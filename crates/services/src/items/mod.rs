//! Pieces: adding, changing, setting aside, looking at them.

mod bulk;
mod save;

pub(crate) use save::{At, other_side, with_cost_entry};

use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::register::without_secret_cost;
use crate::services_core::Services;
use db::WriteTx;
use db::repo::{item, photo, record, series};
use domain::ids::{ItemId, OrganizationId};
use domain::item::{AsideRefusal, Item, ItemFilter, ItemPage, ItemSheet, ItemTotals, SetAside};
use domain::person::Permission;
use domain::series::{SeriesKind, tag_number};

impl From<AsideRefusal> for ServiceError {
    fn from(refusal: AsideRefusal) -> Self {
        match refusal.field() {
            Some(field) => Self::Fields(vec![field]),
            None => Self::refused(refusal),
        }
    }
}

impl Services {
    /// Sets a piece aside or puts it back.
    ///
    /// # Errors
    /// A refusal when the piece is held, sold or gone.
    pub async fn set_aside(&self, ctx: &Ctx, cmd: SetAside) -> Result<(), ServiceError> {
        let found = item::get(self.db.read(), cmd.item_id).await?.ok_or(ServiceError::NotFound("piece"))?;
        ctx.require(Permission::EditItems, found.store_id)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let now = self.now_in(found.store_id)?;
        let ctx = ctx.clone();
        self.db
            .write(move |tx| {
                let (ctx, head, cmd) = (ctx.clone(), head.clone(), cmd.clone());
                Box::pin(async move {
                    if let Some(()) = head.replay(tx, &ctx).await? {
                        return Ok(());
                    }
                    let moment = now.work_moment(tx, found.store_id).await?;
                    let piece =
                        item::get_locked(tx, cmd.item_id).await?.ok_or(ServiceError::NotFound("piece"))?;
                    let record = cmd.decide(&piece, &ctx.origin(piece.store_id, None), &moment)?;
                    Ok(record::insert(tx, &record, head.body_hash(), &()).await?)
                })
            })
            .await
    }

    /// A page of pieces in the stores where the person may see them.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] where there is none.
    pub async fn items(&self, ctx: &Ctx, mut filter: ItemFilter) -> Result<ItemPage, ServiceError> {
        filter.stores = ctx.stores_with(Permission::ViewItems)?;
        if filter.vendor.is_some() || filter.receipt.is_some() {
            // Whom something was bought from is nobody's business who may not know what it cost.
            ctx.require_anywhere(Permission::ViewVendors)?;
            filter.stores.retain(|store| ctx.actor.may(Permission::ViewVendors, *store));
        }
        let ItemPage { items, count, more, totals } =
            item::list(self.db.read(), &filter, self.clock.now()).await?;
        let all_costs = filter.stores.iter().all(|store| ctx.actor.may(Permission::ViewCost, *store));
        let now = self.clock.now();
        let shown = |item: Item| without_secret_cost(ctx, item.as_seen_from(None, now));
        Ok(ItemPage {
            items: items.into_iter().map(shown).collect(),
            count,
            more,
            totals: totals.map(|t| if all_costs { t } else { ItemTotals { cost: None, ..t } }),
        })
    }

    /// One piece with its steps.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`], or [`ServiceError::Forbidden`] in another store.
    pub async fn item(&self, ctx: &Ctx, id: ItemId) -> Result<ItemSheet, ServiceError> {
        let mut found = item::get(self.db.read(), id).await?.ok_or(ServiceError::NotFound("piece"))?;
        ctx.require(Permission::ViewItems, found.store_id)?;
        self.on_tickets(ctx, std::slice::from_mut(&mut found)).await?;
        let moves = item::list_moves(self.db.read(), id).await?;
        let mut steps = Vec::new();
        if found.lot.is_some() {
            steps = item::list_steps(self.db.read(), id).await?;
        }
        let variation = found.variation.as_ref().map(|variation| variation.id.0);
        let mut photos = photo::list(self.db.read(), [Some(id.0), variation].into_iter().flatten()).await?;
        let of_variation = variation.and_then(|id| photos.remove(&id)).unwrap_or_default();
        let photos = photos.remove(&id.0).unwrap_or_default();
        let item = without_secret_cost(ctx, found.as_seen_from(None, self.clock.now()));
        if item.cost.is_none() {
            steps.iter_mut().for_each(|step| step.cost = None);
        }
        Ok(ItemSheet { item, moves, steps, photos, of_variation })
    }
}

/// Draws tag numbers for pieces that bring none. A number that somebody typed on a tag before its turn
/// came is that piece's number, and is passed over.
pub(crate) async fn draw_tags(
    tx: &WriteTx,
    organization: OrganizationId,
    count: usize,
) -> Result<Vec<String>, ServiceError> {
    let mut tags = Vec::with_capacity(count);
    while tags.len() < count {
        let missing = i64::try_from(count - tags.len()).map_err(ServiceError::internal)?;
        let first = series::draw(tx, SeriesKind::Tag, organization.0, missing).await?;
        let drawn: Vec<String> = (first..first + missing).map(tag_number).collect();
        let taken = item::taken_tags(tx, &drawn).await?;
        tags.extend(drawn.into_iter().filter(|tag| !taken.contains(tag)));
    }
    Ok(tags)
}
