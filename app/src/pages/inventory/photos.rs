//! The photos of a piece: seen, taken with the tablet's camera, put in order.

use crate::api::photo::{arrange_photos, list_photos};
use crate::client::{new_command_id, send_file_telling};
use crate::error::AppError;
use crate::pages::frame::May;
use crate::pages::sending::Sending;
use crate::ui::{Button, ButtonKind, Card, DrawingSize, IconName, Notice, NoticeKind, Picture, ProgressBar};
use crate::words::photos as w;
use domain::ids::ItemId;
use domain::item::{PieceDetails, ShownItem};
use domain::person::Permission;
use domain::photo::{ArrangePhotos, Photo, PhotoName};
use leptos::html;
use leptos::prelude::*;

/// The picture of a piece, and all of its photos.
#[component]
pub fn Photos(item: ShownItem) -> impl IntoView {
    let (id, details) = (item.id, item.details.clone());
    // The first comes with the page, the others once it is there.
    let photos = RwSignal::new(item.photo.clone().into_iter().collect::<Vec<Photo>>());
    let chosen = RwSignal::new(0_usize);
    if item.photo.is_some() {
        Effect::new(move |_| {
            leptos::task::spawn_local(async move {
                if let Ok(all) = list_photos(id).await {
                    // The page may be gone meanwhile.
                    photos.try_set(all);
                }
            });
        });
    }
    let shown = move || photos.with(|photos| photos.get(chosen.get()).or(photos.first()).cloned());
    view! {
        <div class="detail-picture">
            {move || view! { <Picture photo=shown() details=details.clone() size=DrawingSize::Page/> }}
        </div>
        <Show when=move || photos.with(|photos| photos.len() > 1)>
            <ul class="photo-strip">
                {move || photos.get().into_iter().enumerate().map(|(at, photo)| view! { <Thumb photo at chosen/> }).collect_view()}
            </ul>
        </Show>
        <May permission=Permission::EditItems><Editing id photos chosen/></May>
    }
}

#[component]
fn Thumb(photo: Photo, at: usize, chosen: RwSignal<usize>) -> impl IntoView {
    view! {
        <li>
            <button type="button" class="photo-thumb" aria-pressed=move || (chosen.get() == at).to_string() on:click=move |_| chosen.set(at)>
                <Picture photo=Some(photo) details=PieceDetails::default() decorative=true/>
                <span class="unseen">{w::numbered(at + 1)}</span>
            </button>
        </li>
    }
}

#[component]
fn Editing(id: ItemId, photos: RwSignal<Vec<Photo>>, chosen: RwSignal<usize>) -> impl IntoView {
    let arranging = Sending::new();
    let error = RwSignal::new(None::<AppError>);
    let progress = RwSignal::new(None::<u32>);
    let arrange = move |order: Vec<PhotoName>| {
        let cmd = ArrangePhotos { command_id: arranging.id(), item_id: id, photos: order };
        arranging.send(arrange_photos(cmd), move |now| {
            chosen.set(0);
            photos.set(now);
        });
    };
    let names = move || {
        photos.with_untracked(|photos| photos.iter().map(|photo| photo.name.clone()).collect::<Vec<_>>())
    };
    let first = move |_| {
        let mut order = names();
        if chosen.get_untracked() < order.len() {
            let name = order.remove(chosen.get_untracked());
            order.insert(0, name);
        }
        arrange(order);
    };
    let off = move |_| {
        let mut order = names();
        if chosen.get_untracked() < order.len() {
            order.remove(chosen.get_untracked());
        }
        arrange(order);
    };
    let send = Callback::new(move |files: Vec<web_sys::File>| {
        error.set(None);
        leptos::task::spawn_local(async move {
            for file in files {
                progress.set(Some(0));
                let address = format!("/api/v1/photo/upload?command_id={}&item_id={id}", new_command_id());
                let sent = send_file_telling::<Photo>(&address, &file, move |percent| {
                    progress.try_set(Some(percent));
                });
                match sent.await {
                    Ok(photo) => photos.update(|photos| photos.push(photo)),
                    Err(refused) => {
                        error.set(Some(refused));
                        break;
                    }
                }
            }
            progress.set(None);
        });
    });
    let number = move || chosen.get() + 1;
    view! {
        <Card title=w::PHOTOS>
            <div class="stack">
                {move || error.get().map(|error| view! { <Notice kind=NoticeKind::Error>{error.message}</Notice> })}
                {move || arranging.message().get().map(|error| view! { <Notice kind=NoticeKind::Error>{error}</Notice> })}
                {move || progress.get().map(|percent| view! {
                    <ProgressBar label=w::SENDING done=u64::from(percent) total=100_u64/>
                })}
                <div class="button-row">
                    <Chooser id="photo-camera" label=w::TAKE camera=true busy=Signal::derive(move || progress.get().is_some()) send/>
                    <Chooser id="photo-files" label=w::CHOOSE camera=false busy=Signal::derive(move || progress.get().is_some()) send/>
                </div>
                <p class="soft small">{w::HINT}</p>
                <Show when=move || photos.with(|photos| !photos.is_empty())>
                    <div class="button-row">
                        <Show when=move || { chosen.get() > 0 }>
                            <Button label=Signal::derive(move || w::show_first(number())) kind=ButtonKind::Quiet pending=arranging.pending on:click=first/>
                        </Show>
                        <Button label=Signal::derive(move || w::take_off(number())) kind=ButtonKind::Quiet icon=IconName::Close pending=arranging.pending on:click=off/>
                    </div>
                </Show>
            </div>
        </Card>
    }
}

/// A button that opens the camera, or the tablet's pictures.
#[component]
fn Chooser(
    id: &'static str,
    label: &'static str,
    camera: bool,
    busy: Signal<bool>,
    send: Callback<Vec<web_sys::File>>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else { return };
        let Some(files) = input.files() else { return };
        let files = (0..files.length()).filter_map(|at| files.item(at)).collect();
        send.run(files);
        // The same picture chosen again is to be sent again.
        input.set_value("");
    };
    view! {
        <label class="button button-secondary photo-chooser" class:photo-busy=move || busy.get() r#for=id>
            <span>{label}</span>
            <input
                node_ref=input
                id=id
                class="unseen"
                r#type="file"
                accept="image/jpeg,image/png,image/webp"
                capture=camera.then_some("environment")
                multiple=!camera
                disabled=move || busy.get()
                on:change=chosen
            />
        </label>
    }
}
