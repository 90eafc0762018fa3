//! The books.

use crate::error::AppError;
use domain::ledger::{Account, AccountSum, LineFilter, PostedLine, VerifyReport};
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

#[server(name = LoadVerify, prefix = "/api", endpoint = "v1/ledger/verify", input = GetUrl, output = Json)]
pub async fn verify() -> Result<VerifyReport, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.verify_as(&ctx).await)
}
