//! One event: who did what, the document it made, and everything it posted.

use crate::api::ledger::load_event;
use crate::error::{AppError, ErrorKind};
use crate::pages::frame::{Problem, Staff};
use crate::pages::journal::EntryCard;
use crate::pages::when;
use crate::ui::{Card, EmptyState, IconName, LinkButton, Page, Skeleton};
use crate::words::{common, ledger as w};
use domain::event::{AuditLine, SubjectKind};
use domain::ledger::EventView;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

#[component]
pub fn EventPage() -> impl IntoView {
    view! { <Title text=w::ENTRY/> <Staff current="/ledger"><One/></Staff> }
}

#[component]
fn One() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").and_then(|id| id.parse().ok()));
    let found = Resource::new(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => load_event(id).await,
                None => Err(AppError::new(ErrorKind::NotFound, common::PAGE_UNKNOWN)),
            }
        },
    );
    view! {
        <Suspense fallback=|| view! { <Skeleton count=6/> }>
            {move || Suspend::new(async move {
                match found.await {
                    Err(error) => view! { <div class="page"><Problem error/></div> }.into_any(),
                    Ok(found) => shown(found).into_any(),
                }
            })}
        </Suspense>
    }
}

fn shown(found: EventView) -> impl IntoView {
    let EventView { event, entries, accounts } = found;
    let document = document(&event);
    let fact = |name: &'static str, value: Option<String>| {
        value.map(|value| view! { <div class="fact"><dt>{name}</dt><dd>{value}</dd></div> })
    };
    let nothing = entries.is_empty();
    view! {
        <Page
            title=event.kind.label()
            lead=format!("{} · {}", when::day(event.business_date), when::time(event.recorded_at))
            back=("/ledger/journal".to_owned(), w::JOURNAL.to_owned())
            actions=move || document.map(|(href, label)| view! { <LinkButton href label icon=IconName::Forward/> })
        >
            <Card>
                <dl class="facts">
                    {fact(w::WHAT, Some(event.summary))}
                    {fact(w::BY, event.actor)}
                    {fact(w::APPROVED_BY, event.approver)}
                    {fact(w::ABOUT, Some(event.subject.label().to_owned()))}
                </dl>
            </Card>
            {nothing.then(|| view! { <EmptyState icon=IconName::Ledger title=w::EMPTY text=w::NO_ENTRY/> })}
            {entries.into_iter().map(|entry| view! { <EntryCard entry accounts=accounts.clone()/> }).collect_view()}
        </Page>
    }
}

/// Where the thing is that an event is about, if it has a page.
fn document(event: &AuditLine) -> Option<(String, &'static str)> {
    let id = event.subject_id;
    match event.subject {
        SubjectKind::Sale => Some((format!("/sales/{id}"), w::OPEN_SALE)),
        SubjectKind::Item => Some((format!("/inventory/{id}"), w::OPEN_PIECE)),
        SubjectKind::Customer => Some((format!("/customers/{id}"), w::OPEN_CUSTOMER)),
        SubjectKind::TillSession => Some((format!("/till/sessions/{id}"), w::OPEN_TILL)),
        _ => None,
    }
}
