//! What happened, said once and calmly.

use super::icon::{Icon, IconName};
use leptos::prelude::*;

/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NoticeKind {
    #[default]
    Info,
    Success,
    Warning,
    Error,
}

/// A message inside the page. An error says what happened, that nothing was lost, and what to do; its
/// reference lets support find it. Errors are read out at once, the others when there is a pause.
#[component]
pub fn Notice(
    #[prop(optional)] kind: NoticeKind,
    #[prop(optional, into)] title: Option<TextProp>,
    #[prop(optional, into)] reference: Signal<Option<String>>,
    children: Children,
) -> impl IntoView {
    let (class, icon, role) = match kind {
        NoticeKind::Info => ("notice", IconName::Info, "status"),
        NoticeKind::Success => ("notice notice-success", IconName::Check, "status"),
        NoticeKind::Warning => ("notice notice-warning", IconName::Warning, "status"),
        NoticeKind::Error => ("notice notice-error", IconName::Warning, "alert"),
    };
    view! {
        <div class=class role=role>
            <Icon name=icon/>
            <div class="notice-body">
                {title.map(|title| view! { <p class="notice-title">{move || title.get()}</p> })}
                <div>{children()}</div>
                {move || reference.get().map(|reference| view! {
                    <p class="small soft">"Reference " <span class="code">{reference}</span></p>
                })}
            </div>
        </div>
    }
}
