//! What an organization decides about itself: its stores, tills, taxes, means of payment and limits.

mod credit;
mod decide;
mod policy;
mod store;
mod tax;
mod tender;

pub use credit::TypedCredit;
pub use decide::{Decided, SettingsChange, SettingsRefusal, Standing, decide};
pub use policy::{TypedLimits, TypedReceipt};
pub use store::{TypedStore, check_store};
pub use tax::{TypedJurisdiction, TypedRate, check_rate};
pub use tender::{TypedTender, may_take_tenders};

use crate::ids::{CommandId, JurisdictionId, StoreId, TillId};
use crate::person::{Actor, Permission};
use crate::policy::StorePolicy;
use crate::sale::TenderKind;
use crate::store::{Organization, Store, Till};
use crate::tax::Jurisdiction;
use serde::{Deserialize, Serialize};

/// The settings of the whole organization, as of one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Config {
    /// Counts every change, so that nobody overwrites what somebody else has just decided.
    pub version: i64,
    pub organization: Organization,
    pub stores: Vec<StoreConfig>,
    /// Those no longer taken are there too: old sales were paid with them.
    pub tender_kinds: Vec<TenderKind>,
    pub jurisdictions: Vec<Jurisdiction>,
}

/// The settings of one store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreConfig {
    pub store: Store,
    pub policy: StorePolicy,
    pub tills: Vec<Till>,
    /// Who taxes the store, in the order of the receipt.
    pub jurisdictions: Vec<JurisdictionId>,
}

impl Config {
    #[must_use]
    pub fn find_store(&self, id: StoreId) -> Option<&StoreConfig> {
        self.stores.iter().find(|store| store.store.id == id)
    }

    /// The settings as somebody sees them: all of them where they decide for all stores, else those of the
    /// stores they run.
    #[must_use]
    pub fn seen_by(&self, actor: &Actor) -> Self {
        let mut seen = self.clone();
        if actor.require_anywhere(Permission::EditOrganization).is_err() {
            seen.stores.retain(|store| actor.may(Permission::EditSettings, store.store.id));
            let taxes =
                |id: &JurisdictionId| seen.stores.iter().any(|store| store.jurisdictions.contains(id));
            seen.jurisdictions.retain(|jurisdiction| taxes(&jurisdiction.id));
        }
        seen
    }
}

/// Changes one thing in the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveSettings {
    pub command_id: CommandId,
    /// The version of the settings that was on the screen.
    pub version: i64,
    pub edit: SettingsEdit,
}

/// What a page of the settings changes, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettingsEdit {
    Organization {
        name: String,
        /// The month in which the fiscal year begins; as it was where nothing is said.
        #[serde(default)]
        fiscal_year: Option<String>,
    },
    Store {
        store_id: Option<StoreId>,
        typed: TypedStore,
    },
    Receipt {
        store_id: StoreId,
        typed: TypedReceipt,
    },
    Limits {
        store_id: StoreId,
        typed: TypedLimits,
    },
    Credit {
        store_id: StoreId,
        typed: TypedCredit,
    },
    Till {
        store_id: StoreId,
        till_id: Option<TillId>,
        name: String,
        active: bool,
    },
    Tax {
        jurisdiction_id: Option<JurisdictionId>,
        typed: TypedJurisdiction,
    },
    Tender {
        adding: bool,
        typed: TypedTender,
    },
}

impl SettingsEdit {
    /// What it takes to do this, and in which store; what holds for all stores takes it in any of them.
    #[must_use]
    pub const fn needs(&self) -> (Permission, Option<StoreId>) {
        match self {
            Self::Store { store_id: Some(store), .. }
            | Self::Receipt { store_id: store, .. }
            | Self::Till { store_id: store, .. } => (Permission::EditSettings, Some(*store)),
            Self::Limits { store_id, .. } | Self::Credit { store_id, .. } => {
                (Permission::EditOrganization, Some(*store_id))
            }
            Self::Organization { .. } | Self::Store { .. } | Self::Tax { .. } | Self::Tender { .. } => {
                (Permission::EditOrganization, None)
            }
        }
    }
}
