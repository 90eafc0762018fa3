//! Keeping the books: entries by hand, what comes every month, locked periods, statements.

use crate::error::AppError;
use domain::attachment::{AttachFiles, Attachment, WithdrawAttachment};
use domain::ids::{EventId, RecurringId};
use domain::ledger::{
    AskBalanceSheet, AskProfitAndLoss, BalanceSheetPage, BooksOf, EntryChoices, LockPeriod, PostDue,
    PostEntry, ProfitAndLossPage, RecurringPage, ReverseEntry, SaveRecurring, UnlockPeriod,
};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};

#[cfg(feature = "ssr")]
use super::ctx;

#[server(name = LoadEntryChoices, prefix = "/api", endpoint = "v1/books/choices", input = GetUrl, output = Json)]
pub async fn entry_choices() -> Result<EntryChoices, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.entry_choices(&ctx).await)
}

#[server(name = PostEntryFn, prefix = "/api", endpoint = "v1/books/post", input = Json, output = Json)]
pub async fn post_entry(cmd: PostEntry) -> Result<EventId, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.post_entry(&ctx, cmd).await)
}

#[server(name = ReverseEntryFn, prefix = "/api", endpoint = "v1/books/reverse", input = Json, output = Json)]
pub async fn reverse_entry(cmd: ReverseEntry) -> Result<EventId, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.reverse_entry(&ctx, cmd).await)
}

#[server(name = LoadRecurring, prefix = "/api", endpoint = "v1/books/recurring", input = GetUrl, output = Json)]
pub async fn recurring_entries() -> Result<RecurringPage, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.recurring_entries(&ctx).await)
}

#[server(name = SaveRecurringFn, prefix = "/api", endpoint = "v1/books/save_recurring", input = Json, output = Json)]
pub async fn save_recurring(cmd: SaveRecurring) -> Result<RecurringId, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.save_recurring(&ctx, cmd).await)
}

#[server(name = PostDueFn, prefix = "/api", endpoint = "v1/books/post_due", input = Json, output = Json)]
pub async fn post_due(cmd: PostDue) -> Result<EventId, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.post_due(&ctx, cmd).await)
}

#[server(name = LoadLocks, prefix = "/api", endpoint = "v1/books/locks", input = GetUrl, output = Json)]
pub async fn period_locks() -> Result<Vec<BooksOf>, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.period_locks(&ctx).await)
}

#[server(name = LockPeriodFn, prefix = "/api", endpoint = "v1/books/lock", input = Json, output = Json)]
pub async fn lock_period(cmd: LockPeriod) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.lock_period(&ctx, cmd).await)
}

#[server(name = UnlockPeriodFn, prefix = "/api", endpoint = "v1/books/unlock", input = Json, output = Json)]
pub async fn unlock_period(cmd: UnlockPeriod) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.unlock_period(&ctx, cmd).await)
}

#[server(name = LoadProfitAndLoss, prefix = "/api", endpoint = "v1/books/profit_and_loss", input = Json, output = Json)]
pub async fn profit_and_loss(ask: AskProfitAndLoss) -> Result<ProfitAndLossPage, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.profit_and_loss(&ctx, ask).await)
}

#[server(name = LoadBalanceSheet, prefix = "/api", endpoint = "v1/books/balance_sheet", input = Json, output = Json)]
pub async fn balance_sheet(ask: AskBalanceSheet) -> Result<BalanceSheetPage, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.balance_sheet(&ctx, ask).await)
}

#[server(name = AttachFilesFn, prefix = "/api", endpoint = "v1/books/attach", input = Json, output = Json)]
pub async fn attach_files(cmd: AttachFiles) -> Result<Vec<Attachment>, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.attach_files(&ctx, cmd).await)
}

#[server(name = WithdrawAttachmentFn, prefix = "/api", endpoint = "v1/books/withdraw", input = Json, output = Json)]
pub async fn withdraw_attachment(cmd: WithdrawAttachment) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.withdraw_attachment(&ctx, cmd).await)
}
