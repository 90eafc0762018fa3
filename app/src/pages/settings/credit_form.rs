//! What a store has decided about credit.

use super::EditForm;
use crate::pages::sending::Sending;
use crate::pages::typed::Typed;
use crate::ui::{CheckField, Choice, Field, Notice, NoticeKind, SelectField};
use crate::words::{accounts, credit_rules as w};
use domain::ids::StoreId;
use domain::policy::StorePolicy;
use domain::receivable::Bucket;
use domain::settings::{SettingsEdit, TypedCredit};
use leptos::prelude::*;

/// The fields of the columns of the aging, in their order.
const LOSSES: [&str; 6] =
    ["loss_current", "loss_to_30", "loss_to_60", "loss_to_90", "loss_to_120", "loss_over_120"];

#[component]
pub fn CreditForm(store_id: StoreId, policy: StorePolicy, version: i64) -> impl IntoView {
    let typed = Typed::of(&TypedCredit::from(&policy));
    let saving = Sending::new();
    let number = move |name: &'static str, label: &'static str| {
        view! { <Field name=name label=label value=typed.text(name) error=saving.wrong(name) amount=true/> }
    };
    let hinted = move |name: &'static str, label: &'static str, hint: &'static str| {
        view! { <Field name=name label=label value=typed.text(name) error=saving.wrong(name) hint=hint amount=true/> }
    };
    let terms = vec![Choice::new("net", accounts::NET), Choice::new("installments", accounts::INSTALLMENTS)];
    let net = move || typed.text("terms").get() != "installments";
    let reg_z = typed.tick("reg_z");
    view! {
        <EditForm sending=saving version edit=move || SettingsEdit::Credit { store_id, typed: typed.read() }>
            <fieldset class="form-group">
                <legend>{w::TITLE}</legend>
                <p class="soft">{w::TEXT}</p>
                <div class="form-row">
                    <SelectField name="terms" label=w::TERMS value=typed.text("terms") choices=terms error=saving.wrong("terms")/>
                    {move || if net() {
                        number("net_days", accounts::DAYS).into_any()
                    } else {
                        hinted("installments", accounts::HOW_MANY, w::FOUR).into_any()
                    }}
                </div>
                {hinted("hold_after_days", w::HOLD, w::HOLD_HINT)}
                <div class="form-row">
                    {number("returned_check_fee", w::CHECK_FEE)}
                    {hinted("highest_check_fee", w::HIGHEST_FEE, w::HIGHEST_FEE_HINT)}
                </div>
            </fieldset>
            <fieldset class="form-group">
                <legend>{w::LOSSES}</legend>
                <p class="soft">{w::LOSSES_TEXT}</p>
                <div class="form-row">
                    {LOSSES.into_iter().zip(Bucket::ALL).map(|(name, bucket)| number(name, bucket.label())).collect_view()}
                </div>
                <CheckField name="bad_debt_tax_relief" label=w::TAX_RELIEF hint=w::TAX_RELIEF_HINT value=typed.tick("bad_debt_tax_relief")/>
            </fieldset>
            <fieldset class="form-group">
                <legend>{w::CHARGES}</legend>
                <CheckField name="reg_z" label=w::REG_Z hint=w::REG_Z_HINT value=reg_z/>
                <Show when=move || reg_z.get()>
                    <Notice kind=NoticeKind::Warning>
                        <p>{w::DUTIES}</p>
                        <ul>{w::DUTIES_LIST.map(|duty| view! { <li>{duty}</li> }).collect_view()}</ul>
                        <p>{w::LAWYER}</p>
                    </Notice>
                    {hinted("finance_charge", w::FINANCE_CHARGE, w::FINANCE_CHARGE_HINT)}
                    <div class="form-row">
                        {number("minimum_share", w::MINIMUM_SHARE)}
                        {number("minimum_amount", w::MINIMUM_AMOUNT)}
                    </div>
                </Show>
            </fieldset>
        </EditForm>
    }
}
