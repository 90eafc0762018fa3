//! Entering a vendor's bill for deliveries, and one bill with what was paid of it.

use super::card::{payments, receipts};
use super::{Area, id_in_address, known, shown};
use crate::api::vendor::{delivery_choices, enter_bill, load_bill};
use crate::client::go_to;
use crate::pages::frame::May;
use crate::pages::sending::Sending;
use crate::pages::settings::Refused;
use crate::pages::typed::Typed;
use crate::pages::when;
use crate::ui::{
    Button, ButtonKind, Card, CheckField, EmptyState, Field, FigureCard, IconName, LinkButton, Page,
};
use crate::words::{common, vendors as w};
use domain::ids::{BillId, GoodsReceiptId, VendorId};
use domain::money::Money;
use domain::person::Permission;
use domain::vendor::{BillSheet, DeliveryChoices, EnterBill, TypedBill, TypedBilled, UnbilledReceipt};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

#[component]
pub fn EnterBillPage() -> impl IntoView {
    view! { <Area title=w::ENTER_BILL><Enter/></Area> }
}

#[component]
fn Enter() -> impl IntoView {
    let id = id_in_address::<VendorId>();
    let query = use_query_map();
    let found = Resource::new(move || id.get(), |id| known(id, |id| delivery_choices(id, None)));
    let asked =
        move || query.read_untracked().get("receipt").and_then(|id| id.parse::<GoodsReceiptId>().ok());
    shown(found, move |choices: DeliveryChoices| {
        let back = (format!("/vendors/{}", choices.vendor.id), choices.vendor.file.name.clone());
        let form = if choices.not_billed.is_empty() {
            view! { <EmptyState icon=IconName::Check title=w::NOTHING_TO_BILL text=w::NOTHING_TO_BILL_TEXT/> }
                .into_any()
        } else {
            view! { <Form choices asked=asked()/> }.into_any()
        };
        view! { <Page title=w::ENTER_BILL back>{form}</Page> }.into_any()
    })
}

/// A delivery that may be on the bill, and what the bill says of its lines.
#[derive(Clone)]
struct OnBill {
    receipt: UnbilledReceipt,
    chosen: RwSignal<bool>,
    lines: Vec<RwSignal<String>>,
}

impl OnBill {
    fn of(receipt: UnbilledReceipt, chosen: bool) -> Self {
        let lines = receipt.pieces.iter().map(|piece| RwSignal::new(piece.line.cost.to_string())).collect();
        Self { receipt, chosen: RwSignal::new(chosen), lines }
    }

    fn typed(&self) -> Vec<TypedBilled> {
        let (receipt, lines) = (self.receipt.receipt.id, self.receipt.pieces.iter().zip(&self.lines));
        lines
            .map(|(piece, amount)| TypedBilled {
                receipt,
                position: piece.line.position,
                amount: amount.get_untracked(),
            })
            .collect()
    }
}

#[component]
fn Form(choices: DeliveryChoices, asked: Option<GoodsReceiptId>) -> impl IntoView {
    let (vendor_id, store_id) = (choices.vendor.id, choices.store_id);
    let alone = choices.not_billed.len() == 1;
    let papers: Vec<OnBill> = choices
        .not_billed
        .into_iter()
        .map(|receipt| {
            let chosen = alone || asked == Some(receipt.receipt.id);
            OnBill::of(receipt, chosen)
        })
        .collect();
    let total =
        papers.iter().filter(|paper| paper.chosen.get_untracked()).map(|paper| paper.receipt.receipt.total);
    let total = Money::sum(total).unwrap_or_default();
    let fields = Typed::of(&TypedBill {
        date: choices.today.to_string(),
        total: if total.is_zero() { String::new() } else { total.to_string() },
        ..TypedBill::default()
    });
    let papers = StoredValue::new(papers);
    let sending = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let chosen: Vec<OnBill> = papers.with_value(|papers| {
            papers.iter().filter(|paper| paper.chosen.get_untracked()).cloned().collect()
        });
        let typed = TypedBill {
            receipts: chosen.iter().map(|paper| paper.receipt.receipt.id).collect(),
            lines: chosen.iter().flat_map(OnBill::typed).collect(),
            ..fields.read()
        };
        let cmd = EnterBill { command_id: sending.id(), store_id, vendor_id, typed };
        sending.send(enter_bill(cmd), |id| go_to(&format!("/vendors/bills/{id}")));
    };
    let text = move |name: &'static str| fields.text(name);
    view! {
        <form class="form" novalidate=true on:submit=send>
            <Refused sending/>
            <fieldset class="form-group">
                <legend>{w::BILL}</legend>
                <div class="form-row">
                    <Field name="number" label=w::BILL_NUMBER value=text("number") error=sending.wrong("number") required=true/>
                    <Field name="date" label=w::BILL_DATE kind="date" value=text("date") error=sending.wrong("date") required=true/>
                    <Field name="due" label=w::DUE kind="date" value=text("due") hint=w::DUE_HINT error=sending.wrong("due") optional=true/>
                </div>
                <Field name="total" label=w::TOTAL_OF_BILL value=text("total") hint=w::TOTAL_HINT amount=true error=sending.wrong("total") required=true/>
                <CheckField name="early" label=w::EARLY value=fields.tick("early")/>
            </fieldset>
            {papers.get_value().into_iter().map(|paper| view! { <Delivery paper/> }).collect_view()}
            <div class="form-actions">
                <LinkButton href=format!("/vendors/{vendor_id}") label=common::CANCEL kind=ButtonKind::Quiet/>
                <Button label=w::SAVE_BILL kind=ButtonKind::Primary submit=true pending=sending.pending/>
            </div>
        </form>
    }
}

#[component]
fn Delivery(paper: OnBill) -> impl IntoView {
    let OnBill { receipt: UnbilledReceipt { receipt, pieces }, chosen, lines } = paper;
    let label = format!("{} · {} · {}", receipt.number, when::day(receipt.received_on), receipt.total);
    let rows = StoredValue::new(pieces.into_iter().zip(lines).collect::<Vec<_>>());
    let number = receipt.number.clone();
    view! {
        <Card>
            <CheckField name=format!("receipt-{number}") label=label value=chosen/>
            <Show when=move || chosen.get()>
                {rows.get_value().into_iter().map(|(piece, amount)| {
                    let name = format!("billed-{}", piece.tag);
                    view! {
                        <div class="form-row">
                            <p class="soft">{piece.tag.clone()} " " {piece.description}</p>
                            <Field name label=w::billed_as(&piece.tag) value=amount amount=true/>
                        </div>
                    }
                }).collect_view()}
            </Show>
        </Card>
    }
}

#[component]
pub fn BillPage() -> impl IntoView {
    view! { <Area title=w::BILL><One/></Area> }
}

#[component]
fn One() -> impl IntoView {
    let id = id_in_address::<BillId>();
    let found = Resource::new(move || id.get(), |id| known(id, load_bill));
    shown(found, |sheet| detail(sheet).into_any())
}

fn detail(sheet: BillSheet) -> impl IntoView {
    let BillSheet { bill, vendor, open, event, receipts: delivered, payments: paid } = sheet;
    let lead = format!("{} · {} {}", when::day(bill.billed_on), w::DUE, when::day(bill.due_on));
    let pay = format!("/vendors/{}/pay", vendor.id);
    let difference = bill.difference;
    view! {
        <Page
            title=format!("{} {}", w::BILL, bill.number)
            lead=lead
            back=(format!("/vendors/{}", vendor.id), vendor.name)
            actions=move || view! {
                {open.is_positive().then(|| view! {
                    <May permission=Permission::PayVendors>
                        <LinkButton href=pay.clone() label=w::PAY kind=ButtonKind::Primary icon=IconName::Cash/>
                    </May>
                })}
            }
        >
            <div class="figures">
                <FigureCard name=w::TOTAL value=bill.amount.to_string() href=format!("/ledger/event/{event}")/>
                <FigureCard name=w::OPEN value=open.to_string()/>
                {(!difference.is_zero()).then(|| view! { <FigureCard name=w::DIFFERENCE value=difference.to_string()/> })}
            </div>
            <Card title=w::DELIVERIES flush=true>{receipts(w::DELIVERIES, delivered)}</Card>
            {payments(paid).map(|table| view! { <Card title=w::PAYMENTS flush=true>{table}</Card> })}
        </Page>
    }
}
