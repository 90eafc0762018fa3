//! Stones that come as a file. The file itself has a door of its own: `server/src/uploads.rs`.

use crate::error::AppError;
use domain::ids::ImportId;
use domain::import::{ImportState, ImportView, StartImport, StonePlan, StonePreview};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};

#[cfg(feature = "ssr")]
use super::ctx;

#[server(name = LoadImport, prefix = "/api", endpoint = "v1/import/view", input = GetUrl, output = Json)]
pub async fn load_import() -> Result<ImportView, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.import_view(&ctx))
}

#[server(name = LookAtImport, prefix = "/api", endpoint = "v1/import/look", input = Json, output = Json)]
pub async fn look_at_import(import_id: ImportId, plan: StonePlan) -> Result<StonePreview, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.look_at_import(&ctx, import_id, plan))
}

#[server(name = StartImportFn, prefix = "/api", endpoint = "v1/import/start", input = Json, output = Json)]
pub async fn start_import(cmd: StartImport) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.start_import(&ctx, cmd))
}

#[server(name = LoadImportState, prefix = "/api", endpoint = "v1/import/state", input = GetUrl, output = Json)]
pub async fn import_state() -> Result<ImportState, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.import_state(&ctx))
}

#[server(name = DiscardImport, prefix = "/api", endpoint = "v1/import/discard", input = Json, output = Json)]
pub async fn discard_import(import_id: ImportId) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.discard_import(&ctx, import_id))
}
