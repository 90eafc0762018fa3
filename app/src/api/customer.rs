//! The customer book.

use crate::error::AppError;
use domain::customer::{
    AddNote, CustomerDetail, CustomerFilter, CustomerPage, RevealPrivate, Revealed, SaveCustomer,
};
use domain::ids::CustomerId;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};

#[cfg(feature = "ssr")]
use super::ctx;

/// The first customers that have all the words, for choosing one.
#[server(name = ListCustomers, prefix = "/api", endpoint = "v1/customer/list", input = GetUrl, output = Json)]
pub async fn list_customers(typed: String) -> Result<CustomerPage, AppError> {
    let (services, ctx) = ctx::extract().await?;
    let filter = CustomerFilter { words: typed, limit: super::PAGE, ..CustomerFilter::default() };
    ctx::answer(services.customers(&ctx, filter).await)
}

/// A page of the book, and the tags it can be narrowed by.
#[server(name = LoadCustomers, prefix = "/api", endpoint = "v1/customer/page", input = Json, output = Json)]
pub async fn load_customers(filter: CustomerFilter) -> Result<(CustomerPage, Vec<String>), AppError> {
    let (services, ctx) = ctx::extract().await?;
    let page = ctx::answer(services.customers(&ctx, filter).await)?;
    Ok((page, ctx::answer(services.customer_tags(&ctx).await)?))
}

#[server(name = LoadCustomer, prefix = "/api", endpoint = "v1/customer/get", input = GetUrl, output = Json)]
pub async fn load_customer(id: CustomerId) -> Result<CustomerDetail, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.customer(&ctx, id).await)
}

#[server(name = SaveCustomerFn, prefix = "/api", endpoint = "v1/customer/save", input = Json, output = Json)]
pub async fn save_customer(cmd: SaveCustomer) -> Result<CustomerId, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.save_customer(&ctx, cmd).await)
}

#[server(name = AddNoteFn, prefix = "/api", endpoint = "v1/customer/note", input = Json, output = Json)]
pub async fn add_note(cmd: AddNote) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.add_note(&ctx, cmd).await)
}

#[server(name = RevealPrivateFn, prefix = "/api", endpoint = "v1/customer/reveal", input = Json, output = Json)]
pub async fn reveal_private(cmd: RevealPrivate) -> Result<Revealed, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.reveal_private(&ctx, cmd).await)
}
