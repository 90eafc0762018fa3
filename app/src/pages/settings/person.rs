//! One person: name, roles, password and PIN.

use super::Refused;
use crate::api::settings::{PeoplePage, load_people, save_person, sign_person_out};
use crate::client::go_to;
use crate::error::{AppError, ErrorKind};
use crate::pages::frame::{Problem, Staff};
use crate::pages::sending::Sending;
use crate::ui::{
    Button, ButtonKind, CheckField, Choice, Field, IconName, LinkButton, Notice, NoticeKind, Page,
    SelectField, Skeleton,
};
use crate::words::{common, me as me_words, settings as w};
use domain::ids::{PersonId, StoreId};
use domain::person::{Person, Role, SavePerson};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

#[component]
pub fn NewPersonPage() -> impl IntoView {
    view! { <PersonPage title=w::ADD_PERSON/> }
}

#[component]
pub fn EditPersonPage() -> impl IntoView {
    view! { <PersonPage title=w::EDIT_PERSON/> }
}

#[component]
fn PersonPage(title: &'static str) -> impl IntoView {
    let params = use_params_map();
    let asked = Memo::new(move |_| params.read().get("id"));
    let page = Resource::new(move || asked.get(), |_| load_people());
    view! {
        <Title text=title/>
        <Staff current="/settings">
            <Page title=title back=("/settings/people".to_owned(), w::PEOPLE.to_owned())>
                <Suspense fallback=|| view! { <Skeleton count=6/> }>
                    {move || Suspend::new(async move {
                        match page.await {
                            Err(error) => view! { <Problem error/> }.into_any(),
                            Ok(page) => form(page, asked.get_untracked()),
                        }
                    })}
                </Suspense>
            </Page>
        </Staff>
    }
}

fn form(page: PeoplePage, asked: Option<String>) -> AnyView {
    let id = asked.as_ref().and_then(|id| id.parse::<PersonId>().ok());
    let person = page.people.into_iter().find(|person| Some(person.id) == id);
    if asked.is_some() && person.is_none() {
        return view! { <Problem error=AppError::new(ErrorKind::NotFound, common::PAGE_UNKNOWN)/> }
            .into_any();
    }
    view! { <PersonForm person stores=page.stores me=page.me/> }.into_any()
}

#[component]
fn PersonForm(person: Option<Person>, stores: Vec<(StoreId, String)>, me: PersonId) -> impl IntoView {
    let id = person.as_ref().map(|person| person.id);
    let oneself = id == Some(me);
    let version = person.as_ref().map_or(0, |person| person.version);
    let name = RwSignal::new(person.as_ref().map(|person| person.name.clone()).unwrap_or_default());
    let login = RwSignal::new(person.as_ref().map(|person| person.login.clone()).unwrap_or_default());
    let (password, pin) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let active = RwSignal::new(person.as_ref().is_none_or(|person| person.active));
    let roles: Vec<(StoreId, String, RwSignal<String>)> = stores
        .into_iter()
        .map(|(store, name)| {
            let role = person.as_ref().and_then(|person| person.roles.get(&store));
            (store, name, RwSignal::new(role.map(|role| role.code().to_owned()).unwrap_or_default()))
        })
        .collect();
    let chosen = StoredValue::new(roles.iter().map(|(id, _, role)| (*id, *role)).collect::<Vec<_>>());
    let saving = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let roles = chosen.with_value(|roles| {
            roles.iter().map(|(id, role)| (*id, role.get_untracked().parse::<Role>().ok())).collect()
        });
        let cmd = SavePerson {
            command_id: saving.id(),
            person_id: id,
            version,
            name: name.get_untracked(),
            login: login.get_untracked(),
            active: active.get_untracked(),
            roles,
            password: password.get_untracked(),
            pin: pin.get_untracked(),
        };
        saving.send(save_person(cmd), |_| go_to("/settings/people"));
    };
    let choices = || Role::ALL.iter().map(|role| Choice::new(role.code(), role.label())).collect::<Vec<_>>();
    let keep = if id.is_some() { w::KEEP_HINT } else { "" };
    view! {
        <form class="form" method="post" novalidate=true on:submit=send>
            <Refused sending=saving/>
            <fieldset class="form-group">
                <legend>{w::PERSON}</legend>
                <div class="form-row">
                    <Field name="name" label=w::NAME value=name error=saving.wrong("name")/>
                    <Field name="login" label=w::LOGIN value=login error=saving.wrong("login")/>
                </div>
                {id.map(|_| view! { <CheckField name="active" label=w::WORKS_HERE value=active/> })}
            </fieldset>
            <fieldset class="form-group">
                <legend>{w::ROLES}</legend>
                {roles.into_iter().map(|(id, name, role)| view! {
                    <SelectField name=format!("role-{id}") label=name value=role choices=choices() none=w::NO_ROLE error=saving.wrong("roles")/>
                }).collect_view()}
            </fieldset>
            <fieldset class="form-group">
                <legend>{w::SECRETS}</legend>
                {oneself.then(|| view! { <p>{w::OWN_SECRETS} " " <a href="/me">{me_words::TITLE}</a></p> })}
                <div class="form-row" hidden=oneself>
                    <Field name="password" label=w::PASSWORD kind="password" autocomplete="new-password" hint=keep value=password error=saving.wrong("password") optional=true/>
                    <Field name="pin" label=w::PIN kind="password" inputmode="numeric" autocomplete="off" hint=keep value=pin error=saving.wrong("pin")/>
                </div>
            </fieldset>
            <div class="form-actions">
                <LinkButton href="/settings/people" label=common::CANCEL kind=ButtonKind::Quiet/>
                <Button label=w::SAVE kind=ButtonKind::Primary submit=true pending=saving.pending/>
            </div>
        </form>
        {id.map(|id| view! { <SignOutEverywhere id/> })}
    }
}

#[component]
fn SignOutEverywhere(id: PersonId) -> impl IntoView {
    let done = RwSignal::new(false);
    let sending = Sending::new();
    view! {
        {move || done.get().then(|| view! { <Notice kind=NoticeKind::Success>{w::SIGNED_OUT}</Notice> })}
        <Refused sending/>
        <div class="row">
            <Button label=w::SIGN_OUT_EVERYWHERE icon=IconName::Out pending=sending.pending
                on:click=move |_| sending.send(sign_person_out(id), move |()| done.set(true))/>
        </div>
    }
}
