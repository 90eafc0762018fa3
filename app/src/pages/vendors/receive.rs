//! Receiving goods from a vendor, on an order or without one.

use super::goods::{GoodsRows, Rows};
use super::{Area, id_in_address, known, shown};
use crate::api::vendor::{delivery_choices, receive_goods};
use crate::client::go_to;
use crate::pages::sending::Sending;
use crate::pages::settings::Refused;
use crate::pages::typed::Typed;
use crate::ui::{Button, ButtonKind, CheckField, Field, LinkButton, Page, TextAreaField};
use crate::words::{common, vendors as w};
use domain::ids::{PurchaseOrderId, VendorId};
use domain::vendor::{DeliveryChoices, Order, ReceiveGoods, TypedReceipt};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

#[component]
pub fn ReceivePage() -> impl IntoView {
    view! { <Area title=w::RECEIVE><Receive/></Area> }
}

#[component]
fn Receive() -> impl IntoView {
    let id = id_in_address::<VendorId>();
    let query = use_query_map();
    let order = move || query.read().get("order").and_then(|id| id.parse::<PurchaseOrderId>().ok());
    let found = Resource::new(
        move || (id.get(), order()),
        |(id, order)| known(id, move |id| delivery_choices(id, order)),
    );
    shown(found, |choices: DeliveryChoices| {
        let back = (format!("/vendors/{}", choices.vendor.id), choices.vendor.file.name.clone());
        let lead = choices.order.as_ref().map(|order| order.number.clone()).unwrap_or_default();
        view! { <Page title=w::RECEIVE lead back><Form choices/></Page> }.into_any()
    })
}

#[component]
fn Form(choices: DeliveryChoices) -> impl IntoView {
    let (vendor_id, store_id) = (choices.vendor.id, choices.store_id);
    let order_id = choices.order.as_ref().map(|order| order.id);
    let rows = Rows::of(&choices.order.as_ref().map(Order::to_come).unwrap_or_default());
    let fields = Typed::of(&TypedReceipt::default());
    let sending = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = TypedReceipt { lines: rows.read(), ..fields.read() };
        let cmd = ReceiveGoods { command_id: sending.id(), store_id, vendor_id, order_id, typed };
        sending.send(receive_goods(cmd), |id| go_to(&format!("/vendors/receipts/{id}")));
    };
    view! {
        <form class="form" novalidate=true on:submit=send>
            <Refused sending/>
            <GoodsRows rows sending/>
            <fieldset class="form-group">
                <legend>{w::DELIVERY}</legend>
                <div class="form-row">
                    <Field name="freight" label=w::FREIGHT value=fields.text("freight") hint=w::FREIGHT_HINT amount=true error=sending.wrong("freight") optional=true/>
                    <Field name="slip" label=w::SLIP value=fields.text("slip") error=sending.wrong("slip") optional=true/>
                </div>
                {order_id.is_some().then(|| view! { <CheckField name="over" label=w::OVER value=fields.tick("over")/> })}
                <TextAreaField name="note" label=w::NOTE value=fields.text("note") error=sending.wrong("note") optional=true/>
            </fieldset>
            <div class="form-actions">
                <LinkButton href=format!("/vendors/{vendor_id}") label=common::CANCEL kind=ButtonKind::Quiet/>
                <Button label=w::RECEIVE_NOW kind=ButtonKind::Primary submit=true pending=sending.pending/>
            </div>
        </form>
    }
}
