//! Choosing the file.

use super::Stand;
use crate::client::send_file;
use crate::pages::sending::Sending;
use crate::ui::{Card, FileField};
use crate::words::import as w;
use domain::ids::ImportId;
use domain::import::{ImportState, StonePreview};
use leptos::prelude::*;

#[component]
pub fn Choose(stand: Stand) -> impl IntoView {
    let sending = Sending::new();
    let chosen = Callback::new(move |files: Vec<web_sys::File>| {
        let Some(file) = files.into_iter().next() else { return };
        sending.changed();
        let id = sending.id();
        let name = leptos_router::location::Url::escape(&file.name());
        let call = async move {
            send_file::<StonePreview>(&format!("/api/v1/import/upload?command_id={id}&name={name}"), &file)
                .await
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
                <FileField
                    id="stones-file" label=w::FILE hint=w::FILE_HINT
                    accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
                    error=sending.message() busy=sending.pending chosen
                />
                <p class="soft" role="status">{move || sending.pending.get().then_some(w::SENDING)}</p>
            </div>
        </Card>
    }
}
