//! What customers owe, looked at from above: the aging, the measures, the allowance, what wants attention.

use crate::error::AppError;
use domain::receivable::{
    AgingAsked, AgingSheet, AllowanceAsked, AllowanceSheet, MeasuresSheet, OverdueAlerts, OwedSheet,
};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};

#[cfg(feature = "ssr")]
use super::ctx;

#[server(name = LoadAging, prefix = "/api", endpoint = "v1/receivable/aging", input = Json, output = Json)]
pub async fn load_aging(asked: AgingAsked) -> Result<AgingSheet, AppError> {
    let (services, ctx) = ctx::extract().await?;
    let asked = AgingAsked { limit: super::PAGE, ..asked };
    ctx::answer(services.aging(&ctx, asked).await)
}

#[server(name = LoadOwed, prefix = "/api", endpoint = "v1/receivable/owed", input = GetUrl, output = Json)]
pub async fn load_owed() -> Result<OwedSheet, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.owed_to_stores(&ctx).await)
}

#[server(name = LoadOverdue, prefix = "/api", endpoint = "v1/receivable/overdue", input = GetUrl, output = Json)]
pub async fn load_overdue() -> Result<OverdueAlerts, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.overdue_alerts(&ctx).await)
}

#[server(name = LoadMeasures, prefix = "/api", endpoint = "v1/receivable/measures", input = GetUrl, output = Json)]
pub async fn load_measures() -> Result<MeasuresSheet, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.receivable_measures(&ctx).await)
}

#[server(name = LoadAllowance, prefix = "/api", endpoint = "v1/receivable/allowance", input = Json, output = Json)]
pub async fn load_allowance(asked: AllowanceAsked) -> Result<AllowanceSheet, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.allowance(&ctx, asked).await)
}

/// The aging that an address asks for, for the page and for the file alike.
pub fn aging_in(query: impl Fn(&str) -> Option<String>) -> AgingAsked {
    let code = |name: &str| query(name).unwrap_or_default();
    AgingAsked {
        as_of: query("as_of").and_then(|day| day.parse().ok()),
        basis: code("basis").parse().unwrap_or_default(),
        by: code("by").parse().unwrap_or_default(),
        store: query("store").and_then(|id| id.parse().ok()),
        associate: query("associate").and_then(|id| id.parse().ok()),
        tag: query("tag").filter(|tag| !tag.is_empty()),
        sort: code("sort").parse().unwrap_or_default(),
        ..AgingAsked::default()
    }
}
