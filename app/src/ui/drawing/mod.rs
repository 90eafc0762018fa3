//! Pieces drawn from their attributes, for when there is no photo: in lists and grids, on receipts and on
//! item pages.
//!
//! `geometry` holds points and the pen, `cut` the facets of each shape, `stone` puts a stone in its
//! setting, `piece` makes a piece of them. All of it is plain arithmetic on lengths: the same attributes
//! give the same drawing on server and browser, to the digits that are written. Colors come from the
//! styles by class (`components/drawing.css`), so a drawing follows the theme and paper.
#![allow(clippy::float_arithmetic, reason = "lengths on a drawing, never money")]

mod cut;
mod geometry;
mod piece;
mod stone;

use domain::item::{PieceDetails, describe};
use leptos::prelude::*;

/// How large a drawing is meant to be seen, which decides how much is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum DrawingSize {
    /// A row of a list: 48 px.
    Row,
    /// A grid of pieces: 160 px.
    #[default]
    Grid,
    /// The page of one piece: 400 px.
    Page,
}

impl DrawingSize {
    #[must_use]
    pub const fn pixels(self) -> u16 {
        match self {
            Self::Row => 48,
            Self::Grid => 160,
            Self::Page => 400,
        }
    }
}

/// The inside of the `<svg viewBox="0 0 100 100">` of a piece. It holds numbers and class names only,
/// never a word that somebody typed.
#[must_use]
pub fn markup(details: &PieceDetails, size: DrawingSize) -> String {
    piece::draw(details, size)
}

/// A piece without a photo. Its name for those who cannot see it is the piece's description; where that
/// stands beside the drawing anyway, say `decorative=true`.
#[component]
pub fn Drawing(
    #[prop(into)] details: Signal<PieceDetails>,
    #[prop(optional)] size: DrawingSize,
    #[prop(optional)] decorative: bool,
) -> impl IntoView {
    let pixels = size.pixels().to_string();
    view! {
        <svg
            class="drawing"
            viewBox="0 0 100 100"
            width=pixels.clone()
            height=pixels
            role=(!decorative).then_some("img")
            aria-hidden=decorative.then_some("true")
            aria-label=move || (!decorative).then(|| details.with(describe))
            inner_html=move || details.with(|details| markup(details, size))
        ></svg>
    }
}
