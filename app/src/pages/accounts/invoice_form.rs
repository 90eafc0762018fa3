//! Writing an invoice without a sale.

use super::Area;
use crate::api::account::{invoice_choices, invoice_taxes, issue_invoice};
use crate::client::go_to;
use crate::error::ErrorKind;
use crate::pages::asking::{AskElsewhere, Asking};
use crate::pages::loading::{id_in_address, known, shown};
use crate::pages::sending::Sending;
use crate::pages::settings::Refused;
use crate::pages::typed::Typed;
use crate::ui::{
    Button, ButtonKind, CheckField, Choice, Field, IconName, LinkButton, Notice, NoticeKind, Page,
    SelectField, TextAreaField,
};
use crate::words::{accounts as w, common};
use domain::approval::About;
use domain::ids::{ApprovalId, CustomerId};
use domain::money::Money;
use domain::receivable::{InvoiceChoices, IssueInvoice, MOST_INVOICE_LINES, TypedInvoice, TypedInvoiceLine};
use domain::tax::{Taxability, TaxableLine, compute};
use leptos::prelude::*;

#[component]
pub fn NewInvoicePage() -> impl IntoView {
    view! { <Area title=w::NEW_INVOICE><New/></Area> }
}

#[component]
fn New() -> impl IntoView {
    let id = id_in_address::<CustomerId>();
    let found = Resource::new(move || id.get(), |id| known(id, invoice_choices));
    shown(found, |choices: InvoiceChoices| {
        let back = (format!("/customers/{}/account", choices.customer.id), choices.customer.name.clone());
        view! { <Page title=w::NEW_INVOICE back><Form choices/></Page> }.into_any()
    })
}

/// A line in the making.
#[derive(Debug, Clone, Copy)]
struct Line {
    number: usize,
    description: RwSignal<String>,
    amount: RwSignal<String>,
    account: RwSignal<String>,
    taxed: RwSignal<bool>,
}

impl Line {
    fn new(number: usize, account: &str) -> Self {
        Self {
            number,
            description: RwSignal::new(String::new()),
            amount: RwSignal::new(String::new()),
            account: RwSignal::new(account.to_owned()),
            taxed: RwSignal::new(false),
        }
    }

    fn typed(&self) -> TypedInvoiceLine {
        TypedInvoiceLine {
            description: self.description.get_untracked(),
            amount: self.amount.get_untracked(),
            taxed: self.taxed.get_untracked(),
            account: self.account.get_untracked(),
        }
    }

    fn taxable(&self, exempt: bool) -> TaxableLine {
        TaxableLine {
            net: self.amount.with(|typed| Money::parse(typed)).unwrap_or_default(),
            quantity: 1,
            taxability: if self.taxed.get() && !exempt { Taxability::Taxable } else { Taxability::Exempt },
        }
    }
}

#[component]
fn Form(choices: InvoiceChoices) -> impl IntoView {
    let InvoiceChoices { customer, store_id, warnings, accounts, taxes, exempt, today, .. } = choices;
    let customer_id = customer.id;
    let first = accounts.first().map(|(code, _)| code.to_string()).unwrap_or_default();
    let accounts: Vec<Choice> = accounts
        .into_iter()
        .map(|(code, name)| Choice::new(code.to_string(), format!("{code} {name}")))
        .collect();
    let fields = Typed::of(&TypedInvoice {
        date: today.to_string(),
        terms: "account".to_owned(),
        ..TypedInvoice::default()
    });
    let text = move |name: &'static str| fields.text(name);
    let (lines, drawn) = (RwSignal::new(vec![Line::new(0, &first)]), RwSignal::new(1_usize));
    let first = StoredValue::new(first);
    let add = move |_| {
        let number = drawn.get_untracked();
        drawn.set(number + 1);
        lines.update(|lines| lines.push(Line::new(number, &first.get_value())));
    };
    // An invoice of another day has the taxes of that day.
    let elsewhen = LocalResource::new(move || {
        let date = text("date").get();
        async move { if date == today.to_string() { None } else { invoice_taxes(date).await.ok() } }
    });
    // The sums move with the same rules that the server goes by.
    let sums = Memo::new(move |_| {
        let taxes = elsewhen.get().flatten().unwrap_or_else(|| taxes.clone());
        let rows: Vec<TaxableLine> =
            lines.with(|lines| lines.iter().map(|line| line.taxable(exempt)).collect());
        let net = Money::sum(rows.iter().map(|row| row.net)).ok()?;
        let tax = compute(&rows, &taxes.levies, taxes.rounding).ok()?;
        let tax = Money::sum(tax.iter().map(|tax| tax.total().unwrap_or_default())).ok()?;
        Some((net, tax, net.plus(tax).ok()?))
    });
    let sending = Sending::new();
    let approvals = RwSignal::new(Vec::<ApprovalId>::new());
    let issue = move || {
        let typed = TypedInvoice {
            lines: lines.with_untracked(|lines| lines.iter().map(Line::typed).collect()),
            ..fields.read()
        };
        let cmd = IssueInvoice {
            command_id: sending.id(),
            store_id,
            customer_id,
            typed,
            approvals: approvals.get_untracked(),
        };
        sending.send(issue_invoice(cmd), |done| go_to(&format!("/invoices/{}", done.document)));
    };
    let asking = Asking::new();
    let blocked = move || {
        sending.error.with(|error| error.as_ref().is_some_and(|error| error.kind == ErrorKind::NeedsApproval))
    };
    let question = move |()| {
        let total = sums.get_untracked().map(|(_, _, total)| total)?;
        let reason = sending.error.get_untracked()?.message.chars().take(100).collect();
        Some((store_id, About::Credit { customer_id, amount: total }, reason))
    };
    let given = Callback::new(move |id| {
        approvals.update(|approvals| approvals.push(id));
        sending.changed();
        issue();
    });
    let accounts = StoredValue::new(accounts);
    let terms = vec![
        Choice::new("account", w::AS_ACCOUNT),
        Choice::new("net", w::NET),
        Choice::new("installments", w::INSTALLMENTS),
    ];
    view! {
        <form class="form" novalidate=true on:submit=move |event| { event.prevent_default(); issue(); }>
            <Refused sending/>
            <Show when=blocked><AskElsewhere asking question on_given=given/></Show>
            {(!warnings.is_empty()).then(|| view! {
                <Notice kind=NoticeKind::Warning title=w::AGAINST>{warnings.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")}</Notice>
            })}
            {move || sending.wrong("override_reason").get().map(|_| view! {
                <Field name="override_reason" label=w::WHY_CHARGE value=text("override_reason") hint=w::WHY_CHARGE_HINT error=sending.wrong("override_reason")/>
            })}
            <fieldset class="form-group">
                <legend>{w::INVOICE}</legend>
                <div class="form-row">
                    <Field name="date" label=w::INVOICE_DATE kind="date" value=text("date") error=sending.wrong("date")/>
                    <SelectField name="terms" label=w::TERMS value=text("terms") choices=terms error=sending.wrong("terms")/>
                    {move || match text("terms").get().as_str() {
                        "net" => view! { <Field name="net_days" label=w::DAYS value=text("net_days") inputmode="numeric" error=sending.wrong("net_days")/> }.into_any(),
                        "installments" => view! { <Field name="installments" label=w::HOW_MANY value=text("installments") inputmode="numeric" error=sending.wrong("installments")/> }.into_any(),
                        _ => ().into_any(),
                    }}
                </div>
                <div class="form-row">
                    <Field name="reference" label=w::THEIR_NUMBER value=text("reference") hint=w::THEIR_NUMBER_HINT error=sending.wrong("reference") optional=true/>
                </div>
                <TextAreaField name="note" label=w::NOTE value=text("note") error=sending.wrong("note") optional=true/>
            </fieldset>
            <For each=move || lines.get().into_iter().enumerate() key=|(_, line)| line.number let((row, line))>
                <fieldset class="form-group">
                    <legend>{w::LINE} " " {row + 1}</legend>
                    <Field name=format!("description-{}", line.number) label=w::DESCRIPTION value=line.description error=sending.wrong(format!("lines.{row}.description")) required=true/>
                    <div class="form-row">
                        <Field name=format!("amount-{}", line.number) label=w::AMOUNT value=line.amount amount=true error=sending.wrong(format!("lines.{row}.amount")) required=true/>
                        <SelectField name=format!("account-{}", line.number) label=w::INCOME value=line.account choices=accounts.get_value() error=sending.wrong(format!("lines.{row}.account"))/>
                        <CheckField name=format!("taxed-{}", line.number) label=w::TAXED value=line.taxed/>
                    </div>
                    <Show when=move || lines.with(|lines| lines.len() > 1)>
                        <Button label=w::REMOVE_LINE kind=ButtonKind::Quiet icon=IconName::Close
                            on:click=move |_| lines.update(|lines| lines.retain(|one| one.number != line.number))/>
                    </Show>
                </fieldset>
            </For>
            <Show when=move || lines.with(|lines| lines.len() < MOST_INVOICE_LINES)>
                <div><Button label=w::ADD_LINE icon=IconName::Plus on:click=add/></div>
            </Show>
            <p role="status">{move || sums.get().map(|(net, tax, total)| format!("{} {net} · {} {tax} · {} {total}", w::NET_TOTAL, w::TAXED, w::TOTAL))}</p>
            <div class="form-actions">
                <LinkButton href=format!("/customers/{customer_id}/account") label=common::CANCEL kind=ButtonKind::Quiet/>
                <Button label=w::ISSUE kind=ButtonKind::Primary submit=true pending=sending.pending/>
            </div>
        </form>
    }
}
