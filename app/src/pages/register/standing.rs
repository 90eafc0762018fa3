//! How the customer of the ticket stands with the store: what they owe, and what speaks against charging more.

use super::expect_register;
use super::state::Register;
use crate::api::account::account_standing;
use crate::live::renew_on;
use crate::ui::{Badge, Field, IconName, Notice, NoticeKind, Tone};
use crate::words::accounts as w;
use domain::ids::CustomerId;
use domain::live::NewsKind;
use domain::money::Money;
use domain::person::Permission;
use domain::receivable::{AccountState, HouseAccount, warnings};
use domain::sale::{TenderKind, TenderNature};
use leptos::prelude::*;

impl Register {
    /// Asks how the customer stands, each time another one is chosen or something about accounts changed.
    pub fn follow_standing(self) {
        let customer = Memo::new(move |_| self.customer.with(|customer| customer.as_ref().map(|c| c.id)));
        Effect::new(move |_| {
            self.standing.set(None);
            self.ask_standing(customer.get());
        });
        renew_on(&[NewsKind::Receivables], move || self.ask_standing(customer.get_untracked()));
    }

    fn ask_standing(self, customer: Option<CustomerId>) {
        let may =
            self.snapshot.with_untracked(|s| s.as_ref().is_some_and(|s| s.may(Permission::ViewReceivables)));
        let Some(id) = customer.filter(|_| may) else { return };
        leptos::task::spawn_local(async move {
            let Ok(shown) = account_standing(id).await else { return };
            // Somebody else may have been chosen meanwhile.
            if self.customer.try_get_untracked().flatten().is_some_and(|customer| customer.id == id) {
                self.standing.set(Some(shown));
            }
        });
    }

    /// What is charged to the account so far.
    pub fn charged(self) -> Money {
        let account = |kind: &TenderKind| kind.nature == TenderNature::Account;
        let codes = self.snapshot.with(|s| {
            let kinds = s.as_ref().map(|s| s.tender_kinds.as_slice()).unwrap_or_default();
            kinds.iter().filter(|kind| account(kind)).map(|kind| kind.code.clone()).collect::<Vec<_>>()
        });
        self.tenders.with(|tenders| {
            let charged = tenders.iter().filter(|tender| codes.contains(&tender.kind));
            Money::sum(charged.map(|tender| tender.amount)).unwrap_or_default()
        })
    }

    /// Whether the customer has an account that may be charged at all.
    pub fn has_account(self) -> bool {
        let open = |account: &HouseAccount| account.state != AccountState::Closed;
        self.standing.with(|shown| {
            shown.as_ref().is_some_and(|shown| shown.standing.account.as_ref().is_some_and(open))
        })
    }
}

/// What the ticket says of the customer's account; nothing where there is none and nothing is owed.
#[component]
pub fn StandingLine() -> impl IntoView {
    let register = expect_register();
    move || {
        let shown = register.standing.get()?;
        let standing = shown.standing;
        let balance = standing.balance().unwrap_or_default();
        if standing.account.is_none() && balance.is_zero() {
            return None;
        }
        let id = standing.customer_id;
        let limit = standing.account.and_then(|account| account.limit);
        let warnings = shown.warnings.into_iter().map(|warning| {
            view! { <Badge tone=Tone::Overdue icon=IconName::Warning label=warning.to_string()/> }
        });
        Some(view! {
            <div class="ticket-warnings" role="status">
                <a class="badge" href=format!("/customers/{id}/account")>{w::balance(balance, limit)}</a>
                {warnings.collect_view()}
                {balance.is_positive().then(|| view! { <a class="badge" href=format!("/customers/{id}/pay")>{w::TAKE_PAYMENT}</a> })}
            </div>
        })
    }
}

/// What speaks against charging so much, and a word on why for whoever may do it all the same.
#[component]
pub fn AgainstCharging(#[prop(into)] due: Signal<Money>) -> impl IntoView {
    let register = expect_register();
    let against = Memo::new(move |_| {
        let charge = register.charged().plus(due.get()).unwrap_or_default();
        let after = register.snapshot.with(|s| {
            s.as_ref().map(|s| {
                (s.policy.receivables.hold_after_days, s.business_date, s.may(Permission::GrantCredit))
            })
        });
        let (after, today, may) = after?;
        let standing = register.standing.get()?.standing;
        let warnings = warnings(&standing, charge, after, today).ok()?;
        (!warnings.is_empty()).then(|| (warnings.iter().map(ToString::to_string).collect::<Vec<_>>(), may))
    });
    move || {
        let (against, may) = against.get()?;
        Some(view! {
            <Notice kind=NoticeKind::Warning title=w::AGAINST>{against.join("; ")}</Notice>
            {may.then(|| view! {
                <Field name="override_reason" label=w::WHY_CHARGE value=register.override_reason
                    hint=w::WHY_CHARGE_HINT error=register.sending.wrong("override_reason")/>
            })}
        })
    }
}
