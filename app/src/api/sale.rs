//! Selling, and looking at sales.

use crate::error::AppError;
use domain::ids::{EventId, SaleId};
use domain::ledger::Entry;
use domain::sale::{ClearTicket, CompleteSale, SaleDone, SaleFilter, SalePage, SaleSheet, VoidSale};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};

#[cfg(feature = "ssr")]
use super::ctx;

#[server(name = CompleteSaleFn, prefix = "/api", endpoint = "v1/sale/complete", input = Json, output = Json)]
pub async fn complete_sale(cmd: CompleteSale) -> Result<SaleDone, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.complete_sale(&ctx, cmd).await)
}

#[server(name = ClearTicketFn, prefix = "/api", endpoint = "v1/sale/clear", input = Json, output = Json)]
pub async fn clear_ticket(cmd: ClearTicket) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.clear_ticket(&ctx, cmd).await)
}

#[server(name = VoidSaleFn, prefix = "/api", endpoint = "v1/sale/void", input = Json, output = Json)]
pub async fn void_sale(cmd: VoidSale) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.void_sale(&ctx, cmd).await)
}

#[server(name = LoadSale, prefix = "/api", endpoint = "v1/sale/get", input = GetUrl, output = Json)]
pub async fn load_sale(id: SaleId) -> Result<SaleSheet, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.sale_sheet(&ctx, id).await)
}

#[server(name = ListSales, prefix = "/api", endpoint = "v1/sale/list", input = Json, output = Json)]
pub async fn list_sales(filter: SaleFilter) -> Result<SalePage, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.sales(&ctx, filter).await)
}

#[server(name = EntriesOfEvent, prefix = "/api", endpoint = "v1/sale/entries", input = GetUrl, output = Json)]
pub async fn entries_of_event(event: EventId) -> Result<Vec<Entry>, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.entries_of(&ctx, event).await)
}
