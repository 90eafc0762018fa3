//! Taking the money: one panel for every way to pay.

use super::approval::ApprovalDialog;
use super::expect_register;
use super::standing::AgainstCharging;
use super::state::{Register, Stage};
use crate::pages::frame::Problem;
use crate::ui::{Amount, AmountSize, Button, ButtonKind, ButtonSize, Field, Icon, IconName, Key, Keypad};
use crate::words::register as w;
use domain::money::Money;
use domain::sale::{Tender, TenderKind, TenderNature};
use leptos::prelude::*;

/// More digits are no amount anybody hands over.
const LONGEST_AMOUNT: usize = 9;

#[component]
pub fn TenderPanel() -> impl IntoView {
    let register = expect_register();
    let kinds =
        register.snapshot.with_untracked(|s| s.as_ref().map(|s| s.tender_kinds.clone()).unwrap_or_default());
    let chosen = RwSignal::new(kinds.first().cloned());
    let digits = RwSignal::new(String::new());
    let reference = RwSignal::new(String::new());
    let completing = register.sending;
    let left = Memo::new(move |_| register.left_to_pay().unwrap_or_default());
    let change = Signal::derive(move || left.get().change);
    let entered = move || amount_of(&digits.get());
    let is_cash =
        move || chosen.with(|kind| kind.as_ref().is_some_and(|kind| kind.nature == TenderNature::Currency));
    let is_account =
        move || chosen.with(|kind| kind.as_ref().is_some_and(|kind| kind.nature == TenderNature::Account));
    let still_due = Signal::derive(move || if is_cash() { left.get().in_cash } else { left.get().exactly });
    let add = move |amount: Money| {
        let Some(kind) = chosen.get_untracked() else { return };
        let amount = if amount.is_zero() { still_due.get_untracked() } else { amount };
        if !amount.is_positive() {
            return;
        }
        let reference_now = reference.get_untracked();
        register.tenders.update(|tenders| {
            if kind.nature == TenderNature::Currency {
                tenders.retain(|tender| tender.kind != kind.code);
            }
            tenders.push(Tender { kind: kind.code.clone(), amount, reference: reference_now });
        });
        completing.changed();
        digits.set(String::new());
        reference.set(String::new());
    };
    let pressed = Callback::new(move |key: Key| digits.update(|digits| key.press(digits, LONGEST_AMOUNT)));
    let quick = move || quick_cash(left.get().in_cash);
    view! {
        <section class="tender" aria-label=w::PAYMENT>
            <header class="tender-head">
                <div class="tender-left">
                    <span class="tender-left-name">{w::LEFT_TO_PAY}</span>
                    <Amount value=still_due size=AmountSize::Huge/>
                    {move || (left.get().in_cash != left.get().exactly).then(|| view! {
                        <span class="soft small">
                            {if is_cash() { w::exactly(left.get().exactly) } else { w::in_cash(left.get().in_cash) }}
                        </span>
                    })}
                </div>
                <Button label=w::BACK_TO_TICKET kind=ButtonKind::Quiet icon=IconName::Back
                    on:click=move |_| { register.changed(); register.tenders.set(Vec::new()); register.stage.set(Stage::Ticket); }/>
            </header>
            {move || completing.error.get().map(|error| view! { <Problem error/> })}
            <div class="tender-body">
                <div class="stack">
                    <div class="tender-kinds" role="group" aria-label=w::HOW_PAID>
                        {kinds.into_iter().map(|kind| {
                            // Nobody is offered an account that they do not have.
                            let account = kind.nature == TenderNature::Account;
                            let kind = StoredValue::new(kind);
                            view! {
                                <Show when=move || !account || register.has_account()>{kind_button(kind.get_value(), chosen)}</Show>
                            }
                        }).collect_view()}
                    </div>
                    <Show when=is_account><AgainstCharging due=Signal::derive(move || left.get().exactly)/></Show>
                    <Entered register/>
                    <Show when=move || !is_cash() && !is_account()>
                        <Field name="reference" label=w::REFERENCE value=reference inputmode="numeric" maxlength=40_u32/>
                    </Show>
                </div>
                <div class="tender-entry">
                    <output class="keypad-display" aria-label=w::HANDED_OVER>{move || entered().to_string()}</output>
                    <Show when=is_cash>
                        <div class="quick-cash" role="group" aria-label=w::QUICK_CASH>
                            {move || quick().into_iter().map(|amount| view! {
                                <Button label=amount.to_string() on:click=move |_| add(amount)/>
                            }).collect_view()}
                        </div>
                    </Show>
                    <Keypad on_key=pressed/>
                    <Button label=w::ADD icon=IconName::Plus wide=true on:click=move |_| add(amount_of(&digits.get_untracked()))/>
                </div>
            </div>
            <footer class="tender-foot">
                <div class="tender-change"><span>{w::CHANGE_DUE}</span><Amount value=change size=AmountSize::Large/></div>
                <Button
                    label=w::COMPLETE kind=ButtonKind::Primary size=ButtonSize::Large wide=true
                    pending=completing.pending
                    disabled=Signal::derive(move || !left.get().settled)
                    on:click=move |_| register.complete()
                />
            </footer>
        </section>
        <ApprovalDialog/>
    }
}

fn kind_button(kind: TenderKind, chosen: RwSignal<Option<TenderKind>>) -> impl IntoView {
    let icon = match kind.nature {
        TenderNature::Currency => IconName::Cash,
        TenderNature::CardTerminal => IconName::Card,
        TenderNature::Check => IconName::CheckTender,
        TenderNature::StoredValue => IconName::StoredValue,
        TenderNature::Account => IconName::Ledger,
        TenderNature::BankTransfer => IconName::Sync,
    };
    let (code, label) = (kind.code.clone(), kind.label.clone());
    let pressed = move || chosen.with(|now| now.as_ref().is_some_and(|now| now.code == code)).to_string();
    view! {
        <button type="button" class="tender-kind" aria-pressed=pressed on:click=move |_| chosen.set(Some(kind.clone()))>
            <Icon name=icon/>
            <span>{label}</span>
        </button>
    }
}

#[component]
fn Entered(register: Register) -> impl IntoView {
    let label = move |code: &str| {
        register.snapshot.with(|s| {
            let kinds = s.iter().flat_map(|s| &s.tender_kinds);
            kinds
                .into_iter()
                .find(|kind| kind.code == code)
                .map_or_else(String::new, |kind| kind.label.clone())
        })
    };
    let remove = move |at: usize| {
        register.tenders.update(|tenders| {
            if at < tenders.len() {
                tenders.remove(at);
            }
        });
        register.sending.changed();
    };
    view! {
        <ul class="tender-list" aria-label=w::ENTERED>
            {move || register.tenders.get().into_iter().enumerate().map(|(at, tender)| view! {
                <li class="tender-item">
                    <Icon name=IconName::Check/>
                    <span>{label(&tender.kind)} " " <span class="code soft">{tender.reference}</span></span>
                    <Amount value=tender.amount/>
                    <Button label=w::REMOVE kind=ButtonKind::Quiet icon=IconName::Close icon_only=true on:click=move |_| remove(at)/>
                </li>
            }).collect_view()}
        </ul>
    }
}

/// The digits of the keypad as an amount: cents move in from the right.
fn amount_of(digits: &str) -> Money {
    Money::from_minor(digits.parse().unwrap_or(0))
}

/// The exact amount and the notes a customer is likely to hand over for it.
fn quick_cash(due: Money) -> Vec<Money> {
    let mut amounts = vec![due];
    for note in [100, 500, 1_000, 2_000, 5_000, 10_000] {
        let notes = (due.minor() + note - 1) / note;
        amounts.push(Money::from_minor(notes * note));
    }
    amounts.retain(|amount| amount.is_positive());
    amounts.sort_unstable();
    amounts.dedup();
    amounts.truncate(4);
    amounts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_a_customer_hands_over() {
        let quick =
            |due: &str| quick_cash(due.parse().unwrap()).iter().map(Money::to_string).collect::<Vec<_>>();
        assert_eq!(quick("794.69"), ["794.69", "795.00", "800.00"]);
        assert_eq!(quick("20.00"), ["20.00", "50.00", "100.00"]);
        assert!(quick("0").is_empty());
    }
}
