//! What a period earned.

use super::statement::{Behind, part, store_choice};
use crate::api::books::profit_and_loss;
use crate::pages::frame::{Problem, Staff};
use crate::pages::paging::date_in;
use crate::ui::{Button, ButtonKind, Choice, Field, FigureCard, Page, SelectField, Skeleton};
use crate::words::{books as w, ledger};
use chrono::NaiveDate;
use domain::ledger::{AskProfitAndLoss, ProfitAndLossPage as Found, StatementPeriod};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn ProfitAndLossPage() -> impl IntoView {
    view! { <Title text=w::PROFIT_AND_LOSS/> <Staff current="/ledger"><Statement/></Staff> }
}

#[component]
fn Statement() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        AskProfitAndLoss {
            period: query.get("period").and_then(|code| code.parse().ok()),
            from: date_in(query.get("since")),
            to: date_in(query.get("to")),
            store: query.get("store").and_then(|id| id.parse().ok()),
        }
    });
    let found = Resource::new(move || asked.get(), profit_and_loss);
    view! {
        <Page title=w::PROFIT_AND_LOSS back=("/ledger".to_owned(), ledger::TITLE.to_owned())>
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

fn shown(found: Found, asked: &AskProfitAndLoss) -> impl IntoView + use<> {
    let Found { statement, period, stores } = found;
    let behind = Behind { from: period.from(), to: period.to(), store: asked.store };
    let named = match (asked.period, asked.from, asked.to) {
        (None, None, None) => Some(StatementPeriod::YearToDate),
        (named, _, _) => named,
    };
    let named = RwSignal::new(named.map(|named| named.code().to_owned()).unwrap_or_default());
    let day = |date: Option<NaiveDate>| RwSignal::new(date.map(|date| date.to_string()).unwrap_or_default());
    let (since, to) = (day(period.from()), day(period.to()));
    let periods = StatementPeriod::ALL.iter().map(|period| Choice::new(period.code(), period.label()));
    let (gross, result) = (statement.gross.to_string(), statement.result.to_string());
    let totals = (statement.income.total, statement.cogs.total, statement.expenses.total);
    view! {
        <form class="list-filters" method="get" action="/ledger/profit-and-loss">
            <SelectField name="period" label=w::PERIOD value=named choices=periods.collect() none=w::THESE_DAYS/>
            <Field name="since" label=ledger::SINCE kind="date" value=since/>
            <Field name="to" label=ledger::TO kind="date" value=to/>
            {store_choice(stores, asked.store)}
            <div class="row"><Button label=ledger::SHOW kind=ButtonKind::Primary submit=true/></div>
        </form>
        <div class="figures">
            <FigureCard name=w::GROSS value=gross/>
            <FigureCard name=w::RESULT value=result/>
        </div>
        {part(statement.income, behind, Vec::new(), totals.0)}
        {part(statement.cogs, behind, Vec::new(), totals.1)}
        {part(statement.expenses, behind, Vec::new(), totals.2)}
    }
}
