//! Selling, and looking at sales.

use crate::error::AppError;
use domain::ids::{SaleId, SaleLineId};
use domain::sale::{
    ClearTicket, CompleteSale, Refundable, ReturnOffer, SaleChoices, SaleDone, SaleFilter, SalePage,
    SaleSheet, SetSecret, VoidSale,
};
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

#[server(name = SetSecretFn, prefix = "/api", endpoint = "v1/sale/secret", input = Json, output = Json)]
pub async fn set_secret(cmd: SetSecret) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.set_secret(&ctx, cmd).await)
}

/// What may come back, by a receipt's number, a gift receipt's code or a tag.
#[server(name = FindReturn, prefix = "/api", endpoint = "v1/sale/find_return", input = Json, output = Json)]
pub async fn find_return(shown: String) -> Result<ReturnOffer, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.find_return(&ctx, &shown).await)
}

#[server(name = LoadRefundable, prefix = "/api", endpoint = "v1/sale/refundable", input = Json, output = Json)]
pub async fn refundable(lines: Vec<SaleLineId>) -> Result<Vec<Refundable>, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.refundable(&ctx, &lines).await)
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

/// A page of sales, and what the list can be narrowed by.
#[server(name = LoadSales, prefix = "/api", endpoint = "v1/sale/page", input = Json, output = Json)]
pub async fn load_sales(filter: SaleFilter) -> Result<(SalePage, SaleChoices), AppError> {
    let (services, ctx) = ctx::extract().await?;
    let page = ctx::answer(services.sales(&ctx, filter).await)?;
    Ok((page, ctx::answer(services.sale_choices(&ctx).await)?))
}

/// The filter that an address says, for the page and for the file alike.
pub fn filter_in(query: impl Fn(&str) -> Option<String>) -> SaleFilter {
    SaleFilter {
        words: query("q").unwrap_or_default(),
        from: query("since").and_then(|date| date.parse().ok()),
        to: query("to").and_then(|date| date.parse().ok()),
        seller: query("seller").and_then(|id| id.parse().ok()),
        tender: query("tender").filter(|code| !code.is_empty()),
        status: query("status").and_then(|code| code.parse().ok()),
        ..SaleFilter::default()
    }
}
