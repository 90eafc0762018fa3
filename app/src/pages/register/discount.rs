//! Taking something off a line or the whole ticket, with a reason.

use super::expect_register;
use super::state::{DiscountTarget, Register};
use crate::ui::{Button, ButtonKind, Choice, Dialog, Field, SelectField};
use crate::words::common;
use crate::words::register as w;
use domain::money::Money;
use domain::rate::Rate;
use domain::sale::{Discount, DiscountKind, DiscountOff};
use leptos::prelude::*;

#[component]
pub fn DiscountDialog() -> impl IntoView {
    let register = expect_register();
    let open = RwSignal::new(false);
    let (kind, value, reason) = (
        RwSignal::new(DiscountKind::Percent.code().to_owned()),
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
    );
    let (value_error, reason_error) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    Effect::new(move |_| {
        let target = register.discounting.get();
        if target.is_some() {
            value.set(String::new());
            value_error.set(None);
            reason_error.set(None);
        }
        open.set(target.is_some());
    });
    let closed = Callback::new(move |()| register.discounting.set(None));
    let apply = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(target) = register.discounting.get_untracked() else { return };
        let off = read(&kind.get_untracked(), &value.get_untracked());
        value_error.set(off.as_ref().err().cloned());
        let why = reason.get_untracked();
        reason_error.set(why.trim().is_empty().then(|| domain::text::TextError::Missing.to_string()));
        let Ok(off) = off else { return };
        if why.trim().is_empty() {
            return;
        }
        let discount = Discount { off, reason: why.trim().to_owned() };
        match discount.off(price_of(register, target)) {
            Ok(_) => {
                put(register, target, Some(discount));
                register.discounting.set(None);
            }
            Err(error) => value_error.set(Some(error.to_string())),
        }
    };
    let take_off = move |_| {
        if let Some(target) = register.discounting.get_untracked() {
            put(register, target, None);
        }
        register.discounting.set(None);
    };
    let kinds: Vec<Choice> =
        DiscountKind::ALL.iter().map(|kind| Choice::new(kind.code(), kind.label())).collect();
    let reasons = move || {
        register.snapshot.with(|s| {
            let reasons = s.iter().flat_map(|s| s.policy.discount_reasons.clone());
            reasons.map(|reason| Choice::new(reason.clone(), reason)).collect::<Vec<_>>()
        })
    };
    view! {
        <Dialog id="discount" title=w::DISCOUNT open on_close=closed>
            <form class="stack" novalidate=true on:submit=apply>
                <SelectField name="discount-kind" label=w::KIND value=kind choices=kinds/>
                <Field name="discount-value" label=w::VALUE value=value amount=true error=value_error required=true/>
                {move || view! {
                    <SelectField name="discount-reason" label=common::REASON value=reason choices=reasons() none="" error=reason_error required=true/>
                }}
                <div class="form-actions">
                    <Button label=w::TAKE_OFF kind=ButtonKind::Quiet on:click=take_off/>
                    <Button label=w::APPLY kind=ButtonKind::Primary submit=true/>
                </div>
            </form>
        </Dialog>
    }
}

fn read(kind: &str, value: &str) -> Result<DiscountOff, String> {
    match kind.parse::<DiscountKind>().map_err(|e| e.to_string())? {
        DiscountKind::Percent => {
            Rate::parse_percent(value).map(DiscountOff::Percent).map_err(|e| e.to_string())
        }
        DiscountKind::Amount => Money::parse(value).map(DiscountOff::Amount).map_err(|e| e.to_string()),
        DiscountKind::NewPrice => Money::parse(value).map(DiscountOff::NewPrice).map_err(|e| e.to_string()),
    }
}

/// What the discount is taken from.
fn price_of(register: Register, target: DiscountTarget) -> Money {
    match target {
        DiscountTarget::Line(id) => register.lines.with_untracked(|lines| {
            lines.iter().find(|line| line.item.id == id).map_or(Money::ZERO, |line| line.item.price)
        }),
        DiscountTarget::Ticket => register.lines.with_untracked(|lines| {
            let after = |line: &super::state::Line| {
                let off =
                    line.discount.as_ref().and_then(|d| d.off(line.item.price).ok()).unwrap_or_default();
                line.item.price.minus(off).unwrap_or_default()
            };
            Money::sum(lines.iter().map(after)).unwrap_or_default()
        }),
    }
}

fn put(register: Register, target: DiscountTarget, discount: Option<Discount>) {
    match target {
        DiscountTarget::Ticket => register.discount.set(discount),
        DiscountTarget::Line(id) => register.lines.update(|lines| {
            if let Some(line) = lines.iter_mut().find(|line| line.item.id == id) {
                line.discount = discount;
            }
        }),
    }
    register.changed();
}
