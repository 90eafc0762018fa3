//! Orders to vendors.

use super::{catalog, held};
use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::sales::LONGEST_PAGE;
use crate::services_core::{ConfigExt, Services};
use db::repo::vendor::{self, order, receipt};
use db::repo::{record, series};
use domain::event::{Event, EventKind, Record, SubjectKind};
use domain::field::FieldError;
use domain::ids::{EventId, Ids, PurchaseOrderId};
use domain::person::Permission;
use domain::series::{SeriesKind, order_number};
use domain::store::Store;
use domain::text;
use domain::vendor::{
    ChangeOrder, EndOrder, Ending, Letterhead, OrderFilter, OrderPage, OrderSheet, SaveOrder, VendorRefusal,
};
use std::sync::Arc;

impl Services {
    /// Drafts an order to a vendor or changes one. What a placed order was before stands in its event.
    ///
    /// # Errors
    /// Each field that does not read; an order that is closed; a retired vendor.
    pub async fn save_order(&self, ctx: &Ctx, cmd: SaveOrder) -> Result<PurchaseOrderId, ServiceError> {
        ctx.require(Permission::Purchase, cmd.store_id)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let code = self.config()?.store(cmd.store_id)?.store.code.clone();
        let (ctx, now, cmd) = (ctx.clone(), self.now_in(cmd.store_id)?, Arc::new(cmd));
        self.db
            .write(move |tx| {
                let (ctx, head, cmd, code) = (ctx.clone(), head.clone(), Arc::clone(&cmd), code.clone());
                Box::pin(async move {
                    if let Some(done) = head.replay(tx, &ctx).await? {
                        return Ok(done);
                    }
                    let vendor = held(tx, cmd.vendor_id).await?;
                    if !vendor.file.active {
                        return Err(VendorRefusal::Retired(vendor.file.name).into());
                    }
                    let checked = cmd.typed.check(&catalog(tx, cmd.store_id, &cmd.typed.lines).await?)?;
                    let before = match cmd.order_id {
                        Some(id) => Some(
                            order::get(tx, id)
                                .await?
                                .filter(|order| {
                                    order.store_id == cmd.store_id && order.vendor_id == cmd.vendor_id
                                })
                                .ok_or(ServiceError::NotFound("order"))?,
                        ),
                        None => None,
                    };
                    let (kind, after) = match &before {
                        None => {
                            let number =
                                series::draw(tx, SeriesKind::PurchaseOrder, cmd.store_id.0, 1).await?;
                            let id = Ids::new(cmd.command_id).draw();
                            let drafted = checked.draft(id, order_number(&code, number), &cmd);
                            (EventKind::OrderSaved, drafted)
                        }
                        Some(before) => match checked.change(before)? {
                            ChangeOrder::Draft(after) => (EventKind::OrderSaved, after),
                            ChangeOrder::Placed(after) => (EventKind::OrderChanged, after),
                        },
                    };
                    let event = Event {
                        before: before.as_ref().and_then(|before| serde_json::to_value(before).ok()),
                        after: serde_json::to_value(&after).ok(),
                        ..Event::about(
                            EventId(cmd.command_id.0),
                            kind,
                            (SubjectKind::PurchaseOrder, after.id.0),
                            format!("{} to {}", after.number, vendor.file.name),
                            now.work_moment(tx, cmd.store_id).await?,
                            ctx.origin(cmd.store_id, None),
                        )
                    };
                    match &before {
                        None => order::insert(tx, &after, now.at).await?,
                        Some(_) => order::update(tx, &after, cmd.version).await?,
                    }
                    record::insert(tx, &Record::of(event), head.body_hash(), &after.id).await?;
                    Ok(after.id)
                })
            })
            .await
    }

    /// Places an order, closes it short or cancels it.
    ///
    /// # Errors
    /// A step that the order does not take as it stands; a conflict when somebody else changed it first.
    pub async fn end_order(&self, ctx: &Ctx, cmd: EndOrder) -> Result<(), ServiceError> {
        let found = order::get(self.db.read(), cmd.order_id).await?.ok_or(ServiceError::NotFound("order"))?;
        let store = found.store_id;
        ctx.require(Permission::Purchase, store)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let reason = match cmd.ending {
            Ending::Place => text::optional_line(&cmd.reason).map(Option::unwrap_or_default),
            Ending::CloseShort | Ending::Cancel => text::required_line(&cmd.reason),
        };
        let reason = reason.map_err(|error| ServiceError::Fields(vec![FieldError::new("reason", error)]))?;
        let (ctx, now) = (ctx.clone(), self.now_in(store)?);
        self.db
            .write(move |tx| {
                let (ctx, head, cmd, reason) = (ctx.clone(), head.clone(), cmd.clone(), reason.clone());
                Box::pin(async move {
                    if let Some(()) = head.replay(tx, &ctx).await? {
                        return Ok(());
                    }
                    let vendor = held(tx, found.vendor_id).await?;
                    let before =
                        order::get(tx, cmd.order_id).await?.ok_or(ServiceError::NotFound("order"))?;
                    if cmd.ending == Ending::Place && !vendor.file.active {
                        return Err(VendorRefusal::Retired(vendor.file.name).into());
                    }
                    let moment = now.work_moment(tx, store).await?;
                    let after = before.end(cmd.ending, moment.business_date)?;
                    let kind = match cmd.ending {
                        Ending::Place => EventKind::OrderPlaced,
                        Ending::CloseShort => EventKind::OrderClosedShort,
                        Ending::Cancel => EventKind::OrderCancelled,
                    };
                    let said = [after.number.clone(), reason];
                    let event = Event {
                        before: serde_json::to_value(&before).ok(),
                        after: serde_json::to_value(&after).ok(),
                        ..Event::about(
                            EventId(cmd.command_id.0),
                            kind,
                            (SubjectKind::PurchaseOrder, after.id.0),
                            said.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": "),
                            moment,
                            ctx.origin(store, None),
                        )
                    };
                    order::update(tx, &after, cmd.version).await?;
                    Ok(record::insert(tx, &Record::of(event), head.body_hash(), &()).await?)
                })
            })
            .await
    }

    /// One order, as it is shown and printed.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`], or [`ServiceError::Forbidden`] in another store.
    pub async fn order(&self, ctx: &Ctx, id: PurchaseOrderId) -> Result<OrderSheet, ServiceError> {
        let db = self.db.read();
        let order = order::get(db, id).await?.ok_or(ServiceError::NotFound("order"))?;
        ctx.require(Permission::ViewVendors, order.store_id)?;
        let vendor = vendor::get(db, order.vendor_id).await?.ok_or(ServiceError::NotFound("vendor"))?;
        let config = self.config()?;
        Ok(OrderSheet {
            total: order.total().map_err(ServiceError::internal)?,
            receipts: receipt::of_order(db, id).await?,
            from: letterhead(&config.store(order.store_id)?.store),
            order,
            vendor,
        })
    }

    /// A page of orders, newest first.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for people who see no vendors.
    pub async fn orders(&self, ctx: &Ctx, filter: OrderFilter) -> Result<OrderPage, ServiceError> {
        let stores = ctx.stores_with(Permission::ViewVendors)?;
        let filter = OrderFilter { stores, limit: filter.limit.min(LONGEST_PAGE), ..filter };
        Ok(order::list(self.db.read(), &filter).await?)
    }
}

/// Name and address of a store, over a letter.
fn letterhead(store: &Store) -> Letterhead {
    let place = [store.city.as_str(), store.state.as_str(), store.postal_code.as_str()];
    let place = place.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let lines = [store.street.clone(), place, store.phone.clone()];
    Letterhead {
        name: store.name.clone(),
        lines: lines.into_iter().filter(|line| !line.is_empty()).collect(),
    }
}
