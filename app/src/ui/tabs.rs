//! Views of one record that take turns.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// One tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab {
    /// Names the tab and its panel; unique on the page.
    pub id: &'static str,
    pub label: String,
    /// How many things wait behind it.
    pub count: Option<u64>,
}

/// Tabs over [`TabPanel`]s. Arrow keys, Home and End move between them. Where the choice should be part
/// of the address, use links with class `tab` and `aria-current` in a `<nav class="tabs">` instead.
#[component]
pub fn Tabs(
    #[prop(into)] label: TextProp,
    tabs: Vec<Tab>,
    selected: RwSignal<&'static str>,
) -> impl IntoView {
    let ids = StoredValue::new(tabs.iter().map(|tab| tab.id).collect::<Vec<_>>());
    let on_key = move |event: KeyboardEvent| {
        let key = event.key();
        if let Some(next) = ids.with_value(|ids| neighbor(ids, selected.get_untracked(), &key)) {
            event.prevent_default();
            selected.set(next);
            focus(&format!("tab-{next}"));
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=move || label.get() on:keydown=on_key>
            {tabs
                .into_iter()
                .map(|Tab { id, label, count }| view! {
                    <button
                        type="button"
                        class="tab"
                        role="tab"
                        id=format!("tab-{id}")
                        aria-controls=format!("panel-{id}")
                        aria-selected=move || (selected.get() == id).to_string()
                        tabindex=move || if selected.get() == id { "0" } else { "-1" }
                        on:click=move |_| selected.set(id)
                    >
                        {label}
                        {count.map(|count| view! { <span class="tab-count">{count}</span> })}
                    </button>
                })
                .collect_view()}
        </div>
    }
}

/// What a tab shows. It stays in the page while hidden, so that what was typed in it is kept.
#[component]
pub fn TabPanel(id: &'static str, selected: RwSignal<&'static str>, children: Children) -> impl IntoView {
    view! {
        <div
            class="tab-panel"
            role="tabpanel"
            id=format!("panel-{id}")
            aria-labelledby=format!("tab-{id}")
            hidden=move || selected.get() != id
        >
            {children()}
        </div>
    }
}

fn neighbor(ids: &[&'static str], current: &str, key: &str) -> Option<&'static str> {
    let at = ids.iter().position(|id| *id == current)?;
    let last = ids.len().checked_sub(1)?;
    let to = match key {
        "ArrowRight" if at == last => 0,
        "ArrowRight" => at + 1,
        "ArrowLeft" if at == 0 => last,
        "ArrowLeft" => at - 1,
        "Home" => 0,
        "End" => last,
        _ => return None,
    };
    ids.get(to).copied()
}

fn focus(id: &str) {
    use leptos::wasm_bindgen::JsCast;
    let element = document().get_element_by_id(id);
    if let Some(element) = element.and_then(|element| element.dyn_into::<leptos::web_sys::HtmlElement>().ok())
    {
        let _ = element.focus();
    }
}

#[cfg(test)]
mod tests {
    use super::neighbor;

    #[test]
    fn arrows_go_round() {
        let ids = ["one", "two", "three"];
        for (from, key, to) in [
            ("one", "ArrowRight", Some("two")),
            ("three", "ArrowRight", Some("one")),
            ("one", "ArrowLeft", Some("three")),
            ("two", "Home", Some("one")),
            ("two", "End", Some("three")),
            ("two", "a", None),
            ("gone", "End", None),
        ] {
            assert_eq!(neighbor(&ids, from, key), to, "{from} {key}");
        }
    }
}
