//! The photos of a piece or a variation: seen, taken with the tablet's camera, put in order.

use crate::api::photo::arrange_photos;
use crate::client::{new_command_id, send_file_telling};
use crate::error::AppError;
use crate::pages::frame::May;
use crate::pages::sending::Sending;
use crate::ui::{Button, ButtonKind, Card, DrawingSize, IconName, Notice, NoticeKind, Picture, ProgressBar};
use crate::words::photos as w;
use domain::ids::VariationId;
use domain::item::{PieceDetails, ShownItem};
use domain::person::Permission;
use domain::photo::{ArrangePhotos, Photo, PhotoName, Pictured};
use leptos::html;
use leptos::prelude::*;

/// The picture of a piece, and all of its photos. Without its own, those of its variation show it.
#[component]
pub fn Photos(item: ShownItem, photos: Vec<Photo>, of_variation: Vec<Photo>) -> impl IntoView {
    let (id, details) = (item.id, item.details);
    let own = RwSignal::new(photos);
    let chosen = RwSignal::new(0_usize);
    let borrowed = StoredValue::new(of_variation);
    let all = move || if own.with(Vec::is_empty) { borrowed.get_value() } else { own.get() };
    let borrows = move || own.with(Vec::is_empty) && borrowed.with_value(|photos| !photos.is_empty());
    let shown = move || {
        let all = all();
        all.get(chosen.get()).or(all.first()).cloned()
    };
    view! {
        <div class="detail-picture">
            {move || view! { <Picture photo=shown() details=details.clone() size=DrawingSize::Page/> }}
        </div>
        <Strip photos=Signal::derive(all) chosen/>
        <Show when=borrows><p class="soft small">{w::OF_VARIATION}</p></Show>
        <May permission=Permission::EditItems>
            <Card title=w::PHOTOS><Editing of=Pictured::Item(id) photos=own chosen/></Card>
        </May>
    }
}

/// The photos of a variation, in the list of its style.
#[component]
pub fn VariationPhotos(
    id: VariationId,
    sku: String,
    photos: Vec<Photo>,
    details: PieceDetails,
) -> impl IntoView {
    let photos = RwSignal::new(photos);
    let chosen = RwSignal::new(0_usize);
    let shown = move || photos.with(|photos| photos.get(chosen.get()).or(photos.first()).cloned());
    let open = w::of_variation(&sku);
    view! {
        <details class="variation-photos">
            <summary>
                {move || view! { <Picture photo=photos.with(|photos| photos.first().cloned()) details=details.clone() size=DrawingSize::Row decorative=true/> }}
                <span class="unseen">{open.clone()}</span>
            </summary>
            <div class="stack">
                {move || shown().map(|photo| view! {
                    <div class="detail-picture"><Picture photo=Some(photo) details=PieceDetails::default() size=DrawingSize::Page decorative=true/></div>
                })}
                <Strip photos=photos.into() chosen/>
                <May permission=Permission::EditItems><Editing of=Pictured::Variation(id) photos chosen/></May>
            </div>
        </details>
    }
}

/// Several photos, to choose the one that is shown large.
#[component]
fn Strip(photos: Signal<Vec<Photo>>, chosen: RwSignal<usize>) -> impl IntoView {
    view! {
        <Show when=move || photos.with(|photos| photos.len() > 1)>
            <ul class="photo-strip">
                {move || photos.get().into_iter().enumerate().map(|(at, photo)| view! { <Thumb photo at chosen/> }).collect_view()}
            </ul>
        </Show>
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
fn Editing(of: Pictured, photos: RwSignal<Vec<Photo>>, chosen: RwSignal<usize>) -> impl IntoView {
    let arranging = Sending::new();
    let error = RwSignal::new(None::<AppError>);
    let progress = RwSignal::new(None::<u32>);
    let arrange = move |order: Vec<PhotoName>| {
        let cmd = ArrangePhotos { command_id: arranging.id(), of, photos: order };
        arranging.send(arrange_photos(cmd), move |now| {
            chosen.set(0);
            photos.set(now);
        });
    };
    let about = match of {
        Pictured::Item(id) => format!("item_id={id}"),
        Pictured::Variation(id) => format!("variation_id={id}"),
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
        let about = about.clone();
        leptos::task::spawn_local(async move {
            for file in files {
                progress.set(Some(0));
                let address = format!("/api/v1/photo/upload?command_id={}&{about}", new_command_id());
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
            <div class="stack">
                {move || error.get().map(|error| view! { <Notice kind=NoticeKind::Error>{error.message}</Notice> })}
                {move || arranging.message().get().map(|error| view! { <Notice kind=NoticeKind::Error>{error}</Notice> })}
                {move || progress.get().map(|percent| view! {
                    <ProgressBar label=w::SENDING done=u64::from(percent) total=100_u64/>
                })}
                <div class="button-row">
                    <Chooser id=format!("photo-camera-{}", of.id()) label=w::TAKE camera=true busy=Signal::derive(move || progress.get().is_some()) send/>
                    <Chooser id=format!("photo-files-{}", of.id()) label=w::CHOOSE camera=false busy=Signal::derive(move || progress.get().is_some()) send/>
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
    }
}

/// A button that opens the camera, or the tablet's pictures.
#[component]
fn Chooser(
    id: String,
    label: &'static str,
    camera: bool,
    busy: Signal<bool>,
    send: Callback<Vec<web_sys::File>>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else { return };
        let Some(files) = input.files() else { return };
        let files: Vec<_> = (0..files.length()).filter_map(|at| files.item(at)).collect();
        // The same picture chosen again is to be sent again.
        input.set_value("");
        if !files.is_empty() {
            send.run(files);
        }
    };
    let label_for = id.clone();
    view! {
        <label class="button button-secondary photo-chooser" class:photo-busy=move || busy.get() r#for=label_for>
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
