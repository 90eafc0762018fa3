//! What is known about collecting from a customer, and what can be done about it.

use super::collect_dialog::{Doing, Work};
use crate::pages::when;
use crate::ui::{Badge, Button, ButtonKind, Card, Icon, IconName, Tone};
use crate::words::collect as w;
use domain::receivable::collect::{
    CollectionSheet, ContactKind, ContactLine, DisputeLine, InvoiceNamed, PauseLine, PromiseLine,
    PromiseState,
};
use leptos::prelude::*;

/// So many notes are read without asking for more.
const NOTES_AT_ONCE: usize = 3;

/// Whether there is anything to collect, or was.
pub(super) fn concerns(sheet: &CollectionSheet) -> bool {
    sheet.owed.is_positive()
        || !(sheet.notes.is_empty() && sheet.promises.is_empty() && sheet.disputes.is_empty())
}

/// The invoices that the customer may still object to.
pub(super) fn undisputed(sheet: &CollectionSheet) -> Vec<InvoiceNamed> {
    let disputed = |id| sheet.disputes.iter().any(|one| one.invoice_id == id && one.settled.is_none());
    sheet.invoices.iter().filter(|one| !disputed(one.id)).cloned().collect()
}

#[component]
pub(super) fn CollectingCard(sheet: CollectionSheet, work: Work) -> impl IntoView {
    let kept = sheet.kept;
    let whose = sheet.collector.name.clone().unwrap_or_else(|| w::NOBODY.to_owned());
    let again = sheet.notes.first().and_then(|note| note.follow_up_on);
    let whole = sheet.clone();
    let begin = Callback::new(move |doing| work.begin(doing, whole.clone()));
    let ways = ways(&sheet, begin);
    let CollectionSheet { mut notes, promises, disputes, pauses, .. } = sheet;
    let nothing = notes.is_empty() && promises.is_empty() && disputes.is_empty() && pauses.is_empty();
    let pauses: Vec<_> = pauses.into_iter().map(|pause| pause_entry(pause, begin)).collect();
    let (standing, past): (Vec<_>, Vec<_>) = promises.into_iter().partition(stands);
    let promises = entries(standing, past, |promise| promise_entry(promise, begin));
    let (open, settled): (Vec<_>, Vec<_>) = disputes.into_iter().partition(|one| one.settled.is_none());
    let disputes = entries(open, settled, |dispute| dispute_entry(dispute, begin));
    let before = notes.split_off(notes.len().min(NOTES_AT_ONCE));
    let notes = entries(notes, before, note_entry);
    view! {
        <Card title=w::COLLECTING>
            <div class="stack">
                <div class="button-row">{ways}</div>
                <dl class="facts">
                    <div class="fact"><dt>{w::LOOKED_AFTER}</dt><dd>{whose}</dd></div>
                    {again.map(|day| view! { <div class="fact"><dt>{w::LOOKS_AGAIN}</dt><dd>{when::day(day)}</dd></div> })}
                    <div class="fact"><dt>{w::KEPT}</dt><dd>{w::kept_in_full(kept)}</dd></div>
                </dl>
                {nothing.then(|| view! { <p class="soft">{w::NOTHING_YET}</p> })}
                {section(w::PAUSES, (pauses, Vec::new()))}
                {section(w::PROMISES, promises)}
                {section(w::DISPUTES, disputes)}
                {section(w::NOTES, notes)}
            </div>
        </Card>
    }
}

/// What can be done. Another way to reach a customer is one more here.
fn ways(sheet: &CollectionSheet, begin: Callback<Doing>) -> Vec<AnyView> {
    let owes = sheet.owed.is_positive();
    let ways = [
        (true, w::WRITE_NOTE, IconName::Edit, Doing::Note),
        (owes, w::ADD_PROMISE, IconName::Cash, Doing::Promise),
        (!undisputed(sheet).is_empty(), w::DISPUTE, IconName::Info, Doing::Dispute),
        (owes, w::PAUSE, IconName::Clock, Doing::Pause),
        (true, w::ASSIGN, IconName::User, Doing::Assign),
    ];
    ways.into_iter()
        .filter(|(possible, ..)| *possible)
        .map(|(_, label, icon, doing)| {
            view! { <Button label icon on:click=move |_| begin.run(doing.clone())/> }.into_any()
        })
        .collect()
}

/// Whether a promise still says something: it is open, or was broken.
fn stands(promise: &PromiseLine) -> bool {
    matches!(promise.state, PromiseState::Open | PromiseState::Broken)
}

/// What counts now, and what came before it.
type Entries = (Vec<AnyView>, Vec<AnyView>);

fn entries<T>(now: Vec<T>, before: Vec<T>, entry: impl Fn(T) -> AnyView) -> Entries {
    (now.into_iter().map(&entry).collect(), before.into_iter().map(&entry).collect())
}

fn section(title: &'static str, (now, before): Entries) -> Option<impl IntoView> {
    (!now.is_empty() || !before.is_empty()).then(|| {
        let earlier = (!before.is_empty()).then(|| {
            view! {
                <details class="earlier">
                    <summary>{w::earlier(before.len())}</summary>
                    <div class="history">{before}</div>
                </details>
            }
        });
        view! {
            <section aria-label=title>
                <h3>{title}</h3>
                <div class="history">{now}</div>
                {earlier}
            </section>
        }
    })
}

/// One line of what is known: what it is, and what can be done with it.
fn entry(
    icon: IconName,
    words: impl IntoView + 'static,
    under: String,
    end: impl IntoView + 'static,
) -> AnyView {
    view! {
        <div class="history-entry">
            <Icon name=icon/>
            <div>{words} <p class="soft small">{under}</p></div>
            <div class="row">{end}</div>
        </div>
    }
    .into_any()
}

fn act(label: &'static str, doing: Doing, begin: Callback<Doing>) -> impl IntoView {
    view! { <Button label kind=ButtonKind::Quiet on:click=move |_| begin.run(doing.clone())/> }
}

fn pause_entry(pause: PauseLine, begin: Callback<Doing>) -> AnyView {
    let number = pause.invoice.clone().map(|(_, number)| number);
    let about = number.unwrap_or_else(|| w::EVERYTHING.to_owned());
    let words =
        view! { <p>{about} ", " {w::through(&when::day(pause.until_on))} ": " {pause.reason.clone()}</p> };
    let by = pause.by.clone();
    entry(IconName::Clock, words, by, act(w::LIFT, Doing::Lift(pause), begin))
}

fn promise_entry(promise: PromiseLine, begin: Callback<Doing>) -> AnyView {
    let (tone, icon) = match promise.state {
        PromiseState::Open => (Tone::Held, IconName::Clock),
        PromiseState::Kept => (Tone::Paid, IconName::Check),
        PromiseState::Broken => (Tone::Overdue, IconName::Warning),
        PromiseState::Withdrawn => (Tone::Neutral, IconName::Close),
    };
    let about = promise.invoice.clone().unwrap_or_else(|| w::EVERYTHING.to_owned());
    let said = w::by_day(promise.amount, &when::day(promise.promised_on));
    let words = view! { <p>{said} " · " {about} " " <Badge tone icon label=promise.state.label()/></p> };
    let why = promise.reason.clone().map(|why| format!(" · {why}")).unwrap_or_default();
    let made = w::said_by(&promise.by, &when::day(promise.made_on));
    let under = format!("{} · {made}{why}", w::came_in_of(promise.came_in));
    let withdraw = stands(&promise).then(|| act(w::WITHDRAW, Doing::Withdraw(promise), begin));
    entry(IconName::Cash, words, under, withdraw)
}

fn dispute_entry(dispute: DisputeLine, begin: Callback<Doing>) -> AnyView {
    let href = format!("/invoices/{}", dispute.invoice_id);
    let words = view! { <p><a class="code" href=href>{dispute.invoice.clone()}</a> ": " {dispute.reason.clone()}</p> };
    let opened = w::said_by(&dispute.by, &when::day(dispute.opened_on));
    let ended = dispute.settled.as_ref().map(|(day, how)| format!(" · {how}, {}", when::day(*day)));
    let under = format!("{opened}{}", ended.unwrap_or_default());
    let settle = dispute.settled.is_none().then(|| act(w::SETTLE, Doing::Settle(dispute), begin));
    entry(IconName::Info, words, under, settle)
}

fn note_entry(note: ContactLine) -> AnyView {
    let icon = match note.kind {
        ContactKind::Call => IconName::User,
        ContactKind::Letter => IconName::Mail,
        ContactKind::Visit => IconName::Customers,
        ContactKind::Other => IconName::Edit,
    };
    let again = note.follow_up_on.map(|day| format!(" · {}", w::follows_up(&when::day(day))));
    let made = w::said_by(&note.by, &when::day_and_time(note.noted_at));
    let under = format!("{} · {made}{}", note.kind.label(), again.unwrap_or_default());
    entry(icon, view! { <p class="written">{note.text}</p> }, under, ())
}
