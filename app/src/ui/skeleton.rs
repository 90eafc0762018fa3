//! The shape of what is about to appear.

use leptos::prelude::*;

/// What will stand here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SkeletonShape {
    /// Lines of text.
    #[default]
    Lines,
    /// Rows of a table.
    Rows,
    /// A grid of pieces.
    Pieces,
}

/// Stands in while data is on its way, in the size of what comes, so that nothing jumps.
#[component]
pub fn Skeleton(#[prop(optional)] shape: SkeletonShape, #[prop(default = 3)] count: u16) -> impl IntoView {
    let (class, part) = match shape {
        SkeletonShape::Lines => ("skeleton", "skeleton-bar"),
        SkeletonShape::Rows => ("skeleton skeleton-row", "skeleton-bar"),
        SkeletonShape::Pieces => ("skeleton skeleton-pieces", "skeleton-block"),
    };
    view! {
        <div class=class role="status" aria-busy="true" aria-label="Loading">
            {(0..count).map(|_| view! { <span class=part></span> }).collect_view()}
        </div>
    }
}
