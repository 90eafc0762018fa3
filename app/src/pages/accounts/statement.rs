//! The statement of a customer, to look at, print or take along.

use super::Area;
use super::account::Aging;
use crate::api::account::{load_statement, statement_in};
use crate::client::print_page;
use crate::error::{AppError, ErrorKind};
use crate::pages::frame::Problem;
use crate::pages::loading::id_in_address;
use crate::pages::paging::address;
use crate::pages::when;
use crate::ui::{
    Amount, Button, ButtonKind, Card, Choice, EmptyState, Field, FigureCard, FileButton, IconName, Page,
    SelectField, Skeleton, Table,
};
use crate::words::{accounts as w, common, ledger};
use domain::ids::CustomerId;
use domain::receivable::{Movement, Statement, StatementAsked, StatementBody, StatementForm, StatementItem};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

#[component]
pub fn StatementPage() -> impl IntoView {
    view! { <Area title=w::STATEMENT><One/></Area> }
}

#[component]
fn One() -> impl IntoView {
    let id = id_in_address::<CustomerId>();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        id.get().map(|id| statement_in(id, |name| query.get(name)))
    });
    let found = Resource::new(
        move || asked.get(),
        |asked| async move {
            match asked {
                Some(asked) => load_statement(asked).await,
                None => Err(AppError::new(ErrorKind::NotFound, common::PAGE_UNKNOWN)),
            }
        },
    );
    view! {
        <Suspense fallback=|| view! { <Skeleton count=6/> }>
            {move || Suspend::new(async move {
                match (found.await, asked.get_untracked()) {
                    (Ok(told), Some(asked)) => view! { <Told told asked/> }.into_any(),
                    // A day that makes no sense is told at its field, so that another can be chosen.
                    (Err(error), Some(asked)) if !error.fields.is_empty() => view! { <Again error asked/> }.into_any(),
                    (Err(error), _) => view! { <div class="page"><Problem error/></div> }.into_any(),
                    (Ok(_), None) => ().into_any(),
                }
            })}
        </Suspense>
    }
}

fn account_of(customer: CustomerId) -> String {
    format!("/customers/{customer}/account")
}

#[component]
fn Again(error: AppError, asked: StatementAsked) -> impl IntoView {
    let wrong = error.fields.into_iter().find(|one| one.field == "from").map(|one| one.message);
    view! {
        <Page title=w::STATEMENT back=(account_of(asked.customer), w::ACCOUNT.to_owned())><Asked asked wrong/></Page>
    }
}

/// Which statement it is.
#[component]
fn Asked(asked: StatementAsked, wrong: Option<String>) -> impl IntoView {
    let form = RwSignal::new(asked.form.code().to_owned());
    let since = RwSignal::new(asked.from);
    let forms: Vec<Choice> =
        StatementForm::ALL.iter().map(|form| Choice::new(form.code(), form.label())).collect();
    let forward = move || form.get() == StatementForm::BalanceForward.code();
    view! {
        <form class="list-filters no-print" method="get" role="search" aria-label=w::STATEMENT>
            <SelectField name="form" label=w::TOLD_BY value=form choices=forms/>
            {move || forward().then(|| view! { <Field name="since" label=w::SINCE kind="date" value=since hint=w::SINCE_HINT error=wrong.clone() optional=true/> })}
            <div class="row"><Button label=ledger::SHOW kind=ButtonKind::Primary submit=true/></div>
        </form>
    }
}

#[component]
fn Told(told: Statement, asked: StatementAsked) -> impl IntoView {
    let customer = told.customer.id;
    let from = match &told.body {
        StatementBody::BalanceForward { from, .. } => from.to_string(),
        StatementBody::OpenItem(_) => String::new(),
    };
    let pdf = address(
        &format!("/customers/{customer}/statement.pdf"),
        &[("form", asked.form.code()), ("since", &from)],
    );
    let asked = StatementAsked { from, ..asked };
    let minimum = told.minimum;
    view! {
        <Page
            title=w::STATEMENT
            lead=format!("{} · {}", told.customer.name, when::day(told.as_of))
            back=(account_of(customer), told.customer.name.clone())
            actions=move || view! {
                <Button label=w::PRINT icon=IconName::Print on:click=move |_| print_page()/>
                <FileButton href=pdf.clone() label=w::PDF/>
            }
        >
            <Asked asked wrong=None/>
            <div class="print-area stack">
                <p>{told.store.name.clone()} " · " {when::day(told.as_of)}</p>
                <p><strong>{told.customer.name.clone()}</strong> {told.address.iter().map(|line| view! { <br/> {line.clone()} }).collect_view()}</p>
                <div class="figures">
                    <FigureCard name=w::BALANCE value=told.balance.to_string()/>
                    {minimum.map(|(least, until)| view! { <FigureCard name=w::minimum_until(&when::day(until)) value=least.to_string()/> })}
                </div>
                <Card flush=true><Body body=told.body.clone()/></Card>
                {(!told.balance.is_zero() || told.aging.unapplied.is_positive()).then(|| view! { <Card flush=true><Aging aging=told.aging/></Card> })}
            </div>
        </Page>
    }
}

#[component]
fn Body(body: StatementBody) -> impl IntoView {
    match body {
        StatementBody::OpenItem(items) if items.is_empty() => {
            view! { <EmptyState icon=IconName::Check title=w::NOTHING_OWED text=w::NOTHING_OPEN/> }.into_any()
        }
        StatementBody::OpenItem(items) => view! {
            <Table label=w::OPEN_ITEMS>
                <thead><tr><th>{w::WHAT}</th><th>{w::DATE}</th><th>{w::DUE}</th><th class="amount">{w::AMOUNT}</th><th class="amount">{w::OPEN}</th></tr></thead>
                <tbody>{items.into_iter().map(item).collect_view()}</tbody>
            </Table>
        }
        .into_any(),
        StatementBody::BalanceForward { from, opening, activity } => view! {
            <Table label=w::ACTIVITY>
                <thead><tr><th>{w::WHAT}</th><th>{w::DATE}</th><th class="amount">{w::AMOUNT}</th><th class="amount">{w::BALANCE}</th></tr></thead>
                <tbody>
                    <tr>
                        <td class="cell-main">{w::OWED_BEFORE}</td>
                        <td data-label=w::DATE>{when::day(from)}</td>
                        <td data-label=w::AMOUNT class="amount"></td>
                        <td data-label=w::BALANCE class="amount"><Amount value=opening/></td>
                    </tr>
                    {activity.into_iter().map(happened).collect_view()}
                </tbody>
            </Table>
        }
        .into_any(),
    }
}

fn item(item: StatementItem) -> impl IntoView {
    let late = item.days_past_due.map(|days| w::days_late(days.into()));
    view! {
        <tr>
            <td class="cell-main">{item.document} {late.map(|late| view! { <span class="cell-sub">{late}</span> })}</td>
            <td data-label=w::DATE>{when::day(item.dated)}</td>
            <td data-label=w::DUE>{item.due_on.map(when::day)}</td>
            <td data-label=w::AMOUNT class="amount"><Amount value=item.amount/></td>
            <td data-label=w::OPEN class="amount"><Amount value=item.open/></td>
        </tr>
    }
}

fn happened(movement: Movement) -> impl IntoView {
    let dated = movement.dated.map(|day| w::dated(&when::day(day)));
    view! {
        <tr>
            <td class="cell-main">{movement.label} <span class="cell-sub"><span class="code">{movement.number}</span> " " {dated}</span></td>
            <td data-label=w::DATE>{when::day(movement.day)}</td>
            <td data-label=w::AMOUNT class="amount"><Amount value=movement.amount/></td>
            <td data-label=w::BALANCE class="amount"><Amount value=movement.balance/></td>
        </tr>
    }
}
