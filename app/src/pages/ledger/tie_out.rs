//! The daily tie-out: green or red, and where red comes from.

use crate::api::proof::load_tie_out;
use crate::pages::frame::Staff;
use crate::pages::loading::shown;
use crate::pages::paging::{address, date_in};
use crate::pages::when;
use crate::ui::{
    Amount, Badge, Button, ButtonKind, Card, Choice, EmptyState, Field, FigureCard, IconName, Notice,
    NoticeKind, Page, SelectField, Table, Tone,
};
use crate::words::{common, ledger, proof as w};
use domain::ids::StoreId;
use domain::ledger::{DrawerTie, Tie, TieDifference, TieOut, TieOutAsked, code};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn TieOutPage() -> impl IntoView {
    view! { <Title text=w::TIE_OUT/> <Staff current="/ledger"><Asked/></Staff> }
}

#[component]
fn Asked() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        TieOutAsked {
            store: query.get("store").and_then(|id| id.parse().ok()),
            day: date_in(query.get("day")),
        }
    });
    let found = Resource::new(move || asked.get(), load_tie_out);
    view! {
        <Page title=w::TIE_OUT lead=w::TIE_OUT_LEAD back=("/ledger".to_owned(), ledger::TITLE.to_owned())>
            {shown(found, |sheet| view! { <Sheet sheet/> }.into_any())}
        </Page>
    }
}

#[component]
fn Sheet(sheet: TieOut) -> impl IntoView {
    let day = RwSignal::new(sheet.day.to_string());
    let store = RwSignal::new(sheet.store_id.to_string());
    let stores: Vec<Choice> =
        sheet.stores.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone())).collect();
    let (of, until) = (sheet.store_id, sheet.day.to_string());
    // What waits now opens to its payments; what waited on a day that is over, to the account as it stood then.
    let cards = if sheet.day == sheet.today {
        address("/ledger/cards", &[("store", &of.to_string())])
    } else {
        of_account(code::CARD_CLEARING.to_string(), of, &until)
    };
    let waiting = sheet.ties.iter().find(|tie| tie.account == code::CARD_CLEARING).map(|tie| tie.sub_ledger);
    let differences: Vec<(String, TieDifference)> = sheet
        .ties
        .iter()
        .flat_map(|tie| tie.differences.iter().map(|one| (tie.account.to_string(), one.clone())))
        .collect();
    view! {
        <form class="list-filters" method="get" action="/ledger/tie-out">
            <Field name="day" label=w::DAY kind="date" value=day/>
            {(stores.len() > 1).then(|| view! { <SelectField name="store" label=w::STORE value=store choices=stores/> })}
            <div class="row"><Button label=common::SHOW kind=ButtonKind::Primary submit=true/></div>
        </form>
        {verdict(&sheet)}
        <div class="figures">
            {waiting.map(|sum| view! { <FigureCard name=w::UNSETTLED value=sum.to_string() href=cards.clone()/> })}
            <FigureCard name=w::TO_THE_SAFE value=sheet.safe.to_string() href=of_account(code::UNDEPOSITED_FUNDS.to_string(), of, &until)/>
        </div>
        {(!differences.is_empty()).then(|| listed(differences))}
        <Card title=w::ACCOUNTS flush=true>{accounts(sheet.ties, of, &until)}</Card>
        <Card title=w::DRAWERS flush=true>{drawers(sheet.drawers)}</Card>
    }
}

fn of_account(account: String, store: StoreId, until: &str) -> String {
    address(&format!("/ledger/accounts/{account}"), &[("to", until), ("store", &store.to_string())])
}

fn verdict(sheet: &TieOut) -> impl IntoView + use<> {
    let state = if sheet.closed { w::CLOSED } else { w::STILL_OPEN };
    let about = format!("{}, {}: {state}.", sheet.store, when::day(sheet.day));
    let open = sheet.uncounted();
    let open = (open > 0).then(|| view! { <p>{w::uncounted(open)}</p> });
    let (kind, title, text) = if sheet.holds() {
        (NoticeKind::Success, w::GREEN, w::GREEN_TEXT)
    } else {
        let listed = sheet.ties.iter().any(|tie| !tie.differences.is_empty());
        (NoticeKind::Error, w::RED, if listed { w::RED_TEXT } else { w::RED_UNLISTED })
    };
    view! { <Notice kind title><p>{about} " " {text}</p>{open}</Notice> }
}

fn holds(yes: bool) -> impl IntoView {
    if yes {
        view! { <Badge tone=Tone::Paid icon=IconName::Check label=w::TIES/> }
    } else {
        view! { <Badge tone=Tone::Overdue icon=IconName::Warning label=w::DOES_NOT/> }
    }
}

fn listed(differences: Vec<(String, TieDifference)>) -> impl IntoView {
    let rows = differences.into_iter().map(|(account, one)| {
        view! {
            <tr class="row-opens">
                <td class="cell-main">
                    <a href=format!("/ledger/event/{}", one.event)>{one.kind.label()}</a>
                    <span class="cell-sub">{one.summary}</span>
                </td>
                <td data-label=w::ON>{when::day(one.on)}</td>
                <td data-label=w::ACCOUNT class="code">{account}</td>
                <td data-label=w::OFF_BY class="amount"><Amount value=one.amount/></td>
            </tr>
        }
    });
    view! {
        <Card title=w::DIFFERENCES flush=true>
            <Table label=w::DIFFERENCES>
                <thead><tr><th>{w::WHAT}</th><th>{w::ON}</th><th>{w::ACCOUNT}</th><th class="amount">{w::OFF_BY}</th></tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </Table>
        </Card>
    }
}

fn accounts(ties: Vec<Tie>, store: StoreId, until: &str) -> impl IntoView + use<> {
    let rows = ties.into_iter().map(move |tie| {
        let href = of_account(tie.account.to_string(), store, until);
        let (off, yes) = (tie.off().unwrap_or_default(), tie.holds());
        view! {
            <tr class="row-opens">
                <td class="cell-main">
                    <a href=href><span class="code">{tie.account.to_string()}</span> " " {tie.name}</a>
                    <span class="cell-sub">{tie.of}</span>
                </td>
                <td data-label=w::IN_LEDGER class="amount"><Amount value=tie.ledger/></td>
                <td data-label=w::IN_LIST class="amount"><Amount value=tie.sub_ledger/></td>
                <td data-label=w::OFF_BY class="amount">{(!off.is_zero()).then(|| view! { <Amount value=off/> })}</td>
                <td>{holds(yes)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <Table label=w::ACCOUNTS>
            <thead><tr>
                <th>{w::ACCOUNT}</th><th class="amount">{w::IN_LEDGER}</th><th class="amount">{w::IN_LIST}</th>
                <th class="amount">{w::OFF_BY}</th><th><span class="unseen">{w::TIES}</span></th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </Table>
    }
}

fn drawers(drawers: Vec<DrawerTie>) -> AnyView {
    if drawers.is_empty() {
        return view! { <EmptyState icon=IconName::Till title=w::DRAWERS text=w::NO_DRAWERS/> }.into_any();
    }
    let rows = drawers.into_iter().map(|drawer| {
        let yes = drawer.holds();
        let counted = drawer.count.as_ref().map(|count| (count.counted, count.over_short, count.posted));
        let (counted, over_short, posted) = counted.map_or((None, None, None), |(a, b, c)| (Some(a), Some(b), Some(c)));
        let open = drawer.count.is_none();
        let amount = |amount: Option<domain::money::Money>| amount.map(|value| view! { <Amount value/> });
        view! {
            <tr class="row-opens">
                <td class="cell-main"><a href=format!("/till/sessions/{}", drawer.session)>{drawer.till}</a></td>
                <td data-label=w::SHOULD class="amount"><Amount value=drawer.expected/></td>
                <td data-label=w::COUNTED class="amount">{amount(counted)}</td>
                <td data-label=w::OVER_SHORT class="amount">{amount(over_short)}</td>
                <td data-label=w::POSTED class="amount">{amount(posted)}</td>
                <td>{if open {
                    view! { <Badge tone=Tone::Held icon=IconName::Till label=w::NOT_COUNTED/> }.into_any()
                } else {
                    holds(yes).into_any()
                }}</td>
            </tr>
        }
    });
    view! {
        <Table label=w::DRAWERS>
            <thead><tr>
                <th>{w::TILL}</th><th class="amount">{w::SHOULD}</th><th class="amount">{w::COUNTED}</th>
                <th class="amount">{w::OVER_SHORT}</th><th class="amount">{w::POSTED}</th>
                <th><span class="unseen">{w::TIES}</span></th>
            </tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </Table>
    }
    .into_any()
}
