//! One vendor: who they are, what they are owed, and what is open between us.

use super::{Area, id_in_address, known, shown};
use crate::api::vendor::load_vendor;
use crate::pages::frame::May;
use crate::pages::paging::address;
use crate::pages::when;
use crate::ui::{Amount, Badge, ButtonKind, Card, FigureCard, IconName, LinkButton, Page, Table, Tone};
use crate::words::{ledger, vendors as w};
use domain::ids::VendorId;
use domain::person::Permission;
use domain::vendor::{OpenBill, OrderSummary, PaymentLine, ReceiptSummary, ReturnSummary, VendorSheet};
use leptos::prelude::*;

#[component]
pub fn VendorPage() -> impl IntoView {
    view! { <Area title=w::VENDOR><One/></Area> }
}

#[component]
fn One() -> impl IntoView {
    let id = id_in_address::<VendorId>();
    let found = Resource::new(move || id.get(), |id| known(id, load_vendor));
    shown(found, |sheet| detail(sheet).into_any())
}

fn detail(sheet: VendorSheet) -> impl IntoView {
    let (id, file) = (sheet.vendor.id, sheet.vendor.file.clone());
    let at = move |what: &str| format!("/vendors/{id}/{what}");
    let fact = |name: &'static str, value: Option<String>| {
        value.map(|value| view! { <div class="fact"><dt>{name}</dt><dd>{value}</dd></div> })
    };
    let place = [file.city.clone(), file.state.clone(), file.postal_code.clone()];
    let place = place.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let lines = [file.street.clone(), Some(place).filter(|place| !place.is_empty())];
    let lines = lines.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let pieces = address("/inventory", &[("vendor", &id.to_string())]);
    let active = file.active;
    view! {
        <Page
            title=file.name.clone()
            lead=format!("{} · {}", file.code, w::net(file.net_days))
            back=("/vendors".to_owned(), w::TITLE.to_owned())
            actions=move || view! {
                <May permission=Permission::PayVendors>
                    <LinkButton href=at("bill") label=w::ENTER_BILL/>
                    <LinkButton href=at("pay") label=w::PAY icon=IconName::Cash/>
                </May>
                <May permission=Permission::Purchase>
                    <LinkButton href=at("edit") label=w::EDIT icon=IconName::Edit/>
                    {active.then(|| view! {
                        <LinkButton href=at("return") label=w::SEND_BACK icon=IconName::Back/>
                        <LinkButton href=at("order") label=w::NEW_ORDER/>
                        <LinkButton href=at("receive") label=w::RECEIVE kind=ButtonKind::Primary icon=IconName::Plus/>
                    })}
                </May>
            }
        >
            {(!active).then(|| view! { <p><Badge tone=Tone::Neutral icon=IconName::Close label=w::RETIRED/></p> })}
            <div class="figures">
                <FigureCard name=w::OWED value=sheet.owed.to_string()/>
                {sheet.credit.is_positive().then(|| view! { <FigureCard name=w::CREDIT_LEFT value=sheet.credit.to_string()/> })}
                <FigureCard name=w::ON_HAND value=sheet.on_hand.to_string() href=pieces/>
            </div>
            <Card>
                <dl class="facts">
                    {fact(w::CONTACT, file.contact)} {fact(w::PHONE, file.phone)} {fact(w::EMAIL, file.email)}
                    {fact(w::WHERE, Some(lines).filter(|lines| !lines.is_empty()))}
                    {fact(w::ACCOUNT_NUMBER, file.account_number)} {fact(w::NOTE, file.note)}
                </dl>
            </Card>
            {section(w::OPEN_BILLS, bills(sheet.open_bills, sheet.today))}
            {section(w::NOT_BILLED, receipts(w::NOT_BILLED, sheet.not_billed))}
            {section(w::ORDERS, orders(sheet.orders))}
            {section(w::RETURNS, returns(sheet.returns))}
            {section(w::PAYMENTS, payments(sheet.payments))}
        </Page>
    }
}

/// A card around a table that has rows.
fn section(title: &'static str, table: Option<AnyView>) -> Option<impl IntoView> {
    table.map(|table| view! { <Card title=title flush=true>{table}</Card> })
}

fn bills(bills: Vec<OpenBill>, today: chrono::NaiveDate) -> Option<AnyView> {
    let row = move |bill: OpenBill| {
        let late = bill.due_on < today;
        view! {
            <tr class="row-opens">
                <td class="cell-main"><a class="code" href=format!("/vendors/bills/{}", bill.id)>{bill.number}</a></td>
                <td data-label=w::DUE>
                    {when::day(bill.due_on)} " " {late.then(|| view! { <Badge tone=Tone::Overdue icon=IconName::Warning label=w::OVERDUE/> })}
                </td>
                <td data-label=w::TOTAL class="amount"><Amount value=bill.amount/></td>
                <td data-label=w::OPEN class="amount"><Amount value=bill.open/></td>
            </tr>
        }
    };
    (!bills.is_empty()).then(|| {
        view! {
            <Table label=w::OPEN_BILLS>
                <thead><tr><th>{w::BILL}</th><th>{w::DUE}</th><th class="amount">{w::TOTAL}</th><th class="amount">{w::OPEN}</th></tr></thead>
                <tbody>{bills.into_iter().map(row).collect_view()}</tbody>
            </Table>
        }
        .into_any()
    })
}

/// Deliveries as rows.
pub(super) fn receipts(label: &'static str, receipts: Vec<ReceiptSummary>) -> Option<AnyView> {
    let row = |receipt: ReceiptSummary| {
        view! {
            <tr class="row-opens">
                <td class="cell-main"><a class="code" href=format!("/vendors/receipts/{}", receipt.id)>{receipt.number}</a></td>
                <td data-label=w::RECEIVED_ON>{when::day(receipt.received_on)}</td>
                <td data-label=w::SLIP>{receipt.slip}</td>
                <td data-label=w::TOTAL class="amount"><Amount value=receipt.total/></td>
            </tr>
        }
    };
    (!receipts.is_empty()).then(|| {
        view! {
            <Table label=label>
                <thead><tr><th>{w::DELIVERY}</th><th>{w::RECEIVED_ON}</th><th>{w::SLIP}</th><th class="amount">{w::TOTAL}</th></tr></thead>
                <tbody>{receipts.into_iter().map(row).collect_view()}</tbody>
            </Table>
        }
        .into_any()
    })
}

/// Orders as rows.
pub(super) fn orders(orders: Vec<OrderSummary>) -> Option<AnyView> {
    let row = |order: OrderSummary| {
        view! {
            <tr class="row-opens">
                <td class="cell-main">
                    <a class="code" href=format!("/vendors/orders/{}", order.id)>{order.number}</a><span class="cell-sub">{order.vendor}</span>
                </td>
                <td data-label=w::STANDING>{order.state.label()}</td>
                <td data-label=w::EXPECTED>{order.expected_on.map(when::day)}</td>
                <td data-label=w::TOTAL class="amount"><Amount value=order.total/></td>
            </tr>
        }
    };
    (!orders.is_empty()).then(|| {
        view! {
            <Table label=w::ORDERS>
                <thead><tr><th>{w::ORDER}</th><th>{w::STANDING}</th><th>{w::EXPECTED}</th><th class="amount">{w::TOTAL}</th></tr></thead>
                <tbody>{orders.into_iter().map(row).collect_view()}</tbody>
            </Table>
        }
        .into_any()
    })
}

fn returns(returns: Vec<ReturnSummary>) -> Option<AnyView> {
    let row = |sent: ReturnSummary| {
        view! {
            <tr class="row-opens">
                <td class="cell-main">
                    <a class="code" href=format!("/vendors/returns/{}", sent.id)>{sent.number}</a><span class="cell-sub">{sent.reason}</span>
                </td>
                <td data-label=w::STANDING>{sent.state.label()}</td>
                <td data-label=w::SENT_ON>{when::day(sent.sent_on)}</td>
                <td data-label=w::LANDED class="amount"><Amount value=sent.total/></td>
            </tr>
        }
    };
    (!returns.is_empty()).then(|| {
        view! {
            <Table label=w::RETURNS>
                <thead><tr><th>{w::RETURN}</th><th>{w::STANDING}</th><th>{w::SENT_ON}</th><th class="amount">{w::LANDED}</th></tr></thead>
                <tbody>{returns.into_iter().map(row).collect_view()}</tbody>
            </Table>
        }
        .into_any()
    })
}

/// Payments as rows.
pub(super) fn payments(payments: Vec<PaymentLine>) -> Option<AnyView> {
    let row = |paid: PaymentLine| {
        view! {
            <tr class="row-opens">
                <td class="cell-main"><a href=format!("/ledger/event/{}", paid.event)>{when::day(paid.paid_on)}</a></td>
                <td data-label=w::PAID_FROM>{paid.account.to_string()}</td>
                <td data-label=w::REFERENCE>{paid.reference}</td>
                <td data-label=w::AMOUNT class="amount"><Amount value=paid.amount/></td>
            </tr>
        }
    };
    (!payments.is_empty()).then(|| {
        view! {
            <Table label=w::PAYMENTS>
                <thead><tr><th>{ledger::DATE}</th><th>{w::PAID_FROM}</th><th>{w::REFERENCE}</th><th class="amount">{w::AMOUNT}</th></tr></thead>
                <tbody>{payments.into_iter().map(row).collect_view()}</tbody>
            </Table>
        }
        .into_any()
    })
}
