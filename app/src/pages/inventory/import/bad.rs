//! The rows that did not come in, a page at a time.

use crate::api::import::bad_rows;
use crate::pages::sending::Sending;
use crate::ui::{Button, ButtonKind, Card, Notice, NoticeKind, Table};
use crate::words::import as w;
use domain::ids::ImportId;
use domain::import::{BadRow, BadRows};
use leptos::prelude::*;

const ROWS: u64 = 25;

#[component]
pub fn BadRowsTable(import: ImportId) -> impl IntoView {
    let (offset, page) = (RwSignal::new(0_u64), RwSignal::new(None::<BadRows>));
    let asking = Sending::new();
    // In the browser alone: they are asked for after the page has come.
    Effect::new(move |_| {
        let from = offset.get();
        asking.send(bad_rows(import, from, ROWS), move |rows| page.set(Some(rows)));
    });
    let shown = move || {
        page.with(|page| {
            let page = page.as_ref().filter(|page| page.count > 0)?;
            let first = offset.get_untracked();
            Some((w::shown(first + 1, first + page.rows.len() as u64, page.count), page.count))
        })
    };
    view! {
        <Card title=w::BAD_ROWS flush=true>
            {move || asking.error.get().map(|error| view! { <Notice kind=NoticeKind::Error>{error.message}</Notice> })}
            <Table label=w::BAD_ROWS>
                <thead><tr><th>{w::LINE}</th><th>{w::REASON}</th><th>{w::ROW}</th></tr></thead>
                <tbody>{move || page.get().map(|page| page.rows.into_iter().map(row).collect_view())}</tbody>
            </Table>
        </Card>
        {move || shown().filter(|(_, count)| *count > ROWS).map(|(text, count)| view! {
            <div class="row">
                <Button label=w::EARLIER kind=ButtonKind::Quiet pending=asking.pending
                    disabled=Signal::derive(move || offset.get() == 0)
                    on:click=move |_| offset.update(|at| *at = at.saturating_sub(ROWS))/>
                <span class="soft">{text}</span>
                <Button label=w::LATER kind=ButtonKind::Quiet pending=asking.pending
                    disabled=Signal::derive(move || offset.get() + ROWS >= count)
                    on:click=move |_| offset.update(|at| *at += ROWS)/>
            </div>
        })}
    }
}

fn row(bad: BadRow) -> impl IntoView {
    view! {
        <tr>
            <td class="cell-main">{bad.line}</td>
            <td data-label=w::REASON>{bad.reason}</td>
            <td data-label=w::ROW class="soft">{bad.cells.join(" · ")}</td>
        </tr>
    }
}
