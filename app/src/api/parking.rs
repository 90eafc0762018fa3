//! Tickets put aside, and the pieces held for them.

use crate::error::AppError;
use domain::ids::{ItemId, ParkedId, StoreId};
use domain::parking::{
    HeldView, KeepOnTicket, Kept, OpenParked, OpenedTicket, ParkTicket, ParkedView, ReleasePiece, ThrowAway,
};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};

#[cfg(feature = "ssr")]
use super::ctx;

#[server(name = ParkTicketFn, prefix = "/api", endpoint = "v1/ticket/park", input = Json, output = Json)]
pub async fn park_ticket(cmd: ParkTicket) -> Result<ParkedId, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.park_ticket(&ctx, cmd).await)
}

#[server(name = OpenParkedFn, prefix = "/api", endpoint = "v1/ticket/open", input = Json, output = Json)]
pub async fn open_parked(cmd: OpenParked) -> Result<OpenedTicket, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.open_parked(&ctx, cmd).await)
}

#[server(name = ThrowAwayFn, prefix = "/api", endpoint = "v1/ticket/throw_away", input = Json, output = Json)]
pub async fn throw_away(cmd: ThrowAway) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.throw_away_parked(&ctx, cmd).await)
}

#[server(name = ReleasePieceFn, prefix = "/api", endpoint = "v1/ticket/release", input = Json, output = Json)]
pub async fn release_piece(cmd: ReleasePiece) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.release_piece(&ctx, cmd).await)
}

#[server(name = ListParked, prefix = "/api", endpoint = "v1/ticket/list", input = GetUrl, output = Json)]
pub async fn list_parked(store_id: StoreId) -> Result<Vec<ParkedView>, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.parked_tickets(&ctx, store_id).await)
}

#[server(name = LoadHolder, prefix = "/api", endpoint = "v1/ticket/holder", input = GetUrl, output = Json)]
pub async fn piece_holder(id: ItemId) -> Result<Option<HeldView>, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.piece_holder(&ctx, id).await)
}

#[server(name = KeepOnTicketFn, prefix = "/api", endpoint = "v1/ticket/keep", input = Json, output = Json)]
pub async fn keep_on_ticket(cmd: KeepOnTicket) -> Result<Kept, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.keep_on_ticket(&ctx, cmd).await)
}
