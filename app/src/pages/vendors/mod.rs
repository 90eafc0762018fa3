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

use crate::error::{AppError, ErrorKind};
use crate::pages::frame::{Problem, Staff};
use crate::ui::Skeleton;
use crate::words::common;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use std::str::FromStr;

/// The id of the address.
fn id_in_address<I: FromStr + PartialEq + Clone + Send + Sync + 'static>() -> Memo<Option<I>> {
    let params = use_params_map();
    Memo::new(move |_| params.read().get("id").and_then(|id| id.parse().ok()))
}

/// What an id stands for; an address without one is no page.
async fn known<I, T, F: Future<Output = Result<T, AppError>>>(
    id: Option<I>,
    load: impl FnOnce(I) -> F,
) -> Result<T, AppError> {
    match id {
        Some(id) => load(id).await,
        None => Err(AppError::new(ErrorKind::NotFound, common::PAGE_UNKNOWN)),
    }
}

/// What was loaded, or why it was not.
fn shown<T: Clone + Send + Sync + 'static>(
    found: Resource<Result<T, AppError>>,
    view: impl Fn(T) -> AnyView + Clone + Send + Sync + 'static,
) -> impl IntoView {
    view! {
        <Suspense fallback=|| view! { <Skeleton count=6/> }>
            {move || {
                let view = view.clone();
                Suspend::new(async move {
                    match found.await {
                        Err(error) => view! { <div class="page"><Problem error/></div> }.into_any(),
                        Ok(found) => view(found),
                    }
                })
            }}
        </Suspense>
    }
}

/// A page of this area.
#[component]
fn Area(title: &'static str, children: Children) -> impl IntoView {
    view! { <Title text=title/> <Staff current="/vendors">{children()}</Staff> }
}
