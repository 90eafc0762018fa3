//! What the columns mean, and the first rows as the pieces they would become.

use super::Stand;
use crate::api::import::{discard_import, look_at_import, start_import};
use crate::pages::sending::Sending;
use crate::ui::{
    Amount, Button, ButtonKind, Card, Choice, Drawing, DrawingSize, Field, Icon, IconName, Notice,
    NoticeKind, SelectField, Table,
};
use crate::words::{import as w, inventory};
use domain::ids::{ImportId, StoreId};
use domain::import::{
    ImportCounts, ImportPlan, ImportPreview, ImportState, PreviewRow, StartImport, StoneColumn, StonePlan,
};
use domain::item::{StoneOrigin, StoneShape, describe};
use leptos::prelude::*;

#[component]
pub fn Plan(
    stand: Stand,
    store: StoreId,
    import: ImportId,
    preview: ImportPreview,
    plan: StonePlan,
) -> impl IntoView {
    let ImportPreview { file, rows, headers, .. } = preview;
    let columns: Vec<RwSignal<String>> =
        plan.columns.iter().map(|meant| RwSignal::new(code(*meant).to_owned())).collect();
    let (cost, origin, shape) =
        (RwSignal::new(plan.cost_percent), RwSignal::new(plan.origin), RwSignal::new(plan.shape));
    let said = {
        let columns = columns.clone();
        Memo::new(move |_| StonePlan {
            columns: columns.iter().map(|column| column.with(|code| code.parse().ok())).collect(),
            cost_percent: cost.get(),
            origin: origin.get(),
            shape: shape.get(),
        })
    };
    let starting = Sending::new();
    look_again(stand, import, Signal::derive(move || ImportPlan::from(said.get())), starting);
    let tried = RwSignal::new(false);
    let wrong = move |field: &'static str| {
        Signal::derive(move || {
            if !tried.get() {
                return starting.error.with(|error| error.as_ref().and_then(|error| error.field(field)));
            }
            stand.preview.with(|preview| {
                let missing = &preview.as_ref()?.missing;
                missing.iter().find(|error| error.field == field).map(|error| error.message.clone())
            })
        })
    };
    let start = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        let cmd = StartImport {
            command_id: starting.id(),
            store_id: store,
            import_id: import,
            plan: said.get_untracked().into(),
        };
        starting.send(start_import(cmd), move |()| {
            let counts = ImportCounts { rows, ..ImportCounts::default() };
            stand.state.update(|state| {
                if let ImportState::Waiting(import, file) = state {
                    *state = ImportState::Running(*import, file.clone(), counts);
                }
            });
        });
    };
    let putting_away = Sending::new();
    let other_file = move |_| {
        putting_away.send(discard_import(import), move |()| {
            stand.preview.set(None);
            stand.state.set(ImportState::None);
        });
    };
    let no_column = move |column: StoneColumn| said.with(|plan| !plan.has(column));
    view! {
        <form class="form form-wide" novalidate=true on:submit=start>
            {move || starting.error.get().map(|error| view! { <Notice kind=NoticeKind::Error>{error.message}</Notice> })}
            {move || putting_away.error.get().map(|error| view! { <Notice kind=NoticeKind::Error>{error.message}</Notice> })}
            <fieldset class="form-group">
                <legend>{w::columns_of(&file, rows)}</legend>
                <Complaint error=wrong("columns")/>
                <div class="form-row">
                    {headers.iter().enumerate().zip(columns).map(|((at, header), meant)| view! {
                        <SelectField name=format!("column-{at}") label=header.clone() value=meant choices=meanings() none=w::LEFT_OUT/>
                    }).collect_view()}
                </div>
            </fieldset>
            <fieldset class="form-group">
                <legend>{w::MISSING}</legend>
                <div class="form-row">
                    <Field name="cost_percent" label=w::COST_PERCENT value=cost amount=true
                        hint=move || if no_column(StoneColumn::Cost) { w::COST_NEEDED } else { w::COST_FILLS }
                        error=wrong("cost_percent")/>
                    <SelectField name="origin" label=inventory::ORIGIN value=origin choices=origins() none=""
                        hint=move || if no_column(StoneColumn::Origin) { w::NO_COLUMN } else { w::FILLS }
                        error=wrong("origin")/>
                    <SelectField name="shape" label=inventory::SHAPE value=shape choices=shapes() none=""
                        hint=move || if no_column(StoneColumn::Shape) { w::NO_COLUMN } else { w::FILLS }
                        error=wrong("shape")/>
                </div>
            </fieldset>
            <Card title=w::FIRST_ROWS flush=true>{move || stand.preview.get().map(first_rows)}</Card>
            <div class="form-actions">
                <Button label=w::OTHER_FILE kind=ButtonKind::Quiet pending=putting_away.pending on:click=other_file/>
                <Button label=w::start(rows) kind=ButtonKind::Primary submit=true pending=starting.pending/>
            </div>
        </form>
    }
}

/// Shows the first rows under the plan as it is now, whenever it changes.
pub(super) fn look_again(stand: Stand, import: ImportId, said: Signal<ImportPlan>, starting: Sending) {
    let asked = StoredValue::new(0_u64);
    Effect::new(move |before: Option<ImportPlan>| {
        let plan = said.get();
        if before.as_ref().is_some_and(|before| *before != plan) {
            starting.changed();
            asked.update_value(|number| *number += 1);
            let (number, plan) = (asked.get_value(), plan.clone());
            leptos::task::spawn_local(async move {
                match look_at_import(import, plan).await {
                    // An answer that was overtaken says what is no longer asked.
                    Ok(preview) if number == asked.get_value() => stand.preview.set(Some(preview)),
                    Ok(_) => {}
                    Err(error) => starting.error.set(Some(error)),
                }
            });
        }
        plan
    });
}

/// A complaint about the columns as a whole.
#[component]
pub(super) fn Complaint(error: Signal<Option<String>>) -> impl IntoView {
    view! {
        <p class="field-error" aria-live="polite">
            {move || error.get().map(|error| view! { <Icon name=IconName::Warning/> <span>{error}</span> })}
        </p>
    }
}

fn code(meant: Option<StoneColumn>) -> &'static str {
    meant.map_or("", StoneColumn::code)
}

fn meanings() -> Vec<Choice> {
    StoneColumn::ALL.iter().map(|column| Choice::new(column.code(), column.label())).collect()
}

/// A diamond is one of these two.
fn origins() -> Vec<Choice> {
    [StoneOrigin::Natural, StoneOrigin::LabGrown].map(|o| Choice::new(o.code(), o.label())).to_vec()
}

fn shapes() -> Vec<Choice> {
    StoneShape::ALL.iter().map(|shape| Choice::new(shape.code(), shape.label())).collect()
}

pub(super) fn first_rows(preview: ImportPreview) -> impl IntoView {
    view! {
        <Table label=w::FIRST_ROWS>
            <thead><tr>
                <th class="cell-drawing"><span class="unseen">{inventory::PICTURE}</span></th>
                <th>{inventory::PIECE}</th><th>{w::QUANTITY}</th>
                <th class="amount">{inventory::COST}</th><th class="amount">{inventory::PRICE}</th>
            </tr></thead>
            <tbody>{preview.first.into_iter().map(row).collect_view()}</tbody>
        </Table>
    }
}

/// A row as the piece it would become, or as it stands in the file with what is wrong with it.
fn row(row: PreviewRow) -> impl IntoView {
    let line = w::line(row.line);
    match row.piece {
        Some(piece) => {
            let quantity = match (piece.nothing, piece.lot) {
                (true, _) => w::NONE_OF_IT.to_owned(),
                (false, Some(lot)) => lot.on_hand.show(lot.unit),
                (false, None) => "1".to_owned(),
            };
            let style = piece.style.map(|number| format!(", {}", w::of_style(&number)));
            view! {
                <tr>
                    <td class="cell-drawing"><Drawing details=piece.details.clone() size=DrawingSize::Row decorative=true/></td>
                    <td class="cell-main">{describe(&piece.details)}<span class="cell-sub">{line} {style}</span></td>
                    <td data-label=w::QUANTITY>{quantity}</td>
                    <td data-label=inventory::COST class="amount"><Amount value=piece.cost/></td>
                    <td data-label=inventory::PRICE class="amount"><Amount value=piece.price/></td>
                </tr>
            }
            .into_any()
        }
        None => {
            let reasons: Vec<String> =
                row.reasons.iter().map(|reason| format!("{}: {}", reason.field, reason.message)).collect();
            let faulty = !reasons.is_empty() && !row.left_out;
            let left_out = row.left_out.then_some(w::LEFT_OUT_ROW);
            view! {
                <tr>
                    <td class="cell-drawing">{faulty.then(|| view! { <Icon name=IconName::Warning/> })}</td>
                    <td class="cell-main">{row.cells.join(" · ")}<span class="cell-sub">{line} {(faulty || row.left_out).then_some(": ")} {left_out} " " {reasons.join("; ")}</span></td>
                    <td></td><td></td><td></td>
                </tr>
            }
            .into_any()
        }
    }
}
