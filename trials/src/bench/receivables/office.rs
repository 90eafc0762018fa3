//! The stores that write the invoices, and what their rules go by.

use anyhow::{Context, Result};
use db::Db;
use db::repo::account;
use domain::event::Origin;
use domain::ledger::Account;
use domain::person::{Actor, Role};
use domain::sale::{TaxTable, TenderKind, TenderNature};
use domain::settings::{Config, SaveSettings, SettingsEdit, StoreConfig, TypedStore};
use services::{Ctx, Services};
use std::sync::Arc;
use trials::{Shop, fresh_command};

/// Four stores of one company, and the owner, who does everything.
#[derive(Debug)]
pub struct Office {
    pub config: Arc<Config>,
    pub owner: Ctx,
    pub taxes: TaxTable,
    pub accounts: Vec<Account>,
    /// How accounts are paid in the office.
    pub means: Vec<TenderKind>,
}

const MORE_STORES: [&str; 3] = ["S2", "S3", "S4"];

impl Office {
    /// Opens the other stores beside the first one.
    pub async fn open(services: &Services, db: &Db, shop: &Shop) -> Result<Self> {
        let mut owner = Shop::sign_in_owner(services).await?;
        for code in MORE_STORES {
            let typed = TypedStore {
                store_code: code.to_owned(),
                store_name: format!("Trial Street {code}"),
                time_zone: "America/Chicago".to_owned(),
                ..TypedStore::default()
            };
            let cmd = SaveSettings {
                command_id: fresh_command(),
                version: services.config()?.version,
                edit: SettingsEdit::Store { store_id: None, typed },
            };
            services.save_settings(&owner, cmd).await?;
        }
        let config = services.config()?;
        owner.actor.roles.extend(config.stores.iter().map(|store| (store.store.id, Role::Owner)));
        let paid_with = |kind: &&TenderKind| {
            matches!(
                kind.nature,
                TenderNature::CardTerminal | TenderNature::Check | TenderNature::BankTransfer
            )
        };
        let means = config.tender_kinds.iter().filter(paid_with).cloned().collect();
        let accounts = account::list(db.read()).await?;
        Ok(Self { config, owner, taxes: shop.taxes.clone(), accounts, means })
    }

    /// The store of a customer, by their place in the book.
    pub fn store(&self, customer: usize) -> Result<&StoreConfig> {
        self.config.stores.get(customer % self.config.stores.len().max(1)).context("no store")
    }

    pub fn actor(&self) -> &Actor {
        &self.owner.actor
    }

    /// The owner, in the office of a customer's store.
    pub fn origin(&self, customer: usize) -> Result<Origin> {
        let store = self.store(customer)?.store.id;
        Ok(Origin { actor: self.actor().person_id, store, till: None, session: None, device: None })
    }
}
