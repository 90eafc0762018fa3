//! Every till session of the store, each with its Z.

use crate::api::till::till_history;
use crate::pages::frame::{Problem, Staff};
use crate::pages::paging::{Paging, address, date_in, offset};
use crate::pages::when;
use crate::ui::{Amount, Badge, Button, EmptyState, Field, IconName, Page, Skeleton, Table, Tone};
use crate::words::{ledger, till as w};
use domain::till::{SessionFilter, SessionLine, SessionPage};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn TillHistoryPage() -> impl IntoView {
    view! { <Title text=w::HISTORY/> <Staff current="/till"><Sessions/></Staff> }
}

#[component]
fn Sessions() -> impl IntoView {
    let query = use_query_map();
    let filter = Memo::new(move |_| {
        let query = query.read();
        SessionFilter {
            from: date_in(query.get("since")),
            to: date_in(query.get("to")),
            offset: offset(&query),
            ..SessionFilter::default()
        }
    });
    let page = Resource::new(move || filter.get(), till_history);
    let text = |date: Option<chrono::NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
    let (since, to) =
        (RwSignal::new(text(filter.get_untracked().from)), RwSignal::new(text(filter.get_untracked().to)));
    view! {
        <Page title=w::HISTORY lead=w::HISTORY_LEAD back=("/till".to_owned(), w::TITLE.to_owned())>
            <form class="list-tools row" method="get" action="/till/history">
                <Field name="since" label=ledger::SINCE kind="date" value=since/>
                <Field name="to" label=ledger::TO kind="date" value=to/>
                <Button label=ledger::SHOW submit=true/>
            </form>
            <Suspense fallback=|| view! { <Skeleton count=8/> }>
                {move || Suspend::new(async move {
                    match page.await {
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok(page) if page.sessions.is_empty() => view! {
                            <EmptyState icon=IconName::Till title=w::NO_SESSIONS text=w::NO_SESSIONS_TEXT/>
                        }.into_any(),
                        Ok(page) => rows(page, &filter.get_untracked()).into_any(),
                    }
                })}
            </Suspense>
        </Page>
    }
}

fn rows(page: SessionPage, filter: &SessionFilter) -> impl IntoView + use<> {
    let shown = page.sessions.len() as u64;
    let text = |date: Option<chrono::NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
    let (since, to) = (text(filter.from), text(filter.to));
    view! {
        <Table label=w::HISTORY>
            <thead><tr>
                <th>{w::REPORT}</th><th>{w::TITLE}</th><th>{w::OPENED}</th><th>{w::CLOSED_AT}</th>
                <th class="amount">{w::SALES}</th><th class="amount">{w::TOTAL}</th><th class="amount">{w::OVER_SHORT}</th>
            </tr></thead>
            <tbody>{page.sessions.into_iter().map(row).collect_view()}</tbody>
        </Table>
        <Paging offset=filter.offset shown all=page.count label=w::HISTORY
            address=move |from| address("/till/history", &[("since", &since), ("to", &to), ("from", &from.to_string())])/>
    }
}

fn row(session: SessionLine) -> impl IntoView {
    let name = session.z.map_or_else(|| w::X_REPORT.to_owned(), |z| format!("{} {}", w::Z_REPORT, z.number));
    view! {
        <tr class="row-opens">
            <td class="cell-main">
                <a href=format!("/till/sessions/{}", session.id)>{name}</a>
                <span class="cell-sub">{when::day(session.business_date)}</span>
            </td>
            <td data-label=w::TITLE>{session.till_name}</td>
            <td data-label=w::OPENED>{when::time(session.opened_at)} " " {session.opened_by}</td>
            <td data-label=w::CLOSED_AT>
                {match session.closed_at {
                    Some(at) => view! { {when::time(at)} " " {session.closed_by} }.into_any(),
                    None => view! { <Badge tone=Tone::Held icon=IconName::Till label=w::STILL_OPEN/> }.into_any(),
                }}
            </td>
            <td data-label=w::SALES class="amount">{session.z.map(|z| z.sales)}</td>
            <td data-label=w::TOTAL class="amount">{session.z.map(|z| view! { <Amount value=z.total/> })}</td>
            <td data-label=w::OVER_SHORT class="amount">{session.z.map(|z| view! { <Amount value=z.over_short/> })}</td>
        </tr>
    }
}
