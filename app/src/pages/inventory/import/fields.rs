//! Where one thing that is known of goods comes from: a column of the list, or one answer for all rows.

use super::Stand;
use crate::ui::{Button, ButtonKind, Choice, Field, Notice, NoticeKind, SelectField};
use crate::words::import as w;
use domain::import::{DecimalMark, FieldSource, GoodsField, Warning};
use domain::item::{ItemKind, Karat, Metal, Unit};
use leptos::prelude::*;

/// What stands in the controls of a field.
#[derive(Debug, Clone, Copy)]
pub struct Said {
    pub field: GoodsField,
    column: RwSignal<String>,
    fixed: RwSignal<String>,
    mark: RwSignal<String>,
}

const POINT: &str = "point";
const COMMA: &str = "comma";

impl Said {
    #[must_use]
    pub fn of(source: &FieldSource) -> Self {
        let mark = match source.mark {
            None => "",
            Some(DecimalMark::Point) => POINT,
            Some(DecimalMark::Comma) => COMMA,
        };
        Self {
            field: source.field,
            column: RwSignal::new(source.column.map(|at| at.to_string()).unwrap_or_default()),
            fixed: RwSignal::new(source.fixed.clone()),
            mark: RwSignal::new(mark.to_owned()),
        }
    }

    /// Says so to whoever listens.
    #[must_use]
    pub fn source(self) -> FieldSource {
        FieldSource {
            field: self.field,
            column: self.column.with(|column| column.parse().ok()),
            fixed: self.fixed.get(),
            mark: self.mark.with(|mark| match mark.as_str() {
                POINT => Some(DecimalMark::Point),
                COMMA => Some(DecimalMark::Comma),
                _ => None,
            }),
        }
    }
}

/// The controls of a field, with what looks wrong about its column.
#[component]
pub fn SourceField(
    said: Said,
    stand: Stand,
    columns: Vec<Choice>,
    wrong: Signal<Option<String>>,
    confirmed: RwSignal<Vec<String>>,
) -> impl IntoView {
    let (code, label) = (said.field.code(), said.field.label());
    let asks_mark = move || {
        !said.mark.with(String::is_empty)
            || stand.preview.with(|preview| {
                let name = format!("{code}.mark");
                preview
                    .as_ref()
                    .is_some_and(|preview| preview.missing.iter().any(|error| error.field == name))
            })
    };
    let doubt = Signal::derive(move || {
        let name = format!("{code}.mark");
        stand.preview.with(|preview| {
            let missing = preview.as_ref()?.missing.iter().find(|error| error.field == name);
            missing.map(|error| error.message.clone())
        })
    });
    let asked = Memo::new(move |_| asks_mark());
    view! {
        <div class="import-source">
            <div class="form-row">
                <SelectField name=format!("column-{code}") label=label value=said.column choices=columns none=w::NOT_THERE error=wrong/>
                {said.field.may_be_fixed().then(|| view! { <ForAll said/> })}
            </div>
            {move || asked.get().then(|| view! {
                <SelectField name=format!("mark-{code}") label=w::decimals_of(label) value=said.mark none=w::SAY_WHICH
                    choices=vec![Choice::new(POINT, w::POINT), Choice::new(COMMA, w::COMMA)] error=doubt/>
            })}
            <Warnings stand about=Some(said.field) confirmed/>
        </div>
    }
}

/// One answer for all rows that give none.
#[component]
fn ForAll(said: Said) -> impl IntoView {
    let name = format!("all-{}", said.field.code());
    let label = w::for_all(said.field.label());
    match known(said.field) {
        Some(choices) => view! { <SelectField name label value=said.fixed choices none=""/> }.into_any(),
        None if matches!(said.field, GoodsField::Cost | GoodsField::UnitCost) => {
            view! { <Field name label value=said.fixed hint=w::COST_HINT/> }.into_any()
        }
        None => view! { <Field name label value=said.fixed/> }.into_any(),
    }
}

/// The words of the trade that a field knows.
fn known(field: GoodsField) -> Option<Vec<Choice>> {
    fn all<T: Copy + 'static>(
        values: &'static [T],
        code: fn(T) -> &'static str,
        label: fn(T) -> &'static str,
    ) -> Vec<Choice> {
        values.iter().map(|value| Choice::new(code(*value), label(*value))).collect()
    }
    Some(match field {
        GoodsField::Kind => all(ItemKind::ALL, ItemKind::code, ItemKind::label),
        GoodsField::Unit => all(Unit::ALL, Unit::code, Unit::label),
        GoodsField::Metal => all(Metal::ALL, Metal::code, Metal::label),
        GoodsField::Karat => all(Karat::ALL, Karat::code, Karat::label),
        _ => return None,
    })
}

/// What looks wrong about a field, or about the whole list, to be put right or said to be right.
#[component]
pub fn Warnings(stand: Stand, about: Option<GoodsField>, confirmed: RwSignal<Vec<String>>) -> impl IntoView {
    let found = Memo::new(move |_| {
        stand.preview.with(|preview| {
            let surveyed = preview.as_ref().and_then(|preview| preview.surveyed.as_ref());
            let all = surveyed.map(|surveyed| surveyed.warnings.clone()).unwrap_or_default();
            all.into_iter().filter(|warning| warning.field == about).collect::<Vec<Warning>>()
        })
    });
    move || {
        let shown = found.get().into_iter().map(|warning| {
            let Warning { code, sentence, confirmed: done, .. } = warning;
            if done {
                return view! { <p class="soft small">{sentence} " " {w::CONFIRMED}</p> }.into_any();
            }
            view! {
                <Notice kind=NoticeKind::Warning>
                    <p>{sentence}</p>
                    <Button label=w::RIGHT_SO kind=ButtonKind::Secondary
                        on:click=move |_| confirmed.update(|all| all.push(code.clone()))/>
                </Notice>
            }
            .into_any()
        });
        shown.collect_view()
    }
}
