//! Choosing somebody from the book, as one types.

use super::Vip;
use crate::api::customer::list_customers;
use crate::error::AppError;
use crate::ui::FindField;
use crate::words::register as w;
use domain::customer::Customer;
use leptos::prelude::*;

#[component]
pub fn PickCustomer(
    /// Nothing is asked before it is open.
    open: RwSignal<bool>,
    on_pick: Callback<Customer>,
    on_problem: Callback<AppError>,
) -> impl IntoView {
    /// The next letter narrows it down.
    const SHOWN: usize = 8;
    let typed = RwSignal::new(String::new());
    let found = RwSignal::new(None::<Vec<Customer>>);
    let ask = move |typed_now: String| {
        leptos::task::spawn_local(async move {
            match list_customers(typed_now).await {
                Ok(page) => found.set(Some(page.customers)),
                Err(error) => on_problem.run(error),
            }
        });
    };
    Effect::new(move |_| {
        if open.get() {
            ask(typed.get());
        }
    });
    view! {
        <div class="stack">
            <FindField label=w::FIND_CUSTOMER value=typed on_find=Callback::new(ask)/>
            {move || found.get().map(|found| if found.is_empty() {
                view! { <p class="soft">{w::NO_ONE_FOUND}</p> }.into_any()
            } else {
                let hits = found.into_iter().take(SHOWN).map(|customer| view! { <Hit customer on_pick/> });
                view! { <ul class="hits">{hits.collect_view()}</ul> }.into_any()
            })}
        </div>
    }
}

#[component]
fn Hit(customer: Customer, on_pick: Callback<Customer>) -> impl IntoView {
    let (name, number) = (customer.card.display_name(), customer.number.clone());
    let (phone, vip) = (customer.card.phone.clone(), customer.card.vip);
    view! {
        <li>
            <button type="button" class="hit" on:click=move |_| on_pick.run(customer.clone())>
                <span class="hit-words"><strong>{name}</strong> {vip.then(|| view! { <Vip/> })} <span class="soft small">{phone}</span></span>
                <span class="hit-end code">{number}</span>
            </button>
        </li>
    }
}
