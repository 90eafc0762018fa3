//! Finding anything from anywhere.

use crate::error::AppError;
use domain::find::Found;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};

#[cfg(feature = "ssr")]
use super::ctx;

#[server(name = FindEverywhereFn, prefix = "/api", endpoint = "v1/find", input = GetUrl, output = Json)]
pub async fn find_everywhere(typed: String) -> Result<Found, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.find_everywhere(&ctx, &typed).await)
}
