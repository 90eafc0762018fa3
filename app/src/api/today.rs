//! The day of each store.

use crate::error::AppError;
use domain::today::Today;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};

#[cfg(feature = "ssr")]
use super::ctx;

#[server(name = LoadToday, prefix = "/api", endpoint = "v1/today/load", input = GetUrl, output = Json)]
pub async fn load_today() -> Result<Today, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.today_in_stores(&ctx).await)
}
