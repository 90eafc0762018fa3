//! Who asks, and where they stand.

use domain::event::Origin;
use domain::ids::{DeviceId, PersonId, StoreId, TillId, TillSessionId};
use domain::person::{Actor, Permission};

use crate::error::ServiceError;

/// A signed-in person at a browser, as every use case sees them.
#[derive(Debug, Clone)]
pub struct Ctx {
    pub actor: Actor,
    /// The browser, where it is paired with a till.
    pub device: Option<DeviceId>,
    pub till: Option<TillId>,
    /// The store of that till, else the person's first.
    pub store: StoreId,
}

impl Ctx {
    pub(crate) fn require(&self, permission: Permission, store: StoreId) -> Result<(), ServiceError> {
        Ok(self.actor.require(permission, store)?)
    }

    pub(crate) fn require_anywhere(&self, permission: Permission) -> Result<(), ServiceError> {
        Ok(self.actor.require_anywhere(permission)?)
    }

    /// The stores in which the person may do this; a refusal where there is none.
    pub(crate) fn stores_with(&self, permission: Permission) -> Result<Vec<StoreId>, ServiceError> {
        self.require_anywhere(permission)?;
        let stores = self.actor.roles.iter().filter(|(_, role)| role.may(permission));
        Ok(stores.map(|(store, _)| *store).collect())
    }

    /// Everything this person may do, in any of their stores.
    #[must_use]
    pub fn permissions(&self) -> Vec<Permission> {
        let may = |permission: &Permission| self.actor.require_anywhere(*permission).is_ok();
        Permission::ALL.iter().copied().filter(may).collect()
    }

    #[must_use]
    pub const fn person(&self) -> PersonId {
        self.actor.person_id
    }

    pub(crate) const fn origin(&self, store: StoreId, session: Option<TillSessionId>) -> Origin {
        Origin { actor: self.actor.person_id, store, till: self.till, session, device: self.device }
    }
}
