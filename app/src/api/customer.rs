//! The customer book.

use crate::error::AppError;
use domain::customer::{Customer, CustomerPage, SaveCustomer};
use domain::ids::CustomerId;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};

#[cfg(feature = "ssr")]
use super::ctx;

#[server(name = ListCustomers, prefix = "/api", endpoint = "v1/customer/list", input = GetUrl, output = Json)]
pub async fn list_customers(typed: String, offset: u64) -> Result<CustomerPage, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.customers(&ctx, &typed, offset, super::PAGE).await)
}

#[server(name = LoadCustomer, prefix = "/api", endpoint = "v1/customer/get", input = GetUrl, output = Json)]
pub async fn load_customer(id: CustomerId) -> Result<Customer, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.customer(&ctx, id).await)
}

#[server(name = SaveCustomerFn, prefix = "/api", endpoint = "v1/customer/save", input = Json, output = Json)]
pub async fn save_customer(cmd: SaveCustomer) -> Result<CustomerId, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.save_customer(&ctx, cmd).await)
}
