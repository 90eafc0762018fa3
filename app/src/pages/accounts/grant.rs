//! Opening a house account, or changing its terms, limit and state.

use super::Area;
use crate::api::account::{account_standing, save_house_account};
use crate::client::go_to;
use crate::pages::loading::{id_in_address, known, shown};
use crate::pages::sending::Sending;
use crate::pages::settings::Refused;
use crate::pages::typed::Typed;
use crate::ui::{Button, ButtonKind, Choice, Field, LinkButton, Page, SelectField};
use crate::words::{accounts as w, common};
use domain::ids::{CustomerId, StoreId};
use domain::receivable::{AccountState, SaveHouseAccount, StandingShown, TypedHouseAccount};
use leptos::prelude::*;

#[component]
pub fn GrantPage() -> impl IntoView {
    view! { <Area title=w::CHANGE_ACCOUNT><Grant/></Area> }
}

#[component]
fn Grant() -> impl IntoView {
    let id = id_in_address::<CustomerId>();
    let found = Resource::new(move || id.get(), |id| known(id, account_standing));
    shown(found, |shown: StandingShown| view! { <Form shown/> }.into_any())
}

#[component]
fn Form(shown: StandingShown) -> impl IntoView {
    let StandingShown { standing, store_id, terms, .. } = shown;
    let customer_id = standing.customer_id;
    let account = standing.account;
    let version = account.as_ref().map_or(0, |account| account.version);
    let title = if version == 0 { w::OPEN_ACCOUNT } else { w::CHANGE_ACCOUNT };
    let typed = account.as_ref().map_or_else(|| TypedHouseAccount::on(terms), TypedHouseAccount::from);
    let back = (format!("/customers/{customer_id}/account"), w::ACCOUNT.to_owned());
    view! { <Page title back><Fields typed store_id customer_id version/></Page> }
}

#[component]
fn Fields(
    typed: TypedHouseAccount,
    store_id: StoreId,
    customer_id: CustomerId,
    version: i64,
) -> impl IntoView {
    let fields = Typed::of(&typed);
    let text = move |name: &'static str| fields.text(name);
    let sending = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let cmd = SaveHouseAccount {
            command_id: sending.id(),
            store_id,
            customer_id,
            version,
            typed: fields.read(),
        };
        sending.send(save_house_account(cmd), move |()| go_to(&format!("/customers/{customer_id}/account")));
    };
    let terms = vec![Choice::new("net", w::NET), Choice::new("installments", w::INSTALLMENTS)];
    let states: Vec<Choice> =
        AccountState::ALL.iter().map(|state| Choice::new(state.code(), state.label())).collect();
    let net = move || text("terms").get() != "installments";
    let on_hold = move || text("state").get() == AccountState::OnHold.code();
    view! {
        <form class="form" novalidate=true on:submit=send>
            <Refused sending/>
            <fieldset class="form-group">
                <legend>{w::TERMS}</legend>
                <div class="form-row">
                    <SelectField name="terms" label=w::TERMS value=text("terms") choices=terms error=sending.wrong("terms")/>
                    {move || if net() {
                        view! { <Field name="net_days" label=w::DAYS value=text("net_days") inputmode="numeric" error=sending.wrong("net_days")/> }.into_any()
                    } else {
                        view! { <Field name="installments" label=w::HOW_MANY value=text("installments") inputmode="numeric" error=sending.wrong("installments")/> }.into_any()
                    }}
                </div>
                <Field name="limit" label=w::LIMIT value=text("limit") hint=w::LIMIT_HINT amount=true error=sending.wrong("limit") optional=true/>
            </fieldset>
            <fieldset class="form-group">
                <legend>{w::STATE}</legend>
                <SelectField name="state" label=w::STATE value=text("state") choices=states error=sending.wrong("state")/>
                <Show when=on_hold>
                    <Field name="hold_reason" label=w::HOLD_REASON value=text("hold_reason") hint=w::HOLD_HINT error=sending.wrong("hold_reason") required=true/>
                </Show>
            </fieldset>
            <div class="form-actions">
                <LinkButton href=format!("/customers/{customer_id}/account") label=common::CANCEL kind=ButtonKind::Quiet/>
                <Button label=w::SAVE_ACCOUNT kind=ButtonKind::Primary submit=true pending=sending.pending/>
            </div>
        </form>
    }
}
