//! What is sealed: masked until somebody who may asks to see it.

use crate::api::customer::reveal_private;
use crate::pages::frame::May;
use crate::pages::sending::Sending;
use crate::pages::settings::Refused;
use crate::ui::{Button, ButtonKind, Card, IconName};
use crate::words::customers as w;
use domain::customer::{PrivateEntry, RevealPrivate};
use domain::person::Permission;
use leptos::prelude::*;

#[component]
pub fn PrivateCard(entries: Vec<PrivateEntry>) -> impl IntoView {
    (!entries.is_empty()).then(|| {
        let entries = entries.into_iter().map(|entry| view! { <Masked entry/> }).collect_view();
        view! { <Card title=w::PRIVATE><dl class="facts">{entries}</dl></Card> }
    })
}

#[component]
fn Masked(entry: PrivateEntry) -> impl IntoView {
    let (id, mask) = (entry.id, entry.mask.clone());
    let (label, name) = (w::show_private(&entry), w::private_name(&entry));
    let shown = RwSignal::new(None::<String>);
    let sending = Sending::new();
    let show = move |_| {
        let cmd = RevealPrivate { command_id: sending.id(), private_id: id };
        sending.send(reveal_private(cmd), move |revealed| shown.set(Some(revealed.value)));
    };
    view! {
        <div class="fact">
            <dt>{name}</dt>
            <dd class="private">
                <span class="code" role="status">{move || shown.get().unwrap_or_else(|| mask.clone())}</span>
                <May permission=Permission::ViewPrivate>
                    {
                        let label = label.clone();
                        move || shown.get().is_none().then(|| view! {
                            <Button label=label.clone() kind=ButtonKind::Quiet icon=IconName::Lock pending=sending.pending on:click=show/>
                        })
                    }
                </May>
                <Refused sending/>
            </dd>
        </div>
    }
}

/// In the form: the sealed entries that stay on the card.
#[component]
pub fn Kept(kept: RwSignal<Vec<PrivateEntry>>) -> impl IntoView {
    move || {
        let entries = kept.get().into_iter().map(|entry| {
            let id = entry.id;
            view! {
                <div class="form-entry">
                    <p>{w::private_name(&entry)} " " <span class="code">{entry.mask.clone()}</span></p>
                    <div class="form-entry-actions">
                        <Button label=w::remove_private(&entry) kind=ButtonKind::Quiet icon=IconName::Close icon_only=true
                            on:click=move |_| kept.update(|kept| kept.retain(|entry| entry.id != id))/>
                    </div>
                </div>
            }
        });
        entries.collect_view()
    }
}
