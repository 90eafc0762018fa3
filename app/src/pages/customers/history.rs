//! What a customer bought: on their page, and as a sheet to hand out.

use super::{id_in_address, load};
use crate::api::customer::customer_history;
use crate::client::print_page;
use crate::error::AppError;
use crate::pages::frame::{Problem, Staff};
use crate::pages::paging::{Paging, address, offset};
use crate::pages::secret::SecretBadge;
use crate::pages::when;
use crate::ui::{
    Amount, Badge, Button, Card, EmptyState, FigureCard, IconName, LinkButton, Page, Skeleton, Table, Tone,
};
use crate::words::{customers as w, sales};
use domain::customer::{CustomerDetail, HistoryAsked};
use domain::ids::CustomerId;
use domain::sale::{Audience, SalePage, SaleStatus, SaleSummary};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

pub(super) async fn history_of(
    customer: CustomerId,
    audience: Audience,
    offset: u64,
) -> Result<SalePage, AppError> {
    customer_history(HistoryAsked { customer, audience, offset, limit: crate::api::PAGE }).await
}

#[component]
pub fn HistoryCard(customer: CustomerId, history: SalePage, in_household: bool) -> impl IntoView {
    let sheet = format!("/customers/{customer}/history");
    let household = address(&sheet, &[("for", "household")]);
    view! {
        <Card title=w::HISTORY flush=true actions=move || view! {
            {in_household.then(|| view! { <LinkButton href=household label=w::HOUSEHOLD_HISTORY/> })}
            <LinkButton href=sheet label=w::PRINT_HISTORY icon=IconName::Print/>
        }>
            {if history.sales.is_empty() {
                view! { <EmptyState icon=IconName::Receipt title=sales::EMPTY text=w::NO_HISTORY/> }.into_any()
            } else {
                view! { <Bought sales=history.sales/> }.into_any()
            }}
        </Card>
    }
}

/// A secret shows that it is one, and nothing of what it is.
#[component]
fn Bought(sales: Vec<SaleSummary>) -> impl IntoView {
    let row = |sale: SaleSummary| {
        let voided = sale.status == SaleStatus::Voided;
        view! {
            <tr class="row-opens">
                <td class="cell-main"><a class="code" href=format!("/sales/{}", sale.id)>{sale.number}</a></td>
                <td data-label=sales::DATE>{when::day(sale.business_date)}</td>
                <td data-label=sales::STATUS>
                    {voided.then(|| view! { <Badge tone=Tone::Overdue icon=IconName::Close label=sales::VOIDED/> })}
                    {sale.secret_until.map(|until| view! { <SecretBadge until/> })}
                </td>
                <td data-label=sales::TOTAL class="amount">{sale.secret_until.is_none().then(|| view! { <Amount value=sale.total/> })}</td>
            </tr>
        }
    };
    view! {
        <Table label=w::HISTORY>
            <thead><tr><th>{sales::NUMBER}</th><th>{sales::DATE}</th><th>{sales::STATUS}</th><th class="amount">{sales::TOTAL}</th></tr></thead>
            <tbody>{sales.into_iter().map(row).collect_view()}</tbody>
        </Table>
    }
}

#[component]
pub fn HistoryPage() -> impl IntoView {
    view! { <Title text=w::HISTORY/> <Staff current="/customers"><Sheet/></Staff> }
}

#[component]
fn Sheet() -> impl IntoView {
    let (id, query) = (id_in_address(), use_query_map());
    let asked = Memo::new(move |_| {
        let query = query.read();
        let household = query.get("for").is_some_and(|audience| audience == "household");
        let audience = if household { Audience::Household } else { Audience::Buyer };
        (id.get(), audience, offset(&query))
    });
    let found = Resource::new(
        move || asked.get(),
        |(id, audience, from)| async move {
            let customer = load(id).await?;
            let page = history_of(customer.id, audience, from).await?;
            Ok::<_, AppError>((customer, page))
        },
    );
    view! {
        <Suspense fallback=|| view! { <Skeleton count=6/> }>
            {move || Suspend::new(async move {
                let (_, audience, from) = asked.get_untracked();
                match found.await {
                    Err(error) => view! { <div class="page"><Problem error/></div> }.into_any(),
                    Ok((customer, page)) => view! { <Printed customer audience page from/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Printed(customer: CustomerDetail, audience: Audience, page: SalePage, from: u64) -> impl IntoView {
    let (shown, total) = (page.sales.len() as u64, page.totals.total);
    let here = format!("/customers/{}", customer.id);
    let sheet = format!("{here}/history");
    let (lead, audience) = match (audience, &customer.household) {
        (Audience::Household, Some(household)) => (w::household(&household.name), "household"),
        _ => (customer.number.clone(), ""),
    };
    view! {
        <Page title=w::HISTORY lead=format!("{} · {lead}", customer.file.display_name()) back=(here, customer.file.display_name())
            actions=|| view! { <Button label=w::PRINT icon=IconName::Print on:click=|_| print_page()/> }>
            {if page.sales.is_empty() {
                view! { <EmptyState icon=IconName::Receipt title=sales::EMPTY text=w::NO_HISTORY/> }.into_any()
            } else {
                view! {
                    <div class="figures">
                        <FigureCard name=sales::SALES_COUNT value=page.count.to_string()/>
                        <FigureCard name=sales::TOTAL value=total.to_string() note=sales::STANDING/>
                    </div>
                    <Bought sales=page.sales/>
                    <Paging offset=from shown all=page.count label=w::HISTORY
                        address=move |from| address(&sheet, &[("for", audience), ("from", &from.to_string())])/>
                }.into_any()
            }}
        </Page>
    }
}
