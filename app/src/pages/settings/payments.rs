//! The means of payment.

use super::{EditForm, SettingsFrame};
use crate::api::settings::{SettingsPage, load_settings};
use crate::pages::frame::Problem;
use crate::pages::sending::Sending;
use crate::pages::typed::Typed;
use crate::ui::{
    Badge, Button, ButtonKind, Card, CheckField, Choice, Dialog, Field, IconName, SelectField, Skeleton,
    Table, Tone,
};
use crate::words::settings as w;
use domain::person::Permission;
use domain::sale::{TenderKind, TenderNature};
use domain::settings::{SettingsEdit, TypedTender, may_take_tenders};
use leptos::prelude::*;

#[component]
pub fn PaymentsPage() -> impl IntoView {
    let page = Resource::new(|| (), |()| load_settings());
    view! {
        <SettingsFrame current="/settings/payments">
            <Suspense fallback=|| view! { <Skeleton count=6/> }>
                {move || Suspend::new(async move {
                    match page.await {
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok(page) => view! { <Payments page/> }.into_any(),
                    }
                })}
            </Suspense>
        </SettingsFrame>
    }
}

#[component]
fn Payments(page: SettingsPage) -> impl IntoView {
    let may = page.may(Permission::EditOrganization);
    let version = page.config.version;
    let (editing, open) = (RwSignal::new(None::<TenderKind>), RwSignal::new(false));
    let edit = move |kind: Option<TenderKind>| {
        editing.set(kind);
        open.set(true);
    };
    let accounts = page.accounts.iter().filter(|account| may_take_tenders(account));
    let accounts = accounts.map(|a| Choice::new(a.code.to_string(), format!("{} {}", a.code, a.name)));
    let accounts = StoredValue::new(accounts.collect::<Vec<_>>());
    let rows = page
        .config
        .tender_kinds
        .into_iter()
        .map(|kind| {
            let named = kind.clone();
            view! {
                <tr>
                    <td class="cell-main">{kind.label} " " {(!kind.active).then(|| view! { <Badge tone=Tone::Neutral icon=IconName::Close label=w::TAKEN_OUT/> })}</td>
                    <td data-label=w::NATURE>{kind.nature.label()}</td>
                    <td data-label=w::ACCOUNT class="code">{kind.account.to_string()}</td>
                    <td class="cell-actions">{may.then(|| view! { <Button label=w::EDIT kind=ButtonKind::Quiet icon=IconName::Edit on:click=move |_| edit(Some(named.clone()))/> })}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Card flush=true>
            <Table label=w::PAYMENTS>
                <thead><tr><th>{w::PAYMENT}</th><th>{w::NATURE}</th><th>{w::ACCOUNT}</th><th><span class="unseen">{w::EDIT}</span></th></tr></thead>
                <tbody>{rows}</tbody>
            </Table>
        </Card>
        {may.then(|| view! { <div class="row"><Button label=w::ADD_PAYMENT icon=IconName::Plus on:click=move |_| edit(None)/></div> })}
        <Dialog id="payment" title=w::PAYMENT open>
            {move || open.get().then(|| view! { <PaymentForm kind=editing.get() accounts=accounts.get_value() version/> })}
        </Dialog>
    }
}

#[component]
fn PaymentForm(kind: Option<TenderKind>, accounts: Vec<Choice>, version: i64) -> impl IntoView {
    let adding = kind.is_none();
    let fresh = || TypedTender {
        nature: TenderNature::CardTerminal.code().to_owned(),
        account: domain::ledger::code::CARD_CLEARING.to_string(),
        active: true,
        ..TypedTender::default()
    };
    let typed = Typed::of(&kind.as_ref().map_or_else(fresh, TypedTender::from));
    let natures = [TenderNature::CardTerminal, TenderNature::Check, TenderNature::BankTransfer]
        .map(|n| Choice::new(n.code(), n.label()));
    let saving = Sending::new();
    view! {
        <EditForm sending=saving version edit=move || SettingsEdit::Tender { adding, typed: typed.read() }>
            <Field name="label" id="payment-label" label=w::PAYMENT_LABEL value=typed.text("label") error=saving.wrong("label")/>
            {adding.then(|| view! {
                <Field name="code" id="payment-code" label=w::PAYMENT_CODE hint=w::PAYMENT_CODE_HINT value=typed.text("code") error=saving.wrong("code")/>
                <SelectField name="nature" id="payment-nature" label=w::NATURE value=typed.text("nature") choices=natures.to_vec() error=saving.wrong("nature")/>
                <SelectField name="account" id="payment-account" label=w::ACCOUNT value=typed.text("account") choices=accounts error=saving.wrong("account")/>
            })}
            {(!adding).then(|| view! { <CheckField name="active" id="payment-active" label=w::PAYMENT_ACTIVE value=typed.tick("active")/> })}
        </EditForm>
    }
}
