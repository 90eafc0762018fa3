//! Choosing the file.

use super::Stand;
use crate::client::send_file;
use crate::pages::sending::Sending;
use crate::ui::{Card, Choice, Icon, IconName, SelectField};
use crate::words::import as w;
use domain::ids::ImportId;
use domain::import::{ImportKind, ImportPreview, ImportState};
use leptos::html;
use leptos::prelude::*;

#[component]
pub fn Choose(stand: Stand) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let sending = Sending::new();
    let holds = RwSignal::new(ImportKind::Pieces.code().to_owned());
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else { return };
        let Some(file) = input.files().and_then(|files| files.item(0)) else { return };
        // The same file chosen again is to be sent again: it may have been mended.
        input.set_value("");
        sending.changed();
        let id = sending.id();
        let kind = holds.get_untracked();
        let name = leptos_router::location::Url::escape(&file.name());
        let call = async move {
            let address = format!("/api/v1/import/upload?command_id={id}&name={name}&kind={kind}");
            send_file::<ImportPreview>(&address, &file).await
        };
        sending.send(call, move |preview| {
            let file = preview.file.clone();
            stand.preview.set(Some(preview));
            stand.state.set(ImportState::Waiting(ImportId(id.0), file));
        });
    };
    let error = sending.message();
    view! {
        <Card title=w::CHOOSE>
            <div class="stack">
                <p>{w::CHOOSE_TEXT}</p>
                <SelectField name="holds" label=w::HOLDS value=holds choices=kinds()/>
                <div class="field">
                    <label class="field-label" r#for="goods-file">{w::FILE}</label>
                    <input
                        node_ref=input
                        class="input import-file"
                        id="goods-file"
                        r#type="file"
                        accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
                        disabled=move || sending.pending.get()
                        aria-invalid=move || error.get().map(|_| "true")
                        aria-describedby="goods-file-hint goods-file-error"
                        on:change=chosen
                    />
                    <p class="field-hint" id="goods-file-hint">{w::FILE_HINT}</p>
                    <p class="field-error" id="goods-file-error" aria-live="polite">
                        {move || error.get().map(|error| view! { <Icon name=IconName::Warning/> <span>{error}</span> })}
                    </p>
                </div>
                <p class="soft" role="status">{move || sending.pending.get().then_some(w::SENDING)}</p>
            </div>
        </Card>
    }
}

fn kinds() -> Vec<Choice> {
    let kinds = [ImportKind::Pieces, ImportKind::Lots, ImportKind::Shopify, ImportKind::Stones];
    kinds.map(|kind| Choice::new(kind.code(), kind.label())).to_vec()
}
