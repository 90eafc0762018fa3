//! Accounts of customers: what they owe, pay and are credited.

use crate::error::AppError;
use domain::ids::{CustomerCreditId, CustomerId, InvoiceId};
use domain::receivable::{
    AccountAsked, AccountDone, AccountPaymentChoices, AccountSheet, ApplyCredit, AssessFinanceCharges,
    CreditSheet, FinanceChargePlan, InvoiceChoices, InvoiceSheet, IssueCreditMemo, IssueInvoice,
    RecoverWriteOff, RefundCredit, ReturnCheck, ReturnSaleCheck, ReverseCredit, SaveHouseAccount,
    StandingShown, Statement, StatementAsked, TakePayment, UnapplyCredit, WriteOff,
};
use domain::sale::TaxTable;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};

#[cfg(feature = "ssr")]
use super::ctx;

#[server(name = StandingFn, prefix = "/api", endpoint = "v1/account/standing", input = GetUrl, output = Json)]
pub async fn account_standing(id: CustomerId) -> Result<StandingShown, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.account_standing(&ctx, id).await)
}

#[server(name = LoadAccount, prefix = "/api", endpoint = "v1/account/get", input = Json, output = Json)]
pub async fn load_account(asked: AccountAsked) -> Result<AccountSheet, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.customer_account(&ctx, asked).await)
}

/// The statement that an address asks for, for the page and for the file alike.
pub fn statement_in(customer: CustomerId, query: impl Fn(&str) -> Option<String>) -> StatementAsked {
    StatementAsked {
        customer,
        form: query("form").and_then(|code| code.parse().ok()).unwrap_or_default(),
        from: query("since").unwrap_or_default(),
    }
}

#[server(name = LoadStatement, prefix = "/api", endpoint = "v1/account/statement", input = Json, output = Json)]
pub async fn load_statement(asked: StatementAsked) -> Result<Statement, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.statement(&ctx, asked).await)
}

#[server(name = SaveHouseAccountFn, prefix = "/api", endpoint = "v1/account/grant", input = Json, output = Json)]
pub async fn save_house_account(cmd: SaveHouseAccount) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.save_house_account(&ctx, cmd).await)
}

#[server(name = LoadAccountPayment, prefix = "/api", endpoint = "v1/account/payment_choices", input = GetUrl, output = Json)]
pub async fn account_payment_choices(id: CustomerId) -> Result<AccountPaymentChoices, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.account_payment_choices(&ctx, id).await)
}

#[server(name = TakePaymentFn, prefix = "/api", endpoint = "v1/account/pay", input = Json, output = Json)]
pub async fn take_payment(cmd: TakePayment) -> Result<AccountDone, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.take_payment(&ctx, cmd).await)
}

#[server(name = LoadInvoiceChoices, prefix = "/api", endpoint = "v1/account/invoice_choices", input = GetUrl, output = Json)]
pub async fn invoice_choices(id: CustomerId) -> Result<InvoiceChoices, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.invoice_choices(&ctx, id).await)
}

#[server(name = LoadInvoiceTaxes, prefix = "/api", endpoint = "v1/account/invoice_taxes", input = GetUrl, output = Json)]
pub async fn invoice_taxes(date: String) -> Result<TaxTable, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.invoice_taxes(&ctx, date))
}

#[server(name = IssueInvoiceFn, prefix = "/api", endpoint = "v1/account/issue_invoice", input = Json, output = Json)]
pub async fn issue_invoice(cmd: IssueInvoice) -> Result<AccountDone, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.issue_invoice(&ctx, cmd).await)
}

#[server(name = LoadInvoice, prefix = "/api", endpoint = "v1/account/invoice", input = GetUrl, output = Json)]
pub async fn load_invoice(id: InvoiceId) -> Result<InvoiceSheet, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.invoice(&ctx, id).await)
}

#[server(name = LoadCustomerCredit, prefix = "/api", endpoint = "v1/account/credit", input = GetUrl, output = Json)]
pub async fn load_credit(id: CustomerCreditId) -> Result<CreditSheet, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.customer_credit(&ctx, id).await)
}

#[server(name = ApplyCreditFn, prefix = "/api", endpoint = "v1/account/apply", input = Json, output = Json)]
pub async fn apply_credit(cmd: ApplyCredit) -> Result<AccountDone, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.apply_credit(&ctx, cmd).await)
}

#[server(name = UnapplyCreditFn, prefix = "/api", endpoint = "v1/account/unapply", input = Json, output = Json)]
pub async fn unapply_credit(cmd: UnapplyCredit) -> Result<AccountDone, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.unapply_credit(&ctx, cmd).await)
}

#[server(name = RefundCreditFn, prefix = "/api", endpoint = "v1/account/refund", input = Json, output = Json)]
pub async fn refund_credit(cmd: RefundCredit) -> Result<AccountDone, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.refund_credit(&ctx, cmd).await)
}

#[server(name = ReturnCheckFn, prefix = "/api", endpoint = "v1/account/return_check", input = Json, output = Json)]
pub async fn return_check(cmd: ReturnCheck) -> Result<AccountDone, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.return_check(&ctx, cmd).await)
}

#[server(name = ReturnSaleCheckFn, prefix = "/api", endpoint = "v1/account/return_sale_check", input = Json, output = Json)]
pub async fn return_sale_check(cmd: ReturnSaleCheck) -> Result<AccountDone, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.return_sale_check(&ctx, cmd).await)
}

#[server(name = ReverseCreditFn, prefix = "/api", endpoint = "v1/account/reverse", input = Json, output = Json)]
pub async fn reverse_credit(cmd: ReverseCredit) -> Result<AccountDone, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.reverse_credit(&ctx, cmd).await)
}

#[server(name = IssueCreditMemoFn, prefix = "/api", endpoint = "v1/account/credit_memo", input = Json, output = Json)]
pub async fn issue_credit_memo(cmd: IssueCreditMemo) -> Result<AccountDone, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.issue_credit_memo(&ctx, cmd).await)
}

#[server(name = WriteOffFn, prefix = "/api", endpoint = "v1/account/write_off", input = Json, output = Json)]
pub async fn write_off(cmd: WriteOff) -> Result<AccountDone, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.write_off(&ctx, cmd).await)
}

#[server(name = RecoverWriteOffFn, prefix = "/api", endpoint = "v1/account/recover", input = Json, output = Json)]
pub async fn recover_write_off(cmd: RecoverWriteOff) -> Result<AccountDone, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.recover_write_off(&ctx, cmd).await)
}

#[server(name = LoadFinanceCharges, prefix = "/api", endpoint = "v1/account/finance_charges", input = GetUrl, output = Json)]
pub async fn finance_charges() -> Result<FinanceChargePlan, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.finance_charges(&ctx).await)
}

#[server(name = AssessFinanceChargesFn, prefix = "/api", endpoint = "v1/account/assess", input = Json, output = Json)]
pub async fn assess_finance_charges(cmd: AssessFinanceCharges) -> Result<AccountDone, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.assess_finance_charges(&ctx, cmd).await)
}
