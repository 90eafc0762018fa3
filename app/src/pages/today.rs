//! The owner's look at the day: each store as it stands, renewed while one looks.

use super::frame::{Problem, Staff};
use super::paging::address;
use super::when;
use crate::api::today::load_today;
use crate::live::renew_on;
use crate::ui::{Amount, Badge, ButtonKind, Card, FigureCard, IconName, LinkButton, Page, Skeleton, Tone};
use crate::words::today as w;
use domain::live::NewsKind;
use domain::money::Money;
use domain::today::{StoreToday, Today};
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn TodayPage() -> impl IntoView {
    view! { <Title text=w::TITLE/> <Staff current="/today"><Days/></Staff> }
}

#[component]
fn Days() -> impl IntoView {
    let now = Resource::new(|| (), |()| load_today());
    renew_on(&[NewsKind::Sales, NewsKind::Tills, NewsKind::Approvals, NewsKind::Receivables], move || {
        now.refetch();
    });
    view! {
        // What is shown stays while the next figures are on their way.
        <Transition fallback=|| view! { <div class="page"><Skeleton count=6/></div> }>
            {move || Suspend::new(async move {
                match now.await {
                    Err(error) => view! { <div class="page"><Problem error/></div> }.into_any(),
                    Ok(today) => view! { <Stores today/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Stores(today: Today) -> impl IntoView {
    view! {
        <Page title=w::TITLE lead=w::as_of(&when::time(today.as_of))>
            {today.stores.into_iter().map(|store| view! { <Store store/> }).collect_view()}
        </Page>
    }
}

#[component]
fn Store(store: StoreToday) -> impl IntoView {
    let day = store.date.to_string();
    let sales = address("/sales", &[("since", &day), ("to", &day)]);
    let (tone, icon, state) = match (store.day_open, store.open_tills) {
        (_, tills) if tills > 0 => (Tone::Paid, IconName::Till, w::open_tills(tills)),
        (true, _) => (Tone::Due, IconName::Clock, w::ALL_TILLS_CLOSED.to_owned()),
        (false, _) => (Tone::Neutral, IconName::Lock, w::NOT_OPEN.to_owned()),
    };
    let note = |count: i64, one: &str, many: &str| match count {
        0 => w::NONE.to_owned(),
        1 => format!("1 {one}"),
        _ => format!("{count} {many}"),
    };
    view! {
        <section class="stack" aria-label=store.name.clone()>
            <div class="row row-spread">
                <h2>{store.name.clone()}</h2>
                <span class="row"><span class="soft">{when::day(store.date)}</span> <Badge tone icon label=state/></span>
            </div>
            {(store.waiting > 0).then(|| view! {
                <div class="button-row">
                    <LinkButton href="/approvals" label=w::waiting(store.waiting) kind=ButtonKind::Primary icon=IconName::Check/>
                </div>
            })}
            <div class="figures">
                <FigureCard name=w::TOTAL value=store.total.to_string() href=sales note=note(store.sales, w::RECEIPT, w::RECEIPTS)/>
                <FigureCard name=w::NET value=store.net.to_string() note=w::tax(store.tax)/>
                <FigureCard name=w::RETURNS value=store.returned.to_string() note=note(store.returns, w::PIECE, w::PIECES)/>
                <FigureCard name=w::DISCOUNTS value=store.discount.to_string() note=note(store.approvals, w::APPROVAL, w::APPROVALS)/>
            </div>
            <Card title=w::PAYMENTS>
                <dl class="facts">
                    {by_means(store.payments)}
                    <div class="fact"><dt>{w::VOIDS}</dt><dd>{store.voids}</dd></div>
                </dl>
            </Card>
            {(!store.on_account.is_empty()).then(|| view! {
                <Card title=w::ON_ACCOUNT><dl class="facts">{by_means(store.on_account)}</dl></Card>
            })}
        </section>
    }
}

fn by_means(payments: Vec<(String, Money)>) -> impl IntoView {
    let fact =
        |(label, amount)| view! { <div class="fact"><dt>{label}</dt><dd><Amount value=amount/></dd></div> };
    payments.into_iter().map(fact).collect_view()
}
