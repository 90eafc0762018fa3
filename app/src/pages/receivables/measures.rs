//! How well months were collected.

use super::Ways;
use crate::api::receivable_reports::load_measures;
use crate::pages::frame::{Problem, Staff};
use crate::pages::when;
use crate::ui::{
    Amount, Button, Card, Chart, ChartKind, ChartPoint, Choice, Page, SelectField, Skeleton, Table,
};
use crate::words::{common, receivables as w};
use domain::ids::StoreId;
use domain::money::Money;
use domain::rate::Rate;
use domain::receivable::{Countback, MeasuredMonth, Measures, MeasuresSheet, MonthFacts, Outlier, TenthDays};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use std::fmt::Display;

/// So many invoices that stretch the days outstanding are named.
const OUTLIERS: usize = 10;

#[component]
pub fn MeasuresPage() -> impl IntoView {
    view! { <Title text=w::MEASURES/> <Staff current="/receivables"><Measured/></Staff> }
}

#[component]
fn Measured() -> impl IntoView {
    let query = use_query_map();
    let store = Memo::new(move |_| query.read().get("store").and_then(|id| id.parse::<StoreId>().ok()));
    let found = Resource::new(|| (), |()| load_measures());
    view! {
        <Page title=w::TITLE lead=w::MEASURES>
            <Ways current="/receivables/measures"/>
            <Suspense fallback=|| view! { <Skeleton count=10/> }>
                {move || {
                    let store = store.get();
                    Suspend::new(async move {
                        match found.await {
                            Err(error) => view! { <Problem error/> }.into_any(),
                            Ok(sheet) => measured(sheet, store).into_any(),
                        }
                    })
                }}
            </Suspense>
        </Page>
    }
}

fn told(value: Option<impl Display>) -> String {
    value.map_or_else(|| w::NOT_AVAILABLE.to_owned(), |value| value.to_string())
}

fn measured(sheet: MeasuresSheet, store: Option<StoreId>) -> impl IntoView {
    let of_store = sheet.stores.iter().find(|one| Some(one.store) == store);
    let months = of_store.map_or_else(|| sheet.months.clone(), |one| one.months.clone());
    let mut stretching = sheet.outliers.clone();
    stretching.retain(|one| of_store.is_none_or(|of| of.store == one.store));
    stretching.truncate(OUTLIERS);
    let value = RwSignal::new(of_store.map(|one| one.store.to_string()).unwrap_or_default());
    let choices: Vec<Choice> =
        sheet.stores.iter().map(|one| Choice::new(one.store.to_string(), one.name.clone())).collect();
    let drawn = DRAWN.map(|one| one.chart(&months)).collect_view();
    let (ends, sales) = (month_ends(&months), sales(&months));
    view! {
        {(choices.len() > 1).then(|| view! {
            <form class="list-tools" method="get" action="/receivables/measures">
                <SelectField name="store" label=w::STORE value choices none=w::ALL_STORES/>
                <Button label=common::SHOW submit=true/>
            </form>
        })}
        <p class="soft">{w::ABOUT_MEASURES}</p>
        <div class="report-columns">
            {drawn}
            <Card title=w::AT_MONTH_END>
                <Chart title=w::AT_MONTH_END id="owed-by-month" points=ends axis=money_axis as_table=w::AS_TABLE
                    columns=vec![w::MONTH, w::OWED, w::OVERDUE_PART_COLUMN]/>
            </Card>
            <Card title=w::CREDIT_SALES>
                <Chart title=w::CREDIT_SALES id="credit-sales" points=sales axis=money_axis as_table=w::AS_TABLE
                    columns=vec![w::MONTH, w::CREDIT_SALES]/>
            </Card>
        </div>
        {all_of(&months)}
        {outliers(stretching)}
    }
}

/// `March 2026`; the month that goes on says so.
fn month_name(month: &MeasuredMonth, last: bool) -> String {
    let name = month.from.format("%B %Y").to_string();
    if last { format!("{name} {}", w::SO_FAR) } else { name }
}

fn points(
    months: &[MeasuredMonth],
    value: impl Fn(&MeasuredMonth) -> (Option<i64>, Option<i64>),
    told: impl Fn(&MeasuredMonth) -> Vec<String>,
) -> Vec<ChartPoint> {
    let point = |(at, month): (usize, &MeasuredMonth)| {
        let (value, part) = value(month);
        let name = month_name(month, at + 1 == months.len());
        ChartPoint { name, label: month.from.format("%b").to_string(), value, part, told: told(month) }
    };
    months.iter().enumerate().map(point).collect()
}

/// A measure as it is drawn over the months.
#[derive(Debug, Clone, Copy)]
struct Drawn {
    title: &'static str,
    id: &'static str,
    value: fn(&Measures) -> Option<i64>,
    told: fn(&Measures) -> String,
    axis: fn(i64) -> String,
}

const fn in_days(days: TenthDays) -> i64 {
    days.0
}

const DRAWN: [Drawn; 9] = [
    Drawn {
        title: w::DSO,
        id: "dso",
        value: |of| of.dso.map(in_days),
        told: |of| told(of.dso),
        axis: tenths,
    },
    Drawn {
        title: w::DSO_OF_YEAR,
        id: "dso-of-year",
        value: |of| of.dso_of_year.map(in_days),
        told: |of| told(of.dso_of_year),
        axis: tenths,
    },
    Drawn {
        title: w::COUNTBACK,
        id: "countback",
        value: |of| of.countback.map(Countback::tenths),
        told: |of| told(of.countback),
        axis: tenths,
    },
    Drawn {
        title: w::BEST,
        id: "best-possible",
        value: |of| of.best_possible.map(in_days),
        told: |of| told(of.best_possible),
        axis: tenths,
    },
    Drawn {
        title: w::DELINQUENT,
        id: "delinquent",
        value: |of| of.delinquent.map(in_days),
        told: |of| told(of.delinquent),
        axis: tenths,
    },
    Drawn {
        title: w::DAYS_TO_PAY,
        id: "days-to-pay",
        value: |of| of.days_to_pay.map(in_days),
        told: |of| told(of.days_to_pay),
        axis: tenths,
    },
    Drawn {
        title: w::RATE,
        id: "collection-rate",
        value: |of| of.collection_rate.map(Rate::ppm),
        told: |of| told(of.collection_rate),
        axis: hundredths,
    },
    Drawn {
        title: w::EFFECTIVENESS,
        id: "effectiveness",
        value: |of| of.effectiveness.map(Rate::ppm),
        told: |of| told(of.effectiveness),
        axis: hundredths,
    },
    Drawn {
        title: w::PROMISES,
        id: "promises-kept",
        value: |of| of.promises_kept.map(Rate::ppm),
        told: |of| told(of.promises_kept),
        axis: hundredths,
    },
];

impl Drawn {
    fn chart(self, months: &[MeasuredMonth]) -> impl IntoView + use<> {
        let Self { title, id, value, told, axis } = self;
        let points =
            points(months, |month| (value(&month.measures), None), |month| vec![told(&month.measures)]);
        view! {
            <Card title=title>
                <Chart title=title id kind=ChartKind::Line points axis as_table=w::AS_TABLE columns=vec![w::MONTH, title]/>
            </Card>
        }
    }
}

fn sales(months: &[MeasuredMonth]) -> Vec<ChartPoint> {
    let of = |month: &MeasuredMonth| month.facts.credit_sales;
    points(months, |month| (Some(of(month).minor()), None), |month| vec![of(month).to_string()])
}

/// What was owed when each month ended, with what of it was overdue.
pub(super) fn month_ends(months: &[MeasuredMonth]) -> Vec<ChartPoint> {
    let overdue = |month: &MeasuredMonth| month.facts.ending.minus(month.facts.current).unwrap_or_default();
    points(
        months,
        |month| (Some(month.facts.ending.minor()), Some(overdue(month).minor())),
        |month| vec![month.facts.ending.to_string(), overdue(month).to_string()],
    )
}

/// Whole amounts, thousands shortened.
pub(super) fn money_axis(minor: i64) -> String {
    match minor / 100 {
        whole @ 10_000.. => format!("{}k", whole / 1_000),
        whole => Money::from_minor(whole * 100).to_string().trim_end_matches(".00").to_owned(),
    }
}

fn tenths(tenths: i64) -> String {
    (tenths / 10).to_string()
}

fn hundredths(ppm: i64) -> String {
    format!("{} %", ppm / 10_000)
}

/// What each store collected of what was due, last month and in this one so far, side by side.
pub(super) fn collection_rates(sheet: &MeasuresSheet) -> impl IntoView + use<> {
    let row = |name: String, months: &[MeasuredMonth]| {
        let mut newest = months.iter().rev();
        let (now, last) = (newest.next(), newest.next());
        let rate = |month: Option<&MeasuredMonth>| month.and_then(|month| month.measures.collection_rate);
        let whole = |rate: Rate| rate.ppm().clamp(0, Rate::ONE.ppm()) / 10_000;
        let label = w::rate_of(&name);
        let month = last.map(|month| month.from.format("%B").to_string()).unwrap_or_default();
        view! {
            <li class="rate">
                <span>{name}</span>
                <strong class="amount">{told(rate(last))}</strong>
                <progress class="progress-bar" max="100" value=rate(last).map(whole).unwrap_or_default() aria-label=label></progress>
                <span class="soft small">{month} "; " {told(rate(now))} " " {w::SO_FAR}</span>
            </li>
        }
    };
    let mut rows = Vec::with_capacity(sheet.stores.len() + 1);
    if sheet.stores.len() > 1 {
        rows.push(row(w::ALL_STORES.to_owned(), &sheet.months));
    }
    rows.extend(sheet.stores.iter().map(|store| row(store.name.clone(), &store.months)));
    view! { <ul class="rates">{rows}</ul> }
}

/// The first month in which there was anything: what lies before has no measures.
fn begun(months: &[MeasuredMonth]) -> usize {
    let first = months.iter().position(|month| month.facts != MonthFacts::default());
    first.unwrap_or(months.len().saturating_sub(1))
}

/// All measures, the newest month first.
fn all_of(months: &[MeasuredMonth]) -> impl IntoView + use<> {
    let (last, begun) = (months.len(), begun(months));
    let rows = months.iter().enumerate().skip(begun).rev().map(|(at, month)| {
        let of = month.measures;
        let cells = [
            (w::DSO, told(of.dso)),
            (w::DSO_OF_YEAR, told(of.dso_of_year)),
            (w::COUNTBACK, told(of.countback)),
            (w::BEST, told(of.best_possible)),
            (w::DELINQUENT, told(of.delinquent)),
            (w::EFFECTIVENESS, told(of.effectiveness)),
            (w::RATE, told(of.collection_rate)),
            (w::DAYS_TO_PAY, told(of.days_to_pay)),
            (w::PROMISES, told(of.promises_kept)),
        ];
        view! {
            <tr>
                <td class="cell-main">{month_name(month, at + 1 == last)}</td>
                {cells.map(|(label, value)| view! { <td data-label=label class="amount">{value}</td> }).collect_view()}
            </tr>
        }
    });
    let heads = [
        w::DSO,
        w::DSO_OF_YEAR,
        w::COUNTBACK,
        w::BEST,
        w::DELINQUENT,
        w::EFFECTIVENESS,
        w::RATE,
        w::DAYS_TO_PAY,
        w::PROMISES,
    ];
    let rows = rows.collect_view();
    view! {
        <Card title=w::TREND flush=true>
            <Table label=w::TREND wide=true>
                <thead class="heads-wrap"><tr><th>{w::MONTH}</th>{heads.map(|head| view! { <th class="amount">{head}</th> }).collect_view()}</tr></thead>
                <tbody>{rows}</tbody>
            </Table>
        </Card>
    }
}

fn outliers(list: Vec<Outlier>) -> impl IntoView {
    let none = list.is_empty().then_some(view! { <p class="soft card-foot">{w::NO_OUTLIERS}</p> });
    let rows = list.into_iter().map(|one| view! {
        <tr class="row-opens">
            <td class="cell-main"><a class="code" href=format!("/invoices/{}", one.invoice)>{one.number}</a> <span class="cell-sub">{one.customer.name}</span></td>
            <td data-label=w::DATED>{when::day(one.invoiced_on)}</td>
            <td data-label=w::AGE class="amount">{w::days(one.days)}</td>
            <td data-label=w::OWED class="amount"><Amount value=one.open/></td>
            <td data-label=w::TRUE_DSO class="amount">{told(one.true_dso)}</td>
        </tr>
    });
    let rows = rows.collect_view();
    view! {
        <Card title=w::OUTLIERS flush=true>
            {match none {
                Some(none) => none.into_any(),
                None => view! {
                    <Table label=w::OUTLIERS>
                        <thead><tr>
                            <th>{w::INVOICE}</th><th>{w::DATED}</th><th class="amount">{w::AGE}</th><th class="amount">{w::OWED}</th><th class="amount">{w::TRUE_DSO}</th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </Table>
                }.into_any(),
            }}
        </Card>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_at_the_axes() {
        for (minor, words) in
            [(0, "0"), (50_000, "500"), (200_000, "2,000"), (1_000_000, "10k"), (123_456_700, "1234k")]
        {
            assert_eq!(money_axis(minor), words);
        }
        assert_eq!((tenths(450), hundredths(750_000)), ("45".to_owned(), "75 %".to_owned()));
    }
}
