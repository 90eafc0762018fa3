//! Tables, which become cards on a phone.

use leptos::prelude::*;

/// The frame of a table: put `<thead>`, `<tbody>` and `<tfoot>` inside.
///
/// Conventions, kept by `components/table.css`:
/// - each `<td data-label="Due">` names its column, which a phone shows beside the value;
/// - the cell that says what the row is has class `cell-main` and no label; a smaller second line in
///   it has class `cell-sub`; a picture has class `cell-drawing`;
/// - `<tr class="row-opens">` lets the link in its `cell-main` take the whole row;
/// - amounts have class `amount`, in heads and feet as well;
/// - a column that sorts has `<a class="sort">` in its head, and `aria-sort` on the `<th>`.
#[component]
pub fn Table(
    /// What the table lists, for those who cannot see it.
    #[prop(into)]
    label: TextProp,
    /// So many columns that a tablet scrolls them sideways: then the keyboard must reach the frame.
    #[prop(optional)]
    wide: bool,
    children: Children,
) -> impl IntoView {
    let name = label.clone();
    view! {
        <div class="table-frame" tabindex=wide.then_some("0") role=wide.then_some("region") aria-label=wide.then(|| name.get())>
            <table class="table" aria-label=move || label.get()>{children()}</table>
        </div>
    }
}
