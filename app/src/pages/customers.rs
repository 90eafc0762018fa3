//! The customer book: the list, one customer with history, and the form.

use super::frame::{May, Problem, Staff};
use super::paging::{Paging, address, offset};
use super::sending::Sending;
use super::when;
use crate::api::customer::{list_customers, load_customer, save_customer};
use crate::api::sale::list_sales;
use crate::client::go_to;
use crate::error::{AppError, ErrorKind};
use crate::ui::{
    Amount, Badge, Button, ButtonKind, Card, EmptyState, Field, FindField, IconName, LinkButton, Notice,
    NoticeKind, Page, Skeleton, Table, TextAreaField, Tone,
};
use crate::words::{common, customers as w, sales};
use domain::customer::{Customer, CustomerPage, SaveCustomer, TypedCustomer};
use domain::ids::CustomerId;
use domain::person::Permission;
use domain::sale::{SaleFilter, SalePage, SaleStatus};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

#[component]
pub fn CustomersPage() -> impl IntoView {
    view! { <Title text=w::TITLE/> <Staff current="/customers"><Book/></Staff> }
}

#[component]
fn Book() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        (query.get("q").unwrap_or_default(), offset(&query))
    });
    let page = Resource::new(move || asked.get(), |(typed, from)| list_customers(typed, from));
    let typed = RwSignal::new(asked.get_untracked().0);
    view! {
        <Page title=w::TITLE actions=|| view! {
            <May permission=Permission::EditCustomers>
                <LinkButton href="/customers/new" label=w::ADD kind=ButtonKind::Primary icon=IconName::Plus/>
            </May>
        }>
            <div class="list-tools"><FindField label=w::FIND value=typed action="/customers"/></div>
            <Suspense fallback=|| view! { <Skeleton count=8/> }>
                {move || Suspend::new(async move {
                    let (typed, from) = asked.get_untracked();
                    match page.await {
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok(page) if page.customers.is_empty() => view! {
                            <EmptyState icon=IconName::Customers title=w::EMPTY text=w::EMPTY_TEXT/>
                        }.into_any(),
                        Ok(page) => rows(page, typed, from).into_any(),
                    }
                })}
            </Suspense>
        </Page>
    }
}

fn rows(page: CustomerPage, typed: String, from: u64) -> impl IntoView {
    let shown = page.customers.len() as u64;
    view! {
        <Table label=w::TITLE>
            <thead><tr><th>{w::NAME}</th><th>{w::NUMBER}</th><th>{w::PHONE}</th><th>{w::EMAIL}</th><th>{w::CITY}</th></tr></thead>
            <tbody>
                {page.customers.into_iter().map(|customer| view! {
                    <tr class="row-opens">
                        <td class="cell-main"><a href=format!("/customers/{}", customer.id)>{customer.card.display_name()}</a></td>
                        <td data-label=w::NUMBER class="code">{customer.number}</td>
                        <td data-label=w::PHONE>{customer.card.phone}</td>
                        <td data-label=w::EMAIL>{customer.card.email}</td>
                        <td data-label=w::CITY>{customer.card.city}</td>
                    </tr>
                }).collect_view()}
            </tbody>
        </Table>
        <Paging offset=from shown all=page.count label=w::TITLE address=move |from| address("/customers", &[("q", &typed), ("from", &from.to_string())])/>
    }
}

/// The customer of the address.
fn id_in_address() -> Memo<Option<CustomerId>> {
    let params = use_params_map();
    Memo::new(move |_| params.read().get("id").and_then(|id| id.parse().ok()))
}

async fn load(id: Option<CustomerId>) -> Result<Customer, AppError> {
    match id {
        Some(id) => load_customer(id).await,
        None => Err(AppError::new(ErrorKind::NotFound, common::PAGE_UNKNOWN)),
    }
}

#[component]
pub fn CustomerPage() -> impl IntoView {
    view! { <Title text=w::TITLE/> <Staff current="/customers"><One/></Staff> }
}

#[component]
fn One() -> impl IntoView {
    let id = id_in_address();
    let found = Resource::new(
        move || id.get(),
        |id| async move {
            let customer = load(id).await?;
            let filter =
                SaleFilter { customer: Some(customer.id), limit: crate::api::PAGE, ..SaleFilter::default() };
            Ok::<_, AppError>((customer, list_sales(filter).await?))
        },
    );
    view! {
        <Suspense fallback=|| view! { <Skeleton count=6/> }>
            {move || Suspend::new(async move {
                match found.await {
                    Err(error) => view! { <div class="page"><Problem error/></div> }.into_any(),
                    Ok((customer, history)) => view! { <Detail customer history/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Detail(customer: Customer, history: SalePage) -> impl IntoView {
    let card = customer.card;
    let fact = |name: &'static str, value: Option<String>| {
        value.map(|value| view! { <div class="fact"><dt>{name}</dt><dd>{value}</dd></div> })
    };
    let edit = format!("/customers/{}/edit", customer.id);
    let city = [card.city.clone(), card.state.clone(), card.postal_code.clone()];
    let city = city.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let exemption = card.exemption.clone().map(|e| {
        let until =
            e.expires_on.map(|date| format!(", {} {}", w::UNTIL, when::day(date))).unwrap_or_default();
        format!("{}{until}", e.certificate)
    });
    view! {
        <Page
            title=card.display_name()
            lead=customer.number
            back=("/customers".to_owned(), w::TITLE.to_owned())
            actions=move || view! {
                <May permission=Permission::EditCustomers><LinkButton href=edit.clone() label=w::EDIT icon=IconName::Edit/></May>
            }
        >
            <Card>
                <dl class="facts">
                    {fact(w::PHONE, card.phone)}
                    {fact(w::EMAIL, card.email)}
                    {fact(w::STREET, card.street)}
                    {fact(w::CITY, Some(city).filter(|city| !city.is_empty()))}
                    {fact(w::CERTIFICATE, exemption)}
                    {fact(w::NOTE, card.note)}
                </dl>
            </Card>
            <Card title=w::HISTORY flush=true>
                {if history.sales.is_empty() {
                    view! { <EmptyState icon=IconName::Receipt title=sales::EMPTY text=w::NO_HISTORY/> }.into_any()
                } else {
                    view! {
                        <Table label=w::HISTORY>
                            <thead><tr><th>{sales::NUMBER}</th><th>{sales::DATE}</th><th>{sales::STATUS}</th><th class="amount">{sales::TOTAL}</th></tr></thead>
                            <tbody>
                                {history.sales.into_iter().map(|sale| view! {
                                    <tr class="row-opens">
                                        <td class="cell-main"><a class="code" href=format!("/sales/{}", sale.id)>{sale.number}</a></td>
                                        <td data-label=sales::DATE>{when::day(sale.business_date)}</td>
                                        <td data-label=sales::STATUS>{(sale.status == SaleStatus::Voided).then(|| view! { <Badge tone=Tone::Overdue icon=IconName::Close label=sales::VOIDED/> })}</td>
                                        <td data-label=sales::TOTAL class="amount"><Amount value=sale.total/></td>
                                    </tr>
                                }).collect_view()}
                            </tbody>
                        </Table>
                    }.into_any()
                }}
            </Card>
        </Page>
    }
}

#[component]
pub fn NewCustomerPage() -> impl IntoView {
    view! {
        <Title text=w::ADD/>
        <Staff current="/customers">
            <Page title=w::ADD back=("/customers".to_owned(), w::TITLE.to_owned())><Form customer=None/></Page>
        </Staff>
    }
}

#[component]
pub fn EditCustomerPage() -> impl IntoView {
    view! { <Title text=w::EDIT/> <Staff current="/customers"><Edit/></Staff> }
}

#[component]
fn Edit() -> impl IntoView {
    let id = id_in_address();
    let found = Resource::new(move || id.get(), load);
    view! {
        <Suspense fallback=|| view! { <Skeleton count=6/> }>
            {move || Suspend::new(async move {
                match found.await {
                    Err(error) => view! { <div class="page"><Problem error/></div> }.into_any(),
                    Ok(customer) => view! {
                        <Page title=w::EDIT back=(format!("/customers/{}", customer.id), customer.card.display_name())>
                            <Form customer=Some(customer)/>
                        </Page>
                    }.into_any(),
                }
            })}
        </Suspense>
    }
}

/// The card as it stands in the fields.
fn typed_of(customer: &Customer) -> TypedCustomer {
    let card = customer.card.clone();
    let text = Option::unwrap_or_default;
    TypedCustomer {
        first_name: text(card.first_name),
        last_name: text(card.last_name),
        company: text(card.company),
        phone: text(card.phone),
        email: text(card.email),
        street: text(card.street),
        city: text(card.city),
        state: text(card.state),
        postal_code: text(card.postal_code),
        note: text(card.note),
        exemption_expires_on: card
            .exemption
            .as_ref()
            .and_then(|e| e.expires_on)
            .map(|date| date.to_string())
            .unwrap_or_default(),
        exemption_certificate: card.exemption.map(|e| e.certificate).unwrap_or_default(),
    }
}

#[component]
fn Form(customer: Option<Customer>) -> impl IntoView {
    let (id, version) = (customer.as_ref().map(|c| c.id), customer.as_ref().map_or(0, |c| c.version));
    let was = customer.as_ref().map(typed_of).unwrap_or_default();
    let field = |text: String| RwSignal::new(text);
    let (first, last, company) = (field(was.first_name), field(was.last_name), field(was.company));
    let (phone, email, street) = (field(was.phone), field(was.email), field(was.street));
    let (city, state, postal) = (field(was.city), field(was.state), field(was.postal_code));
    let (note, certificate, expires) =
        (field(was.note), field(was.exemption_certificate), field(was.exemption_expires_on));
    let saving = Sending::new();
    let wrong = move |name: &'static str| saving.wrong(name);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = TypedCustomer {
            first_name: first.get_untracked(),
            last_name: last.get_untracked(),
            company: company.get_untracked(),
            phone: phone.get_untracked(),
            email: email.get_untracked(),
            street: street.get_untracked(),
            city: city.get_untracked(),
            state: state.get_untracked(),
            postal_code: postal.get_untracked(),
            note: note.get_untracked(),
            exemption_certificate: certificate.get_untracked(),
            exemption_expires_on: expires.get_untracked(),
        };
        let cmd = SaveCustomer { command_id: saving.id(), customer_id: id, version, typed };
        saving.send(save_customer(cmd), |id| go_to(&format!("/customers/{id}")));
    };
    view! {
        <form class="form" novalidate=true on:submit=send>
            {move || saving.error.get().map(|error| view! { <Notice kind=NoticeKind::Error>{error.message}</Notice> })}
            <fieldset class="form-group">
                <legend>{w::NAME}</legend>
                <div class="form-row">
                    <Field name="first_name" label=w::FIRST_NAME value=first error=wrong("first_name")/>
                    <Field name="last_name" label=w::LAST_NAME value=last error=wrong("last_name")/>
                </div>
                <Field name="company" label=w::COMPANY value=company error=wrong("company") optional=true/>
            </fieldset>
            <fieldset class="form-group">
                <legend>{w::REACH}</legend>
                <div class="form-row">
                    <Field name="phone" label=w::PHONE kind="tel" value=phone error=wrong("phone") optional=true/>
                    <Field name="email" label=w::EMAIL kind="text" inputmode="email" value=email error=wrong("email") optional=true/>
                </div>
                <Field name="street" label=w::STREET value=street error=wrong("street") optional=true/>
                <div class="form-row">
                    <Field name="city" label=w::CITY value=city error=wrong("city") optional=true/>
                    <Field name="state" label=w::STATE value=state error=wrong("state") optional=true/>
                    <Field name="postal_code" label=w::POSTAL_CODE value=postal error=wrong("postal_code") optional=true/>
                </div>
            </fieldset>
            <fieldset class="form-group">
                <legend>{w::TERMS}</legend>
                <div class="form-row">
                    <Field name="exemption_certificate" label=w::CERTIFICATE value=certificate error=wrong("exemption_certificate") optional=true/>
                    <Field name="exemption_expires_on" label=w::EXPIRES kind="date" value=expires error=wrong("exemption_expires_on") optional=true/>
                </div>
                <TextAreaField name="note" label=w::NOTE value=note error=wrong("note") optional=true/>
            </fieldset>
            <div class="form-actions">
                <LinkButton href="/customers" label=common::CANCEL kind=ButtonKind::Quiet/>
                <Button label=w::SAVE kind=ButtonKind::Primary submit=true pending=saving.pending/>
            </div>
        </form>
    }
}
