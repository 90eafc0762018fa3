//! What every use case stands on: the database, the clock, the settings.

use crate::clock::Clock;
use crate::error::ServiceError;
use crate::gate::Gate;
use crate::imports::ImportDesk;
use crate::kept::FileStore;
use crate::live::Live;
use crate::vault::Vault;
use chrono::{DateTime, FixedOffset, NaiveDate};
use db::repo::config::{self, Config, StoreConfig};
use db::{Db, DbError};
use domain::ids::{CommandId, StoreId, TillId};
use domain::sale::TaxTable;
use domain::store::Till;
use std::sync::{Arc, RwLock};

/// All use cases over one database. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Services {
    pub(crate) db: Db,
    pub(crate) clock: Clock,
    /// Each secret takes about 19 MiB and a core.
    pub(crate) hashing: Gate,
    /// A long paper takes a quarter of a gigabyte.
    pub(crate) typesetting: Gate,
    pub(crate) desk: ImportDesk,
    pub(crate) vault: Vault,
    pub(crate) live: Live,
    pub(crate) files: FileStore,
    config: Arc<RwLock<Option<Arc<Config>>>>,
}

/// Tells a migrated database what this program knows: the moves of pieces that there are.
///
/// # Errors
/// [`ServiceError`] when the database fails.
pub async fn prepare(db: &Db) -> Result<(), ServiceError> {
    db.write(|tx| Box::pin(async move { Ok(db::repo::item::insert_transitions(tx).await?) })).await
}

impl Services {
    /// # Errors
    /// [`ServiceError`] when the settings cannot be read.
    pub async fn new(db: Db, clock: Clock) -> Result<Self, ServiceError> {
        let services = Self {
            live: Live::new(&db),
            files: FileStore::default(),
            db,
            clock,
            hashing: Gate::of(2),
            typesetting: Gate::of(1),
            desk: ImportDesk::default(),
            vault: Vault::default(),
            config: Arc::default(),
        };
        services.reload_config().await?;
        Ok(services)
    }

    /// The same with the key that private data is sealed with.
    #[must_use]
    pub fn sealing_with(self, vault: Vault) -> Self {
        Self { vault, ..self }
    }

    /// Whether anything private is sealed, or sealed with any other key than this one.
    ///
    /// # Errors
    /// [`ServiceError`] when the database cannot be read.
    pub async fn has_sealed(&self, other_than: Option<&Vault>) -> Result<bool, ServiceError> {
        let key = other_than.and_then(Vault::key_id);
        Ok(db::repo::customer::count_sealed(self.db.read(), key.as_deref()).await? > 0)
    }

    /// Whether the first run has been done.
    #[must_use]
    pub fn is_set_up(&self) -> bool {
        self.cached().is_some()
    }

    /// The settings, from memory.
    ///
    /// # Errors
    /// [`ServiceError::NotSetUp`] before the first run.
    pub fn config(&self) -> Result<Arc<Config>, ServiceError> {
        self.cached().ok_or(ServiceError::NotSetUp)
    }

    fn cached(&self) -> Option<Arc<Config>> {
        self.config.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Reads the settings again, after a change here or in another process.
    ///
    /// # Errors
    /// [`ServiceError`] when they cannot be read.
    pub(crate) async fn reload_config(&self) -> Result<(), ServiceError> {
        let Some(fresh) = config::load(self.db.read()).await? else { return Ok(()) };
        let mut cached = self.config.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        // Of two readers, the one that began first may come here last.
        if cached.as_ref().is_none_or(|cached| cached.version < fresh.version) {
            *cached = Some(Arc::new(fresh));
        }
        Ok(())
    }
}

impl Services {
    /// Whether the database can be read.
    ///
    /// # Errors
    /// [`ServiceError`] when it cannot.
    pub async fn reads(&self) -> Result<(), ServiceError> {
        Ok(config::load(self.db.read()).await.map(drop)?)
    }

    /// The id of a command that begins on the server.
    ///
    /// # Errors
    /// [`ServiceError::Internal`] when the system has no randomness.
    pub fn new_command_id(&self) -> Result<CommandId, ServiceError> {
        let mut random = [0; 10];
        getrandom::fill(&mut random).map_err(ServiceError::internal)?;
        let now = u64::try_from(self.clock.now().timestamp_millis()).map_err(ServiceError::internal)?;
        Ok(CommandId::from_parts(now, &random))
    }

    /// An instant in the time of a store.
    pub(crate) fn in_store_time(
        &self,
        at: &mut DateTime<FixedOffset>,
        store: StoreId,
    ) -> Result<(), ServiceError> {
        let config = self.config()?;
        *at = crate::clock::local_time(*at, &config.store(store)?.store.time_zone)?;
        Ok(())
    }
}

/// Looking things up in the settings.
pub(crate) trait ConfigExt {
    fn store(&self, id: StoreId) -> Result<&StoreConfig, ServiceError>;
    fn till(&self, id: TillId) -> Result<(&StoreConfig, &Till), ServiceError>;
    fn taxes(&self, store: StoreId, date: NaiveDate) -> Result<TaxTable, ServiceError>;
}

impl ConfigExt for Config {
    fn store(&self, id: StoreId) -> Result<&StoreConfig, ServiceError> {
        self.find_store(id).ok_or(ServiceError::NotFound("store"))
    }

    fn till(&self, id: TillId) -> Result<(&StoreConfig, &Till), ServiceError> {
        let tills = self.stores.iter().flat_map(|store| store.tills.iter().map(move |till| (store, till)));
        tills.into_iter().find(|(_, till)| till.id == id).ok_or(ServiceError::NotFound("till"))
    }

    fn taxes(&self, store: StoreId, date: NaiveDate) -> Result<TaxTable, ServiceError> {
        let store = self.store(store)?;
        let levy = |id: &domain::ids::JurisdictionId| {
            self.jurisdictions.iter().find(|j| j.id == *id).and_then(|j| j.levy_on(date))
        };
        Ok(TaxTable {
            levies: store.jurisdictions.iter().filter_map(levy).collect(),
            rounding: store.policy.tax_rounding,
        })
    }
}

impl From<DbError> for ServiceError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Conflict(what) => Self::Conflict(what),
            DbError::DiskFull => Self::DiskFull,
            DbError::PeriodLocked(locked) => Self::refused(locked),
            other => Self::Database(other),
        }
    }
}
