//! Who are you, and your PIN.

use super::sending::Sending;
use crate::client::{in_a_field, listen_for_keys};
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
    // Nobody is chosen for somebody else: a wrong PIN would count against them.
    let was_here = people.iter().find(|(_, name)| Some(name) == last.as_ref() || people.len() == 1);
    let chosen = RwSignal::new(was_here.map(|(id, _)| *id));
    let nobody = RwSignal::new(false);
    let pin = RwSignal::new(String::new());
    let typed = Callback::new(move |key: Key| pin.update(|pin| key.press(pin, LONGEST_PIN)));
    // A wrong PIN is typed again from the start.
    Effect::new(move |_| {
        if sending.error.with(Option::is_some) {
            pin.set(String::new());
        }
    });
    // A keyboard types the PIN wherever the focus is; a touch screen keeps its keyboard down for the keypad.
    listen_for_keys(move |event| {
        if in_a_field(&event) || event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let key = event.key();
        match (key.as_str(), key.parse::<u8>()) {
            ("Backspace", _) => typed.run(Key::Back),
            (_, Ok(digit)) if key.len() == 1 => typed.run(Key::Digit(digit)),
            _ => {}
        }
    });
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        nobody.set(chosen.get_untracked().is_none());
        if let Some(person) = chosen.get_untracked() {
            on_send.run((person, pin.get_untracked()));
        }
    };
    view! {
        <section class="sign-in-card" aria-label=w::TITLE>
            {move || sending.error.get().map(|error| view! { <Notice kind=NoticeKind::Error>{error.message}</Notice> })}
            {move || (nobody.get() && chosen.get().is_none()).then(|| view! { <Notice kind=NoticeKind::Error>{w::CHOOSE}</Notice> })}
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
