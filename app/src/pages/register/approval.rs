//! A manager who stands here allows this very ticket: a discount above the limit, or something that comes back
//! against the rules.

use super::expect_register;
use super::state::Register;
use crate::api::register::approve;
use crate::error::ErrorKind;
use crate::pages::approval::ApprovalFields;
use crate::pages::sending::Sending;
use crate::ui::{Button, ButtonKind, Dialog};
use crate::words::register as w;
use domain::approval::{ApprovalKind, AskApproval};
use domain::ids::{PersonId, StoreId};
use domain::sale::{override_subject, return_subject};
use leptos::prelude::*;

/// Opens when the server asks for an approval, and sends the ticket again when it is given.
#[component]
pub fn ApprovalDialog() -> impl IntoView {
    let register = expect_register();
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        let needs = |error: &crate::error::AppError| error.kind == ErrorKind::NeedsApproval;
        open.set(register.sending.error.with(|error| error.as_ref().is_some_and(needs)));
    });
    let approvers =
        register.snapshot.with_untracked(|s| s.as_ref().map(|s| s.approvers.clone()).unwrap_or_default());
    let (manager, pin) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let asking = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let store = register.snapshot.with_untracked(|s| s.as_ref().map(|s| s.store.id));
        let (Some(store_id), Ok(manager)) = (store, manager.get_untracked().parse()) else { return };
        let asked = asked(register, store_id, manager);
        let typed = pin.get_untracked();
        pin.set(String::new());
        let all = async move {
            let mut given = Vec::new();
            for ask in asked {
                given.push(approve(ask, typed.clone()).await?);
            }
            Ok(given)
        };
        asking.send(all, move |given| {
            register.sending.changed();
            register.approvals.update(|approvals| approvals.extend(given));
            open.set(false);
            register.complete();
        });
    };
    view! {
        <Dialog id="approval" title=w::APPROVAL open>
            <form class="stack" novalidate=true on:submit=send>
                {move || register.sending.error.get().map(|error| view! { <p>{error.message}</p> })}
                <ApprovalFields approvers manager pin error=asking.message()/>
                <Button label=w::APPROVE kind=ButtonKind::Primary submit=true wide=true pending=asking.pending/>
            </form>
        </Dialog>
    }
}

/// What there is to approve on the ticket.
fn asked(register: Register, store_id: StoreId, manager: PersonId) -> Vec<AskApproval> {
    let (lines, discount) = untrack(|| (register.ticket_lines(), register.discount.get()));
    let back = register.return_lines();
    let ask = |kind: ApprovalKind, subject: String, reason: String| AskApproval {
        command_id: crate::client::new_command_id(),
        store_id,
        kind,
        subject,
        manager,
        reason,
    };
    let discounts = lines.iter().filter_map(|line| line.discount.as_ref()).chain(&discount);
    let mut asked = Vec::new();
    if let Some(discount_reason) = discounts.map(|discount| discount.reason.clone()).next() {
        asked.push(ask(ApprovalKind::Discount, override_subject(&lines, discount.as_ref()), discount_reason));
    }
    if !back.is_empty() {
        let reason = register.sending.error.with_untracked(|e| e.as_ref().map(|e| e.message.clone()));
        asked.push(ask(ApprovalKind::Return, return_subject(&back), reason.unwrap_or_default()));
    }
    asked
}
