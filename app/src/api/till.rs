//! Tills and store days.

use crate::error::AppError;
use domain::ids::TillSessionId;
use domain::ledger::Account;
use domain::till::{
    CloseDay, CloseTill, Deposit, DropCash, MoveCash, NoSale, OpenTill, Safe, SessionFilter, SessionPage,
    TillReport,
};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};

#[cfg(feature = "ssr")]
use super::ctx;

#[server(name = OpenTillFn, prefix = "/api", endpoint = "v1/till/open", input = Json, output = Json)]
pub async fn open_till(cmd: OpenTill) -> Result<TillSessionId, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.open_till(&ctx, cmd).await)
}

#[server(name = DropCashFn, prefix = "/api", endpoint = "v1/till/drop", input = Json, output = Json)]
pub async fn drop_cash(cmd: DropCash) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.drop_cash(&ctx, cmd).await)
}

#[server(name = MoveCashFn, prefix = "/api", endpoint = "v1/till/cash", input = Json, output = Json)]
pub async fn move_cash(cmd: MoveCash) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.move_cash(&ctx, cmd).await)
}

#[server(name = NoSaleFn, prefix = "/api", endpoint = "v1/till/no_sale", input = Json, output = Json)]
pub async fn open_drawer(cmd: NoSale) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.open_drawer(&ctx, cmd).await)
}

#[server(name = LoadCashAccounts, prefix = "/api", endpoint = "v1/till/accounts", input = GetUrl, output = Json)]
pub async fn cash_accounts() -> Result<Vec<Account>, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.cash_accounts(&ctx).await)
}

#[server(name = CloseTillFn, prefix = "/api", endpoint = "v1/till/close", input = Json, output = Json)]
pub async fn close_till(cmd: CloseTill) -> Result<TillReport, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.close_till(&ctx, cmd).await)
}

#[server(name = CloseDayFn, prefix = "/api", endpoint = "v1/till/close_day", input = Json, output = Json)]
pub async fn close_day(cmd: CloseDay) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.close_day(&ctx, cmd).await)
}

#[server(name = DepositSafe, prefix = "/api", endpoint = "v1/till/deposit", input = Json, output = Json)]
pub async fn deposit_safe(cmd: Deposit) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.deposit_safe(&ctx, cmd).await)
}

#[server(name = LoadTillReport, prefix = "/api", endpoint = "v1/till/report", input = GetUrl, output = Json)]
pub async fn load_till_report(id: TillSessionId) -> Result<TillReport, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.till_report(&ctx, id).await)
}

#[server(name = LoadTillHistory, prefix = "/api", endpoint = "v1/till/history", input = Json, output = Json)]
pub async fn till_history(filter: SessionFilter) -> Result<SessionPage, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.till_history(&ctx, SessionFilter { limit: super::PAGE, ..filter }).await)
}

#[server(name = LoadSafe, prefix = "/api", endpoint = "v1/till/safe", input = GetUrl, output = Json)]
pub async fn load_safe() -> Result<Safe, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.safe(&ctx).await)
}
