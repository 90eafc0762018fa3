//! Sealing what is private, and showing it to those who may.

use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::Services;
use crate::vault;
use db::repo::{customer, record};
use domain::customer::{NewPrivate, PrivateEntry, PrivateKind, RevealPrivate, Revealed, mask};
use domain::event::{Event, EventKind, Record, SubjectKind};
use domain::ids::{CustomerId, EventId, PrivateId};
use domain::person::Permission;

/// What ties a sealed text to its row: moved elsewhere, it does not open.
fn place(id: PrivateId, customer: CustomerId, kind: PrivateKind) -> Vec<u8> {
    let mut place = kind.code().as_bytes().to_vec();
    place.extend(id.0.as_bytes());
    place.extend(customer.0.as_bytes());
    place
}

impl Services {
    pub(super) fn sealed(
        &self,
        id: PrivateId,
        owner: CustomerId,
        new: &NewPrivate,
    ) -> Result<customer::Sealed, ServiceError> {
        let vault::Sealed { key_id, bytes } = self.vault.seal(&new.value, &place(id, owner, new.kind))?;
        let mask = mask(new.kind, &new.value);
        let entry = PrivateEntry { id, kind: new.kind, of_whom: new.of_whom.clone(), mask };
        Ok(customer::Sealed { customer: owner, entry, key_id, bytes })
    }

    /// Shows a sealed entry in full. That somebody looked is recorded before anything is shown.
    ///
    /// # Errors
    /// A refusal in words when the key is missing or another.
    pub async fn reveal_private(&self, ctx: &Ctx, cmd: RevealPrivate) -> Result<Revealed, ServiceError> {
        ctx.require(Permission::ViewPrivate, ctx.store)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let (asking, now) = (ctx.clone(), self.now_in(ctx.store)?);
        let sealed = self
            .db
            .write(move |tx| {
                let (ctx, head) = (asking.clone(), head.clone());
                Box::pin(async move {
                    let seen_before: Option<()> = head.replay(tx, &ctx).await?;
                    let sealed = customer::find_private(tx, cmd.private_id).await?;
                    let sealed = sealed.ok_or(ServiceError::NotFound("entry"))?;
                    if seen_before.is_none() {
                        let moment = now.work_moment(tx, ctx.store).await?;
                        let event = Event::about(
                            EventId(cmd.command_id.0),
                            EventKind::PrivateViewed,
                            (SubjectKind::Customer, sealed.customer.0),
                            format!("{} {} looked at", sealed.entry.kind, sealed.entry.mask),
                            moment,
                            ctx.origin(ctx.store, None),
                        );
                        record::insert(tx, &Record::of(event), head.body_hash(), &()).await?;
                    }
                    Ok::<_, ServiceError>(sealed)
                })
            })
            .await?;
        let place = place(sealed.entry.id, sealed.customer, sealed.entry.kind);
        let text = vault::Sealed { key_id: sealed.key_id, bytes: sealed.bytes };
        Ok(Revealed { customer_id: sealed.customer, value: self.vault.open(&text, &place)? })
    }
}
