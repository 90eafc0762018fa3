//! The receipt, on the screen and on 80 mm paper.

use super::when;
use crate::ui::{Amount, Barcode};
use crate::words::{register as w, sales};
use domain::policy::StorePolicy;
use domain::sale::{SaleDetail, SaleLineFacts};
use domain::store::Store;
use leptos::prelude::*;

#[component]
pub fn Receipt(sale: SaleDetail, store: Store, policy: StorePolicy) -> impl IntoView {
    let facts = sale.facts;
    let place =
        [store.street, format!("{} {} {}", store.city, store.state, store.postal_code).trim().to_owned()];
    let place = place.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ");
    let off = facts.discount.negated().unwrap_or_default();
    view! {
        <article class="receipt print-area" aria-label=w::RECEIPT>
            <header class="receipt-head">
                <span class="receipt-store">{store.name}</span>
                <span>{place}</span>
                <span>{store.phone}</span>
                <span>{policy.receipt_header}</span>
            </header>
            <div class="receipt-about">
                <span>{sale.number.clone()}</span>
                <span>{when::day(sale.business_date)} ", " {when::time(sale.completed_at)}</span>
                <span>{sales::SOLD_BY_SHORT} {sale.cashier_name}</span>
                <span>{sale.customer_name}</span>
            </div>
            {sale.void.map(|void| view! { <p class="receipt-store">{sales::VOIDED} ": " {void.reason}</p> })}
            <table class="receipt-lines"><tbody>{facts.lines.into_iter().map(line).collect_view()}</tbody></table>
            <dl class="receipt-totals">
                <div class="totals-row"><dt>{w::SUBTOTAL}</dt><dd><Amount value=facts.subtotal/></dd></div>
                {(!facts.discount.is_zero()).then(|| view! {
                    <div class="totals-row"><dt>{w::DISCOUNT}</dt><dd><Amount value=off/></dd></div>
                })}
                <div class="totals-row"><dt>{w::SALES_TAX}</dt><dd><Amount value=facts.tax/></dd></div>
                <div class="totals-row totals-due"><dt>{w::TOTAL}</dt><dd><Amount value=facts.total/></dd></div>
                {facts.tenders.into_iter().map(|tender| view! {
                    <div class="totals-row">
                        <dt>{tender.kind.label} " " {tender.reference}</dt>
                        <dd><Amount value=tender.handed_over/></dd>
                    </div>
                }).collect_view()}
                {facts.change.is_positive().then(|| view! {
                    <div class="totals-row"><dt>{sales::CHANGE}</dt><dd><Amount value=facts.change/></dd></div>
                })}
            </dl>
            <footer class="receipt-foot">
                <span>{policy.return_policy}</span>
                <span>{policy.receipt_footer}</span>
                <Barcode value=sale.number/>
            </footer>
        </article>
    }
}

fn line(line: SaleLineFacts) -> impl IntoView {
    let off = line.line_discount.negated().unwrap_or_default();
    view! {
        <tr>
            <td>{line.description}<span class="receipt-sub">{line.tag}</span></td>
            <td class="amount"><Amount value=line.price/></td>
        </tr>
        {(!line.line_discount.is_zero()).then(|| view! {
            <tr><td><span class="receipt-sub">{sales::DISCOUNT}</span></td><td class="amount"><Amount value=off/></td></tr>
        })}
    }
}
