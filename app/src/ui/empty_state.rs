//! Nothing here, and what to do about it.

use super::icon::{Icon, IconName};
use leptos::prelude::*;

/// An empty screen or list. The text says what to do next; children are the buttons for it.
#[component]
pub fn EmptyState(
    icon: IconName,
    #[prop(into)] title: TextProp,
    #[prop(into)] text: TextProp,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon name=icon large=true/>
            <h2>{move || title.get()}</h2>
            <p class="empty-text">{move || text.get()}</p>
            {children.map(|children| view! { <div class="button-row">{children()}</div> })}
        </div>
    }
}
