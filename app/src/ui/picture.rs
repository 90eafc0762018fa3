//! How a piece looks: its photo, or its drawing as long as it has none.

use super::drawing::{Drawing, DrawingSize};
use domain::item::{PieceDetails, describe};
use domain::photo::Photo;
use leptos::prelude::*;

/// A piece's first photo, or the drawing in its place. Where its description stands beside it anyway, say
/// `decorative=true`.
#[component]
pub fn Picture(
    photo: Option<Photo>,
    details: PieceDetails,
    #[prop(optional)] size: DrawingSize,
    #[prop(optional)] decorative: bool,
) -> impl IntoView {
    match photo {
        None => view! { <Drawing details size decorative/> }.into_any(),
        Some(photo) => {
            let (address, side) = match size {
                DrawingSize::Page => (photo.address(), Some((photo.width, photo.height))),
                DrawingSize::Row | DrawingSize::Grid => (photo.small_address(), None),
            };
            let alt = if decorative { String::new() } else { describe(&details) };
            view! {
                <img class="photo" src=address alt=alt loading="lazy" decoding="async"
                    width=side.map(|(width, _)| width.to_string()) height=side.map(|(_, height)| height.to_string())/>
            }
            .into_any()
        }
    }
}
