//! The first run.

use crate::api::setup::first_run;
use crate::client::go_to;
use crate::pages::sending::Sending;
use crate::pages::typed::Typed;
use crate::pages::zones::zones;
use crate::ui::{
    BrandMark, Button, ButtonKind, ButtonSize, Field, Notice, NoticeKind, SelectField, TextAreaField,
};
use crate::words::{setup as w, sign_in};
use domain::settings::TypedStore;
use domain::store::{FirstRun, TypedTax};
use leptos::prelude::*;
use leptos_meta::Title;

/// Rows of the tax table: state, county, city, district.
const TAX_ROWS: usize = 4;

#[component]
pub fn SetupPage() -> impl IntoView {
    let store = TypedStore { time_zone: "America/New_York".to_owned(), ..TypedStore::default() };
    let typed = Typed::of(&FirstRun { store, ..FirstRun::default() });
    let taxes: Vec<Typed<TypedTax>> = (0..TAX_ROWS).map(|_| Typed::of(&TypedTax::default())).collect();
    let code = RwSignal::new(String::new());
    let set_up = Sending::new();
    let wrong = move |field: String| set_up.wrong(field);
    let field = move |name: &'static str, label: &'static str| {
        view! { <Field name=name label=label value=typed.text(name) error=wrong(name.to_owned())/> }
    };
    let tax_rows = taxes
        .iter()
        .enumerate()
        .map(|(row, tax)| {
            let name = |part: &str| format!("taxes.{row}.{part}");
            view! {
                <div class="form-row">
                    <Field name=name("name") label=w::TAX_NAME value=tax.text("name") error=wrong(name("name")) optional=true/>
                    <Field name=name("percent") label=w::TAX_PERCENT value=tax.text("percent") error=wrong(name("percent")) amount=true optional=true/>
                    <Field name=name("cap") label=w::TAX_CAP value=tax.text("cap") error=wrong(name("cap")) amount=true optional=true/>
                </div>
            }
        })
        .collect_view();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let first = FirstRun { taxes: taxes.iter().map(|tax| tax.read()).collect(), ..typed.read() };
        let call = first_run(code.get_untracked(), set_up.id(), first);
        set_up.send(call, |()| go_to("/register"));
    };
    view! {
        <Title text=w::TITLE/>
        <main class="page">
            <header class="page-head">
                <div class="page-titles"><BrandMark/><h1>{w::TITLE}</h1><p class="page-lead">{w::LEAD}</p></div>
            </header>
            <form class="form" method="post" novalidate=true on:submit=send>
                {move || set_up.error.get().map(|error| view! { <Notice kind=NoticeKind::Error>{error.message}</Notice> })}
                <Field name="code" label=w::CODE value=code error=wrong("code".to_owned()) required=true/>
                <fieldset class="form-group">
                    <legend>{w::STORE}</legend>
                    {field("organization", w::ORGANIZATION)}
                    <div class="form-row">
                        {field("store_name", w::STORE_NAME)}
                        <Field name="store_code" label=w::STORE_CODE value=typed.text("store_code") hint=w::STORE_CODE_HINT error=wrong("store_code".to_owned())/>
                    </div>
                    {field("street", w::STREET)}
                    <div class="form-row">{field("city", w::CITY)}{field("state", w::STATE)}{field("postal_code", w::POSTAL_CODE)}</div>
                    <div class="form-row">
                        {field("phone", w::PHONE)}
                        <SelectField name="time_zone" label=w::TIME_ZONE value=typed.text("time_zone") choices=zones("") error=wrong("time_zone".to_owned())/>
                    </div>
                </fieldset>
                <fieldset class="form-group"><legend>{w::TAXES}</legend>{tax_rows}</fieldset>
                <fieldset class="form-group">
                    <legend>{w::RECEIPT}</legend>
                    {field("till_name", w::TILL_NAME)}
                    <TextAreaField name="receipt_header" label=w::HEADER value=typed.text("receipt_header") error=wrong("receipt_header".to_owned()) optional=true/>
                    <TextAreaField name="receipt_footer" label=w::FOOTER value=typed.text("receipt_footer") error=wrong("receipt_footer".to_owned()) optional=true/>
                </fieldset>
                <fieldset class="form-group">
                    <legend>{w::OWNER}</legend>
                    <div class="form-row">{field("owner_name", w::OWNER_NAME)}{field("owner_login", sign_in::LOGIN)}</div>
                    <div class="form-row">
                        <Field name="owner_password" label=sign_in::PASSWORD kind="password" autocomplete="new-password" value=typed.text("owner_password") error=wrong("owner_password".to_owned())/>
                        <Field name="owner_pin" label=w::OWNER_PIN kind="password" inputmode="numeric" value=typed.text("owner_pin") error=wrong("owner_pin".to_owned())/>
                    </div>
                </fieldset>
                <div class="form-actions">
                    <Button label=w::DONE kind=ButtonKind::Primary size=ButtonSize::Large submit=true pending=set_up.pending/>
                </div>
            </form>
        </main>
    }
}
