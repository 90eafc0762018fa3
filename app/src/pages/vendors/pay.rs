//! Paying bills of a vendor: an amount over what is due first, or bill by bill.

use super::{Area, id_in_address, known, shown};
use crate::api::vendor::{pay_bills, payment_choices};
use crate::client::go_to;
use crate::pages::sending::Sending;
use crate::pages::settings::Refused;
use crate::pages::typed::Typed;
use crate::pages::when;
use crate::ui::{
    Button, ButtonKind, Choice, EmptyState, Field, IconName, LinkButton, Page, SelectField, Table,
};
use crate::words::{common, vendors as w};
use domain::ids::VendorId;
use domain::ledger::AccountCode;
use domain::money::Money;
use domain::vendor::{OpenBill, PayBills, PaymentChoices, TypedPart, TypedPayment, spread};
use leptos::prelude::*;

#[component]
pub fn PayPage() -> impl IntoView {
    view! { <Area title=w::PAY><Pay/></Area> }
}

#[component]
fn Pay() -> impl IntoView {
    let id = id_in_address::<VendorId>();
    let found = Resource::new(move || id.get(), |id| known(id, payment_choices));
    shown(found, |choices: PaymentChoices| {
        let back = (format!("/vendors/{}", choices.vendor.id), choices.vendor.file.name.clone());
        let form = if choices.bills.is_empty() {
            view! { <EmptyState icon=IconName::Check title=w::NOTHING_TO_PAY text=w::NOTHING_TO_PAY_TEXT/> }
                .into_any()
        } else {
            view! { <Form choices/> }.into_any()
        };
        view! { <Page title=w::PAY back>{form}</Page> }.into_any()
    })
}

#[component]
fn Form(choices: PaymentChoices) -> impl IntoView {
    let PaymentChoices { vendor, store_id, bills, credit, accounts, .. } = choices;
    let vendor_id = vendor.id;
    let account = accounts.first().map(|(code, _)| AccountCode::to_string(code)).unwrap_or_default();
    let accounts: Vec<Choice> = accounts
        .into_iter()
        .map(|(code, name)| Choice::new(code.to_string(), format!("{code} {name}")))
        .collect();
    let fields = Typed::of(&TypedPayment { account, ..TypedPayment::default() });
    // Whole bills, until somebody says otherwise.
    let parts: Vec<(OpenBill, RwSignal<String>)> =
        bills.iter().map(|bill| (bill.clone(), RwSignal::new(bill.open.to_string()))).collect();
    let all = Money::sum(bills.iter().map(|bill| bill.open)).unwrap_or_default();
    let amount = RwSignal::new(all.to_string());
    let parts = StoredValue::new(parts);
    let spread_it = move |_| {
        let Ok(amount) = amount.with_untracked(|amount| Money::parse(amount)) else { return };
        let shares = spread(amount, &bills);
        parts.with_value(|parts| {
            for (bill, typed) in parts {
                let share = shares.iter().find(|(id, _)| *id == bill.id);
                typed.set(share.map(|(_, share)| share.to_string()).unwrap_or_default());
            }
        });
    };
    let total = move || {
        let read = |typed: &RwSignal<String>| typed.with(|typed| Money::parse(typed)).unwrap_or_default();
        parts.with_value(|parts| Money::sum(parts.iter().map(|(_, typed)| read(typed)))).unwrap_or_default()
    };
    let sending = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let part = |(bill, typed): &(OpenBill, RwSignal<String>)| TypedPart {
            bill: bill.id,
            amount: typed.get_untracked(),
        };
        let bills = parts.with_value(|parts| parts.iter().map(part).collect());
        let typed = TypedPayment { bills, ..fields.read() };
        let cmd = PayBills { command_id: sending.id(), store_id, vendor_id, typed };
        sending.send(pay_bills(cmd), move |_| go_to(&format!("/vendors/{vendor_id}")));
    };
    view! {
        <form class="form" novalidate=true on:submit=send>
            <Refused sending/>
            <fieldset class="form-group">
                <legend>{w::PAY}</legend>
                <div class="form-row">
                    <SelectField name="account" label=w::PAID_FROM value=fields.text("account") choices=accounts error=sending.wrong("account")/>
                    <Field name="reference" label=w::REFERENCE value=fields.text("reference") error=sending.wrong("reference") optional=true/>
                </div>
                <div class="form-row">
                    <Field name="spread" label=w::SPREAD value=amount hint=w::SPREAD_HINT amount=true/>
                    <Button label=w::SPREAD_IT on:click=spread_it/>
                </div>
                {credit.is_positive().then(|| view! {
                    <Field name="credit" label=w::USE_CREDIT value=fields.text("credit") hint=format!("{} {credit}", w::CREDIT_LEFT) amount=true error=sending.wrong("credit") optional=true/>
                })}
            </fieldset>
            <Table label=w::OPEN_BILLS>
                <thead><tr><th>{w::BILL}</th><th>{w::DUE}</th><th class="amount">{w::OPEN}</th><th>{w::PAID}</th></tr></thead>
                <tbody>{parts.get_value().into_iter().enumerate().map(|(row, (bill, typed))| view! {
                    <tr>
                        <td class="cell-main"><a class="code" href=format!("/vendors/bills/{}", bill.id)>{bill.number.clone()}</a></td>
                        <td data-label=w::DUE>{when::day(bill.due_on)}</td>
                        <td data-label=w::OPEN class="amount">{bill.open.to_string()}</td>
                        <td data-label=w::PAID>
                            <Field name=format!("bill-{row}") label=w::pays(&bill.number) value=typed amount=true error=sending.wrong(format!("bills.{row}.amount"))/>
                        </td>
                    </tr>
                }).collect_view()}</tbody>
            </Table>
            <p role="status">{move || w::comes_to(&total().to_string())}</p>
            <div class="form-actions">
                <LinkButton href=format!("/vendors/{vendor_id}") label=common::CANCEL kind=ButtonKind::Quiet/>
                <Button label=w::PAY_NOW kind=ButtonKind::Primary submit=true pending=sending.pending/>
            </div>
        </form>
    }
}
