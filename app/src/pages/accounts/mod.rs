//! Accounts of customers: what they owe, invoices, payments, credits.

mod account;
mod applying;
mod collect_dialog;
mod collect_forms;
mod collecting;
mod credit;
mod credit_forms;
mod dispute_forms;
mod finance;
mod grant;
mod invoice;
mod invoice_form;
mod pause_forms;
mod pay;
mod statement;

pub use account::AccountPage;
pub use credit::CreditPage;
pub use credit_forms::NewMemoPage;
pub(in crate::pages) use credit_forms::{CheckFor, ReturnCheckForm};
pub use finance::FinanceChargesPage;
pub use grant::GrantPage;
pub use invoice::InvoicePage;
pub use invoice_form::NewInvoicePage;
pub use pay::PayAccountPage;
pub use statement::StatementPage;

use crate::pages::frame::Staff;
use crate::ui::{Badge, IconName, Tone};
use crate::words::accounts as w;
use chrono::NaiveDate;
use domain::money::Money;
use leptos::prelude::*;
use leptos_meta::Title;

/// A page of this area. A customer's account belongs to the customer book.
#[component]
fn Area(title: &'static str, children: Children) -> impl IntoView {
    view! { <Title text=title/> <Staff current="/customers">{children()}</Staff> }
}

/// Whether something is late, due or paid, in a word.
fn lateness(open: Money, due_on: NaiveDate, today: NaiveDate) -> AnyView {
    let days = today.signed_duration_since(due_on).num_days();
    if open.is_zero() {
        view! { <Badge tone=Tone::Paid icon=IconName::Check label=w::PAID/> }.into_any()
    } else if days > 0 {
        view! { <Badge tone=Tone::Overdue icon=IconName::Warning label=w::days_late(days)/> }.into_any()
    } else {
        ().into_any()
    }
}
