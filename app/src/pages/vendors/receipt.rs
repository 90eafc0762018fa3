//! One delivery: its pieces, their tags, and its bill.

use super::{Area, id_in_address, known, shown};
use crate::api::vendor::load_receipt;
use crate::pages::frame::May;
use crate::pages::paging::address;
use crate::pages::when;
use crate::ui::{Amount, ButtonKind, Card, FigureCard, IconName, LinkButton, Page, Table};
use crate::words::vendors as w;
use domain::ids::GoodsReceiptId;
use domain::person::Permission;
use domain::vendor::{ReceiptPiece, ReceiptSheet, show_quantity};
use leptos::prelude::*;

#[component]
pub fn GoodsReceiptPage() -> impl IntoView {
    view! { <Area title=w::DELIVERY><One/></Area> }
}

#[component]
fn One() -> impl IntoView {
    let id = id_in_address::<GoodsReceiptId>();
    let found = Resource::new(move || id.get(), |id| known(id, load_receipt));
    shown(found, |sheet| detail(sheet).into_any())
}

fn detail(sheet: ReceiptSheet) -> impl IntoView {
    let ReceiptSheet { receipt, vendor, order, bill, pieces } = sheet;
    let tags = address("/inventory/tags", &[("receipt", &receipt.id.to_string())]);
    let enter = address(&format!("/vendors/{}/bill", vendor.id), &[("receipt", &receipt.id.to_string())]);
    let open = bill.is_none();
    let lead = [Some(when::day(receipt.received_on)), receipt.slip.clone()];
    let lead = lead.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    view! {
        <Page
            title=receipt.number.clone()
            lead=lead
            back=(format!("/vendors/{}", vendor.id), vendor.name)
            actions=move || view! {
                {open.then(|| view! {
                    <May permission=Permission::PayVendors><LinkButton href=enter.clone() label=w::ENTER_BILL/></May>
                })}
                <LinkButton href=tags.clone() label=w::PRINT_TAGS kind=ButtonKind::Primary icon=IconName::Print/>
            }
        >
            <div class="figures"><FigureCard name=w::TOTAL value=receipt.total.to_string()/></div>
            {order.map(|(id, number)| view! { <p>{w::ORDER} " " <a class="code" href=format!("/vendors/orders/{id}")>{number}</a></p> })}
            {bill.map(|(id, number)| view! { <p>{w::BILL} " " <a class="code" href=format!("/vendors/bills/{id}")>{number}</a></p> })}
            {receipt.note.map(|note| view! { <Card><p>{note}</p></Card> })}
            <Table label=w::LINES>
                <thead><tr>
                    <th>{w::TAG}</th><th>{w::PIECES}</th><th class="amount">{w::LANDED}</th>
                    <th class="amount">{w::FREIGHT}</th>
                </tr></thead>
                <tbody>{pieces.into_iter().map(row).collect_view()}</tbody>
            </Table>
        </Page>
    }
}

fn row(piece: ReceiptPiece) -> impl IntoView {
    let line = piece.line;
    view! {
        <tr class="row-opens">
            <td class="cell-main">
                <a href=format!("/inventory/{}", line.item)>{piece.description}</a><span class="cell-sub code">{piece.tag}</span>
            </td>
            <td data-label=w::PIECES>{show_quantity(line.unit, line.quantity)}</td>
            <td data-label=w::LANDED class="amount"><Amount value=line.cost/></td>
            <td data-label=w::FREIGHT class="amount"><Amount value=line.freight/></td>
        </tr>
    }
}
