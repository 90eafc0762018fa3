//! What the organization decides about itself, its people, and the trail of what they did.

use crate::error::AppError;
use chrono::{DateTime, FixedOffset, NaiveDate};
use domain::event::{AuditFilter, AuditTrail};
use domain::ids::{PersonId, TillId};
use domain::ledger::{Account, SaveAccount};
use domain::person::{ChangeSecrets, Permission, Person, SavePerson};
use domain::settings::{Config, SaveSettings};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use super::ctx;

/// What the pages of the settings show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsPage {
    pub config: Config,
    pub accounts: Vec<Account>,
    /// Since when each till has been paired with a browser.
    pub paired: Vec<(TillId, DateTime<FixedOffset>)>,
    /// The date in the store of whoever looks.
    pub today: NaiveDate,
    /// What whoever looks may do, in any store.
    pub permissions: Vec<Permission>,
}

impl SettingsPage {
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions.contains(&permission)
    }
}

/// The people, with the stores they may be given roles in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeoplePage {
    pub people: Vec<Person>,
    pub stores: Vec<(domain::ids::StoreId, String)>,
    pub me: PersonId,
}

#[server(name = LoadSettings, prefix = "/api", endpoint = "v1/settings/load", input = GetUrl, output = Json)]
pub async fn load_settings() -> Result<SettingsPage, AppError> {
    let (services, ctx) = ctx::extract().await?;
    let config = ctx::answer(services.settings(&ctx))?;
    Ok(SettingsPage {
        config,
        accounts: ctx::answer(services.accounts(&ctx).await)?,
        paired: ctx::answer(services.paired_tills(&ctx).await)?,
        today: ctx::answer(services.today(ctx.store))?,
        permissions: ctx.permissions(),
    })
}

#[server(name = SaveSettingsFn, prefix = "/api", endpoint = "v1/settings/save", input = Json, output = Json)]
pub async fn save_settings(cmd: SaveSettings) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.save_settings(&ctx, cmd).await)
}

#[server(name = PairTill, prefix = "/api", endpoint = "v1/settings/pair", input = Json, output = Json)]
pub async fn pair_till(till: TillId) -> Result<String, AppError> {
    let (services, ctx) = ctx::extract().await?;
    let code = ctx::answer(services.create_pairing(&ctx, till).await)?;
    Ok(format!("/pair/{}", code.expose()))
}

#[server(name = LoadAccounts, prefix = "/api", endpoint = "v1/settings/accounts", input = GetUrl, output = Json)]
pub async fn load_accounts() -> Result<Vec<Account>, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.accounts(&ctx).await)
}

#[server(name = SaveAccountFn, prefix = "/api", endpoint = "v1/settings/account", input = Json, output = Json)]
pub async fn save_account(cmd: SaveAccount) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.save_account(&ctx, cmd).await)
}

#[server(name = LoadPeople, prefix = "/api", endpoint = "v1/settings/people", input = GetUrl, output = Json)]
pub async fn load_people() -> Result<PeoplePage, AppError> {
    let (services, ctx) = ctx::extract().await?;
    Ok(PeoplePage {
        people: ctx::answer(services.people(&ctx).await)?,
        stores: ctx::answer(services.stores_with(&ctx, Permission::EditPeople))?,
        me: ctx.person(),
    })
}

#[server(name = SavePersonFn, prefix = "/api", endpoint = "v1/settings/person", input = Json, output = Json)]
pub async fn save_person(cmd: SavePerson) -> Result<PersonId, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.save_person(&ctx, cmd).await)
}

#[server(name = SignPersonOut, prefix = "/api", endpoint = "v1/settings/sign_out_person", input = Json, output = Json)]
pub async fn sign_person_out(person: PersonId) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.sign_out_everywhere(&ctx, person).await)
}

#[server(name = ChangeSecretsFn, prefix = "/api", endpoint = "v1/session/secrets", input = Json, output = Json)]
pub async fn change_secrets(cmd: ChangeSecrets) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    let session = ctx::cookie(ctx::SESSION_COOKIE);
    ctx::answer(services.change_own_secrets(&ctx, session.as_ref(), cmd).await)
}

#[server(name = LoadAudit, prefix = "/api", endpoint = "v1/settings/audit", input = Json, output = Json)]
pub async fn audit(filter: AuditFilter) -> Result<AuditTrail, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.audit(&ctx, AuditFilter { limit: super::PAGE, ..filter }).await)
}
