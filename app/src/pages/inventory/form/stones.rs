//! The stones of a piece while they are typed.

use super::choices;
use crate::error::AppError;
use crate::ui::{Button, ButtonKind, Field, IconName, SelectField};
use crate::words::inventory as w;
use domain::item::{MOST_STONES, Stone, StoneKind, StoneOrigin, StoneShape, TypedStone, show_measures};
use domain::rate::Rate;
use leptos::prelude::*;

fn text(value: Option<&String>) -> String {
    value.cloned().unwrap_or_default()
}

/// A share as it stands in a field.
fn percent(rate: Option<Rate>) -> String {
    rate.map(|rate| rate.to_string().trim_end_matches(" %").to_owned()).unwrap_or_default()
}

pub(super) fn typed_stone(stone: &Stone) -> TypedStone {
    let carat = stone.carat.map(|carat| carat.to_string().trim_end_matches(" ct").to_owned());
    TypedStone {
        kind: stone.kind.code().to_owned(),
        shape: stone.shape.code().to_owned(),
        count: stone.count.to_string(),
        carat: carat.unwrap_or_default(),
        color: text(stone.color.as_ref()),
        clarity: text(stone.clarity.as_ref()),
        cut: text(stone.cut.as_ref()),
        origin: stone.origin.map(|origin| origin.code().to_owned()).unwrap_or_default(),
        treatment: text(stone.treatment.as_ref()),
        lab: text(stone.lab.as_ref()),
        report_number: text(stone.report_number.as_ref()),
        measures: stone.measures.map(show_measures).unwrap_or_default(),
        depth: percent(stone.depth),
        table: percent(stone.table),
    }
}

/// The fields of one stone. `key` stays when rows above are removed.
#[derive(Clone, Copy)]
struct StoneRow {
    key: u64,
    kind: RwSignal<String>,
    shape: RwSignal<String>,
    count: RwSignal<String>,
    carat: RwSignal<String>,
    color: RwSignal<String>,
    clarity: RwSignal<String>,
    cut: RwSignal<String>,
    origin: RwSignal<String>,
    treatment: RwSignal<String>,
    lab: RwSignal<String>,
    report: RwSignal<String>,
    measures: RwSignal<String>,
    depth: RwSignal<String>,
    table: RwSignal<String>,
}

impl StoneRow {
    fn new(key: u64, stone: TypedStone) -> Self {
        let field = RwSignal::new;
        Self {
            key,
            kind: field(stone.kind),
            shape: field(stone.shape),
            count: field(stone.count),
            carat: field(stone.carat),
            color: field(stone.color),
            clarity: field(stone.clarity),
            cut: field(stone.cut),
            origin: field(stone.origin),
            treatment: field(stone.treatment),
            lab: field(stone.lab),
            report: field(stone.report_number),
            measures: field(stone.measures),
            depth: field(stone.depth),
            table: field(stone.table),
        }
    }

    /// What stands in the fields, and is followed from here on.
    fn get(self) -> TypedStone {
        TypedStone {
            kind: self.kind.get(),
            shape: self.shape.get(),
            count: self.count.get(),
            carat: self.carat.get(),
            color: self.color.get(),
            clarity: self.clarity.get(),
            cut: self.cut.get(),
            origin: self.origin.get(),
            treatment: self.treatment.get(),
            lab: self.lab.get(),
            report_number: self.report.get(),
            measures: self.measures.get(),
            depth: self.depth.get(),
            table: self.table.get(),
        }
    }
}

/// The rows of stones in a form.
#[derive(Clone, Copy)]
pub(super) struct Stones {
    rows: RwSignal<Vec<StoneRow>>,
    next_key: StoredValue<u64>,
}

impl Stones {
    pub fn of(stones: Vec<TypedStone>) -> Self {
        let rows: Vec<StoneRow> =
            (0_u64..).zip(stones).map(|(key, stone)| StoneRow::new(key, stone)).collect();
        Self { next_key: StoredValue::new(rows.len() as u64), rows: RwSignal::new(rows) }
    }

    pub fn get(self) -> Vec<TypedStone> {
        self.rows.with(|rows| rows.iter().map(|row| row.get()).collect())
    }

    fn add(self) {
        let key = self.next_key.get_value();
        self.next_key.set_value(key + 1);
        let stone = TypedStone {
            kind: StoneKind::Diamond.code().to_owned(),
            count: "1".to_owned(),
            ..TypedStone::default()
        };
        self.rows.update(|rows| {
            if rows.len() < MOST_STONES {
                rows.push(StoneRow::new(key, stone));
            }
        });
    }
}

#[component]
pub(super) fn StonesFields(stones: Stones, error: RwSignal<Option<AppError>>) -> impl IntoView {
    view! {
        <fieldset class="form-group">
            <legend>{w::STONES}</legend>
            <For each=move || stones.rows.get() key=|row| row.key let:row>
                <StoneFields row stones=stones.rows error/>
            </For>
            <Button label=w::ADD_STONE icon=IconName::Plus on:click=move |_| stones.add()/>
        </fieldset>
    }
}

#[component]
fn StoneFields(
    row: StoneRow,
    stones: RwSignal<Vec<StoneRow>>,
    error: RwSignal<Option<AppError>>,
) -> impl IntoView {
    let key = row.key;
    let name = move |part: &str| format!("stone-{key}-{part}");
    // The server names a stone by its place in the list.
    let wrong = move |part: &'static str| {
        Signal::derive(move || {
            let place = stones.with(|rows| rows.iter().position(|row| row.key == key))?;
            error.with(|e| e.as_ref().and_then(|e| e.field(&format!("stones.{place}.{part}"))))
        })
    };
    view! {
        <div class="form-row">
            <SelectField name=name("kind") label=w::STONE value=row.kind choices=choices!(StoneKind) error=wrong("kind")/>
            <SelectField name=name("shape") label=w::SHAPE value=row.shape choices=choices!(StoneShape) error=wrong("shape")/>
            <SelectField name=name("origin") label=w::ORIGIN value=row.origin choices=choices!(StoneOrigin) none="" error=wrong("origin")/>
        </div>
        <div class="form-row">
            <Field name=name("count") label=w::COUNT value=row.count inputmode="numeric" error=wrong("count")/>
            <Field name=name("carat") label=w::CARAT value=row.carat amount=true error=wrong("carat") optional=true/>
            <Field name=name("color") label=w::COLOR value=row.color error=wrong("color") optional=true/>
            <Field name=name("clarity") label=w::CLARITY value=row.clarity error=wrong("clarity") optional=true/>
            <Field name=name("cut") label=w::CUT value=row.cut error=wrong("cut") optional=true/>
        </div>
        <div class="form-row">
            <Field name=name("measures") label=w::MEASURES value=row.measures error=wrong("measures") optional=true/>
            <Field name=name("depth") label=w::DEPTH value=row.depth amount=true error=wrong("depth") optional=true/>
            <Field name=name("table") label=w::STONE_TABLE value=row.table amount=true error=wrong("table") optional=true/>
        </div>
        <div class="form-row">
            <Field name=name("treatment") label=w::TREATMENT value=row.treatment error=wrong("treatment") optional=true/>
            <Field name=name("lab") label=w::LAB value=row.lab error=wrong("lab") optional=true/>
            <Field name=name("report") label=w::REPORT value=row.report error=wrong("report_number") optional=true/>
            <Button label=w::REMOVE kind=ButtonKind::Quiet icon=IconName::Close
                on:click=move |_| stones.update(|rows| rows.retain(|row| row.key != key))/>
        </div>
    }
}
