//! Posting an entry by hand, and undoing one.

use super::files::{FilesToPost, to_send};
use super::lines::{LineRows, Rows};
use crate::api::books::{entry_choices, post_entry, reverse_entry};
use crate::client::go_to;
use crate::pages::frame::{Problem, Staff};
use crate::pages::paging::address;
use crate::pages::sending::Sending;
use crate::pages::settings::Refused;
use crate::ui::{Button, ButtonKind, Card, Field, Page, Skeleton};
use crate::words::{books as w, common, ledger};
use domain::ids::EntryId;
use domain::ledger::{EntryChoices, PostEntry, ReverseEntry, TypedEntry, TypedLine};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;

/// An address holds no longer entry.
const MOST_FILLED: usize = 20;

#[component]
pub fn NewEntryPage() -> impl IntoView {
    let choices = Resource::new(|| (), |()| entry_choices());
    view! {
        <Title text=w::POST_ENTRY/>
        <Staff current="/ledger">
            <Page title=w::POST_ENTRY lead=w::POST_LEAD back=("/ledger".to_owned(), ledger::TITLE.to_owned())>
                <Suspense fallback=|| view! { <Skeleton count=6/> }>
                    {move || Suspend::new(async move {
                        match choices.await {
                            Err(error) => view! { <Problem error/> }.into_any(),
                            Ok(choices) => view! { <EntryForm choices/> }.into_any(),
                        }
                    })}
                </Suspense>
            </Page>
        </Staff>
    }
}

#[component]
fn EntryForm(choices: EntryChoices) -> impl IntoView {
    let filled = filled_in(&use_query_map().get_untracked());
    let date = if filled.date.is_empty() { choices.today.to_string() } else { filled.date };
    let (date, memo, reverse_on) =
        (RwSignal::new(date), RwSignal::new(filled.memo), RwSignal::new(String::new()));
    let rows = Rows::of(&filled.lines, &choices);
    let files = RwSignal::new(Vec::new());
    let sending = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = TypedEntry {
            date: date.get_untracked(),
            memo: memo.get_untracked(),
            reverse_on: reverse_on.get_untracked(),
            lines: rows.read(),
        };
        let cmd = PostEntry { command_id: sending.id(), typed, files: to_send(files) };
        sending.send(post_entry(cmd), |event| go_to(&format!("/ledger/event/{event}")));
    };
    view! {
        <form class="form" novalidate=true on:submit=send>
            <Refused sending/>
            <fieldset class="form-group">
                <legend>{ledger::ENTRY}</legend>
                <Field name="memo" label=w::MEMO value=memo error=sending.wrong("memo")/>
                <div class="form-row">
                    <Field name="date" label=w::BUSINESS_DATE kind="date" value=date error=sending.wrong("date")/>
                    <Field name="reverse_on" label=w::REVERSE_ON kind="date" value=reverse_on hint=w::REVERSE_ON_HINT error=sending.wrong("reverse_on") optional=true/>
                </div>
            </fieldset>
            <LineRows rows choices sending/>
            <FilesToPost files sending/>
            <div class="form-actions">
                <Button label=w::POST kind=ButtonKind::Primary submit=true pending=sending.pending/>
            </div>
        </form>
    }
}

/// The address at which the form is filled in already: somebody looks at the entry and posts it.
#[must_use]
pub fn filled(entry: &TypedEntry) -> String {
    let line = |line: &TypedLine| {
        [&line.account, &line.store, &line.debit, &line.credit].map(String::as_str).join("|")
    };
    let lines: Vec<String> = entry.lines.iter().map(line).collect();
    let parts = [("memo", entry.memo.as_str()), ("date", &entry.date), ("lines", &lines.join(";"))];
    address("/ledger/entries/new", &parts)
}

/// What the address says of the entry, as far as it reads.
fn filled_in(query: &ParamsMap) -> TypedEntry {
    let line = |text: &str| {
        let mut parts = text.split('|').map(str::to_owned);
        let mut part = || parts.next().unwrap_or_default();
        TypedLine { account: part(), store: part(), debit: part(), credit: part() }
    };
    let text = |name: &str| query.get(name).unwrap_or_default();
    let lines =
        text("lines").split(';').filter(|text| !text.is_empty()).take(MOST_FILLED).map(line).collect();
    TypedEntry { memo: text("memo"), date: text("date"), lines, ..TypedEntry::default() }
}

/// Undoes one entry by hand.
#[component]
pub fn ReverseForm(entry: EntryId) -> impl IntoView {
    let (date, reason) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let sending = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let cmd = ReverseEntry {
            command_id: sending.id(),
            entry,
            date: date.get_untracked(),
            reason: reason.get_untracked(),
        };
        sending.send(reverse_entry(cmd), |event| go_to(&format!("/ledger/event/{event}")));
    };
    view! {
        <Card title=w::REVERSE_TITLE>
            <form class="form form-short" novalidate=true on:submit=send>
                <Refused sending/>
                <div class="form-row">
                    <Field name="reason" label=common::REASON value=reason error=sending.wrong("reason")/>
                    <Field name="date" label=w::BUSINESS_DATE kind="date" value=date hint=w::TODAY_HINT error=sending.wrong("date") optional=true/>
                </div>
                <div class="row">
                    <Button label=w::REVERSE kind=ButtonKind::Danger submit=true pending=sending.pending/>
                </div>
            </form>
        </Card>
    }
}
