//! One piece: what it is, where it is, what happened to it.

use super::held::Hold;
use super::lot::LotCard;
use super::photos::Photos;
use super::tag::Tag;
use super::{id_in_address, load};
use crate::api::item::set_aside;
use crate::client::print_page;
use crate::pages::frame::{May, Problem, Staff};
use crate::pages::sending::Sending;
use crate::ui::{
    Amount, AmountSize, Button, ButtonKind, Card, Dialog, Field, Icon, IconName, LinkButton, Notice, Page,
    Skeleton, StatusBadge,
};
use crate::words::{common, inventory as w, vendors};
use domain::item::{Aside, ItemSheet, ItemStatus, SetAside, Stone, describe, show_measures};
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
                    Ok(sheet) => view! { <Detail sheet on_change=move || found.refetch()/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Detail(sheet: ItemSheet, on_change: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let ItemSheet { item, moves, steps, photos, of_variation } = sheet;
    let d = item.details.clone();
    let name = describe(&d);
    let fact = |name: &'static str, value: Option<String>| {
        value.map(|value| view! { <div class="fact"><dt>{name}</dt><dd>{value}</dd></div> })
    };
    let grams = d.weight_mg.map(|mg| format!("{}.{:03} g", mg / 1_000, mg % 1_000));
    let aside = match item.status {
        _ if item.lot.is_some() => None,
        ItemStatus::InStock => Some((Aside::Quarantine, w::SET_ASIDE)),
        ItemStatus::Quarantine | ItemStatus::AtBench => Some((Aside::BackInCase, w::BACK_IN_CASE)),
        _ => None,
    };
    let asking = RwSignal::new(false);
    let edit = format!("/inventory/{}/edit", item.id);
    let (id, version, tagged) = (item.id, item.version, item.clone());
    let (held, pictured) = (item.clone(), item.clone());
    let on_ticket = item.on_ticket.as_deref().map(w::on_ticket);
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
                    <Photos item=pictured photos of_variation/>
                    <Tag item=tagged/>
                </div>
                <div class="stack">
                    <Card>
                        <div class="stack">
                            <div class="row row-spread">
                                <span><Amount value=item.price size=AmountSize::Huge/> {item.lot.map(|lot| format!(" {}", lot.unit.each()))}</span>
                                {if item.lot.is_some() { None } else { Some(view! { <StatusBadge status=item.status/> }) }}
                            </div>
                            <dl class="facts">
                                {fact(w::TAG, Some(item.tag.clone()))}
                                {fact(w::ON_HAND, item.lot.map(|lot| lot.on_hand.show(lot.unit)))}
                                {item.cost.map(|cost| view! { <div class="fact"><dt>{w::COST}</dt><dd><Amount value=cost/></dd></div> })}
                                {item.replacement.map(|cost| view! { <div class="fact"><dt>{w::REPLACEMENT}</dt><dd><Amount value=cost/></dd></div> })}
                                {item.variation.clone().map(|of| view! {
                                    <div class="fact"><dt>{w::STYLE}</dt><dd><a href=format!("/inventory/styles/{}", of.style_id)>{of.style}</a> " · " {of.sku}</dd></div>
                                })}
                                {item.vendor.clone().map(|vendor| view! {
                                    <div class="fact"><dt>{vendors::VENDOR}</dt><dd><a href=format!("/vendors/{}", vendor.id)>{vendor.name}</a></dd></div>
                                })}
                                {fact(vendors::VENDOR_STYLE, item.vendor_style.clone())}
                                {fact(w::KIND, Some(d.kind.label().to_owned()))}
                                {fact(w::METAL, d.metal.map(|metal| metal.label().to_owned()))}
                                {fact(w::KARAT, d.karat.map(|karat| karat.label().to_owned()))}
                                {fact(w::PLATING, d.plating_nm.map(w::micrometers))}
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
                    {item.lot.map(|lot| view! { <LotCard id version lot steps on_change/> })}
                    {on_ticket.map(|said| view! { <Notice>{said}</Notice> })}
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
