//! The chart of accounts with what stands on each.

use crate::api::ledger::trial_balance;
use crate::pages::frame::{Problem, Staff};
use crate::pages::paging::{address, date_in};
use crate::ui::{Amount, Button, Card, Field, Page, Skeleton, Table};
use crate::words::ledger as w;
use domain::ledger::{Account, AccountKind, AccountSum, LineFilter};
use domain::money::Money;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn ChartPage() -> impl IntoView {
    view! { <Title text=w::CHART/> <Staff current="/ledger"><Chart/></Staff> }
}

#[component]
fn Chart() -> impl IntoView {
    let query = use_query_map();
    let as_of = Memo::new(move |_| date_in(query.read().get("as_of")));
    let books =
        Resource::new(move || as_of.get(), |to| trial_balance(LineFilter { to, ..LineFilter::default() }));
    let typed = RwSignal::new(as_of.get_untracked().map(|date| date.to_string()).unwrap_or_default());
    view! {
        <Page title=w::CHART lead=w::CHART_LEAD back=("/ledger".to_owned(), w::TRIAL_BALANCE.to_owned())>
            <form class="list-tools row" method="get" action="/ledger/accounts">
                <Field name="as_of" label=w::AS_OF kind="date" value=typed/>
                <Button label=w::SHOW submit=true/>
            </form>
            <Suspense fallback=|| view! { <Skeleton count=10/> }>
                {move || Suspend::new(async move {
                    match books.await {
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok((accounts, sums)) => {
                            let to = typed.get_untracked();
                            AccountKind::ALL
                                .iter()
                                .filter_map(|kind| of_kind(*kind, &accounts, &sums, &to))
                                .collect_view()
                                .into_any()
                        }
                    }
                })}
            </Suspense>
        </Page>
    }
}

/// The accounts of one kind; none where there are none.
fn of_kind(
    kind: AccountKind,
    accounts: &[Account],
    sums: &[AccountSum],
    to: &str,
) -> Option<impl IntoView + use<>> {
    let rows: Vec<_> = accounts
        .iter()
        .filter(|account| account.kind == kind)
        .map(|account| {
            let sum = sums.iter().find(|sum| sum.account == account.code);
            let balance = sum.map_or(Money::ZERO, |sum| sum.debit.minus(sum.credit).unwrap_or_default());
            let (code, name) = (account.code.to_string(), account.name.clone());
            let href = address(&format!("/ledger/accounts/{code}"), &[("to", to)]);
            view! {
                <tr class="row-opens">
                    <td class="cell-main"><a href=href><span class="code">{code}</span> " " {name}</a></td>
                    <td data-label=w::BALANCE class="amount"><Amount value=balance/></td>
                </tr>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <Card title=kind.label() flush=true>
                <Table label=kind.label()>
                    <thead><tr><th>{w::ACCOUNT}</th><th class="amount">{w::BALANCE}</th></tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </Table>
            </Card>
        }
    })
}
