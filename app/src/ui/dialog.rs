//! Things that stand before the page until they are answered or closed.

use super::button::{Button, ButtonKind};
use super::icon::IconName;
use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;

/// Something stands before the whole page, such as the lock: dialogs step back and come again after it.
#[derive(Debug, Clone, Copy)]
pub struct Covered(pub Signal<bool>);

/// A question or a short form that must be answered first. It is the browser's own modal dialog: it
/// keeps the focus inside, closes with Escape and gives the focus back to where it was.
#[component]
pub fn Dialog(
    /// Names the dialog's parts; unique on the page.
    id: &'static str,
    #[prop(into)] title: TextProp,
    open: RwSignal<bool>,
    #[prop(optional, into)] on_close: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    view! { <Modal id title open on_close class="dialog" children/> }
}

/// Slides over the page's end to look at one record without leaving the list behind it.
#[component]
pub fn SidePanel(
    /// Names the panel's parts; unique on the page.
    id: &'static str,
    #[prop(into)] title: TextProp,
    open: RwSignal<bool>,
    #[prop(optional, into)] on_close: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    view! { <Modal id title open on_close class="dialog dialog-side" children/> }
}

#[component]
fn Modal(
    id: &'static str,
    title: TextProp,
    open: RwSignal<bool>,
    on_close: Option<Callback<()>>,
    class: &'static str,
    children: Children,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    let covered = use_context::<Covered>();
    let is_covered = move || covered.is_some_and(|covered| covered.0.get());
    Effect::new(move |_| {
        let Some(dialog) = element.get() else { return };
        match (open.get() && !is_covered(), dialog.open()) {
            // It refuses only while it is not in the page, and then there is nothing to show.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let closed = move |_| {
        if untrack(is_covered) {
            return;
        }
        if open.get_untracked() {
            open.set(false);
        }
        if let Some(on_close) = on_close {
            on_close.run(());
        }
    };
    // A press that hits the dialog itself and nothing in it hit the veil around it.
    let veil_pressed = move |event: MouseEvent| {
        let pressed = event.target().map(leptos::wasm_bindgen::JsValue::from);
        let dialog = element.get_untracked().map(leptos::wasm_bindgen::JsValue::from);
        if pressed.is_some() && pressed == dialog {
            open.set(false);
        }
    };
    let title_id = format!("{id}-title");
    let labelled_by = title_id.clone();
    view! {
        <dialog
            node_ref=element
            id=id
            class=class
            aria-labelledby=labelled_by
            on:close=closed
            on:mousedown=veil_pressed
        >
            <header class="dialog-head">
                <h2 id=title_id>{move || title.get()}</h2>
                <Button
                    label="Close"
                    kind=ButtonKind::Quiet
                    icon=IconName::Close
                    icon_only=true
                    on:click=move |_| open.set(false)
                />
            </header>
            <div class="dialog-body">{children()}</div>
        </dialog>
    }
}
