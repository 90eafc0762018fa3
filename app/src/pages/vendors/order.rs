//! Orders: the list, and one as a letter to the vendor.

use super::card::{orders, receipts};
use super::{Area, id_in_address, known, shown};
use crate::api::vendor::{end_order, list_orders, load_order};
use crate::client::print_page;
use crate::pages::frame::May;
use crate::pages::paging::{Paging, address, offset};
use crate::pages::sending::Sending;
use crate::pages::settings::Refused;
use crate::pages::when;
use crate::ui::{Button, ButtonKind, Card, Dialog, EmptyState, Field, IconName, LinkButton, Page};
use crate::words::{common, vendors as w};
use domain::ids::PurchaseOrderId;
use domain::person::Permission;
use domain::vendor::{EndOrder, Ending, OrderFilter, OrderLine, OrderSheet, OrderState, show_quantity};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

#[component]
pub fn OrdersPage() -> impl IntoView {
    view! { <Area title=w::ORDERS><List/></Area> }
}

/// The address of the list narrowed like this.
fn narrowed(state: Option<OrderState>, from: u64) -> String {
    let from = if from == 0 { String::new() } else { from.to_string() };
    address("/vendors/orders", &[("state", state.map_or("", OrderState::code)), ("from", &from)])
}

#[component]
fn List() -> impl IntoView {
    let query = use_query_map();
    let filter = Memo::new(move |_| {
        let query = query.read();
        OrderFilter {
            state: query.get("state").and_then(|state| state.parse().ok()),
            offset: offset(&query),
            ..OrderFilter::default()
        }
    });
    let page = Resource::new(move || filter.get(), list_orders);
    let chips = move || {
        let now = filter.with(|filter| filter.state);
        let states = std::iter::once(None).chain(OrderState::ALL.iter().copied().map(Some));
        let chip = |state: Option<OrderState>| {
            view! {
                <a class="chip" href=narrowed(state, 0) aria-current=(now == state).then_some("true")>
                    {state.map_or(w::ALL, OrderState::label)}
                </a>
            }
        };
        states.map(chip).collect_view()
    };
    view! {
        <Page title=w::ORDERS back=("/vendors".to_owned(), w::TITLE.to_owned())>
            <div class="list-tools"><div class="filters" role="group" aria-label=w::STANDING>{chips}</div></div>
            {shown(page, move |page| {
                let (shown, all, filter) = (page.orders.len() as u64, page.count, filter.get_untracked());
                match orders(page.orders) {
                    None => view! { <EmptyState icon=IconName::Receipt title=w::NO_ORDERS text=w::NO_ORDERS_TEXT/> }.into_any(),
                    Some(table) => view! {
                        {table}
                        <Paging offset=filter.offset shown all label=w::ORDERS address=move |from| narrowed(filter.state, from)/>
                    }.into_any(),
                }
            })}
        </Page>
    }
}

#[component]
pub fn OrderPage() -> impl IntoView {
    view! { <Area title=w::ORDER><One/></Area> }
}

#[component]
fn One() -> impl IntoView {
    let id = id_in_address::<PurchaseOrderId>();
    let found = Resource::new(move || id.get(), |id| known(id, load_order));
    shown(found, move |sheet| view! { <Detail sheet on_change=move || found.refetch()/> }.into_any())
}

#[component]
fn Detail(sheet: OrderSheet, on_change: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let order = sheet.order.clone();
    let (id, version, state) = (order.id, order.version, order.state);
    let receive = address(&format!("/vendors/{}/receive", order.vendor_id), &[("order", &id.to_string())]);
    let asking = RwSignal::new(false);
    let placing = Sending::new();
    let place = move |_| {
        let ending = Ending::Place;
        let cmd = EndOrder { command_id: placing.id(), order_id: id, version, ending, reason: String::new() };
        placing.send(end_order(cmd), move |()| on_change());
    };
    let ends = match state {
        OrderState::Draft | OrderState::Placed => Some((Ending::Cancel, w::CANCEL_ORDER)),
        OrderState::PartlyReceived => Some((Ending::CloseShort, w::CLOSE_SHORT)),
        _ => None,
    };
    let edit = format!("/vendors/orders/{id}/edit");
    view! {
        <Page
            title=order.number.clone()
            lead=format!("{} · {}", state.label(), sheet.vendor.file.name)
            back=(format!("/vendors/{}", order.vendor_id), sheet.vendor.file.name.clone())
            actions=move || view! {
                <Button label=w::PRINT icon=IconName::Print on:click=move |_| print_page()/>
                <May permission=Permission::Purchase>
                    {ends.map(|(_, label)| view! { <Button label=label kind=ButtonKind::Quiet on:click=move |_| asking.set(true)/> })}
                    {state.may_change().then(|| view! { <LinkButton href=edit.clone() label=w::EDIT_ORDER icon=IconName::Edit/> })}
                    {(state == OrderState::Draft).then(|| view! { <Button label=w::PLACE kind=ButtonKind::Primary pending=placing.pending on:click=place/> })}
                    {state.takes_goods().then(|| view! { <LinkButton href=receive.clone() label=w::RECEIVE kind=ButtonKind::Primary icon=IconName::Plus/> })}
                </May>
            }
        >
            <Refused sending=placing/>
            {receipts(w::DELIVERIES, sheet.receipts.clone()).map(|table| view! { <Card title=w::DELIVERIES flush=true>{table}</Card> })}
            <div class="receipt-preview"><Letter sheet=sheet.clone()/></div>
        </Page>
        {ends.map(|(ending, label)| view! { <EndDialog open=asking title=label id version ending on_done=on_change/> })}
    }
}

/// The order as the vendor gets it.
#[component]
fn Letter(sheet: OrderSheet) -> impl IntoView {
    let OrderSheet { order, total, vendor, from, .. } = sheet;
    let file = vendor.file;
    let place = [file.city, file.state, file.postal_code].into_iter().flatten().collect::<Vec<_>>().join(" ");
    view! {
        <article class="sheet print-area" aria-label=w::ORDER>
            <header class="sheet-head">
                <div>
                    <strong>{from.name.clone()}</strong>
                    {from.lines.into_iter().map(|line| view! { <div>{line}</div> }).collect_view()}
                </div>
                <div class="sheet-about">
                    <h2>{w::ORDER} " " {order.number.clone()}</h2>
                    {order.placed_on.map(|date| view! { <div>{when::day(date)}</div> })}
                    {order.expected_on.map(|date| view! { <div>{w::EXPECTED} " " {when::day(date)}</div> })}
                    {file.account_number.map(|number| view! { <div>{w::ACCOUNT} " " {number}</div> })}
                </div>
            </header>
            <div>
                <div>{file.name}</div> {file.contact.map(|name| view! { <div>{name}</div> })}
                {file.street.map(|line| view! { <div>{line}</div> })} <div>{place}</div>
            </div>
            <table class="sheet-lines">
                <thead><tr>
                    <th>{w::LINES}</th><th>{w::VENDOR_STYLE}</th><th>{w::ORDERED}</th><th class="no-print">{w::CAME}</th>
                    <th class="amount">{w::COST}</th><th class="amount">{w::TOTAL}</th>
                </tr></thead>
                <tbody>{order.lines.into_iter().map(line).collect_view()}</tbody>
            </table>
            <dl class="sheet-totals"><div class="totals-row totals-due"><dt>{w::TOTAL}</dt><dd class="amount">{total.to_string()}</dd></div></dl>
            {order.note.map(|note| view! { <p>{note}</p> })}
        </article>
    }
}

fn line(line: OrderLine) -> impl IntoView {
    let goods = line.goods;
    let each = goods.unit.map(|unit| format!(" {}", unit.each()));
    view! {
        <tr>
            <td>{goods.describe()}</td>
            <td>{goods.vendor_style.clone()}</td>
            <td>{show_quantity(goods.unit, goods.quantity)}</td>
            <td class="no-print">{show_quantity(goods.unit, line.received)}</td>
            <td class="amount">{goods.cost.to_string()} {each}</td>
            <td class="amount">{goods.value().map(|value| value.to_string()).unwrap_or_default()}</td>
        </tr>
    }
}

#[component]
fn EndDialog(
    open: RwSignal<bool>,
    title: &'static str,
    id: PurchaseOrderId,
    version: i64,
    ending: Ending,
    on_done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let reason = RwSignal::new(String::new());
    let sending = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let cmd = EndOrder {
            command_id: sending.id(),
            order_id: id,
            version,
            ending,
            reason: reason.get_untracked(),
        };
        sending.send(end_order(cmd), move |()| {
            open.set(false);
            on_done();
        });
    };
    view! {
        <Dialog id="end-order" title open>
            <form class="stack" novalidate=true on:submit=send>
                <Field name="end-reason" label=common::REASON value=reason error=sending.message() required=true/>
                <Button label=title kind=ButtonKind::Primary submit=true wide=true pending=sending.pending/>
            </form>
        </Dialog>
    }
}
