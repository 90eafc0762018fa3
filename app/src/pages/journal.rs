//! Entries as debits and credits, for every page that opens a figure.

use super::when;
use crate::ui::{Amount, Card, Table};
use crate::words::ledger as w;
use domain::ledger::{AccountCode, Entry};
use domain::money::Money;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// One entry with all its lines.
#[component]
pub fn EntryCard(entry: Entry, accounts: BTreeMap<AccountCode, String>) -> impl IntoView {
    let event = format!("/ledger/event/{}", entry.header.event);
    let rows = entry
        .lines
        .into_iter()
        .map(|line| {
            let side = |amount: Money| (!amount.is_zero()).then(|| view! { <Amount value=amount/> });
            let debit = line.amount.max(Money::ZERO);
            let credit = line.amount.negated().unwrap_or_default().max(Money::ZERO);
            let name = accounts.get(&line.account).cloned().unwrap_or_default();
            let account = line.account.to_string();
            view! {
                <tr>
                    <td class="cell-main"><a href=format!("/ledger/accounts/{account}")><span class="code">{account.clone()}</span> " " {name}</a></td>
                    <td data-label=w::DEBIT class="amount">{side(debit)}</td>
                    <td data-label=w::CREDIT class="amount">{side(credit)}</td>
                </tr>
            }
        })
        .collect_view();
    let label = format!("{}, {}", entry.header.narrative, when::day(entry.header.moment.business_date));
    view! {
        <Card title=label flush=true actions=move || view! { <a href=event>{w::OPEN_EVENT}</a> }>
            <Table label=w::JOURNAL>
                <thead><tr><th>{w::ACCOUNT}</th><th class="amount">{w::DEBIT}</th><th class="amount">{w::CREDIT}</th></tr></thead>
                <tbody>{rows}</tbody>
            </Table>
        </Card>
    }
}
