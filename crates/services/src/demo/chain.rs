//! The made-up chain: three stores in three states, each with its own taxes, and the people in them.

use super::people::Staff;
use super::{DEMO_PASSWORD, people};
use crate::clock::local_date;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::{ConfigExt, Services};
use chrono::{Datelike, Weekday};
use domain::ids::{CommandId, ItemId, PersonId, StoreId, TillId};
use domain::item::{Lot, Quantity};
use domain::money::Money;
use domain::person::{Actor, Role};
use domain::settings::{SaveSettings, SettingsEdit, TypedJurisdiction, TypedRate, TypedStore};
use domain::store::{FirstRun, TypedTax};
use std::collections::BTreeMap;

/// A store of the chain before it is made.
pub struct StorePlan {
    code: &'static str,
    name: &'static str,
    street: &'static str,
    pub city: &'static str,
    pub state: &'static str,
    time_zone: &'static str,
    /// Name, percent, and how much of each item is taxed where that is capped.
    taxes: &'static [(&'static str, &'static str, &'static str)],
}

/// The first is where visitors begin. Rates and caps are of the kind these states have; the places are not there.
pub const STORES: [StorePlan; 3] = [
    StorePlan {
        code: "S1",
        name: "Larkspur & Vane, Mill Street",
        street: "1 Example Street",
        city: "Sampleton",
        state: "IL",
        time_zone: "America/Chicago",
        taxes: &[("State of Sample", "6.25", ""), ("Sampleton", "1.25", "")],
    },
    StorePlan {
        code: "S2",
        name: "Larkspur & Vane, Harbor",
        street: "20 Placeholder Quay",
        city: "Mockport",
        state: "FL",
        time_zone: "America/New_York",
        taxes: &[("State of Mock", "6", ""), ("Mockport surtax", "1", "5,000")],
    },
    StorePlan {
        code: "S3",
        name: "Larkspur & Vane, Ridge",
        street: "300 Pretend Avenue",
        city: "Fictive Springs",
        state: "CO",
        time_zone: "America/Denver",
        taxes: &[
            ("State of Fiction", "2.9", ""),
            ("Fictive County", "1.33", ""),
            ("Fictive Springs", "3.81", ""),
        ],
    },
];

/// Goods that are alike, as a branch has them.
pub struct BranchLot {
    pub item: ItemId,
    pub price: Money,
    pub lot: Lot,
}

/// One store at work.
pub struct Branch {
    pub store: StoreId,
    pub till: TillId,
    pub staff: Vec<Staff>,
    pub stock: Vec<(ItemId, Money)>,
    pub lots: Vec<BranchLot>,
    /// Receipts of which something may come back, oldest first.
    pub receipts: Vec<String>,
}

impl Branch {
    pub const fn new(store: StoreId, till: TillId) -> Self {
        Self { store, till, staff: Vec::new(), stock: Vec::new(), lots: Vec::new(), receipts: Vec::new() }
    }

    /// Somebody who works here, at its till.
    pub fn ctx(&self, id: PersonId, name: &str, role: Role) -> Ctx {
        Ctx {
            actor: Actor {
                person_id: id,
                name: name.to_owned(),
                roles: BTreeMap::from([(self.store, role)]),
            },
            device: None,
            till: Some(self.till),
            store: self.store,
        }
    }

    pub fn ctx_of(&self, staff: &Staff) -> Ctx {
        self.ctx(staff.id, &staff.name, staff.role)
    }

    /// Whoever may decide everything here.
    pub fn head(&self) -> Option<&Staff> {
        self.staff.iter().find(|staff| staff.role.may(domain::person::Permission::Approve))
    }

    /// Whether the store is shut today.
    pub fn is_shut(&self, services: &Services) -> Result<bool, ServiceError> {
        let config = services.config()?;
        let zone = &config.store(self.store)?.store.time_zone;
        Ok(local_date(services.clock.now(), zone)?.weekday() == Weekday::Sun)
    }

    /// Takes some of a lot that has enough left to go on; how much.
    pub fn take(&mut self, which: usize, asked: Quantity) -> Option<(ItemId, Money, Quantity)> {
        let lot = self.lots.get_mut(which)?;
        let left = lot.lot.on_hand.minus(asked)?;
        if left.pieces == 0 && left.milli == 0 {
            return None;
        }
        lot.lot.on_hand = left;
        Some((lot.item, lot.price, asked))
    }
}

impl StorePlan {
    fn typed(&self) -> TypedStore {
        TypedStore {
            store_code: self.code.into(),
            store_name: self.name.into(),
            time_zone: self.time_zone.into(),
            street: self.street.into(),
            city: self.city.into(),
            state: self.state.into(),
            postal_code: "00000".into(),
            phone: "(555) 010-0100".into(),
        }
    }

    /// What the first visit would have typed.
    pub fn first_run(&self) -> FirstRun {
        let tax = |(name, percent, cap): &(&str, &str, &str)| TypedTax {
            name: (*name).into(),
            percent: (*percent).into(),
            cap: (*cap).into(),
        };
        FirstRun {
            organization: "Larkspur & Vane Jewelers".into(),
            store: self.typed(),
            taxes: self.taxes.iter().map(tax).collect(),
            till_name: "Till 1".into(),
            receipt_header: "Demo receipt: nothing here is real.".into(),
            receipt_footer: "Thank you for playing shop.".into(),
            owner_name: people::OWNER.into(),
            owner_login: "owner".into(),
            owner_password: DEMO_PASSWORD.into(),
            owner_pin: people::OWNER_PIN.into(),
            demo: true,
        }
    }

    /// Opens another store of the chain, with a till and its taxes.
    pub async fn open(
        &self,
        services: &Services,
        owner: &Ctx,
        mut command: impl FnMut() -> CommandId,
    ) -> Result<Branch, ServiceError> {
        let mut save = async |ctx: &Ctx, edit: SettingsEdit| {
            let version = services.config()?.version;
            services.save_settings(ctx, SaveSettings { command_id: command(), version, edit }).await
        };
        save(owner, SettingsEdit::Store { store_id: None, typed: self.typed() }).await?;
        let config = services.config()?;
        let store = config.stores.iter().find(|store| store.store.code == self.code);
        let store = store.ok_or(ServiceError::NotFound("store"))?.store.id;
        let roles = BTreeMap::from([(store, Role::Owner)]);
        let here = Ctx { actor: Actor { roles, ..owner.actor.clone() }, store, ..owner.clone() };
        let till = SettingsEdit::Till { store_id: store, till_id: None, name: "Till 1".into(), active: true };
        save(&here, till).await?;
        for (name, percent, cap) in self.taxes {
            let rate = TypedRate {
                valid_from: String::new(),
                percent: (*percent).to_owned(),
                cap: (*cap).to_owned(),
            };
            let typed =
                TypedJurisdiction { name: (*name).to_owned(), rates: vec![rate], stores: vec![store] };
            save(&here, SettingsEdit::Tax { jurisdiction_id: None, typed }).await?;
        }
        let config = services.config()?;
        let till = config.store(store)?.tills.first().map(|till| till.id);
        Ok(Branch::new(store, till.ok_or(ServiceError::NotFound("till"))?))
    }
}
