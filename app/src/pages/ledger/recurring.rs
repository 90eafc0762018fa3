//! What comes every month: what is due, and the forms about it.

use super::files::FilesCard;
use super::lines::{LineRows, Rows};
use crate::api::books::{post_due, recurring_entries, save_recurring};
use crate::client::{go_to, reload};
use crate::error::{AppError, ErrorKind};
use crate::pages::frame::{Problem, Staff};
use crate::pages::sending::Sending;
use crate::pages::settings::Refused;
use crate::pages::typed::Typed;
use crate::pages::when;
use crate::ui::{
    Amount, Badge, Button, ButtonKind, Card, CheckField, EmptyState, Field, IconName, LinkButton, Page,
    Skeleton, Table, Tone,
};
use crate::words::{books as w, common, ledger, settings};
use domain::attachment::AttachedTo;
use domain::ids::RecurringId;
use domain::ledger::{Due, EntryChoices, PostDue, Recurring, RecurringPage, SaveRecurring, TypedRecurring};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

#[component]
pub fn RecurringEntriesPage() -> impl IntoView {
    let page = Resource::new(|| (), |()| recurring_entries());
    view! {
        <Title text=w::RECURRING/>
        <Staff current="/ledger">
            <Page
                title=w::RECURRING
                lead=w::RECURRING_LEAD
                back=("/ledger".to_owned(), ledger::TITLE.to_owned())
                actions=|| view! { <LinkButton href="/ledger/recurring/new" label=w::ADD_RECURRING icon=IconName::Plus/> }
            >
                <Suspense fallback=|| view! { <Skeleton count=6/> }>
                    {move || Suspend::new(async move {
                        match page.await {
                            Err(error) => view! { <Problem error/> }.into_any(),
                            Ok(RecurringPage { recurring, due, .. }) => view! {
                                <DueCard due/>
                                <Card title=w::ALL_RECURRING flush=true>{listed(recurring)}</Card>
                            }.into_any(),
                        }
                    })}
                </Suspense>
            </Page>
        </Staff>
    }
}

#[component]
fn DueCard(due: Vec<Due>) -> impl IntoView {
    if due.is_empty() {
        return view! { <EmptyState icon=IconName::Check title=w::NOTHING_DUE text=w::NOTHING_DUE_TEXT/> }
            .into_any();
    }
    let rows = due.into_iter().map(|due| view! { <DueRow due/> }).collect_view();
    view! {
        <Card title=w::DUE flush=true>
            <Table label=w::DUE>
                <thead><tr><th>{w::MEMO}</th><th>{ledger::DATE}</th><th class="amount">{w::AMOUNT}</th><th><span class="unseen">{w::POST}</span></th></tr></thead>
                <tbody>{rows}</tbody>
            </Table>
        </Card>
    }
    .into_any()
}

/// One month to post: each press is a command of its own.
#[component]
fn DueRow(due: Due) -> impl IntoView {
    let Due { recurring, memo, date, amount } = due;
    let sending = Sending::new();
    let post = move |_| {
        let cmd = PostDue { command_id: sending.id(), recurring_id: recurring, month: date };
        sending.send(post_due(cmd), |_| reload());
    };
    let label = w::post_one(&memo, &when::day(date));
    view! {
        <tr>
            <td class="cell-main">{memo} <Refused sending/></td>
            <td data-label=ledger::DATE>{when::day(date)}</td>
            <td data-label=w::AMOUNT class="amount"><Amount value=amount/></td>
            <td class="cell-actions"><Button label kind=ButtonKind::Primary pending=sending.pending on:click=post/></td>
        </tr>
    }
}

fn listed(recurring: Vec<Recurring>) -> impl IntoView {
    let rows = recurring.into_iter().map(|one| {
        let until = one.to.map(when::day);
        view! {
            <tr class="row-opens">
                <td class="cell-main"><a href=format!("/ledger/recurring/{}", one.id)>{one.memo}</a></td>
                <td data-label=w::DAY>{one.day}</td>
                <td data-label=ledger::SINCE>{when::day(one.from)}</td>
                <td data-label=ledger::TO>{until}</td>
                <td data-label=settings::STATE>{(!one.active).then(|| view! { <Badge tone=Tone::Neutral icon=IconName::Close label=w::STOPPED/> })}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <Table label=w::ALL_RECURRING>
            <thead><tr><th>{w::MEMO}</th><th>{w::DAY}</th><th>{ledger::SINCE}</th><th>{ledger::TO}</th><th>{settings::STATE}</th></tr></thead>
            <tbody>{rows}</tbody>
        </Table>
    }
}

#[component]
pub fn NewRecurringPage() -> impl IntoView {
    view! { <OnePage title=w::ADD_RECURRING/> }
}

#[component]
pub fn EditRecurringPage() -> impl IntoView {
    view! { <OnePage title=w::RECURRING_ENTRY/> }
}

#[component]
fn OnePage(title: &'static str) -> impl IntoView {
    let params = use_params_map();
    let asked = Memo::new(move |_| params.read().get("id"));
    let page = Resource::new(move || asked.get(), |_| recurring_entries());
    view! {
        <Title text=title/>
        <Staff current="/ledger">
            <Page title=title back=("/ledger/recurring".to_owned(), w::RECURRING.to_owned())>
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

fn form(page: RecurringPage, asked: Option<String>) -> AnyView {
    let id = asked.as_ref().and_then(|id| id.parse::<RecurringId>().ok());
    let existing = page.recurring.into_iter().find(|one| Some(one.id) == id);
    if asked.is_some() && existing.is_none() {
        return view! { <Problem error=AppError::new(ErrorKind::NotFound, common::PAGE_UNKNOWN)/> }
            .into_any();
    }
    let to = existing.as_ref().map(|one| AttachedTo::Recurring(one.id));
    let files = page.files.into_iter().filter(|file| Some(file.to) == to).collect::<Vec<_>>();
    view! { <RecurringForm existing choices=page.choices/> <FilesCard files to/> }.into_any()
}

#[component]
fn RecurringForm(existing: Option<Recurring>, choices: EntryChoices) -> impl IntoView {
    let (id, version) = existing.as_ref().map_or((None, 0), |one| (Some(one.id), one.version));
    let was = existing.as_ref().map_or_else(
        || TypedRecurring { from: choices.today.to_string(), ..TypedRecurring::default() },
        TypedRecurring::from,
    );
    let rows = Rows::of(&was.lines, &choices);
    let typed = Typed::of(&was);
    let sending = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = TypedRecurring { lines: rows.read(), ..typed.read() };
        let cmd = SaveRecurring { command_id: sending.id(), recurring_id: id, version, typed };
        sending.send(save_recurring(cmd), |_| go_to("/ledger/recurring"));
    };
    view! {
        <form class="form" novalidate=true on:submit=send>
            <Refused sending/>
            <fieldset class="form-group">
                <legend>{w::RECURRING_ENTRY}</legend>
                <Field name="memo" label=w::MEMO value=typed.text("memo") error=sending.wrong("memo")/>
                <div class="form-row">
                    <Field name="day" label=w::DAY value=typed.text("day") hint=w::DAY_HINT error=sending.wrong("day") inputmode="numeric"/>
                    <Field name="from" label=ledger::SINCE kind="date" value=typed.text("from") error=sending.wrong("from")/>
                    <Field name="to" label=ledger::TO kind="date" value=typed.text("to") error=sending.wrong("to") optional=true/>
                </div>
                <CheckField name="active" label=w::ACTIVE value=typed.tick("active")/>
            </fieldset>
            <LineRows rows choices sending/>
            <div class="form-actions">
                <Button label=settings::SAVE kind=ButtonKind::Primary submit=true pending=sending.pending/>
            </div>
        </form>
    }
}
