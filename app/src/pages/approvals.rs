//! What others ask to be allowed: read, then answered with one tap, on a phone as well as at a desk.

use super::frame::{Problem, Staff};
use super::sending::Sending;
use super::when;
use crate::api::approval::{decide, list_approvals};
use crate::live::renew_on;
use crate::ui::{
    Amount, AmountSize, Badge, Button, ButtonKind, ButtonSize, Card, EmptyState, IconName, Notice,
    NoticeKind, Page, Skeleton, Table, Tone,
};
use crate::words::approvals as w;
use domain::approval::{ApprovalState, ApprovalView, Approvals, Decide, Decision, Sheet};
use domain::live::NewsKind;
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn ApprovalsPage() -> impl IntoView {
    view! { <Title text=w::TITLE/> <Staff current="/approvals"><Lists/></Staff> }
}

#[component]
fn Lists() -> impl IntoView {
    let all = Resource::new(|| (), |()| list_approvals());
    let look = move || all.refetch();
    // A sale uses up what was given for it.
    renew_on(&[NewsKind::Approvals, NewsKind::Sales], look);
    view! {
        <Page title=w::TITLE lead=w::LEAD>
            // What is shown stays while the next is on its way.
            <Transition fallback=|| view! { <Skeleton count=3/> }>
                {move || Suspend::new(async move {
                    match all.await {
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok(Approvals { waiting, decided }) => view! {
                            <Waiting waiting on_answer=Callback::new(move |()| look())/>
                            {(!decided.is_empty()).then(|| view! { <Decided decided/> })}
                        }.into_any(),
                    }
                })}
            </Transition>
        </Page>
    }
}

#[component]
fn Waiting(waiting: Vec<ApprovalView>, on_answer: Callback<()>) -> impl IntoView {
    if waiting.is_empty() {
        return view! { <EmptyState icon=IconName::Check title=w::NONE text=w::NONE_TEXT/> }.into_any();
    }
    let cards = waiting.into_iter().map(|asked| view! { <Asked asked on_answer/> }).collect_view();
    view! { <section class="stack" aria-label=w::WAITING>{cards}</section> }.into_any()
}

/// One asking, with everything it is about.
#[component]
fn Asked(asked: ApprovalView, on_answer: Callback<()>) -> impl IntoView {
    let (approval_id, store_id) = (asked.id, asked.store_id);
    let sending = Sending::new();
    let answer = move |decision: Decision| {
        let cmd = Decide { command_id: sending.id(), store_id, approval_id, decision };
        sending.send(decide(cmd), move |()| on_answer.run(()));
    };
    let refusals = w::REFUSALS.map(|why| {
        let refuse = move |_| answer(Decision::Refuse { why: why.to_owned() });
        view! { <Button label=why pending=sending.pending on:click=refuse/> }
    });
    let until = w::when(&when::time(asked.asked_at), &when::time(asked.now.expires_at));
    view! {
        <Card title=asked.kind.label()>
            <div class="stack">
                <div class="row row-spread">
                    <span class="stack stack-tight">
                        <strong>{w::who(&asked.asked_by, asked.till.as_deref(), &asked.store)}</strong>
                        <span class="soft small">{until}</span>
                    </span>
                    {asked.sheet.as_ref().map(|sheet| view! { <Amount value=sheet.amount size=AmountSize::Large/> })}
                </div>
                <p>{asked.reason.clone()}</p>
                {asked.sheet.clone().map(|sheet| view! { <Lines sheet/> })}
                {move || sending.error.get().map(|error| view! { <Notice kind=NoticeKind::Error>{error.message}</Notice> })}
                {if asked.own {
                    view! { <p class="soft">{w::YOUR_OWN}</p> }.into_any()
                } else {
                    view! {
                        <Button label=w::APPROVE kind=ButtonKind::Primary size=ButtonSize::Large icon=IconName::Check wide=true
                            pending=sending.pending on:click=move |_| answer(Decision::Approve)/>
                        <div class="row" role="group" aria-label=w::REFUSE><span class="soft">{w::REFUSE}</span> {refusals}</div>
                    }.into_any()
                }}
            </div>
        </Card>
    }
}

#[component]
fn Lines(sheet: Sheet) -> impl IntoView {
    let rows = sheet.lines.into_iter().map(|line| {
        view! {
            <tr>
                <td class="cell-main">{line.description} <span class="cell-sub"><span class="code">{line.tag}</span> " " {line.note}</span></td>
                <td data-label=w::BEFORE class="amount"><Amount value=line.before/></td>
                <td data-label=w::AFTER class="amount"><Amount value=line.after/></td>
            </tr>
        }
    });
    view! {
        <p class="soft">{sheet.headline}</p>
        <Table label=w::PIECES>
            <thead><tr><th>{w::PIECES}</th><th class="amount">{w::BEFORE}</th><th class="amount">{w::AFTER}</th></tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </Table>
    }
}

#[component]
fn Decided(decided: Vec<ApprovalView>) -> impl IntoView {
    let rows = decided.into_iter().map(|approval| {
        let headline = approval.sheet.map(|sheet| sheet.headline);
        let (tone, icon) = look_of(approval.now.state);
        let why = approval.now.why.map(|why| format!(": {why}")).unwrap_or_default();
        let by = approval.now.by.map(|by| format!("{by}{why}"));
        view! {
            <tr>
                <td class="cell-main">
                    {approval.kind.label()} <span class="cell-sub">{headline.unwrap_or(approval.reason)}</span>
                </td>
                <td data-label=w::ASKED_BY class="cell-text">{approval.asked_by} <span class="cell-sub">{when::time(approval.asked_at)}</span></td>
                <td data-label=w::ANSWER class="cell-text"><Badge tone icon label=approval.now.state.label()/> <span class="cell-sub">{by}</span></td>
            </tr>
        }
    });
    view! {
        <Card title=w::DECIDED flush=true>
            <Table label=w::DECIDED>
                <thead><tr><th>{w::WHAT}</th><th>{w::ASKED_BY}</th><th>{w::ANSWER}</th></tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </Table>
        </Card>
    }
}

const fn look_of(state: ApprovalState) -> (Tone, IconName) {
    match state {
        ApprovalState::Asked => (Tone::Due, IconName::Clock),
        ApprovalState::Given | ApprovalState::Used => (Tone::Paid, IconName::Check),
        ApprovalState::Refused => (Tone::Overdue, IconName::Close),
        ApprovalState::Withdrawn | ApprovalState::Expired => (Tone::Neutral, IconName::Clock),
    }
}
