//! Who may send what where. A route that is not in this table is not served, and a test compares the table
//! with everything the server has.

use crate::assets::is_file;
use app::api::ctx::{SESSION_COOKIE, TILL_COOKIE, cookie_in, outside};
use app::api::session::Whoami;
use app::error::AppError;
use app::pages::door_from;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use domain::person::Permission as P;
use leptos::prelude::FromServerFnError;
use services::{Ctx, ServiceError, Services};

/// What it takes to be answered at all. What exactly may be seen or done is decided by the use case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Anybody: it shows nothing of the store, or checks a secret of its own.
    Open,
    /// Whoever is signed in.
    SignedIn,
    /// Whoever has the permission in any store.
    Needs(P),
}
use Rule::{Needs, Open, SignedIn};

/// Routes that are neither a page nor a server function.
pub const START: &str = "/";
pub const HEALTH: &str = "/healthz";
pub const EVENTS: &str = "/events";
pub const LEDGER_FILE: &str = "/api/v1/ledger/file";
pub const SALES_FILE: &str = "/sales/export.csv";
pub const OWED_FILE: &str = "/vendors/owed.csv";
pub const AGING_FILE: &str = "/receivables/aging.csv";
pub const IMPORT_UPLOAD: &str = "/api/v1/import/upload";
pub const IMPORT_REJECTS: &str = "/api/v1/import/rejects/{import}";
pub const PHOTO_UPLOAD: &str = "/api/v1/photo/upload";
pub const PHOTO: &str = "/photos/{photo}";
pub const PAPER_UPLOAD: &str = "/api/v1/books/paper";
pub const INVOICE_PDF: &str = "/invoices/{id}/invoice.pdf";
pub const CREDIT_PDF: &str = "/credits/{id}/credit.pdf";
pub const RECEIPT_PDF: &str = "/sales/{id}/receipt.pdf";
pub const STATEMENT_PDF: &str = "/customers/{id}/statement.pdf";
pub const PAPER: &str = "/attachments/{paper}";

/// Every route by its pattern, but for the files of the site, which anybody may have.
#[rustfmt::skip]
pub const ROUTES: &[(&str, Rule)] = &[
    // Pages.
    (START, SignedIn),
    ("/sign-in", Open),
    ("/setup", Open),
    ("/pair/{code}", Open),
    // Holds nothing until it is alive.
    ("/register", Open),
    ("/me", SignedIn),
    ("/more", SignedIn),
    ("/today", Needs(P::ViewLedger)),
    ("/approvals", Needs(P::Approve)),
    ("/sales", SignedIn),
    ("/sales/{id}", SignedIn),
    (SALES_FILE, Needs(P::ViewSales)),
    ("/receivables", Needs(P::ViewLedger)),
    ("/receivables/desk", Needs(P::Collect)),
    ("/receivables/aging", Needs(P::ViewLedger)),
    (AGING_FILE, Needs(P::ViewLedger)),
    ("/receivables/measures", Needs(P::ViewLedger)),
    ("/receivables/allowance", Needs(P::ViewLedger)),
    (RECEIPT_PDF, Needs(P::ViewSales)),
    ("/customers", SignedIn),
    ("/customers/new", SignedIn),
    ("/customers/{id}", SignedIn),
    ("/customers/{id}/edit", SignedIn),
    ("/customers/{id}/history", SignedIn),
    ("/customers/{id}/account", Needs(P::ViewReceivables)),
    ("/customers/{id}/account/edit", Needs(P::GrantCredit)),
    ("/customers/{id}/pay", Needs(P::TakePayment)),
    ("/customers/{id}/invoice", Needs(P::IssueInvoice)),
    ("/customers/{id}/credit-memo", Needs(P::AdjustReceivables)),
    ("/customers/{id}/statement", Needs(P::ViewReceivables)),
    (STATEMENT_PDF, Needs(P::ViewReceivables)),
    ("/customers/duplicates", SignedIn),
    ("/customers/{id}/merge/{other}", SignedIn),
    ("/invoices/{id}", Needs(P::ViewReceivables)),
    (INVOICE_PDF, Needs(P::ViewReceivables)),
    ("/credits/{id}", Needs(P::ViewReceivables)),
    (CREDIT_PDF, Needs(P::ViewReceivables)),
    ("/finance-charges", Needs(P::WriteOff)),
    ("/inventory", SignedIn),
    ("/inventory/new", SignedIn),
    ("/inventory/import", SignedIn),
    ("/inventory/bulk", SignedIn),
    ("/inventory/tags", SignedIn),
    ("/inventory/styles", SignedIn),
    ("/inventory/styles/new", SignedIn),
    ("/inventory/styles/{id}", SignedIn),
    ("/inventory/styles/{id}/edit", SignedIn),
    ("/inventory/{id}", SignedIn),
    ("/inventory/{id}/edit", SignedIn),
    ("/vendors", Needs(P::ViewVendors)),
    ("/vendors/new", Needs(P::ViewVendors)),
    ("/vendors/owed", Needs(P::ViewVendors)),
    ("/vendors/orders", Needs(P::ViewVendors)),
    ("/vendors/orders/{id}", Needs(P::ViewVendors)),
    ("/vendors/orders/{id}/edit", Needs(P::ViewVendors)),
    ("/vendors/receipts/{id}", Needs(P::ViewVendors)),
    ("/vendors/bills/{id}", Needs(P::ViewVendors)),
    ("/vendors/returns/{id}", Needs(P::ViewVendors)),
    ("/vendors/{id}", Needs(P::ViewVendors)),
    ("/vendors/{id}/edit", Needs(P::ViewVendors)),
    ("/vendors/{id}/receive", Needs(P::ViewVendors)),
    ("/vendors/{id}/bill", Needs(P::ViewVendors)),
    ("/vendors/{id}/pay", Needs(P::ViewVendors)),
    ("/vendors/{id}/order", Needs(P::ViewVendors)),
    ("/vendors/{id}/return", Needs(P::ViewVendors)),
    (OWED_FILE, Needs(P::ViewVendors)),
    ("/till", SignedIn),
    ("/till/history", SignedIn),
    ("/till/sessions/{id}", SignedIn),
    ("/till/safe", SignedIn),
    ("/ledger", SignedIn),
    ("/ledger/accounts", SignedIn),
    ("/ledger/accounts/{code}", SignedIn),
    ("/ledger/journal", SignedIn),
    ("/ledger/event/{id}", SignedIn),
    ("/ledger/entries/new", SignedIn),
    ("/ledger/recurring", SignedIn),
    ("/ledger/recurring/new", SignedIn),
    ("/ledger/recurring/{id}", SignedIn),
    ("/ledger/lock", SignedIn),
    ("/ledger/profit-and-loss", SignedIn),
    ("/ledger/balance-sheet", SignedIn),
    ("/ledger/tie-out", Needs(P::ViewLedger)),
    ("/ledger/cards", Needs(P::ViewLedger)),
    ("/ledger/cards/{id}", Needs(P::ViewLedger)),
    ("/ledger/verify", SignedIn),
    ("/ledger/export", SignedIn),
    ("/settings", SignedIn),
    ("/settings/stores/new", SignedIn),
    ("/settings/stores/{id}", SignedIn),
    ("/settings/people", SignedIn),
    ("/settings/people/new", SignedIn),
    ("/settings/people/{id}", SignedIn),
    ("/settings/taxes", SignedIn),
    ("/settings/taxes/new", SignedIn),
    ("/settings/taxes/{id}", SignedIn),
    ("/settings/payments", SignedIn),
    ("/settings/accounts", SignedIn),
    ("/settings/audit", SignedIn),
    // Files.
    (HEALTH, Open),
    // Asks who listens by itself, again and again; nobody hears nothing.
    (EVENTS, Open),
    // Server functions.
    ("/api/v1/session/page", Open),
    ("/api/v1/session/sign_in", Open),
    ("/api/v1/session/switch", Open),
    ("/api/v1/session/sign_out", Open),
    ("/api/v1/session/lock", Open),
    ("/api/v1/session/whoami", SignedIn),
    ("/api/v1/session/secrets", SignedIn),
    ("/api/v1/session/sign_out_everywhere", SignedIn),
    ("/api/v1/setup/first_run", Open),
    ("/api/v1/setup/pair", Open),
    ("/api/v1/register/snapshot", SignedIn),
    ("/api/v1/register/find", Needs(P::ViewItems)),
    ("/api/v1/register/approve", SignedIn),
    ("/api/v1/approval/ask", Needs(P::Sell)),
    ("/api/v1/approval/withdraw", Needs(P::Sell)),
    ("/api/v1/approval/decide", Needs(P::Approve)),
    // For whoever asked, and for those who decide.
    ("/api/v1/approval/now", SignedIn),
    ("/api/v1/approval/list", Needs(P::Approve)),
    ("/api/v1/approval/waiting", Needs(P::Approve)),
    ("/api/v1/ticket/park", Needs(P::Sell)),
    ("/api/v1/ticket/open", Needs(P::Sell)),
    ("/api/v1/ticket/throw_away", Needs(P::Sell)),
    ("/api/v1/ticket/release", Needs(P::Sell)),
    ("/api/v1/ticket/keep", Needs(P::Sell)),
    ("/api/v1/ticket/list", Needs(P::Sell)),
    ("/api/v1/ticket/holder", Needs(P::ViewItems)),
    // Each kind of thing is looked for only where the person may see it.
    ("/api/v1/find", SignedIn),
    ("/api/v1/sale/complete", Needs(P::Sell)),
    ("/api/v1/sale/find_return", Needs(P::Sell)),
    ("/api/v1/sale/refundable", Needs(P::Sell)),
    ("/api/v1/sale/clear", Needs(P::Sell)),
    ("/api/v1/sale/void", Needs(P::Sell)),
    ("/api/v1/sale/secret", Needs(P::Sell)),
    ("/api/v1/sale/get", Needs(P::ViewSales)),
    ("/api/v1/sale/list", Needs(P::ViewSales)),
    ("/api/v1/sale/page", Needs(P::ViewSales)),
    ("/api/v1/customer/list", Needs(P::ViewCustomers)),
    ("/api/v1/customer/page", Needs(P::ViewCustomers)),
    ("/api/v1/customer/get", Needs(P::ViewCustomers)),
    ("/api/v1/customer/save", Needs(P::EditCustomers)),
    ("/api/v1/customer/note", Needs(P::EditCustomers)),
    ("/api/v1/customer/household", Needs(P::EditCustomers)),
    ("/api/v1/customer/history", Needs(P::ViewCustomers)),
    ("/api/v1/customer/duplicates", Needs(P::MergeCustomers)),
    ("/api/v1/customer/compare", Needs(P::MergeCustomers)),
    ("/api/v1/customer/merge", Needs(P::MergeCustomers)),
    ("/api/v1/customer/unmerge", Needs(P::MergeCustomers)),
    ("/api/v1/customer/settle", Needs(P::MergeCustomers)),
    ("/api/v1/account/standing", Needs(P::ViewReceivables)),
    ("/api/v1/account/get", Needs(P::ViewReceivables)),
    ("/api/v1/account/statement", Needs(P::ViewReceivables)),
    ("/api/v1/account/grant", Needs(P::GrantCredit)),
    ("/api/v1/account/payment_choices", Needs(P::TakePayment)),
    ("/api/v1/account/pay", Needs(P::TakePayment)),
    ("/api/v1/account/invoice_choices", Needs(P::IssueInvoice)),
    ("/api/v1/account/invoice_taxes", Needs(P::IssueInvoice)),
    ("/api/v1/account/issue_invoice", Needs(P::IssueInvoice)),
    ("/api/v1/account/invoice", Needs(P::ViewReceivables)),
    ("/api/v1/account/credit", Needs(P::ViewReceivables)),
    ("/api/v1/account/apply", Needs(P::AdjustReceivables)),
    ("/api/v1/account/unapply", Needs(P::AdjustReceivables)),
    ("/api/v1/account/refund", Needs(P::AdjustReceivables)),
    ("/api/v1/account/return_check", Needs(P::AdjustReceivables)),
    ("/api/v1/account/credit_memo", Needs(P::AdjustReceivables)),
    ("/api/v1/account/write_off", Needs(P::WriteOff)),
    ("/api/v1/account/return_sale_check", Needs(P::AdjustReceivables)),
    ("/api/v1/account/reverse", Needs(P::AdjustReceivables)),
    ("/api/v1/account/recover", Needs(P::WriteOff)),
    ("/api/v1/account/finance_charges", Needs(P::WriteOff)),
    ("/api/v1/account/assess", Needs(P::WriteOff)),
    ("/api/v1/customer/reveal", Needs(P::ViewPrivate)),
    ("/api/v1/item/list", Needs(P::ViewItems)),
    ("/api/v1/item/get", Needs(P::ViewItems)),
    ("/api/v1/item/save", Needs(P::EditItems)),
    ("/api/v1/item/set_aside", Needs(P::EditItems)),
    ("/api/v1/item/preview_bulk", Needs(P::EditItems)),
    ("/api/v1/item/change", Needs(P::EditItems)),
    ("/api/v1/item/receive", Needs(P::EditItems)),
    ("/api/v1/item/count", Needs(P::EditItems)),
    ("/api/v1/style/list", Needs(P::ViewItems)),
    ("/api/v1/style/get", Needs(P::ViewItems)),
    ("/api/v1/style/variation", Needs(P::ViewItems)),
    ("/api/v1/style/save", Needs(P::EditItems)),
    ("/api/v1/vendor/list", Needs(P::ViewVendors)),
    ("/api/v1/vendor/get", Needs(P::ViewVendors)),
    ("/api/v1/vendor/save", Needs(P::Purchase)),
    ("/api/v1/vendor/delivery", Needs(P::ViewVendors)),
    ("/api/v1/vendor/receive", Needs(P::Purchase)),
    ("/api/v1/vendor/receipt", Needs(P::ViewVendors)),
    ("/api/v1/vendor/enter_bill", Needs(P::PayVendors)),
    ("/api/v1/vendor/bill", Needs(P::ViewVendors)),
    ("/api/v1/vendor/open_bills", Needs(P::ViewVendors)),
    ("/api/v1/vendor/payment", Needs(P::PayVendors)),
    ("/api/v1/vendor/pay", Needs(P::PayVendors)),
    ("/api/v1/vendor/orders", Needs(P::ViewVendors)),
    ("/api/v1/vendor/order", Needs(P::ViewVendors)),
    ("/api/v1/vendor/save_order", Needs(P::Purchase)),
    ("/api/v1/vendor/end_order", Needs(P::Purchase)),
    ("/api/v1/vendor/send_back", Needs(P::Purchase)),
    ("/api/v1/vendor/return", Needs(P::ViewVendors)),
    ("/api/v1/vendor/close_return", Needs(P::Purchase)),
    (PHOTO_UPLOAD, Needs(P::EditItems)),
    (PHOTO, Needs(P::ViewItems)),
    ("/api/v1/photo/arrange", Needs(P::EditItems)),
    (IMPORT_UPLOAD, Needs(P::ImportItems)),
    (IMPORT_REJECTS, Needs(P::ImportItems)),
    ("/api/v1/import/view", Needs(P::ImportItems)),
    ("/api/v1/import/look", Needs(P::ImportItems)),
    ("/api/v1/import/start", Needs(P::ImportItems)),
    ("/api/v1/import/state", Needs(P::ImportItems)),
    ("/api/v1/import/map", Needs(P::ImportItems)),
    ("/api/v1/import/bad-rows", Needs(P::ImportItems)),
    ("/api/v1/import/mapping/save", Needs(P::ImportItems)),
    ("/api/v1/import/mapping/delete", Needs(P::ImportItems)),
    ("/api/v1/import/discard", Needs(P::ImportItems)),
    ("/api/v1/today/load", Needs(P::ViewLedger)),
    ("/api/v1/receivable/desk", Needs(P::ViewReceivables)),
    ("/api/v1/receivable/collection", Needs(P::ViewReceivables)),
    ("/api/v1/receivable/note", Needs(P::Collect)),
    ("/api/v1/receivable/promise", Needs(P::Collect)),
    ("/api/v1/receivable/withdraw_promise", Needs(P::Collect)),
    ("/api/v1/receivable/dispute", Needs(P::Collect)),
    ("/api/v1/receivable/settle_dispute", Needs(P::Collect)),
    ("/api/v1/receivable/pause", Needs(P::Collect)),
    ("/api/v1/receivable/assign", Needs(P::Collect)),
    ("/api/v1/receivable/aging", Needs(P::ViewLedger)),
    ("/api/v1/receivable/owed", Needs(P::ViewLedger)),
    ("/api/v1/receivable/overdue", Needs(P::ViewLedger)),
    ("/api/v1/receivable/measures", Needs(P::ViewLedger)),
    ("/api/v1/receivable/allowance", Needs(P::ViewLedger)),
    ("/api/v1/till/open", Needs(P::RunTill)),
    ("/api/v1/till/drop", Needs(P::RunTill)),
    ("/api/v1/till/cash", Needs(P::RunTill)),
    ("/api/v1/till/no_sale", Needs(P::RunTill)),
    ("/api/v1/till/accounts", Needs(P::RunTill)),
    ("/api/v1/till/close", Needs(P::RunTill)),
    // For whoever runs tills and whoever keeps the books.
    ("/api/v1/till/report", SignedIn),
    ("/api/v1/till/history", SignedIn),
    ("/api/v1/till/close_day", Needs(P::CloseDay)),
    ("/api/v1/till/deposit", Needs(P::MoveSafeMoney)),
    ("/api/v1/till/safe", Needs(P::MoveSafeMoney)),
    ("/api/v1/ledger/trial_balance", Needs(P::ViewLedger)),
    ("/api/v1/ledger/lines", Needs(P::ViewLedger)),
    ("/api/v1/ledger/account", Needs(P::ViewLedger)),
    ("/api/v1/ledger/event", Needs(P::ViewLedger)),
    (LEDGER_FILE, Needs(P::ExportLedger)),
    ("/api/v1/ledger/verify", Needs(P::ViewLedger)),
    ("/api/v1/ledger/tie_out", Needs(P::ViewLedger)),
    ("/api/v1/cards/load", Needs(P::ViewLedger)),
    ("/api/v1/cards/batch", Needs(P::ViewLedger)),
    ("/api/v1/cards/settle", Needs(P::SettleCards)),
    ("/api/v1/cards/undo", Needs(P::SettleCards)),
    ("/api/v1/books/choices", Needs(P::PostJournal)),
    ("/api/v1/books/post", Needs(P::PostJournal)),
    ("/api/v1/books/reverse", Needs(P::PostJournal)),
    ("/api/v1/books/recurring", Needs(P::PostJournal)),
    ("/api/v1/books/save_recurring", Needs(P::PostJournal)),
    ("/api/v1/books/post_due", Needs(P::PostJournal)),
    (PAPER_UPLOAD, Needs(P::PostJournal)),
    (PAPER, Needs(P::ViewLedger)),
    ("/api/v1/books/attach", Needs(P::PostJournal)),
    ("/api/v1/books/withdraw", Needs(P::PostJournal)),
    ("/api/v1/books/locks", Needs(P::ViewLedger)),
    ("/api/v1/books/lock", Needs(P::LockPeriod)),
    ("/api/v1/books/unlock", Needs(P::UnlockPeriod)),
    ("/api/v1/books/profit_and_loss", Needs(P::ViewLedger)),
    ("/api/v1/books/balance_sheet", Needs(P::ViewLedger)),
    ("/api/v1/settings/load", Needs(P::EditSettings)),
    ("/api/v1/settings/save", Needs(P::EditSettings)),
    ("/api/v1/settings/pair", Needs(P::PairTill)),
    ("/api/v1/settings/accounts", Needs(P::ViewLedger)),
    ("/api/v1/settings/account", Needs(P::EditAccounts)),
    ("/api/v1/settings/people", Needs(P::EditPeople)),
    ("/api/v1/settings/person", Needs(P::EditPeople)),
    ("/api/v1/settings/sign_out_person", Needs(P::EditPeople)),
    ("/api/v1/settings/audit", Needs(P::ViewAudit)),
];

/// What pages ask by themselves while nobody touches them.
const POLLED: [&str; 12] = [
    "/api/v1/ticket/keep",
    "/api/v1/ticket/list",
    "/api/v1/today/load",
    "/api/v1/account/get",
    "/api/v1/receivable/collection",
    "/api/v1/receivable/desk",
    "/api/v1/receivable/owed",
    "/api/v1/receivable/overdue",
    "/api/v1/import/state",
    "/api/v1/approval/now",
    "/api/v1/approval/list",
    "/api/v1/approval/waiting",
];

/// The rule of a route, if it has one.
#[must_use]
pub fn rule_of(route: &str) -> Option<Rule> {
    ROUTES.iter().find(|(pattern, _)| *pattern == route).map(|(_, rule)| *rule)
}

/// Answers only what the table allows. Whoever is not signed in is led to the door; what the request found
/// out about who asks goes with it, so that it is found out once.
pub async fn guard(State(services): State<Services>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if !services.is_set_up() && matches!(path, "/" | "/register" | "/sign-in") {
        return Redirect::to("/setup").into_response();
    }
    if is_file(path) {
        return next.run(request).await;
    }
    // A path that no route has is answered by the page that says so.
    let Some(route) = request.extensions().get::<MatchedPath>().cloned() else {
        return next.run(request).await;
    };
    let Some(rule) = rule_of(route.as_str()) else {
        tracing::error!(route = route.as_str(), "a route without a rule");
        return StatusCode::NOT_FOUND.into_response();
    };
    if rule == Open {
        return next.run(request).await;
    }
    let headers = request.headers();
    let (session, till) = (cookie_in(headers, SESSION_COOKIE), cookie_in(headers, TILL_COOKIE));
    let asked = if POLLED.contains(&route.as_str()) {
        services.authenticate_polling(session.as_ref(), till.as_ref()).await
    } else {
        services.authenticate(session.as_ref(), till.as_ref()).await
    };
    let asked = asked.and_then(|ctx| {
        let place = services.place(&ctx)?;
        match rule {
            Needs(permission) => ctx.actor.require_anywhere(permission)?,
            Open | SignedIn => {}
        }
        Ok((ctx, place))
    });
    match asked {
        Ok((ctx, place)) => {
            request.extensions_mut().insert::<Ctx>(ctx);
            request.extensions_mut().insert(Whoami::from(place));
            next.run(request).await
        }
        Err(error) => refused(route.as_str(), request.uri(), error),
    }
}

fn refused(route: &str, asked: &Uri, error: ServiceError) -> Response {
    let door = matches!(error, ServiceError::NotSignedIn | ServiceError::Locked | ServiceError::NotSetUp);
    if door && !route.starts_with("/api/") {
        let door = match asked.path_and_query() {
            Some(page) if page != START => door_from(page.as_str()),
            _ => door_from(""),
        };
        return Redirect::to(&door).into_response();
    }
    let error: AppError = outside(error);
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if route.starts_with("/api/") {
        let json = [(header::CONTENT_TYPE, "application/json")];
        return (status, json, error.ser()).into_response();
    }
    (status, error.message).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets::Site;
    use crate::layers::OwnOrigins;
    use crate::rate_limit::Peers;
    use crate::router::{self, Reach};
    use app::App;
    use app::api::ctx::SetupCode;
    use axum::Router;
    use axum::body::Body;
    use axum::extract::ConnectInfo;
    use axum::http::Method;
    use domain::ids::{CommandId, StoreId};
    use domain::person::{Role, SavePerson, SignIn};
    use domain::settings::{SaveSettings, SettingsEdit, TypedStore};
    use domain::store::{FirstRun, SetUp};
    use leptos::server_fn::axum::server_fn_paths;
    use leptos_axum::generate_route_list;
    use migrations::{Migrator, MigratorTrait};
    use services::{Clock, Token};
    use std::collections::{BTreeMap, BTreeSet};
    use std::net::SocketAddr;
    use tower::ServiceExt;

    /// Refused to whoever does not work in every store.
    const ABOUT_ALL_STORES: [&str; 1] = ["/api/v1/ledger/verify"];
    const PASSWORD: &str = "long enough to use";

    /// Everything the server answers, but for the files of the site.
    fn registered() -> BTreeSet<String> {
        let pages = generate_route_list(App).into_iter().map(|page| page.path().to_owned());
        let functions = server_fn_paths().map(|(path, _)| path.to_owned());
        let others = [
            START,
            HEALTH,
            EVENTS,
            LEDGER_FILE,
            SALES_FILE,
            OWED_FILE,
            AGING_FILE,
            IMPORT_UPLOAD,
            IMPORT_REJECTS,
            PHOTO_UPLOAD,
            PHOTO,
            PAPER_UPLOAD,
            PAPER,
            INVOICE_PDF,
            CREDIT_PDF,
            RECEIPT_PDF,
            STATEMENT_PDF,
        ];
        pages.chain(functions).chain(others.map(str::to_owned)).collect()
    }

    #[test]
    fn every_route_has_a_rule_and_every_rule_a_route() {
        let registered = registered();
        let known: BTreeSet<String> = ROUTES.iter().map(|(route, _)| (*route).to_owned()).collect();
        assert_eq!(known.len(), ROUTES.len(), "a route stands in the table twice");
        let without: Vec<_> = registered.difference(&known).collect();
        assert!(without.is_empty(), "routes without a rule: {without:?}");
        let gone: Vec<_> = known.difference(&registered).collect();
        assert!(gone.is_empty(), "rules without a route: {gone:?}");
    }

    /// A set-up store on a database of its own, and its router.
    async fn shop() -> (Services, SetUp, Router) {
        let dir = std::env::temp_dir().join(format!("parure-routes-{}", Token::random().unwrap().expose()));
        std::fs::create_dir_all(&dir).unwrap();
        let location = db::Location::File(dir.join("parure.db"));
        let connection = db::Db::connect_for_migration(&location).await.unwrap();
        Migrator::up(&connection, None).await.unwrap();
        connection.close().await.unwrap();
        let db = db::Db::open(&location).await.unwrap();
        services::prepare(&db).await.unwrap();
        let services = Services::new(db, Clock::default()).await.unwrap();
        let typed = FirstRun {
            organization: "Test Jewelers".into(),
            store: store("S1"),
            owner_name: "Owner".into(),
            owner_login: "owner".into(),
            owner_password: PASSWORD.into(),
            owner_pin: "4711".into(),
            ..FirstRun::default()
        };
        let set_up = services.set_up(command(0), typed).await.unwrap();
        let address = SocketAddr::from(([127, 0, 0, 1], 3000));
        let code = SetupCode(Token::random().unwrap());
        let reach = Reach { own: OwnOrigins::default(), peers: Peers::Connected, address };
        let router = router::build(services.clone(), code, &Site::Folder(dir), reach);
        (services, set_up, router)
    }

    fn store(code: &str) -> TypedStore {
        TypedStore {
            store_code: code.into(),
            store_name: code.into(),
            time_zone: "America/Chicago".into(),
            ..TypedStore::default()
        }
    }

    fn command(number: u8) -> CommandId {
        CommandId::from_parts(1_772_474_400_000, &[number; 10])
    }

    async fn signed_in(services: &Services, login: &str) -> Token {
        let typed = SignIn { login: login.into(), password: PASSWORD.into() };
        services.sign_in(None, None, typed).await.unwrap().token
    }

    /// What the router answers to a request that says nothing.
    async fn status(router: &Router, path: &str, method: &Method, session: Option<&Token>) -> StatusCode {
        let mut request = axum::http::Request::builder()
            .method(method)
            .uri(path)
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/json")
            .extension(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 1))));
        if let Some(session) = session {
            request = request.header("cookie", format!("{SESSION_COOKIE}={}", session.expose()));
        }
        router.clone().oneshot(request.body(Body::from("{}")).unwrap()).await.unwrap().status()
    }

    #[tokio::test]
    async fn each_role_reaches_what_it_may_and_nothing_else() {
        let (services, set_up, router) = shop().await;
        let signed = signed_in(&services, "owner").await;
        let owner = services.authenticate(Some(&signed), None).await.unwrap();
        let version = services.config().unwrap().version;
        let edit = SettingsEdit::Store { store_id: None, typed: store("S2") };
        let added = SaveSettings { command_id: command(1), version, edit };
        services.save_settings(&owner, added).await.unwrap();
        let mut people: Vec<(Role, Token)> = Vec::new();
        for (number, role) in (10..).zip(Role::ALL) {
            let login = role.code().to_owned() + "-here";
            let cmd = SavePerson {
                command_id: command(number),
                person_id: None,
                version: 0,
                name: login.clone(),
                login: login.clone(),
                active: true,
                roles: BTreeMap::<StoreId, Option<Role>>::from([(set_up.store_id, Some(*role))]),
                password: PASSWORD.into(),
                pin: "2580".into(),
            };
            services.save_person(&owner, cmd).await.unwrap();
            people.push((*role, signed_in(&services, &login).await));
        }
        for (path, method) in server_fn_paths() {
            let Some(rule) = rule_of(path) else { continue };
            let stranger = status(&router, path, &method, None).await;
            assert_eq!(
                stranger == StatusCode::UNAUTHORIZED,
                rule != Open,
                "a stranger at {path}: {stranger}"
            );
            for (role, session) in &people {
                let Needs(permission) = rule else { continue };
                let answer = status(&router, path, &method, Some(session)).await;
                let refused = answer == StatusCode::FORBIDDEN;
                let may = role.may(permission) && !ABOUT_ALL_STORES.contains(&path);
                assert_eq!(refused, !may, "{role} at {path}: {answer}");
                assert_ne!(answer, StatusCode::UNAUTHORIZED, "{role} at {path}");
            }
        }
        let downloads = [
            (LEDGER_FILE, Method::POST),
            (SALES_FILE, Method::GET),
            (OWED_FILE, Method::GET),
            (AGING_FILE, Method::GET),
            (IMPORT_UPLOAD, Method::POST),
            (IMPORT_REJECTS, Method::GET),
            (PHOTO_UPLOAD, Method::POST),
            (PHOTO, Method::GET),
            (PAPER_UPLOAD, Method::POST),
            (PAPER, Method::GET),
        ];
        let pages = generate_route_list(App).into_iter().map(|page| (page.path().to_owned(), Method::GET));
        for (route, method) in pages.chain(downloads.map(|(route, method)| (route.to_owned(), method))) {
            let path = ["{id}", "{code}", "{import}", "{photo}", "{paper}"]
                .iter()
                .fold(route.clone(), |path, part| path.replace(part, "1"));
            let Some(rule) = rule_of(&route) else { continue };
            let stranger = status(&router, &path, &method, None).await;
            let led_to_the_door = stranger.is_redirection() || stranger == StatusCode::UNAUTHORIZED;
            assert_eq!(led_to_the_door, rule != Open, "a stranger at {path}: {stranger}");
            for (role, session) in &people {
                let Needs(permission) = rule else { continue };
                let answer = status(&router, &path, &method, Some(session)).await;
                assert_eq!(
                    answer == StatusCode::FORBIDDEN,
                    !role.may(permission),
                    "{role} at {path}: {answer}"
                );
            }
        }
        let nowhere = status(&router, "/api/v1/not/there", &Method::POST, None).await;
        assert_eq!(nowhere, StatusCode::NOT_FOUND);
    }
}
