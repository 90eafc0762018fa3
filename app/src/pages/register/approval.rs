//! A manager allows this very ticket, standing here with a PIN or elsewhere on their own screen: a discount above the
//! limit, something that comes back against the rules, a charge to an account that is blocked.

use super::expect_register;
use super::state::Register;
use crate::api::register::approve;
use crate::error::ErrorKind;
use crate::pages::approval::ApprovalFields;
use crate::pages::asking::{AskElsewhere, Asking, Question};
use crate::pages::sending::Sending;
use crate::ui::{Button, ButtonKind, Dialog};
use crate::words::{approvals, register as w};
use domain::approval::{About, ApprovalKind, AskApproval};
use domain::ids::ApprovalId;
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
    let sending = Sending::new();
    let asking = Asking::new();
    let go_on = Callback::new(move |approval: ApprovalId| {
        register.approvals.update(|approvals| approvals.push(approval));
        register.sending.changed();
        open.set(false);
        register.complete();
    });
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Ok(manager) = manager.get_untracked().parse() else { return };
        let Some((store_id, about, reason)) = question(register) else { return };
        let (kind, subject) = (about.kind(), about.subject());
        let ask = AskApproval { command_id: sending.id(), store_id, kind, subject, manager, reason };
        let typed = pin.get_untracked();
        pin.set(String::new());
        sending.send(approve(ask, typed), move |approval| {
            asking.take_back();
            go_on.run(approval);
        });
    };
    view! {
        <Dialog id="approval" title=w::APPROVAL open on_close=Callback::new(move |()| asking.take_back())>
            {move || register.sending.error.get().map(|error| view! { <p>{error.message}</p> })}
            <AskElsewhere asking question=move |()| question(register) on_given=go_on/>
            <p class="soft small">{approvals::OR_HERE}</p>
            <form class="stack" novalidate=true on:submit=send>
                <ApprovalFields approvers manager pin error=sending.message()/>
                <Button label=w::APPROVE kind=ButtonKind::Primary submit=true wide=true pending=sending.pending/>
            </form>
        </Dialog>
    }
}

/// What the server asked for: exactly what the manager reads.
fn question(register: Register) -> Option<Question> {
    let store = register.snapshot.with_untracked(|s| s.as_ref().map(|s| s.store.id))?;
    let refused = register.sending.error.get_untracked()?;
    let (about, reason) = match refused.approval? {
        ApprovalKind::Discount => {
            let (lines, discount) = untrack(|| (register.ticket_lines(), register.discount.get()));
            let reason = lines.iter().filter_map(|line| line.discount.as_ref()).chain(&discount).next();
            let reason = reason.map(|discount| discount.reason.clone())?;
            (About::Discount { lines, discount }, reason)
        }
        ApprovalKind::Return => {
            let pays_out = untrack(|| register.total()).is_negative();
            let reason = refused.message.chars().take(LONGEST_REASON).collect();
            (About::Return { lines: register.return_lines(), pays_out }, reason)
        }
        ApprovalKind::Credit => {
            let customer_id = register.customer.with_untracked(|c| c.as_ref().map(|c| c.id))?;
            let reason = refused.message.chars().take(LONGEST_REASON).collect();
            (About::Credit { customer_id, amount: untrack(|| register.charged()) }, reason)
        }
        ApprovalKind::VoidSale | ApprovalKind::OverShort => return None,
    };
    Some((store, about, reason))
}
