//! A command that arrives twice happens once.

use crate::context::Ctx;
use crate::error::ServiceError;
use db::repo::record::{self, Remembered};
use db::{Reader, WriteTx};
use domain::ids::CommandId;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What identifies a command: its id, and a digest of everything it says.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    id: CommandId,
    body_hash: Vec<u8>,
}

impl Head {
    /// # Errors
    /// A command without a proper id is refused.
    pub(crate) fn of(id: CommandId, body: &impl Serialize) -> Result<Self, ServiceError> {
        let id = id.checked().map_err(ServiceError::refused)?;
        let text = serde_json::to_vec(body).map_err(ServiceError::internal)?;
        Ok(Self { id, body_hash: blake3::hash(&text).as_bytes().to_vec() })
    }

    pub(crate) fn body_hash(&self) -> &[u8] {
        &self.body_hash
    }

    /// The answer that an earlier run of this very command gave.
    ///
    /// # Errors
    /// [`ServiceError::SameIdOtherBody`] when somebody else, or something else, came under this id.
    pub(crate) async fn replay<T: DeserializeOwned>(
        &self,
        tx: &WriteTx,
        ctx: &Ctx,
    ) -> Result<Option<T>, ServiceError> {
        record::lock_command(tx, self.id).await?;
        match record::find_command(tx, self.id).await? {
            Some(earlier) => self.answer(&earlier, ctx).map(Some),
            None => Ok(None),
        }
    }

    /// What an earlier run answered, for a command that was refused because of its own earlier run.
    ///
    /// # Errors
    /// [`ServiceError::SameIdOtherBody`] when somebody else, or something else, came under this id.
    pub(crate) async fn earlier<T: DeserializeOwned>(
        &self,
        db: &Reader,
        ctx: &Ctx,
    ) -> Result<Option<T>, ServiceError> {
        let earlier = record::find_command(db, self.id).await?;
        earlier.map(|earlier| self.answer(&earlier, ctx)).transpose()
    }

    pub(crate) const fn id(&self) -> CommandId {
        self.id
    }

    /// What an earlier run answered, if it was of this very command.
    ///
    /// # Errors
    /// [`ServiceError::SameIdOtherBody`] when it was not.
    pub(crate) fn answer<T: DeserializeOwned>(
        &self,
        earlier: &Remembered,
        ctx: &Ctx,
    ) -> Result<T, ServiceError> {
        if earlier.body_hash != self.body_hash || earlier.actor != Some(ctx.person()) {
            return Err(ServiceError::SameIdOtherBody);
        }
        serde_json::from_str(&earlier.result).map_err(ServiceError::internal)
    }
}
