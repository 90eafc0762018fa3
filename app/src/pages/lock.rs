//! The screen asks for a PIN: nobody touched it for a while, or somebody else takes over. What was begun
//! on the page stays there.

use super::pin::PinForm;
use super::sending::Sending;
use crate::api::session::{PairedTill, load_sign_in, lock, switch_person};
use crate::client::{minutes_since, now};
use crate::error::AppError;
use crate::ui::{Button, ButtonKind, Notice, NoticeKind};
use crate::words::lock as w;
use leptos::ev;
use leptos::prelude::*;
use std::time::Duration;

/// How often it is asked whether anybody is there.
const LOOK_EVERY: Duration = Duration::from_secs(10);

/// Whether the screen waits for a PIN; in the context of every page with a frame.
#[derive(Debug, Clone, Copy)]
pub struct Locked(pub RwSignal<bool>);

/// Covers the page while it is locked. `on_switch` runs when another person has taken over.
#[component]
pub fn LockScreen(
    locked: Locked,
    /// Who is signed in.
    person: Signal<Option<String>>,
    idle_minutes: Signal<Option<u32>>,
    on_switch: Callback<()>,
) -> impl IntoView {
    let Locked(open) = locked;
    let door = RwSignal::new(None::<Result<Option<PairedTill>, AppError>>);
    let opening = Sending::new();
    let look = move || {
        door.set(None);
        leptos::task::spawn_local(async move {
            // Whoever loads the page again is asked all the same. Out of reach, the server locks by itself:
            // it has seen nobody either.
            drop(lock().await);
            door.set(Some(load_sign_in().await.map(|page| page.till)));
        });
    };
    Effect::new(move |_| {
        if open.get() {
            look();
        }
    });
    let screen = NodeRef::<leptos::html::Div>::new();
    // Whoever cannot see the page hears that it waits for a PIN.
    Effect::new(move |_| {
        if let Some(screen) = screen.get() {
            drop(screen.focus());
        }
    });
    lock_when_idle(open, idle_minutes);
    let send = Callback::new(move |(person, pin)| {
        opening.send(switch_person(person, pin), move |same| {
            open.set(false);
            if !same {
                on_switch.run(());
            }
        });
    });
    view! {
        <Show when=move || open.get()>
            <div class="lock" role="dialog" aria-modal="true" aria-label=w::TITLE tabindex="-1" node_ref=screen>
                <div class="sign-in">
                    <div class="sign-in-brand"><h2>{w::TITLE}</h2><p class="soft">{w::TEXT}</p></div>
                    {move || door.get().map(|door| match door {
                        Ok(Some(till)) => view! { <PinForm people=till.people last=person.get_untracked() sending=opening on_send=send/> }.into_any(),
                        Ok(None) => view! { <Notice kind=NoticeKind::Error>{w::NO_TILL}</Notice> }.into_any(),
                        Err(error) => view! {
                            <Notice kind=NoticeKind::Error>{error.message}</Notice>
                            <Button label=w::AGAIN kind=ButtonKind::Primary wide=true on:click=move |_| look()/>
                        }.into_any(),
                    })}
                    <a class="small" href="/sign-in">{w::OTHER}</a>
                </div>
            </div>
        </Show>
    }
}

/// Locks the till after so many minutes without a touch or a key.
fn lock_when_idle(open: RwSignal<bool>, idle_minutes: Signal<Option<u32>>) {
    let touched = StoredValue::new(0.0);
    Effect::new(move |_| {
        touched.set_value(now());
        let touch = move || touched.set_value(now());
        let pointer = window_event_listener(ev::pointerdown, move |_| touch());
        let key = window_event_listener(ev::keydown, move |_| touch());
        let look = set_interval_with_handle(
            move || {
                let Some(limit) = idle_minutes.get_untracked() else { return };
                if !open.get_untracked() && minutes_since(touched.get_value()) >= f64::from(limit) {
                    open.set(true);
                }
            },
            LOOK_EVERY,
        );
        on_cleanup(move || {
            pointer.remove();
            key.remove();
            if let Ok(look) = look {
                look.clear();
            }
        });
    });
}
