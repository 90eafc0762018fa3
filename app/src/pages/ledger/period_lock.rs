//! The days through which the books are locked, and moving the lock.

use crate::api::books::{lock_period, period_locks, unlock_period};
use crate::client::reload;
use crate::pages::frame::{May, Problem, Staff};
use crate::pages::sending::Sending;
use crate::pages::settings::Refused;
use crate::pages::when;
use crate::ui::{Button, ButtonKind, Card, Field, Page, Skeleton};
use crate::words::{books as w, common, ledger};
use domain::ids::LegalEntityId;
use domain::ledger::{BooksOf, LockPeriod, UnlockPeriod};
use domain::person::Permission;
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn PeriodLockPage() -> impl IntoView {
    let locks = Resource::new(|| (), |()| period_locks());
    view! {
        <Title text=w::LOCK/>
        <Staff current="/ledger">
            <Page title=w::LOCK lead=w::LOCK_LEAD back=("/ledger".to_owned(), ledger::TITLE.to_owned())>
                <Suspense fallback=|| view! { <Skeleton count=4/> }>
                    {move || Suspend::new(async move {
                        match locks.await {
                            Err(error) => view! { <Problem error/> }.into_any(),
                            Ok(locks) => locks.into_iter().map(shown).collect_view().into_any(),
                        }
                    })}
                </Suspense>
            </Page>
        </Staff>
    }
}

fn shown(books: BooksOf) -> impl IntoView {
    let BooksOf { legal_entity, name, locked_through } = books;
    let state = locked_through.map_or_else(|| w::NOT_LOCKED.to_owned(), |day| w::locked(&when::day(day)));
    view! {
        <Card title=name>
            <div class="stack">
                <p>{state}</p>
                <May permission=Permission::LockPeriod><LockForm legal_entity/></May>
                {locked_through.map(|_| view! {
                    <May permission=Permission::UnlockPeriod><UnlockForm legal_entity/></May>
                })}
            </div>
        </Card>
    }
}

#[component]
fn LockForm(legal_entity: LegalEntityId) -> impl IntoView {
    let through = RwSignal::new(String::new());
    let sending = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let cmd = LockPeriod { command_id: sending.id(), legal_entity, through: through.get_untracked() };
        sending.send(lock_period(cmd), |()| reload());
    };
    view! {
        <form class="form form-short" novalidate=true on:submit=send>
            <Refused sending/>
            <Field name="through" id=format!("through-{legal_entity}") label=w::LOCK_THROUGH kind="date" value=through error=sending.wrong("through")/>
            <div class="row">
                <Button label=w::LOCK_BUTTON kind=ButtonKind::Primary submit=true pending=sending.pending/>
            </div>
        </form>
    }
}

#[component]
fn UnlockForm(legal_entity: LegalEntityId) -> impl IntoView {
    let (through, reason) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let sending = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let cmd = UnlockPeriod {
            command_id: sending.id(),
            legal_entity,
            through: through.get_untracked(),
            reason: reason.get_untracked(),
        };
        sending.send(unlock_period(cmd), |()| reload());
    };
    view! {
        <form class="form form-short" novalidate=true on:submit=send>
            <Refused sending/>
            <div class="form-row">
                <Field name="unlock_through" id=format!("unlock-{legal_entity}") label=w::STAYS_LOCKED kind="date" value=through hint=w::STAYS_LOCKED_HINT error=sending.wrong("unlock_through") optional=true/>
                <Field name="reason" id=format!("reason-{legal_entity}") label=common::REASON value=reason error=sending.wrong("reason")/>
            </div>
            <div class="row">
                <Button label=w::UNLOCK kind=ButtonKind::Danger submit=true pending=sending.pending/>
            </div>
        </form>
    }
}
