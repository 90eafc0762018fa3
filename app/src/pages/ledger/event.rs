//! One event: who did what, the document it made, and everything it posted.

use super::entry::ReverseForm;
use super::files::FilesCard;
use crate::api::ledger::load_event;
use crate::error::{AppError, ErrorKind};
use crate::pages::frame::{May, Problem, Staff};
use crate::pages::journal::EntryCard;
use crate::pages::when;
use crate::ui::{Card, EmptyState, IconName, LinkButton, Page, Skeleton};
use crate::words::{books, common, files as words_of_files, ledger as w};
use domain::attachment::AttachedTo;
use domain::event::{AuditLine, SubjectKind};
use domain::ledger::{Entry, EventView};
use domain::person::Permission;
use domain::series::entry_number;
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
    let EventView { event, entries, accounts, by_hand, files, entry_event } = found;
    let posted_by = entry_event.map(|id| (format!("/ledger/event/{id}"), words_of_files::OPEN_ENTRY));
    let document = document(&event).or(posted_by);
    let fact = |name: &'static str, value: Option<String>| {
        value.map(|value| view! { <div class="fact"><dt>{name}</dt><dd>{value}</dd></div> })
    };
    let nothing = entries.is_empty();
    // A reversal is posted with what it undoes, or by an event of its own; neither is undone again.
    let stands = by_hand.iter().find(|hand| {
        let reversal = |entry: &Entry| entry.header.id == hand.entry && entry.header.reverses.is_some();
        hand.reversed_by.is_none() && !entries.iter().any(reversal)
    });
    let reverse = stands.map(|hand| hand.entry);
    // Of an entry posted with its reversal, the first has the papers.
    let to = by_hand.first().map(|hand| AttachedTo::Entry(hand.entry));
    let undone = by_hand.iter().filter_map(|hand| Some((hand.number, hand.reversed_by?)));
    let undone = undone
        .map(|(number, by)| {
            let what = books::reversed(&entry_number(number));
            view! { <p><a href=format!("/ledger/event/{by}")>{what}</a></p> }
        })
        .collect_view();
    let (worked, recorded) = (event.business_date, event.recorded_at);
    let later = (recorded.date_naive() != worked).then(|| when::day(recorded.date_naive()));
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
                    {fact(books::RECORDED, later)}
                </dl>
            </Card>
            {nothing.then(|| view! { <EmptyState icon=IconName::Ledger title=w::EMPTY text=w::NO_ENTRY/> })}
            {entries.into_iter().map(|entry| view! { <EntryCard entry accounts=accounts.clone()/> }).collect_view()}
            {undone}
            <FilesCard files to/>
            {reverse.map(|entry| view! { <May permission=Permission::PostJournal><ReverseForm entry/></May> })}
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
