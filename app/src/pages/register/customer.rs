//! Choosing who buys.

use super::expect_register;
use crate::api::customer::list_customers;
use crate::pages::customers::Vip;
use crate::ui::{Dialog, FindField};
use crate::words::register as w;
use domain::customer::Customer;
use leptos::prelude::*;

#[component]
pub fn CustomerDialog() -> impl IntoView {
    let register = expect_register();
    let typed = RwSignal::new(String::new());
    let found = RwSignal::new(None::<Vec<Customer>>);
    let ask = move |typed_now: String| {
        leptos::task::spawn_local(async move {
            match list_customers(typed_now).await {
                Ok(page) => found.set(Some(page.customers)),
                Err(error) => register.problem.set(Some(error)),
            }
        });
    };
    Effect::new(move |_| {
        if register.choosing_customer.get() {
            ask(typed.get());
        }
    });
    let choose = move |customer: Customer| {
        register.customer.set(Some(customer));
        register.changed();
        register.choosing_customer.set(false);
    };
    view! {
        <Dialog id="customer" title=w::CUSTOMER open=register.choosing_customer>
            <div class="stack">
                <FindField label=w::FIND_CUSTOMER value=typed on_find=Callback::new(ask)/>
                {move || found.get().map(|found| if found.is_empty() {
                    view! { <p class="soft">{w::NO_ONE_FOUND}</p> }.into_any()
                } else {
                    view! {
                        <ul class="hits">
                            {found.into_iter().take(8).map(|customer| {
                                let (name, number) = (customer.card.display_name(), customer.number.clone());
                                let (phone, vip) = (customer.card.phone.clone(), customer.card.vip);
                                view! {
                                    <li>
                                        <button type="button" class="hit" on:click=move |_| choose(customer.clone())>
                                            <span class="hit-words"><strong>{name}</strong> {vip.then(|| view! { <Vip/> })} <span class="soft small">{phone}</span></span>
                                            <span class="hit-end code">{number}</span>
                                        </button>
                                    </li>
                                }
                            }).collect_view()}
                        </ul>
                    }.into_any()
                })}
            </div>
        </Dialog>
    }
}
