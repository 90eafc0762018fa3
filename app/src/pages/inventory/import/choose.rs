//! Choosing the file.

use super::Stand;
use crate::client::send_file;
use crate::pages::sending::Sending;
use crate::ui::{Card, Choice, FileField, SelectField};
use crate::words::import as w;
use domain::ids::ImportId;
use domain::import::{ImportKind, ImportPreview, ImportState};
use leptos::prelude::*;

#[component]
pub fn Choose(stand: Stand) -> impl IntoView {
    let sending = Sending::new();
    let holds = RwSignal::new(ImportKind::Pieces.code().to_owned());
    let chosen = Callback::new(move |files: Vec<web_sys::File>| {
        let Some(file) = files.into_iter().next() else { return };
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
    });
    view! {
        <Card title=w::CHOOSE>
            <div class="stack">
                <p>{w::CHOOSE_TEXT}</p>
                <SelectField name="holds" label=w::HOLDS value=holds choices=kinds()/>
                <FileField
                    id="goods-file" label=w::FILE hint=w::FILE_HINT
                    accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
                    error=sending.message() busy=sending.pending chosen
                />
                <p class="soft" role="status">{move || sending.pending.get().then_some(w::SENDING)}</p>
            </div>
        </Card>
    }
}

fn kinds() -> Vec<Choice> {
    let kinds = [ImportKind::Pieces, ImportKind::Lots, ImportKind::Shopify, ImportKind::Stones];
    kinds.map(|kind| Choice::new(kind.code(), kind.label())).to_vec()
}
