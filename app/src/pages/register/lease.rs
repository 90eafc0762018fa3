//! What stands on the ticket is kept from other tills, and said again as long as the ticket is open.

use super::expect_register;
use super::state::{Register, Shown, Stage};
use crate::api::parking::keep_on_ticket;
use crate::ui::{Notice, NoticeKind};
use domain::ids::ItemId;
use domain::parking::{KeepOnTicket, Kept};
use leptos::prelude::*;
use std::time::Duration;

/// A lease lasts three times as long; a tablet that dies keeps nothing.
const AGAIN: Duration = Duration::from_secs(60);

impl Register {
    /// The unique pieces on the ticket; of goods that are alike there are more.
    fn pieces_on_ticket(self) -> Vec<ItemId> {
        let sold = self.stage.get() == Stage::Done;
        let unique = self.lines.with(|lines| {
            lines.iter().filter(|line| line.item.lot.is_none()).map(|line| line.item.id).collect::<Vec<_>>()
        });
        if sold { Vec::new() } else { unique }
    }

    /// Says what stands on the ticket. What gets no answer is said again with the next change, or in a minute.
    fn say_what_is_kept(self, pieces: Vec<ItemId>) {
        let Some(store_id) = self.snapshot.with_untracked(|s| s.as_ref().map(|s| s.store.id)) else { return };
        leptos::task::spawn_local(async move {
            if let Ok(Kept { away, .. }) = keep_on_ticket(KeepOnTicket { store_id, pieces }).await {
                let said = away.into_iter().map(|away| format!("{} is {}", away.tag, away.why)).collect();
                // The page may be gone meanwhile.
                self.away.try_set(said);
            }
        });
    }

    /// Keeps the pieces on the ticket from the first scan on, until it is sold, parked or cleared.
    pub fn keep_pieces(self) {
        let on_ticket =
            Memo::new(
                move |_| {
                    if self.shown.get() == Shown::Selling { self.pieces_on_ticket() } else { Vec::new() }
                },
            );
        Effect::new(move |before: Option<bool>| {
            let pieces = on_ticket.get();
            let some = !pieces.is_empty();
            // A ticket that was empty before keeps nothing.
            if some || before == Some(true) {
                self.say_what_is_kept(pieces);
            }
            some
        });
        Effect::new(move |_| {
            let again = move || {
                let pieces = on_ticket.get_untracked();
                if !pieces.is_empty() {
                    self.say_what_is_kept(pieces);
                }
            };
            let timer = set_interval_with_handle(again, AGAIN);
            on_cleanup(move || {
                if let Ok(timer) = timer {
                    timer.clear();
                }
            });
        });
    }
}

/// Says which pieces on the ticket somebody else has.
#[component]
pub fn TakenElsewhere() -> impl IntoView {
    let register = expect_register();
    move || {
        let said = register.away.get();
        (!said.is_empty()).then(|| {
            view! {
                <Notice kind=NoticeKind::Warning>
                    {said.into_iter().map(|said| view! { <span class="line">{said} "."</span> }).collect_view()}
                </Notice>
            }
        })
    }
}
