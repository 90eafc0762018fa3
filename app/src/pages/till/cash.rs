//! Cash in and out of the drawer without a sale, and the drawer opened for nothing.

use crate::api::till::{move_cash, open_drawer};
use crate::pages::frame::Problem;
use crate::pages::sending::Sending;
use crate::ui::{Button, Card, Choice, Field, SelectField};
use crate::words::till as w;
use domain::ids::{StoreId, TillSessionId};
use domain::ledger::Account;
use domain::money::Money;
use domain::till::{CashWay, MoveCash, NoSale};
use leptos::prelude::*;

/// What supplies and the like are paid for with.
const STORE_EXPENSES: i32 = 6100;

#[component]
pub fn CashForm(
    store: StoreId,
    session: TillSessionId,
    accounts: Vec<Account>,
    on_change: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let way = RwSignal::new(CashWay::PaidOut.code().to_owned());
    let amount = RwSignal::new(String::new());
    let account = RwSignal::new(STORE_EXPENSES.to_string());
    let reason = RwSignal::new(String::new());
    let wrong_amount = RwSignal::new(None::<String>);
    let moving = Sending::new();
    let ways: Vec<Choice> = CashWay::ALL.iter().map(|way| Choice::new(way.code(), way.label())).collect();
    let choices: Vec<Choice> = accounts
        .into_iter()
        .map(|account| Choice::new(account.code.to_string(), format!("{} {}", account.code, account.name)))
        .collect();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let read = Money::parse(&amount.get_untracked());
        wrong_amount.set(read.as_ref().err().map(ToString::to_string));
        let (Ok(amount_read), Ok(way_read), Ok(account_read)) =
            (read, way.get_untracked().parse(), account.get_untracked().parse())
        else {
            return;
        };
        let cmd = MoveCash {
            command_id: moving.id(),
            store_id: store,
            session_id: session,
            way: way_read,
            amount: amount_read,
            account: account_read,
            reason: reason.get_untracked(),
        };
        moving.send(move_cash(cmd), move |()| {
            amount.set(String::new());
            reason.set(String::new());
            on_change();
        });
    };
    let refused = move || moving.error.get().filter(|error| error.fields.is_empty());
    view! {
        <Card title=w::PAY_IN_OUT>
            <form class="form" novalidate=true on:submit=send>
                {move || refused().map(|error| view! { <Problem error/> })}
                <div class="form-row">
                    <SelectField name="cash-way" label=w::WAY value=way choices=ways/>
                    <Field name="cash-amount" label=w::CASH_AMOUNT value=amount amount=true error=wrong_amount required=true/>
                </div>
                <SelectField name="cash-account" label=w::WHAT_FOR value=account choices error=moving.wrong("account")/>
                <Field name="cash-reason" label=w::CASH_WHY value=reason error=moving.wrong("reason") maxlength=120_u32 required=true/>
                <Button label=w::RECORD submit=true pending=moving.pending/>
            </form>
        </Card>
    }
}

#[component]
pub fn NoSaleForm(
    store: StoreId,
    session: TillSessionId,
    on_change: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let reason = RwSignal::new(String::new());
    let opening = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let cmd = NoSale {
            command_id: opening.id(),
            store_id: store,
            session_id: session,
            reason: reason.get_untracked(),
        };
        opening.send(open_drawer(cmd), move |()| {
            reason.set(String::new());
            on_change();
        });
    };
    view! {
        <Card title=w::NO_SALE>
            <form class="form" novalidate=true on:submit=send>
                <p class="soft">{w::NO_SALE_TEXT}</p>
                <Field name="no-sale-reason" label=w::OPENED_WHY value=reason error=opening.message() maxlength=120_u32 required=true/>
                <Button label=w::NO_SALE submit=true pending=opening.pending/>
            </form>
        </Card>
    }
}
