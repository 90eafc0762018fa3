//! The ticket stays in the browser's tab when somebody looks at another page or loads this one again.

use super::state::{Line, Register, Returning, Stage};
use crate::client::{keep, kept};
use domain::customer::Customer;
use domain::ids::TillSessionId;
use domain::sale::{ClearTicket, Discount, SellerShare, TypedExemption, VoidedLine};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

const TICKET: &str = "parure.ticket";

/// A ticket in the making, and what the server has not heard of yet.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// Another session of the till is another drawer: its ticket is no longer this one.
    session: TillSessionId,
    lines: Vec<Line>,
    #[serde(default)]
    returns: Vec<Returning>,
    discount: Option<Discount>,
    customer: Option<Customer>,
    sellers: Vec<SellerShare>,
    exemption: Option<TypedExemption>,
    #[serde(default)]
    secret_until: String,
    voided: Vec<VoidedLine>,
    unsent: Vec<ClearTicket>,
}

impl Register {
    fn session(self) -> Option<TillSessionId> {
        self.snapshot.with(|snapshot| snapshot.as_ref().and_then(|snapshot| snapshot.session_id))
    }

    /// Takes up the ticket that this tab kept, and keeps every change from now on.
    pub fn keep_ticket(self) {
        let begun = RwSignal::new(false);
        Effect::new(move |_| {
            let Some(session) = self.session() else { return };
            if !begun.get_untracked() {
                begun.set(true);
                if let Some(ticket) = kept::<Kept>(TICKET).filter(|ticket| ticket.session == session) {
                    self.take_up(ticket);
                }
            }
            // What is sold is no longer a ticket.
            let sold = self.stage.get() == Stage::Done;
            let ticket = Kept {
                session,
                lines: if sold { Vec::new() } else { self.lines.get() },
                returns: if sold { Vec::new() } else { self.returns.get() },
                discount: self.discount.get().filter(|_| !sold),
                customer: self.customer.get().filter(|_| !sold),
                sellers: if sold { Vec::new() } else { self.sellers.get() },
                exemption: self.shown_exemption.get().filter(|_| !sold),
                secret_until: if sold { String::new() } else { self.secret_until.get() },
                voided: if sold { Vec::new() } else { self.voided.get() },
                unsent: self.unsent.get(),
            };
            keep(TICKET, &ticket);
        });
    }

    fn take_up(self, ticket: Kept) {
        self.lines.set(ticket.lines);
        self.returns.set(ticket.returns);
        self.discount.set(ticket.discount);
        self.customer.set(ticket.customer);
        self.sellers.set(ticket.sellers);
        self.shown_exemption.set(ticket.exemption);
        self.secret_until.set(ticket.secret_until);
        self.voided.set(ticket.voided);
        if !ticket.unsent.is_empty() {
            self.unsent.set(ticket.unsent);
            self.send_unsent();
        }
    }
}
