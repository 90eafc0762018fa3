//! The door: a PIN at a paired till, a password elsewhere. What is tapped before the page is alive counts.

use super::pin::PinForm;
use super::sending::Sending;
use crate::api::session::{PairedTill, SignInWithPassword, load_sign_in, switch_person};
use crate::client::go_to;
use crate::error::AppError;
use crate::ui::{BrandMark, Button, ButtonKind, ButtonSize, Field, Notice, NoticeKind, Skeleton};
use crate::words::{common, sign_in as w};
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn SignInPage() -> impl IntoView {
    let page = Resource::new_blocking(|| (), |()| load_sign_in());
    view! {
        <Title text=w::TITLE/>
        <main class="sign-in">
            <Suspense fallback=|| view! { <Skeleton/> }>
                {move || Suspend::new(async move {
                    let page = page.await.unwrap_or_default();
                    let place = page.till.as_ref().map(|till| format!("{}, {}", till.store.name, till.till));
                    view! {
                        <div class="sign-in-brand">
                            <BrandMark/>
                            <h1>{page.organization}</h1>
                            <p class="soft">{place.unwrap_or_else(|| w::NOT_PAIRED.to_owned())}</p>
                            {page.demo.then(|| view! { <p class="soft small">{common::DEMO}</p> })}
                        </div>
                        {match page.till.filter(|till| !till.people.is_empty()) {
                            Some(till) => view! { <PinCard till/> }.into_any(),
                            None => view! { <PasswordCard/> }.into_any(),
                        }}
                    }
                })}
            </Suspense>
        </main>
    }
}

fn refusal(error: Option<AppError>) -> impl IntoView {
    error.map(|error| view! { <Notice kind=NoticeKind::Error>{error.message}</Notice> })
}

#[component]
fn PasswordCard() -> impl IntoView {
    let signing_in = ServerAction::<SignInWithPassword>::new();
    let (login, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    view! {
        <section class="sign-in-card" aria-label=w::TITLE>
            {move || refusal(signing_in.value().get().and_then(Result::err))}
            <ActionForm action=signing_in attr:class="stack">
                <Field name="login" label=w::LOGIN value=login autocomplete="username" required=true/>
                <Field name="password" label=w::PASSWORD value=password kind="password" autocomplete="current-password" required=true/>
                <Button label=w::TITLE kind=ButtonKind::Primary size=ButtonSize::Large wide=true submit=true pending=signing_in.pending()/>
            </ActionForm>
        </section>
    }
}

#[component]
fn PinCard(till: PairedTill) -> impl IntoView {
    let with_password = RwSignal::new(false);
    let signing_in = Sending::new();
    let send = Callback::new(move |(person, pin)| {
        signing_in.send(switch_person(person, pin), |_| go_to("/register"));
    });
    let people = StoredValue::new(till.people);
    view! {
        <Show when=move || !with_password.get() fallback=|| view! { <PasswordCard/> }>
            <PinForm people=people.get_value() sending=signing_in on_send=send/>
            <Button label=w::WITH_PASSWORD kind=ButtonKind::Quiet wide=true on:click=move |_| with_password.set(true)/>
        </Show>
    }
}
