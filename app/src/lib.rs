//! The screens of Parure: pages, components and server functions.

pub mod api;
pub mod client;
pub mod error;
pub mod live;
pub mod pages;
pub mod ui;
mod words;

use leptos::prelude::*;
#[cfg(feature = "ssr")]
use leptos_meta::MetaTags;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{Route, Router, Routes};
use leptos_router::{SsrMode, StaticSegment, path};

/// Keeps what people do before the page is alive.
#[cfg(feature = "ssr")]
const EARLY: &str = include_str!("early.js");

/// Keeps the stream of news.
#[cfg(feature = "ssr")]
const LIVE: &str = include_str!("live.js");

/// The document around the application.
#[cfg(feature = "ssr")]
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let styles = format!("/{}/parure.css", options.site_pkg_dir);
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="theme-color" media="(prefers-color-scheme: light)" content="#f6f2ea"/>
                <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#1b1a19"/>
                <link rel="stylesheet" href=styles/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="/icons/apple-touch-icon.png"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <script nonce=leptos::nonce::use_nonce() inner_html=EARLY></script>
                <script nonce=leptos::nonce::use_nonce() inner_html=LIVE></script>
                <HydrationScripts options/>
                <MetaTags/>
            </head>
            <body><App/></body>
        </html>
    }
}

/// The whole application: one route per page. Pages with data are rendered in one sweep once the data is
/// there: streamed fragments inside fragments do not always hydrate, and a page without scripts is whole.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    live::provide_news();
    view! {
        <Title formatter=|title: String| if title.is_empty() { "Parure".to_owned() } else { format!("{title} · Parure") }/>
        <Router>
            <Routes fallback=pages::not_found::NotFound>
                <Route path=StaticSegment("sign-in") view=pages::sign_in::SignInPage ssr=SsrMode::Async/>
                <Route path=StaticSegment("setup") view=pages::setup::SetupPage ssr=SsrMode::Async/>
                <Route path=path!("pair/:code") view=pages::pair::PairPage ssr=SsrMode::Async/>
                <Route path=StaticSegment("register") view=pages::register::RegisterPage/>
                <Route path=StaticSegment("today") view=pages::today::TodayPage ssr=SsrMode::Async/>
                <Route path=StaticSegment("approvals") view=pages::approvals::ApprovalsPage ssr=SsrMode::Async/>
                <Route path=StaticSegment("sales") view=pages::sales::SalesPage ssr=SsrMode::Async/>
                <Route path=path!("sales/:id") view=pages::sales::SalePage ssr=SsrMode::Async/>
                <Route path=StaticSegment("customers") view=pages::customers::CustomersPage ssr=SsrMode::Async/>
                <Route path=path!("customers/new") view=pages::customers::NewCustomerPage ssr=SsrMode::Async/>
                <Route path=path!("customers/duplicates") view=pages::customers::DuplicatesPage ssr=SsrMode::Async/>
                <Route path=path!("customers/:id/history") view=pages::customers::HistoryPage ssr=SsrMode::Async/>
                <Route path=path!("customers/:id/merge/:other") view=pages::customers::MergePage ssr=SsrMode::Async/>
                <Route path=path!("customers/:id/account") view=pages::accounts::AccountPage ssr=SsrMode::Async/>
                <Route path=path!("customers/:id/account/edit") view=pages::accounts::GrantPage ssr=SsrMode::Async/>
                <Route path=path!("customers/:id/statement") view=pages::accounts::StatementPage ssr=SsrMode::Async/>
                <Route path=path!("customers/:id/pay") view=pages::accounts::PayAccountPage ssr=SsrMode::Async/>
                <Route path=path!("customers/:id/invoice") view=pages::accounts::NewInvoicePage ssr=SsrMode::Async/>
                <Route path=path!("customers/:id/credit-memo") view=pages::accounts::NewMemoPage ssr=SsrMode::Async/>
                <Route path=path!("invoices/:id") view=pages::accounts::InvoicePage ssr=SsrMode::Async/>
                <Route path=path!("credits/:id") view=pages::accounts::CreditPage ssr=SsrMode::Async/>
                <Route path=path!("finance-charges") view=pages::accounts::FinanceChargesPage ssr=SsrMode::Async/>
                <Route path=path!("customers/:id") view=pages::customers::CustomerPage ssr=SsrMode::Async/>
                <Route path=path!("customers/:id/edit") view=pages::customers::EditCustomerPage ssr=SsrMode::Async/>
                <Route path=StaticSegment("receivables") view=pages::receivables::OwnerPage ssr=SsrMode::Async/>
                <Route path=path!("receivables/desk") view=pages::receivables::DeskPage ssr=SsrMode::Async/>
                <Route path=path!("receivables/aging") view=pages::receivables::AgingPage ssr=SsrMode::Async/>
                <Route path=path!("receivables/measures") view=pages::receivables::MeasuresPage ssr=SsrMode::Async/>
                <Route path=path!("receivables/allowance") view=pages::receivables::AllowancePage ssr=SsrMode::Async/>
                <Route path=StaticSegment("inventory") view=pages::inventory::InventoryPage ssr=SsrMode::Async/>
                <Route path=path!("inventory/new") view=pages::inventory::NewItemPage ssr=SsrMode::Async/>
                <Route path=path!("inventory/import") view=pages::inventory::ImportPage ssr=SsrMode::Async/>
                <Route path=path!("inventory/bulk") view=pages::inventory::BulkPage ssr=SsrMode::Async/>
                <Route path=path!("inventory/tags") view=pages::inventory::TagsPage ssr=SsrMode::Async/>
                <Route path=path!("inventory/styles") view=pages::inventory::StylesPage ssr=SsrMode::Async/>
                <Route path=path!("inventory/styles/new") view=pages::inventory::NewStylePage ssr=SsrMode::Async/>
                <Route path=path!("inventory/styles/:id") view=pages::inventory::StylePage ssr=SsrMode::Async/>
                <Route path=path!("inventory/styles/:id/edit") view=pages::inventory::EditStylePage ssr=SsrMode::Async/>
                <Route path=path!("inventory/:id") view=pages::inventory::ItemPage ssr=SsrMode::Async/>
                <Route path=path!("inventory/:id/edit") view=pages::inventory::EditItemPage ssr=SsrMode::Async/>
                <Route path=StaticSegment("vendors") view=pages::vendors::VendorsPage ssr=SsrMode::Async/>
                <Route path=path!("vendors/new") view=pages::vendors::NewVendorPage ssr=SsrMode::Async/>
                <Route path=path!("vendors/owed") view=pages::vendors::OwedPage ssr=SsrMode::Async/>
                <Route path=path!("vendors/orders") view=pages::vendors::OrdersPage ssr=SsrMode::Async/>
                <Route path=path!("vendors/orders/:id") view=pages::vendors::OrderPage ssr=SsrMode::Async/>
                <Route path=path!("vendors/orders/:id/edit") view=pages::vendors::EditOrderPage ssr=SsrMode::Async/>
                <Route path=path!("vendors/receipts/:id") view=pages::vendors::GoodsReceiptPage ssr=SsrMode::Async/>
                <Route path=path!("vendors/bills/:id") view=pages::vendors::BillPage ssr=SsrMode::Async/>
                <Route path=path!("vendors/returns/:id") view=pages::vendors::ReturnPage ssr=SsrMode::Async/>
                <Route path=path!("vendors/:id") view=pages::vendors::VendorPage ssr=SsrMode::Async/>
                <Route path=path!("vendors/:id/edit") view=pages::vendors::EditVendorPage ssr=SsrMode::Async/>
                <Route path=path!("vendors/:id/receive") view=pages::vendors::ReceivePage ssr=SsrMode::Async/>
                <Route path=path!("vendors/:id/bill") view=pages::vendors::EnterBillPage ssr=SsrMode::Async/>
                <Route path=path!("vendors/:id/pay") view=pages::vendors::PayPage ssr=SsrMode::Async/>
                <Route path=path!("vendors/:id/order") view=pages::vendors::NewOrderPage ssr=SsrMode::Async/>
                <Route path=path!("vendors/:id/return") view=pages::vendors::SendBackPage ssr=SsrMode::Async/>
                <Route path=StaticSegment("ledger") view=pages::ledger::LedgerPage ssr=SsrMode::Async/>
                <Route path=path!("ledger/accounts") view=pages::ledger::ChartPage ssr=SsrMode::Async/>
                <Route path=path!("ledger/accounts/:code") view=pages::ledger::AccountPage ssr=SsrMode::Async/>
                <Route path=path!("ledger/journal") view=pages::ledger::JournalPage ssr=SsrMode::Async/>
                <Route path=path!("ledger/event/:id") view=pages::ledger::EventPage ssr=SsrMode::Async/>
                <Route path=path!("ledger/entries/new") view=pages::ledger::NewEntryPage ssr=SsrMode::Async/>
                <Route path=path!("ledger/recurring") view=pages::ledger::RecurringEntriesPage ssr=SsrMode::Async/>
                <Route path=path!("ledger/recurring/new") view=pages::ledger::NewRecurringPage ssr=SsrMode::Async/>
                <Route path=path!("ledger/recurring/:id") view=pages::ledger::EditRecurringPage ssr=SsrMode::Async/>
                <Route path=path!("ledger/lock") view=pages::ledger::PeriodLockPage ssr=SsrMode::Async/>
                <Route path=path!("ledger/profit-and-loss") view=pages::ledger::ProfitAndLossPage ssr=SsrMode::Async/>
                <Route path=path!("ledger/balance-sheet") view=pages::ledger::BalanceSheetPage ssr=SsrMode::Async/>
                <Route path=path!("ledger/tie-out") view=pages::ledger::TieOutPage ssr=SsrMode::Async/>
                <Route path=path!("ledger/cards") view=pages::ledger::CardPaymentsPage ssr=SsrMode::Async/>
                <Route path=path!("ledger/cards/:id") view=pages::ledger::CardBatchPage ssr=SsrMode::Async/>
                <Route path=path!("ledger/export") view=pages::export::ExportPage ssr=SsrMode::Async/>
                <Route path=path!("ledger/verify") view=pages::ledger::VerifyPage ssr=SsrMode::Async/>
                <Route path=StaticSegment("more") view=pages::more::MorePage ssr=SsrMode::Async/>
                <Route path=StaticSegment("me") view=pages::me::MePage ssr=SsrMode::Async/>
                <Route path=StaticSegment("settings") view=pages::settings::CompanyPage ssr=SsrMode::Async/>
                <Route path=path!("settings/stores/new") view=pages::settings::NewStorePage ssr=SsrMode::Async/>
                <Route path=path!("settings/stores/:id") view=pages::settings::EditStorePage ssr=SsrMode::Async/>
                <Route path=path!("settings/people") view=pages::settings::PeoplePage ssr=SsrMode::Async/>
                <Route path=path!("settings/people/new") view=pages::settings::NewPersonPage ssr=SsrMode::Async/>
                <Route path=path!("settings/people/:id") view=pages::settings::EditPersonPage ssr=SsrMode::Async/>
                <Route path=path!("settings/taxes") view=pages::settings::TaxesPage ssr=SsrMode::Async/>
                <Route path=path!("settings/taxes/new") view=pages::settings::NewTaxPage ssr=SsrMode::Async/>
                <Route path=path!("settings/taxes/:id") view=pages::settings::EditTaxPage ssr=SsrMode::Async/>
                <Route path=path!("settings/payments") view=pages::settings::PaymentsPage ssr=SsrMode::Async/>
                <Route path=path!("settings/accounts") view=pages::settings::AccountsPage ssr=SsrMode::Async/>
                <Route path=path!("settings/audit") view=pages::settings::AuditPage ssr=SsrMode::Async/>
                <Route path=StaticSegment("till") view=pages::till::TillPage ssr=SsrMode::Async/>
                <Route path=path!("till/history") view=pages::till::TillHistoryPage ssr=SsrMode::Async/>
                <Route path=path!("till/sessions/:id") view=pages::till::TillReportPage ssr=SsrMode::Async/>
                <Route path=path!("till/safe") view=pages::till::SafePage ssr=SsrMode::Async/>
            </Routes>
        </Router>
    }
}
