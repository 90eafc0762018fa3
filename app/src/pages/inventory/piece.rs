//! One piece: what it is, where it is, what happened to it.

use super::held::Hold;
use super::photos::Photos;
use super::{id_in_address, load};
use crate::api::item::set_aside;
use crate::client::print_page;
use crate::pages::frame::{May, Problem, Staff};
use crate::pages::sending::Sending;
use crate::ui::{
    Amount, AmountSize, Barcode, Button, ButtonKind, Card, Dialog, Field, Icon, IconName, LinkButton, Page,
    QrCode, Skeleton, StatusBadge,
};
use crate::words::{common, inventory as w};
use domain::item::{Aside, ItemStatus, MoveLine, SetAside, ShownItem, Stone, describe, show_measures};
use domain::person::Permission;
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn ItemPage() -> impl IntoView {
    view! { <Title text=w::TITLE/> <Staff current="/inventory"><One/></Staff> }
}

#[component]
fn One() -> impl IntoView {
    let id = id_in_address();
    let found = Resource::new(move || id.get(), load);
    view! {
        <Suspense fallback=|| view! { <Skeleton count=6/> }>
            {move || Suspend::new(async move {
                match found.await {
                    Err(error) => view! { <div class="page"><Problem error/></div> }.into_any(),
                    Ok((item, moves)) => view! { <Detail item moves on_change=move || found.refetch()/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Detail(
    item: ShownItem,
    moves: Vec<MoveLine>,
    on_change: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let d = item.details.clone();
    let name = describe(&d);
    let fact = |name: &'static str, value: Option<String>| {
        value.map(|value| view! { <div class="fact"><dt>{name}</dt><dd>{value}</dd></div> })
    };
    let grams = d.weight_mg.map(|mg| format!("{}.{:03} g", mg / 1_000, mg % 1_000));
    let aside = match item.status {
        ItemStatus::InStock => Some((Aside::Quarantine, w::SET_ASIDE)),
        ItemStatus::Quarantine | ItemStatus::AtBench => Some((Aside::BackInCase, w::BACK_IN_CASE)),
        _ => None,
    };
    let asking = RwSignal::new(false);
    let edit = format!("/inventory/{}/edit", item.id);
    let (id, tagged, held, pictured) = (item.id, item.clone(), item.clone(), item.clone());
    view! {
        <Page
            title=name.clone()
            back=("/inventory".to_owned(), w::TITLE.to_owned())
            actions=move || view! {
                <Button label=w::PRINT_TAG icon=IconName::Print on:click=move |_| print_page()/>
                <May permission=Permission::EditItems>
                    {aside.map(|(_, label)| view! { <Button label=label icon=IconName::Lock on:click=move |_| asking.set(true)/> })}
                    <LinkButton href=edit.clone() label=w::EDIT icon=IconName::Edit/>
                </May>
            }
        >
            <div class="detail">
                <div class="stack">
                    <Photos item=pictured/>
                    <Tag item=tagged name/>
                </div>
                <div class="stack">
                    <Card>
                        <div class="stack">
                            <div class="row row-spread"><Amount value=item.price size=AmountSize::Huge/><StatusBadge status=item.status/></div>
                            <dl class="facts">
                                {fact(w::TAG, Some(item.tag.clone()))}
                                {item.cost.map(|cost| view! { <div class="fact"><dt>{w::COST}</dt><dd><Amount value=cost/></dd></div> })}
                                {fact(w::KIND, Some(d.kind.label().to_owned()))}
                                {fact(w::METAL, d.metal.map(|metal| metal.label().to_owned()))}
                                {fact(w::KARAT, d.karat.map(|karat| karat.label().to_owned()))}
                                {fact(w::WEIGHT, grams)}
                                {fact(w::SIZE, d.size)}
                                {fact(w::BRAND, d.brand)}
                                {fact(w::SERIAL, d.serial)}
                                {fact(w::WHERE, d.location)}
                                {fact(w::NOTE, d.note)}
                                {d.stones.iter().map(stone_facts).collect_view()}
                            </dl>
                        </div>
                    </Card>
                    <Hold item=held on_change/>
                    <Card title=w::HISTORY>
                        <ol class="history">
                            {moves.into_iter().map(|step| view! {
                                <li class="history-entry">
                                    <Icon name=IconName::Forward/>
                                    <div>{step.from.label()} " → " {step.to.label()}</div>
                                    <a href=format!("/ledger/event/{}", step.event)>{crate::words::ledger::JOURNAL}</a>
                                </li>
                            }).collect_view()}
                        </ol>
                    </Card>
                </div>
            </div>
        </Page>
        {aside.map(|(aside, label)| view! { <AsideDialog open=asking title=label item=id aside on_done=on_change/> })}
    }
}

/// What a machine reads off a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TagCode {
    Bars,
    Square,
}

/// The tag as it is printed, with bars for a scanner or a square for a camera.
#[component]
fn Tag(item: ShownItem, name: String) -> impl IntoView {
    let code = RwSignal::new(TagCode::Bars);
    let choice = move |of: TagCode, label: &'static str| {
        view! {
            <button type="button" class="chip" aria-pressed=move || (code.get() == of).to_string() on:click=move |_| code.set(of)>
                {label}
            </button>
        }
    };
    let (value, label) = (item.tag.clone(), w::tag(&item.tag));
    view! {
        <div class="filters" role="group" aria-label=w::TAG_CODE>{choice(TagCode::Bars, w::BARS)} {choice(TagCode::Square, w::SQUARE)}</div>
        <div class="tag-label print-area">
            {move || match code.get() {
                TagCode::Bars => view! { <Barcode value=value.clone() bars_only=true/> }.into_any(),
                TagCode::Square => view! { <QrCode value=value.clone() label=label.clone()/> }.into_any(),
            }}
            <div>
                <div class="code">{item.tag}</div>
                <div class="tag-name">{name}</div>
                <div class="tag-price">{item.price.to_string()}</div>
            </div>
        </div>
    }
}

/// A stone in words, and its report.
fn stone_facts(stone: &Stone) -> impl IntoView + use<> {
    let words = domain::item::describe_stone(stone);
    let report =
        [stone.lab.clone(), stone.report_number.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let cut = stone.cut.clone().map(|cut| format!("{} {cut}", w::CUT.to_lowercase()));
    let depth = stone.depth.map(|depth| format!("{} {depth}", w::DEPTH_SHORT));
    let table = stone.table.map(|table| format!("{} {table}", w::TABLE_SHORT));
    let more = [
        Some(report).filter(|report| !report.is_empty()),
        cut,
        stone.measures.map(show_measures),
        depth,
        table,
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(", ");
    view! { <div class="fact"><dt>{w::STONE}</dt><dd>{words} " " <span class="soft">{more}</span></dd></div> }
}

#[component]
fn AsideDialog(
    open: RwSignal<bool>,
    title: &'static str,
    item: domain::ids::ItemId,
    aside: Aside,
    on_done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let reason = RwSignal::new(String::new());
    let moving = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let cmd = SetAside { command_id: moving.id(), item_id: item, aside, reason: reason.get_untracked() };
        moving.send(set_aside(cmd), move |()| {
            open.set(false);
            on_done();
        });
    };
    view! {
        <Dialog id="aside" title open>
            <form class="stack" novalidate=true on:submit=send>
                <Field name="aside-reason" label=common::REASON value=reason error=moving.message() required=true/>
                <Button label=title kind=ButtonKind::Primary submit=true wide=true pending=moving.pending/>
            </form>
        </Dialog>
    }
}
