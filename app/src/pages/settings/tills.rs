//! The tills of a store and the browsers they live in.

use super::{EditForm, Refused};
use crate::api::settings::pair_till;
use crate::client::origin;
use crate::pages::sending::Sending;
use crate::pages::when;
use crate::ui::{
    Badge, Button, ButtonKind, Card, CheckField, Dialog, Field, IconName, Notice, QrCode, Table, Tone,
};
use crate::words::settings as w;
use chrono::{DateTime, FixedOffset};
use domain::ids::{StoreId, TillId};
use domain::settings::SettingsEdit;
use domain::store::Till;
use leptos::prelude::*;

#[component]
pub fn Tills(
    store: StoreId,
    tills: Vec<Till>,
    paired: Vec<(TillId, DateTime<FixedOffset>)>,
    version: i64,
) -> impl IntoView {
    let (editing, open) = (RwSignal::new(None::<Till>), RwSignal::new(false));
    let link = RwSignal::new(None::<String>);
    let pairing = Sending::new();
    let edit = move |till: Option<Till>| {
        editing.set(till);
        open.set(true);
    };
    let pair = move |till: TillId| pairing.send(pair_till(till), move |path| link.set(Some(path)));
    let rows = tills
        .into_iter()
        .map(|till| {
            let since = paired.iter().find(|(id, _)| *id == till.id).map(|(_, at)| *at);
            let (id, active, named) = (till.id, till.active, till.clone());
            let state = match (active, since) {
                (false, _) => view! { <Badge tone=Tone::Neutral icon=IconName::Close label=w::TAKEN_OUT/> }.into_any(),
                (true, None) => view! { <Badge tone=Tone::Due icon=IconName::Warning label=w::NOT_PAIRED/> }.into_any(),
                (true, Some(at)) => view! { <Badge tone=Tone::Paid icon=IconName::Check label=w::paired(&when::day(at.date_naive()))/> }.into_any(),
            };
            view! {
                <tr>
                    <td class="cell-main">{till.name} " " <span class="code">{till.code}</span></td>
                    <td data-label=w::BROWSER>{state}</td>
                    <td class="cell-actions">
                        {active.then(|| view! { <Button label=w::PAIR icon=IconName::Tag on:click=move |_| pair(id)/> })}
                        <Button label=w::EDIT kind=ButtonKind::Quiet icon=IconName::Edit on:click=move |_| edit(Some(named.clone()))/>
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Card title=w::TILLS flush=true>
            <Table label=w::TILLS>
                <thead><tr><th>{w::TILL}</th><th>{w::BROWSER}</th><th><span class="unseen">{w::EDIT}</span></th></tr></thead>
                <tbody>{rows}</tbody>
            </Table>
        </Card>
        <Refused sending=pairing/>
        {move || link.get().map(|path| view! { <PairingLink path/> })}
        <div class="row"><Button label=w::ADD_TILL icon=IconName::Plus on:click=move |_| edit(None)/></div>
        <Dialog id="till" title=w::TILL open>
            {move || open.get().then(|| view! { <TillForm store till=editing.get() version/> })}
        </Dialog>
    }
}

/// The link as text to open here and as a code for a tablet's camera.
#[component]
fn PairingLink(path: String) -> impl IntoView {
    let address = format!("{}{path}", origin());
    view! {
        <Notice title=w::LINK_TITLE>
            <p>{w::LINK_TEXT}</p>
            <p><a class="code break" href=path>{address.clone()}</a></p>
            <QrCode value=address label=w::LINK_TITLE/>
        </Notice>
    }
}

#[component]
fn TillForm(store: StoreId, till: Option<Till>, version: i64) -> impl IntoView {
    let name = RwSignal::new(till.as_ref().map(|till| till.name.clone()).unwrap_or_default());
    let active = RwSignal::new(till.as_ref().is_none_or(|till| till.active));
    let till_id = till.as_ref().map(|till| till.id);
    let saving = Sending::new();
    let edit = move || SettingsEdit::Till {
        store_id: store,
        till_id,
        name: name.get_untracked(),
        active: active.get_untracked(),
    };
    view! {
        <EditForm sending=saving version edit>
            <Field name="name" id="till-name" label=w::TILL_NAME value=name error=saving.wrong("name")/>
            {till_id.map(|_| view! { <CheckField name="active" id="till-active" label=w::TILL_ACTIVE hint=w::TILL_ACTIVE_HINT value=active/> })}
        </EditForm>
    }
}
