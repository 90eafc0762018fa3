//! The door: a PIN at a paired till, a password elsewhere. What is tapped before the page is alive counts.

use crate::api::session::{PairedTill, SignInWithPassword, SignInWithPin, load_sign_in};
use crate::error::AppError;
use crate::ui::{
    BrandMark, Button, ButtonKind, ButtonSize, Field, Key, Keypad, KeypadKind, Notice, NoticeKind, PinDots,
    Skeleton,
};
use crate::words::{common, sign_in as w};
use domain::ids::PersonId;
use leptos::prelude::*;
use leptos_meta::Title;

/// The longest PIN anybody can have.
const LONGEST_PIN: usize = 8;

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
    let signing_in = ServerAction::<SignInWithPin>::new();
    let chosen = RwSignal::new(till.people.first().map(|(id, _)| *id));
    let pin = RwSignal::new(String::new());
    let people = till.people;
    let typed = Callback::new(move |key: Key| pin.update(|pin| key.press(pin, LONGEST_PIN)));
    // A wrong PIN is typed again from the start.
    Effect::new(move |_| {
        if signing_in.value().get().is_some_and(|result| result.is_err()) {
            pin.set(String::new());
        }
    });
    view! {
        <Show when=move || !with_password.get() fallback=|| view! { <PasswordCard/> }>
            <section class="sign-in-card" aria-label=w::TITLE>
                {move || refusal(signing_in.value().get().and_then(Result::err))}
                <div class="people" role="group" aria-label=w::WHO>
                    {people.iter().map(|(id, name)| person(*id, name, chosen)).collect_view()}
                </div>
                <ActionForm action=signing_in attr:class="stack">
                    <input type="hidden" name="person_id" value=move || chosen.get().map(|id| id.to_string())/>
                    <PinDots typed=Signal::derive(move || pin.get().len())/>
                    <Field name="pin" label=w::PIN value=pin kind="password" inputmode="numeric" autocomplete="off" required=true/>
                    <Keypad kind=KeypadKind::Pin on_key=typed/>
                    <Button label=w::TITLE kind=ButtonKind::Primary size=ButtonSize::Large wide=true submit=true pending=signing_in.pending()/>
                </ActionForm>
                <Button label=w::WITH_PASSWORD kind=ButtonKind::Quiet wide=true on:click=move |_| with_password.set(true)/>
            </section>
        </Show>
    }
}

fn person(id: PersonId, name: &str, chosen: RwSignal<Option<PersonId>>) -> impl IntoView + use<> {
    let initials: String = name.split_whitespace().filter_map(|word| word.chars().next()).take(2).collect();
    let name = name.to_owned();
    view! {
        <button
            type="button"
            class="person"
            aria-pressed=move || (chosen.get() == Some(id)).to_string()
            on:click=move |_| chosen.set(Some(id))
        >
            <span class="initials" aria-hidden="true">{initials}</span>
            <span>{name}</span>
        </button>
    }
}
