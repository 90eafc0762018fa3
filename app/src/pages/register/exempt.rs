//! No tax on this ticket: the certificate a customer shows, and why.

use super::expect_register;
use crate::ui::{Button, ButtonKind, Choice, Dialog, Field, SelectField};
use crate::words::register as w;
use domain::sale::{ExemptReason, TypedExemption};
use leptos::prelude::*;

#[component]
pub fn ExemptDialog() -> impl IntoView {
    let register = expect_register();
    let (reason, certificate) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (reason_error, certificate_error) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    Effect::new(move |_| {
        if register.exempting.get() {
            let shown = register.shown_exemption.get_untracked();
            reason.set(shown.as_ref().map(|shown| shown.reason.code().to_owned()).unwrap_or_default());
            certificate.set(shown.map(|shown| shown.certificate).unwrap_or_default());
            reason_error.set(None);
            certificate_error.set(None);
        }
    });
    let put = move |exemption: Option<TypedExemption>| {
        register.shown_exemption.set(exemption);
        register.changed();
        register.exempting.set(false);
    };
    let apply = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let why = reason.get_untracked().parse::<ExemptReason>();
        reason_error.set(why.is_err().then(|| domain::text::TextError::Missing.to_string()));
        let Ok(reason) = why else { return };
        let typed = TypedExemption { certificate: certificate.get_untracked(), reason };
        match typed.check() {
            Ok(_) => put(Some(typed)),
            Err(error) => certificate_error.set(Some(error.to_string())),
        }
    };
    let reasons: Vec<Choice> =
        ExemptReason::ALL.iter().map(|reason| Choice::new(reason.code(), reason.label())).collect();
    view! {
        <Dialog id="exempt" title=w::NO_TAX open=register.exempting>
            <form class="stack" novalidate=true on:submit=apply>
                <p class="soft">{w::NO_TAX_TEXT}</p>
                <SelectField name="exempt-reason" label=w::WHY_NO_TAX value=reason choices=reasons none="" error=reason_error required=true/>
                <Field name="exempt-certificate" label=w::CERTIFICATE value=certificate error=certificate_error maxlength=120_u32 required=true/>
                <div class="form-actions">
                    <Button label=w::TAX_AFTER_ALL kind=ButtonKind::Quiet on:click=move |_| put(None)/>
                    <Button label=w::NO_TAX kind=ButtonKind::Primary submit=true/>
                </div>
            </form>
        </Dialog>
    }
}
