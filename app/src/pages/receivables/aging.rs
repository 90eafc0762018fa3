//! How old what is owed is: by customer, store or associate, as of any day.

use super::{Ways, percent};
use crate::api::receivable_reports::{aging_in, load_aging};
use crate::pages::frame::{Problem, Staff};
use crate::pages::paging::{Paging, address, offset};
use crate::pages::when;
use crate::ui::{
    Amount, Button, ButtonKind, Choice, EmptyState, Field, FigureCard, Icon, IconName, Page, SelectField,
    Skeleton, Table,
};
use crate::words::{common, receivables as w};
use domain::money::Money;
use domain::receivable::{
    AgingAsked, AgingBasis, AgingBy, AgingKey, AgingLine, AgingSheet, AgingSort, AgingSums, Bucket,
    DatedBack, MovementKind,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn AgingPage() -> impl IntoView {
    view! { <Title text=w::AGING/> <Staff current="/receivables"><Aging/></Staff> }
}

#[component]
fn Aging() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        AgingAsked { offset: offset(&query), ..aging_in(|name| query.get(name)) }
    });
    let found = Resource::new(move || asked.get(), load_aging);
    view! {
        <Page title=w::TITLE lead=w::AGING>
            <Ways current="/receivables/aging"/>
            <Suspense fallback=|| view! { <Skeleton count=10/> }>
                {move || Suspend::new(async move {
                    let asked = asked.get_untracked();
                    match found.await {
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok(sheet) => aged(sheet, asked).into_any(),
                    }
                })}
            </Suspense>
        </Page>
    }
}

/// The address of the list, or of the file, narrowed like this.
fn narrowed(path: &str, asked: &AgingAsked, from: u64) -> String {
    let from = if from == 0 { String::new() } else { from.to_string() };
    let shown = |code: &'static str, standard: &str| if code == standard { "" } else { code };
    address(
        path,
        &[
            ("as_of", &asked.as_of.map(|day| day.to_string()).unwrap_or_default()),
            ("basis", shown(asked.basis.code(), AgingBasis::default().code())),
            ("by", shown(asked.by.code(), AgingBy::default().code())),
            ("store", &asked.store.map(|id| id.to_string()).unwrap_or_default()),
            ("associate", &asked.associate.map(|id| id.to_string()).unwrap_or_default()),
            ("tag", asked.tag.as_deref().unwrap_or_default()),
            ("sort", shown(asked.sort.code(), AgingSort::default().code())),
            ("from", &from),
        ],
    )
}

fn aged(sheet: AgingSheet, asked: AgingAsked) -> impl IntoView {
    let owed = |sums: &AgingSums| sums.owed().unwrap_or_default();
    let overdue = sheet.totals.overdue().unwrap_or_default();
    let share = w::share(percent(overdue, owed(&sheet.totals)));
    let (totals, as_of) = (sheet.totals, when::day(sheet.as_of));
    let note = match asked.as_of {
        Some(_) => w::as_of(&as_of),
        None => w::as_of(&format!("{as_of}, now")),
    };
    view! {
        {filters(&sheet, &asked)}
        <div class="figures">
            <FigureCard name=w::OWED value=owed(&totals).to_string() note=note/>
            <FigureCard name=w::OVERDUE value=overdue.to_string() note=share/>
            <FigureCard name=w::UNAPPLIED value=totals.unapplied.negated().unwrap_or_default().to_string() note=w::NOT_TAKEN_OFF/>
        </div>
        {dated_back(sheet.dated_back)}
        {listed(sheet.lines, sheet.count, totals, &asked)}
    }
}

/// Everything the list can be narrowed by; all of it stands in the address.
fn filters(sheet: &AgingSheet, asked: &AgingAsked) -> impl IntoView + use<> {
    let text = |text: String| RwSignal::new(text);
    let as_of = text(asked.as_of.map(|day| day.to_string()).unwrap_or_default());
    let (basis, by) = (text(asked.basis.code().to_owned()), text(asked.by.code().to_owned()));
    let store = text(asked.store.map(|id| id.to_string()).unwrap_or_default());
    let associate = text(asked.associate.map(|id| id.to_string()).unwrap_or_default());
    let (tag, sort) = (text(asked.tag.clone().unwrap_or_default()), text(asked.sort.code().to_owned()));
    let bases = AgingBasis::ALL.iter().map(|one| Choice::new(one.code(), one.label())).collect::<Vec<_>>();
    let lines = AgingBy::ALL.iter().map(|one| Choice::new(one.code(), one.label())).collect::<Vec<_>>();
    let sorts = AgingSort::ALL.iter().map(|one| Choice::new(one.code(), one.label())).collect::<Vec<_>>();
    let stores: Vec<_> =
        sheet.stores.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone())).collect();
    let people: Vec<_> =
        sheet.associates.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone())).collect();
    let tags: Vec<_> = sheet.tags.iter().map(|tag| Choice::new(tag.clone(), tag.clone())).collect();
    let file = narrowed("/receivables/aging.csv", asked, 0);
    view! {
        <form class="list-filters" method="get" action="/receivables/aging" role="search" aria-label=w::AGING>
            <Field name="as_of" label=w::AS_OF_OR_NOW kind="date" value=as_of/>
            <SelectField name="basis" label=w::AGE_FROM value=basis choices=bases/>
            <SelectField name="by" label=w::LINES value=by choices=lines/>
            {(stores.len() > 1).then(|| view! { <SelectField name="store" label=w::STORE value=store choices=stores none=w::ALL_STORES/> })}
            <SelectField name="associate" label=w::SOLD_BY value=associate choices=people none=w::ANYBODY/>
            {(!tags.is_empty()).then(|| view! { <SelectField name="tag" label=w::TAG value=tag choices=tags none=w::ANY_TAG/> })}
            // Where there is room, the heads of the columns do this.
            <div class="aging-order"><SelectField name="sort" label=w::ORDER value=sort choices=sorts/></div>
            <div class="row">
                <Button label=common::SHOW kind=ButtonKind::Primary submit=true/>
                // The whole page is left for a file, so the router must not take the address for a page.
                <a class="button button-secondary" href=file rel="external" download="aging.csv">
                    <Icon name=IconName::Download/> <span>{w::DOWNLOAD}</span>
                </a>
            </div>
        </form>
    }
}

fn amount_or_blank(amount: Money) -> impl IntoView {
    (!amount.is_zero()).then(|| view! { <Amount value=amount/> })
}

/// Where a line opens.
fn opens(line: &AgingLine, asked: &AgingAsked) -> Option<String> {
    let customers = |narrower: AgingAsked| {
        narrowed("/receivables/aging", &AgingAsked { by: AgingBy::Customer, ..narrower }, 0)
    };
    match &line.key {
        AgingKey::Customer(id) => Some(format!("/customers/{id}/account")),
        AgingKey::Store(id) => Some(customers(AgingAsked { store: Some(*id), ..asked.clone() })),
        AgingKey::Associate(id) => Some(customers(AgingAsked { associate: Some(*id), ..asked.clone() })),
        AgingKey::Tag(tag) => Some(customers(AgingAsked { tag: Some(tag.clone()), ..asked.clone() })),
        AgingKey::NoAssociate | AgingKey::NoTag => None,
    }
}

fn row(line: AgingLine, asked: &AgingAsked) -> impl IntoView + use<> {
    let href = opens(&line, asked);
    let AgingLine { key, name, number, sums } = line;
    let owed = sums.owed().unwrap_or_default();
    let main = match href {
        Some(href) => {
            view! { <a href=href>{name}</a> <span class="cell-sub code">{number}</span> }.into_any()
        }
        None if key == AgingKey::NoTag => w::NO_TAG.into_any(),
        None => view! { {w::NOBODY} <span class="cell-sub">{w::NOBODY_TOLD}</span> }.into_any(),
    };
    let buckets = Bucket::ALL.iter().zip(sums.buckets).map(|(bucket, amount)| {
        view! {
            <td data-label=bucket.label() class="amount">{amount_or_blank(amount)}</td>
        }
    });
    view! {
        <tr class="row-opens">
            <td class="cell-main">{main}</td>
            <td data-label=w::OWED class="amount"><strong><Amount value=owed/></strong></td>
            {buckets.collect_view()}
            <td data-label=w::UNAPPLIED_SHORT class="amount">{amount_or_blank(sums.unapplied.negated().unwrap_or_default())}</td>
        </tr>
    }
}

/// The head of a column that orders the list.
fn head(label: &'static str, sort: AgingSort, asked: &AgingAsked) -> impl IntoView + use<> {
    let current = asked.sort == sort;
    let direction = if sort == AgingSort::Name { "ascending" } else { "descending" };
    let href = narrowed("/receivables/aging", &AgingAsked { sort, ..asked.clone() }, 0);
    view! {
        <th class:amount=sort != AgingSort::Name aria-sort=current.then_some(direction)>
            <a class="sort" href=href>{label} {current.then(|| view! { <Icon name=IconName::Sort/> })}</a>
        </th>
    }
}

fn listed(lines: Vec<AgingLine>, count: u64, totals: AgingSums, asked: &AgingAsked) -> AnyView {
    if lines.is_empty() {
        return view! { <EmptyState icon=IconName::Check title=w::NOTHING_OWED text=w::NOTHING_OWED_TEXT/> }
            .into_any();
    }
    let shown = lines.len() as u64;
    let first = match asked.by {
        AgingBy::Customer => w::CUSTOMER,
        AgingBy::Store => w::STORE,
        AgingBy::Associate => w::ASSOCIATE,
        AgingBy::Tag => w::ONE_TAG,
    };
    let between = Bucket::ALL.iter().filter(|bucket| **bucket != Bucket::Over120);
    let between: Vec<_> = between.map(|bucket| view! { <th class="amount">{bucket.label()}</th> }).collect();
    let rows: Vec<_> = lines.into_iter().map(|line| row(line, asked)).collect();
    let sums = Bucket::ALL.iter().zip(totals.buckets).map(|(bucket, amount)| {
        view! {
            <td data-label=bucket.label() class="amount"><Amount value=amount/></td>
        }
    });
    let sums = sums.collect_view();
    let paged = asked.clone();
    let heads = (
        head(first, AgingSort::Name, asked),
        head(w::OWED, AgingSort::Owed, asked),
        head(Bucket::Over120.label(), AgingSort::Oldest, asked),
        head(w::UNAPPLIED_SHORT, AgingSort::Unapplied, asked),
    );
    let (name, owed, oldest, unapplied) = heads;
    let by_customer = asked.by == AgingBy::Customer;
    // A page that is gone is the first one.
    let offset = if asked.offset < count { asked.offset } else { 0 };
    view! {
        <div class="aging">
            <Table label=w::AGING wide=true>
                <thead><tr>
                    {name}{owed}{between}{oldest}{unapplied}
                </tr></thead>
                <tbody>{rows}</tbody>
                <tfoot><tr>
                    <td>{w::TOTAL}</td>
                    <td data-label=w::OWED class="amount"><Amount value=totals.owed().unwrap_or_default()/></td>
                    {sums}
                    <td data-label=w::UNAPPLIED_SHORT class="amount"><Amount value=totals.unapplied.negated().unwrap_or_default()/></td>
                </tr></tfoot>
            </Table>
        </div>
        {(asked.by == AgingBy::Tag).then(|| view! { <p class="soft">{w::ABOUT_TAGS}</p> })}
        {by_customer.then(|| view! {
            <Paging offset shown all=count label=w::AGING address=move |from| narrowed("/receivables/aging", &paged, from)/>
        })}
    }
    .into_any()
}

/// What the day does not contain although it says it is from before its end.
fn dated_back(beside: DatedBack) -> Option<impl IntoView> {
    (beside.count > 0).then(|| {
        let more = beside.count.saturating_sub(beside.documents.len() as u64);
        let said = w::dated_back(beside.count, beside.invoiced, beside.credited);
        let rows = beside.documents.into_iter().map(|one| {
            let folder = if one.kind == MovementKind::Invoice { "invoices" } else { "credits" };
            view! {
                <tr class="row-opens">
                    <td class="cell-main"><a href=format!("/{folder}/{}", one.document)>{one.number}</a> <span class="cell-sub">{one.customer.name}</span></td>
                    <td data-label=w::DATED>{when::day(one.dated)}</td>
                    <td data-label=w::POSTED>{when::day(one.posted_on)}</td>
                    <td data-label=w::AMOUNT class="amount"><Amount value=one.amount/></td>
                </tr>
            }
        });
        let rows = rows.collect_view();
        view! {
            <details class="beside">
                <summary>{said}</summary>
                <Table label=w::DATED_BACK>
                    <thead><tr><th>{w::DOCUMENT}</th><th>{w::DATED}</th><th>{w::POSTED}</th><th class="amount">{w::AMOUNT}</th></tr></thead>
                    <tbody>{rows}</tbody>
                </Table>
                {(more > 0).then(|| view! { <p class="soft">{w::more_documents(more)}</p> })}
            </details>
        }
    })
}
