//! How much of goods that are alike goes on the ticket.

use super::expect_register;
use crate::error::AppError;
use crate::pages::inventory::{QuantityFields, typed_quantity};
use crate::pages::sending::Sending;
use crate::pages::typed::Typed;
use crate::ui::{Amount, Button, ButtonKind, Dialog};
use crate::words::register as w;
use domain::field::{FieldError, FieldReader};
use domain::item::{Portion, TypedQuantity, describe};
use domain::money::Money;
use leptos::prelude::*;

#[component]
pub fn QuantityDialog() -> impl IntoView {
    let register = expect_register();
    let open = RwSignal::new(false);
    // Each opening is a form of its own, with nothing in it from the one before.
    let asked = RwSignal::new(0_u32);
    Effect::new(move |_| {
        let some = register.measuring.with(Option::is_some);
        if some {
            asked.update(|asked| *asked += 1);
        }
        open.set(some);
    });
    let closed = Callback::new(move |()| register.measuring.set(None));
    view! {
        <Dialog id="quantity" title=w::QUANTITY open on_close=closed>
            {move || {
                asked.track();
                view! { <Ask/> }
            }}
        </Dialog>
    }
}

#[component]
fn Ask() -> impl IntoView {
    let register = expect_register();
    let Some(item) = register.measuring.get_untracked() else { return ().into_any() };
    let Some(lot) = item.lot else { return ().into_any() };
    let unit = lot.unit;
    let was = register.quantity_of(item.id).map(|quantity| typed_quantity(quantity, unit));
    let typed = Typed::of(&was.unwrap_or_default());
    let problems = Sending::new();
    let read = move |typed: &TypedQuantity| {
        let mut fields = FieldReader::default();
        let quantity = typed.read(unit, &mut fields);
        fields.finish(quantity)
    };
    let (name, there, unit_price) = (describe(&item.details), lot.on_hand.show(unit), item.price);
    let price = Signal::derive(move || {
        let quantity = read(&typed.get()).unwrap_or_default();
        Portion { unit, quantity, unit_price }.price().unwrap_or_default()
    });
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match read(&typed.read()) {
            Err(fields) => problems.error.set(Some(AppError::of_fields(fields))),
            Ok(quantity) => match lot.issue(Money::ZERO, quantity) {
                Err(refused) => {
                    let at = if unit.weighs() { "measure" } else { "pieces" };
                    problems.error.set(Some(AppError::of_fields(vec![FieldError::new(at, refused)])));
                }
                Ok(_) => {
                    register.measuring.set(None);
                    register.put(item.clone(), Some(quantity));
                }
            },
        }
    };
    view! {
        <form class="stack" novalidate=true on:submit=send>
            <p>{name} <span class="cell-sub">{w::there_is(&there)}</span></p>
            <QuantityFields of="asked" sold_by=Signal::stored(Some(unit)) quantity=typed saving=problems/>
            <div class="row row-spread"><span class="soft">{unit_price.to_string()} " " {unit.each()}</span> <Amount value=price/></div>
            <Button label=w::PUT_ON_TICKET kind=ButtonKind::Primary submit=true wide=true/>
        </form>
    }
    .into_any()
}
