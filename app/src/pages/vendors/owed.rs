//! What is owed to all vendors, the first that is due first.

use super::{Area, shown};
use crate::api::vendor::{bills_in, open_bills};
use crate::pages::paging::{Paging, address, offset};
use crate::pages::when;
use crate::ui::{
    Amount, Badge, Button, ButtonKind, EmptyState, Field, FigureCard, FileButton, IconName, Page, Table, Tone,
};
use crate::words::{ledger, vendors as w};
use domain::vendor::{BillFilter, BillPage};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

#[component]
pub fn OwedPage() -> impl IntoView {
    view! { <Area title=w::WHAT_IS_OWED><Owed/></Area> }
}

/// The address of the list, or of the file, narrowed like this.
fn narrowed(path: &str, filter: &BillFilter, from: u64) -> String {
    let from = if from == 0 { String::new() } else { from.to_string() };
    let due = filter.due_by.map(|date| date.to_string()).unwrap_or_default();
    let vendor = filter.vendor.map(|id| id.to_string()).unwrap_or_default();
    address(path, &[("due", &due), ("vendor", &vendor), ("from", &from)])
}

#[component]
fn Owed() -> impl IntoView {
    let query = use_query_map();
    let filter = Memo::new(move |_| {
        let query = query.read();
        BillFilter { offset: offset(&query), ..bills_in(|name| query.get(name)) }
    });
    let page = Resource::new(move || filter.get(), open_bills);
    let due = RwSignal::new(
        filter.with_untracked(|filter| filter.due_by.map(|date| date.to_string()).unwrap_or_default()),
    );
    view! {
        <Page title=w::WHAT_IS_OWED back=("/vendors".to_owned(), w::TITLE.to_owned())>
            <form class="list-filters" method="get" action="/vendors/owed" role="search" aria-label=w::WHAT_IS_OWED>
                <Field name="due" label=w::DUE_BY kind="date" value=due/>
                <div class="row">
                    <Button label=ledger::SHOW kind=ButtonKind::Primary submit=true/>
                    <FileButton href=move || narrowed("/vendors/owed.csv", &filter.get(), 0) label=w::DOWNLOAD/>
                </div>
            </form>
            {shown(page, move |page| listed(page, &filter.get_untracked()).into_any())}
        </Page>
    }
}

fn listed(page: BillPage, filter: &BillFilter) -> AnyView {
    if page.bills.is_empty() {
        return view! { <EmptyState icon=IconName::Check title=w::NO_OPEN_BILLS text=w::NO_OPEN_BILLS_TEXT/> }.into_any();
    }
    let (shown, today, filter) = (page.bills.len() as u64, page.today, filter.clone());
    let rows = page.bills.into_iter().map(|line| {
        let late = line.bill.due_on < today;
        view! {
            <tr class="row-opens">
                <td class="cell-main">
                    <a class="code" href=format!("/vendors/bills/{}", line.bill.id)>{line.bill.number}</a><span class="cell-sub">{line.vendor.name}</span>
                </td>
                <td data-label=w::DUE>
                    {when::day(line.bill.due_on)} " " {late.then(|| view! { <Badge tone=Tone::Overdue icon=IconName::Warning label=w::OVERDUE/> })}
                </td>
                <td data-label=w::TOTAL class="amount"><Amount value=line.bill.amount/></td>
                <td data-label=w::OPEN class="amount"><Amount value=line.bill.open/></td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="figures">
            <FigureCard name=w::OPEN value=page.open.to_string()/>
            <FigureCard name=w::OVERDUE value=page.overdue.to_string()/>
        </div>
        <Table label=w::OPEN_BILLS>
            <thead><tr><th>{w::BILL}</th><th>{w::DUE}</th><th class="amount">{w::TOTAL}</th><th class="amount">{w::OPEN}</th></tr></thead>
            <tbody>{rows}</tbody>
        </Table>
        <Paging offset=filter.offset shown all=page.count label=w::OPEN_BILLS address=move |from| narrowed("/vendors/owed", &filter, from)/>
    }
    .into_any()
}
