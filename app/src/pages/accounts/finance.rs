//! The finance charges of a month: looked at first, then assessed.

use crate::api::account::{assess_finance_charges, finance_charges};
use crate::client::go_to;
use crate::error::ErrorKind;
use crate::pages::frame::{Problem, Staff};
use crate::pages::receivables::{FINANCE_CHARGES, OVERVIEW, Ways};
use crate::pages::sending::Sending;
use crate::pages::settings::Refused;
use crate::ui::{Amount, Button, ButtonKind, Card, EmptyState, IconName, Page, Skeleton, Table};
use crate::words::{accounts as w, receivables};
use domain::money::Money;
use domain::receivable::{AssessFinanceCharges, FinanceChargePlan};
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn FinanceChargesPage() -> impl IntoView {
    view! { <Title text=w::FINANCE/> <Staff current=OVERVIEW><Plan/></Staff> }
}

#[component]
fn Plan() -> impl IntoView {
    let found = Resource::new(|| (), |()| finance_charges());
    view! {
        <Page title=receivables::TITLE lead=w::FINANCE>
            <Ways current=FINANCE_CHARGES/>
            <p class="soft">{w::FINANCE_LEAD}</p>
            <Suspense fallback=|| view! { <Skeleton count=6/> }>
                {move || Suspend::new(async move {
                    match found.await {
                        // Most stores never charge any, and that is no fault.
                        Err(error) if error.kind == ErrorKind::Refused => {
                            view! { <EmptyState icon=IconName::Info title=w::FINANCE_NONE text=error.message/> }.into_any()
                        }
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok(plan) => view! { <Shown plan/> }.into_any(),
                    }
                })}
            </Suspense>
        </Page>
    }
}

#[component]
fn Shown(plan: FinanceChargePlan) -> impl IntoView {
    let FinanceChargePlan { store_id, rate, charges, names, .. } = plan;
    let total = Money::sum(charges.iter().map(|one| one.charge)).unwrap_or_default();
    let count = charges.len();
    let sending = Sending::new();
    let assess = move |_| {
        let accounts = u64::try_from(count).unwrap_or_default();
        let cmd = AssessFinanceCharges { command_id: sending.id(), store_id, accounts, total };
        sending.send(assess_finance_charges(cmd), |_| go_to("/ledger"));
    };
    let rows = charges.into_iter().map(|one| {
        let name = names.get(&one.customer_id).map(|named| named.name.clone()).unwrap_or_default();
        view! {
            <tr class="row-opens">
                <td class="cell-main"><a href=format!("/customers/{}/account", one.customer_id)>{name}</a></td>
                <td data-label=w::OVERDUE class="amount"><Amount value=one.overdue/></td>
                <td data-label=w::CHARGE class="amount"><Amount value=one.charge/></td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <Refused sending/>
        {if count == 0 {
            view! { <EmptyState icon=IconName::Check title=w::FINANCE_NONE text=w::FINANCE_NONE_TEXT/> }.into_any()
        } else {
            view! {
                <Card flush=true>
                    <Table label=w::FINANCE>
                        <thead><tr><th>{w::ACCOUNT}</th><th class="amount">{w::OVERDUE}</th><th class="amount">{w::CHARGE}</th></tr></thead>
                        <tbody>{rows}</tbody>
                    </Table>
                </Card>
                <p role="status">{w::assessed(count, total, rate)}</p>
                <div class="form-actions"><Button label=w::ASSESS kind=ButtonKind::Primary pending=sending.pending on:click=assess/></div>
            }.into_any()
        }}
    }
}
