//! One's own password, PIN and sessions.

use super::frame::{Problem, Staff};
use super::sending::Sending;
use super::typed::Typed;
use crate::api::session::{SignOut, SignOutEverywhere};
use crate::api::settings::change_secrets;
use crate::ui::{Button, ButtonKind, Card, Field, IconName, Notice, NoticeKind, Page};
use crate::words::{common, me as w, settings};
use domain::person::ChangeSecrets;
use leptos::prelude::*;
use leptos_meta::Title;
use serde::{Deserialize, Serialize};

#[derive(Default, Serialize, Deserialize)]
struct Secrets {
    current_password: String,
    password: String,
    pin: String,
}

#[component]
pub fn MePage() -> impl IntoView {
    view! {
        <Title text=w::TITLE/>
        <Staff current="/me"><Page title=w::TITLE><Sessions/><SecretsForm/></Page></Staff>
    }
}

#[component]
fn Sessions() -> impl IntoView {
    let (here, everywhere) = (ServerAction::<SignOut>::new(), ServerAction::<SignOutEverywhere>::new());
    view! {
        <Card>
            <div class="stack">
                <ActionForm action=here><Button label=common::SIGN_OUT icon=IconName::Out submit=true/></ActionForm>
                <ActionForm action=everywhere>
                    <Button label=settings::SIGN_OUT_EVERYWHERE kind=ButtonKind::Quiet icon=IconName::Out submit=true/>
                </ActionForm>
            </div>
        </Card>
    }
}

#[component]
fn SecretsForm() -> impl IntoView {
    let typed = Typed::of(&Secrets::default());
    let saved = RwSignal::new(false);
    let saving = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        saved.set(false);
        let Secrets { current_password, password, pin } = typed.read();
        let cmd = ChangeSecrets { command_id: saving.id(), current_password, password, pin };
        saving.send(change_secrets(cmd), move |()| {
            for name in ["current_password", "password", "pin"] {
                typed.text(name).set(String::new());
            }
            saved.set(true);
        });
    };
    view! {
        <form class="form" method="post" novalidate=true on:submit=send>
            {move || saved.get().then(|| view! { <Notice kind=NoticeKind::Success>{w::SAVED}</Notice> })}
            {move || saving.error.get().map(|error| view! { <Problem error/> })}
            <fieldset class="form-group">
                <legend>{w::SECRETS}</legend>
                <Field name="current_password" label=w::CURRENT hint=w::CURRENT_HINT kind="password" autocomplete="current-password" value=typed.text("current_password") error=saving.wrong("current_password")/>
                <div class="form-row">
                    <Field name="password" label=w::NEW_PASSWORD kind="password" autocomplete="new-password" value=typed.text("password") error=saving.wrong("password") optional=true/>
                    <Field name="pin" label=w::NEW_PIN kind="password" inputmode="numeric" autocomplete="off" value=typed.text("pin") error=saving.wrong("pin") optional=true/>
                </div>
            </fieldset>
            <div class="form-actions"><Button label=settings::SAVE kind=ButtonKind::Primary submit=true pending=saving.pending/></div>
        </form>
    }
}
