//! Two cards beside each other, and what becomes of them.

use super::id_in_address;
use crate::api::customer::{compare_customers, merge_customers};
use crate::client::go_to;
use crate::error::{AppError, ErrorKind};
use crate::pages::frame::{Problem, Staff};
use crate::pages::sending::Sending;
use crate::pages::settings::Refused;
use crate::ui::{Button, ButtonKind, Card, Choice, LinkButton, Page, SelectField, Skeleton};
use crate::words::{common, customers as w};
use domain::customer::{Address, Contact, CustomerDetail, MergeCustomers, Primaries};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

#[component]
pub fn MergePage() -> impl IntoView {
    view! { <Title text=w::MERGE/> <Staff current="/customers"><Compared/></Staff> }
}

#[component]
fn Compared() -> impl IntoView {
    let (id, params) = (id_in_address(), use_params_map());
    let asked = Memo::new(move |_| (id.get(), params.read().get("other").and_then(|id| id.parse().ok())));
    let found = Resource::new(
        move || asked.get(),
        |(one, other)| async move {
            match (one, other) {
                (Some(one), Some(other)) => compare_customers(one, other).await,
                _ => Err(AppError::new(ErrorKind::NotFound, common::PAGE_UNKNOWN)),
            }
        },
    );
    view! {
        <Page title=w::MERGE lead=w::MERGE_LEAD back=("/customers/duplicates".to_owned(), w::DUPLICATES.to_owned())>
            <Suspense fallback=|| view! { <Skeleton count=6/> }>
                {move || Suspend::new(async move {
                    match found.await {
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok((winner, loser)) => view! { <Merging winner loser/> }.into_any(),
                    }
                })}
            </Suspense>
        </Page>
    }
}

fn contacts(one: &[Contact], other: &[Contact]) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    for contact in one.iter().chain(other) {
        if !choices.iter().any(|choice| choice.value == contact.value) {
            choices.push(Choice::new(contact.value.clone(), contact.value.clone()));
        }
    }
    choices
}

/// Addresses have no short name, so they are chosen by their place in the two lists.
fn addresses(one: &[Address], other: &[Address]) -> Vec<Address> {
    let new = other.iter().filter(|address| !one.contains(address));
    one.iter().chain(new).cloned().collect()
}

fn in_a_line(address: &Address) -> String {
    [address.street.clone(), address.place()].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[component]
fn Merging(winner: CustomerDetail, loser: CustomerDetail) -> impl IntoView {
    let phones = contacts(&winner.file.phones, &loser.file.phones);
    let emails = contacts(&winner.file.emails, &loser.file.emails);
    let places = addresses(&winner.file.addresses, &loser.file.addresses);
    let place_choices: Vec<Choice> = places
        .iter()
        .enumerate()
        .map(|(at, address)| Choice::new(at.to_string(), in_a_line(address)))
        .collect();
    let first = |choices: &[Choice]| {
        RwSignal::new(choices.first().map(|choice| choice.value.clone()).unwrap_or_default())
    };
    let (phone, email, place) = (first(&phones), first(&emails), first(&place_choices));
    let (winner_id, winner_version) = (winner.id, winner.version);
    let (loser_id, loser_version) = (loser.id, loser.version);
    let places = StoredValue::new(places);
    let sending = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let chosen = |field: RwSignal<String>| Some(field.get_untracked()).filter(|text| !text.is_empty());
        let address = chosen(place)
            .and_then(|at| at.parse::<usize>().ok())
            .and_then(|at| places.with_value(|places| places.get(at).cloned()));
        let primaries = Primaries { phone: chosen(phone), email: chosen(email), address };
        let command_id = sending.id();
        let cmd =
            MergeCustomers { command_id, winner_id, winner_version, loser_id, loser_version, primaries };
        sending.send(merge_customers(cmd), |id| go_to(&format!("/customers/{id}")));
    };
    let several = |choices: &[Choice]| choices.len() > 1;
    let (many_phones, many_emails, many_places) =
        (several(&phones), several(&emails), several(&place_choices));
    view! {
        <div class="pair">
            <Side title=w::STAYS customer=winner/>
            <Side title=w::GOES customer=loser/>
        </div>
        <form class="form form-short" novalidate=true on:submit=send>
            <Refused sending/>
            {(many_phones || many_emails || many_places).then(|| view! {
                <fieldset class="form-group">
                    <legend>{w::FIRST_OF_ALL}</legend>
                    <div class="form-row">
                        {many_phones.then(|| view! { <SelectField name="phone" label=w::PRIMARY_PHONE value=phone choices=phones/> })}
                        {many_emails.then(|| view! { <SelectField name="email" label=w::PRIMARY_EMAIL value=email choices=emails/> })}
                        {many_places.then(|| view! { <SelectField name="address" label=w::PRIMARY_ADDRESS value=place choices=place_choices/> })}
                    </div>
                </fieldset>
            })}
            <div class="form-actions">
                <LinkButton href=format!("/customers/{loser_id}/merge/{winner_id}") label=w::SWAP/>
                <Button label=w::MERGE kind=ButtonKind::Primary submit=true pending=sending.pending/>
            </div>
        </form>
    }
}

/// One of the two cards.
#[component]
fn Side(title: &'static str, customer: CustomerDetail) -> impl IntoView {
    let file = customer.file;
    let list = |values: Vec<String>| {
        values.into_iter().map(|value| view! { <span class="line">{value}</span> }).collect_view()
    };
    let values =
        |contacts: Vec<Contact>| contacts.into_iter().map(|contact| contact.value).collect::<Vec<_>>();
    let household = customer.household.map(|household| household.name);
    let facts = [
        (w::NAME, vec![file.display_name()]),
        (w::NUMBER, vec![customer.number]),
        (w::PHONES, values(file.phones)),
        (w::EMAILS, values(file.emails)),
        (w::ADDRESSES, file.addresses.iter().map(in_a_line).collect()),
        (
            w::DATES,
            file.dates.iter().map(|date| format!("{}: {}", w::date_name(date), w::day_of(date))).collect(),
        ),
        (w::TAGS, file.tags),
        (w::HOUSEHOLD, household.into_iter().collect()),
        (w::NOTE, file.note.into_iter().collect()),
    ];
    view! {
        <Card title=title>
            <dl class="facts">
                {facts.into_iter().filter(|(_, values)| !values.is_empty()).map(|(name, values)| view! {
                    <div class="fact"><dt>{name}</dt><dd>{list(values)}</dd></div>
                }).collect_view()}
            </dl>
        </Card>
    }
}
