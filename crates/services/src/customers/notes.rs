//! Writing down something about a customer.

use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::Services;
use db::repo::{customer, record};
use domain::customer::{AddNote, NoteRefusal};
use domain::event::{Event, EventKind, Record, SubjectKind};
use domain::field::FieldError;
use domain::ids::EventId;
use domain::person::Permission;
use std::sync::Arc;

impl From<NoteRefusal> for ServiceError {
    fn from(refusal: NoteRefusal) -> Self {
        Self::Fields(vec![FieldError::new("text", refusal)])
    }
}

impl Services {
    /// Writes an entry on the card that stands for a customer.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub async fn add_note(&self, ctx: &Ctx, cmd: AddNote) -> Result<(), ServiceError> {
        ctx.require(Permission::EditCustomers, ctx.store)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let (ctx, cmd, now) = (ctx.clone(), Arc::new(cmd), self.now_in(ctx.store)?);
        self.db
            .write(move |tx| {
                let (ctx, head, cmd) = (ctx.clone(), head.clone(), Arc::clone(&cmd));
                Box::pin(async move {
                    if let Some(()) = head.replay(tx, &ctx).await? {
                        return Ok(());
                    }
                    let found = customer::get(tx, cmd.customer_id).await?;
                    let found = found.ok_or(ServiceError::NotFound("customer"))?;
                    let text = cmd.check(customer::count_notes(tx, found.id).await?)?;
                    let moment = now.work_moment(tx, ctx.store).await?;
                    let event = Event::about(
                        EventId(cmd.command_id.0),
                        EventKind::CustomerNoted,
                        (SubjectKind::Customer, found.id.0),
                        format!("Note about {}", found.card.display_name()),
                        moment,
                        ctx.origin(ctx.store, None),
                    );
                    let id = event.id;
                    record::insert(tx, &Record::of(event), head.body_hash(), &()).await?;
                    Ok(customer::insert_note(tx, id, found.id, ctx.person(), now.at, text).await?)
                })
            })
            .await
    }
}
