//! Numbers by finger.

use super::icon::{Icon, IconName};
use leptos::prelude::*;

/// What is typed on a keypad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KeypadKind {
    /// Cents move in from the right; `00` saves taps.
    #[default]
    Amount,
    /// A PIN; the last corner clears.
    Pin,
}

/// A key that was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Digit(u8),
    DoubleZero,
    Back,
    Clear,
}

impl Key {
    /// Does to `digits` what the key says; what would be longer than `longest` changes nothing.
    pub fn press(self, digits: &mut String, longest: usize) {
        match self {
            Self::Digit(digit) if digits.len() < longest => digits.push(char::from(b'0' + digit.min(9))),
            Self::DoubleZero if digits.len() + 2 <= longest => digits.push_str("00"),
            Self::Digit(_) | Self::DoubleZero => {}
            Self::Back => {
                digits.pop();
            }
            Self::Clear => digits.clear(),
        }
    }
}

/// A large keypad for PINs and amounts. It emits keys and keeps nothing; [`Key::press`] applies one. A
/// field beside it lets a real keyboard do the same.
#[component]
pub fn Keypad(
    #[prop(optional)] kind: KeypadKind,
    #[prop(into)] on_key: Callback<Key>,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let digit = move |digit: u8| {
        view! {
            <button type="button" class="key" on:click=move |_| on_key.run(Key::Digit(digit))>{digit}</button>
        }
    };
    let corner = match kind {
        KeypadKind::Amount => view! {
            <button type="button" class="key" on:click=move |_| on_key.run(Key::DoubleZero)>"00"</button>
        }
        .into_any(),
        KeypadKind::Pin => view! {
            <button type="button" class="key key-word" on:click=move |_| on_key.run(Key::Clear)>"Clear"</button>
        }
        .into_any(),
    };
    view! {
        <fieldset class="keypad" aria-label="Keypad" disabled=move || disabled.get()>
            {(1..=9).map(digit).collect_view()}
            {corner}
            {digit(0)}
            <button type="button" class="key key-word" aria-label="Back" on:click=move |_| on_key.run(Key::Back)>
                <Icon name=IconName::Erase/>
            </button>
        </fieldset>
    }
}

/// How much of a PIN is typed, without showing it.
#[component]
pub fn PinDots(#[prop(into)] typed: Signal<usize>, #[prop(default = 4)] length: usize) -> impl IntoView {
    view! {
        <div class="pin-dots" role="status" aria-label=move || format!("{} of {length} digits", typed.get())>
            {(0..length)
                .map(|at| view! { <span class="pin-dot" class:pin-dot-typed=move || at < typed.get()></span> })
                .collect_view()}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::Key;

    #[test]
    fn keys_type() {
        let mut digits = String::new();
        for key in [Key::Digit(4), Key::DoubleZero, Key::Digit(7), Key::Back, Key::DoubleZero] {
            key.press(&mut digits, 4);
        }
        assert_eq!(digits, "400");
        Key::Clear.press(&mut digits, 4);
        assert_eq!(digits, "");
    }
}
