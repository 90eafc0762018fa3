//! A command that arrives twice happens once.

use crate::context::Ctx;
use crate::error::ServiceError;
use db::WriteTx;
use db::repo::record::{self, Remembered};
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
        self.lock(tx).await?;
        match record::find_command(tx, self.id).await? {
            Some(earlier) => self.answer(&earlier, ctx).map(Some),
            None => Ok(None),
        }
    }

    pub(crate) const fn id(&self) -> CommandId {
        self.id
    }

    /// Makes a second run of this command wait for the first.
    pub(crate) async fn lock(&self, tx: &WriteTx) -> Result<(), ServiceError> {
        Ok(record::lock_command(tx, self.id).await?)
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
