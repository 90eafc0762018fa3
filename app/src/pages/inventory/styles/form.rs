//! Adding a style and changing it, with all its variations in one form.

use super::combine::Combine;
use super::{id_in_address, load};
use crate::api::register::load_register;
use crate::api::style::save_style;
use crate::client::go_to;
use crate::error::AppError;
use crate::pages::frame::{Problem, Staff};
use crate::pages::inventory::form::choices;
use crate::pages::sending::Sending;
use crate::pages::typed::Typed;
use crate::ui::{
    Button, ButtonKind, Card, Field, IconName, LinkButton, Notice, NoticeKind, Page, SelectField, Skeleton,
    TextAreaField,
};
use crate::words::{common, styles as w};
use domain::ids::StyleId;
use domain::item::{ItemKind, Karat, Metal};
use domain::money::Money;
use domain::person::Permission;
use domain::style::{SaveStyle, Style, TypedStyle, TypedVariation, Variation};
use domain::tax::Taxability;
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn NewStylePage() -> impl IntoView {
    view! { <Title text=w::ADD/> <Staff current="/inventory"><New/></Staff> }
}

#[component]
fn New() -> impl IntoView {
    let place = Resource::new(|| (), |()| load_register());
    let was = || TypedStyle {
        kind: ItemKind::Ring.code().to_owned(),
        variations: vec![TypedVariation { cost: Some(String::new()), ..TypedVariation::default() }],
        ..TypedStyle::default()
    };
    view! {
        <Page title=w::ADD back=("/inventory/styles".to_owned(), w::TITLE.to_owned())>
            <Suspense fallback=|| view! { <Skeleton count=6/> }>
                {move || Suspend::new(async move {
                    match place.await {
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok(place) => view! { <Form id=None version=0 was=was() sees_cost=place.may(Permission::ViewCost)/> }.into_any(),
                    }
                })}
            </Suspense>
        </Page>
    }
}

#[component]
pub fn EditStylePage() -> impl IntoView {
    view! { <Title text=w::EDIT/> <Staff current="/inventory"><Edit/></Staff> }
}

#[component]
fn Edit() -> impl IntoView {
    let id = id_in_address();
    let found = Resource::new(
        move || id.get(),
        |id| async move { Ok::<_, AppError>((load(id).await?.style, load_register().await?)) },
    );
    view! {
        <Suspense fallback=|| view! { <Skeleton count=6/> }>
            {move || Suspend::new(async move {
                match found.await {
                    Err(error) => view! { <div class="page"><Problem error/></div> }.into_any(),
                    Ok((style, place)) => {
                        let (was, sees_cost) = (typed_of(&style), place.may(Permission::ViewCost));
                        view! {
                            <Page title=w::EDIT back=(format!("/inventory/styles/{}", style.id), style.number.clone())>
                                <Form id=Some(style.id) version=style.version was sees_cost/>
                            </Page>
                        }.into_any()
                    }
                }
            })}
        </Suspense>
    }
}

fn typed_of(style: &Style) -> TypedStyle {
    TypedStyle {
        number: style.number.clone(),
        name: style.name.clone(),
        kind: style.kind.code().to_owned(),
        brand: style.brand.clone().unwrap_or_default(),
        vendor_style: style.vendor_style.clone().unwrap_or_default(),
        taxability: style.taxability.code().to_owned(),
        note: style.note.clone().unwrap_or_default(),
        variations: style.variations.iter().map(typed_variation).collect(),
    }
}

fn typed_variation(variation: &Variation) -> TypedVariation {
    TypedVariation {
        id: Some(variation.id),
        sku: variation.sku.clone(),
        metal: variation.metal.map(|metal| metal.code().to_owned()).unwrap_or_default(),
        karat: variation.karat.map(|karat| karat.code().to_owned()).unwrap_or_default(),
        quality: variation.quality.clone().unwrap_or_default(),
        size: variation.size.clone().unwrap_or_default(),
        price: variation.price.to_string(),
        cost: Some(variation.cost.as_ref().map(Money::to_string).unwrap_or_default()),
    }
}

/// The fields of one variation. `key` stays when rows above are removed.
#[derive(Clone, Copy)]
pub(super) struct Row {
    key: u64,
    fields: Typed<TypedVariation>,
}

/// The variations of a form.
#[derive(Clone, Copy)]
pub(super) struct Rows {
    rows: RwSignal<Vec<Row>>,
    next_key: StoredValue<u64>,
}

impl Rows {
    fn of(variations: &[TypedVariation]) -> Self {
        let rows: Vec<Row> =
            (0_u64..).zip(variations).map(|(key, typed)| Row { key, fields: Typed::of(typed) }).collect();
        Self { next_key: StoredValue::new(rows.len() as u64), rows: RwSignal::new(rows) }
    }

    pub fn read(self) -> Vec<TypedVariation> {
        self.rows.with_untracked(|rows| rows.iter().map(|row| row.fields.read()).collect())
    }

    pub fn add(self, typed: &TypedVariation) {
        let key = self.next_key.get_value();
        self.next_key.set_value(key + 1);
        self.rows.update(|rows| rows.push(Row { key, fields: Typed::of(typed) }));
    }
}

#[component]
fn Form(id: Option<StyleId>, version: i64, was: TypedStyle, sees_cost: bool) -> impl IntoView {
    let rows = Rows::of(&was.variations);
    let fields = Typed::of(&was);
    let saving = Sending::new();
    let combining = RwSignal::new(false);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let secret =
            |typed: TypedVariation| TypedVariation { cost: typed.cost.filter(|_| sees_cost), ..typed };
        let variations = rows.read().into_iter().map(secret).collect();
        let typed = TypedStyle { variations, ..fields.read() };
        let cmd = SaveStyle { command_id: saving.id(), style_id: id, version, typed };
        saving.send(save_style(cmd), |id| go_to(&format!("/inventory/styles/{id}")));
    };
    let blank = TypedVariation { cost: Some(String::new()), ..TypedVariation::default() };
    let text = move |name: &'static str| fields.text(name);
    let wrong = move |name: &'static str| saving.wrong(name);
    let of_variations = wrong("variations");
    view! {
        <form class="form" novalidate=true on:submit=send>
            {move || saving.error.get().map(|error| view! { <Notice kind=NoticeKind::Error>{error.message}</Notice> })}
            <fieldset class="form-group">
                <legend>{w::STYLE}</legend>
                <div class="form-row">
                    <Field name="number" label=w::NUMBER value=text("number") error=wrong("number") required=true/>
                    <Field name="name" label=w::NAME value=text("name") error=wrong("name") required=true/>
                    <SelectField name="kind" label=w::KIND value=text("kind") choices=choices!(ItemKind) error=wrong("kind")/>
                </div>
                <div class="form-row">
                    <Field name="brand" label=w::BRAND value=text("brand") error=wrong("brand") optional=true/>
                    <Field name="vendor_style" label=w::VENDOR_STYLE value=text("vendor_style") error=wrong("vendor_style") optional=true/>
                    <SelectField name="taxability" label=w::TAXED value=text("taxability") choices=choices!(Taxability) error=wrong("taxability")/>
                </div>
                <TextAreaField name="note" label=w::NOTE value=text("note") error=wrong("note") optional=true/>
            </fieldset>
            <fieldset class="form-group">
                <legend>{w::VARIATIONS}</legend>
                {move || of_variations.get().map(|wrong| view! { <Notice kind=NoticeKind::Error>{wrong}</Notice> })}
                <For each=move || rows.rows.get() key=|row| row.key let:row>
                    <VariationFields row rows saving sees_cost/>
                </For>
                <div class="row">
                    <Button label=w::ADD_VARIATION icon=IconName::Plus on:click=move |_| rows.add(&blank)/>
                    <Button label=w::COMBINE on:click=move |_| combining.set(true)/>
                </div>
            </fieldset>
            <div class="form-actions">
                <LinkButton href="/inventory/styles" label=common::CANCEL kind=ButtonKind::Quiet/>
                <Button label=w::SAVE kind=ButtonKind::Primary submit=true pending=saving.pending/>
            </div>
        </form>
        <Combine open=combining rows/>
    }
}

#[component]
fn VariationFields(row: Row, rows: Rows, saving: Sending, sees_cost: bool) -> impl IntoView {
    let Row { key, fields } = row;
    let place = Memo::new(move |_| rows.rows.with(|rows| rows.iter().position(|row| row.key == key)));
    let name = move |part: &str| format!("variation-{key}-{part}");
    let label = move |label: &'static str| {
        TextProp::from(move || w::of_row(label, place.get().map_or(1, |place| place + 1)))
    };
    // The server names a variation by its place in the list.
    let wrong = move |part: &'static str| {
        Signal::derive(move || {
            let place = place.get()?;
            saving.error.with(|e| e.as_ref().and_then(|e| e.field(&format!("variations.{place}.{part}"))))
        })
    };
    view! {
        <Card>
            <div class="form-row">
                <SelectField name=name("metal") label=label(w::METAL) value=fields.text("metal") choices=choices!(Metal) none=w::NONE error=wrong("metal")/>
                <SelectField name=name("karat") label=label(w::KARAT) value=fields.text("karat") choices=choices!(Karat) none=w::NONE error=wrong("karat")/>
                <Field name=name("quality") label=label(w::QUALITY) value=fields.text("quality") error=wrong("quality") optional=true/>
                <Field name=name("size") label=label(w::SIZE) value=fields.text("size") error=wrong("size") optional=true/>
            </div>
            <div class="form-row">
                <Field name=name("price") label=label(w::PRICE) value=fields.text("price") amount=true error=wrong("price") required=true/>
                {sees_cost.then(|| view! {
                    <Field name=name("cost") label=label(w::COST) value=fields.text("cost") amount=true error=wrong("cost") optional=true/>
                })}
                <Field name=name("sku") label=label(w::SKU) value=fields.text("sku") hint=w::SKU_HINT error=wrong("sku") optional=true/>
                <Button label=w::REMOVE kind=ButtonKind::Quiet icon=IconName::Close
                    on:click=move |_| rows.rows.update(|rows| rows.retain(|row| row.key != key))/>
            </div>
        </Card>
    }
}
