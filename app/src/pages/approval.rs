//! A manager who stands here answers for an exception with a PIN.

use crate::ui::{Choice, Field, SelectField};
use crate::words::{register as w, sign_in};
use domain::ids::PersonId;
use leptos::prelude::*;

/// Who approves, and their PIN.
#[component]
pub fn ApprovalFields(
    approvers: Vec<(PersonId, String)>,
    manager: RwSignal<String>,
    pin: RwSignal<String>,
    #[prop(into)] error: Signal<Option<String>>,
) -> impl IntoView {
    if manager.with_untracked(String::is_empty) {
        manager.set(approvers.first().map(|(id, _)| id.to_string()).unwrap_or_default());
    }
    let choices: Vec<Choice> =
        approvers.into_iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect();
    view! {
        <SelectField name="manager" label=w::MANAGER value=manager choices=choices/>
        <Field name="manager-pin" label=sign_in::PIN value=pin kind="password" inputmode="numeric" error=error required=true/>
    }
}
