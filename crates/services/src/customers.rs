//! The customer book.

use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::Services;
use db::repo::{customer, record, series};
use domain::customer::{Customer, CustomerPage, SaveCustomer};
use domain::event::{Event, EventKind, Record, SubjectKind};
use domain::ids::{CustomerId, EventId, Ids};
use domain::person::Permission;
use domain::series::{SeriesKind, customer_number};
use std::sync::Arc;

impl Services {
    /// Adds a customer or changes a card.
    ///
    /// # Errors
    /// Each field that does not read; a conflict when somebody else saved first.
    pub async fn save_customer(&self, ctx: &Ctx, cmd: SaveCustomer) -> Result<CustomerId, ServiceError> {
        ctx.require(Permission::EditCustomers, ctx.store)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let card = cmd.typed.check()?;
        let organization = self.config()?.organization.id;
        let (ctx, cmd, now) = (ctx.clone(), Arc::new(cmd), self.now_in(ctx.store)?);
        self.db
            .write(move |tx| {
                let (ctx, head, cmd, card) = (ctx.clone(), head.clone(), Arc::clone(&cmd), card.clone());
                Box::pin(async move {
                    if let Some(done) = head.replay(tx, &ctx).await? {
                        return Ok(done);
                    }
                    let before = match cmd.customer_id {
                        Some(id) => {
                            Some(customer::get(tx, id).await?.ok_or(ServiceError::NotFound("customer"))?)
                        }
                        None => None,
                    };
                    let id = cmd.customer_id.unwrap_or_else(|| Ids::new(cmd.command_id).draw());
                    let moment = now.work_moment(tx, ctx.store).await?;
                    let event = Event {
                        before: before.as_ref().and_then(|b| serde_json::to_value(&b.card).ok()),
                        after: serde_json::to_value(&card).ok(),
                        ..Event::about(
                            EventId(cmd.command_id.0),
                            EventKind::CustomerSaved,
                            (SubjectKind::Customer, id.0),
                            card.display_name(),
                            moment,
                            ctx.origin(ctx.store, None),
                        )
                    };
                    match &before {
                        Some(before) => {
                            let changed = Customer { card, ..before.clone() };
                            customer::update(tx, &changed, cmd.version, now.at).await?;
                        }
                        None => {
                            let number = series::draw(tx, SeriesKind::Customer, organization.0, 1).await?;
                            let added = Customer { id, number: customer_number(number), card, version: 1 };
                            customer::insert(tx, &added, now.at).await?;
                        }
                    }
                    record::insert(tx, &Record::of(event), head.body_hash(), &id).await?;
                    Ok(id)
                })
            })
            .await
    }

    /// A page of the customer book.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] without the right to see customers.
    pub async fn customers(
        &self,
        ctx: &Ctx,
        typed: &str,
        offset: u64,
        limit: u64,
    ) -> Result<CustomerPage, ServiceError> {
        ctx.require(Permission::ViewCustomers, ctx.store)?;
        Ok(customer::list(self.db.read(), typed, offset, limit).await?)
    }

    /// One customer.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`], or [`ServiceError::Forbidden`] without the right.
    pub async fn customer(&self, ctx: &Ctx, id: CustomerId) -> Result<Customer, ServiceError> {
        ctx.require(Permission::ViewCustomers, ctx.store)?;
        customer::get(self.db.read(), id).await?.ok_or(ServiceError::NotFound("customer"))
    }
}
