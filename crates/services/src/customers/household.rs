//! Tying customers together who live together.

use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::Services;
use db::repo::{customer, record};
use domain::customer::{ChangeHousehold, HouseholdRefusal, change_household};
use domain::event::{Event, EventKind, Record, SubjectKind};
use domain::field::FieldError;
use domain::ids::{EventId, Ids};
use domain::person::Permission;
use std::sync::Arc;

impl From<HouseholdRefusal> for ServiceError {
    fn from(refusal: HouseholdRefusal) -> Self {
        match refusal {
            HouseholdRefusal::Name(wrong) => Self::Fields(vec![FieldError::new("name", wrong)]),
            other => Self::refused(other),
        }
    }
}

impl Services {
    /// Changes who belongs to the household of a customer, who leads it, who is whose partner.
    ///
    /// # Errors
    /// A refusal in words.
    pub async fn change_household(&self, ctx: &Ctx, cmd: ChangeHousehold) -> Result<(), ServiceError> {
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
                    customer::lock_ties(tx).await?;
                    let state = customer::load_household(tx, &cmd).await?;
                    let state = state.ok_or(ServiceError::NotFound("customer"))?;
                    let outcome = change_household(&state, &cmd, &mut Ids::new(cmd.command_id))?;
                    let moment = now.work_moment(tx, ctx.store).await?;
                    let after = outcome.stays.as_ref().and_then(|stays| serde_json::to_value(stays).ok());
                    let event = Event {
                        before: state.own.as_ref().and_then(|own| serde_json::to_value(own).ok()),
                        after,
                        ..Event::about(
                            EventId(cmd.command_id.0),
                            EventKind::HouseholdChanged,
                            (SubjectKind::Customer, state.customer.id.0),
                            outcome.summary.clone(),
                            moment,
                            ctx.origin(ctx.store, None),
                        )
                    };
                    customer::save_household(tx, &outcome).await?;
                    Ok(record::insert(tx, &Record::of(event), head.body_hash(), &()).await?)
                })
            })
            .await
    }
}
