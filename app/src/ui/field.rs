//! Fields of a form. Each names itself, says what is wrong beside itself, and works as a plain form
//! field before and without scripts.

use super::icon::{Icon, IconName};
use leptos::html;
use leptos::prelude::*;

/// The ids that tie a field's hint and error to it.
fn described_by(id: &str, hint: bool, error: bool) -> Option<String> {
    match (hint, error) {
        (true, true) => Some(format!("{id}-hint {id}-error")),
        (true, false) => Some(format!("{id}-hint")),
        (false, true) => Some(format!("{id}-error")),
        (false, false) => None,
    }
}

/// Label, control, hint and error, in that order.
#[component]
pub(super) fn Labeled(
    id: String,
    label: TextProp,
    optional: bool,
    hint: Option<TextProp>,
    error: Signal<Option<String>>,
    children: Children,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    view! {
        <div class="field">
            <label class="field-label" r#for=id>
                {move || label.get()}
                {optional.then(|| view! { " " <span class="field-optional">"optional"</span> })}
            </label>
            {children()}
            {hint.map(|hint| view! { <p class="field-hint" id=hint_id>{move || hint.get()}</p> })}
            <p class="field-error" id=error_id aria-live="polite">
                {move || error.get().map(|error| view! { <Icon name=IconName::Warning/> <span>{error}</span> })}
            </p>
        </div>
    }
}

/// One line of text. `value` and the field stay alike in both directions; what somebody typed or the
/// browser filled in before the page came alive is taken over, not wiped.
#[component]
pub fn Field(
    /// The form's name for it; also its id unless `id` is given.
    #[prop(into)]
    name: String,
    #[prop(into)] label: TextProp,
    value: RwSignal<String>,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] hint: Option<TextProp>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    /// `text`, `email`, `tel`, `password`, `date` and so on.
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(optional, into)] inputmode: Option<&'static str>,
    #[prop(optional, into)] autocomplete: Option<&'static str>,
    #[prop(optional, into)] placeholder: Option<&'static str>,
    #[prop(optional, into)] maxlength: Option<u32>,
    #[prop(optional)] required: bool,
    /// Says "optional" beside the label, where most fields are required.
    #[prop(optional)]
    optional: bool,
    /// An amount of money or another figure: at the end of the line, tabular, a decimal keyboard.
    #[prop(optional)]
    amount: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional)] node_ref: NodeRef<html::Input>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.clone());
    let initial = value.get_untracked();
    let hinted = hint.is_some();
    let described = {
        let id = id.clone();
        move || described_by(&id, hinted, error.get().is_some())
    };
    follow(value, move || node_ref.get(), |input| input.value(), |input, text| input.set_value(text));
    view! {
        <Labeled id=id.clone() label optional hint error>
            <input
                node_ref=node_ref
                class="input"
                class:input-amount=amount
                id=id
                name=name
                r#type=kind
                value=initial
                inputmode=inputmode.or(amount.then_some("decimal"))
                autocomplete=autocomplete.unwrap_or("off")
                placeholder=placeholder
                maxlength=maxlength.map(|longest| longest.to_string())
                required=required
                disabled=move || disabled.get()
                aria-invalid=move || error.get().map(|_| "true")
                aria-describedby=described
                on:input=move |event| value.set(event_target_value(&event))
            />
        </Labeled>
    }
}

/// Several lines of text.
#[component]
pub fn TextAreaField(
    #[prop(into)] name: String,
    #[prop(into)] label: TextProp,
    value: RwSignal<String>,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] hint: Option<TextProp>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(default = 3)] rows: u32,
    #[prop(optional, into)] maxlength: Option<u32>,
    #[prop(optional)] required: bool,
    #[prop(optional)] optional: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.clone());
    let initial = value.get_untracked();
    let hinted = hint.is_some();
    let described = {
        let id = id.clone();
        move || described_by(&id, hinted, error.get().is_some())
    };
    let area = NodeRef::<html::Textarea>::new();
    follow(value, move || area.get(), |area| area.value(), |area, text| area.set_value(text));
    view! {
        <Labeled id=id.clone() label optional hint error>
            <textarea
                node_ref=area
                class="input"
                id=id
                name=name
                rows=rows.to_string()
                maxlength=maxlength.map(|longest| longest.to_string())
                required=required
                disabled=move || disabled.get()
                aria-invalid=move || error.get().map(|_| "true")
                aria-describedby=described
                on:input=move |event| value.set(event_target_value(&event))
            >
                {initial}
            </textarea>
        </Labeled>
    }
}

/// One of the choices of a [`SelectField`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The code that is sent.
    pub value: String,
    /// What a person reads.
    pub label: String,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

/// One of a list that is too long for buttons and short enough to read.
#[component]
pub fn SelectField(
    #[prop(into)] name: String,
    #[prop(into)] label: TextProp,
    value: RwSignal<String>,
    choices: Vec<Choice>,
    /// What stands first and means nothing chosen; without it the first choice is taken.
    #[prop(optional, into)]
    none: Option<&'static str>,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] hint: Option<TextProp>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] required: bool,
    #[prop(optional)] optional: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.clone());
    let initial = value.get_untracked();
    let hinted = hint.is_some();
    let described = {
        let id = id.clone();
        move || described_by(&id, hinted, error.get().is_some())
    };
    let select = NodeRef::<html::Select>::new();
    follow(value, move || select.get(), |select| select.value(), |select, text| select.set_value(text));
    let options = none
        .map(|label| Choice::new("", label))
        .into_iter()
        .chain(choices)
        .map(|Choice { value, label }| {
            let selected = value == initial;
            view! { <option value=value selected=selected>{label}</option> }
        })
        .collect_view();
    view! {
        <Labeled id=id.clone() label optional hint error>
            <select
                node_ref=select
                class="input"
                id=id
                name=name
                required=required
                disabled=move || disabled.get()
                aria-invalid=move || error.get().map(|_| "true")
                aria-describedby=described
                on:change=move |event| value.set(event_target_value(&event))
            >
                {options}
            </select>
        </Labeled>
    }
}

/// Yes or no, as a tick. The label says what yes means.
#[component]
pub fn CheckField(
    #[prop(into)] name: String,
    #[prop(into)] label: TextProp,
    value: RwSignal<bool>,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] hint: Option<TextProp>,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.clone());
    let hint_id = format!("{id}-hint");
    let described = hint.is_some().then(|| hint_id.clone());
    let label_for = id.clone();
    let tick = NodeRef::<html::Input>::new();
    let initial = value.get_untracked();
    follow(value, move || tick.get(), |tick| tick.checked(), |tick, on| tick.set_checked(*on));
    view! {
        <div class="field">
            <label class="check" r#for=label_for>
                <input
                    node_ref=tick
                    r#type="checkbox"
                    id=id
                    name=name
                    value="true"
                    checked=initial
                    disabled=move || disabled.get()
                    aria-describedby=described
                    on:change=move |event| value.set(event_target_checked(&event))
                />
                <span>{move || label.get()}</span>
            </label>
            {hint.map(|hint| view! { <p class="field-hint" id=hint_id>{move || hint.get()}</p> })}
        </div>
    }
}

/// The search field of the frame, the register and lists: a form that also works without scripts. In the
/// frame, Ctrl or Cmd and K go to it (the page listens and focuses `node_ref`).
#[component]
pub fn FindField(
    #[prop(into)] label: TextProp,
    value: RwSignal<String>,
    /// Where the form goes when it is sent.
    #[prop(default = "/find")]
    action: &'static str,
    #[prop(default = "q")] name: &'static str,
    #[prop(optional)] large: bool,
    /// Shows the shortcut in the field, such as `Ctrl K`.
    #[prop(optional, into)]
    shortcut: Option<&'static str>,
    /// Called when the form is sent: a scanner ends with Enter. Without it the browser goes to `action`.
    #[prop(optional, into)]
    on_find: Option<Callback<String>>,
    #[prop(optional)] node_ref: NodeRef<html::Input>,
) -> impl IntoView {
    let initial = value.get_untracked();
    let (hint, landmark) = (label.clone(), label.clone());
    follow(value, move || node_ref.get(), |input| input.value(), |input, text| input.set_value(text));
    let sent = move |event: leptos::ev::SubmitEvent| {
        if let Some(on_find) = on_find {
            event.prevent_default();
            on_find.run(value.get_untracked());
        }
    };
    view! {
        <form
            class="find"
            class:find-large=large
            role="search"
            aria-label=move || landmark.get()
            method="get"
            action=action
            on:submit=sent
        >
            <Icon name=IconName::Search/>
            <input
                node_ref=node_ref
                class="input"
                r#type="search"
                name=name
                value=initial
                placeholder=move || hint.get()
                aria-label=move || label.get()
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                enterkeyhint="search"
                on:input=move |event| value.set(event_target_value(&event))
            />
            {shortcut.map(|keys| view! { <kbd class="find-key" aria-hidden="true">{keys}</kbd> })}
        </form>
    }
}

/// Keeps an element alike with its signal. The first time, what the element holds beyond the value it was
/// made with was typed or filled in before the page came alive: then the element wins.
fn follow<E: 'static, T: PartialEq + Clone + Send + Sync + 'static>(
    value: RwSignal<T>,
    element: impl Fn() -> Option<E> + 'static,
    read: fn(&E) -> T,
    write: fn(&E, &T),
) {
    let made_with = value.get_untracked();
    Effect::new(move |met: Option<bool>| {
        let wanted = value.get();
        let Some(element) = element() else { return false };
        let held = read(&element);
        if met != Some(true) && held != made_with {
            value.set(held);
        } else if held != wanted {
            write(&element, &wanted);
        }
        true
    });
}
