//! Who are you, and your PIN.

use super::sending::Sending;
use crate::ui::{
    Button, ButtonKind, ButtonSize, Field, Key, Keypad, KeypadKind, Notice, NoticeKind, PinDots,
};
use crate::words::sign_in as w;
use domain::ids::PersonId;
use leptos::prelude::*;

/// The longest PIN anybody can have.
const LONGEST_PIN: usize = 8;

/// The people of a till, the PIN, and the button; what the server refuses is said above.
#[component]
pub fn PinForm(
    people: Vec<(PersonId, String)>,
    /// Who was here last.
    #[prop(default = None)]
    last: Option<String>,
    sending: Sending,
    on_send: Callback<(PersonId, String)>,
) -> impl IntoView {
    let was_here = people.iter().find(|(_, name)| Some(name) == last.as_ref());
    let chosen = RwSignal::new(was_here.or(people.first()).map(|(id, _)| *id));
    let pin = RwSignal::new(String::new());
    let typed = Callback::new(move |key: Key| pin.update(|pin| key.press(pin, LONGEST_PIN)));
    // A wrong PIN is typed again from the start.
    Effect::new(move |_| {
        if sending.error.with(Option::is_some) {
            pin.set(String::new());
        }
    });
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(person) = chosen.get_untracked() {
            on_send.run((person, pin.get_untracked()));
        }
    };
    view! {
        <section class="sign-in-card" aria-label=w::TITLE>
            {move || sending.error.get().map(|error| view! { <Notice kind=NoticeKind::Error>{error.message}</Notice> })}
            <div class="people" role="group" aria-label=w::WHO>
                {people.iter().map(|(id, name)| person(*id, name, chosen)).collect_view()}
            </div>
            <form class="stack" method="post" novalidate=true on:submit=send>
                <PinDots typed=Signal::derive(move || pin.get().len())/>
                <Field name="pin" label=w::PIN value=pin kind="password" inputmode="numeric" autocomplete="off" required=true/>
                <Keypad kind=KeypadKind::Pin on_key=typed/>
                <Button label=w::TITLE kind=ButtonKind::Primary size=ButtonSize::Large wide=true submit=true pending=sending.pending/>
            </form>
        </section>
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
