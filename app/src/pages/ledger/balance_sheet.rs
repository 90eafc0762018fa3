//! What there is, what is owed, and what belongs to the owners, on one day.

use super::statement::{Behind, Computed, part, store_choice};
use crate::api::books::balance_sheet;
use crate::pages::frame::{Problem, Staff};
use crate::pages::paging::date_in;
use crate::ui::{Button, ButtonKind, Field, Notice, NoticeKind, Page, Skeleton};
use crate::words::{books as w, ledger};
use domain::ledger::{AskBalanceSheet, BalanceSheetPage as Found};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn BalanceSheetPage() -> impl IntoView {
    view! { <Title text=w::BALANCE_SHEET/> <Staff current="/ledger"><Sheet/></Staff> }
}

#[component]
fn Sheet() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        AskBalanceSheet {
            as_of: date_in(query.get("as_of")),
            store: query.get("store").and_then(|id| id.parse().ok()),
        }
    });
    let found = Resource::new(move || asked.get(), balance_sheet);
    view! {
        <Page title=w::BALANCE_SHEET back=("/ledger".to_owned(), ledger::TITLE.to_owned())>
            <Suspense fallback=|| view! { <Skeleton count=10/> }>
                {move || Suspend::new(async move {
                    let asked = asked.get_untracked();
                    match found.await {
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok(found) => shown(found, &asked).into_any(),
                    }
                })}
            </Suspense>
        </Page>
    }
}

fn shown(found: Found, asked: &AskBalanceSheet) -> impl IntoView + use<> {
    let Found { sheet, as_of, year_from, stores } = found;
    let behind = Behind { from: None, to: Some(as_of), store: asked.store };
    let typed = RwSignal::new(as_of.to_string());
    let (assets, liabilities, equity) = (sheet.assets.total, sheet.liabilities.total, sheet.total_equity);
    let proof = if sheet.balances() {
        view! { <Notice kind=NoticeKind::Success>{w::proves(assets, liabilities, equity)}</Notice> }
            .into_any()
    } else {
        view! { <Notice kind=NoticeKind::Error>{w::proves_not(sheet.difference)}</Notice> }.into_any()
    };
    let this_year = Behind { from: Some(year_from), ..behind };
    let year = Computed {
        label: w::RESULT_OF_YEAR,
        amount: sheet.result_of_year,
        href: Some(this_year.profit_and_loss()),
    };
    let mut computed = vec![Computed { label: w::RETAINED, amount: sheet.retained, href: None }, year];
    if !sheet.between_stores.is_zero() {
        computed.push(Computed { label: w::BETWEEN_STORES, amount: sheet.between_stores, href: None });
    }
    view! {
        <form class="list-tools row" method="get" action="/ledger/balance-sheet">
            <Field name="as_of" label=ledger::AS_OF kind="date" value=typed/>
            {store_choice(stores, asked.store)}
            <Button label=ledger::SHOW kind=ButtonKind::Primary submit=true/>
        </form>
        {proof}
        {part(sheet.assets, behind, Vec::new(), assets)}
        {part(sheet.liabilities, behind, Vec::new(), liabilities)}
        {part(sheet.equity, behind, computed, equity)}
    }
}
