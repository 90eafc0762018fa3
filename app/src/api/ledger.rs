//! The books.

use crate::error::AppError;
use domain::ids::EventId;
use domain::ledger::{
    Account, AccountCode, AccountSum, AccountView, EventView, LineFilter, PostedLine, VerifyReport,
};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};

#[cfg(feature = "ssr")]
use super::ctx;

#[server(name = LoadTrialBalance, prefix = "/api", endpoint = "v1/ledger/trial_balance", input = Json, output = Json)]
pub async fn trial_balance(filter: LineFilter) -> Result<(Vec<Account>, Vec<AccountSum>), AppError> {
    let (services, ctx) = ctx::extract().await?;
    let accounts = ctx::answer(services.accounts(&ctx).await)?;
    let sums = ctx::answer(services.trial_balance(&ctx, filter).await)?;
    Ok((accounts, sums))
}

#[server(name = LoadJournal, prefix = "/api", endpoint = "v1/ledger/lines", input = Json, output = Json)]
pub async fn journal_lines(filter: LineFilter, offset: u64) -> Result<(Vec<PostedLine>, u64), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.journal_lines(&ctx, filter, offset, super::PAGE).await)
}

#[server(name = LoadAccount, prefix = "/api", endpoint = "v1/ledger/account", input = Json, output = Json)]
pub async fn account_view(
    code: AccountCode,
    filter: LineFilter,
    offset: u64,
) -> Result<AccountView, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.account_view(&ctx, code, filter, offset, super::PAGE).await)
}

#[server(name = LoadEvent, prefix = "/api", endpoint = "v1/ledger/event", input = GetUrl, output = Json)]
pub async fn load_event(id: EventId) -> Result<EventView, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.event(&ctx, id).await)
}

#[server(name = LoadVerify, prefix = "/api", endpoint = "v1/ledger/verify", input = GetUrl, output = Json)]
pub async fn verify() -> Result<VerifyReport, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.verify_as(&ctx).await)
}
