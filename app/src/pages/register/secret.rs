//! A ticket that is a gift: nobody at home hears of it before its day.

use super::expect_register;
use crate::pages::secret::SecretBadge;
use crate::ui::{Button, ButtonKind, Dialog, Field, IconName};
use crate::words::sales as w;
use chrono::NaiveDate;
use domain::sale::secret_day;
use leptos::prelude::*;

/// The badge of a ticket that is to be a secret.
#[component]
pub fn TicketSecret() -> impl IntoView {
    let register = expect_register();
    move || {
        let until = register.secret_until.get().parse::<NaiveDate>().ok();
        until.map(|until| view! { <div class="ticket-warnings"><SecretBadge until/></div> })
    }
}

/// Asks until which day the ticket is a secret.
#[component]
pub fn SecretDialog() -> impl IntoView {
    let register = expect_register();
    let day = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        if register.choosing_secret.get() {
            day.set(register.secret_until.get_untracked());
            error.set(None);
        }
    });
    let put = move |until: String| {
        register.secret_until.set(until);
        register.sending.changed();
        register.choosing_secret.set(false);
    };
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let today = register.snapshot.with_untracked(|s| s.as_ref().map(|s| s.business_date));
        let Some(today) = today else { return };
        match secret_day(&day.get_untracked(), today) {
            Ok(until) => put(until.to_string()),
            Err(refused) => error.set(Some(refused.to_string())),
        }
    };
    view! {
        <Dialog id="secret" title=w::SECRET open=register.choosing_secret>
            <form class="stack" novalidate=true on:submit=send>
                <Field name="secret-until" label=w::SECRET_UNTIL hint=w::SECRET_HINT kind="date" value=day error required=true/>
                <div class="form-actions">
                    <Button label=w::NO_SECRET kind=ButtonKind::Quiet on:click=move |_| put(String::new())/>
                    <Button label=w::KEEP_SECRET kind=ButtonKind::Primary icon=IconName::Lock submit=true/>
                </div>
            </form>
        </Dialog>
    }
}
