//! Taking something off a line or the whole ticket, with a reason.

use super::expect_register;
use super::state::{DiscountTarget, Register};
use crate::ui::{Button, ButtonKind, Choice, Dialog, Field, Notice, NoticeKind, SelectField};
use crate::words::common;
use crate::words::register as w;
use domain::money::Money;
use domain::rate::Rate;
use domain::sale::{Discount, DiscountKind, DiscountOff, PriceWithTax, TaxedPrice, price_with_tax};
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
    // What can be had instead of a total with tax that cannot.
    let nearest = RwSignal::new(Vec::<TaxedPrice>::new());
    let for_ticket = Memo::new(move |_| register.discounting.get() == Some(DiscountTarget::Ticket));
    Effect::new(move |_| {
        let target = register.discounting.get();
        if target.is_some() {
            value.set(String::new());
            value_error.set(None);
            reason_error.set(None);
            nearest.set(Vec::new());
        }
        if target != Some(DiscountTarget::Ticket) && kind.get_untracked() == DiscountKind::WithTax.code() {
            kind.set(DiscountKind::Percent.code().to_owned());
        }
        open.set(target.is_some());
    });
    // A typed total belongs to the answer below it.
    Effect::new(move |_| {
        value.track();
        kind.track();
        nearest.set(Vec::new());
    });
    let closed = Callback::new(move |()| register.discounting.set(None));
    let take = move |off: DiscountOff| {
        let Some(target) = register.discounting.get_untracked() else { return };
        let why = reason.get_untracked();
        reason_error.set(why.trim().is_empty().then(|| domain::text::TextError::Missing.to_string()));
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
    let apply = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let off = match read(register, &kind.get_untracked(), &value.get_untracked()) {
            Ok(Asked::Off(off)) => off,
            Ok(Asked::Choose(found)) => {
                value_error.set(None);
                nearest.set(found);
                return;
            }
            Err(error) => {
                value_error.set(Some(error));
                return;
            }
        };
        value_error.set(None);
        take(off);
    };
    let take_off = move |_| {
        if let Some(target) = register.discounting.get_untracked() {
            put(register, target, None);
        }
        register.discounting.set(None);
    };
    let kinds = move || {
        let offered =
            DiscountKind::ALL.iter().filter(|kind| for_ticket.get() || **kind != DiscountKind::WithTax);
        offered.map(|kind| Choice::new(kind.code(), kind.label())).collect::<Vec<_>>()
    };
    let reasons = move || {
        register.snapshot.with(|s| {
            let reasons = s.iter().flat_map(|s| s.policy.discount_reasons.clone());
            reasons.map(|reason| Choice::new(reason.clone(), reason)).collect::<Vec<_>>()
        })
    };
    view! {
        <Dialog id="discount" title=w::DISCOUNT open on_close=closed>
            <form class="stack" novalidate=true on:submit=apply>
                {move || view! { <SelectField name="discount-kind" label=w::KIND value=kind choices=kinds()/> }}
                <Field name="discount-value" label=w::VALUE value=value amount=true error=value_error required=true/>
                {move || view! {
                    <SelectField name="discount-reason" label=common::REASON value=reason choices=reasons() none="" error=reason_error required=true/>
                }}
                {move || (!nearest.with(Vec::is_empty)).then(|| view! {
                    <Notice kind=NoticeKind::Warning title=w::NOT_TO_BE_HAD>
                        <div class="button-row">
                            {nearest.get().into_iter().map(|found| view! {
                                <Button label=w::make_it(found.total) on:click=move |_| take(DiscountOff::NewPrice(found.price))/>
                            }).collect_view()}
                        </div>
                    </Notice>
                })}
                <div class="form-actions">
                    <Button label=w::TAKE_OFF kind=ButtonKind::Quiet on:click=take_off/>
                    <Button label=w::APPLY kind=ButtonKind::Primary submit=true/>
                </div>
            </form>
        </Dialog>
    }
}

/// What somebody asked for.
enum Asked {
    Off(DiscountOff),
    /// The total with tax cannot be had; these can.
    Choose(Vec<TaxedPrice>),
}

fn read(register: Register, kind: &str, value: &str) -> Result<Asked, String> {
    let amount = || Money::parse(value).map_err(|error| error.to_string());
    let off = match kind.parse::<DiscountKind>().map_err(|error| error.to_string())? {
        DiscountKind::Percent => {
            Rate::parse_percent(value).map(DiscountOff::Percent).map_err(|error| error.to_string())?
        }
        DiscountKind::Amount => DiscountOff::Amount(amount()?),
        DiscountKind::NewPrice => DiscountOff::NewPrice(amount()?),
        DiscountKind::WithTax => return with_tax(register, amount()?),
    };
    Ok(Asked::Off(off))
}

/// The ticket's price that comes to this total with tax.
fn with_tax(register: Register, target: Money) -> Result<Asked, String> {
    let (cart, taxes) = untrack(|| register.cart_and_taxes());
    match price_with_tax(&cart, &taxes, target).map_err(|error| error.to_string())? {
        PriceWithTax::Exactly(found) => Ok(Asked::Off(DiscountOff::NewPrice(found.price))),
        PriceWithTax::Nearest { below, above } => {
            Ok(Asked::Choose(std::iter::once(below).chain(above).collect()))
        }
        PriceWithTax::MoreThanTicket(total) => Err(w::more_than_ticket(total)),
    }
}

/// What the discount is taken from.
fn price_of(register: Register, target: DiscountTarget) -> Money {
    match target {
        DiscountTarget::Line(id) => register.lines.with_untracked(|lines| {
            lines.iter().find(|line| line.item.id == id).map_or(Money::ZERO, super::state::Line::price)
        }),
        DiscountTarget::Ticket => register.lines.with_untracked(|lines| {
            Money::sum(lines.iter().map(super::state::Line::net)).unwrap_or_default()
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
