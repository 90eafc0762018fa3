//! Adding a vendor and changing what is known of one.

use super::{Area, id_in_address, known, shown};
use crate::api::vendor::{load_vendor, save_vendor};
use crate::client::go_to;
use crate::pages::sending::Sending;
use crate::pages::settings::Refused;
use crate::pages::typed::Typed;
use crate::ui::{Button, ButtonKind, CheckField, Field, LinkButton, Page, TextAreaField};
use crate::words::{common, vendors as w};
use domain::ids::VendorId;
use domain::vendor::{SaveVendor, TypedVendor};
use leptos::prelude::*;

#[component]
pub fn NewVendorPage() -> impl IntoView {
    view! {
        <Area title=w::ADD>
            <Page title=w::ADD back=("/vendors".to_owned(), w::TITLE.to_owned())>
                <Form id=None version=0 was=TypedVendor::default()/>
            </Page>
        </Area>
    }
}

#[component]
pub fn EditVendorPage() -> impl IntoView {
    view! { <Area title=w::EDIT><Edit/></Area> }
}

#[component]
fn Edit() -> impl IntoView {
    let id = id_in_address::<VendorId>();
    let found = Resource::new(move || id.get(), |id| known(id, load_vendor));
    shown(found, |sheet| {
        let vendor = sheet.vendor;
        let back = (format!("/vendors/{}", vendor.id), vendor.file.name.clone());
        view! {
            <Page title=w::EDIT back>
                <Form id=Some(vendor.id) version=vendor.version was=TypedVendor::from(&vendor.file)/>
            </Page>
        }
        .into_any()
    })
}

#[component]
fn Form(id: Option<VendorId>, version: i64, was: TypedVendor) -> impl IntoView {
    let fields = Typed::of(&was);
    let sending = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let cmd = SaveVendor { command_id: sending.id(), vendor_id: id, version, typed: fields.read() };
        sending.send(save_vendor(cmd), |id| go_to(&format!("/vendors/{id}")));
    };
    let (text, wrong) =
        (move |name: &'static str| fields.text(name), move |name: &'static str| sending.wrong(name));
    let cancel = id.map_or_else(|| "/vendors".to_owned(), |id| format!("/vendors/{id}"));
    view! {
        <form class="form" novalidate=true on:submit=send>
            <Refused sending/>
            <fieldset class="form-group">
                <legend>{w::WHO}</legend>
                <div class="form-row">
                    <Field name="name" label=w::NAME value=text("name") error=wrong("name") required=true/>
                    <Field name="code" label=w::CODE value=text("code") hint=w::CODE_HINT error=wrong("code") required=true/>
                </div>
                <div class="form-row">
                    <Field name="contact" label=w::CONTACT value=text("contact") error=wrong("contact") optional=true/>
                    <Field name="phone" label=w::PHONE kind="tel" value=text("phone") error=wrong("phone") optional=true/>
                    <Field name="email" label=w::EMAIL kind="email" value=text("email") error=wrong("email") optional=true/>
                </div>
                <div class="form-row">
                    <Field name="account_number" label=w::ACCOUNT_NUMBER value=text("account_number") error=wrong("account_number") optional=true/>
                    <Field name="net_days" label=w::NET_DAYS value=text("net_days") hint=w::NET_DAYS_HINT error=wrong("net_days") inputmode="numeric"/>
                </div>
                {id.is_some().then(|| view! { <CheckField name="active" label=w::ACTIVE value=fields.tick("active")/> })}
            </fieldset>
            <fieldset class="form-group">
                <legend>{w::WHERE}</legend>
                <Field name="street" label=w::STREET value=text("street") error=wrong("street") optional=true/>
                <div class="form-row">
                    <Field name="city" label=w::CITY value=text("city") error=wrong("city") optional=true/>
                    <Field name="state" label=w::STATE value=text("state") error=wrong("state") optional=true/>
                    <Field name="postal_code" label=w::POSTAL_CODE value=text("postal_code") error=wrong("postal_code") optional=true/>
                </div>
                <TextAreaField name="note" label=w::NOTE value=text("note") error=wrong("note") optional=true/>
            </fieldset>
            <div class="form-actions">
                <LinkButton href=cancel label=common::CANCEL kind=ButtonKind::Quiet/>
                <Button label=w::SAVE kind=ButtonKind::Primary submit=true pending=sending.pending/>
            </div>
        </form>
    }
}
