//! Paying out: by the means that were used to pay, the newest first.

use super::approval::ApprovalDialog;
use super::expect_register;
use super::state::Stage;
use crate::api::sale::refundable;
use crate::pages::frame::Problem;
use crate::ui::{Amount, AmountSize, Button, ButtonKind, ButtonSize, Field, IconName, Skeleton};
use crate::words::{register as w, returns};
use domain::money::Money;
use domain::sale::{Refundable, Tender, TenderNature, propose};
use leptos::prelude::*;

#[component]
pub fn RefundPanel() -> impl IntoView {
    let register = expect_register();
    let due = register.total().negated().unwrap_or_default();
    let lines =
        register.returns.with_untracked(|back| back.iter().map(|back| back.line.line_id).collect::<Vec<_>>());
    let paid = LocalResource::new(move || refundable(lines.clone()));
    view! {
        <section class="tender" aria-label=returns::REFUND>
            <header class="tender-head">
                <div class="tender-left">
                    <span class="tender-left-name">{returns::TO_PAY_OUT}</span>
                    <Amount value=due size=AmountSize::Huge/>
                </div>
                <Button label=w::BACK_TO_TICKET kind=ButtonKind::Quiet icon=IconName::Back
                    on:click=move |_| { register.changed(); register.stage.set(Stage::Ticket); }/>
            </header>
            {move || register.sending.error.get().map(|error| view! { <Problem error/> })}
            {move || match paid.get() {
                None => view! { <Skeleton count=3/> }.into_any(),
                Some(Err(error)) => view! { <Problem error/> }.into_any(),
                Some(Ok(paid)) => view! { <Refunds due paid/> }.into_any(),
            }}
        </section>
        <ApprovalDialog/>
    }
}

#[component]
fn Refunds(due: Money, paid: Vec<Refundable>) -> impl IntoView {
    let register = expect_register();
    let proposed = propose(due, &paid);
    let rows: Vec<(Refundable, RwSignal<String>, RwSignal<String>)> = paid
        .into_iter()
        .map(|payment| {
            let part = proposed.iter().find(|tender| tender.kind == payment.kind.code);
            let amount = part.map(|tender| tender.amount.to_string()).unwrap_or_default();
            (payment, RwSignal::new(amount), RwSignal::new(String::new()))
        })
        .collect();
    let typed = StoredValue::new(rows.clone());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let tenders: Vec<Tender> = typed.with_value(|rows| {
            rows.iter()
                .filter_map(|(payment, amount, reference)| {
                    // What is no amount goes as zero, and the server says so.
                    let amount = amount.get_untracked();
                    let amount =
                        (!amount.trim().is_empty()).then(|| Money::parse(&amount).unwrap_or_default())?;
                    Some(Tender {
                        kind: payment.kind.code.clone(),
                        amount,
                        reference: reference.get_untracked(),
                    })
                })
                .collect()
        });
        // Sent again unchanged, it is the same command: it may have arrived.
        if register.tenders.with_untracked(|now| *now != tenders) {
            register.tenders.set(tenders);
            register.sending.changed();
        }
        register.complete();
    };
    view! {
        <form class="stack" novalidate=true on:submit=send>
            {rows.into_iter().map(|(payment, amount, reference)| {
                let card = payment.kind.nature == TenderNature::CardTerminal;
                let code = payment.kind.code.clone();
                view! {
                    <fieldset class="form-group">
                        <legend>{payment.kind.label.clone()}</legend>
                        <div class="form-row">
                            <Field name=format!("refund-{code}") label=returns::PAY_OUT value=amount amount=true hint=returns::at_most(payment.left) optional=true/>
                            {card.then(|| view! { <Field name=format!("reference-{code}") label=w::REFERENCE value=reference inputmode="numeric" maxlength=40_u32 optional=true/> })}
                        </div>
                    </fieldset>
                }
            }).collect_view()}
            <Button label=returns::COMPLETE kind=ButtonKind::Primary size=ButtonSize::Large wide=true submit=true pending=register.sending.pending/>
        </form>
    }
}
