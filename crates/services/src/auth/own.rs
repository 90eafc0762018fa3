//! One's own password and PIN.

use super::Secret;
use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::secret::Token;
use crate::services_core::Services;
use db::repo::{person, record, session};
use domain::event::{Event, EventKind, Record, SubjectKind};
use domain::field::FieldError;
use domain::ids::EventId;
use domain::moment::Moment;
use domain::people::check_own_secrets;
use domain::person::ChangeSecrets;

impl Services {
    /// Changes one's own password or PIN. Other browsers are signed out.
    ///
    /// # Errors
    /// The current password (or PIN, for somebody without a password) is wrong, or a new secret is too easy.
    pub async fn change_own_secrets(
        &self,
        ctx: &Ctx,
        session: Option<&Token>,
        cmd: ChangeSecrets,
    ) -> Result<(), ServiceError> {
        check_own_secrets(&cmd)?;
        // What is kept of the command tells nobody anything about the secrets.
        let summary = cmd.summary();
        let head = Head::of(cmd.command_id, &summary)?;
        // Sent again, its current password is the old one.
        if self.was_done(&head, ctx).await? {
            return Ok(());
        }
        self.check_current(ctx, cmd.current_password).await?;
        let (password_hash, pin_hash) = self.hashes(cmd.password, cmd.pin).await?;
        let session = session.map(Token::digest);
        let (ctx, now, today) = (ctx.clone(), self.clock.now(), self.today(ctx.store)?);
        self.db
            .write(move |tx| {
                let (ctx, head, session) = (ctx.clone(), head.clone(), session.clone());
                let (password_hash, pin_hash) = (password_hash.clone(), pin_hash.clone());
                Box::pin(async move {
                    if let Some(()) = head.replay(tx, &ctx).await? {
                        return Ok(());
                    }
                    person::set_secrets(tx, ctx.person(), password_hash, pin_hash).await?;
                    session::end_all(tx, ctx.person(), session.as_deref(), now).await?;
                    let event = Event::about(
                        EventId(cmd.command_id.0),
                        EventKind::PersonSaved,
                        (SubjectKind::Person, ctx.person().0),
                        summary,
                        Moment::new(now, today),
                        ctx.origin(ctx.store, None),
                    );
                    Ok(record::insert(tx, &Record::of(event), head.body_hash(), &()).await?)
                })
            })
            .await
            .inspect(|_| self.live.look_who_is_there())
    }

    async fn was_done(&self, head: &Head, ctx: &Ctx) -> Result<bool, ServiceError> {
        let (head, ctx) = (head.clone(), ctx.clone());
        self.db
            .write(move |tx| {
                let (head, ctx) = (head.clone(), ctx.clone());
                Box::pin(async move { Ok::<_, ServiceError>(head.replay::<()>(tx, &ctx).await?.is_some()) })
            })
            .await
    }

    async fn check_current(&self, ctx: &Ctx, typed: String) -> Result<(), ServiceError> {
        let found = person::find(self.db.read(), ctx.person()).await?;
        let has_password = found.as_ref().is_some_and(|found| found.person.has_password);
        let (which, wrong) = if has_password {
            (Secret::Password, "this is not your password")
        } else {
            (Secret::Pin, "this is not your PIN")
        };
        match self.check_secret(found, which, typed, wrong).await {
            Ok(_) => Ok(()),
            Err(ServiceError::Refused(wrong)) => {
                Err(ServiceError::Fields(vec![FieldError::new("current_password", wrong)]))
            }
            Err(error) => Err(error),
        }
    }
}
