//! The till: X and Z, drops, the blind count, the end of the day, the safe.

mod cash;
mod history;
mod report;
mod safe;

pub use history::TillHistoryPage;
pub use report::TillReportPage;
pub use safe::SafePage;

use cash::{CashForm, NoSaleForm};
use report::Figures;

use super::frame::{May, Problem, Staff};
use super::sending::Sending;
use crate::api::register::load_register;
use crate::api::till::{cash_accounts, close_day, close_till, drop_cash, load_till_report};
use crate::error::AppError;
use crate::ui::{
    Button, ButtonKind, ButtonSize, Card, EmptyState, Field, IconName, LinkButton, Notice, NoticeKind, Page,
    Skeleton,
};
use crate::words::{common, nav, till as w};
use domain::ids::{StoreId, TillSessionId};
use domain::ledger::Account;
use domain::money::Money;
use domain::person::Permission;
use domain::register::RegisterSnapshot;
use domain::till::{CashCount, CloseDay, CloseTill, DENOMINATIONS, DropCash, TillReport};
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn TillPage() -> impl IntoView {
    view! { <Title text=w::TITLE/> <Staff current="/till"><TillNow/></Staff> }
}

#[component]
fn TillNow() -> impl IntoView {
    let closed = RwSignal::new(None::<TillReport>);
    let now = Resource::new(
        || (),
        |()| async move {
            let snapshot = load_register().await?;
            let report = match snapshot.session_id {
                Some(id) => Some((load_till_report(id).await?, cash_accounts().await?)),
                None => None,
            };
            Ok::<_, AppError>((snapshot, report))
        },
    );
    view! {
        <Page title=w::TITLE actions=|| view! { <TillLinks/> }>
            {move || closed.get().map(|report| view! { <Figures report/> })}
            <Suspense fallback=|| view! { <Skeleton count=6/> }>
                {move || Suspend::new(async move {
                    match now.await {
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok((snapshot, Some((report, accounts)))) => view! {
                            <Open snapshot report accounts on_change=move || now.refetch() on_closed=Callback::new(move |z| { closed.set(Some(z)); now.refetch(); })/>
                        }.into_any(),
                        Ok((snapshot, None)) => view! { <Closed snapshot/> }.into_any(),
                    }
                })}
            </Suspense>
        </Page>
    }
}

/// The ways to what a till leaves behind.
#[component]
fn TillLinks() -> impl IntoView {
    view! {
        <LinkButton href="/till/history" label=w::HISTORY icon=IconName::Clock/>
        <May permission=Permission::MoveSafeMoney><LinkButton href="/till/safe" label=w::SAFE icon=IconName::Lock/></May>
    }
}

#[component]
fn Closed(snapshot: RegisterSnapshot) -> impl IntoView {
    let may_close_day = snapshot.may(Permission::CloseDay);
    let store = snapshot.store.id;
    view! {
        <EmptyState icon=IconName::Till title=w::CLOSED text=crate::words::register::OPEN_TEXT>
            <LinkButton href="/register" label=nav::REGISTER kind=ButtonKind::Primary/>
        </EmptyState>
        {may_close_day.then(|| view! { <CloseDayForm store/> })}
    }
}

#[component]
fn CloseDayForm(store: StoreId) -> impl IntoView {
    let closed = RwSignal::new(false);
    let closing = Sending::new();
    let close = move |_| {
        let cmd = CloseDay { command_id: closing.id(), store_id: store };
        closing.send(close_day(cmd), move |()| closed.set(true));
    };
    view! {
        {move || closed.get().then(|| view! { <Notice kind=NoticeKind::Success>{w::DAY_CLOSED}</Notice> })}
        {move || closing.error.get().map(|error| view! { <Problem error/> })}
        <Button label=w::CLOSE_DAY icon=IconName::Lock pending=closing.pending on:click=close/>
    }
}

#[component]
fn Open(
    snapshot: RegisterSnapshot,
    report: TillReport,
    accounts: Vec<Account>,
    on_change: impl Fn() + Copy + Send + Sync + 'static,
    on_closed: Callback<TillReport>,
) -> impl IntoView {
    let (store, session) = (snapshot.store.id, report.session_id);
    view! {
        <Figures report/>
        <DropForm store session on_change/>
        <CashForm store session accounts on_change/>
        <NoSaleForm store session on_change/>
        <CountForm store session on_closed/>
    }
}

#[component]
fn DropForm(
    store: StoreId,
    session: TillSessionId,
    on_change: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let amount = RwSignal::new(String::new());
    let wrong_amount = RwSignal::new(None::<String>);
    let dropping = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let read = Money::parse(&amount.get_untracked());
        wrong_amount.set(read.as_ref().err().map(ToString::to_string));
        let Ok(dropped) = read else { return };
        let cmd =
            DropCash { command_id: dropping.id(), store_id: store, session_id: session, amount: dropped };
        dropping.send(drop_cash(cmd), move |()| {
            amount.set(String::new());
            on_change();
        });
    };
    let error = Signal::derive(move || wrong_amount.get().or_else(|| dropping.message().get()));
    view! {
        <Card title=w::DROP>
            <form class="form" novalidate=true on:submit=send>
                <Field name="drop" label=w::AMOUNT value=amount amount=true error=error required=true/>
                <Button label=w::DROP submit=true pending=dropping.pending/>
            </form>
        </Card>
    }
}

#[component]
fn CountForm(store: StoreId, session: TillSessionId, on_closed: Callback<TillReport>) -> impl IntoView {
    let counts: Vec<RwSignal<String>> = DENOMINATIONS.iter().map(|_| RwSignal::new(String::new())).collect();
    let cents = RwSignal::new(String::new());
    let reason = RwSignal::new(String::new());
    let closing = Sending::new();
    let fields = DENOMINATIONS
        .iter()
        .zip(&counts)
        .map(|(coin, count)| view! { <Field name=format!("count-{}", coin.value.minor()) label=coin.label value=*count inputmode="numeric"/> })
        .collect_view();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        // What is no whole number is counted as one the rules refuse.
        let whole = |signal: &RwSignal<String>| match signal.get_untracked().trim() {
            "" => 0,
            typed => typed.parse().unwrap_or(-1),
        };
        let count = CashCount { pieces: counts.iter().map(whole).collect(), cents: whole(&cents) };
        let cmd = CloseTill {
            command_id: closing.id(),
            store_id: store,
            session_id: session,
            count,
            reason: reason.get_untracked(),
        };
        closing.send(close_till(cmd), move |report| on_closed.run(report));
    };
    let reason_error = closing.wrong("reason");
    view! {
        <Card title=w::COUNT>
            <form class="form" novalidate=true on:submit=send>
                <p class="soft">{w::COUNT_TEXT}</p>
                {move || closing.error.get().map(|error| view! { <Problem error/> })}
                <div class="form-row">{fields}<Field name="count-1" label=w::CENTS value=cents inputmode="numeric"/></div>
                <Field name="count-reason" label=common::REASON value=reason error=reason_error optional=true/>
                <Button label=w::CLOSE kind=ButtonKind::Primary size=ButtonSize::Large icon=IconName::Lock submit=true pending=closing.pending/>
            </form>
        </Card>
    }
}
