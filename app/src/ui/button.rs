//! Buttons. What they say is a verb.

use super::icon::{Icon, IconName};
use leptos::prelude::*;

/// How much a button asks for attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ButtonKind {
    /// The one thing this screen is for; at most one in view.
    Primary,
    #[default]
    Secondary,
    /// Beside others, in rows and headers.
    Quiet,
    /// Takes something away that does not come back by itself.
    Danger,
}

/// How large a button is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ButtonSize {
    #[default]
    Normal,
    /// For the action a customer waits for.
    Large,
}

fn classes(kind: ButtonKind, size: ButtonSize, wide: bool, icon_only: bool) -> String {
    let mut classes = String::from(match kind {
        ButtonKind::Primary => "button button-primary",
        ButtonKind::Secondary => "button button-secondary",
        ButtonKind::Quiet => "button button-quiet",
        ButtonKind::Danger => "button button-danger",
    });
    for (holds, class) in
        [(size == ButtonSize::Large, " button-large"), (wide, " button-wide"), (icon_only, " button-icon")]
    {
        if holds {
            classes.push_str(class);
        }
    }
    classes
}

/// A button that does something here. Add `on:click` where it is used; inside a form give it
/// `submit=true`. While `pending`, it takes no second press and says that it is busy: nothing about
/// money is shown as done before the answer is there.
#[component]
pub fn Button(
    #[prop(into)] label: TextProp,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] size: ButtonSize,
    #[prop(optional, into)] icon: Option<IconName>,
    /// Shows the icon alone; the label is still read out.
    #[prop(optional)]
    icon_only: bool,
    #[prop(optional)] wide: bool,
    #[prop(optional)] submit: bool,
    #[prop(optional, into)] pending: Signal<bool>,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let hint = label.clone();
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=classes(kind, size, wide, icon_only)
            title=icon_only.then(|| hint.get())
            disabled=move || pending.get() || disabled.get()
            aria-busy=move || pending.get().then_some("true")
        >
            {icon.map(|name| view! { <Icon name/> })}
            <span class:unseen=icon_only>{move || label.get()}</span>
        </button>
    }
}

/// A link that looks like a button and gives a file to keep, by the name that the server says. The whole page is left
/// for it, so the router must not take the address for a page.
#[component]
pub fn FileButton(#[prop(into)] href: TextProp, #[prop(into)] label: TextProp) -> impl IntoView {
    view! {
        <a class=classes(ButtonKind::Secondary, ButtonSize::default(), false, false) href=move || href.get() rel="external" download="">
            <Icon name=IconName::Download/>
            <span>{move || label.get()}</span>
        </a>
    }
}

/// A link that looks like a button: it leads somewhere and changes nothing.
#[component]
pub fn LinkButton(
    #[prop(into)] href: TextProp,
    #[prop(into)] label: TextProp,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] size: ButtonSize,
    #[prop(optional, into)] icon: Option<IconName>,
    #[prop(optional)] wide: bool,
) -> impl IntoView {
    view! {
        <a class=classes(kind, size, wide, false) href=move || href.get()>
            {icon.map(|name| view! { <Icon name/> })}
            <span>{move || label.get()}</span>
        </a>
    }
}
