//! One payment, credit memo or other credit: how it came, what it was applied to, what became of the rest.

use super::Area;
use super::credit_forms::{
    ApplyForm, CheckFor, RecoverForm, RefundForm, ReturnCheckForm, ReverseForm, TakeOffForm,
};
use crate::api::account::load_credit;
use crate::client::print_page;
use crate::pages::frame::May;
use crate::pages::loading::{id_in_address, known, shown};
use crate::pages::when;
use crate::ui::{Amount, Badge, Button, Card, FigureCard, FileButton, IconName, Page, Table, Tone};
use crate::words::accounts as w;
use domain::ids::{CustomerCreditId, InvoiceId};
use domain::money::Money;
use domain::person::Permission;
use domain::receivable::{AppliedLine, CreditKind, CreditSheet, OutLine};
use domain::sale::{TenderFacts, TenderNature};
use leptos::prelude::*;
use std::collections::BTreeMap;

#[component]
pub fn CreditPage() -> impl IntoView {
    view! { <Area title=w::CREDIT><One/></Area> }
}

#[component]
fn One() -> impl IntoView {
    let id = id_in_address::<CustomerCreditId>();
    let found = Resource::new(move || id.get(), |id| known(id, load_credit));
    shown(found, move |sheet| {
        view! { <Detail sheet again=Callback::new(move |()| found.refetch())/> }.into_any()
    })
}

#[component]
fn Detail(sheet: CreditSheet, again: Callback<()>) -> impl IntoView {
    let (id, store_id, kind, left) = (sheet.id, sheet.store.id, sheet.kind, sheet.left);
    let customer = sheet.customer.id;
    let back = (format!("/customers/{customer}/account"), sheet.customer.name.clone());
    let came_back = sheet.came_back;
    let has_check = sheet
        .tenders
        .iter()
        .any(|tender| tender.kind.nature == TenderNature::Check && tender.amount.is_positive());
    let lies_on = lies_on(&sheet.applied);
    let still_off = Money::sum(lies_on.iter().map(|(_, _, amount)| *amount)).unwrap_or_default();
    let reversed = sheet.reversed;
    let theirs = kind.is_the_customers();
    let (paper, gone) = (sheet.clone(), sheet.outs.clone());
    let (ways, lies_on) = (StoredValue::new(sheet.ways_back.clone()), StoredValue::new(lies_on));
    view! {
        <Page
            title=format!("{} {}", kind.label(), sheet.number)
            lead=when::day(sheet.received_on)
            back
            actions=move || view! {
                <Button label=w::PRINT icon=IconName::Print on:click=move |_| print_page()/>
                {theirs.then(|| view! { <FileButton href=format!("/credits/{id}/credit.pdf") label=w::PDF/> })}
            }
        >
            {reversed.then(|| view! { <p><Badge tone=Tone::Neutral icon=IconName::Back label=w::REVERSED/></p> })}
            {came_back.then(|| view! { <p><Badge tone=Tone::Overdue icon=IconName::Warning label=w::CAME_BACK/></p> })}
            <div class="figures">
                <FigureCard name=w::AMOUNT value=sheet.amount.to_string() href=format!("/ledger/event/{}", sheet.event)/>
                {theirs.then(|| view! { <FigureCard name=w::LEFT value=left.to_string()/> })}
            </div>
            <Card><Paper sheet=paper/></Card>
            {(!gone.is_empty()).then(|| view! { <Card title=w::GONE flush=true><Outs outs=gone/></Card> })}
            <May permission=Permission::AdjustReceivables>
                {left.is_positive().then(|| view! {
                    <Card title=w::APPLY_CREDIT><ApplyForm credit=id customer store_id left done=again/></Card>
                    <Card title=w::REFUND_CREDIT><RefundForm credit=id store_id session_id=sheet.session_id left ways=ways.get_value() done=again/></Card>
                })}
                {(theirs && still_off.is_positive()).then(|| view! { <Card title=w::TAKE_OFF><TakeOffForm credit=id store_id lies_on=lies_on.get_value() done=again/></Card> })}
                {(has_check && !came_back).then(|| view! { <Card title=w::RETURN_CHECK><ReturnCheckForm check=CheckFor::Payment(id) store_id usual_fee=sheet.check_fee done=again/></Card> })}
                {(kind == CreditKind::CreditMemo && !reversed).then(|| view! { <Card title=w::REVERSE_MEMO><ReverseForm credit=id store_id done=again/></Card> })}
            </May>
            {(kind == CreditKind::WriteOff && still_off.is_positive()).then(|| view! {
                <May permission=Permission::WriteOff><Card title=w::RECOVER><RecoverForm credit=id store_id customer left=still_off/></Card>
                    <Card title=w::REVERSE_WRITE_OFF><ReverseForm credit=id store_id done=again/></Card></May>
            })}
        </Page>
    }
}

/// The invoices that a credit lies on now.
fn lies_on(applied: &[AppliedLine]) -> Vec<(InvoiceId, String, Money)> {
    let mut sums: BTreeMap<InvoiceId, (String, Money)> = BTreeMap::new();
    for one in applied {
        let (_, sum) =
            sums.entry(one.invoice_id).or_insert_with(|| (one.invoice_number.clone(), Money::ZERO));
        *sum = sum.plus(one.amount).unwrap_or_default();
    }
    let there = sums.into_iter().filter(|(_, (_, sum))| sum.is_positive());
    there.map(|(id, (number, sum))| (id, number, sum)).collect()
}

/// The receipt of a payment, as it is printed: how it was paid and what it was applied to.
#[component]
pub(super) fn Paper(sheet: CreditSheet) -> impl IntoView {
    let place = sheet.store.name;
    let came_in: Vec<TenderFacts> =
        sheet.tenders.into_iter().filter(|tender| tender.amount.is_positive()).collect();
    let applied = (!sheet.applied.is_empty())
        .then(|| view! { <Applied label=w::APPLIED applied=sheet.applied to_invoices=true/> });
    let nothing = applied.is_none().then(|| view! { <p class="soft">{w::NOT_APPLIED}</p> });
    view! {
        <div class="print-area stack">
            <p>{place} " · " <span class="code">{sheet.number}</span> " · " {when::day(sheet.received_on)}</p>
            <p><strong>{sheet.customer.name}</strong> {sheet.address.into_iter().map(|line| view! { <br/> {line} }).collect_view()}</p>
            <dl class="facts">
                {came_in.into_iter().map(|tender| {
                    let reference = tender.reference.map(|reference| format!(" · {reference}"));
                    let change = tender.change.is_positive().then(|| format!(" · {} {}", w::CHANGE, tender.change));
                    view! { <div class="fact"><dt>{tender.kind.label} {reference} {change}</dt><dd><Amount value=tender.amount/></dd></div> }
                }).collect_view()}
                {sheet.invoice.map(|(id, number)| view! { <div class="fact"><dt>{w::WRITTEN_FOR}</dt><dd><a class="code" href=format!("/invoices/{id}")>{number}</a></dd></div> })}
                <div class="fact"><dt>{w::BY}</dt><dd>{sheet.by}</dd></div>
                {sheet.note.map(|note| view! { <div class="fact"><dt>{w::NOTE}</dt><dd class="written">{note}</dd></div> })}
            </dl>
            {applied} {nothing}
            {sheet.left.is_positive().then(|| view! { <p>{w::UNAPPLIED} ": " <Amount value=sheet.left/></p> })}
        </div>
    }
}

/// What was applied, one event after the other: from the credit's side, or from the invoice's.
#[component]
pub(super) fn Applied(label: &'static str, applied: Vec<AppliedLine>, to_invoices: bool) -> impl IntoView {
    let row = move |one: AppliedLine| {
        let (href, number, kind) = if to_invoices {
            (format!("/invoices/{}", one.invoice_id), one.invoice_number, w::INVOICE)
        } else {
            (format!("/credits/{}", one.credit_id), one.credit_number, one.credit_kind.label())
        };
        view! {
            <tr class="row-opens">
                <td class="cell-main"><a class="code" href=href>{number}</a><span class="cell-sub">{kind}</span></td>
                <td data-label=w::DATE><a href=format!("/ledger/event/{}", one.event)>{when::day(one.applied_on)}</a></td>
                <td data-label=w::AMOUNT class="amount"><Amount value=one.amount/></td>
            </tr>
        }
    };
    view! {
        <Table label=label>
            <thead><tr><th>{w::NUMBER}</th><th>{w::DATE}</th><th class="amount">{w::AMOUNT}</th></tr></thead>
            <tbody>{applied.into_iter().map(row).collect_view()}</tbody>
        </Table>
    }
}

#[component]
fn Outs(outs: Vec<OutLine>) -> impl IntoView {
    let row = |out: OutLine| {
        view! {
            <tr class="row-opens">
                <td class="cell-main"><a href=format!("/ledger/event/{}", out.event)>{out.label}</a><span class="cell-sub">{out.note}</span></td>
                <td data-label=w::DATE>{when::day(out.out_on)}</td>
                <td data-label=w::AMOUNT class="amount"><Amount value=out.amount/></td>
            </tr>
        }
    };
    view! {
        <Table label=w::GONE>
            <thead><tr><th>{w::WHAT}</th><th>{w::DATE}</th><th class="amount">{w::AMOUNT}</th></tr></thead>
            <tbody>{outs.into_iter().map(row).collect_view()}</tbody>
        </Table>
    }
}
