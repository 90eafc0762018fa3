//! Adding a piece or goods that are alike, and changing what is known of them.

mod stones;

use super::{id_in_address, load};
use crate::api::item::save_item;
use crate::api::register::load_register;
use crate::api::style::load_variation;
use crate::client::go_to;
use crate::error::AppError;
use crate::pages::frame::{Problem, Staff};
use crate::pages::sending::Sending;
use crate::pages::typed::Typed;
use crate::ui::{
    Button, ButtonKind, Choice, Field, LinkButton, Notice, NoticeKind, Page, SelectField, Skeleton,
    TextAreaField,
};
use crate::words::{common, inventory as w, vendors};
use domain::ids::{StoreId, VariationId};
use domain::item::{
    ItemKind, Karat, Metal, Quantity, SaveItem, ShownItem, StockSource, TypedItem, TypedQuantity, Unit,
    describe, wording,
};
use domain::money::Money;
use domain::person::Permission;
use domain::register::RegisterSnapshot;
use domain::style::{Style, Variation};
use domain::tax::Taxability;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use stones::{Stones, StonesFields, typed_stone};

/// The choices of a code, in its own order.
macro_rules! choices {
    ($code:ty) => {
        <$code>::ALL.iter().map(|code| crate::ui::Choice::new(code.code(), code.label())).collect::<Vec<_>>()
    };
}
pub(in crate::pages) use choices;

#[component]
pub fn NewItemPage() -> impl IntoView {
    view! { <Title text=w::ADD/> <Staff current="/inventory"><New/></Staff> }
}

#[component]
fn New() -> impl IntoView {
    let query = use_query_map();
    let of = move || query.read().get("variation").and_then(|id| id.parse::<VariationId>().ok());
    let place = Resource::new(of, |of| async move {
        let place = load_register().await?;
        Ok::<_, AppError>(match of {
            Some(id) => (place, Some(load_variation(id).await?)),
            None => (place, None),
        })
    });
    view! {
        <Page title=w::ADD back=("/inventory".to_owned(), w::TITLE.to_owned())>
            <Suspense fallback=|| view! { <Skeleton count=6/> }>
                {move || Suspend::new(async move {
                    match place.await {
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok((place, of)) => {
                            let sees_cost = sees_cost(&place);
                            let was = match of {
                                Some((_, style, variation)) => of_variation(&style, &variation),
                                None => TypedItem { kind: ItemKind::Ring.code().to_owned(), ..TypedItem::default() },
                            };
                            view! { <Form store=place.store.id sees_cost item=None was/> }.into_any()
                        }
                    }
                })}
            </Suspense>
        </Page>
    }
}

fn sees_cost(place: &RegisterSnapshot) -> bool {
    place.may(Permission::ViewCost)
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
        |id| async move { Ok::<_, AppError>((load(id).await?.item, load_register().await?)) },
    );
    view! {
        <Suspense fallback=|| view! { <Skeleton count=6/> }>
            {move || Suspend::new(async move {
                match found.await {
                    Err(error) => view! { <div class="page"><Problem error/></div> }.into_any(),
                    Ok((item, place)) => {
                        let was = typed_of(&item);
                        view! {
                            <Page title=w::EDIT back=(format!("/inventory/{}", item.id), item.tag.clone())>
                                <Form store=item.store_id sees_cost=sees_cost(&place) item=Some(item) was/>
                            </Page>
                        }.into_any()
                    }
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
        plating: d.plating_nm.map(w::micrometers).unwrap_or_default(),
        weight_grams: d.weight_mg.map(|mg| format!("{}.{:03}", mg / 1_000, mg % 1_000)).unwrap_or_default(),
        size: text(d.size.as_ref()),
        brand: text(d.brand.as_ref()),
        serial: text(d.serial.as_ref()),
        location: text(d.location.as_ref()),
        note: text(d.note.as_ref()),
        price: plain(item.price),
        cost: item.cost.map(plain),
        replacement: item.replacement.map(plain),
        taxability: item.taxability.code().to_owned(),
        vendor: item.vendor.as_ref().map(|vendor| vendor.code.clone()),
        vendor_style: item.vendor_style.clone(),
        stones: d.stones.iter().map(typed_stone).collect(),
        ..TypedItem::default()
    }
}

/// A piece of a variation before anything is typed.
fn of_variation(style: &Style, variation: &Variation) -> TypedItem {
    TypedItem {
        kind: style.kind.code().to_owned(),
        metal: variation.metal.map(|metal| metal.code().to_owned()).unwrap_or_default(),
        karat: variation.karat.map(|karat| karat.code().to_owned()).unwrap_or_default(),
        size: text(variation.size.as_ref()),
        brand: text(style.brand.as_ref()),
        note: text(variation.quality.as_ref()),
        price: plain(variation.price),
        cost: variation.cost.map(plain),
        taxability: style.taxability.code().to_owned(),
        variation: Some(variation.id),
        vendor_style: style.vendor_style.clone(),
        ..TypedItem::default()
    }
}

#[component]
fn Form(store: StoreId, sees_cost: bool, item: Option<ShownItem>, was: TypedItem) -> impl IntoView {
    let (id, version) = (item.as_ref().map(|item| item.id), item.as_ref().map_or(0, |item| item.version));
    let is_lot = item.as_ref().is_some_and(|item| item.lot.is_some());
    // A field there is a text; where nobody may see cost there is no field.
    let known = |text: Option<String>| sees_cost.then(|| text.unwrap_or_default());
    let was = TypedItem {
        cost: known(was.cost),
        replacement: known(was.replacement),
        vendor: known(was.vendor),
        vendor_style: known(was.vendor_style),
        ..was
    };
    let quantity = Typed::of(&was.quantity);
    let stones = Stones::of(was.stones.clone());
    let fields = Typed::of(&was);
    let source = RwSignal::new(StockSource::Vendor.code().to_owned());
    let typed = move || TypedItem { stones: stones.get(), quantity: quantity.get(), ..fields.get() };
    let so_far = Memo::new(move |_| typed().so_far());
    let one_costs = was.cost.clone().filter(|_| was.variation.is_some());
    Effect::new(move |_| {
        // What one of the variation costs is not what all of a lot does.
        let Some(one_costs) = one_costs.as_ref().filter(|_| !fields.text("unit").with(String::is_empty))
        else {
            return;
        };
        if fields.text("cost").with_untracked(|cost| cost == one_costs) {
            fields.text("cost").set(String::new());
        }
    });
    let is_covered = Memo::new(move |_| {
        let metal = fields.text("metal").with(|metal| metal.parse::<Metal>().ok());
        metal.is_some_and(Metal::is_covered) || fields.text("plating").with(|thick| !thick.is_empty())
    });
    let saving = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let source = source.get_untracked().parse().unwrap_or_default();
        let typed = untrack(typed);
        // Of a lot, what it cost changes with what is there, not here.
        let typed = TypedItem { cost: typed.cost.filter(|_| !is_lot), ..typed };
        let cmd = SaveItem { command_id: saving.id(), store_id: store, item_id: id, version, source, typed };
        saving.send(save_item(cmd), |id| go_to(&format!("/inventory/{id}")));
    };
    let wrong = move |name: &'static str| saving.wrong(name);
    let text = move |name: &'static str| fields.text(name);
    view! {
        <form class="form" novalidate=true on:submit=send>
            {move || saving.error.get().map(|error| view! { <Notice kind=NoticeKind::Error>{error.message}</Notice> })}
            <fieldset class="form-group">
                <legend>{w::IDENTITY}</legend>
                <div class="form-row">
                    <SelectField name="kind" label=w::KIND value=text("kind") choices=choices!(ItemKind) error=wrong("kind")/>
                    <Field name="tag" label=w::TAG value=text("tag") hint=w::TAG_HINT error=wrong("tag") optional=true/>
                </div>
                {id.is_none().then(|| view! { <Goods unit=text("unit") quantity saving/> })}
                <Field name="title" label=w::TITLE_FIELD value=text("title") hint=w::TITLE_HINT error=wrong("title") optional=true/>
                <div class="form-row">
                    <SelectField name="metal" label=w::METAL value=text("metal") choices=choices!(Metal) none=w::NONE error=wrong("metal")/>
                    <SelectField name="karat" label=w::KARAT value=text("karat") choices=choices!(Karat) none=w::NONE error=wrong("karat")/>
                    {move || is_covered.get().then(|| view! {
                        <Field name="plating" label=w::PLATING value=text("plating") amount=true error=wrong("plating") optional=true/>
                    })}
                    <Field name="weight_grams" label=w::WEIGHT value=text("weight_grams") amount=true error=wrong("weight_grams") optional=true/>
                </div>
                <div class="form-row">
                    <Field name="size" label=w::SIZE value=text("size") error=wrong("size") optional=true/>
                    <Field name="brand" label=w::BRAND value=text("brand") error=wrong("brand") optional=true/>
                    <Field name="serial" label=w::SERIAL value=text("serial") error=wrong("serial") optional=true/>
                </div>
            </fieldset>
            <StonesFields stones error=saving.error/>
            <div class="form-said" aria-live="polite">
                <p class="soft">{w::ON_THE_TAG} " " <strong>{move || so_far.with(describe)}</strong></p>
                {move || so_far.with(wording).into_iter().map(|amiss| view! {
                    <Notice kind=NoticeKind::Warning>{w::amiss(&amiss.to_string())}</Notice>
                }).collect_view()}
            </div>
            <fieldset class="form-group">
                <legend>{w::MONEY}</legend>
                <div class="form-row">
                    <Field name="price" label=w::PRICE value=text("price") amount=true error=wrong("price") required=true/>
                    {(sees_cost && !is_lot).then(|| view! { <Field name="cost" label=w::COST value=text("cost") amount=true error=wrong("cost") required=true/> })}
                    {sees_cost.then(|| view! { <Field name="replacement" label=w::REPLACEMENT value=text("replacement") amount=true error=wrong("replacement") optional=true/> })}
                    <SelectField name="taxability" label=w::TAXED value=text("taxability") choices=choices!(Taxability) error=wrong("taxability")/>
                </div>
                <div class="form-row">
                    <Field name="location" label=w::WHERE value=text("location") error=wrong("location") optional=true/>
                    {id.is_none().then(|| view! { <SelectField name="source" label=w::SOURCE value=source choices=choices!(StockSource)/> })}
                </div>
                {sees_cost.then(|| view! {
                    <div class="form-row">
                        <Field name="vendor" label=vendors::VENDOR_CODE value=text("vendor") error=wrong("vendor") optional=true/>
                        <Field name="vendor_style" label=vendors::VENDOR_STYLE value=text("vendor_style") error=wrong("vendor_style") optional=true/>
                    </div>
                })}
                <TextAreaField name="note" label=w::NOTE value=text("note") error=wrong("note") optional=true/>
            </fieldset>
            <div class="form-actions">
                <LinkButton href="/inventory" label=common::CANCEL kind=ButtonKind::Quiet/>
                <Button label=w::SAVE kind=ButtonKind::Primary submit=true pending=saving.pending/>
            </div>
        </form>
    }
}

/// One piece, or goods that are alike and how much there is of them.
#[component]
fn Goods(unit: RwSignal<String>, quantity: Typed<TypedQuantity>, saving: Sending) -> impl IntoView {
    let units: Vec<Choice> = Unit::ALL.iter().map(|unit| Choice::new(unit.code(), unit.label())).collect();
    let sold_by = Memo::new(move |_| unit.with(|unit| unit.parse::<Unit>().ok()));
    view! {
        <div class="form-row">
            <SelectField name="unit" label=w::SOLD_BY value=unit choices=units none=w::UNIQUE error=saving.wrong("unit")/>
            <QuantityFields of="new" sold_by quantity saving/>
        </div>
        {move || sold_by.get().map(|unit| view! { <p class="field-hint">{w::lot_hint(unit.each())}</p> })}
    }
}

/// How much, in what the unit counts and weighs.
#[component]
pub fn QuantityFields(
    /// Begins the ids of its fields: a page may hold several.
    #[prop(into)]
    of: String,
    #[prop(into)] sold_by: Signal<Option<Unit>>,
    quantity: Typed<TypedQuantity>,
    saving: Sending,
) -> impl IntoView {
    move || {
        let unit = sold_by.get();
        let measure = if unit == Some(Unit::Gram) { w::GRAMS } else { w::CARATS };
        view! {
            {unit.filter(|unit| unit.counts_pieces()).map(|_| view! {
                <Field name="pieces" id=format!("{of}-pieces") label=w::HOW_MANY value=quantity.text("pieces") inputmode="numeric" amount=true error=saving.wrong("pieces") required=true/>
            })}
            {unit.filter(|unit| unit.weighs()).map(|_| view! {
                <Field name="measure" id=format!("{of}-measure") label=measure value=quantity.text("measure") amount=true error=saving.wrong("measure") required=true/>
            })}
        }
    }
}

/// A quantity as it would be typed.
pub fn typed_quantity(quantity: Quantity, unit: Unit) -> TypedQuantity {
    let measure = format!("{}.{:03}", quantity.milli / 1_000, quantity.milli % 1_000);
    TypedQuantity {
        pieces: if unit.counts_pieces() { quantity.pieces.to_string() } else { String::new() },
        measure: if unit.weighs() { measure } else { String::new() },
    }
}
