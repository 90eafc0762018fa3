//! Card payments that wait for the bank, and settling them.

use crate::api::proof::{load_cards, settle_cards};
use crate::client::reload;
use crate::pages::frame::{May, Staff};
use crate::pages::loading::shown;
use crate::pages::paging::{Paging, address, date_in, offset};
use crate::pages::sending::Sending;
use crate::pages::settings::Refused;
use crate::pages::typed::Typed;
use crate::pages::when;
use crate::ui::{
    Amount, Badge, Button, ButtonKind, Card, CheckField, Choice, EmptyState, Field, FigureCard, IconName,
    Notice, NoticeKind, Page, SelectField, Table, Tone,
};
use crate::words::{common, ledger, proof as w};
use domain::ids::StoreId;
use domain::money::Money;
use domain::person::Permission;
use domain::settlement::{BatchLine, CardsAsked, CardsPage, SettleCards, TypedSettlement, WaitingSlip};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn CardPaymentsPage() -> impl IntoView {
    view! { <Title text=w::CARDS/> <Staff current="/ledger"><Cards/></Staff> }
}

#[component]
fn Cards() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        CardsAsked {
            store: query.get("store").and_then(|id| id.parse().ok()),
            until: date_in(query.get("until")),
            offset: offset(&query),
            limit: 0,
        }
    });
    let found = Resource::new(move || asked.get(), load_cards);
    view! {
        <Page title=w::CARDS lead=w::CARDS_LEAD back=("/ledger".to_owned(), ledger::TITLE.to_owned())>
            {shown(found, move |page| view! { <Shown page asked=asked.get_untracked()/> }.into_any())}
        </Page>
    }
}

#[component]
fn Shown(page: CardsPage, asked: CardsAsked) -> impl IntoView {
    let until = asked.until.map(|day| day.to_string()).unwrap_or_default();
    let typed = RwSignal::new(until.clone());
    let more = asked.until.is_none() && page.waiting_count > page.waiting.len() as u64;
    let note = more.then(|| w::oldest(page.waiting.len(), page.waiting_count));
    let batches = (page.batches, page.batch_count, asked.offset);
    let of = page.store_id.to_string();
    let store = RwSignal::new(of.clone());
    let stores: Vec<Choice> =
        page.stores.into_iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect();
    let nothing = if page.waiting_count > 0 { w::NOTHING_WAITED_TEXT } else { w::NOTHING_WAITS_TEXT };
    view! {
        <div class="figures">
            <FigureCard name=w::WAITING value=page.waiting_sum.to_string()/>
            <FigureCard name=w::CLEARING value=page.clearing.to_string() href=address("/ledger/accounts/1030", &[("store", &of)])/>
        </div>
        <form class="list-filters" method="get" action="/ledger/cards">
            <Field name="until" label=w::UNTIL kind="date" value=typed/>
            {(stores.len() > 1).then(|| view! { <SelectField name="store" label=w::STORE value=store choices=stores/> })}
            <div class="row"><Button label=common::SHOW submit=true/></div>
        </form>
        {note.map(|note| view! { <Notice kind=NoticeKind::Info>{note}</Notice> })}
        {if page.waiting.is_empty() {
            view! { <EmptyState icon=IconName::Check title=w::NOTHING_WAITS text=nothing/> }.into_any()
        } else {
            view! { <Waiting store_id=page.store_id slips=page.waiting/> }.into_any()
        }}
        <Card title=w::SETTLED flush=true>{settled(batches, &until, &of)}</Card>
    }
}

/// The payments that wait, each with its tick, and the form that settles those ticked.
#[component]
fn Waiting(store_id: StoreId, slips: Vec<WaitingSlip>) -> impl IntoView {
    let ticked: Vec<(WaitingSlip, RwSignal<bool>)> =
        slips.into_iter().map(|slip| (slip, RwSignal::new(true))).collect();
    let ticked = StoredValue::new(ticked);
    let chosen = move || {
        ticked.with_value(|ticked| {
            let on = ticked.iter().filter(|(_, tick)| tick.get()).map(|(slip, _)| slip.amount);
            let amounts: Vec<Money> = on.collect();
            (amounts.len(), Money::sum(amounts).unwrap_or_default())
        })
    };
    let tick_all =
        move |on: bool| ticked.with_value(|ticked| ticked.iter().for_each(|(_, tick)| tick.set(on)));
    let typed = Typed::of(&TypedSettlement::default());
    let sending = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let slips = ticked.with_value(|ticked| {
            let on = ticked.iter().filter(|(_, tick)| tick.get_untracked());
            on.map(|(slip, _)| slip.key).collect()
        });
        let cmd = SettleCards { command_id: sending.id(), store_id, slips, typed: typed.read() };
        sending.send(settle_cards(cmd), |()| reload());
    };
    let said = move || {
        let (count, sum) = chosen();
        let arrived = typed.text("arrived").with(|typed| Money::parse(typed).ok());
        w::chosen(count, sum, arrived.and_then(|arrived| sum.minus(arrived).ok()))
    };
    let none_chosen = move || sending.wrong("slips").get();
    view! {
        <form class="form form-wide" novalidate=true on:submit=send>
            <Refused sending/>
            <Card title=w::WAITING flush=true actions=move || view! {
                <May permission=Permission::SettleCards>
                    <Button label=w::CHOOSE_ALL kind=ButtonKind::Quiet on:click=move |_| tick_all(true)/>
                    <Button label=w::CHOOSE_NONE kind=ButtonKind::Quiet on:click=move |_| tick_all(false)/>
                </May>
            }>
                <Table label=w::WAITING>
                    <thead><tr><th>{w::PAYMENT}</th><th>{w::ON}</th><th>{w::SLIP}</th><th class="amount">{w::AMOUNT}</th></tr></thead>
                    <tbody>{ticked.get_value().into_iter().enumerate().map(|(row, (slip, tick))| view! {
                        <tr>
                            <td class="cell-main"><CheckField name=format!("slip-{row}") label=format!("{} {}", slip.number, slip.label) value=tick/></td>
                            <td data-label=w::ON>{when::day(slip.on)}</td>
                            <td data-label=w::SLIP class="code">{slip.reference}</td>
                            <td data-label=w::AMOUNT class="amount"><Amount value=slip.amount/></td>
                        </tr>
                    }).collect_view()}</tbody>
                </Table>
            </Card>
            <May permission=Permission::SettleCards>
                <fieldset class="form-group">
                    <legend>{w::SETTLE}</legend>
                    <p class="soft">{w::SETTLE_TEXT}</p>
                    {move || none_chosen().map(|why| view! { <p class="field-error" role="alert">{why}</p> })}
                    <div class="form-row">
                        <Field name="arrived" label=w::ARRIVED value=typed.text("arrived") hint=w::ARRIVED_HINT error=sending.wrong("arrived") amount=true required=true/>
                        <Field name="arrived_on" label=w::ARRIVED_ON kind="date" value=typed.text("arrived_on") hint=w::ARRIVED_ON_HINT error=sending.wrong("arrived_on") optional=true/>
                        <Field name="reference" label=w::REFERENCE value=typed.text("reference") error=sending.wrong("reference") optional=true/>
                    </div>
                    <p role="status">{said}</p>
                    <div class="row"><Button label=w::SETTLE kind=ButtonKind::Primary submit=true pending=sending.pending/></div>
                </fieldset>
            </May>
        </form>
    }
}

fn settled((batches, count, offset): (Vec<BatchLine>, u64, u64), until: &str, store: &str) -> AnyView {
    if batches.is_empty() {
        return view! { <EmptyState icon=IconName::Receipt title=w::NO_BATCHES text=w::NO_BATCHES_TEXT/> }
            .into_any();
    }
    let listed = batches.len() as u64;
    let (until, store) = (until.to_owned(), store.to_owned());
    let page = move |from: u64| {
        address("/ledger/cards", &[("until", &until), ("store", &store), ("from", &from.to_string())])
    };
    let rows = batches.into_iter().map(|line| {
        let net = line.batch.net().unwrap_or_default();
        view! {
            <tr class="row-opens">
                <td class="cell-main">
                    <a href=format!("/ledger/cards/{}", line.batch.id)>{when::day(line.batch.arrived_on)}</a>
                    <span class="cell-sub">{line.batch.reference}</span>
                    {line.undone.map(|_| view! { <Badge tone=Tone::Neutral icon=IconName::Close label=w::UNDONE/> })}
                </td>
                <td data-label=w::PAYMENTS class="amount">{line.count}</td>
                <td data-label=w::PAID class="amount"><Amount value=line.batch.gross/></td>
                <td data-label=w::FEE class="amount"><Amount value=line.batch.fee/></td>
                <td data-label=w::NET class="amount"><Amount value=net/></td>
            </tr>
        }
    });
    view! {
        <Table label=w::SETTLED>
            <thead><tr>
                <th>{w::ARRIVED}</th><th class="amount">{w::PAYMENTS}</th><th class="amount">{w::PAID}</th>
                <th class="amount">{w::FEE}</th><th class="amount">{w::NET}</th>
            </tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </Table>
        <Paging offset shown=listed all=count label=w::PAGES address=page/>
    }
    .into_any()
}
