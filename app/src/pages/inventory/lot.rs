//! Goods that are alike: what came and went, receiving more, counting.

use super::form::QuantityFields;
use crate::api::item::{count_lot, receive_lot};
use crate::pages::frame::May;
use crate::pages::sending::Sending;
use crate::pages::typed::Typed;
use crate::ui::{
    Amount, Button, ButtonKind, Card, Choice, Dialog, Field, Icon, IconName, Notice, NoticeKind, SelectField,
};
use crate::words::{common, inventory as w};
use domain::ids::ItemId;
use domain::item::{CountLot, Lot, LotLine, ReceiveLot, StockSource, TypedQuantity, Unit};
use domain::person::Permission;
use leptos::prelude::*;

#[component]
pub fn LotCard(
    id: ItemId,
    version: i64,
    lot: Lot,
    steps: Vec<LotLine>,
    on_change: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let (receiving, counting) = (RwSignal::new(false), RwSignal::new(false));
    let unit = lot.unit;
    view! {
        <Card title=w::STOCK>
            <div class="stack">
                <May permission=Permission::EditItems>
                    <div class="row">
                        <Button label=w::RECEIVE icon=IconName::Plus on:click=move |_| receiving.set(true)/>
                        <Button label=w::COUNT_LOT on:click=move |_| counting.set(true)/>
                    </div>
                </May>
                <ol class="history">
                    {steps.into_iter().rev().map(|step| view! { <Step step unit/> }).collect_view()}
                </ol>
            </div>
        </Card>
        <ReceiveDialog open=receiving item=id unit on_done=on_change/>
        <CountDialog open=counting item=id version unit on_done=on_change/>
    }
}

#[component]
fn Step(step: LotLine, unit: Unit) -> impl IntoView {
    let (was, is) = (step.before.show(unit), step.after.show(unit));
    view! {
        <li class="history-entry">
            <Icon name=IconName::Forward/>
            <div>
                {step.reason.label()}
                <span class="cell-sub">{was} " → " {is} {step.cost.map(|cost| view! { ", " <Amount value=cost/> })}</span>
            </div>
            <a href=format!("/ledger/event/{}", step.event)>{crate::words::ledger::JOURNAL}</a>
        </li>
    }
}

#[component]
fn ReceiveDialog(
    open: RwSignal<bool>,
    item: ItemId,
    unit: Unit,
    on_done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let quantity = Typed::of(&TypedQuantity::default());
    let (cost, source) = (RwSignal::new(String::new()), RwSignal::new(StockSource::Vendor.code().to_owned()));
    let sources: Vec<Choice> =
        StockSource::ALL.iter().map(|source| Choice::new(source.code(), source.label())).collect();
    let saving = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let cmd = ReceiveLot {
            command_id: saving.id(),
            item_id: item,
            source: source.get_untracked().parse().unwrap_or_default(),
            quantity: quantity.read(),
            cost: cost.get_untracked(),
        };
        saving.send(receive_lot(cmd), move |()| {
            open.set(false);
            on_done();
        });
    };
    view! {
        <Dialog id="receive-lot" title=w::RECEIVE open>
            <form class="stack" novalidate=true on:submit=send>
                {move || refusal(saving)}
                <QuantityFields of="receive" sold_by=Signal::stored(Some(unit)) quantity saving/>
                <Field name="lot-cost" label=w::COST_OF_ALL value=cost amount=true error=saving.wrong("cost") required=true/>
                <SelectField name="lot-source" label=w::SOURCE value=source choices=sources/>
                <Button label=w::RECEIVE kind=ButtonKind::Primary submit=true wide=true pending=saving.pending/>
            </form>
        </Dialog>
    }
}

#[component]
fn CountDialog(
    open: RwSignal<bool>,
    item: ItemId,
    version: i64,
    unit: Unit,
    on_done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let there = Typed::of(&TypedQuantity::default());
    let reason = RwSignal::new(String::new());
    let saving = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let cmd = CountLot {
            command_id: saving.id(),
            item_id: item,
            version,
            there: there.read(),
            reason: reason.get_untracked(),
        };
        saving.send(count_lot(cmd), move |()| {
            open.set(false);
            on_done();
        });
    };
    view! {
        <Dialog id="count-lot" title=w::COUNT_LOT open>
            <form class="stack" novalidate=true on:submit=send>
                <p class="soft">{w::COUNT_LOT_TEXT}</p>
                {move || refusal(saving)}
                <QuantityFields of="count" sold_by=Signal::stored(Some(unit)) quantity=there saving/>
                <Field name="count-reason" label=common::REASON value=reason error=saving.wrong("reason") required=true/>
                <Button label=w::COUNT_LOT kind=ButtonKind::Primary submit=true wide=true pending=saving.pending/>
            </form>
        </Dialog>
    }
}

/// What is wrong with no field in particular.
fn refusal(saving: Sending) -> Option<impl IntoView> {
    let error = saving.error.get().filter(|error| error.fields.is_empty())?;
    Some(view! { <Notice kind=NoticeKind::Error>{error.message}</Notice> })
}
