//! Mappings that were saved: used, saved, renamed, deleted.

use super::Stand;
use crate::api::import::{delete_mapping, look_at_import, map_import, save_mapping};
use crate::pages::sending::Sending;
use crate::ui::{Button, ButtonKind, Choice, Field, Notice, NoticeKind, SelectField};
use crate::words::import as w;
use domain::ids::{ImportId, MappingId};
use domain::import::{DeleteMapping, GoodsPlan, MappingContent, SaveMapping, SavedMapping};
use leptos::prelude::*;

#[component]
pub fn Mappings(
    stand: Stand,
    import: ImportId,
    headers: Vec<String>,
    plan: Memo<GoodsPlan>,
) -> impl IntoView {
    let there = Memo::new(move |_| {
        stand
            .preview
            .with(|preview| preview.as_ref().map(|preview| preview.mappings.clone()).unwrap_or_default())
    });
    let fits = there.with_untracked(|all| all.iter().find(|mapping| mapping.fits).cloned());
    let (chosen, name) = (
        RwSignal::new(fits.as_ref().map(|mapping| mapping.id.to_string()).unwrap_or_default()),
        RwSignal::new(fits.map(|mapping| mapping.name).unwrap_or_default()),
    );
    let (sending, saved) = (Sending::new(), RwSignal::new(false));
    let of_name =
        move |name: &str| there.with_untracked(|all| all.iter().find(|m| m.name == name.trim()).cloned());
    let picked = move || -> Option<SavedMapping> {
        let id = chosen.get();
        there.with(|all| all.iter().find(|mapping| mapping.id.to_string() == id).cloned())
    };
    // What is saved, renamed or gone shows in the list.
    let again = move || {
        let look = Sending::new();
        look.send(look_at_import(import, plan.get_untracked().into()), move |preview| {
            stand.preview.set(Some(preview));
        });
    };
    let done = move |id: Option<MappingId>| {
        chosen.set(id.map(|id| id.to_string()).unwrap_or_default());
        saved.set(id.is_some());
        again();
    };
    let use_it = move |_| {
        let Some(mapping) = picked() else { return };
        sending.send(map_import(import, mapping.id), move |preview| stand.exchange(preview));
    };
    let save = move |_| {
        let typed = name.get_untracked();
        // A name that is there already is saved over.
        let mapping_id = of_name(&typed).map(|mapping| mapping.id);
        let content = Some(MappingContent { plan: plan.get_untracked(), headers: headers.clone() });
        let cmd = SaveMapping { command_id: sending.id(), mapping_id, name: typed, content };
        sending.send(save_mapping(cmd), move |id| done(Some(id)));
    };
    let rename = move |_| {
        let Some(mapping) = picked() else { return };
        let name = name.get_untracked();
        let cmd = SaveMapping { command_id: sending.id(), mapping_id: Some(mapping.id), name, content: None };
        sending.send(save_mapping(cmd), move |id| done(Some(id)));
    };
    let delete = move |_| {
        let Some(mapping) = picked() else { return };
        let cmd = DeleteMapping { command_id: sending.id(), mapping_id: mapping.id };
        sending.send(delete_mapping(cmd), move |()| {
            name.set(String::new());
            done(None);
        });
    };
    let none_picked = Signal::derive(move || picked().is_none());
    let choices = move || {
        let all = there.get();
        all.iter()
            .map(|m| Choice::new(m.id.to_string(), format!("{} ({})", m.name, m.kind)))
            .collect::<Vec<_>>()
    };
    view! {
        <details class="import-more">
            <summary>{w::SAVED_MAPPINGS}</summary>
            <div class="stack">
                {move || {
                    let choices = choices();
                    (!choices.is_empty()).then(|| view! {
                        <SelectField name="mapping" label=w::MAPPING value=chosen choices none=w::NO_MAPPING/>
                        <div class="row">
                            <Button label=w::USE_MAPPING kind=ButtonKind::Secondary disabled=none_picked pending=sending.pending on:click=use_it/>
                            <Button label=w::RENAME_MAPPING kind=ButtonKind::Quiet disabled=none_picked pending=sending.pending on:click=rename/>
                            <Button label=w::DELETE_MAPPING kind=ButtonKind::Quiet disabled=none_picked pending=sending.pending on:click=delete/>
                        </div>
                    })
                }}
                <Field name="mapping-name" label=w::MAPPING_NAME value=name hint=w::MAPPING_HINT error=sending.wrong("name")/>
                <div class="row">
                    <Button label=w::SAVE_MAPPING kind=ButtonKind::Secondary pending=sending.pending on:click=save/>
                </div>
                {move || saved.get().then(|| view! { <p role="status">{w::MAPPING_SAVED}</p> })}
                {move || sending.error.get().filter(|error| error.fields.is_empty()).map(|error| view! {
                    <Notice kind=NoticeKind::Error>{error.message}</Notice>
                })}
            </div>
        </details>
    }
}
