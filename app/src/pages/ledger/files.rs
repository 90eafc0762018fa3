//! The papers of an entry: sent, seen, withdrawn.

use crate::api::books::{attach_files, withdraw_attachment};
use crate::client::{reload, send_file_telling};
use crate::error::{AppError, ErrorKind};
use crate::pages::frame::May;
use crate::pages::sending::Sending;
use crate::pages::settings::Refused;
use crate::ui::{Badge, Button, ButtonKind, Card, Field, FileField, Icon, IconName, ProgressBar, Tone};
use crate::words::{common, files as w};
use domain::attachment::{
    AttachFiles, AttachedTo, Attachment, AttachmentRefusal, LARGEST_ATTACHMENT, NewFile, TakenIn,
    WithdrawAttachment,
};
use domain::person::Permission;
use leptos::prelude::*;

/// A field that sends what is chosen, one after the other, and hands each on that was taken in.
#[component]
fn SendFiles(
    #[prop(into)] error: Signal<Option<String>>,
    #[prop(into)] busy: Signal<bool>,
    taken: Callback<Vec<TakenIn>>,
) -> impl IntoView {
    let refused = RwSignal::new(None::<String>);
    let progress = RwSignal::new(None::<u32>);
    let chosen = Callback::new(move |files: Vec<web_sys::File>| {
        refused.set(None);
        leptos::task::spawn_local(async move {
            let mut all = Vec::new();
            for file in files {
                progress.set(Some(0));
                match send(&file, progress).await {
                    Ok(one) => all.push(one),
                    Err(error) => {
                        refused.set(Some(error.message));
                        break;
                    }
                }
            }
            progress.set(None);
            if !all.is_empty() {
                taken.run(all);
            }
        });
    });
    view! {
        <FileField
            id="entry-files" label=w::ATTACH hint=w::HINT accept=w::ACCEPT multiple=true optional=true
            error=Signal::derive(move || refused.get().or_else(|| error.get()))
            busy=Signal::derive(move || busy.get() || progress.get().is_some())
            chosen
        />
        {move || progress.get().map(|percent| view! {
            <ProgressBar label=w::SENDING done=u64::from(percent) total=100_u64/>
        })}
    }
}

/// What is too large is not sent at all.
async fn send(file: &web_sys::File, progress: RwSignal<Option<u32>>) -> Result<TakenIn, AppError> {
    let largest = f64::from(u32::try_from(LARGEST_ATTACHMENT).unwrap_or(u32::MAX));
    if file.size() > largest {
        return Err(AppError::new(ErrorKind::Refused, AttachmentRefusal::TooLarge(file.name()).to_string()));
    }
    let name = leptos_router::location::Url::escape(&file.name());
    send_file_telling(&format!("/api/v1/books/paper?name={name}"), file, move |percent| {
        progress.try_set(Some(percent));
    })
    .await
}

/// The papers of an entry that is not posted yet.
#[component]
pub(super) fn FilesToPost(files: RwSignal<Vec<TakenIn>>, sending: Sending) -> impl IntoView {
    let taken = Callback::new(move |more: Vec<TakenIn>| {
        sending.changed();
        files.update(|files| {
            for one in more {
                if !files.iter().any(|other| other.file == one.file) {
                    files.push(one);
                }
            }
        });
    });
    let off = move |at: usize| {
        sending.changed();
        files.update(|files| {
            if at < files.len() {
                files.remove(at);
            }
        });
    };
    view! {
        <fieldset class="form-group">
            <legend>{w::FILES}</legend>
            <SendFiles error=sending.wrong("files") busy=sending.pending taken/>
            <ul class="history">
                {move || files.get().into_iter().enumerate().map(|(at, file)| view! {
                    <li class="history-entry">
                        <Icon name=IconName::Receipt/>
                        <div>{file.name.clone()} <span class="cell-sub">{about(&file.kind.to_string(), file.bytes)}</span></div>
                        <Button label=w::leave_off(&file.name) kind=ButtonKind::Quiet icon=IconName::Close on:click=move |_| off(at)/>
                    </li>
                }).collect_view()}
            </ul>
        </fieldset>
    }
}

/// What is sent with the entry.
pub(super) fn to_send(files: RwSignal<Vec<TakenIn>>) -> Vec<NewFile> {
    files.with_untracked(|files| files.iter().map(new_file).collect())
}

fn new_file(taken: &TakenIn) -> NewFile {
    NewFile { file: taken.file.clone(), name: taken.name.clone() }
}

fn about(kind: &str, bytes: u64) -> String {
    format!("{kind}, {}", w::size(bytes))
}

/// The papers of something that is in the books, and the way to add one.
#[component]
pub(super) fn FilesCard(files: Vec<Attachment>, to: Option<AttachedTo>) -> impl IntoView {
    if files.is_empty() && to.is_none() {
        return ().into_any();
    }
    let none = files.is_empty();
    view! {
        <Card title=w::FILES>
            <div class="stack">
                {none.then(|| view! { <p class="soft">{w::NONE}</p> })}
                <ul class="history">
                    {files.into_iter().map(|file| {
                        let here = to == Some(file.to);
                        view! { <FileLine file here/> }
                    }).collect_view()}
                </ul>
                {to.map(|to| view! { <May permission=Permission::PostJournal><AddFiles to/></May> })}
            </div>
        </Card>
    }
    .into_any()
}

#[component]
fn AddFiles(to: AttachedTo) -> impl IntoView {
    let sending = Sending::new();
    let taken = Callback::new(move |files: Vec<TakenIn>| {
        let cmd = AttachFiles { command_id: sending.id(), to, files: files.iter().map(new_file).collect() };
        sending.send(attach_files(cmd), |_| reload());
    });
    view! { <SendFiles error=sending.message() busy=sending.pending taken/> }
}

/// One paper. What was withdrawn is still there for whoever may see it.
#[component]
fn FileLine(
    file: Attachment,
    /// Whether it belongs to what the page is about, and not to an entry beside it.
    here: bool,
) -> impl IntoView {
    let (address, name) = (file.address(), file.name.clone());
    let link = {
        let name = name.clone();
        move || view! { <a href=address.clone() download=name.clone()>{name.clone()}</a> }
    };
    let withdrawn = file.withdrawn.clone();
    let stands = withdrawn.is_none();
    let shown = if stands {
        link().into_any()
    } else {
        let plain = name.clone();
        view! {
            <Badge tone=Tone::Neutral icon=IconName::Close label=w::WITHDRAWN/> " "
            {plain}
            <May permission=Permission::ViewWithdrawn>" (" {link()} ")"</May>
        }
        .into_any()
    };
    let withdrawn = withdrawn.map(|gone| view! { <span class="cell-sub">{gone.reason}</span> });
    let aside = (!here).then_some(w::OF_ANOTHER);
    view! {
        <li class="history-entry">
            <Icon name=IconName::Receipt/>
            <div>
                {shown}
                <span class="cell-sub">{about(&file.kind.to_string(), file.bytes)} {aside.map(|aside| format!(", {aside}"))}</span>
                {withdrawn}
            </div>
            {(stands && here).then(|| {
                let file = file.clone();
                view! { <May permission=Permission::PostJournal><Withdraw file=file.clone()/></May> }
            })}
        </li>
    }
}

#[component]
fn Withdraw(file: Attachment) -> impl IntoView {
    let (asking, reason) = (RwSignal::new(false), RwSignal::new(String::new()));
    let sending = Sending::new();
    let (id, label) = (file.id, w::withdraw(&file.name));
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let cmd = WithdrawAttachment {
            command_id: sending.id(),
            attachment_id: id,
            reason: reason.get_untracked(),
        };
        sending.send(withdraw_attachment(cmd), |()| reload());
    };
    view! {
        <Show
            when=move || asking.get()
            fallback=move || view! { <Button label=label.clone() kind=ButtonKind::Quiet on:click=move |_| asking.set(true)/> }
        >
            <form class="form form-short" novalidate=true on:submit=send>
                <Refused sending/>
                <p class="soft small">{w::WITHDRAW_TEXT}</p>
                <Field name="reason" id=format!("reason-{id}") label=common::REASON value=reason error=sending.wrong("reason")/>
                <div class="button-row">
                    <Button label=w::WITHDRAW kind=ButtonKind::Danger submit=true pending=sending.pending/>
                    <Button label=w::CANCEL kind=ButtonKind::Quiet on:click=move |_| asking.set(false)/>
                </div>
            </form>
        </Show>
    }
}
