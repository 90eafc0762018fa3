//! The receipt: on the screen, on 80 mm paper, on a letter page.

use super::when;
use crate::client::print_page;
use crate::ui::{Amount, Barcode, Button, FileButton, IconName};
use crate::words::{accounts, register as w, returns, sales};
use domain::money::Money;
use domain::sale::{GIFT_PREFIX, ReturnedFacts, SaleLineFacts, SaleSheet};
use leptos::prelude::*;

/// What a receipt is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    #[default]
    Roll,
    Letter,
    /// For whoever gets it as a present.
    Gift,
}

/// A receipt as it will be printed, the choice of the paper, and the button.
#[component]
pub fn PrintedReceipt(sheet: SaleSheet) -> impl IntoView {
    let paper = RwSignal::new(Paper::default());
    let pdf = format!("/sales/{}/receipt.pdf", sheet.sale.facts.id);
    let gift = sheet.sale.void.is_none() && !sheet.sale.facts.lines.is_empty();
    let choice = move |of: Paper, label: &'static str| {
        view! {
            <button type="button" class="chip" aria-pressed=move || (paper.get() == of).to_string() on:click=move |_| paper.set(of)>
                {label}
            </button>
        }
    };
    view! {
        <div class="stack">
            <div class="row row-spread no-print">
                <div class="filters" role="group" aria-label=w::PAPER>{choice(Paper::Roll, w::ROLL)} {choice(Paper::Letter, w::LETTER)} {gift.then(|| choice(Paper::Gift, returns::GIFT_RECEIPT))}</div>
                <div class="row">
                    <Button label=w::PRINT icon=IconName::Print on:click=move |_| print_page()/>
                    <FileButton href=pdf label=accounts::PDF/>
                </div>
            </div>
            <div class="receipt-preview">
                {move || match paper.get() {
                    Paper::Roll => view! { <Receipt sheet=sheet.clone()/> }.into_any(),
                    Paper::Letter => view! { <Letter sheet=sheet.clone()/> }.into_any(),
                    Paper::Gift => view! { <GiftReceipt sheet=sheet.clone()/> }.into_any(),
                }}
            </div>
        </div>
    }
}

/// What both papers say about a sale, in words.
struct Said {
    place: String,
    when: String,
    sold_by: String,
    voided: Option<String>,
    exempt: Option<String>,
}

fn said(sheet: &SaleSheet) -> Said {
    let (store, sale) = (&sheet.store, &sheet.sale);
    let city = format!("{} {} {}", store.city, store.state, store.postal_code);
    let place = [store.street.trim(), city.trim()];
    Said {
        place: place.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", "),
        when: format!("{}, {}", when::day(sale.business_date), when::time(sale.completed_at)),
        sold_by: format!("{}{}", sales::SOLD_BY_SHORT, sale.sellers().join(", ")),
        voided: sale.void.as_ref().map(|void| format!("{}: {}", sales::VOIDED, void.reason)),
        exempt: sale.facts.exemption.as_ref().map(w::exempt),
    }
}

/// From the tag prices down to what was handed back.
#[component]
fn Totals(sheet: SaleSheet) -> impl IntoView {
    let (facts, charged) = (sheet.sale.facts, sheet.sale.charged);
    let off = facts.discount.negated().unwrap_or_default();
    let back = facts.returned_worth.negated().unwrap_or_default();
    let row = |label: &'static str, value: Money| {
        view! { <div class="totals-row"><dt>{label}</dt><dd><Amount value/></dd></div> }
    };
    view! {
        {row(w::SUBTOTAL, facts.subtotal)}
        {(!facts.discount.is_zero()).then(|| row(w::DISCOUNT, off))}
        {row(w::SALES_TAX, facts.tax)}
        {(!facts.returned_worth.is_zero()).then(|| row(returns::RETURNED_WITH_TAX, back))}
        <div class="totals-row totals-due"><dt>{w::TOTAL}</dt><dd><Amount value=facts.total/></dd></div>
        {(!facts.rounding.is_zero()).then(|| row(w::CASH_ROUNDING, facts.rounding))}
        {facts.tenders.into_iter().map(|tender| view! {
            <div class="totals-row">
                <dt>{tender.kind.label} " " {tender.reference}</dt>
                <dd><Amount value=tender.handed_over/></dd>
            </div>
        }).collect_view()}
        {charged.map(|charged| view! {
            <div class="totals-row">
                <dt>{accounts::INVOICE} " " <span class="code">{charged.number}</span></dt>
                <dd>{accounts::due_by(&when::day(charged.due_on))}</dd>
            </div>
        })}
        {facts.change.is_positive().then(|| row(sales::CHANGE, facts.change))}
    }
}

/// 80 mm wide.
#[component]
fn Receipt(sheet: SaleSheet) -> impl IntoView {
    let said = said(&sheet);
    let sale = sheet.sale.clone();
    view! {
        <article class="receipt print-area" aria-label=w::RECEIPT>
            <header class="receipt-head">
                <span class="receipt-store">{sheet.store.name.clone()}</span>
                <span>{said.place}</span>
                <span>{sheet.store.phone.clone()}</span>
                <span>{sheet.words.header.clone()}</span>
            </header>
            <div class="receipt-about">
                <span>{sale.number.clone()}</span>
                <span>{said.when}</span>
                <span>{said.sold_by}</span>
                <span>{sale.customer_name}</span>
            </div>
            {said.voided.map(|voided| view! { <p class="receipt-store">{voided}</p> })}
            <table class="receipt-lines"><tbody>
                {sale.facts.lines.into_iter().map(line).collect_view()}
                {sale.facts.returned.into_iter().map(returned_line).collect_view()}
            </tbody></table>
            <dl class="receipt-totals"><Totals sheet=sheet.clone()/></dl>
            {said.exempt.map(|exempt| view! { <p>{exempt}</p> })}
            <footer class="receipt-foot">
                <span>{sheet.words.return_policy}</span>
                <span>{sheet.words.footer}</span>
                <Barcode value=sale.number/>
            </footer>
        </article>
    }
}

fn line(line: SaleLineFacts) -> impl IntoView {
    let off = line.line_discount.negated().unwrap_or_default();
    view! {
        <tr>
            <td>
                {line.description}<span class="receipt-sub">{line.tag}</span>
                {line.portion.map(|portion| view! { <span class="receipt-sub">{portion.to_string()}</span> })}
            </td>
            <td class="amount"><Amount value=line.price/></td>
        </tr>
        {(!line.line_discount.is_zero()).then(|| view! {
            <tr><td><span class="receipt-sub">{sales::DISCOUNT}</span></td><td class="amount"><Amount value=off/></td></tr>
        })}
    }
}

fn returned_line(line: ReturnedFacts) -> impl IntoView {
    let back = line.net.negated().unwrap_or_default();
    view! {
        <tr>
            <td>{returns::RETURNED} " " {line.description}<span class="receipt-sub">{line.tag} ", " {line.number}</span></td>
            <td class="amount"><Amount value=back/></td>
        </tr>
        {(!line.fee.is_zero()).then(|| view! {
            <tr><td><span class="receipt-sub">{returns::FEE}</span></td><td class="amount"><Amount value=line.fee/></td></tr>
        })}
    }
}

/// A letter page, as an insurer or a company wants it.
#[component]
fn Letter(sheet: SaleSheet) -> impl IntoView {
    let said = said(&sheet);
    let sale = sheet.sale.clone();
    view! {
        <article class="sheet print-area" aria-label=w::RECEIPT>
            <header class="sheet-head">
                <div>
                    <p class="receipt-store">{sheet.store.name.clone()}</p>
                    <p>{said.place}</p>
                    <p>{sheet.store.phone.clone()}</p>
                    <p>{sheet.words.header.clone()}</p>
                </div>
                <div class="sheet-about">
                    <p class="receipt-store">{w::RECEIPT} " " {sale.number.clone()}</p>
                    <p>{said.when}</p>
                    <p>{said.sold_by}</p>
                    {sale.customer_name.map(|name| view! { <p>{sales::SOLD_TO} " " {name}</p> })}
                </div>
            </header>
            {said.voided.map(|voided| view! { <p class="receipt-store">{voided}</p> })}
            <table class="sheet-lines">
                <thead><tr>
                    <th scope="col">{sales::PIECES}</th><th scope="col">{sales::TAG}</th>
                    <th scope="col" class="amount">{sales::PRICE}</th><th scope="col" class="amount">{sales::DISCOUNT}</th>
                    <th scope="col" class="amount">{sales::NET}</th>
                </tr></thead>
                <tbody>
                    {sale.facts.lines.into_iter().map(sheet_line).collect_view()}
                    {sale.facts.returned.into_iter().map(returned_sheet_line).collect_view()}
                </tbody>
            </table>
            <dl class="sheet-totals"><Totals sheet=sheet.clone()/></dl>
            {said.exempt.map(|exempt| view! { <p>{exempt}</p> })}
            <footer class="sheet-foot">
                <p>{sheet.words.return_policy}</p>
                <p>{sheet.words.footer}</p>
                <Barcode value=sale.number/>
            </footer>
        </article>
    }
}

fn sheet_line(line: SaleLineFacts) -> impl IntoView {
    let off = line.net.minus(line.price).unwrap_or_default();
    view! {
        <tr>
            <td>
                {line.description}
                {line.portion.map(|portion| view! { <span class="receipt-sub">{portion.to_string()}</span> })}
            </td>
            <td>{line.tag}</td>
            <td class="amount"><Amount value=line.price/></td>
            <td class="amount">{(!off.is_zero()).then(|| view! { <Amount value=off/> })}</td>
            <td class="amount"><Amount value=line.net/></td>
        </tr>
    }
}

fn returned_sheet_line(line: ReturnedFacts) -> impl IntoView {
    let back = line.net.negated().unwrap_or_default();
    view! {
        <tr>
            <td>{returns::RETURNED} " " {line.description}</td>
            <td>{line.tag} ", " {line.number}</td>
            <td></td>
            <td class="amount">{(!line.fee.is_zero()).then(|| view! { {returns::FEE} " " <Amount value=line.fee/> })}</td>
            <td class="amount"><Amount value=back/></td>
        </tr>
    }
}

/// 80 mm wide, without prices and without the buyer; its code begins an exchange.
#[component]
fn GiftReceipt(sheet: SaleSheet) -> impl IntoView {
    let said = said(&sheet);
    let sale = sheet.sale;
    let code = format!("{GIFT_PREFIX}{}", sale.number);
    let here = |line: &SaleLineFacts| sale.may_come_back(line);
    let lines: Vec<SaleLineFacts> = sale.facts.lines.iter().filter(|line| here(line)).cloned().collect();
    view! {
        <article class="receipt print-area" aria-label=returns::GIFT_RECEIPT>
            <header class="receipt-head">
                <span class="receipt-store">{sheet.store.name}</span>
                <span>{said.place}</span>
                <span>{sheet.store.phone}</span>
            </header>
            <div class="receipt-about"><span>{returns::GIFT_RECEIPT}</span><span>{when::day(sale.business_date)}</span></div>
            <table class="receipt-lines"><tbody>
                {lines.into_iter().map(|line| view! { <tr><td>{line.description}<span class="receipt-sub">{line.tag}</span></td></tr> }).collect_view()}
            </tbody></table>
            <footer class="receipt-foot">
                <span>{returns::GIFT_TEXT}</span>
                <span>{sheet.words.return_policy}</span>
                <Barcode value=code/>
            </footer>
        </article>
    }
}
