//! The safe: what lies in it by the books, and taking it to the bank.

use crate::api::till::{deposit_safe, load_safe};
use crate::pages::frame::{Problem, Staff};
use crate::pages::sending::Sending;
use crate::pages::when;
use crate::ui::{
    Amount, AmountSize, Button, ButtonKind, Card, EmptyState, Field, IconName, Notice, NoticeKind, Page,
    Skeleton, Table,
};
use crate::words::{ledger, till as w};
use domain::ids::StoreId;
use domain::ledger::PostedLine;
use domain::money::Money;
use domain::till::{Deposit, Safe};
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn SafePage() -> impl IntoView {
    view! { <Title text=w::SAFE/> <Staff current="/till"><InSafe/></Staff> }
}

#[component]
fn InSafe() -> impl IntoView {
    let safe = Resource::new(|| (), |()| load_safe());
    let deposited = RwSignal::new(None::<Money>);
    let done = Callback::new(move |amount| {
        deposited.set(Some(amount));
        safe.refetch();
    });
    view! {
        <Page title=w::SAFE lead=w::SAFE_LEAD back=("/till".to_owned(), w::TITLE.to_owned())>
            {move || deposited.get().map(|amount| view! {
                <Notice kind=NoticeKind::Success>{w::deposited(amount)}</Notice>
            })}
            <Suspense fallback=|| view! { <Skeleton count=6/> }>
                {move || Suspend::new(async move {
                    match safe.await {
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok(Safe { store_id, balance, moves }) => view! {
                            <Card title=w::IN_SAFE>
                                <div class="stack">
                                    <Amount value=balance size=AmountSize::Huge/>
                                    <DepositForm store=store_id balance done/>
                                </div>
                            </Card>
                            <Card title=w::SAFE_MOVES flush=true>{listed(moves)}</Card>
                        }.into_any(),
                    }
                })}
            </Suspense>
        </Page>
    }
}

#[component]
fn DepositForm(store: StoreId, balance: Money, done: Callback<Money>) -> impl IntoView {
    let all = if balance.is_positive() { balance.to_string() } else { String::new() };
    let amount = RwSignal::new(all);
    let wrong_amount = RwSignal::new(None::<String>);
    let sending = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let read = Money::parse(&amount.get_untracked());
        wrong_amount.set(read.as_ref().err().map(ToString::to_string));
        let Ok(taken) = read else { return };
        let cmd = Deposit { command_id: sending.id(), store_id: store, amount: taken };
        sending.send(deposit_safe(cmd), move |()| done.run(taken));
    };
    let error = Signal::derive(move || wrong_amount.get().or_else(|| sending.message().get()));
    view! {
        <form class="form" novalidate=true on:submit=send>
            <Field name="deposit" label=w::DEPOSIT_AMOUNT value=amount amount=true error=error required=true/>
            <Button label=w::DEPOSIT kind=ButtonKind::Primary submit=true pending=sending.pending/>
        </form>
    }
}

fn listed(moves: Vec<PostedLine>) -> impl IntoView {
    if moves.is_empty() {
        return view! { <EmptyState icon=IconName::Lock title=ledger::EMPTY text=w::SAFE_EMPTY_TEXT/> }
            .into_any();
    }
    view! {
        <Table label=w::SAFE_MOVES>
            <thead><tr><th>{ledger::WHAT}</th><th>{ledger::DATE}</th><th class="amount">{w::AMOUNT}</th></tr></thead>
            <tbody>
                {moves.into_iter().map(|line| view! {
                    <tr class="row-opens">
                        <td class="cell-main">
                            <a href=format!("/ledger/event/{}", line.event)>{line.narrative}</a>
                            <span class="cell-sub">{line.summary}</span>
                        </td>
                        <td data-label=ledger::DATE>{when::day(line.business_date)} " " {when::time(line.recorded_at)}</td>
                        <td data-label=w::AMOUNT class="amount"><Amount value=line.amount/></td>
                    </tr>
                }).collect_view()}
            </tbody>
        </Table>
    }
    .into_any()
}
