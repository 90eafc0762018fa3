//! Sending a command from a form.

use crate::client::new_command_id;
use crate::error::AppError;
use domain::ids::CommandId;
use leptos::prelude::*;

/// One command on its way. A press while it is under way does nothing; a press after an answer that was
/// lost sends the same id again, so that it happens once; after a refusal nothing was stored, and what is
/// sent next is another command.
#[derive(Debug, Clone, Copy)]
pub struct Sending {
    id: RwSignal<Option<CommandId>>,
    pub error: RwSignal<Option<AppError>>,
    pub pending: RwSignal<bool>,
}

impl Sending {
    #[must_use]
    pub fn new() -> Self {
        Self { id: RwSignal::new(None), error: RwSignal::new(None), pending: RwSignal::new(false) }
    }

    /// The id to send under: of the press that got no answer, else a fresh one.
    #[must_use]
    pub fn id(self) -> CommandId {
        let id = self.id.get_untracked().unwrap_or_else(new_command_id);
        self.id.set(Some(id));
        id
    }

    /// What is sent changed: it is another command now.
    pub fn changed(self) {
        self.id.set(None);
        self.error.set(None);
    }

    /// What is wrong with one field, if anything.
    #[must_use]
    pub fn wrong(self, field: impl Into<String>) -> Signal<Option<String>> {
        let field = field.into();
        Signal::derive(move || self.error.with(|error| error.as_ref().and_then(|error| error.field(&field))))
    }

    /// What to say beside the only field there is.
    #[must_use]
    pub fn message(self) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.error
                .get()
                .map(|error| error.fields.first().map_or(error.message, |field| field.message.clone()))
        })
    }

    /// Calls the server and hands its answer to `done`; a refusal stays in `error`.
    pub fn send<T: 'static>(
        self,
        call: impl Future<Output = Result<T, AppError>> + 'static,
        done: impl FnOnce(T) + 'static,
    ) {
        if self.pending.get_untracked() {
            return;
        }
        self.pending.set(true);
        leptos::task::spawn_local(async move {
            let answer = call.await;
            self.pending.set(false);
            match answer {
                Ok(value) => {
                    self.changed();
                    done(value);
                }
                Err(refused) => {
                    if !refused.may_have_happened() {
                        self.id.set(None);
                    }
                    self.error.set(Some(refused));
                }
            }
        });
    }
}
