//! What both statements are drawn from: a part with its accounts, and the choice of a store.

use crate::pages::paging::address;
use crate::ui::{Amount, Card, Choice, SelectField, Table};
use crate::words::{books as w, ledger};
use chrono::NaiveDate;
use domain::ids::StoreId;
use domain::ledger::{AccountCode, Section};
use domain::money::Money;
use leptos::prelude::*;

/// The lines that the figures of a statement were made of.
#[derive(Debug, Clone, Copy)]
pub struct Behind {
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub store: Option<StoreId>,
}

impl Behind {
    fn text<T: ToString>(value: Option<T>) -> String {
        value.map(|value| value.to_string()).unwrap_or_default()
    }

    /// The account with exactly these lines.
    fn account(self, code: AccountCode) -> String {
        let (since, to, store) = (Self::text(self.from), Self::text(self.to), Self::text(self.store));
        let parts = [("since", since.as_str()), ("to", to.as_str()), ("store", store.as_str())];
        address(&format!("/ledger/accounts/{code}"), &parts)
    }

    /// What these days earned.
    pub fn profit_and_loss(self) -> String {
        let (since, to, store) = (Self::text(self.from), Self::text(self.to), Self::text(self.store));
        let parts = [("since", since.as_str()), ("to", to.as_str()), ("store", store.as_str())];
        address("/ledger/profit-and-loss", &parts)
    }
}

/// A figure that no account holds.
pub struct Computed {
    pub label: &'static str,
    pub amount: Money,
    /// Where it opens to.
    pub href: Option<String>,
}

/// One part of a statement with its accounts, what is computed beside them, and the sum.
pub fn part(section: Section, behind: Behind, computed: Vec<Computed>, total: Money) -> impl IntoView {
    let label = section.part.label();
    let rows = section.figures.into_iter().map(move |figure| {
        let code = figure.account;
        view! {
            <tr class="row-opens">
                <td class="cell-main"><a href=behind.account(code)><span class="code">{code.to_string()}</span> " " {figure.name}</a></td>
                <td data-label=w::AMOUNT class="amount"><Amount value=figure.amount/></td>
            </tr>
        }
    });
    let computed = computed.into_iter().map(|Computed { label, amount, href }| {
        let name = match href {
            Some(href) => view! { <a href=href>{label}</a> }.into_any(),
            None => label.into_any(),
        };
        view! {
            <tr>
                <td class="cell-main">{name}</td>
                <td data-label=w::AMOUNT class="amount"><Amount value=amount/></td>
            </tr>
        }
    });
    let (rows, computed) = (rows.collect_view(), computed.collect_view());
    view! {
        <Card title=label flush=true>
            <Table label=label>
                <thead><tr><th>{ledger::ACCOUNT}</th><th class="amount">{w::AMOUNT}</th></tr></thead>
                <tbody>{rows}{computed}</tbody>
                <tfoot><tr><td>{ledger::TOTAL}</td><td data-label=ledger::TOTAL class="amount"><Amount value=total/></td></tr></tfoot>
            </Table>
        </Card>
    }
}

/// Which store a statement is of; nothing to choose where there is one.
pub fn store_choice(stores: Vec<(StoreId, String)>, chosen: Option<StoreId>) -> Option<impl IntoView> {
    let value = RwSignal::new(chosen.map(|id| id.to_string()).unwrap_or_default());
    (stores.len() > 1).then(|| {
        let stores = stores.into_iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect();
        view! { <SelectField name="store" label=w::STORE value choices=stores none=w::ALL_STORES/> }
    })
}
