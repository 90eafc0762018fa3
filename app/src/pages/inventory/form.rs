//! Adding a piece, and changing what is known of it.

use super::{id_in_address, load};
use crate::api::item::save_item;
use crate::api::register::load_register;
use crate::client::go_to;
use crate::error::AppError;
use crate::pages::frame::{Problem, Staff};
use crate::pages::sending::Sending;
use crate::ui::{
    Button, ButtonKind, Choice, Field, IconName, LinkButton, Notice, NoticeKind, Page, SelectField, Skeleton,
    TextAreaField,
};
use crate::words::{common, inventory as w};
use domain::ids::StoreId;
use domain::item::{
    ItemKind, Karat, MOST_STONES, Metal, SaveItem, ShownItem, StockSource, Stone, StoneKind, StoneOrigin,
    StoneShape, TypedItem, TypedStone, show_measures,
};
use domain::money::Money;
use domain::person::Permission;
use domain::rate::Rate;
use domain::tax::Taxability;
use leptos::prelude::*;
use leptos_meta::Title;

/// The choices of a code, in its own order.
macro_rules! choices {
    ($code:ty) => {
        <$code>::ALL.iter().map(|code| Choice::new(code.code(), code.label())).collect::<Vec<_>>()
    };
}

#[component]
pub fn NewItemPage() -> impl IntoView {
    view! { <Title text=w::ADD/> <Staff current="/inventory"><New/></Staff> }
}

#[component]
fn New() -> impl IntoView {
    let place = Resource::new(|| (), |()| load_register());
    view! {
        <Page title=w::ADD back=("/inventory".to_owned(), w::TITLE.to_owned())>
            <Suspense fallback=|| view! { <Skeleton count=6/> }>
                {move || Suspend::new(async move {
                    match place.await {
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok(place) => view! { <Form store=place.store.id sees_cost=place.may(Permission::ViewCost) item=None/> }.into_any(),
                    }
                })}
            </Suspense>
        </Page>
    }
}

#[component]
pub fn EditItemPage() -> impl IntoView {
    view! { <Title text=w::EDIT/> <Staff current="/inventory"><Edit/></Staff> }
}

#[component]
fn Edit() -> impl IntoView {
    let id = id_in_address();
    let found = Resource::new(
        move || id.get(),
        |id| async move { Ok::<_, AppError>((load(id).await?.0, load_register().await?)) },
    );
    view! {
        <Suspense fallback=|| view! { <Skeleton count=6/> }>
            {move || Suspend::new(async move {
                match found.await {
                    Err(error) => view! { <div class="page"><Problem error/></div> }.into_any(),
                    Ok((item, place)) => view! {
                        <Page title=w::EDIT back=(format!("/inventory/{}", item.id), item.tag.clone())>
                            <Form store=item.store_id sees_cost=place.may(Permission::ViewCost) item=Some(item)/>
                        </Page>
                    }.into_any(),
                }
            })}
        </Suspense>
    }
}

/// An amount as it stands in a field.
fn plain(amount: Money) -> String {
    amount.to_string()
}

fn text(value: Option<&String>) -> String {
    value.cloned().unwrap_or_default()
}

fn typed_of(item: &ShownItem) -> TypedItem {
    let d = &item.details;
    TypedItem {
        tag: item.tag.clone(),
        kind: d.kind.code().to_owned(),
        title: text(d.title.as_ref()),
        metal: d.metal.map(|metal| metal.code().to_owned()).unwrap_or_default(),
        karat: d.karat.map(|karat| karat.code().to_owned()).unwrap_or_default(),
        weight_grams: d.weight_mg.map(|mg| format!("{}.{:03}", mg / 1_000, mg % 1_000)).unwrap_or_default(),
        size: text(d.size.as_ref()),
        brand: text(d.brand.as_ref()),
        serial: text(d.serial.as_ref()),
        location: text(d.location.as_ref()),
        note: text(d.note.as_ref()),
        price: plain(item.price),
        cost: item.cost.map(plain),
        taxability: item.taxability.code().to_owned(),
        stones: d.stones.iter().map(typed_stone).collect(),
    }
}

/// A share as it stands in a field.
fn percent(rate: Option<Rate>) -> String {
    rate.map(|rate| rate.to_string().trim_end_matches(" %").to_owned()).unwrap_or_default()
}

fn typed_stone(stone: &Stone) -> TypedStone {
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

/// The fields of one stone while they are typed. `key` stays when rows above are removed.
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

    fn read(self) -> TypedStone {
        TypedStone {
            kind: self.kind.get_untracked(),
            shape: self.shape.get_untracked(),
            count: self.count.get_untracked(),
            carat: self.carat.get_untracked(),
            color: self.color.get_untracked(),
            clarity: self.clarity.get_untracked(),
            cut: self.cut.get_untracked(),
            origin: self.origin.get_untracked(),
            treatment: self.treatment.get_untracked(),
            lab: self.lab.get_untracked(),
            report_number: self.report.get_untracked(),
            measures: self.measures.get_untracked(),
            depth: self.depth.get_untracked(),
            table: self.table.get_untracked(),
        }
    }
}

#[component]
fn Form(store: StoreId, sees_cost: bool, item: Option<ShownItem>) -> impl IntoView {
    let (id, version) = (item.as_ref().map(|item| item.id), item.as_ref().map_or(0, |item| item.version));
    let was = item.as_ref().map_or_else(
        || TypedItem { kind: ItemKind::Ring.code().to_owned(), ..TypedItem::default() },
        typed_of,
    );
    let field = |text: String| RwSignal::new(text);
    let (tag, kind, title) = (field(was.tag), field(was.kind), field(was.title));
    let (metal, karat, weight) = (field(was.metal), field(was.karat), field(was.weight_grams));
    let (size, brand, serial) = (field(was.size), field(was.brand), field(was.serial));
    let (location, note, price) = (field(was.location), field(was.note), field(was.price));
    let (cost, taxability) = (field(was.cost.unwrap_or_default()), field(was.taxability));
    let source = field(StockSource::Vendor.code().to_owned());
    let stones: Vec<StoneRow> =
        (0_u64..).zip(was.stones).map(|(key, stone)| StoneRow::new(key, stone)).collect();
    let next_key = StoredValue::new(stones.len() as u64);
    let stones = RwSignal::new(stones);
    let saving = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = TypedItem {
            tag: tag.get_untracked(),
            kind: kind.get_untracked(),
            title: title.get_untracked(),
            metal: metal.get_untracked(),
            karat: karat.get_untracked(),
            weight_grams: weight.get_untracked(),
            size: size.get_untracked(),
            brand: brand.get_untracked(),
            serial: serial.get_untracked(),
            location: location.get_untracked(),
            note: note.get_untracked(),
            price: price.get_untracked(),
            cost: sees_cost.then(|| cost.get_untracked()),
            taxability: taxability.get_untracked(),
            stones: stones.with_untracked(|rows| rows.iter().map(|row| row.read()).collect()),
        };
        let source = source.get_untracked().parse().unwrap_or_default();
        let cmd = SaveItem { command_id: saving.id(), store_id: store, item_id: id, version, source, typed };
        saving.send(save_item(cmd), |id| go_to(&format!("/inventory/{id}")));
    };
    let wrong = move |name: &'static str| saving.wrong(name);
    let add_stone = move |_| {
        let key = next_key.get_value();
        next_key.set_value(key + 1);
        let stone = TypedStone {
            kind: StoneKind::Diamond.code().to_owned(),
            count: "1".to_owned(),
            ..TypedStone::default()
        };
        stones.update(|rows| {
            if rows.len() < MOST_STONES {
                rows.push(StoneRow::new(key, stone));
            }
        });
    };
    view! {
        <form class="form" novalidate=true on:submit=send>
            {move || saving.error.get().map(|error| view! { <Notice kind=NoticeKind::Error>{error.message}</Notice> })}
            <fieldset class="form-group">
                <legend>{w::IDENTITY}</legend>
                <div class="form-row">
                    <SelectField name="kind" label=w::KIND value=kind choices=choices!(ItemKind) error=wrong("kind")/>
                    <Field name="tag" label=w::TAG value=tag hint=w::TAG_HINT error=wrong("tag") optional=true/>
                </div>
                <Field name="title" label=w::TITLE_FIELD value=title hint=w::TITLE_HINT error=wrong("title") optional=true/>
                <div class="form-row">
                    <SelectField name="metal" label=w::METAL value=metal choices=choices!(Metal) none=w::NONE error=wrong("metal")/>
                    <SelectField name="karat" label=w::KARAT value=karat choices=choices!(Karat) none=w::NONE error=wrong("karat")/>
                    <Field name="weight_grams" label=w::WEIGHT value=weight amount=true error=wrong("weight_grams") optional=true/>
                </div>
                <div class="form-row">
                    <Field name="size" label=w::SIZE value=size error=wrong("size") optional=true/>
                    <Field name="brand" label=w::BRAND value=brand error=wrong("brand") optional=true/>
                    <Field name="serial" label=w::SERIAL value=serial error=wrong("serial") optional=true/>
                </div>
            </fieldset>
            <fieldset class="form-group">
                <legend>{w::STONES}</legend>
                <For each=move || stones.get() key=|row| row.key let:row>
                    <StoneFields row stones error=saving.error/>
                </For>
                <Button label=w::ADD_STONE icon=IconName::Plus on:click=add_stone/>
            </fieldset>
            <fieldset class="form-group">
                <legend>{w::MONEY}</legend>
                <div class="form-row">
                    <Field name="price" label=w::PRICE value=price amount=true error=wrong("price") required=true/>
                    {sees_cost.then(|| view! { <Field name="cost" label=w::COST value=cost amount=true error=wrong("cost") required=true/> })}
                    <SelectField name="taxability" label=w::TAXED value=taxability choices=choices!(Taxability) error=wrong("taxability")/>
                </div>
                <div class="form-row">
                    <Field name="location" label=w::WHERE value=location error=wrong("location") optional=true/>
                    {id.is_none().then(|| view! { <SelectField name="source" label=w::SOURCE value=source choices=choices!(StockSource)/> })}
                </div>
                <TextAreaField name="note" label=w::NOTE value=note error=wrong("note") optional=true/>
            </fieldset>
            <div class="form-actions">
                <LinkButton href="/inventory" label=common::CANCEL kind=ButtonKind::Quiet/>
                <Button label=w::SAVE kind=ButtonKind::Primary submit=true pending=saving.pending/>
            </div>
        </form>
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
