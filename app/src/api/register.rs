//! The register's state, and finding pieces.

use crate::error::AppError;
use domain::approval::AskApproval;
use domain::ids::{ApprovalId, StoreId};
use domain::item::ShownItem;
use domain::register::RegisterSnapshot;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};

#[cfg(feature = "ssr")]
use super::ctx;

#[server(name = LoadRegister, prefix = "/api", endpoint = "v1/register/snapshot", input = GetUrl, output = Json)]
pub async fn load_register() -> Result<RegisterSnapshot, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.register_snapshot(&ctx).await)
}

#[server(name = FindItems, prefix = "/api", endpoint = "v1/register/find", input = GetUrl, output = Json)]
pub async fn find_items(store_id: StoreId, typed: String) -> Result<Vec<ShownItem>, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.find_items(&ctx, store_id, &typed).await)
}

#[server(name = Approve, prefix = "/api", endpoint = "v1/register/approve", input = Json, output = Json)]
pub async fn approve(ask: AskApproval, pin: String) -> Result<ApprovalId, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.approve_at_till(&ctx, ask, pin).await)
}
