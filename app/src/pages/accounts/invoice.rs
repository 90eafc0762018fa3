//! One invoice: what it is for, when it is due, what was applied to it.

use super::credit::Applied;
use super::credit_forms::{MemoForm, WriteOffForm};
use super::{Area, lateness};
use crate::api::account::load_invoice;
use crate::client::print_page;
use crate::pages::frame::May;
use crate::pages::loading::{id_in_address, known, shown};
use crate::pages::when;
use crate::ui::{
    Amount, Badge, Button, ButtonKind, Card, FigureCard, FileButton, IconName, LinkButton, Page, Table, Tone,
};
use crate::words::accounts as w;
use domain::ids::InvoiceId;
use domain::person::Permission;
use domain::receivable::InvoiceSheet;
use leptos::prelude::*;

#[component]
pub fn InvoicePage() -> impl IntoView {
    view! { <Area title=w::INVOICE><One/></Area> }
}

#[component]
fn One() -> impl IntoView {
    let id = id_in_address::<InvoiceId>();
    let found = Resource::new(move || id.get(), |id| known(id, load_invoice));
    shown(found, move |sheet| {
        view! { <Detail sheet again=Callback::new(move |()| found.refetch())/> }.into_any()
    })
}

#[component]
fn Detail(sheet: InvoiceSheet, again: Callback<()>) -> impl IntoView {
    let customer = sheet.customer.id;
    let open = sheet.open;
    let back = (format!("/customers/{customer}/account"), sheet.customer.name.clone());
    let lead = format!("{} · {}", when::day(sheet.invoiced_on), sheet.terms);
    let posted = (sheet.posted_on != sheet.invoiced_on).then(|| w::posted_on(&when::day(sheet.posted_on)));
    let (paper, dues, paid_with) = (sheet.clone(), sheet.clone(), sheet.applied.clone());
    let (id, store_id, voided) = (sheet.id, sheet.store.id, sheet.voided);
    view! {
        <Page
            title=format!("{} {}", sheet.kind.label(), sheet.number)
            lead back
            actions=move || view! {
                <Button label=w::PRINT icon=IconName::Print on:click=move |_| print_page()/>
                <FileButton href=format!("/invoices/{id}/invoice.pdf") label=w::PDF/>
                {open.is_positive().then(|| view! {
                    <May permission=Permission::TakePayment>
                        <LinkButton href=format!("/customers/{customer}/pay?invoice={id}") label=w::PAY kind=ButtonKind::Primary icon=IconName::Cash/>
                    </May>
                })}
            }
        >
            <div class="row">
                {voided.then(|| view! { <Badge tone=Tone::Neutral icon=IconName::Close label=w::VOIDED/> })}
                {sheet.disputed.then(|| view! { <Badge tone=Tone::Held icon=IconName::Info label=w::DISPUTED/> })}
                {posted.map(|posted| view! { <Badge tone=Tone::Neutral icon=IconName::Clock label=posted/> })}
            </div>
            <div class="figures">
                <FigureCard name=w::TOTAL value=sheet.amount.to_string() href=format!("/ledger/event/{}", sheet.event)/>
                <FigureCard name=w::OPEN value=open.to_string()/>
            </div>
            <Card flush=true><Paper sheet=paper/></Card>
            <Card title=w::DUE flush=true><Dues sheet=dues/></Card>
            {(!paid_with.is_empty()).then(|| view! { <Card title=w::PAID_WITH flush=true><Applied label=w::PAID_WITH applied=paid_with to_invoices=false/></Card> })}
            {(!voided).then(|| view! {
                <May permission=Permission::AdjustReceivables>
                    <Card title=w::CREDIT_MEMO><MemoForm customer store_id invoice=Some(id)/></Card>
                </May>
            })}
            {open.is_positive().then(|| view! {
                <May permission=Permission::WriteOff><Card title=w::WRITE_OFF><WriteOffForm invoice=id store_id done=again/></Card></May>
            })}
        </Page>
    }
}

/// What the invoice is for, as it is printed.
#[component]
fn Paper(sheet: InvoiceSheet) -> impl IntoView {
    let lines = sheet.lines;
    let sale = sheet.sale.map(|(sale, number)| {
        view! { <p>{w::SALE} " " <a class="code" href=format!("/sales/{sale}")>{number}</a></p> }
    });
    view! {
        <div class="print-area">
            <div class="stack card-body">
                <p><strong>{sheet.customer.name}</strong> {sheet.address.into_iter().map(|line| view! { <br/> {line} }).collect_view()}</p>
                {sale}
                {sheet.reference.map(|reference| view! { <p>{w::THEIR_NUMBER} ": " {reference}</p> })}
                {sheet.note.map(|note| view! { <p class="written">{note}</p> })}
            </div>
            <Table label=w::DESCRIPTION>
                <thead><tr><th>{w::DESCRIPTION}</th><th class="amount">{w::AMOUNT}</th></tr></thead>
                <tbody>
                    {lines.into_iter().map(|line| view! {
                        <tr class="row-sum"><td>{line.description}</td><td class="amount"><Amount value=line.net/></td></tr>
                    }).collect_view()}
                    <tr class="row-sum"><td>{w::NET_TOTAL}</td><td class="amount"><Amount value=sheet.net/></td></tr>
                    {sheet.taxes.into_iter().map(|(name, tax)| view! {
                        <tr class="row-sum"><td>{name}</td><td class="amount"><Amount value=tax/></td></tr>
                    }).collect_view()}
                    {(!sheet.at_register.is_zero()).then(|| view! {
                        <tr class="row-sum"><td>{w::AT_REGISTER}</td><td class="amount"><Amount value=sheet.at_register.negated().unwrap_or_default()/></td></tr>
                    })}
                    <tr class="row-sum"><td><strong>{w::INVOICED}</strong></td><td class="amount"><strong><Amount value=sheet.amount/></strong></td></tr>
                </tbody>
            </Table>
        </div>
    }
}

#[component]
fn Dues(sheet: InvoiceSheet) -> impl IntoView {
    let today = sheet.today;
    view! {
        <Table label=w::DUE>
            <thead><tr><th>{w::DUE}</th><th>{w::WHAT}</th><th class="amount">{w::AMOUNT}</th><th class="amount">{w::OPEN}</th></tr></thead>
            <tbody>{sheet.dues.into_iter().map(|due| view! {
                <tr>
                    <td class="cell-main">{when::day(due.due_on)}</td>
                    <td data-label=w::WHAT>{w::due_for(due.kind)} " " {lateness(due.open, due.due_on, today)}</td>
                    <td data-label=w::AMOUNT class="amount"><Amount value=due.amount/></td>
                    <td data-label=w::OPEN class="amount"><Amount value=due.open/></td>
                </tr>
            }).collect_view()}</tbody>
        </Table>
    }
}
