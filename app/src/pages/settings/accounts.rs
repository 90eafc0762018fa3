//! The chart of accounts, which a store may extend.

use super::{Refused, SettingsFrame};
use crate::api::settings::{load_accounts, save_account};
use crate::client::reload;
use crate::pages::frame::Problem;
use crate::pages::sending::Sending;
use crate::ui::{
    Badge, Button, ButtonKind, Card, CheckField, Choice, Dialog, Field, IconName, SelectField, Skeleton,
    Table, Tone,
};
use crate::words::settings as w;
use domain::ledger::{Account, AccountKind, SaveAccount};
use leptos::prelude::*;

#[component]
pub fn AccountsPage() -> impl IntoView {
    let accounts = Resource::new(|| (), |()| load_accounts());
    view! {
        <SettingsFrame current="/settings/accounts">
            <Suspense fallback=|| view! { <Skeleton count=10/> }>
                {move || Suspend::new(async move {
                    match accounts.await {
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok(accounts) => view! { <Chart accounts/> }.into_any(),
                    }
                })}
            </Suspense>
        </SettingsFrame>
    }
}

#[component]
fn Chart(accounts: Vec<Account>) -> impl IntoView {
    let (editing, open) = (RwSignal::new(None::<Account>), RwSignal::new(false));
    let edit = move |account: Option<Account>| {
        editing.set(account);
        open.set(true);
    };
    let rows = accounts
        .into_iter()
        .map(|account| {
            let named = account.clone();
            view! {
                <tr>
                    <td class="cell-main"><span class="code">{account.code.to_string()}</span> " " {account.name}</td>
                    <td data-label=w::KIND>{account.kind.label()}</td>
                    <td data-label=w::CONTROL>
                        {account.control.then(|| view! { <Badge tone=Tone::Neutral icon=IconName::Lock label=w::CONTROL/> })}
                        {(!account.active).then(|| view! { <Badge tone=Tone::Neutral icon=IconName::Close label=w::CLOSED/> })}
                    </td>
                    <td class="cell-actions"><Button label=w::EDIT kind=ButtonKind::Quiet icon=IconName::Edit on:click=move |_| edit(Some(named.clone()))/></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="row"><Button label=w::ADD_ACCOUNT kind=ButtonKind::Primary icon=IconName::Plus on:click=move |_| edit(None)/></div>
        <Card flush=true>
            <Table label=w::ACCOUNTS>
                <thead><tr><th>{w::ACCOUNT}</th><th>{w::KIND}</th><th>{w::CONTROL}</th><th><span class="unseen">{w::EDIT}</span></th></tr></thead>
                <tbody>{rows}</tbody>
            </Table>
        </Card>
        <Dialog id="account" title=w::ACCOUNT open>
            {move || open.get().then(|| view! { <AccountForm account=editing.get()/> })}
        </Dialog>
    }
}

#[component]
fn AccountForm(account: Option<Account>) -> impl IntoView {
    let adding = account.is_none();
    let text = |text: Option<String>| RwSignal::new(text.unwrap_or_default());
    let code = text(account.as_ref().map(|a| a.code.to_string()));
    let name = text(account.as_ref().map(|a| a.name.clone()));
    let kind = RwSignal::new(account.as_ref().map_or(AccountKind::Expense, |a| a.kind).code().to_owned());
    let active = RwSignal::new(account.as_ref().is_none_or(|a| a.active));
    let kinds = AccountKind::ALL.iter().map(|k| Choice::new(k.code(), k.label())).collect::<Vec<_>>();
    let saving = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let cmd = SaveAccount {
            command_id: saving.id(),
            code: code.get_untracked(),
            name: name.get_untracked(),
            // The choices are the kinds there are.
            kind: kind.get_untracked().parse().unwrap_or(AccountKind::Expense),
            active: active.get_untracked(),
            adding,
        };
        saving.send(save_account(cmd), |()| reload());
    };
    view! {
        <form class="form" novalidate=true on:submit=send>
            <Refused sending=saving/>
            <Field name="code" id="account-code" label=w::NUMBER value=code error=saving.wrong("code") inputmode="numeric" disabled=!adding/>
            <Field name="name" id="account-name" label=w::NAME value=name error=saving.wrong("name")/>
            <SelectField name="kind" id="account-kind" label=w::KIND value=kind choices=kinds error=saving.wrong("kind")/>
            {(!adding).then(|| view! { <CheckField name="active" id="account-active" label=w::ACCOUNT_ACTIVE value=active/> })}
            <div class="form-actions"><Button label=w::SAVE kind=ButtonKind::Primary submit=true pending=saving.pending/></div>
        </form>
    }
}
