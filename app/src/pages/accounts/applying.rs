//! Choosing what money or a credit is for: what is due first, or so much of each invoice.

use crate::pages::sending::Sending;
use crate::pages::when;
use crate::ui::{Amount, Choice, Field, SelectField, Table};
use crate::words::accounts as w;
use domain::ids::InvoiceId;
use domain::money::Money;
use domain::receivable::{ApplyTo, InvoiceLineItem, TypedApplication};
use leptos::prelude::*;

const OLDEST: &str = "oldest";
const BY_HAND: &str = "by_hand";
const ONE: &str = "one";
const ON_CREDIT: &str = "credit";

/// What was chosen so far.
#[derive(Debug, Clone, Copy)]
pub struct Applying {
    way: RwSignal<String>,
    /// The one invoice.
    one: RwSignal<String>,
    rows: StoredValue<Vec<(InvoiceLineItem, RwSignal<String>)>>,
}

impl Applying {
    /// Over these invoices; somebody may have come here to pay one of them.
    pub fn over(invoices: Vec<InvoiceLineItem>, chosen: Option<InvoiceId>) -> Self {
        let chosen = chosen.filter(|id| invoices.iter().any(|invoice| invoice.id == *id));
        let one = chosen.or_else(|| invoices.first().map(|invoice| invoice.id));
        let one = RwSignal::new(one.map(|id| id.to_string()).unwrap_or_default());
        let way = RwSignal::new(if chosen.is_some() { ONE } else { OLDEST }.to_owned());
        let rows = invoices.into_iter().map(|invoice| (invoice, RwSignal::new(String::new()))).collect();
        Self { way, one, rows: StoredValue::new(rows) }
    }

    pub fn read(self) -> ApplyTo {
        match self.way.get_untracked().as_str() {
            BY_HAND => ApplyTo::ByHand(self.rows.with_value(|rows| {
                let row = |(invoice, amount): &(InvoiceLineItem, RwSignal<String>)| TypedApplication {
                    invoice_id: invoice.id,
                    amount: amount.get_untracked(),
                };
                rows.iter().map(row).collect()
            })),
            ONE => self.one.get_untracked().parse().map_or(ApplyTo::OldestFirst, ApplyTo::Invoice),
            ON_CREDIT => ApplyTo::Nothing,
            _ => ApplyTo::OldestFirst,
        }
    }

    /// What is applied by hand so far; nothing where it goes by itself.
    fn applied(self) -> Option<Money> {
        if self.way.get() != BY_HAND {
            return None;
        }
        let read = |amount: &RwSignal<String>| amount.with(|typed| Money::parse(typed)).unwrap_or_default();
        Some(
            self.rows
                .with_value(|rows| Money::sum(rows.iter().map(|(_, amount)| read(amount))))
                .unwrap_or_default(),
        )
    }
}

/// The choice, and a field for each invoice where somebody applies by hand.
#[component]
pub fn ApplyFields(
    applying: Applying,
    sending: Sending,
    /// How much there is to apply.
    #[prop(into)]
    amount: Signal<Money>,
    /// Whether it may stay as credit.
    keep: bool,
) -> impl IntoView {
    let mut ways = vec![
        Choice::new(OLDEST, w::OLDEST),
        Choice::new(ONE, w::ONE_INVOICE),
        Choice::new(BY_HAND, w::BY_HAND),
    ];
    let invoices = applying.rows.with_value(|rows| {
        let choice = |(invoice, _): &(InvoiceLineItem, _)| {
            Choice::new(invoice.id.to_string(), format!("{}: {}", invoice.number, invoice.open))
        };
        rows.iter().map(choice).collect::<Vec<_>>()
    });
    if keep {
        ways.push(Choice::new(ON_CREDIT, w::ON_CREDIT));
    }
    view! {
        <SelectField name="apply" label=w::APPLY_TO value=applying.way choices=ways error=sending.wrong("apply")/>
        <Show when=move || applying.way.get() == ONE>
            <SelectField name="one-invoice" label=w::INVOICE value=applying.one choices=invoices.clone()/>
        </Show>
        <Show when=move || applying.way.get() == BY_HAND>
            <Table label=w::OPEN_INVOICES>
                <thead><tr><th>{w::INVOICE}</th><th>{w::DUE}</th><th class="amount">{w::OPEN}</th><th>{w::AMOUNT}</th></tr></thead>
                <tbody>{applying.rows.get_value().into_iter().enumerate().map(|(row, (invoice, typed))| view! {
                    <tr>
                        <td class="cell-main"><a class="code" href=format!("/invoices/{}", invoice.id)>{invoice.number.clone()}</a></td>
                        <td data-label=w::DUE>{when::day(invoice.due_on)}</td>
                        <td data-label=w::OPEN class="amount"><Amount value=invoice.open/></td>
                        <td data-label=w::AMOUNT>
                            <Field name=format!("invoice-{row}") label=w::gets(&invoice.number) value=typed amount=true
                                error=sending.wrong(format!("apply.{row}.amount"))/>
                        </td>
                    </tr>
                }).collect_view()}</tbody>
            </Table>
        </Show>
        <p role="status" class="soft">{move || applying.applied().map(|applied| w::comes_to(applied, amount.get()))}</p>
    }
}
