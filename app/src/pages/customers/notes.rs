//! What was written down, newest first, and the way to write more.

use crate::api::customer::add_note;
use crate::client::reload;
use crate::pages::frame::May;
use crate::pages::sending::Sending;
use crate::pages::settings::Refused;
use crate::pages::when;
use crate::ui::{Button, Card, Icon, IconName, TextAreaField};
use crate::words::customers as w;
use domain::customer::{AddNote, CustomerNote};
use domain::ids::CustomerId;
use domain::person::Permission;
use leptos::prelude::*;

#[component]
pub fn NotesCard(customer: CustomerId, notes: Vec<CustomerNote>) -> impl IntoView {
    let none = notes.is_empty();
    view! {
        <Card title=w::NOTES>
            <May permission=Permission::EditCustomers><NewNote customer/></May>
            {none.then(|| view! { <p class="soft">{w::NO_NOTES}</p> })}
            <div class="history">
                {notes.into_iter().map(|note| view! {
                    <div class="history-entry">
                        <Icon name=IconName::Edit/>
                        <p class="written">{note.text}</p>
                        <span class="soft small">{note.by} ", " {when::day(note.written_at.date_naive())} " " {when::time(note.written_at)}</span>
                    </div>
                }).collect_view()}
            </div>
        </Card>
    }
}

#[component]
fn NewNote(customer: CustomerId) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let sending = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let cmd = AddNote { command_id: sending.id(), customer_id: customer, text: text.get_untracked() };
        sending.send(add_note(cmd), |()| reload());
    };
    view! {
        <form class="form form-short" novalidate=true on:submit=send>
            <Refused sending/>
            <TextAreaField name="text" label=w::NEW_NOTE value=text error=sending.wrong("text") rows=2/>
            <div class="row"><Button label=w::ADD_NOTE submit=true pending=sending.pending/></div>
        </form>
    }
}
