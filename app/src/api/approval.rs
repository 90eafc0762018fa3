//! Asking for approvals and answering them.

use crate::error::AppError;
use domain::approval::{ApprovalNow, Approvals, AskManager, Decide, Withdraw};
use domain::ids::ApprovalId;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};

#[cfg(feature = "ssr")]
use super::ctx;

#[server(name = AskManagerFn, prefix = "/api", endpoint = "v1/approval/ask", input = Json, output = Json)]
pub async fn ask_manager(cmd: AskManager) -> Result<ApprovalId, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.ask_manager(&ctx, cmd).await)
}

#[server(name = WithdrawFn, prefix = "/api", endpoint = "v1/approval/withdraw", input = Json, output = Json)]
pub async fn withdraw(cmd: Withdraw) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.withdraw_approval(&ctx, cmd).await)
}

#[server(name = DecideFn, prefix = "/api", endpoint = "v1/approval/decide", input = Json, output = Json)]
pub async fn decide(cmd: Decide) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.decide_approval(&ctx, cmd).await)
}

#[server(name = LoadApproval, prefix = "/api", endpoint = "v1/approval/now", input = GetUrl, output = Json)]
pub async fn approval_now(id: ApprovalId) -> Result<ApprovalNow, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.approval_now(&ctx, id).await)
}

#[server(name = ListApprovals, prefix = "/api", endpoint = "v1/approval/list", input = GetUrl, output = Json)]
pub async fn list_approvals() -> Result<Approvals, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.approvals(&ctx).await)
}

#[server(name = CountApprovals, prefix = "/api", endpoint = "v1/approval/waiting", input = GetUrl, output = Json)]
pub async fn approvals_waiting() -> Result<u64, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.approvals_waiting(&ctx).await)
}
