//! Parking the ticket on the screen, and opening one that is parked.

use super::expect_register;
use super::state::{Line, Register, Returning, Stage};
use crate::api::parking::{list_parked, open_parked, park_ticket, release_piece, throw_away};
use crate::client::new_command_id;
use crate::live::renew_on;
use crate::pages::sending::Sending;
use crate::pages::when;
use crate::ui::{Amount, Button, ButtonKind, Dialog, Field, IconName, Notice, NoticeKind};
use crate::words::parking as w;
use domain::item::ShownItem;
use domain::live::NewsKind;
use domain::parking::{
    OpenParked, OpenedTicket, ParkTicket, ParkedLine, ParkedReturn, ParkedView, ReleasePiece, ThrowAway,
    TicketContent,
};
use leptos::prelude::*;

/// What the register knows of parked tickets.
#[derive(Debug, Clone, Copy)]
pub struct Parking {
    pub tickets: RwSignal<Vec<ParkedView>>,
    pub parking: RwSignal<bool>,
    pub choosing: RwSignal<bool>,
    /// What changed since the ticket on the screen was parked.
    pub changes: RwSignal<Vec<String>>,
}

impl Parking {
    pub fn new() -> Self {
        Self {
            tickets: RwSignal::new(Vec::new()),
            parking: RwSignal::new(false),
            choosing: RwSignal::new(false),
            changes: RwSignal::new(Vec::new()),
        }
    }
}

impl Register {
    /// Looks what is parked in this store.
    fn look_for_parked(self) {
        let Some(store) = self.snapshot.with_untracked(|s| s.as_ref().map(|s| s.store.id)) else { return };
        leptos::task::spawn_local(async move {
            if let Ok(tickets) = list_parked(store).await {
                // The page may be gone meanwhile.
                self.parked.tickets.try_set(tickets);
            }
        });
    }

    /// The ticket on the screen, as it is kept.
    fn content(self) -> TicketContent {
        let line = |line: &Line| ParkedLine {
            item_id: line.item.id,
            tag: line.item.tag.clone(),
            price: line.item.price,
            discount: line.discount.clone(),
            quantity: line.quantity,
        };
        let back = |back: &Returning| ParkedReturn {
            line: back.line.clone(),
            number: back.number.clone(),
            proof: back.proof,
            condition: back.condition,
            fee: back.fee,
            quantity: back.quantity,
        };
        TicketContent {
            lines: self.lines.with_untracked(|lines| lines.iter().map(line).collect()),
            returns: self.returns.with_untracked(|returns| returns.iter().map(back).collect()),
            discount: self.discount.get_untracked(),
            customer_id: self
                .customer
                .with_untracked(|customer| customer.as_ref().map(|customer| customer.id)),
            sellers: self.sellers.get_untracked(),
            exemption: self.shown_exemption.get_untracked(),
            secret_until: self.secret_until.get_untracked(),
            voided: self.voided.get_untracked(),
        }
    }

    /// Goes on with a ticket that was parked.
    fn go_on(self, opened: OpenedTicket) {
        let OpenedTicket { ticket, items, customer, changes } = opened;
        self.next_sale();
        let line = |line: &ParkedLine| {
            let item = items.iter().find(|item| item.id == line.item_id)?.clone();
            Some(Line { item, discount: line.discount.clone(), quantity: line.quantity })
        };
        let back = |back: ParkedReturn| Returning {
            line: back.line,
            number: back.number,
            proof: back.proof,
            condition: back.condition,
            fee: back.fee,
            quantity: back.quantity,
        };
        self.lines.set(ticket.lines.iter().filter_map(line).collect());
        self.returns.set(ticket.returns.into_iter().map(back).collect());
        self.discount.set(ticket.discount);
        self.customer.set(customer);
        self.sellers.set(ticket.sellers);
        self.shown_exemption.set(ticket.exemption);
        self.secret_until.set(ticket.secret_until);
        self.voided.set(ticket.voided);
        self.parked.changes.set(changes.iter().map(ToString::to_string).collect());
    }

    /// Gives a piece back that this till held for the ticket. What does not arrive runs out by itself.
    pub fn let_go(self, item: &ShownItem) {
        if item.holder.until.is_none() {
            return;
        }
        let cmd = ReleasePiece {
            command_id: new_command_id(),
            store_id: item.store_id,
            item_id: item.id,
            only_ours: true,
        };
        leptos::task::spawn_local(async move { drop(release_piece(cmd).await) });
    }
}

/// The way to the parked tickets, and to park this one.
#[component]
pub fn ParkingTools() -> impl IntoView {
    let register = expect_register();
    let look = move || register.look_for_parked();
    renew_on(&[NewsKind::Tickets], look);
    Effect::new(move |_| {
        if register.snapshot.with(Option::is_some) {
            look();
        }
    });
    let count = move || register.parked.tickets.with(Vec::len);
    view! {
        <Show when=move || !register.is_empty()>
            <Button label=w::PARK kind=ButtonKind::Quiet on:click=move |_| register.parked.parking.set(true)/>
        </Show>
        <Show when=move || { count() > 0 }>
            <Button kind=ButtonKind::Quiet label=Signal::derive(move || w::parked(count())) on:click=move |_| register.parked.choosing.set(true)/>
        </Show>
    }
}

/// What changed since the ticket was parked, until the customer has been told.
#[component]
pub fn ParkedChanges() -> impl IntoView {
    let changes = expect_register().parked.changes;
    move || {
        let said = changes.get();
        (!said.is_empty()).then(|| {
            view! {
                <Notice kind=NoticeKind::Warning title=w::CHANGED>
                    {said.into_iter().map(|said| view! { <span class="line">{said} "."</span> }).collect_view()}
                </Notice>
            }
        })
    }
}

/// Asks under which name the ticket is kept.
#[component]
pub fn ParkDialog() -> impl IntoView {
    let register = expect_register();
    let open = register.parked.parking;
    let label = RwSignal::new(String::new());
    let sending = Sending::new();
    Effect::new(move |_| {
        if open.get() {
            let customer = register.customer.with_untracked(|c| c.as_ref().map(|c| c.card.display_name()));
            // What a ticket is called stands on every till: of a secret it is not the customer's name.
            let secret = register.secret_until.with_untracked(|until| !until.is_empty());
            label.set(customer.filter(|_| !secret).unwrap_or_default());
            sending.changed();
        }
    });
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let place = register.snapshot.with_untracked(|s| s.as_ref().map(|s| (s.store.id, s.session_id)));
        let Some((store_id, Some(session_id))) = place else { return };
        let cmd = ParkTicket {
            command_id: sending.id(),
            store_id,
            session_id,
            label: label.get_untracked(),
            ticket: register.content(),
            total: untrack(|| register.total()),
        };
        sending.send(park_ticket(cmd), move |_| {
            open.set(false);
            register.next_sale();
            register.look_for_parked();
        });
    };
    view! {
        <Dialog id="park" title=w::PARK_TITLE open>
            <form class="stack" novalidate=true on:submit=send>
                <p class="soft">{w::PARK_TEXT}</p>
                <Field name="label" label=w::LABEL value=label error=sending.message() required=true maxlength=100_u32/>
                <Button label=w::PARK kind=ButtonKind::Primary submit=true wide=true pending=sending.pending/>
            </form>
        </Dialog>
    }
}

/// The parked tickets of the store.
#[component]
pub fn ParkedDialog() -> impl IntoView {
    let register = expect_register();
    let choosing = register.parked.choosing;
    let sending = Sending::new();
    let row = move |ticket: ParkedView| view! { <ParkedTicket ticket sending/> };
    view! {
        <Dialog id="parked" title=w::PARKED open=choosing>
            <div class="stack">
                {move || sending.message().get().map(|error| view! { <Notice kind=NoticeKind::Error>{error}</Notice> })}
                {move || (!register.is_empty()).then(|| view! { <p class="soft">{w::FINISH_FIRST}</p> })}
                {move || if register.parked.tickets.with(Vec::is_empty) {
                    view! { <p class="soft">{w::NOTHING}</p> }.into_any()
                } else {
                    view! { <ul class="parked-list">{register.parked.tickets.get().into_iter().map(row).collect_view()}</ul> }.into_any()
                }}
            </div>
        </Dialog>
    }
}

#[component]
fn ParkedTicket(ticket: ParkedView, sending: Sending) -> impl IntoView {
    let register = expect_register();
    let parked_id = ticket.id;
    let place = move || {
        register.snapshot.with_untracked(|s| s.as_ref().and_then(|s| Some((s.store.id, s.session_id?))))
    };
    let open = move |_| {
        let Some((store_id, session_id)) = place() else { return };
        let cmd = OpenParked { command_id: sending.id(), store_id, session_id, parked_id };
        sending.send(open_parked(cmd), move |opened| {
            register.parked.choosing.set(false);
            register.go_on(opened);
            register.look_for_parked();
        });
    };
    let drop_it = move |_| {
        let Some((store_id, _)) = place() else { return };
        let cmd = ThrowAway { command_id: sending.id(), store_id, parked_id };
        sending.send(throw_away(cmd), move |()| register.look_for_parked());
    };
    let held = if ticket.ran_out {
        w::RAN_OUT.to_owned()
    } else {
        w::held_until(&when::day_and_time(ticket.held_until))
    };
    let since = w::since(&ticket.parked_by, &ticket.till, &when::day_and_time(ticket.parked_at));
    let busy = Signal::derive(move || !register.is_empty() || register.stage.get() != Stage::Ticket);
    view! {
        <li class="parked-ticket">
            <span class="hit-words">
                <strong>{ticket.label.clone()}</strong>
                <span class="soft small">{since}</span>
                <span class="soft small">{w::pieces(ticket.pieces)} " · " {held}</span>
            </span>
            <Amount value=ticket.total/>
            <div class="row">
                <Button label=w::OPEN kind=ButtonKind::Primary icon=IconName::Forward disabled=busy pending=sending.pending on:click=open/>
                <Button label=w::THROW_AWAY kind=ButtonKind::Quiet pending=sending.pending on:click=drop_it/>
            </div>
        </li>
    }
}
