//! The rows in which an entry is typed, with what its sides come to.

use crate::pages::sending::Sending;
use crate::pages::typed::Typed;
use crate::ui::{Button, Choice, Field, IconName, Notice, NoticeKind, SelectField};
use crate::words::{books as w, ledger};
use domain::ledger::{EntryChoices, TypedLine};
use domain::money::Money;
use leptos::prelude::*;

/// The rows of an entry in the making.
#[derive(Clone, Copy)]
pub struct Rows {
    rows: RwSignal<Vec<Typed<TypedLine>>>,
    /// Where a new row belongs until somebody chooses another.
    store: StoredValue<String>,
}

impl Rows {
    /// Two rows to begin with, or those that there are.
    pub fn of(lines: &[TypedLine], choices: &EntryChoices) -> Self {
        let store = choices.stores.first().map(|(id, _)| id.to_string()).unwrap_or_default();
        let rows = Self { rows: RwSignal::new(Vec::new()), store: StoredValue::new(store) };
        rows.rows.set(lines.iter().map(Typed::of).collect());
        while rows.rows.with_untracked(Vec::len) < 2 {
            rows.add();
        }
        rows
    }

    fn add(self) {
        let line = TypedLine { store: self.store.get_value(), ..TypedLine::default() };
        self.rows.update(|rows| rows.push(Typed::of(&line)));
    }

    /// What stands in them now.
    pub fn read(self) -> Vec<TypedLine> {
        self.rows.with_untracked(|rows| rows.iter().map(|row| row.read()).collect())
    }

    /// What a side comes to, as far as it reads.
    fn sum(self, side: &'static str) -> Money {
        let amounts =
            self.rows.get().into_iter().filter_map(|row| row.text(side).with(|text| Money::parse(text).ok()));
        Money::sum(amounts).unwrap_or_default()
    }
}

/// The rows as fields, the way to another, and the sums.
#[component]
pub fn LineRows(rows: Rows, choices: EntryChoices, sending: Sending) -> impl IntoView {
    let accounts: Vec<Choice> = choices
        .accounts
        .iter()
        .map(|account| Choice::new(account.code.to_string(), format!("{} {}", account.code, account.name)))
        .collect();
    let stores: Vec<Choice> =
        choices.stores.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone())).collect();
    let lists = StoredValue::new((accounts, stores));
    let wrong = sending.wrong("lines");
    let sums = move || {
        let (debits, credits) = (rows.sum("debit"), rows.sum("credit"));
        w::sides(debits, credits, debits.minus(credits).unwrap_or_default())
    };
    view! {
        <fieldset class="form-group">
            <legend>{w::LINES}</legend>
            {move || rows.rows.get().into_iter().enumerate().map(|(at, row)| {
                let (accounts, stores) = lists.get_value();
                one(at, row, accounts, stores, sending)
            }).collect_view()}
            <Button label=w::ADD_LINE icon=IconName::Plus on:click=move |_| rows.add()/>
            <p role="status">{sums}</p>
            {move || wrong.get().map(|message| view! { <Notice kind=NoticeKind::Error>{message}</Notice> })}
        </fieldset>
    }
}

fn one(
    at: usize,
    row: Typed<TypedLine>,
    accounts: Vec<Choice>,
    stores: Vec<Choice>,
    sending: Sending,
) -> impl IntoView {
    let name = |part: &str| format!("lines.{at}.{part}");
    let several = stores.len() > 1;
    view! {
        <div class="form-row">
            <SelectField name=name("account") label=ledger::ACCOUNT value=row.text("account") choices=accounts none=w::CHOOSE error=sending.wrong(name("account"))/>
            {several.then(|| view! {
                <SelectField name=name("store") label=w::STORE value=row.text("store") choices=stores error=sending.wrong(name("store"))/>
            })}
            <Field name=name("debit") label=ledger::DEBIT value=row.text("debit") error=sending.wrong(name("debit")) amount=true/>
            <Field name=name("credit") label=ledger::CREDIT value=row.text("credit") error=sending.wrong(name("credit")) amount=true/>
        </div>
    }
}
