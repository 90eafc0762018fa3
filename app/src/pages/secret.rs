//! Gifts that nobody should hear of before their day.

use super::sending::Sending;
use super::settings::Refused;
use super::when;
use crate::api::sale::set_secret;
use crate::ui::{Badge, Button, Field, IconName, Tone};
use crate::words::sales as w;
use chrono::NaiveDate;
use domain::ids::SaleId;
use domain::sale::SetSecret;
use leptos::prelude::*;

#[component]
pub fn SecretBadge(until: NaiveDate) -> impl IntoView {
    view! { <Badge tone=Tone::Held icon=IconName::Lock label=w::secret_until(&when::day(until))/> }
}

/// Keeps a sale secret until a day, or ends that.
#[component]
pub fn SecretForm(sale: SaleId, until: Option<NaiveDate>) -> impl IntoView {
    let known = RwSignal::new(until);
    let day = RwSignal::new(until.map(|day| day.to_string()).unwrap_or_default());
    let sending = Sending::new();
    let set = move |until: String| {
        let said = until.parse().ok();
        let cmd = SetSecret { command_id: sending.id(), sale_id: sale, until };
        sending.send(set_secret(cmd), move |()| {
            known.set(said);
            day.set(said.map(|day: NaiveDate| day.to_string()).unwrap_or_default());
        });
    };
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        set(day.get_untracked());
    };
    view! {
        <form class="form form-short secret" novalidate=true on:submit=send aria-label=w::SECRET>
            <Refused sending/>
            <div role="status">{move || known.get().map(|until| view! { <SecretBadge until/> })}</div>
            <Field name="until" label=w::SECRET_UNTIL hint=w::SECRET_HINT kind="date" value=day error=sending.wrong("until")/>
            <div class="row">
                <Button label=w::KEEP_SECRET icon=IconName::Lock submit=true pending=sending.pending/>
                {move || known.get().map(|_| view! {
                    <Button label=w::END_SECRET pending=sending.pending on:click=move |_| set(String::new())/>
                })}
            </div>
        </form>
    }
}
