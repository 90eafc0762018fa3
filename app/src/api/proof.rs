//! Proving the day: sub-ledgers beside their control accounts, and what the bank got for card payments.

use crate::error::AppError;
use domain::ids::CardBatchId;
use domain::ledger::{TieOut, TieOutAsked};
use domain::settlement::{BatchSheet, CardsAsked, CardsPage, SettleCards, UndoCardBatch};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};

#[cfg(feature = "ssr")]
use super::ctx;

#[server(name = LoadTieOut, prefix = "/api", endpoint = "v1/ledger/tie_out", input = Json, output = Json)]
pub async fn load_tie_out(asked: TieOutAsked) -> Result<TieOut, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.tie_out(&ctx, asked).await)
}

#[server(name = LoadCards, prefix = "/api", endpoint = "v1/cards/load", input = Json, output = Json)]
pub async fn load_cards(asked: CardsAsked) -> Result<CardsPage, AppError> {
    let (services, ctx) = ctx::extract().await?;
    let asked = CardsAsked { limit: super::PAGE, ..asked };
    ctx::answer(services.cards(&ctx, asked).await)
}

#[server(name = LoadCardBatch, prefix = "/api", endpoint = "v1/cards/batch", input = GetUrl, output = Json)]
pub async fn load_card_batch(id: CardBatchId) -> Result<BatchSheet, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.card_batch(&ctx, id).await)
}

#[server(name = SettleCardsFn, prefix = "/api", endpoint = "v1/cards/settle", input = Json, output = Json)]
pub async fn settle_cards(cmd: SettleCards) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.settle_cards(&ctx, cmd).await)
}

#[server(name = UndoCardBatchFn, prefix = "/api", endpoint = "v1/cards/undo", input = Json, output = Json)]
pub async fn undo_card_batch(cmd: UndoCardBatch) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.undo_card_batch(&ctx, cmd).await)
}
