//! The books: trial balance, chart, one account, journal, one event, statements, what is posted by hand, and the
//! proof that everything holds.

mod account;
mod balance_sheet;
mod card_batch;
mod cards;
mod chart;
mod entry;
mod event;
mod files;
mod lines;
mod period_lock;
mod profit_and_loss;
mod recurring;
mod statement;
mod tie_out;

pub use account::AccountPage;
pub use balance_sheet::BalanceSheetPage;
pub use card_batch::CardBatchPage;
pub use cards::CardPaymentsPage;
pub use chart::ChartPage;
pub use entry::{NewEntryPage, filled as filled_entry};
pub use event::EventPage;
pub use period_lock::PeriodLockPage;
pub use profit_and_loss::ProfitAndLossPage;
pub use recurring::{EditRecurringPage, NewRecurringPage, RecurringEntriesPage};
pub use tie_out::TieOutPage;

use super::frame::{May, Problem, Staff};
use super::paging::{Paging, address, date_in, offset};
use super::when;
use crate::api::ledger::{journal_lines, trial_balance, verify};
use crate::ui::{
    Amount, Button, Card, EmptyState, Field, IconName, LinkButton, Notice, NoticeKind, Page, Skeleton, Table,
};
use crate::words::{books, ledger as w, proof};
use chrono::NaiveDate;
use domain::ledger::{Account, AccountSum, Dimensions, LineFilter, PostedLine, VerifyReport};
use domain::money::Money;
use domain::person::Permission;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn LedgerPage() -> impl IntoView {
    view! { <Title text=w::TITLE/> <Staff current="/ledger"><TrialBalance/></Staff> }
}

fn amount_or_blank(amount: Money) -> impl IntoView {
    (!amount.is_zero()).then(|| view! { <Amount value=amount/> })
}

#[component]
fn TrialBalance() -> impl IntoView {
    let query = use_query_map();
    let as_of = Memo::new(move |_| date_in(query.read().get("as_of")));
    let books =
        Resource::new(move || as_of.get(), |to| trial_balance(LineFilter { to, ..LineFilter::default() }));
    let typed = RwSignal::new(as_of.get_untracked().map(|date| date.to_string()).unwrap_or_default());
    view! {
        <Page
            title=w::TITLE
            lead=w::TRIAL_BALANCE
            actions=|| view! {
                <LinkButton href="/ledger/accounts" label=w::CHART icon=IconName::Reports/>
                <LinkButton href="/ledger/journal" label=w::JOURNAL icon=IconName::Ledger/>
                <LinkButton href="/ledger/profit-and-loss" label=books::PROFIT_AND_LOSS icon=IconName::Reports/>
                <LinkButton href="/ledger/balance-sheet" label=books::BALANCE_SHEET icon=IconName::Reports/>
                <May permission=Permission::PostJournal>
                    <LinkButton href="/ledger/entries/new" label=books::POST_ENTRY icon=IconName::Plus/>
                    <LinkButton href="/ledger/recurring" label=books::RECURRING icon=IconName::Sync/>
                </May>
                <LinkButton href="/ledger/lock" label=books::LOCK icon=IconName::Lock/>
                <May permission=Permission::MoveSafeMoney><LinkButton href="/till/safe" label=crate::words::till::SAFE icon=IconName::Lock/></May>
                <LinkButton href="/ledger/tie-out" label=proof::TIE_OUT icon=IconName::Check/>
                <LinkButton href="/ledger/cards" label=proof::CARDS icon=IconName::Card/>
                <LinkButton href="/ledger/verify" label=w::VERIFY icon=IconName::Check/>
                <LinkButton href="/ledger/export" label=w::EXPORT icon=IconName::Download/>
            }
        >
            <form class="list-tools row" method="get" action="/ledger">
                <Field name="as_of" label=w::AS_OF kind="date" value=typed/>
                <Button label=w::SHOW submit=true/>
            </form>
            <Suspense fallback=|| view! { <Skeleton count=10/> }>
                {move || Suspend::new(async move {
                    match books.await {
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok((_, sums)) if sums.is_empty() => view! {
                            <EmptyState icon=IconName::Ledger title=w::EMPTY text=w::EMPTY_TEXT/>
                        }.into_any(),
                        Ok((accounts, sums)) => balances(&accounts, sums, as_of.get_untracked()).into_any(),
                    }
                })}
            </Suspense>
        </Page>
    }
}

fn balances(accounts: &[Account], sums: Vec<AccountSum>, as_of: Option<NaiveDate>) -> impl IntoView + use<> {
    let net = |sum: &AccountSum| sum.debit.minus(sum.credit).unwrap_or_default();
    let debits = Money::sum(sums.iter().map(net).filter(|net| net.is_positive())).unwrap_or_default();
    let credits = Money::sum(sums.iter().map(net).filter(|net| net.is_negative()))
        .and_then(Money::negated)
        .unwrap_or_default();
    let to = as_of.map(|date| date.to_string()).unwrap_or_default();
    let rows = sums
        .iter()
        .map(|sum| {
            let name = accounts.iter().find(|account| account.code == sum.account).map_or_else(String::new, |account| account.name.clone());
            let (code, net) = (sum.account.to_string(), net(sum));
            let href = address(&format!("/ledger/accounts/{code}"), &[("to", &to)]);
            view! {
                <tr class="row-opens">
                    <td class="cell-main"><a href=href><span class="code">{code}</span> " " {name}</a></td>
                    <td data-label=w::DEBIT class="amount">{amount_or_blank(net.max(Money::ZERO))}</td>
                    <td data-label=w::CREDIT class="amount">{amount_or_blank(net.negated().unwrap_or_default().max(Money::ZERO))}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Table label=w::TRIAL_BALANCE>
            <thead><tr><th>{w::ACCOUNT}</th><th class="amount">{w::DEBIT}</th><th class="amount">{w::CREDIT}</th></tr></thead>
            <tbody>{rows}</tbody>
            <tfoot><tr>
                <td>{w::TOTAL}</td>
                <td data-label=w::DEBIT class="amount"><Amount value=debits/></td>
                <td data-label=w::CREDIT class="amount"><Amount value=credits/></td>
            </tr></tfoot>
        </Table>
    }
}

#[component]
pub fn JournalPage() -> impl IntoView {
    view! { <Title text=w::JOURNAL/> <Staff current="/ledger"><Journal/></Staff> }
}

#[component]
fn Journal() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        let filter = LineFilter {
            stores: Vec::new(),
            account: query.get("account").and_then(|code| code.parse().ok()),
            from: date_in(query.get("since")),
            to: date_in(query.get("to")),
            about: Dimensions::default(),
        };
        (filter, offset(&query))
    });
    let page = Resource::new(move || asked.get(), |(filter, from)| journal_lines(filter, from));
    let title = move || match asked.get().0.account {
        Some(account) => format!("{} {account}", w::ACCOUNT),
        None => w::JOURNAL.to_owned(),
    };
    view! {
        <Page title=title back=("/ledger".to_owned(), w::TRIAL_BALANCE.to_owned())>
            <Suspense fallback=|| view! { <Skeleton count=10/> }>
                {move || Suspend::new(async move {
                    let (filter, from) = asked.get_untracked();
                    match page.await {
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok((lines, _)) if lines.is_empty() => view! {
                            <EmptyState icon=IconName::Ledger title=w::EMPTY text=w::EMPTY_TEXT/>
                        }.into_any(),
                        Ok((lines, count)) => posted(lines, count, &filter, from).into_any(),
                    }
                })}
            </Suspense>
        </Page>
    }
}

fn posted(lines: Vec<PostedLine>, count: u64, filter: &LineFilter, from: u64) -> impl IntoView + use<> {
    let shown = lines.len() as u64;
    let text = |date: Option<NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
    let (account, since, to) =
        (filter.account.map(|code| code.to_string()).unwrap_or_default(), text(filter.from), text(filter.to));
    let rows = lines
        .into_iter()
        .map(|line| {
            view! {
                <tr>
                    <td data-label=w::DATE>{when::day(line.business_date)} <span class="cell-sub">{when::time(line.recorded_at)}</span></td>
                    <td class="cell-main">
                        <a href=format!("/ledger/event/{}", line.event)>{line.narrative}</a>
                        <span class="cell-sub">{line.summary}</span>
                    </td>
                    <td data-label=w::ACCOUNT><a class="code" href=format!("/ledger/accounts/{}", line.account)>{line.account.to_string()}</a></td>
                    <td data-label=w::DEBIT class="amount">{amount_or_blank(line.amount.max(Money::ZERO))}</td>
                    <td data-label=w::CREDIT class="amount">{amount_or_blank(line.amount.negated().unwrap_or_default().max(Money::ZERO))}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Table label=w::JOURNAL>
            <thead><tr>
                <th>{w::DATE}</th><th>{w::WHAT}</th><th>{w::ACCOUNT}</th><th class="amount">{w::DEBIT}</th><th class="amount">{w::CREDIT}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </Table>
        <Paging offset=from shown all=count label=w::JOURNAL
            address=move |from| address("/ledger/journal", &[("account", &account), ("since", &since), ("to", &to), ("from", &from.to_string())])/>
    }
}

#[component]
pub fn VerifyPage() -> impl IntoView {
    view! { <Title text=w::VERIFY/> <Staff current="/ledger"><Verify/></Staff> }
}

#[component]
fn Verify() -> impl IntoView {
    let report = Resource::new(|| (), |()| verify());
    view! {
        <Page title=w::VERIFY lead=w::VERIFY_LEAD back=("/ledger".to_owned(), w::TITLE.to_owned())>
            <Suspense fallback=|| view! { <Skeleton count=10/> }>
                {move || Suspend::new(async move {
                    match report.await {
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok(report) => checked(report).into_any(),
                    }
                })}
            </Suspense>
        </Page>
    }
}

fn checked(report: VerifyReport) -> impl IntoView {
    let verdict = if report.findings.is_empty() {
        view! { <Notice kind=NoticeKind::Success>{w::ALL_HOLDS}</Notice> }.into_any()
    } else {
        let findings = report.findings.into_iter().map(|finding| view! {
            <li>
                {finding.check} ": " {finding.detail}
                {finding.event.map(|event| view! { " " <a class="code" href=format!("/ledger/event/{event}")>{event.to_string()}</a> })}
            </li>
        });
        view! { <Notice kind=NoticeKind::Error title=w::NOT_ALL_HOLDS><ul>{findings.collect_view()}</ul></Notice> }.into_any()
    };
    view! {
        {verdict}
        <Card flush=true>
            <Table label=w::VERIFY>
                <thead><tr><th>{w::CHECK}</th><th class="amount">{w::LOOKED_AT}</th></tr></thead>
                <tbody>
                    {report.checked.into_iter().map(|(check, count)| view! {
                        <tr><td class="cell-main">{check}</td><td data-label=w::LOOKED_AT class="amount">{count}</td></tr>
                    }).collect_view()}
                </tbody>
            </Table>
        </Card>
    }
}
