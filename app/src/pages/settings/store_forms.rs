//! The forms about one store.

use super::EditForm;
use crate::pages::sending::Sending;
use crate::pages::typed::Typed;
use crate::pages::zones::zones;
use crate::ui::{CheckField, Choice, Field, SelectField, TextAreaField};
use crate::words::{settings as w, setup};
use domain::ids::StoreId;
use domain::policy::StorePolicy;
use domain::settings::{SettingsEdit, TypedLimits, TypedReceipt, TypedStore};
use domain::tax::TaxRounding;
use leptos::prelude::*;

#[component]
pub fn StoreForm(store_id: Option<StoreId>, typed: TypedStore, version: i64) -> impl IntoView {
    let zone = typed.time_zone.clone();
    let typed = Typed::of(&typed);
    let saving = Sending::new();
    let field = move |name: &'static str, label: &'static str| {
        view! { <Field name=name label=label value=typed.text(name) error=saving.wrong(name)/> }
    };
    let edit = move || SettingsEdit::Store { store_id, typed: typed.read() };
    let code = store_id.is_none().then(|| view! {
        <Field name="store_code" label=setup::STORE_CODE value=typed.text("store_code") hint=setup::STORE_CODE_HINT error=saving.wrong("store_code")/>
    });
    view! {
        <EditForm sending=saving version edit then=store_id.is_none().then_some("/settings")>
            <fieldset class="form-group">
                <legend>{w::PLACE}</legend>
                <div class="form-row">{field("store_name", setup::STORE_NAME)}{code}</div>
                {field("street", setup::STREET)}
                <div class="form-row">{field("city", setup::CITY)}{field("state", setup::STATE)}{field("postal_code", setup::POSTAL_CODE)}</div>
                <div class="form-row">
                    {field("phone", setup::PHONE)}
                    <SelectField name="time_zone" label=setup::TIME_ZONE value=typed.text("time_zone") choices=zones(&zone) error=saving.wrong("time_zone")/>
                </div>
            </fieldset>
        </EditForm>
    }
}

#[component]
pub fn ReceiptForm(store_id: StoreId, policy: StorePolicy, version: i64) -> impl IntoView {
    let typed = Typed::of(&TypedReceipt::from(&policy));
    let saving = Sending::new();
    let area = move |name: &'static str, label: &'static str| {
        view! { <TextAreaField name=name label=label value=typed.text(name) error=saving.wrong(name) optional=true/> }
    };
    view! {
        <EditForm sending=saving version edit=move || SettingsEdit::Receipt { store_id, typed: typed.read() }>
            <fieldset class="form-group">
                <legend>{setup::RECEIPT}</legend>
                {area("receipt_header", setup::HEADER)}
                {area("receipt_footer", setup::FOOTER)}
                {area("return_policy", w::RETURN_POLICY)}
            </fieldset>
        </EditForm>
    }
}

#[component]
pub fn LimitsForm(store_id: StoreId, policy: StorePolicy, version: i64) -> impl IntoView {
    let typed = Typed::of(&TypedLimits::from(&policy));
    let saving = Sending::new();
    let percent = move |name: &'static str, label: &'static str| {
        view! { <Field name=name label=label value=typed.text(name) error=saving.wrong(name) amount=true/> }
    };
    let roundings = TaxRounding::ALL.iter().map(|r| Choice::new(r.code(), r.label())).collect::<Vec<_>>();
    view! {
        <EditForm sending=saving version edit=move || SettingsEdit::Limits { store_id, typed: typed.read() }>
            <fieldset class="form-group">
                <legend>{w::LIMITS}</legend>
                <p class="soft">{w::LIMITS_TEXT}</p>
                <div class="form-row">
                    {percent("associate_discount", w::ASSOCIATE_DISCOUNT)}
                    {percent("manager_discount", w::MANAGER_DISCOUNT)}
                    {percent("owner_discount", w::OWNER_DISCOUNT)}
                </div>
                <div class="form-row">
                    <Field name="over_short" label=w::OVER_SHORT value=typed.text("over_short") error=saving.wrong("over_short") amount=true/>
                    <Field name="idle_lock_minutes" label=w::IDLE_LOCK value=typed.text("idle_lock_minutes") error=saving.wrong("idle_lock_minutes") inputmode="numeric"/>
                </div>
                <div class="form-row">
                    <Field name="pay_out_limit" label=w::PAY_OUT_LIMIT value=typed.text("pay_out_limit") error=saving.wrong("pay_out_limit") amount=true/>
                    <Field name="return_days" label=w::RETURN_DAYS value=typed.text("return_days") error=saving.wrong("return_days") inputmode="numeric"/>
                    {percent("restocking_fee", w::RESTOCKING_FEE)}
                </div>
                <SelectField name="tax_rounding" label=w::TAX_ROUNDING value=typed.text("tax_rounding") choices=roundings error=saving.wrong("tax_rounding")/>
                <CheckField name="five_cents" label=w::FIVE_CENTS hint=w::FIVE_CENTS_HINT value=typed.tick("five_cents")/>
                <TextAreaField name="discount_reasons" label=w::REASONS hint=w::REASONS_HINT value=typed.text("discount_reasons") error=saving.wrong("discount_reasons") rows=6/>
            </fieldset>
        </EditForm>
    }
}
