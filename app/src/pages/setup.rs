//! The first run.

use crate::api::setup::first_run;
use crate::client::go_to;
use crate::pages::sending::Sending;
use crate::ui::{
    BrandMark, Button, ButtonKind, ButtonSize, Choice, Field, Notice, NoticeKind, SelectField, TextAreaField,
};
use crate::words::{setup as w, sign_in};
use domain::store::{FirstRun, TypedTax};
use leptos::prelude::*;
use leptos_meta::Title;

/// The zones of the United States, west to east last.
const ZONES: [(&str, &str); 7] = [
    ("America/New_York", "Eastern"),
    ("America/Chicago", "Central"),
    ("America/Denver", "Mountain"),
    ("America/Phoenix", "Arizona"),
    ("America/Los_Angeles", "Pacific"),
    ("America/Anchorage", "Alaska"),
    ("Pacific/Honolulu", "Hawaii"),
];

/// Rows of the tax table: state, county, city, district.
const TAX_ROWS: usize = 4;

#[derive(Clone, Copy)]
struct Typed {
    code: RwSignal<String>,
    texts: StoredValue<Vec<(&'static str, RwSignal<String>)>>,
    taxes: StoredValue<Vec<[RwSignal<String>; 3]>>,
}

impl Typed {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        let names = [
            "organization",
            "store_code",
            "store_name",
            "time_zone",
            "street",
            "city",
            "state",
            "postal_code",
            "phone",
            "till_name",
            "receipt_header",
            "receipt_footer",
            "owner_name",
            "owner_login",
            "owner_password",
            "owner_pin",
        ];
        let texts = names.map(|name| (name, empty())).to_vec();
        Self {
            code: empty(),
            texts: StoredValue::new(texts),
            taxes: StoredValue::new((0..TAX_ROWS).map(|_| [empty(), empty(), empty()]).collect()),
        }
    }

    fn signal(self, name: &str) -> RwSignal<String> {
        let found = self
            .texts
            .with_value(|texts| texts.iter().find(|(key, _)| *key == name).map(|(_, signal)| *signal));
        found.unwrap_or_else(|| RwSignal::new(String::new()))
    }

    fn read(self) -> FirstRun {
        let text = |name: &str| self.signal(name).get_untracked();
        let tax = |row: &[RwSignal<String>; 3]| {
            let [name, percent, cap] = row.map(|signal| signal.get_untracked());
            TypedTax { name, percent, cap }
        };
        FirstRun {
            organization: text("organization"),
            store_code: text("store_code"),
            store_name: text("store_name"),
            time_zone: text("time_zone"),
            street: text("street"),
            city: text("city"),
            state: text("state"),
            postal_code: text("postal_code"),
            phone: text("phone"),
            taxes: self.taxes.with_value(|rows| rows.iter().map(tax).collect()),
            till_name: text("till_name"),
            receipt_header: text("receipt_header"),
            receipt_footer: text("receipt_footer"),
            owner_name: text("owner_name"),
            owner_login: text("owner_login"),
            owner_password: text("owner_password"),
            owner_pin: text("owner_pin"),
            demo: false,
        }
    }
}

#[component]
pub fn SetupPage() -> impl IntoView {
    let typed = Typed::new();
    let set_up = Sending::new();
    let wrong = move |field: String| set_up.wrong(field);
    let field = move |name: &'static str, label: &'static str| {
        view! { <Field name=name label=label value=typed.signal(name) error=wrong(name.to_owned())/> }
    };
    let zones = ZONES.iter().map(|(zone, label)| Choice::new(*zone, *label)).collect::<Vec<_>>();
    typed.signal("time_zone").set("America/New_York".to_owned());
    let tax_rows = typed.taxes.with_value(|rows| {
        rows.iter()
            .enumerate()
            .map(|(row, [name, percent, cap])| {
                let part = |part: &str| format!("taxes.{row}.{part}");
                view! {
                    <div class="form-row">
                        <Field name=part("name") label=w::TAX_NAME value=*name error=wrong(part("name")) optional=true/>
                        <Field name=part("percent") label=w::TAX_PERCENT value=*percent error=wrong(part("percent")) amount=true optional=true/>
                        <Field name=part("cap") label=w::TAX_CAP value=*cap error=wrong(part("cap")) amount=true optional=true/>
                    </div>
                }
            })
            .collect_view()
    });
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let call = first_run(typed.code.get_untracked(), set_up.id(), typed.read());
        set_up.send(call, |()| go_to("/register"));
    };
    view! {
        <Title text=w::TITLE/>
        <main class="page">
            <header class="page-head">
                <div class="page-titles"><BrandMark/><h1>{w::TITLE}</h1><p class="page-lead">{w::LEAD}</p></div>
            </header>
            <form class="form" novalidate=true on:submit=send>
                {move || set_up.error.get().map(|error| view! { <Notice kind=NoticeKind::Error>{error.message}</Notice> })}
                <Field name="code" label=w::CODE value=typed.code error=wrong("code".to_owned()) required=true/>
                <fieldset class="form-group">
                    <legend>{w::STORE}</legend>
                    {field("organization", w::ORGANIZATION)}
                    <div class="form-row">
                        {field("store_name", w::STORE_NAME)}
                        <Field name="store_code" label=w::STORE_CODE value=typed.signal("store_code") hint=w::STORE_CODE_HINT error=wrong("store_code".to_owned())/>
                    </div>
                    {field("street", w::STREET)}
                    <div class="form-row">{field("city", w::CITY)}{field("state", w::STATE)}{field("postal_code", w::POSTAL_CODE)}</div>
                    <div class="form-row">
                        {field("phone", w::PHONE)}
                        <SelectField name="time_zone" label=w::TIME_ZONE value=typed.signal("time_zone") choices=zones error=wrong("time_zone".to_owned())/>
                    </div>
                </fieldset>
                <fieldset class="form-group"><legend>{w::TAXES}</legend>{tax_rows}</fieldset>
                <fieldset class="form-group">
                    <legend>{w::RECEIPT}</legend>
                    {field("till_name", w::TILL_NAME)}
                    <TextAreaField name="receipt_header" label=w::HEADER value=typed.signal("receipt_header") error=wrong("receipt_header".to_owned()) optional=true/>
                    <TextAreaField name="receipt_footer" label=w::FOOTER value=typed.signal("receipt_footer") error=wrong("receipt_footer".to_owned()) optional=true/>
                </fieldset>
                <fieldset class="form-group">
                    <legend>{w::OWNER}</legend>
                    <div class="form-row">{field("owner_name", w::OWNER_NAME)}{field("owner_login", sign_in::LOGIN)}</div>
                    <div class="form-row">
                        <Field name="owner_password" label=sign_in::PASSWORD kind="password" autocomplete="new-password" value=typed.signal("owner_password") error=wrong("owner_password".to_owned())/>
                        <Field name="owner_pin" label=w::OWNER_PIN kind="password" inputmode="numeric" value=typed.signal("owner_pin") error=wrong("owner_pin".to_owned())/>
                    </div>
                </fieldset>
                <div class="form-actions">
                    <Button label=w::DONE kind=ButtonKind::Primary size=ButtonSize::Large submit=true pending=set_up.pending/>
                </div>
            </form>
        </main>
    }
}
