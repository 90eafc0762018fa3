//! Choosing who buys.

use super::expect_register;
use crate::pages::customers::PickCustomer;
use crate::ui::Dialog;
use crate::words::register as w;
use domain::customer::Customer;
use leptos::prelude::*;

#[component]
pub fn CustomerDialog() -> impl IntoView {
    let register = expect_register();
    let choose = move |customer: Customer| {
        register.customer.set(Some(customer));
        register.changed();
        register.choosing_customer.set(false);
    };
    view! {
        <Dialog id="customer" title=w::CUSTOMER open=register.choosing_customer>
            <PickCustomer open=register.choosing_customer on_pick=Callback::new(choose)
                on_problem=Callback::new(move |error| register.problem.set(Some(error)))/>
        </Dialog>
    }
}
