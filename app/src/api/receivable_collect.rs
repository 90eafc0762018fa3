//! Working with overdue accounts: whom to contact today, what is known about one customer, and what is done.

use crate::error::AppError;
use domain::ids::CustomerId;
use domain::receivable::collect::{
    AddCollectionNote, AssignCollector, CollectionSheet, DeskAsked, DeskPage, MakePromise, OpenDispute,
    PauseReminders, SettleDispute, WithdrawPromise,
};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};

#[cfg(feature = "ssr")]
use super::ctx;

#[server(name = LoadDesk, prefix = "/api", endpoint = "v1/receivable/desk", input = Json, output = Json)]
pub async fn load_desk(asked: DeskAsked) -> Result<DeskPage, AppError> {
    let (services, ctx) = ctx::extract().await?;
    let asked = DeskAsked { limit: super::PAGE, ..asked };
    ctx::answer(services.collections_desk(&ctx, asked).await)
}

#[server(name = LoadCollection, prefix = "/api", endpoint = "v1/receivable/collection", input = GetUrl, output = Json)]
pub async fn load_collection(id: CustomerId) -> Result<CollectionSheet, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.collection(&ctx, id).await)
}

#[server(name = AddCollectionNoteFn, prefix = "/api", endpoint = "v1/receivable/note", input = Json, output = Json)]
pub async fn add_collection_note(cmd: AddCollectionNote) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.add_collection_note(&ctx, cmd).await)
}

#[server(name = MakePromiseFn, prefix = "/api", endpoint = "v1/receivable/promise", input = Json, output = Json)]
pub async fn make_promise(cmd: MakePromise) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.make_promise(&ctx, cmd).await)
}

#[server(name = WithdrawPromiseFn, prefix = "/api", endpoint = "v1/receivable/withdraw_promise", input = Json, output = Json)]
pub async fn withdraw_promise(cmd: WithdrawPromise) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.withdraw_promise(&ctx, cmd).await)
}

#[server(name = OpenDisputeFn, prefix = "/api", endpoint = "v1/receivable/dispute", input = Json, output = Json)]
pub async fn open_dispute(cmd: OpenDispute) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.open_dispute(&ctx, cmd).await)
}

#[server(name = SettleDisputeFn, prefix = "/api", endpoint = "v1/receivable/settle_dispute", input = Json, output = Json)]
pub async fn settle_dispute(cmd: SettleDispute) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.settle_dispute(&ctx, cmd).await)
}

#[server(name = PauseRemindersFn, prefix = "/api", endpoint = "v1/receivable/pause", input = Json, output = Json)]
pub async fn pause_reminders(cmd: PauseReminders) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.pause_reminders(&ctx, cmd).await)
}

#[server(name = AssignCollectorFn, prefix = "/api", endpoint = "v1/receivable/assign", input = Json, output = Json)]
pub async fn assign_collector(cmd: AssignCollector) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.assign_collector(&ctx, cmd).await)
}

/// The list of the day that an address asks for.
pub fn desk_in(query: impl Fn(&str) -> Option<String>) -> DeskAsked {
    DeskAsked {
        words: query("q").unwrap_or_default(),
        whose: query("whose").and_then(|code| code.parse().ok()).unwrap_or_default(),
        store: query("store").and_then(|id| id.parse().ok()),
        ..DeskAsked::default()
    }
}
