//! The customer book.

mod household;
mod merge;
mod notes;
mod private;

use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::sales::LONGEST_PAGE;
use crate::services_core::Services;
use db::WriteTx;
use db::repo::{customer, record, series};
use domain::customer::{
    CheckedCustomer, CustomerDetail, CustomerFile, CustomerFilter, CustomerPage, MOST_NOTES, SaveCustomer,
};
use domain::event::{Event, EventKind, Record, SubjectKind};
use domain::ids::{CustomerId, EventId, Ids};
use domain::moment::Moment;
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
        let private = serde_json::to_vec(&cmd).map_err(ServiceError::internal)?;
        let head = Head::of(cmd.command_id, &(cmd.without_private(), self.vault.digest(&private)))?;
        let card = Arc::new(cmd.typed.check()?);
        let (id, version) = (cmd.customer_id, cmd.version);
        let organization = self.config()?.organization.id;
        let (ctx, services, now) = (ctx.clone(), self.clone(), self.now_in(ctx.store)?);
        self.db
            .write(move |tx| {
                let (ctx, services) = (ctx.clone(), services.clone());
                let (head, card) = (head.clone(), Arc::clone(&card));
                Box::pin(async move {
                    if let Some(done) = head.replay(tx, &ctx).await? {
                        return Ok(done);
                    }
                    let mut ids = Ids::new(head.id());
                    let moment = now.work_moment(tx, ctx.store).await?;
                    let before = match id {
                        Some(id) => {
                            let found = customer::load_for_change(tx, id).await?;
                            Some(found.ok_or(ServiceError::NotFound("customer"))?)
                        }
                        None => None,
                    };
                    let id = id.unwrap_or_else(|| ids.draw());
                    match &before {
                        Some(_) => customer::update(tx, id, &card.file, version).await?,
                        None => {
                            let number = series::draw(tx, SeriesKind::Customer, organization.0, 1).await?;
                            customer::insert(tx, id, &customer_number(number), &card.file, now.at).await?;
                        }
                    }
                    customer::find_duplicates(tx, id, now.at).await?;
                    let sealed = services.seal(tx, id, &card, &mut ids).await?;
                    let file = before.as_ref().map(|before| &before.file);
                    let event = saved(&ctx, &head, moment, id, file, &card, sealed);
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
    pub async fn customers(&self, ctx: &Ctx, filter: CustomerFilter) -> Result<CustomerPage, ServiceError> {
        ctx.require(Permission::ViewCustomers, ctx.store)?;
        let filter = CustomerFilter { limit: filter.limit.min(LONGEST_PAGE), ..filter };
        Ok(customer::list(self.db.read(), &filter).await?)
    }

    /// The tags by which the book can be narrowed.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] without the right to see customers.
    pub async fn customer_tags(&self, ctx: &Ctx) -> Result<Vec<String>, ServiceError> {
        ctx.require(Permission::ViewCustomers, ctx.store)?;
        Ok(customer::list_tags(self.db.read()).await?)
    }

    /// One customer with everything on the card; what is private is masked.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`], or [`ServiceError::Forbidden`] without the right.
    pub async fn customer(&self, ctx: &Ctx, id: CustomerId) -> Result<CustomerDetail, ServiceError> {
        ctx.require(Permission::ViewCustomers, ctx.store)?;
        let db = self.db.read();
        let card = customer::load(db, id).await?.ok_or(ServiceError::NotFound("customer"))?;
        let mut notes = customer::list_notes(db, card.id, MOST_NOTES).await?;
        for note in &mut notes {
            self.in_store_time(&mut note.written_at, ctx.store)?;
        }
        Ok(CustomerDetail {
            id: card.id,
            number: card.number,
            version: card.version,
            file: card.file,
            private: customer::list_private(db, card.id).await?,
            notes,
            household: customer::household_of(db, card.id).await?,
            merged: customer::list_merged(db, card.id).await?,
        })
    }

    /// Seals what is new on a card and takes off what is not kept.
    async fn seal(
        &self,
        tx: &WriteTx,
        id: CustomerId,
        card: &CheckedCustomer,
        ids: &mut Ids,
    ) -> Result<SealedOnCard, ServiceError> {
        let gone: Vec<_> = customer::list_private(tx, id)
            .await?
            .into_iter()
            .filter(|entry| !card.keep_private.contains(&entry.id))
            .collect();
        if !gone.is_empty() {
            let ids: Vec<_> = gone.iter().map(|entry| entry.id).collect();
            customer::delete_private(tx, &ids).await?;
        }
        let new = card.private.iter().map(|new| self.sealed(ids.draw(), id, new));
        let new = new.collect::<Result<Vec<_>, _>>()?;
        let sealed = SealedOnCard { new: new.len(), gone: gone.len() };
        customer::insert_private(tx, new).await?;
        Ok(sealed)
    }
}

/// How many sealed entries came and went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct SealedOnCard {
    new: usize,
    gone: usize,
}

/// The event of a saved card. It tells how many sealed entries changed, and nothing of what is in them.
fn saved(
    ctx: &Ctx,
    head: &Head,
    moment: Moment,
    id: CustomerId,
    before: Option<&CustomerFile>,
    card: &CheckedCustomer,
    SealedOnCard { new, gone }: SealedOnCard,
) -> Event {
    let name = card.file.display_name();
    let summary = match (new, gone) {
        (0, 0) => name,
        _ => format!("{name}; private entries: {new} new, {gone} taken off"),
    };
    Event {
        before: before.and_then(|file| serde_json::to_value(file).ok()),
        after: serde_json::to_value(&card.file).ok(),
        ..Event::about(
            EventId(head.id().0),
            EventKind::CustomerSaved,
            (SubjectKind::Customer, id.0),
            summary,
            moment,
            ctx.origin(ctx.store, None),
        )
    }
}
