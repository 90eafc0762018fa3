//! The one thing that somebody does about an overdue account, before the page. It stands beside what is loaded, so
//! that news of the account take nothing away from whoever types.

use super::collect_forms::{AssignForm, NoteForm, PromiseForm, WithdrawForm};
use super::dispute_forms::{DisputeForm, SettleForm};
use super::pause_forms::{LiftForm, PauseForm};
use crate::ui::Dialog;
use crate::words::collect as w;
use domain::receivable::collect::{CollectionSheet, DisputeLine, PauseLine, PromiseLine};
use leptos::prelude::*;

/// What somebody is about to do.
#[derive(Debug, Clone)]
pub(super) enum Doing {
    Note,
    Promise,
    Withdraw(PromiseLine),
    Dispute,
    Settle(DisputeLine),
    Pause,
    Lift(PauseLine),
    Assign,
}

impl Doing {
    const fn title(&self) -> &'static str {
        match self {
            Self::Note => w::NOTE_TITLE,
            Self::Promise => w::PROMISE_TITLE,
            Self::Withdraw(_) => w::WITHDRAW_TITLE,
            Self::Dispute => w::DISPUTE_TITLE,
            Self::Settle(_) => w::SETTLE_TITLE,
            Self::Pause => w::PAUSE_TITLE,
            Self::Lift(_) => w::LIFT_TITLE,
            Self::Assign => w::ASSIGN_TITLE,
        }
    }
}

/// What is being done, and the account as it stood when it was begun.
#[derive(Debug, Clone, Copy)]
pub(super) struct Work {
    begun: RwSignal<Option<(Doing, CollectionSheet)>>,
    open: RwSignal<bool>,
    /// Counts what was begun, so that a late answer closes nothing but its own form.
    turn: RwSignal<u32>,
    /// That the last of it is recorded.
    pub said: RwSignal<&'static str>,
}

impl Work {
    pub fn new() -> Self {
        Self {
            begun: RwSignal::new(None),
            open: RwSignal::new(false),
            turn: RwSignal::new(0),
            said: RwSignal::new(""),
        }
    }

    pub fn begin(self, doing: Doing, sheet: CollectionSheet) {
        self.turn.update(|turn| *turn = turn.wrapping_add(1));
        self.begun.set(Some((doing, sheet)));
        self.said.set("");
        self.open.set(true);
    }

    /// Closes the dialog and forgets what was typed: the next form must not find it in its fields.
    pub fn stop(self) {
        self.open.set(false);
        self.begun.set(None);
    }
}

#[component]
pub(super) fn CollectDialog(
    work: Work,
    /// Something was recorded.
    again: Callback<()>,
) -> impl IntoView {
    let title = move || work.begun.with(|begun| begun.as_ref().map_or("", |(doing, _)| doing.title()));
    let done_with = move |turn: u32| {
        Callback::new(move |()| {
            if work.turn.get_untracked() == turn {
                work.stop();
            }
            work.said.set(w::SAVED);
            again.run(());
        })
    };
    let form = move |doing: Doing, sheet: CollectionSheet| {
        let done = done_with(work.turn.get_untracked());
        match doing {
            Doing::Note => view! { <NoteForm sheet work done/> }.into_any(),
            Doing::Promise => view! { <PromiseForm sheet work done/> }.into_any(),
            Doing::Withdraw(promise) => view! { <WithdrawForm sheet promise work done/> }.into_any(),
            Doing::Dispute => view! { <DisputeForm sheet work done/> }.into_any(),
            Doing::Settle(dispute) => view! { <SettleForm sheet dispute work done/> }.into_any(),
            Doing::Pause => view! { <PauseForm sheet work done/> }.into_any(),
            Doing::Lift(pause) => view! { <LiftForm sheet pause work done/> }.into_any(),
            Doing::Assign => view! { <AssignForm sheet work done/> }.into_any(),
        }
    };
    view! {
        <p class="unseen" role="status">{move || work.said.get()}</p>
        <Dialog id="collect" title=title open=work.open on_close=Callback::new(move |()| work.stop())>
            {move || work.begun.get().map(|(doing, sheet)| form(doing, sheet))}
        </Dialog>
    }
}
