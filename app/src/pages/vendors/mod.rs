//! Vendors: their cards, orders, deliveries, bills, payments, and what goes back to them.

mod back;
mod bill;
mod card;
mod form;
mod goods;
mod list;
mod order;
mod order_form;
mod owed;
mod pay;
mod receipt;
mod receive;

pub use back::{ReturnPage, SendBackPage};
pub use bill::{BillPage, EnterBillPage};
pub use card::VendorPage;
pub use form::{EditVendorPage, NewVendorPage};
pub use list::VendorsPage;
pub use order::{OrderPage, OrdersPage};
pub use order_form::{EditOrderPage, NewOrderPage};
pub use owed::OwedPage;
pub use pay::PayPage;
pub use receipt::GoodsReceiptPage;
pub use receive::ReceivePage;

use crate::pages::frame::Staff;
use crate::pages::loading::{id_in_address, known, shown};
use leptos::prelude::*;
use leptos_meta::Title;

/// A page of this area.
#[component]
fn Area(title: &'static str, children: Children) -> impl IntoView {
    view! { <Title text=title/> <Staff current="/vendors">{children()}</Staff> }
}
