//! The field that opens the computer's files.

use super::field::Labeled;
use leptos::html;
use leptos::prelude::*;

/// Files to choose. They are handed on as soon as they are chosen; the same ones chosen again are handed on again, they
/// may have been mended.
#[component]
pub fn FileField(
    id: &'static str,
    #[prop(into)] label: TextProp,
    #[prop(into)] hint: TextProp,
    /// Endings and media types, as the browser takes them.
    accept: &'static str,
    #[prop(optional)] multiple: bool,
    #[prop(optional)] optional: bool,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(into)] busy: Signal<bool>,
    chosen: Callback<Vec<web_sys::File>>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let change = move |_| {
        let Some(input) = input.get_untracked() else { return };
        let Some(files) = input.files() else { return };
        let files: Vec<_> = (0..files.length()).filter_map(|at| files.item(at)).collect();
        input.set_value("");
        if !files.is_empty() {
            chosen.run(files);
        }
    };
    view! {
        <Labeled id=id.to_owned() label optional hint=Some(hint) error>
            <input
                node_ref=input
                class="input import-file"
                id=id
                r#type="file"
                accept=accept
                multiple=multiple
                disabled=move || busy.get()
                aria-invalid=move || error.get().map(|_| "true")
                aria-describedby=format!("{id}-hint {id}-error")
                on:change=change
            />
        </Labeled>
    }
}
