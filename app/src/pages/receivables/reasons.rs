//! Why a customer stands where they stand, and what comes next, in words.

use crate::pages::when;
use crate::ui::{Badge, IconName, Tone};
use crate::words::collect as w;
use domain::receivable::collect::{Ranked, Reason, Turn};
use leptos::prelude::*;

/// Each reason: a word, and what there is to know about it.
#[component]
pub(super) fn Reasons(reasons: Vec<Reason>) -> impl IntoView {
    let line = |reason: &Reason| {
        let (tone, icon, word, told) = told(reason);
        view! { <li><Badge tone icon label=word/> <span>{told}</span></li> }
    };
    view! { <ul class="reasons">{reasons.iter().map(line).collect_view()}</ul> }
}

fn told(reason: &Reason) -> (Tone, IconName, &'static str, String) {
    match reason {
        Reason::PromiseBroken { amount, came_in, promised_on, times } => {
            let told = w::broken(*amount, *came_in, &when::day(*promised_on), *times);
            (Tone::Overdue, IconName::Warning, w::BROKEN, told)
        }
        Reason::CheckReturned { on } => {
            (Tone::Overdue, IconName::CheckTender, w::CHECK_CAME_BACK, w::on(&when::day(*on)))
        }
        Reason::FollowUp { on } => (Tone::Due, IconName::Clock, w::FOLLOW_UP_DUE, when::day(*on)),
        Reason::Overdue { amount, days } => {
            (Tone::Overdue, IconName::Clock, w::OVERDUE, w::overdue(*amount, *days))
        }
        Reason::Disputed { amount } => (Tone::Held, IconName::Info, w::DISPUTED, amount.to_string()),
        Reason::Paused { until } => (Tone::Held, IconName::Clock, w::PAUSED, w::through(&when::day(*until))),
        Reason::OnHold { why } => (Tone::Held, IconName::Lock, w::ON_HOLD, why.clone()),
        Reason::Promised { amount, by } => {
            (Tone::Held, IconName::Check, w::PROMISED, w::by_day(*amount, &when::day(*by)))
        }
        Reason::LooksAgain { on } => (Tone::Neutral, IconName::Clock, w::LOOKS_AGAIN, w::on(&when::day(*on))),
    }
}

/// What the first reason of their turn asks for: somebody to contact is asked for something, somebody who waits is
/// waited for. A dispute is settled next where nothing else speaks for waiting.
pub(super) fn next_step(one: &Ranked) -> String {
    let step = |reason: &Reason| match (one.turn, reason) {
        (Turn::Today, Reason::PromiseBroken { .. }) => Some(w::ASK_ABOUT_PROMISE.to_owned()),
        (Turn::Today, Reason::CheckReturned { .. }) => Some(w::ASK_FOR_CHECK.to_owned()),
        (Turn::Today, Reason::FollowUp { .. }) => Some(w::LOOK_AGAIN.to_owned()),
        (Turn::Today, Reason::Overdue { .. }) => Some(w::ask_for(one.to_collect())),
        (Turn::Later, Reason::Paused { until }) => Some(w::wait_through(&when::day(*until))),
        (Turn::Later, Reason::OnHold { .. }) => Some(w::WAIT_FOR_MANAGER.to_owned()),
        (Turn::Later, Reason::Promised { by, .. }) => Some(w::wait_for_promise(&when::day(*by))),
        (Turn::Later, Reason::LooksAgain { on }) => Some(w::look_again_on(&when::day(*on))),
        _ => None,
    };
    one.reasons.iter().find_map(step).unwrap_or_else(|| w::SETTLE_FIRST.to_owned())
}
