//! Styles and their variations.

use crate::error::AppError;
use domain::ids::{StyleId, VariationId};
use domain::style::{SaveStyle, Style, StylePage, StyleSheet, Variation, VariationTag};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};

#[cfg(feature = "ssr")]
use super::ctx;

#[server(name = ListStyles, prefix = "/api", endpoint = "v1/style/list", input = GetUrl, output = Json)]
pub async fn list_styles(typed: String, offset: u64) -> Result<StylePage, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.styles(&ctx, &typed, offset, super::PAGE).await)
}

#[server(name = LoadStyle, prefix = "/api", endpoint = "v1/style/get", input = GetUrl, output = Json)]
pub async fn load_style(id: StyleId) -> Result<StyleSheet, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.style(&ctx, id).await)
}

#[server(name = LoadVariation, prefix = "/api", endpoint = "v1/style/variation", input = GetUrl, output = Json)]
pub async fn load_variation(id: VariationId) -> Result<(VariationTag, Style, Variation), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.variation(&ctx, id).await)
}

#[server(name = SaveStyleFn, prefix = "/api", endpoint = "v1/style/save", input = Json, output = Json)]
pub async fn save_style(cmd: SaveStyle) -> Result<StyleId, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.save_style(&ctx, cmd).await)
}
