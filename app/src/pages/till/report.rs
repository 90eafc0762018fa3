//! One reading of a till: its figures on the screen, and the strip of paper that goes into the bag.

use crate::api::till::load_till_report;
use crate::client::print_page;
use crate::error::{AppError, ErrorKind};
use crate::pages::frame::{Problem, Staff};
use crate::pages::when;
use crate::ui::{Amount, Button, Card, IconName, LinkButton, Page, Skeleton};
use crate::words::{common, returns, till as w};
use domain::ids::TillSessionId;
use domain::money::Money;
use domain::till::{ReportLine, TillReport};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// `Z report 7`, or the X of a till that is still open.
fn name(report: &TillReport) -> String {
    match report.number {
        Some(number) => format!("{} {number}", w::Z_REPORT),
        None => w::X_REPORT.to_owned(),
    }
}

/// First and last receipt number.
fn receipts(report: &TillReport) -> String {
    let both = [report.first_receipt.clone(), report.last_receipt.clone()];
    both.into_iter().flatten().collect::<Vec<_>>().join(" – ")
}

/// The named sums in the order of the report. An X does not say what should be in the drawer: the count
/// is blind.
fn sums(report: &TillReport) -> Vec<(String, Money)> {
    let counted = |lines: &[ReportLine]| {
        lines.iter().map(|line| (format!("{} × {}", line.label, line.count), line.amount)).collect::<Vec<_>>()
    };
    let mut sums = vec![
        (w::SUBTOTAL.to_owned(), report.subtotal),
        (w::DISCOUNTS.to_owned(), report.discounts.negated().unwrap_or_default()),
        (w::NET.to_owned(), report.net),
        (w::TAX.to_owned(), report.tax),
        (returns::RETURNED_WITH_TAX.to_owned(), report.returned.negated().unwrap_or_default()),
        (w::TOTAL.to_owned(), report.total),
    ];
    sums.extend(counted(&report.tenders));
    sums.extend(counted(&report.taxes));
    let on_account = |(name, amount)| (format!("{}: {name}", w::ON_ACCOUNT), amount);
    sums.extend(counted(&report.on_account).into_iter().map(on_account));
    sums.push((w::FLOAT.to_owned(), report.float));
    sums.push((w::DROPS.to_owned(), report.drops));
    sums.push((w::PAID_IN.to_owned(), report.paid_in));
    sums.push((w::PAID_OUT.to_owned(), report.paid_out));
    sums.extend(report.expected.map(|expected| (w::EXPECTED.to_owned(), expected)));
    if let Some(counted) = &report.counted {
        sums.push((w::COUNTED.to_owned(), counted.counted));
        sums.push((w::OVER_SHORT.to_owned(), counted.over_short));
    }
    sums
}

/// The figures as a card, with the way to the paper.
#[component]
pub fn Figures(report: TillReport) -> impl IntoView {
    let (heading, receipts, sums) = (name(&report), receipts(&report), sums(&report));
    let paper = format!("/till/sessions/{}", report.session_id);
    view! {
        <Card title=heading actions=move || view! { <LinkButton href=paper label=w::PRINTED icon=IconName::Print/> }>
            <p class="soft">
                {report.store_name} ", " {report.till_name} " · " {when::day(report.business_date)} " · "
                {w::OPENED} " " {when::time(report.opened_at)} " " {report.opened_by}
            </p>
            <dl class="facts">
                <div class="fact"><dt>{w::SALES}</dt><dd>{report.sales}</dd></div>
                <div class="fact"><dt>{w::VOIDS}</dt><dd>{report.voids}</dd></div>
                <div class="fact"><dt>{w::NO_SALES}</dt><dd>{report.no_sales}</dd></div>
                <div class="fact fact-wide"><dt>{w::RECEIPTS}</dt><dd class="code">{receipts}</dd></div>
                {sums.into_iter().map(|(name, value)| view! {
                    <div class="fact"><dt>{name}</dt><dd><Amount value/></dd></div>
                }).collect_view()}
            </dl>
        </Card>
    }
}

#[component]
pub fn TillReportPage() -> impl IntoView {
    view! { <Title text=w::Z_REPORT/> <Staff current="/till"><One/></Staff> }
}

#[component]
fn One() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").and_then(|id| id.parse::<TillSessionId>().ok()));
    let report = Resource::new(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => load_till_report(id).await,
                None => Err(AppError::new(ErrorKind::NotFound, common::PAGE_UNKNOWN)),
            }
        },
    );
    view! {
        <Suspense fallback=|| view! { <Skeleton count=6/> }>
            {move || Suspend::new(async move {
                match report.await {
                    Err(error) => view! { <div class="page"><Problem error/></div> }.into_any(),
                    Ok(report) => view! {
                        <Page
                            title=name(&report)
                            lead=if report.number.is_some() { w::Z_LEAD } else { w::X_LEAD }
                            back=("/till/history".to_owned(), w::HISTORY.to_owned())
                            actions=|| view! { <Button label=w::PRINT icon=IconName::Print on:click=move |_| print_page()/> }
                        >
                            <div class="receipt-preview"><Strip report/></div>
                        </Page>
                    }.into_any(),
                }
            })}
        </Suspense>
    }
}

/// The report on 80 mm paper.
#[component]
fn Strip(report: TillReport) -> impl IntoView {
    let (heading, receipts, sums) = (name(&report), receipts(&report), sums(&report));
    let at = |label: &'static str, at: Option<chrono::DateTime<chrono::FixedOffset>>, by: Option<String>| {
        at.map(|at| view! { <span>{label} " " {when::time(at)} " " {by}</span> })
    };
    let label = heading.clone();
    let reason = report.counted.and_then(|counted| counted.reason);
    view! {
        <article class="receipt print-area" aria-label=label>
            <header class="receipt-head">
                <span class="receipt-store">{report.store_name}</span>
                <span>{report.till_name}</span>
                <span class="receipt-store">{heading}</span>
            </header>
            <div class="receipt-about">
                <span>{when::day(report.business_date)}</span>
                {at(w::OPENED, Some(report.opened_at), Some(report.opened_by))}
                {at(w::CLOSED_AT, report.closed_at, report.closed_by)}
            </div>
            <dl class="receipt-totals receipt-figures">
                <div class="totals-row"><dt>{w::SALES}</dt><dd>{report.sales}</dd></div>
                <div class="totals-row"><dt>{w::VOIDS}</dt><dd>{report.voids}</dd></div>
                <div class="totals-row"><dt>{w::NO_SALES}</dt><dd>{report.no_sales}</dd></div>
                {sums.into_iter().map(|(name, value)| view! {
                    <div class="totals-row"><dt>{name}</dt><dd><Amount value/></dd></div>
                }).collect_view()}
            </dl>
            <footer class="receipt-foot">
                <span>{w::RECEIPTS} " " {receipts}</span>
                {reason.map(|reason| view! { <span>{common::REASON} ": " {reason}</span> })}
                <span class="receipt-sign">{w::SIGNED}</span>
            </footer>
        </article>
    }
}
