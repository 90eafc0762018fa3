//! What is done with a credit or an invoice, each a small form that says what it does.

use super::Area;
use super::applying::{ApplyFields, Applying};
use crate::api::account::{
    account_payment_choices, apply_credit, issue_credit_memo, recover_write_off, refund_credit, return_check,
    return_sale_check, reverse_credit, unapply_credit, write_off,
};
use crate::client::go_to;
use crate::pages::frame::Problem;
use crate::pages::loading::id_in_address;
use crate::pages::sending::Sending;
use crate::pages::settings::Refused;
use crate::ui::{Button, ButtonKind, Choice, Field, Page, SelectField, Skeleton};
use crate::words::accounts as w;
use domain::ids::{CustomerCreditId, CustomerId, InvoiceId, SaleId, StoreId, TillSessionId};
use domain::money::Money;
use domain::receivable::{
    AccountDone, ApplyCredit, IssueCreditMemo, RecoverWriteOff, RefundCredit, ReturnCheck, ReturnSaleCheck,
    ReverseCredit, UnapplyCredit, WriteOff,
};
use domain::sale::{Refundable, Tender, TenderNature};
use leptos::prelude::*;

fn text() -> RwSignal<String> {
    RwSignal::new(String::new())
}

/// A form whose button says what it does.
#[component]
fn Small(
    sending: Sending,
    #[prop(into)] send: Callback<()>,
    button: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <form class="form form-short" novalidate=true on:submit=move |event| { event.prevent_default(); send.run(()); }>
            <Refused sending/>
            {children()}
            <div class="form-actions"><Button label=button kind=ButtonKind::Secondary submit=true pending=sending.pending/></div>
        </form>
    }
}

#[component]
pub(super) fn ApplyForm(
    credit: CustomerCreditId,
    customer: CustomerId,
    store_id: StoreId,
    left: Money,
    done: Callback<()>,
) -> impl IntoView {
    let open = LocalResource::new(move || account_payment_choices(customer));
    let sending = Sending::new();
    move || match open.get() {
        None => view! { <Skeleton count=2/> }.into_any(),
        Some(Err(error)) => view! { <Problem error/> }.into_any(),
        Some(Ok(choices)) => {
            let applying = Applying::over(choices.invoices, None);
            let send = move |()| {
                let cmd = ApplyCredit {
                    command_id: sending.id(),
                    store_id,
                    credit_id: credit,
                    apply: applying.read(),
                };
                sending.send(apply_credit(cmd), move |_| done.run(()));
            };
            view! { <Small sending send button=w::APPLY><ApplyFields applying sending amount=Signal::stored(left) keep=false/></Small> }
                .into_any()
        }
    }
}

#[component]
pub(super) fn TakeOffForm(
    credit: CustomerCreditId,
    store_id: StoreId,
    lies_on: Vec<(InvoiceId, String, Money)>,
    done: Callback<()>,
) -> impl IntoView {
    let first = lies_on.first().map(|(id, _, _)| id.to_string()).unwrap_or_default();
    let (invoice, reason, sending) = (RwSignal::new(first), text(), Sending::new());
    let choices: Vec<Choice> = lies_on
        .into_iter()
        .map(|(id, number, amount)| Choice::new(id.to_string(), format!("{number}: {amount}")))
        .collect();
    let send = move |()| {
        let Ok(invoice_id) = invoice.get_untracked().parse() else { return };
        let reason = reason.get_untracked();
        let cmd = UnapplyCredit { command_id: sending.id(), store_id, credit_id: credit, invoice_id, reason };
        sending.send(unapply_credit(cmd), move |_| done.run(()));
    };
    view! {
        <Small sending send button=w::TAKE_OFF>
            <div class="form-row">
                <SelectField name="off-invoice" label=w::INVOICE value=invoice choices/>
                <Field name="off-reason" label=w::REASON value=reason error=sending.wrong("reason") required=true/>
            </div>
        </Small>
    }
}

#[component]
pub(super) fn RefundForm(
    credit: CustomerCreditId,
    store_id: StoreId,
    session_id: Option<TillSessionId>,
    left: Money,
    ways: Vec<Refundable>,
    done: Callback<()>,
) -> impl IntoView {
    // Cash comes out of a drawer.
    let here = |way: &Refundable| session_id.is_some() || way.kind.nature != TenderNature::Currency;
    let at_a_till = !ways.iter().all(here);
    let ways: Vec<Refundable> = ways.into_iter().filter(here).collect();
    let first = ways.first().map(|way| way.kind.code.clone()).unwrap_or_default();
    let (way, amount) = (RwSignal::new(first), RwSignal::new(left.to_string()));
    let (reference, reason, sending) = (text(), text(), Sending::new());
    let in_cash = |way: &&Refundable| way.kind.nature == TenderNature::Currency;
    let cash: Vec<String> = ways.iter().filter(in_cash).map(|way| way.kind.code.clone()).collect();
    let choices: Vec<Choice> = ways
        .into_iter()
        .map(|way| Choice::new(way.kind.code, format!("{}, {}", way.kind.label, w::at_most(way.left))))
        .collect();
    let send = move |()| {
        let typed = amount.get_untracked();
        let paid = Money::parse(&typed).unwrap_or_default();
        let tender = Tender { kind: way.get_untracked(), amount: paid, reference: reference.get_untracked() };
        let cmd = RefundCredit {
            command_id: sending.id(),
            store_id,
            // Only cash needs the drawer.
            session_id: session_id.filter(|_| way.with_untracked(|way| cash.contains(way))),
            credit_id: credit,
            amount: typed,
            tenders: vec![tender],
            reason: reason.get_untracked(),
        };
        sending.send(refund_credit(cmd), move |_| done.run(()));
    };
    view! {
        <Small sending send button=w::REFUND>
            {at_a_till.then(|| view! { <p class="soft">{w::CASH_BACK_AT_TILL}</p> })}
            <div class="form-row">
                <Field name="refund-amount" label=w::AMOUNT value=amount amount=true error=sending.wrong("amount")/>
                <SelectField name="refund-way" label=w::HOW value=way choices/>
            </div>
            <div class="form-row">
                <Field name="refund-reference" label=w::REFERENCE value=reference error=sending.wrong("reference") optional=true/>
                <Field name="refund-reason" label=w::REASON value=reason error=sending.wrong("reason") required=true/>
            </div>
        </Small>
    }
}

/// Where the check was that the bank sent back.
#[derive(Debug, Clone, Copy)]
pub(in crate::pages) enum CheckFor {
    Payment(CustomerCreditId),
    Receipt(SaleId),
}

#[component]
pub(in crate::pages) fn ReturnCheckForm(
    check: CheckFor,
    store_id: StoreId,
    /// What the store asks for it.
    usual_fee: Money,
    done: Callback<()>,
) -> impl IntoView {
    let usual = if usual_fee.is_positive() { usual_fee.to_string() } else { String::new() };
    let (fee, reason, sending) = (RwSignal::new(usual), text(), Sending::new());
    let hint = match check {
        CheckFor::Payment(_) => w::FEE_HINT,
        CheckFor::Receipt(_) => w::SALE_FEE_HINT,
    };
    let send = move |()| {
        let (command_id, fee, reason) = (sending.id(), fee.get_untracked(), reason.get_untracked());
        let told = move |_: AccountDone| done.run(());
        match check {
            CheckFor::Payment(credit_id) => {
                sending
                    .send(return_check(ReturnCheck { command_id, store_id, credit_id, fee, reason }), told);
            }
            CheckFor::Receipt(sale_id) => {
                let cmd = ReturnSaleCheck { command_id, store_id, sale_id, fee, reason };
                sending.send(return_sale_check(cmd), told);
            }
        }
    };
    view! {
        <Small sending send button=w::RECORD_RETURN>
            <div class="form-row">
                <Field name="check-fee" label=w::FEE value=fee hint amount=true error=sending.wrong("fee") optional=true/>
                <Field name="check-reason" label=w::REASON value=reason error=sending.wrong("reason") optional=true/>
            </div>
        </Small>
    }
}

/// Taking a credit memo or a write-off back.
#[component]
pub(super) fn ReverseForm(credit: CustomerCreditId, store_id: StoreId, done: Callback<()>) -> impl IntoView {
    let (reason, sending) = (text(), Sending::new());
    let send = move |()| {
        let reason = reason.get_untracked();
        let cmd = ReverseCredit { command_id: sending.id(), store_id, credit_id: credit, reason };
        sending.send(reverse_credit(cmd), move |_| done.run(()));
    };
    view! {
        <Small sending send button=w::REVERSE>
            <p class="soft">{w::REVERSE_HINT}</p>
            <Field name="reverse-reason" label=w::REASON value=reason error=sending.wrong("reason") required=true/>
        </Small>
    }
}

#[component]
pub(super) fn MemoForm(customer: CustomerId, store_id: StoreId, invoice: Option<InvoiceId>) -> impl IntoView {
    let (net, reason, sending) = (text(), text(), Sending::new());
    let send = move |()| {
        let cmd = IssueCreditMemo {
            command_id: sending.id(),
            store_id,
            customer_id: customer,
            invoice_id: invoice,
            net: net.get_untracked(),
            reason: reason.get_untracked(),
        };
        sending
            .send(issue_credit_memo(cmd), |done: AccountDone| go_to(&format!("/credits/{}", done.document)));
    };
    let hint = if invoice.is_some() { w::MEMO_HINT } else { "" };
    view! {
        <Small sending send button=w::ISSUE_MEMO>
            <div class="form-row">
                <Field name="memo-net" label=w::MEMO_NET value=net hint amount=true error=sending.wrong("net") required=true/>
                <Field name="memo-reason" label=w::REASON value=reason error=sending.wrong("reason") required=true/>
            </div>
        </Small>
    }
}

#[component]
pub(super) fn WriteOffForm(invoice: InvoiceId, store_id: StoreId, done: Callback<()>) -> impl IntoView {
    let (amount, reason, sending) = (text(), text(), Sending::new());
    let send = move |()| {
        let (amount, reason) = (amount.get_untracked(), reason.get_untracked());
        let cmd = WriteOff { command_id: sending.id(), store_id, invoice_id: invoice, amount, reason };
        sending.send(write_off(cmd), move |_| done.run(()));
    };
    view! {
        <Small sending send button=w::WRITE_OFF>
            <div class="form-row">
                <Field name="off-amount" label=w::AMOUNT value=amount hint=w::WRITE_OFF_HINT amount=true error=sending.wrong("amount") optional=true/>
                <Field name="off-why" label=w::REASON value=reason error=sending.wrong("reason") required=true/>
            </div>
        </Small>
    }
}

#[component]
pub(super) fn RecoverForm(
    credit: CustomerCreditId,
    store_id: StoreId,
    customer: CustomerId,
    left: Money,
) -> impl IntoView {
    let choices = LocalResource::new(move || account_payment_choices(customer));
    let (amount, reference) = (RwSignal::new(left.to_string()), text());
    let (way, sending) = (text(), Sending::new());
    move || match choices.get() {
        None => view! { <Skeleton count=2/> }.into_any(),
        Some(Err(error)) => view! { <Problem error/> }.into_any(),
        Some(Ok(there)) => {
            let session_id = there.session_id;
            let ways: Vec<Choice> =
                there.tender_kinds.into_iter().map(|kind| Choice::new(kind.code, kind.label)).collect();
            if way.with_untracked(String::is_empty) {
                way.set(ways.first().map(|first| first.value.clone()).unwrap_or_default());
            }
            let send = move |()| {
                let (kind, typed) = (way.get_untracked(), amount.get_untracked());
                let paid = Money::parse(&typed).unwrap_or_default();
                let cmd = RecoverWriteOff {
                    command_id: sending.id(),
                    store_id,
                    session_id,
                    credit_id: credit,
                    amount: typed,
                    tenders: vec![Tender { kind, amount: paid, reference: reference.get_untracked() }],
                };
                let shown = |done: AccountDone| go_to(&format!("/credits/{}", done.document));
                sending.send(recover_write_off(cmd), shown);
            };
            view! {
                {session_id.is_none().then(|| view! { <p class="soft">{w::CASH_AT_TILL}</p> })}
                <Small sending send button=w::RECORD_RECOVERY>
                    <div class="form-row">
                        <Field name="recovered" label=w::AMOUNT value=amount amount=true error=sending.wrong("amount")/>
                        <SelectField name="recovered-by" label=w::HOW value=way choices=ways/>
                        <Field name="recovered-reference" label=w::REFERENCE value=reference error=sending.wrong("reference") optional=true/>
                    </div>
                </Small>
            }
            .into_any()
        }
    }
}

/// A credit memo that is for no invoice: it lies on the account.
#[component]
pub fn NewMemoPage() -> impl IntoView {
    view! { <Area title=w::CREDIT_MEMO><NewMemo/></Area> }
}

#[component]
fn NewMemo() -> impl IntoView {
    let id = id_in_address::<CustomerId>();
    let choices =
        Resource::new(move || id.get(), |id| crate::pages::loading::known(id, account_payment_choices));
    crate::pages::loading::shown(choices, |there| {
        let customer = there.customer.id;
        let back = (format!("/customers/{customer}/account"), there.customer.name.clone());
        view! { <Page title=w::CREDIT_MEMO back><MemoForm customer store_id=there.store_id invoice=None/></Page> }.into_any()
    })
}
