//! Watching an import, and what came of it.

use super::Stand;
use super::bad::BadRowsTable;
use crate::api::import::{discard_import, import_state, start_import};
use crate::pages::sending::Sending;
use crate::ui::{
    Button, ButtonKind, Card, FigureCard, IconName, LinkButton, Notice, NoticeKind, ProgressBar,
};
use crate::words::import as w;
use domain::ids::StoreId;
use domain::import::{ImportCounts, ImportOutcome, ImportState, StartImport};
use leptos::prelude::*;
use std::time::Duration;

/// How often the page asks how far it is.
const PAUSE: Duration = Duration::from_millis(500);

fn counts_of(state: &ImportState) -> ImportCounts {
    match state {
        ImportState::Running(_, _, counts) | ImportState::Ended(_, _, counts, _) => *counts,
        ImportState::None | ImportState::Waiting(..) => ImportCounts::default(),
    }
}

fn file_of(state: &ImportState) -> String {
    match state {
        ImportState::Waiting(_, file)
        | ImportState::Running(_, file, _)
        | ImportState::Ended(_, file, ..) => file.clone(),
        ImportState::None => String::new(),
    }
}

#[component]
pub fn Progress(stand: Stand) -> impl IntoView {
    let counts = Memo::new(move |_| stand.state.with(counts_of));
    let lost = RwSignal::new(None::<String>);
    // In the browser alone: the server renders where it stands and asks nothing.
    Effect::new(move |_| {
        let asking = StoredValue::new(false);
        let ask = move || {
            if asking.try_get_value() != Some(false) {
                return;
            }
            asking.set_value(true);
            leptos::task::spawn_local(async move {
                let answer = import_state().await;
                // The page may have been left while the answer was on its way.
                if asking.try_set_value(false).is_some() {
                    return;
                }
                match answer {
                    Ok(now) => {
                        lost.set(None);
                        stand.state.set(now);
                    }
                    Err(error) => lost.set(Some(error.message)),
                }
            });
        };
        if let Ok(timer) = set_interval_with_handle(ask, PAUSE) {
            on_cleanup(move || timer.clear());
        }
    });
    view! {
        <Card title=w::UNDER_WAY>
            <div class="stack">
                <ProgressBar
                    label=stand.state.with_untracked(file_of)
                    done=Signal::derive(move || counts.get().done())
                    total=Signal::derive(move || counts.get().rows)
                />
                <p class="soft">{w::MAY_LEAVE}</p>
                {move || lost.get().map(|sentence| view! { <Notice kind=NoticeKind::Warning>{sentence}</Notice> })}
            </div>
        </Card>
    }
}

#[component]
pub fn Result(stand: Stand, store: StoreId) -> impl IntoView {
    let ImportState::Ended(import, file, counts, outcome) = stand.state.get_untracked() else {
        return ().into_any();
    };
    let clearing = Sending::new();
    let next = move |_| {
        clearing.send(discard_import(import), move |()| {
            stand.preview.set(None);
            stand.state.set(ImportState::None);
        });
    };
    let stopped = match &outcome {
        ImportOutcome::Finished => None,
        ImportOutcome::Stopped(reason) => Some(reason.clone()),
    };
    let going_on = Sending::new();
    let plan = stand.preview.with_untracked(|preview| preview.as_ref().map(|preview| preview.plan.clone()));
    let plan = plan.filter(|_| stopped.is_some());
    let again = {
        let file = file.clone();
        move |plan: domain::import::ImportPlan| {
            let file = file.clone();
            let cmd = StartImport { command_id: going_on.id(), store_id: store, import_id: import, plan };
            going_on.send(start_import(cmd), move |()| {
                stand.state.set(ImportState::Running(
                    import,
                    file,
                    ImportCounts { rows: counts.rows, ..ImportCounts::default() },
                ));
            });
        }
    };
    let handed_back = counts.rejected + counts.left_out > 0;
    let rejects = (stopped.is_none() && handed_back).then(|| format!("/api/v1/import/rejects/{import}"));
    view! {
        <div class="stack">
            {match stopped {
                Some(reason) => view! { <Notice kind=NoticeKind::Error title=w::STOPPED>{w::stopped(&reason)}</Notice> }.into_any(),
                None => view! { <Notice kind=NoticeKind::Success title=w::DONE>{w::done(&file)}</Notice> }.into_any(),
            }}
            <div class="figures">
                <FigureCard name=w::IMPORTED value=counts.imported.to_string()/>
                <FigureCard name=w::REJECTED value=counts.rejected.to_string()/>
                <FigureCard name=w::ALREADY_THERE value=counts.already_there.to_string()/>
                {(counts.left_out > 0).then(|| view! { <FigureCard name=w::LEFT_OUT_ROWS value=counts.left_out.to_string()/> })}
            </div>
            {rejects.is_some().then(|| view! { <p>{w::REJECTS_TEXT}</p> <BadRowsTable import/> })}
            {move || going_on.error.get().map(|error| view! { <Notice kind=NoticeKind::Error>{error.message}</Notice> })}
            {move || clearing.error.get().map(|error| view! { <Notice kind=NoticeKind::Error>{error.message}</Notice> })}
            <div class="row">
                {rejects.map(|href| view! { <a class="button button-secondary" href=href download="">{w::REJECTS}</a> })}
                {plan.map(|plan| view! {
                    <Button label=w::GO_ON kind=ButtonKind::Primary pending=going_on.pending on:click=move |_| again(plan.clone())/>
                })}
                <LinkButton href="/inventory" label=w::SHOW kind=ButtonKind::Primary icon=IconName::Inventory/>
                <Button label=w::NEXT kind=ButtonKind::Quiet pending=clearing.pending on:click=next/>
            </div>
        </div>
    }
    .into_any()
}
