//! The cards that one card stands for, and the way to merge another.

use super::pick::PickCustomer;
use crate::api::customer::undo_merge;
use crate::client::{go_to, reload};
use crate::error::AppError;
use crate::pages::frame::{May, Problem};
use crate::pages::sending::Sending;
use crate::pages::settings::Refused;
use crate::ui::{Button, Card, Dialog};
use crate::words::customers as w;
use domain::customer::{Customer, MergedCard, UndoMerge};
use domain::ids::CustomerId;
use domain::person::Permission;
use leptos::prelude::*;

#[component]
pub fn MergedCards(merged: Vec<MergedCard>) -> impl IntoView {
    (!merged.is_empty()).then(|| {
        view! {
            <Card title=w::MERGED>
                <p class="soft small">{w::UNDO_LEAD}</p>
                {merged.into_iter().map(|card| view! { <OneMerged card/> }).collect_view()}
            </Card>
        }
    })
}

#[component]
fn OneMerged(card: MergedCard) -> impl IntoView {
    let MergedCard { merge_id, number, name } = card;
    let sending = Sending::new();
    let label = w::undo(&number);
    let undo = move |_| {
        let cmd = UndoMerge { command_id: sending.id(), merge_id };
        sending.send(undo_merge(cmd), |_| reload());
    };
    view! {
        <div class="form-entry">
            <p>{name} " " <span class="code soft small">{number}</span></p>
            <May permission=Permission::MergeCustomers>
                <Button label=label.clone() pending=sending.pending on:click=undo/>
            </May>
            <Refused sending/>
        </div>
    }
}

/// Chooses the other card.
#[component]
pub fn MergeDialog(customer: CustomerId, merging: RwSignal<bool>) -> impl IntoView {
    let problem = RwSignal::new(None::<AppError>);
    let pick = move |other: Customer| go_to(&format!("/customers/{customer}/merge/{}", other.id));
    view! {
        <Dialog id="merge" title=w::MERGE_WITH open=merging>
            {move || problem.get().map(|error| view! { <Problem error/> })}
            <PickCustomer open=merging on_pick=Callback::new(pick) on_problem=Callback::new(move |error| problem.set(Some(error)))/>
        </Dialog>
    }
}
