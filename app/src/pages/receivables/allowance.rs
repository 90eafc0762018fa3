//! What will probably not be paid, and the entry that says so in the books.

use super::Ways;
use crate::api::receivable_reports::load_allowance;
use crate::pages::frame::{Problem, Staff};
use crate::pages::ledger::filled_entry;
use crate::pages::paging::{address, date_in};
use crate::pages::when;
use crate::ui::{
    Amount, Button, ButtonKind, Card, Choice, Field, FigureCard, IconName, LinkButton, Notice, NoticeKind,
    Page, SelectField, Skeleton, Table,
};
use crate::words::{common, ledger, receivables as w};
use domain::ledger::{TypedEntry, code};
use domain::receivable::{AllowanceAsked, AllowanceEstimate, AllowanceSheet};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn AllowancePage() -> impl IntoView {
    view! { <Title text=w::ALLOWANCE/> <Staff current="/receivables"><Allowance/></Staff> }
}

#[component]
fn Allowance() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        AllowanceAsked {
            as_of: date_in(query.get("as_of")),
            store: query.get("store").and_then(|id| id.parse().ok()),
        }
    });
    let found = Resource::new(move || asked.get(), load_allowance);
    view! {
        <Page title=w::TITLE lead=w::ALLOWANCE>
            <Ways current="/receivables/allowance"/>
            <Suspense fallback=|| view! { <Skeleton count=8/> }>
                {move || Suspend::new(async move {
                    match found.await {
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok(sheet) => estimated(sheet).into_any(),
                    }
                })}
            </Suspense>
        </Page>
    }
}

fn estimated(sheet: AllowanceSheet) -> impl IntoView {
    let day = RwSignal::new(sheet.as_of.to_string());
    let store = RwSignal::new(sheet.store.to_string());
    let stores: Vec<Choice> =
        sheet.stores.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone())).collect();
    let (to, of_store) = (sheet.as_of.to_string(), sheet.store.to_string());
    let present =
        address(&format!("/ledger/accounts/{}", code::ALLOWANCE), &[("to", &to), ("store", &of_store)]);
    let estimate = sheet.estimate.clone();
    let change = if estimate.change.is_negative() { w::LESS } else { w::MORE };
    view! {
        <form class="list-filters" method="get" action="/receivables/allowance">
            <Field name="as_of" label=w::AS_OF kind="date" value=day/>
            {(stores.len() > 1).then(|| view! { <SelectField name="store" label=w::STORE value=store choices=stores/> })}
            <div class="row"><Button label=common::SHOW kind=ButtonKind::Primary submit=true/></div>
        </form>
        <div class="figures">
            <FigureCard name=w::NEEDED value=estimate.needed.to_string() note=w::as_of(&when::day(sheet.as_of))/>
            <FigureCard name=w::PRESENT value=estimate.present.to_string() href=present note=w::IN_THE_BOOKS/>
            <FigureCard name=w::CHANGE value=estimate.change.to_string() note=change/>
        </div>
        {by_age(estimate)}
        {entry(sheet)}
    }
}

fn by_age(estimate: AllowanceEstimate) -> impl IntoView {
    let rows = estimate.losses.into_iter().map(|loss| {
        view! {
            <tr>
                <td class="cell-main">{loss.bucket.label()}</td>
                <td data-label=w::OWED class="amount"><Amount value=loss.owed/></td>
                <td data-label=w::LOSS_RATE class="amount">{loss.rate.to_string()}</td>
                <td data-label=w::LOST class="amount"><Amount value=loss.lost/></td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <Card title=w::ESTIMATE flush=true>
            <Table label=w::ESTIMATE>
                <thead><tr><th>{w::AGE}</th><th class="amount">{w::OWED}</th><th class="amount">{w::LOSS_RATE}</th><th class="amount">{w::LOST}</th></tr></thead>
                <tbody>{rows}</tbody>
                <tfoot><tr>
                    <td>{w::NEEDED}</td><td></td><td></td>
                    <td data-label=w::NEEDED class="amount"><Amount value=estimate.needed/></td>
                </tr></tfoot>
            </Table>
        </Card>
        <p class="soft">{w::CARD_RATES}</p>
    }
}

/// The entry as it would be posted; a bookkeeper looks at it once more in the form.
fn entry(sheet: AllowanceSheet) -> AnyView {
    if sheet.lines.is_empty() {
        return view! { <Notice kind=NoticeKind::Success title=w::AS_IT_SHOULD_BE>{w::AS_IT_SHOULD_BE_TEXT}</Notice> }
            .into_any();
    }
    let typed = TypedEntry {
        date: sheet.as_of.to_string(),
        memo: w::allowance_memo(&when::day(sheet.as_of)),
        lines: sheet.lines,
        ..TypedEntry::default()
    };
    let (href, may_post) = (filled_entry(&typed), sheet.may_post);
    let rows = typed.lines.into_iter().map(|line| {
        let name = if line.account == code::ALLOWANCE.to_string() { w::ALLOWANCE } else { w::BAD_DEBT };
        view! {
            <tr>
                <td class="cell-main"><span class="code">{line.account}</span> " " {name}</td>
                <td data-label=ledger::DEBIT class="amount">{line.debit}</td>
                <td data-label=ledger::CREDIT class="amount">{line.credit}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <Card title=w::ENTRY flush=true>
            <Table label=w::ENTRY>
                <thead><tr><th>{ledger::ACCOUNT}</th><th class="amount">{ledger::DEBIT}</th><th class="amount">{ledger::CREDIT}</th></tr></thead>
                <tbody>{rows}</tbody>
            </Table>
            <div class="card-foot">
                {if may_post {
                    view! { <LinkButton href label=w::REVIEW kind=ButtonKind::Primary icon=IconName::Ledger/> }.into_any()
                } else {
                    view! { <p class="soft">{w::ASK_BOOKKEEPER}</p> }.into_any()
                }}
            </div>
        </Card>
    }
    .into_any()
}
