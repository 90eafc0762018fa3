//! Goods that come as a file. The file itself has a door of its own: `server/src/uploads.rs`.

use crate::error::AppError;
use domain::ids::{ImportId, MappingId};
use domain::import::{
    BadRows, DeleteMapping, ImportPlan, ImportPreview, ImportState, ImportView, SaveMapping, StartImport,
};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};

#[cfg(feature = "ssr")]
use super::ctx;

#[server(name = LoadImport, prefix = "/api", endpoint = "v1/import/view", input = GetUrl, output = Json)]
pub async fn load_import() -> Result<ImportView, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.import_view(&ctx).await)
}

#[server(name = LookAtImport, prefix = "/api", endpoint = "v1/import/look", input = Json, output = Json)]
pub async fn look_at_import(import_id: ImportId, plan: ImportPlan) -> Result<ImportPreview, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.look_at_import(&ctx, import_id, plan).await)
}

#[server(name = MapImport, prefix = "/api", endpoint = "v1/import/map", input = Json, output = Json)]
pub async fn map_import(import_id: ImportId, mapping_id: MappingId) -> Result<ImportPreview, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.map_import(&ctx, import_id, mapping_id).await)
}

#[server(name = StartImportFn, prefix = "/api", endpoint = "v1/import/start", input = Json, output = Json)]
pub async fn start_import(cmd: StartImport) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.start_import(&ctx, cmd).await)
}

#[server(name = LoadImportState, prefix = "/api", endpoint = "v1/import/state", input = GetUrl, output = Json)]
pub async fn import_state() -> Result<ImportState, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.import_state(&ctx))
}

#[server(name = LoadBadRows, prefix = "/api", endpoint = "v1/import/bad-rows", input = GetUrl, output = Json)]
pub async fn bad_rows(import_id: ImportId, offset: u64, limit: u64) -> Result<BadRows, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.import_bad_rows(&ctx, import_id, offset, limit).await)
}

#[server(name = SaveMappingFn, prefix = "/api", endpoint = "v1/import/mapping/save", input = Json, output = Json)]
pub async fn save_mapping(cmd: SaveMapping) -> Result<MappingId, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.save_mapping(&ctx, cmd).await)
}

#[server(name = DeleteMappingFn, prefix = "/api", endpoint = "v1/import/mapping/delete", input = Json, output = Json)]
pub async fn delete_mapping(cmd: DeleteMapping) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.delete_mapping(&ctx, cmd).await)
}

#[server(name = DiscardImport, prefix = "/api", endpoint = "v1/import/discard", input = Json, output = Json)]
pub async fn discard_import(import_id: ImportId) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.discard_import(&ctx, import_id))
}
