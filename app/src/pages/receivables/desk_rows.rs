//! The customers of the list of the day, each with why they stand there and what comes next.

use super::desk::narrowed;
use super::reasons::{Reasons, next_step};
use crate::pages::customers::Vip;
use crate::pages::paging::{Paging, address};
use crate::pages::when;
use crate::ui::{Amount, Badge, EmptyState, IconName, LinkButton, Table};
use crate::words::collect as w;
use chrono::NaiveDate;
use domain::receivable::collect::{DeskAsked, DeskPage, Ranked, Turn};
use leptos::prelude::*;

pub(super) fn listed(page: DeskPage, asked: &DeskAsked) -> AnyView {
    let DeskPage { rows, count, more, today, .. } = page;
    if rows.is_empty() {
        return nobody(asked).into_any();
    }
    // A page that is gone is the first one.
    let offset = if asked.offset < count { asked.offset } else { 0 };
    let (shown, paged) = (rows.len() as u64, asked.clone());
    let back = narrowed(asked, offset);
    let rows: Vec<_> = rows.into_iter().map(|one| row(one, &back, today)).collect();
    view! {
        <div class="desk">
            <Table label=w::TITLE>
                <thead class="heads-wrap"><tr>
                    <th>{w::CUSTOMER}</th><th>{w::WHY}</th><th>{w::NEXT_STEP}</th>
                    <th>{w::LOOKED_AFTER}</th><th class="amount">{w::OVERDUE}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </Table>
        </div>
        <Paging offset shown all=count more label=w::TITLE address=move |from| narrowed(&paged, from)/>
    }
    .into_any()
}

/// Nobody at all, or nobody like this.
fn nobody(asked: &DeskAsked) -> impl IntoView + use<> {
    let everybody = narrowed(&DeskAsked::default(), 0);
    if narrowed(asked, 0) == everybody {
        view! { <EmptyState icon=IconName::Check title=w::NOBODY_LISTED text=w::NOBODY_LISTED_TEXT/> }
            .into_any()
    } else {
        view! {
            <EmptyState icon=IconName::Customers title=w::NOBODY_FOUND text=w::NOBODY_FOUND_TEXT>
                <LinkButton href=everybody label=w::SHOW_ALL/>
            </EmptyState>
        }
        .into_any()
    }
}

fn row(one: Ranked, back: &str, today: NaiveDate) -> impl IntoView + use<> {
    let next = next_step(&one);
    let Ranked { row, reasons, turn } = one;
    let account = address(&format!("/customers/{}/account", row.customer.id), &[("back", back)]);
    let (owed, overdue) = (row.owed().unwrap_or_default(), row.overdue(today).unwrap_or_default());
    let oldest = overdue.is_positive().then(|| w::oldest(row.days_overdue(today)));
    let last = row.last_contact.map(|(at, kind)| w::last_contact(kind.label(), &when::day(at.date_naive())));
    let call = row.phone.map(|phone| {
        let href = format!("tel:{phone}");
        view! { <a class="call" href=href rel="external">{phone}</a> }
    });
    view! {
        <tr class="row-opens">
            <td class="cell-main">
                <a href=account>{row.customer.name}</a> {row.vip.then(|| view! { " " <Vip/> })}
                {(turn == Turn::Later).then(|| view! { " " <Badge icon=IconName::Clock label=w::WAITING/> })}
                <span class="cell-sub"><span class="code">{row.customer.number}</span> {last.map(|last| format!(" · {last}"))}</span>
            </td>
            <td><Reasons reasons/></td>
            <td data-label=w::NEXT_STEP class="cell-text"><div class="next-step"><span>{next}</span> {call}</div></td>
            <td data-label=w::LOOKED_AFTER class="cell-text">{row.collector.name.unwrap_or_else(|| w::NOBODY.to_owned())}</td>
            <td data-label=w::OVERDUE class="amount"><div>
                <strong class=("overdue-amount", overdue.is_positive())><Amount value=overdue/></strong>
                <span class="cell-sub">{oldest}</span> <span class="cell-sub">{w::of_owed(owed)}</span>
            </div></td>
        </tr>
    }
}
