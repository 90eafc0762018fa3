//! The lines of an order or a delivery as fields.

use crate::pages::inventory::choices;
use crate::pages::sending::Sending;
use crate::pages::typed::Typed;
use crate::ui::{Button, ButtonKind, Card, Field, IconName, Notice, NoticeKind, SelectField};
use crate::words::vendors as w;
use domain::item::{ItemKind, Karat, Metal, Unit};
use domain::vendor::{GoodsKind, TypedGoods};
use leptos::prelude::*;

/// One line. `key` stays when lines above are removed.
#[derive(Clone, Copy)]
struct Row {
    key: u64,
    fields: Typed<TypedGoods>,
}

/// The lines of a form.
#[derive(Clone, Copy)]
pub(super) struct Rows {
    rows: RwSignal<Vec<Row>>,
    next_key: StoredValue<u64>,
}

/// What a new line begins as.
fn blank() -> TypedGoods {
    TypedGoods {
        what: GoodsKind::Piece.code().to_owned(),
        kind: ItemKind::Ring.code().to_owned(),
        pieces: "1".to_owned(),
        ..TypedGoods::default()
    }
}

impl Rows {
    pub fn of(lines: &[TypedGoods]) -> Self {
        let rows = Self { rows: RwSignal::new(Vec::new()), next_key: StoredValue::new(0) };
        lines.iter().for_each(|line| rows.add(line));
        if lines.is_empty() {
            rows.add(&blank());
        }
        rows
    }

    pub fn read(self) -> Vec<TypedGoods> {
        self.rows.with_untracked(|rows| rows.iter().map(|row| row.fields.read()).collect())
    }

    fn add(self, line: &TypedGoods) {
        let key = self.next_key.get_value();
        self.next_key.set_value(key + 1);
        self.rows.update(|rows| rows.push(Row { key, fields: Typed::of(line) }));
    }
}

#[component]
pub(super) fn GoodsRows(rows: Rows, sending: Sending) -> impl IntoView {
    let of_lines = sending.wrong("lines");
    view! {
        <fieldset class="form-group">
            <legend>{w::LINES}</legend>
            {move || of_lines.get().map(|wrong| view! { <Notice kind=NoticeKind::Error>{wrong}</Notice> })}
            <For each=move || rows.rows.get() key=|row| row.key let:row><GoodsFields row rows sending/></For>
            <Button label=w::ADD_LINE icon=IconName::Plus on:click=move |_| rows.add(&blank())/>
        </fieldset>
    }
}

#[component]
fn GoodsFields(row: Row, rows: Rows, sending: Sending) -> impl IntoView {
    let Row { key, fields } = row;
    let place = Memo::new(move |_| rows.rows.with(|rows| rows.iter().position(|row| row.key == key)));
    let name = move |part: &str| format!("line-{key}-{part}");
    let label = move |label: &'static str| {
        TextProp::from(move || w::of_row(label, place.get().map_or(1, |place| place + 1)))
    };
    // The server names a line by its place in the list.
    let wrong = move |part: &'static str| {
        Signal::derive(move || {
            let place = place.get()?;
            sending.error.with(|e| e.as_ref().and_then(|e| e.field(&format!("lines.{place}.{part}"))))
        })
    };
    let text = move |name: &str| fields.text(name);
    let what = Memo::new(move |_| text("what").with(|what| what.parse::<GoodsKind>().unwrap_or_default()));
    let unit = Memo::new(move |_| text("unit").with(|unit| unit.parse::<Unit>().ok()));
    let described = move || {
        matches!(what.get(), GoodsKind::Piece | GoodsKind::NewLot).then(|| view! {
            <div class="form-row">
                <SelectField name=name("kind") label=label(w::KIND) value=text("kind") choices=choices!(ItemKind) error=wrong("kind")/>
                <SelectField name=name("metal") label=label(w::METAL) value=text("metal") choices=choices!(Metal) none=w::NONE error=wrong("metal")/>
                <SelectField name=name("karat") label=label(w::KARAT) value=text("karat") choices=choices!(Karat) none=w::NONE error=wrong("karat")/>
                <Field name=name("size") label=label(w::SIZE) value=text("size") error=wrong("size") optional=true/>
            </div>
            <Field name=name("title") label=label(w::WORDS) value=text("title") error=wrong("title") optional=true/>
        })
    };
    let of = move || match what.get() {
        GoodsKind::Variation => Some(w::SKU),
        GoodsKind::Lot => Some(w::LOT_TAG),
        _ => None,
    };
    let counted = move || match what.get() {
        GoodsKind::NewLot => unit.get().is_none_or(Unit::counts_pieces),
        _ => true,
    };
    let weighed = move || match what.get() {
        GoodsKind::NewLot => unit.get().is_some_and(Unit::weighs),
        GoodsKind::Lot => true,
        _ => false,
    };
    view! {
        <Card>
            <div class="form-row">
                <SelectField name=name("what") label=label(w::WHAT) value=text("what") choices=choices!(GoodsKind) error=wrong("what")/>
                {move || of().map(|words| view! {
                    <Field name=name("of") label=label(words) value=text("of") error=wrong("of") required=true/>
                })}
                {move || (what.get() == GoodsKind::NewLot).then(|| view! {
                    <SelectField name=name("unit") label=label(w::UNIT) value=text("unit") choices=choices!(Unit) none=w::CHOOSE error=wrong("unit")/>
                })}
            </div>
            {described}
            <div class="form-row">
                {move || counted().then(|| view! {
                    <Field name=name("pieces") label=label(w::PIECES) value=text("pieces") inputmode="numeric" amount=true error=wrong("pieces")/>
                })}
                {move || weighed().then(|| view! {
                    <Field name=name("measure") label=label(w::MEASURE) value=text("measure") amount=true error=wrong("measure")/>
                })}
                <Field name=name("cost") label=label(w::COST) value=text("cost") amount=true error=wrong("cost")/>
                {move || (what.get() != GoodsKind::Lot).then(|| view! {
                    <Field name=name("price") label=label(w::PRICE) value=text("price") amount=true error=wrong("price")/>
                })}
            </div>
            <div class="form-row">
                <Field name=name("vendor_style") label=label(w::VENDOR_STYLE) value=text("vendor_style") error=wrong("vendor_style") optional=true/>
                <Button label=label(w::REMOVE) kind=ButtonKind::Quiet icon=IconName::Close
                    on:click=move |_| rows.rows.update(|rows| rows.retain(|row| row.key != key))/>
            </div>
        </Card>
    }
}
