//! One account: what it held before, each line with the balance after it, what it holds then.

use super::amount_or_blank;
use crate::api::ledger::account_view;
use crate::error::{AppError, ErrorKind};
use crate::pages::frame::{Problem, Staff};
use crate::pages::paging::{Paging, address, date_in, offset};
use crate::pages::when;
use crate::ui::{
    Amount, Badge, Button, ButtonKind, Choice, EmptyState, Field, FigureCard, IconName, LinkButton, Page,
    SelectField, Skeleton, Table, Tone,
};
use crate::words::{common, ledger as w};
use chrono::NaiveDate;
use domain::ledger::{AccountCode, AccountView, Dimensions, LineFilter, RunningLine};
use domain::money::Money;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

#[component]
pub fn AccountPage() -> impl IntoView {
    view! { <Title text=w::ACCOUNT/> <Staff current="/ledger"><One/></Staff> }
}

#[component]
fn One() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = Memo::new(move |_| {
        let query = query.read();
        let filter = LineFilter {
            stores: query.get("store").and_then(|id| id.parse().ok()).into_iter().collect(),
            from: date_in(query.get("since")),
            to: date_in(query.get("to")),
            account: params.read().get("code").and_then(|code| code.parse().ok()),
            about: Dimensions {
                till: query.get("till").and_then(|id| id.parse().ok()),
                customer: query.get("customer").and_then(|id| id.parse().ok()),
                item: query.get("item").and_then(|id| id.parse().ok()),
                document: query.get("document").and_then(|id| id.parse().ok()),
                associate: query.get("associate").and_then(|id| id.parse().ok()),
                jurisdiction: query.get("jurisdiction").and_then(|id| id.parse().ok()),
            },
        };
        (filter, offset(&query))
    });
    let found = Resource::new(
        move || asked.get(),
        |(filter, from)| async move {
            match filter.account {
                Some(code) => account_view(code, filter, from).await,
                None => Err(AppError::new(ErrorKind::NotFound, common::PAGE_UNKNOWN)),
            }
        },
    );
    view! {
        <Suspense fallback=|| view! { <Skeleton count=10/> }>
            {move || Suspend::new(async move {
                let (filter, from) = asked.get_untracked();
                match found.await {
                    Err(error) => view! { <div class="page"><Problem error/></div> }.into_any(),
                    Ok(found) => shown(found, filter, from).into_any(),
                }
            })}
        </Suspense>
    }
}

/// The address of the account narrowed like this.
fn narrowed(code: AccountCode, filter: &LineFilter, from: u64) -> String {
    let day = |date: Option<NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
    let about = &filter.about;
    let id = |id: Option<String>| id.unwrap_or_default();
    let from = if from == 0 { String::new() } else { from.to_string() };
    address(
        &format!("/ledger/accounts/{code}"),
        &[
            ("since", &day(filter.from)),
            ("to", &day(filter.to)),
            ("store", &id(filter.stores.first().map(|id| id.to_string()))),
            ("till", &id(about.till.map(|id| id.to_string()))),
            ("customer", &id(about.customer.map(|id| id.to_string()))),
            ("item", &id(about.item.map(|id| id.to_string()))),
            ("document", &id(about.document.map(|id| id.to_string()))),
            ("associate", &id(about.associate.map(|id| id.to_string()))),
            ("jurisdiction", &id(about.jurisdiction.map(|id| id.to_string()))),
            ("from", &from),
        ],
    )
}

fn shown(found: AccountView, filter: LineFilter, from: u64) -> impl IntoView {
    let code = found.account.code;
    let title = format!("{code} {}", found.account.name);
    let (lines, count) = (found.lines.clone(), found.count);
    let shown = lines.len() as u64;
    let page_filter = filter.clone();
    view! {
        <Page title lead=found.account.kind.label() back=("/ledger/accounts".to_owned(), w::CHART.to_owned())>
            <div class="figures">
                <FigureCard name=w::OPENING value=found.opening.to_string()/>
                <FigureCard name=w::DEBIT value=found.debit.to_string()/>
                <FigureCard name=w::CREDIT value=found.credit.to_string()/>
                <FigureCard name=w::CLOSING value=found.closing.to_string()/>
            </div>
            <Narrow found filter/>
            {if lines.is_empty() {
                view! { <EmptyState icon=IconName::Ledger title=w::EMPTY text=w::EMPTY_ACCOUNT_TEXT/> }.into_any()
            } else {
                view! {
                    <Table label=w::ACCOUNT>
                        <thead><tr>
                            <th>{w::DATE}</th><th>{w::WHAT}</th><th class="amount">{w::DEBIT}</th>
                            <th class="amount">{w::CREDIT}</th><th class="amount">{w::BALANCE}</th>
                        </tr></thead>
                        <tbody>{lines.into_iter().map(row).collect_view()}</tbody>
                    </Table>
                    <Paging offset=from shown all=count label=w::ACCOUNT address=move |from| narrowed(code, &page_filter, from)/>
                }.into_any()
            }}
        </Page>
    }
}

fn row(running: RunningLine) -> impl IntoView {
    let RunningLine { line, balance } = running;
    view! {
        <tr class="row-opens">
            <td data-label=w::DATE>{when::day(line.business_date)} <span class="cell-sub">{when::time(line.recorded_at)}</span></td>
            <td class="cell-main">
                <a href=format!("/ledger/event/{}", line.event)>{line.narrative}</a>
                <span class="cell-sub">{line.summary}</span>
            </td>
            <td data-label=w::DEBIT class="amount">{amount_or_blank(line.amount.max(Money::ZERO))}</td>
            <td data-label=w::CREDIT class="amount">{amount_or_blank(line.amount.negated().unwrap_or_default().max(Money::ZERO))}</td>
            <td data-label=w::BALANCE class="amount"><Amount value=balance/></td>
        </tr>
    }
}

/// Days and what the lines are about.
#[component]
fn Narrow(found: AccountView, filter: LineFilter) -> impl IntoView {
    let code = found.account.code;
    let day = |date: Option<NaiveDate>| RwSignal::new(date.map(|date| date.to_string()).unwrap_or_default());
    let (since, to) = (day(filter.from), day(filter.to));
    let about = filter.about;
    let field = |id: Option<String>| RwSignal::new(id.unwrap_or_default());
    let till = field(about.till.map(|id| id.to_string()));
    let associate = field(about.associate.map(|id| id.to_string()));
    let jurisdiction = field(about.jurisdiction.map(|id| id.to_string()));
    fn choices<T: std::fmt::Display>(of: Vec<(T, String)>) -> Vec<Choice> {
        of.into_iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect()
    }
    // What has no list to choose from comes with a link and stays while other things are changed.
    let kept = [
        ("store", filter.stores.first().map(|id| id.to_string())),
        ("customer", about.customer.map(|id| id.to_string())),
        ("item", about.item.map(|id| id.to_string())),
        ("document", about.document.map(|id| id.to_string())),
    ];
    let kept = kept
        .into_iter()
        .filter_map(|(name, id)| id.map(|id| view! { <input type="hidden" name=name value=id/> }))
        .collect_view();
    view! {
        <form class="list-filters" method="get" action=format!("/ledger/accounts/{code}")>
            <Field name="since" label=w::SINCE kind="date" value=since/>
            <Field name="to" label=w::TO kind="date" value=to/>
            <SelectField name="till" label=w::DRAWER value=till choices=choices(found.tills) none=w::ANY/>
            <SelectField name="associate" label=w::ASSOCIATE value=associate choices=choices(found.people) none=w::ANY/>
            <SelectField name="jurisdiction" label=w::JURISDICTION value=jurisdiction choices=choices(found.jurisdictions) none=w::ANY/>
            {kept}
            <div class="row">
                <Button label=w::SHOW kind=ButtonKind::Primary submit=true/>
                <LinkButton label=w::EVERYTHING href=format!("/ledger/accounts/{code}")/>
            </div>
        </form>
        {found.about.into_iter().map(|words| view! { <Badge tone=Tone::Held icon=IconName::Info label=words/> }).collect_view()}
    }
}
