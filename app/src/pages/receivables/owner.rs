//! The owner's look at what is owed, made for a phone and renewed while one looks.

use super::measures::{collection_rates, money_axis, month_ends};
use super::{DESK, OVERVIEW, Ways, percent};
use crate::api::receivable_reports::{load_measures, load_owed};
use crate::live::renew_on;
use crate::pages::frame::{Place, Problem, Staff};
use crate::pages::paging::address;
use crate::pages::when;
use crate::ui::{Amount, Card, Chart, EmptyState, FigureCard, Icon, IconName, LinkButton, Page, Skeleton};
use crate::words::receivables as w;
use domain::live::NewsKind;
use domain::money::Money;
use domain::person::Permission;
use domain::receivable::{AgingKey, AgingLine, AgingSums, Bucket, MeasuresSheet, OwedSheet, StoreOwed};
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn OwnerPage() -> impl IntoView {
    view! { <Title text=w::TITLE/> <Staff current="/receivables"><Owed/></Staff> }
}

#[component]
fn Owed() -> impl IntoView {
    let owed = Resource::new(|| (), |()| load_owed());
    // Months are worked out from a year of movements, and hardly change with a payment: they are looked at once.
    let months = Resource::new(|| (), |()| load_measures());
    renew_on(&[NewsKind::Receivables], move || owed.refetch());
    view! {
        // What is shown stays while the next figures are on their way.
        <Transition fallback=|| view! { <div class="page"><Skeleton count=8/></div> }>
            {move || Suspend::new(async move {
                match (owed.await, months.await) {
                    (Err(error), _) | (_, Err(error)) => view! { <div class="page"><Problem error/></div> }.into_any(),
                    (Ok(owed), Ok(months)) => overview(owed, months).into_any(),
                }
            })}
        </Transition>
    }
}

fn overview(sheet: OwedSheet, months: MeasuresSheet) -> impl IntoView {
    let (owed, overdue) = totals(&sheet.totals);
    let nothing = owed.is_zero() && sheet.totals.unapplied.is_zero();
    let (rates, ends) = (collection_rates(&months), month_ends(&months.months));
    let worst_first = address("/receivables/aging", &[("sort", "overdue")]);
    view! {
        <Page title=w::TITLE lead=w::as_it_stands(&when::time(sheet.at))>
            <Ways current=OVERVIEW/>
            {nothing.then(|| view! { <EmptyState icon=IconName::Check title=w::NOTHING_OWED text=w::NOTHING_OWED_TEXT/> })}
            <div class="figures figures-money">
                <FigureCard name=w::OWED value=owed.to_string() href="/receivables/aging" note=w::accounts(sheet.customers)/>
                <FigureCard name=w::OVERDUE value=overdue.to_string() href=worst_first note=w::share(percent(overdue, owed))/>
                <FigureCard name=w::UNAPPLIED value=sheet.totals.unapplied.negated().unwrap_or_default().to_string() href=address("/receivables/aging", &[("sort", "unapplied")]) note=w::NOT_TAKEN_OFF/>
                {broken_promises(sheet.alerts.broken_promises)}
            </div>
            <div class="report-columns">
                <Card title=w::BY_AGE>{ages(&sheet.totals)}</Card>
                <div class="report-tall"><Card title=w::WORST flush=true>{worst(sheet.worst)}</Card></div>
                {(sheet.stores.len() > 1).then(|| view! { <Card title=w::STORES flush=true>{stores(sheet.stores)}</Card> })}
                <Card title=w::COLLECTED>{rates}</Card>
                <Card title=w::AT_MONTH_END>
                    <Chart title=w::AT_MONTH_END id="owed-by-month" points=ends axis=money_axis as_table=w::AS_TABLE
                        columns=vec![w::MONTH, w::OWED, w::OVERDUE_PART_COLUMN]/>
                </Card>
            </div>
        </Page>
    }
}

/// Leads whoever may work with overdue accounts to the desk, which says who it was.
fn broken_promises(count: u64) -> impl IntoView {
    let place = use_context::<Signal<Place>>();
    let may = move || {
        place.is_some_and(|place| place.with(|place| place.permissions.contains(&Permission::Collect)))
    };
    move || {
        let count = count.to_string();
        if may() {
            view! { <FigureCard name=w::BROKEN value=count href=DESK note=w::STILL_OWED/> }.into_any()
        } else {
            view! { <FigureCard name=w::BROKEN value=count note=w::STILL_OWED/> }.into_any()
        }
    }
}

fn totals(sums: &AgingSums) -> (Money, Money) {
    (sums.owed().unwrap_or_default(), sums.overdue().unwrap_or_default())
}

/// The columns of the aging as one bar, and each in words with its amount.
fn ages(sums: &AgingSums) -> impl IntoView + use<> {
    const WIDE: i64 = 600;
    let all = Money::sum(sums.buckets.iter().map(|amount| (*amount).max(Money::ZERO))).unwrap_or_default();
    let mut at = 0;
    let parts = (0..).zip(sums.buckets).map(|(n, amount): (usize, Money)| {
        let wide = amount.max(Money::ZERO).share(WIDE, all.minor().max(1)).map_or(0, Money::minor);
        let part =
            view! { <rect class=format!("age-{n}") x=at y="0" width=(wide - 2).max(0) height="20" rx="3"/> };
        at += wide;
        part
    });
    let parts: Vec<_> = parts.collect();
    let rows = (0..).zip(Bucket::ALL.iter().zip(sums.buckets)).map(|(n, (bucket, amount)): (usize, _)| view! {
        <li class="age">
            <svg class="age-mark" viewBox="0 0 12 12" aria-hidden="true"><rect class=format!("age-{n}") width="12" height="12" rx="3"/></svg>
            <span>{age_name(*bucket)}</span>
            <span class="soft small">{format!("{} %", percent(amount.max(Money::ZERO), all))}</span>
            <Amount value=amount/>
        </li>
    });
    view! {
        // The list beneath says the same in words.
        <svg class="age-bar" viewBox=format!("0 0 {WIDE} 20") preserveAspectRatio="none" aria-hidden="true">{parts}</svg>
        <ul class="ages">{rows.collect_view()}</ul>
    }
}

fn age_name(bucket: Bucket) -> String {
    match bucket {
        Bucket::Current => "Not due yet".to_owned(),
        other => format!("{} days", other.label()),
    }
}

/// Those with the most overdue; each leads to their account.
fn worst(lines: Vec<AgingLine>) -> impl IntoView {
    if lines.is_empty() {
        return view! { <EmptyState icon=IconName::Check title=w::NOTHING_OVERDUE text=w::NOTHING_OVERDUE_TEXT/> }.into_any();
    }
    let rows = lines.into_iter().map(|line| {
        let (owed, overdue) = totals(&line.sums);
        let href = match line.key {
            AgingKey::Customer(id) => format!("/customers/{id}/account"),
            _ => "/receivables/aging".to_owned(),
        };
        view! {
            <li><a class="hit" href=href>
                <span class="hit-words"><span>{line.name}</span><span class="soft small">{w::OWED} " " {owed.to_string()}</span></span>
                <span class="hit-end overdue-amount"><Amount value=overdue/></span>
            </a></li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <ul class="hits hits-flush">{rows}</ul>
        <div class="card-foot"><LinkButton href="/receivables/aging" label=w::ALL_CUSTOMERS icon=IconName::Forward/></div>
    }
    .into_any()
}

fn stores(stores: Vec<StoreOwed>) -> impl IntoView {
    let rows = stores.into_iter().map(|store| {
        let (owed, overdue) = totals(&store.sums);
        let href = address("/receivables/aging", &[("store", &store.store.to_string())]);
        view! {
            <li><a class="hit" href=href>
                <span class="hit-words"><span>{store.name}</span><span class="soft small">{w::overdue(overdue)}</span></span>
                <span class="hit-end"><Amount value=owed/></span>
                <Icon name=IconName::Forward/>
            </a></li>
        }
    });
    view! { <ul class="hits hits-flush">{rows.collect_view()}</ul> }
}
