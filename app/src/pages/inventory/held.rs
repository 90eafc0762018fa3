//! Who holds a piece, and the way to release it.

use crate::api::parking::{piece_holder, release_piece};
use crate::pages::sending::Sending;
use crate::pages::when;
use crate::ui::{Button, Card, IconName, Notice, NoticeKind};
use crate::words::parking as w;
use domain::ids::{ItemId, StoreId};
use domain::item::{ItemStatus, ShownItem};
use domain::parking::{HeldView, ReleasePiece};
use leptos::prelude::*;

/// Asked for once the page is there, and only of a piece that is held.
#[component]
pub fn Hold(item: ShownItem, on_change: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let (id, store) = (item.id, item.store_id);
    let held = RwSignal::new(None::<HeldView>);
    if item.status == ItemStatus::Reserved {
        Effect::new(move |_| {
            leptos::task::spawn_local(async move {
                if let Ok(found) = piece_holder(id).await {
                    // The page may be gone meanwhile.
                    held.try_set(found);
                }
            });
        });
    }
    move || held.get().map(|held| view! { <HoldCard held id store on_change/> })
}

#[component]
fn HoldCard(
    held: HeldView,
    id: ItemId,
    store: StoreId,
    on_change: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let sending = Sending::new();
    let release = move |_| {
        let cmd = ReleasePiece { command_id: sending.id(), store_id: store, item_id: id, only_ours: false };
        sending.send(release_piece(cmd), move |()| on_change());
    };
    let until = when::day_and_time(held.until);
    let until = if held.ran_out { w::ran_out(&until) } else { w::until(&until) };
    view! {
        <Card title=w::HELD>
            <div class="stack">
                <p>{held.by.map(|by| w::held_for(&by))} " " {until}</p>
                {move || sending.message().get().map(|error| view! { <Notice kind=NoticeKind::Error>{error}</Notice> })}
                <Button label=w::RELEASE icon=IconName::Back pending=sending.pending on:click=release/>
            </div>
        </Card>
    }
}
