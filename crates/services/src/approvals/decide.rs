//! Answering what somebody asked, from wherever one is.

use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::Services;
use db::repo::{approval, record};
use domain::approval::{Decide, decide};
use domain::ids::PersonId;
use domain::person::Permission;

impl Services {
    /// Approves or refuses. Of two who answer at once, one does; the other is told.
    ///
    /// # Errors
    /// A refusal with what became of it meanwhile.
    pub async fn decide_approval(&self, ctx: &Ctx, cmd: Decide) -> Result<(), ServiceError> {
        ctx.require(Permission::Approve, cmd.store_id)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let (store, id, now) = (cmd.store_id, cmd.approval_id, self.now_in(cmd.store_id)?);
        let ctx = ctx.clone();
        let asker = self
            .db
            .write(move |tx| {
                let (ctx, head, cmd) = (ctx.clone(), head.clone(), cmd.clone());
                Box::pin(async move {
                    if let Some(done) = head.replay(tx, &ctx).await? {
                        return Ok(done);
                    }
                    let moment = now.work_moment(tx, cmd.store_id).await?;
                    let found = approval::load(tx, cmd.approval_id).await?;
                    let found = found.ok_or(ServiceError::NotFound("approval"))?;
                    let origin = ctx.origin(cmd.store_id, None);
                    let (answered, record) =
                        decide(&found, &cmd, &origin, &moment).map_err(ServiceError::refused)?;
                    record::insert(tx, &record, head.body_hash(), &answered.asked_by).await?;
                    approval::answer(tx, &answered).await?;
                    Ok::<PersonId, ServiceError>(answered.asked_by)
                })
            })
            .await?;
        self.tell_of_approval(store, id, asker);
        Ok(())
    }
}
