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
use domain::ids::{CommandId, PersonId, StoreId};
use domain::sale::{override_subject, return_subject};
use leptos::prelude::*;

/// Longer ones are no line of the audit trail.
const LONGEST_REASON: usize = 100;

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
        let Some(ask) = asked(register, store_id, manager, asking.id()) else { return };
        let typed = pin.get_untracked();
        pin.set(String::new());
        asking.send(approve(ask, typed), move |approval| {
            register.approvals.update(|approvals| approvals.push(approval));
            register.sending.changed();
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

/// What the server asked for: exactly what the manager reads in the dialog.
fn asked(
    register: Register,
    store_id: StoreId,
    manager: PersonId,
    command_id: CommandId,
) -> Option<AskApproval> {
    let refused = register.sending.error.get_untracked()?;
    let kind = refused.approval?;
    let (lines, discount) = untrack(|| (register.ticket_lines(), register.discount.get()));
    let (subject, reason) = match kind {
        ApprovalKind::Discount => {
            let reason = lines.iter().filter_map(|line| line.discount.as_ref()).chain(&discount).next();
            (override_subject(&lines, discount.as_ref()), reason.map(|discount| discount.reason.clone())?)
        }
        ApprovalKind::Return => {
            let pays_out = untrack(|| register.total()).is_negative();
            let reason = refused.message.chars().take(LONGEST_REASON).collect();
            (return_subject(&register.return_lines(), pays_out), reason)
        }
        ApprovalKind::VoidSale | ApprovalKind::OverShort => return None,
    };
    Some(AskApproval { command_id, store_id, kind, subject, manager, reason })
}
