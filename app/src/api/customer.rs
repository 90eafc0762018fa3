//! The customer book.

use crate::error::AppError;
use domain::customer::{
    AddNote, ChangeHousehold, CustomerDetail, CustomerFilter, CustomerPage, DuplicatePage, HistoryAsked,
    MergeCustomers, RevealPrivate, Revealed, SaveCustomer, SettleDuplicate, UndoMerge,
};
use domain::ids::CustomerId;
use domain::sale::SalePage;
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

#[server(name = ChangeHouseholdFn, prefix = "/api", endpoint = "v1/customer/household", input = Json, output = Json)]
pub async fn change_household(cmd: ChangeHousehold) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.change_household(&ctx, cmd).await)
}

/// What a customer bought, as somebody will read it.
#[server(name = CustomerHistory, prefix = "/api", endpoint = "v1/customer/history", input = Json, output = Json)]
pub async fn customer_history(asked: HistoryAsked) -> Result<SalePage, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.customer_history(&ctx, asked).await)
}

#[server(name = ListDuplicates, prefix = "/api", endpoint = "v1/customer/duplicates", input = GetUrl, output = Json)]
pub async fn list_duplicates(offset: u64) -> Result<DuplicatePage, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.duplicates(&ctx, offset, super::PAGE).await)
}

#[server(name = CompareCustomers, prefix = "/api", endpoint = "v1/customer/compare", input = GetUrl, output = Json)]
pub async fn compare_customers(
    one: CustomerId,
    other: CustomerId,
) -> Result<(CustomerDetail, CustomerDetail), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.compare_customers(&ctx, one, other).await)
}

#[server(name = MergeCustomersFn, prefix = "/api", endpoint = "v1/customer/merge", input = Json, output = Json)]
pub async fn merge_customers(cmd: MergeCustomers) -> Result<CustomerId, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.merge_customers(&ctx, cmd).await)
}

#[server(name = UndoMergeFn, prefix = "/api", endpoint = "v1/customer/unmerge", input = Json, output = Json)]
pub async fn undo_merge(cmd: UndoMerge) -> Result<CustomerId, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.undo_merge(&ctx, cmd).await)
}

#[server(name = SettleDuplicateFn, prefix = "/api", endpoint = "v1/customer/settle", input = Json, output = Json)]
pub async fn settle_duplicate(cmd: SettleDuplicate) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.settle_duplicate(&ctx, cmd).await)
}
