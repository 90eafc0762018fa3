//! Asking a manager who is elsewhere: the page waits, hears the answer and goes on by itself.

use super::sending::Sending;
use super::when;
use crate::api::approval::{approval_now, ask_manager, withdraw};
use crate::client::new_command_id;
use crate::live::renew_on;
use crate::ui::{Button, ButtonKind, IconName, Notice, NoticeKind};
use crate::words::approvals as w;
use domain::approval::{About, ApprovalNow, ApprovalState, AskManager, Withdraw};
use domain::ids::{ApprovalId, StoreId};
use domain::live::NewsKind;
use leptos::prelude::*;
use std::time::Duration;

/// A browser without a stream looks this often while a customer waits.
const LOOK: Duration = Duration::from_secs(5);

/// What is asked of a manager, by the page that asks.
pub type Question = (StoreId, About, String);

/// One asking of this page, as long as it lasts.
#[derive(Debug, Clone, Copy)]
pub struct Asking {
    sending: Sending,
    asked: RwSignal<Option<(StoreId, ApprovalId)>>,
    now: RwSignal<Option<ApprovalNow>>,
}

impl Asking {
    #[must_use]
    pub fn new() -> Self {
        Self { sending: Sending::new(), asked: RwSignal::new(None), now: RwSignal::new(None) }
    }

    fn waits(self) -> bool {
        let over = |now: &ApprovalNow| now.state != ApprovalState::Asked;
        self.asked.with(Option::is_some) && !self.now.with(|now| now.as_ref().is_some_and(over))
    }

    fn ask(self, (store_id, about, reason): Question, on_given: Callback<ApprovalId>) {
        let cmd = AskManager { command_id: self.sending.id(), store_id, about, reason };
        self.sending.send(ask_manager(cmd), move |id| {
            self.now.set(None);
            self.asked.set(Some((store_id, id)));
            self.look(on_given);
        });
    }

    /// Looks how it stands. Without an answer it goes on waiting.
    fn look(self, on_given: Callback<ApprovalId>) {
        let Some((_, id)) = self.asked.get_untracked().filter(|_| untrack(|| self.waits())) else { return };
        leptos::task::spawn_local(async move {
            let Ok(now) = approval_now(id).await else { return };
            // Taken back, or another one asked, while this was on its way.
            if self.asked.try_get_untracked().flatten().is_none_or(|(_, asked)| asked != id) {
                return;
            }
            if now.state == ApprovalState::Given {
                self.asked.set(None);
                on_given.run(id);
            }
            self.now.set(Some(now));
        });
    }

    /// Takes back what still waits: what it was about is no longer so.
    pub fn take_back(self) {
        let waiting = self.asked.get_untracked().filter(|_| untrack(|| self.waits()));
        self.asked.set(None);
        self.now.set(None);
        let Some((store_id, approval_id)) = waiting else { return };
        let cmd = Withdraw { command_id: new_command_id(), store_id, approval_id };
        // What does not arrive runs out by itself.
        leptos::task::spawn_local(async move { drop(withdraw(cmd).await) });
    }
}

/// The button that asks, and what is known of the answer.
#[component]
pub fn AskElsewhere(
    asking: Asking,
    /// What to ask now; nothing while the form says not enough.
    #[prop(into)]
    question: Callback<(), Option<Question>>,
    on_given: Callback<ApprovalId>,
) -> impl IntoView {
    let look = move || asking.look(on_given);
    renew_on(&[NewsKind::Approvals], look);
    Effect::new(move |_| {
        let timer = set_interval_with_handle(look, LOOK);
        on_cleanup(move || {
            if let Ok(timer) = timer {
                timer.clear();
            }
        });
    });
    let ask = move |_| {
        if let Some(question) = question.run(()) {
            asking.ask(question, on_given);
        }
    };
    let until =
        move || asking.now.with(|now| now.as_ref().map(|now| when::time(now.expires_at)).unwrap_or_default());
    let said = move || {
        asking.now.with(|now| {
            let now = now.as_ref()?;
            match now.state {
                ApprovalState::Refused => Some(w::refused(
                    now.by.as_deref().unwrap_or_default(),
                    now.why.as_deref().unwrap_or_default(),
                )),
                ApprovalState::Expired => Some(w::NOBODY_ANSWERED.to_owned()),
                _ => None,
            }
        })
    };
    view! {
        <div class="stack stack-tight" role="status">
            {move || said().map(|said| view! { <Notice kind=NoticeKind::Warning>{said}</Notice> })}
            {move || asking.sending.message().get().map(|error| view! { <Notice kind=NoticeKind::Error>{error}</Notice> })}
            {move || if asking.waits() {
                view! {
                    <p>{w::asked_until(&until())}</p>
                    <Button label=w::WITHDRAW wide=true on:click=move |_| asking.take_back()/>
                }.into_any()
            } else {
                let label = if said().is_some() { w::ASK_AGAIN } else { w::ASK };
                view! {
                    <Button label=label kind=ButtonKind::Secondary icon=IconName::Mail wide=true pending=asking.sending.pending on:click=ask/>
                }.into_any()
            }}
        </div>
    }
}
