//! An address that leads nowhere.

use crate::ui::{ButtonKind, EmptyState, IconName, LinkButton};
use crate::words::common as w;
use leptos::prelude::*;

#[component]
pub fn NotFound() -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(axum::http::StatusCode::NOT_FOUND);
    }
    view! {
        <main class="sign-in">
            <EmptyState icon=IconName::Search title=w::NOTHING_HERE text=w::PAGE_UNKNOWN>
                <LinkButton href="/register" label=w::TO_REGISTER kind=ButtonKind::Primary/>
            </EmptyState>
        </main>
    }
}
