//! Drafting an order to a vendor, and changing one.

use super::goods::{GoodsRows, Rows};
use super::{Area, id_in_address, known, shown};
use crate::api::vendor::{delivery_choices, load_order, save_order};
use crate::client::go_to;
use crate::pages::sending::Sending;
use crate::pages::settings::Refused;
use crate::pages::typed::Typed;
use crate::ui::{Button, ButtonKind, Field, LinkButton, Page, TextAreaField};
use crate::words::{common, vendors as w};
use domain::ids::{PurchaseOrderId, StoreId, VendorId};
use domain::vendor::{DeliveryChoices, Order, OrderSheet, SaveOrder, TypedGoods, TypedOrder};
use leptos::prelude::*;

#[component]
pub fn NewOrderPage() -> impl IntoView {
    view! { <Area title=w::NEW_ORDER><New/></Area> }
}

#[component]
fn New() -> impl IntoView {
    let id = id_in_address::<VendorId>();
    let found = Resource::new(move || id.get(), |id| known(id, |id| delivery_choices(id, None)));
    shown(found, |choices: DeliveryChoices| {
        let back = (format!("/vendors/{}", choices.vendor.id), choices.vendor.file.name.clone());
        view! {
            <Page title=w::NEW_ORDER back>
                <Form vendor_id=choices.vendor.id store_id=choices.store_id order=None/>
            </Page>
        }
        .into_any()
    })
}

#[component]
pub fn EditOrderPage() -> impl IntoView {
    view! { <Area title=w::EDIT_ORDER><Edit/></Area> }
}

#[component]
fn Edit() -> impl IntoView {
    let id = id_in_address::<PurchaseOrderId>();
    let found = Resource::new(move || id.get(), |id| known(id, load_order));
    shown(found, |sheet: OrderSheet| {
        let order = sheet.order;
        let back = (format!("/vendors/orders/{}", order.id), order.number.clone());
        view! {
            <Page title=w::EDIT_ORDER back>
                <Form vendor_id=order.vendor_id store_id=order.store_id order=Some(order)/>
            </Page>
        }
        .into_any()
    })
}

#[component]
fn Form(vendor_id: VendorId, store_id: StoreId, order: Option<Order>) -> impl IntoView {
    let (order_id, version) = order.as_ref().map_or((None, 0), |order| (Some(order.id), order.version));
    let lines: Vec<TypedGoods> =
        order.iter().flat_map(|order| order.lines.iter().map(|line| line.goods.typed())).collect();
    let rows = Rows::of(&lines);
    let fields = Typed::of(&TypedOrder {
        expected_on: order
            .as_ref()
            .and_then(|order| order.expected_on)
            .map(|date| date.to_string())
            .unwrap_or_default(),
        note: order.and_then(|order| order.note).unwrap_or_default(),
        ..TypedOrder::default()
    });
    let sending = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = TypedOrder { lines: rows.read(), ..fields.read() };
        let cmd = SaveOrder { command_id: sending.id(), store_id, vendor_id, order_id, version, typed };
        sending.send(save_order(cmd), |id| go_to(&format!("/vendors/orders/{id}")));
    };
    let cancel =
        order_id.map_or_else(|| format!("/vendors/{vendor_id}"), |id| format!("/vendors/orders/{id}"));
    view! {
        <form class="form" novalidate=true on:submit=send>
            <Refused sending/>
            <fieldset class="form-group">
                <legend>{w::ORDER}</legend>
                <Field name="expected_on" label=w::EXPECTED kind="date" value=fields.text("expected_on") error=sending.wrong("expected_on") optional=true/>
                <TextAreaField name="note" label=w::NOTE value=fields.text("note") error=sending.wrong("note") optional=true/>
            </fieldset>
            <GoodsRows rows sending/>
            <div class="form-actions">
                <LinkButton href=cancel label=common::CANCEL kind=ButtonKind::Quiet/>
                <Button label=w::SAVE_ORDER kind=ButtonKind::Primary submit=true pending=sending.pending/>
            </div>
        </form>
    }
}
